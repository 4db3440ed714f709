"""Looks at whether the page beside a conversation can be shown, and where: what ``kith doctor`` says of it.

Whoever is a ``Host`` is told of here without doing anything for it; what its vendor's console must say is the
platform's own to tell.
"""

from collections.abc import Iterator
from dataclasses import replace
from ipaddress import ip_address
from urllib.parse import urlsplit

from adapters.hosts.model import Host, Hosting
from adapters.hosts.tickets import OPEN_PATH
from bots.chats import platform
from bots.clock import SystemClock
from bots.errors import BadSettingError
from bots.platforms.model import Around, Finding
from bots.settings import Secret, Settings
from storage.database import open_database

NAME = "sidebar"
_NO_KEY = Secret("nothing is signed by who only looks")


def page_beside(settings: Settings) -> Iterator[Finding]:
    """Where people reach the page, then each platform that is on: shown there and how, or by its plain link alone."""
    yield _address(settings.public_url)
    for name in settings.platforms_on:
        try:
            hosts = _hosts(settings, name)
        except BadSettingError as failure:
            yield Finding(f"{NAME} in {name}", "bad", "", str(failure))
            continue
        yield from (_shown_by(host, settings.public_url) for host in hosts)
        if not hosts:
            yield _not_shown(name, settings.public_url)


def _hosts(settings: Settings, name: str) -> tuple[Host, ...]:
    # Made as a server makes it, with a key of no use so that none is written; nothing is connected or started.
    looked_at = replace(settings, secret_key=settings.secret_key or _NO_KEY)
    clock = SystemClock()
    chat = platform(name).build(Around(looked_at, open_database(settings.database_url, clock), clock))
    return tuple(chat.hosts) if isinstance(chat, Hosting) else ()


def _address(public_url: str) -> Finding:
    if not public_url:
        about = "no platform can show the page: set KITH_PUBLIC_URL to the https address that browsers reach Kith at"
        return Finding(NAME, "off", "", about)
    parts = urlsplit(public_url)
    if parts.scheme != "https":
        about = (
            "browsers keep no session in a platform's frame without https, and apps open nothing else: "
            "set an https KITH_PUBLIC_URL"
        )
        return Finding(NAME, "warning", public_url, about)
    if parts.path or parts.query or parts.fragment:
        return Finding(NAME, "warning", public_url, "KITH_PUBLIC_URL is to be scheme and host alone: pages begin at /")
    if _is_inside(parts.hostname or ""):
        return Finding(NAME, "warning", public_url, "only this network reaches that address; members' phones may not")
    return Finding(NAME, "ok", f"{public_url}/sidebar/", "whoever is signed in opens it there, whatever the chat")


def _is_inside(host: str) -> bool:
    try:
        return host == "localhost" or not ip_address(host).is_global
    except ValueError:
        return False


def _shown_by(host: Host, public_url: str) -> Finding:
    where = f"{public_url}/sidebar/in/{host.name}" if host.script else f"{public_url}{OPEN_PATH}?t=…"
    how = "asks the app who is looking" if host.script else "entered by a ticket of two minutes, used once"
    framed = f"framed by {', '.join(host.ancestors)} alone" if host.ancestors else "framed by nobody"
    state = "ok" if public_url.startswith("https://") else "warning"
    return Finding(f"{NAME} in {host.name}", state, where, f"{how}; {framed}")


def _not_shown(name: str, public_url: str) -> Finding:
    if public_url.startswith("https://"):
        return Finding(f"{NAME} in {name}", "off", "", f"links on cards open the page in a browser: {public_url}/c/…")
    return Finding(f"{NAME} in {name}", "off", "", "needs KITH_PUBLIC_URL by https")
