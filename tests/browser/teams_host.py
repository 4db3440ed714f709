"""The tab's server side without a Microsoft to ask: its keys are here, and everybody is in every conversation."""

from datetime import UTC, datetime
from typing import Any

from adapters.callbacks.calls import Answer, Caller
from adapters.teams.api import Json, TeamsApi, Where
from adapters.teams.config import LOGIN_URL, TeamsConfig
from adapters.teams.entra import Entra
from adapters.teams.keys import SigningKeys
from adapters.teams.references import Reference, References
from adapters.teams.tab import TeamsTab
from bots.emulators.teams import entra
from core.clock import Clock

APP, TENANT = "11111111-2222-3333-4444-555555555555", "aaaaaaaa-0000-0000-0000-000000000001"


class _Keys(Caller):
    async def call(self, method: str, path: str, **_more: Any) -> Answer:
        assert (method, path) == ("GET", f"{LOGIN_URL}/common/discovery/v2.0/keys")
        return Answer(200, entra.keys("entra"))


class _Rosters(TeamsApi):
    async def member(self, _where: Where, account: str) -> Json:
        return {"aadObjectId": account, "tenantId": TENANT}

    async def members(self, _where: Where) -> tuple[list[Json], bool]:
        return [{"email": "ada@northwind.example"}], True


class _NoReferences(References):
    async def find(self, _tenant: str, _who: str) -> Reference | None:
        return None


def teams_tab(public_url: str, clock: Clock) -> TeamsTab:
    """The host, for an app at this address."""
    config = TeamsConfig(app_id=APP, password="x", tenant_id=TENANT, public_url=public_url)
    keys = SigningKeys(_Keys(""), f"{LOGIN_URL}/common/discovery/v2.0/keys", clock)
    references = _NoReferences.__new__(_NoReferences)
    return TeamsTab(config, _Rosters(config, clock), Entra(config, keys, clock), references)


def token_of(number: int, **claims: Any) -> str:
    """The token that Teams would fetch for this person."""
    return entra.Entra(APP, TENANT, LOGIN_URL).token(str(number), datetime.now(UTC), **claims)
