"""Calls to Teams' connector, with the bot's token: messages, private chats, and who is in a conversation.

https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from adapters.callbacks.calls import Answer, Caller, CallError
from adapters.callbacks.tokens import Token, Tokens
from adapters.teams.config import TeamsConfig
from adapters.teams.hosts import Hosts, is_loopback
from core.clock import Clock

Json = dict[str, Any]

SCOPE = "https://api.botframework.com/.default"
PAGE = 500  # members; what Teams gives at most
_UNAUTHORIZED, _PRECONDITION, _BAD = 401, 412, 400
# Of these Teams says that a later try may do: rate-limit page of Teams' bot documentation; 429, 502, 503 and 504 are
# told as such by the caller.
_TARGETED = {"isTargetedActivity": "true"}


@dataclass(frozen=True, slots=True)
class Where:
    """A conversation at a connector; ``account`` is the one person who is to see a message there, empty for all."""

    service: str
    conversation: str
    account: str = ""


class TeamsApi:
    """One pool of connections, and one token. Made anywhere, used in one event loop."""

    def __init__(self, config: TeamsConfig, clock: Clock) -> None:
        self._config = config
        self._clock = clock
        self.caller = Caller("")
        self._hosts = Hosts(config.api_url, local=config.local)
        self._tokens = Tokens(self._fetch_token, clock)

    async def post(self, where: Where, activity: Json) -> str:
        """Puts a message into a conversation; returns its id. Raises CallError."""
        sent, params = _sent(where, activity)
        body = await self._call("POST", where, "activities", json=sent, params=params)
        return str(body.get("id", ""))

    async def put(self, where: Where, message: str, activity: Json) -> None:
        """Puts a message in the place of one of the bot's own. Raises CallError."""
        sent, params = _sent(where, activity)
        path = f"activities/{quote(message, safe='')}"
        await self._call("PUT", where, path, json=sent | {"id": message}, params=params)

    async def open_chat(self, service: str, tenant: str, account: str) -> Where:
        """The private chat with somebody; there is one where the app is installed for them. Raises CallError."""
        asked = {
            "bot": {"id": self._config.bot},
            "members": [{"id": account}],
            "tenantId": tenant,
            "channelData": {"tenant": {"id": tenant}},
            "isGroup": False,
        }
        answer = await self._authorized("POST", f"{service.rstrip('/')}/v3/conversations", json=asked)
        return Where(service, str(_read(answer).get("id", "")))

    async def member(self, where: Where, account: str) -> Json:
        """What Teams tells of somebody in a conversation. Raises CallError."""
        return await self._call("GET", where, f"members/{quote(account, safe='')}")

    async def members(self, where: Where) -> tuple[list[Json], bool]:
        """The first page of who is in a conversation, and whether that is all. Raises CallError."""
        body = await self._call("GET", where, "pagedmembers", params={"pageSize": str(PAGE)})
        listed = [one for one in body.get("members") or () if isinstance(one, dict)]
        return listed, not body.get("continuationToken")

    async def channels(self, service: str, team: str) -> list[Json]:
        """A team's channels, each with ``id`` and ``name`` (the first has none). Raises CallError.

        https://learn.microsoft.com/microsoftteams/platform/bots/how-to/get-teams-context#get-the-list-of-channels-in-a-team
        """
        address = f"{service.rstrip('/')}/v3/teams/{quote(team, safe='')}/conversations"
        body = _read(await self._authorized("GET", address))
        return [one for one in body.get("conversations") or () if isinstance(one, dict)]

    async def close(self) -> None:
        """Ends every connection."""
        await self.caller.close()

    # -- steps -------------------------------------------------------------------------------------

    async def _call(self, method: str, where: Where, path: str, **more: Any) -> Json:
        address = f"{where.service.rstrip('/')}/v3/conversations/{quote(where.conversation, safe='')}/{path}"
        return _read(await self._authorized(method, address, **more))

    async def _authorized(
        self, method: str, address: str, *, json: Any = None, params: Mapping[str, str] | None = None
    ) -> Answer:
        """One call with the token; with a new one when Teams does not take it any more."""
        if not self._hosts.takes(address):
            raise CallError("unknown_host")
        if self._config.local and is_loopback(address):
            return await self.caller.call(method, address, json=json, params=params)
        for _ in range(2):
            token = await self._tokens.current()
            headers = {"authorization": f"Bearer {token}"}
            answer = await self.caller.call(method, address, json=json, params=params, headers=headers)
            if answer.status != _UNAUTHORIZED:
                return answer
            self._tokens.refused(token)
        return answer

    async def _fetch_token(self) -> Token:
        """https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication#bot-to-connector"""
        tenant = self._config.token_tenant or self._config.tenant_id
        asked = {
            "grant_type": "client_credentials",
            "client_id": self._config.app_id,
            "client_secret": self._config.password,
            "scope": SCOPE,
        }
        answer = await self.caller.call("POST", f"{self._config.login_url}/{tenant}/oauth2/v2.0/token", form=asked)
        token, life = answer.body.get("access_token"), answer.body.get("expires_in")
        if not isinstance(token, str) or not isinstance(life, int | str) or not str(life).isdigit():
            # A secret that is wrong or has ended is mended in the console; until then the answers wait.
            raise CallError(str(answer.body.get("error") or "no_token"), again=True, after=timedelta(minutes=5))
        return Token(token, self._clock.now() + timedelta(seconds=int(life)))


def _sent(where: Where, activity: Json) -> tuple[Json, Mapping[str, str] | None]:
    if not where.account:
        return activity, None
    return activity | {"recipient": {"id": where.account, "isTargeted": True}}, _TARGETED


def _read(answer: Answer) -> Json:
    """The body. Raises CallError by Teams' own word for what was wrong."""
    if answer.status < _BAD:
        return answer.body
    error = answer.body.get("error")
    code = str(error.get("code", "")) if isinstance(error, dict) else ""
    reason = code if code.isidentifier() else f"status_{answer.status}"
    raise CallError(reason, again=answer.status in {_PRECONDITION, _UNAUTHORIZED})
