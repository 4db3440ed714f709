"""Microsoft Teams, from its settings."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from adapters.teams.app import TeamsAdapter
from adapters.teams.config import TeamsConfig
from adapters.teams.entra import resource
from adapters.teams.hosts import is_microsoft, is_own_machine
from adapters.teams.webhook import PATH
from bots.errors import BadSettingError
from bots.platforms.model import Around, Chat, Finding
from bots.settings import Settings, shown
from commands.registry import VERBS


def build(around: Around) -> Chat:
    """Teams. Raises BadSettingError where requests without a token could come from elsewhere."""
    settings = around.settings
    if settings.teams_local and _is_public(settings):
        raise BadSettingError(f"KITH_TEAMS_LOCAL {_LOCAL_ONLY}")
    config = TeamsConfig(
        app_id=settings.teams_app_id,
        password=shown(settings.teams_app_password),
        tenant_id=settings.teams_tenant_id,
        more_tenants=settings.teams_more_tenants,
        token_tenant=settings.teams_token_tenant,
        api_url=settings.teams_api_url,
        login_url=settings.teams_login_url,
        keys_url=settings.teams_keys_url,
        local=settings.teams_local,
        targeted=settings.teams_targeted,
        public_url=settings.public_url,
    )
    return TeamsAdapter(config, around.database, VERBS, around.clock)


_LOCAL_ONLY = "is for trying things out on one machine: unset it, or unset KITH_PUBLIC_URL"
_ENDPOINT = "portal.azure.com, Azure Bot, Configuration, Messaging endpoint"


def _is_public(settings: Settings) -> bool:
    return bool(settings.public_url) and not is_own_machine(urlsplit(settings.public_url).hostname or "")


def findings(settings: Settings) -> Iterator[Finding]:
    """How Teams reaches Kith, whom it lets in, and where answers go."""
    yield _endpoint(settings)
    if settings.teams_app_id:
        tenants = ", ".join((settings.teams_tenant_id, *settings.teams_more_tenants))
        about = "entra.microsoft.com, Overview, Tenant ID; others by KITH_TEAMS_MORE_TENANTS"
        yield Finding("Teams' directories", "ok", tenants, about)
        yield from _tab(settings)
    if not is_microsoft(settings.teams_api_url) and not settings.teams_local:
        about = (
            "not one of Microsoft's: the bot's token is sent there; unset KITH_TEAMS_API_URL unless it is a stand-in"
        )
        yield Finding("Teams' connector", "warning", settings.teams_api_url, about)


def _tab(settings: Settings) -> Iterator[Finding]:
    """What the registration must name for the tab; Kith is not told whether it does."""
    if settings.public_url.startswith("https://"):
        about = (
            "entra.microsoft.com, App registrations, Expose an API: this Application ID URI, the scope access_as_user, "
            "and Teams' two clients (docs/teams.md); then upload what kith manifest teams writes"
        )
        yield Finding("Teams' tab", "ok", resource(settings.teams_app_id, settings.public_url), about)
    else:
        about = "the page beside a conversation is framed by https alone: KITH_PUBLIC_URL"
        yield Finding("Teams' tab", "off", "", about)


def _endpoint(settings: Settings) -> Finding:
    if settings.teams_local:
        if _is_public(settings):
            return Finding("Teams", "bad", "local", f"KITH_TEAMS_LOCAL {_LOCAL_ONLY}")
        return Finding("Teams", "warning", "local", "requests from this machine are taken without a token")
    if not settings.public_url:
        return Finding("Teams", "warning", "", f"Teams cannot reach this server: set KITH_PUBLIC_URL, and {_ENDPOINT}")
    if not settings.public_url.startswith("https://"):
        return Finding("Teams", "bad", settings.public_url, "Teams calls over HTTPS alone: KITH_PUBLIC_URL")
    return Finding("Teams", "ok", f"{settings.public_url}{PATH}", f"{_ENDPOINT}; then Channels, Microsoft Teams")
