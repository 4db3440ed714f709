"""What the Teams adapter is told by the settings."""

from dataclasses import dataclass, field

API_URL = "https://smba.trafficmanager.net/teams"
LOGIN_URL = "https://login.microsoftonline.com"
KEYS_URL = "https://login.botframework.com/v1/.well-known/keys"


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamsConfig:
    """``app_id`` and ``password`` are the bot registration's, ``tenant_id`` the directory it lives in.

    ``more_tenants`` are other directories whose people may speak to it; ``token_tenant`` is where its token is fetched,
    when that is not ``tenant_id`` (``botframework.com`` for a registration of the old kind, for several tenants).
    ``api_url`` is used until a conversation has told its own; the addresses have no slash at the end. ``local`` takes
    requests without a token from this machine, for a conversation on this machine. ``targeted`` sends private answers
    into a group as messages that one person sees. ``public_url`` is where the tab's page is.
    """

    app_id: str = ""
    password: str = field(default="", repr=False)
    tenant_id: str = ""
    more_tenants: tuple[str, ...] = ()
    token_tenant: str = ""
    api_url: str = API_URL
    login_url: str = LOGIN_URL
    keys_url: str = KEYS_URL
    local: bool = False
    targeted: bool = True
    public_url: str = ""

    @property
    def tenants(self) -> frozenset[str]:
        """Every directory whose people may speak to Kith, in lower case."""
        return frozenset(one.casefold() for one in (self.tenant_id, *self.more_tenants) if one)

    @property
    def bot(self) -> str:
        """The bot as an account of Teams."""
        return f"28:{self.app_id}"
