"""Which addresses an activity may name for its answer: the bot's token goes to Microsoft's own hosts alone."""

from ipaddress import ip_address
from urllib.parse import urlsplit

# Teams' connectors: the public cloud, and the United States' government clouds.
# https://learn.microsoft.com/microsoftteams/platform/concepts/app-fundamentals-overview#government-community-cloud
PUBLIC = "smba.trafficmanager.net"
MICROSOFT = frozenset(
    {
        PUBLIC,
        "smba.infra.gcc.teams.microsoft.com",
        "smba.infra.gov.teams.microsoft.us",
        "smba.infra.dod.teams.microsoft.us",
    }
)
_HTTPS = 443


def origin(url: str) -> tuple[str, str, int]:
    """Scheme, host and port of an address; empty ones of what is no address."""
    try:
        parts = urlsplit(url)
        port = parts.port or (_HTTPS if parts.scheme == "https" else 80)
    except ValueError:
        return "", "", 0
    return ("", "", 0) if parts.username or parts.password else (parts.scheme, parts.hostname or "", port)


def is_microsoft(url: str) -> bool:
    """Whether an address is one of Teams' connectors, over HTTPS at its own port."""
    scheme, host, port = origin(url)
    return scheme == "https" and host in MICROSOFT and port == _HTTPS


def is_loopback(url: str) -> bool:
    """Whether an address is on this machine, named by its number or as ``localhost``."""
    scheme, host, _ = origin(url)
    return scheme in {"http", "https"} and is_own_machine(host)


def is_own_machine(host: str) -> bool:
    """Whether a host is this machine: ``localhost``, or an address that loops back."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


class Hosts:
    """The addresses that answers may go to. ``api_url`` is the configured one, such as a stand-in's."""

    def __init__(self, api_url: str, *, local: bool) -> None:
        self._own = origin(api_url)
        self._local = local

    def takes(self, url: str) -> bool:
        """Whether Kith answers there."""
        return is_microsoft(url) or origin(url) == self._own or (self._local and is_loopback(url))
