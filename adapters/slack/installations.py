"""The tokens Kith speaks to each Slack workspace with: locked in the database, remembered for a minute."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec
import structlog

from adapters.slack.config import SlackConfig
from adapters.slack.incoming import PLATFORM
from commands.vault import Vault, VaultError
from core.clock import Clock
from core.ids import WorkspaceId
from core.work import Database, Work

log = structlog.get_logger()

# Another process may install or remove: what is remembered is read again after this.
_REMEMBERED = timedelta(minutes=1)


class Installation(msgspec.Struct, frozen=True, omit_defaults=True):
    """What Slack gave for one workspace. ``bot_user`` is Kith's own user id there.

    ``vouched`` tells that an administrator of Kith installed it: only then do the e-mail addresses of that Slack
    workspace make strangers members, for whoever runs a Slack workspace decides which addresses its people have.
    """

    token: str
    bot_user: str = ""
    vouched: bool = False


@dataclass(frozen=True, slots=True)
class _Remembered:
    installation: Installation | None
    until: datetime


class OtherWorkspaceError(Exception):
    """The Slack workspace is tied to another workspace of Kith already."""


class Installations:
    """Installations by Slack workspace (or enterprise), with the single token of ``config`` where none is kept."""

    def __init__(self, config: SlackConfig, database: Database, vault: Vault, clock: Clock) -> None:
        self._config = config
        self._database = database
        self._vault = vault
        self._clock = clock
        self._remembered: dict[str, _Remembered] = {}
        self._own = Installation(config.bot_token, vouched=True) if config.bot_token else None
        self._own_tenant = ""  # until Slack has told

    async def of(self, tenant: str) -> Installation | None:
        """The installation to speak to a Slack workspace with; None when Kith is not installed there."""
        if not self._config.installs:
            return self._own
        known = self._remembered.get(tenant)
        if known is None or known.until <= self._clock.now():
            known = self._remember(tenant, await self._database.read(lambda work: self._kept(work, tenant)))
        return known.installation or (self._own if tenant == self._own_tenant else None)

    async def keep(self, tenant: str, workspace_id: WorkspaceId, installation: Installation) -> Installation:
        """Keeps an installation; once vouched for, a workspace stays so. Raises OtherWorkspaceError."""
        kept = await self._database.write(lambda work: self._keep(work, tenant, workspace_id, installation))
        return self._remember(tenant, kept).installation or kept

    async def forget(self, tenant: str) -> None:
        """Forgets the token; whom its people are stays known."""
        await self._database.write(lambda work: work.members.put_tenant_secret(PLATFORM, tenant, None))
        self.doubt(tenant)
        log.info("installation_forgotten", tenant=tenant)

    def doubt(self, tenant: str) -> None:
        """Reads the installation again at its next use: Slack did not take its token."""
        self._remembered.pop(tenant, None)

    async def tie_own(self, tenant: str, bot_user: str) -> bool:
        """Ties the single token's workspace to Kith's only one; False while there is none, or several."""
        self._own = Installation(self._config.bot_token, bot_user, vouched=True)
        self._own_tenant = tenant
        return await self._database.write(lambda work: _tie_to_only(work, tenant))

    def _remember(self, tenant: str, installation: Installation | None) -> _Remembered:
        known = _Remembered(installation, self._clock.now() + _REMEMBERED)
        self._remembered[tenant] = known
        return known

    def _kept(self, work: Work, tenant: str) -> Installation | None:
        secret = work.members.tenant_secret(PLATFORM, tenant)
        if not secret:
            return None
        try:
            return msgspec.json.decode(self._vault.open(secret, _use(tenant)), type=Installation)
        except (VaultError, msgspec.DecodeError):
            log.warning("installation_not_unlocked", tenant=tenant)
            return None

    def _keep(self, work: Work, tenant: str, workspace_id: WorkspaceId, installation: Installation) -> Installation:
        tied_to = work.members.workspace_of_tenant(PLATFORM, tenant)
        if tied_to not in {None, workspace_id}:
            raise OtherWorkspaceError
        before = self._kept(work, tenant)
        if before is not None and before.vouched:
            installation = msgspec.structs.replace(installation, vouched=True)
        work.members.tie_tenant(PLATFORM, tenant, workspace_id)
        locked = self._vault.lock(msgspec.json.encode(installation).decode(), _use(tenant))
        work.members.put_tenant_secret(PLATFORM, tenant, locked)
        return installation


def _use(tenant: str) -> str:
    return f"{PLATFORM}:{tenant}"


def _tie_to_only(work: Work, tenant: str) -> bool:
    if work.members.workspace_of_tenant(PLATFORM, tenant) is not None:
        return True
    workspace_id = work.members.only_workspace()
    if workspace_id is None:
        return False
    work.members.tie_tenant(PLATFORM, tenant, workspace_id)
    return True
