"""A Teams to call: its login, its signing keys and its connector, and when the real ones would refuse."""

import itertools
import json
import math
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web

from bots.emulators.rates import Windows
from bots.emulators.refusals import Refusals, RefusedError
from bots.emulators.teams import entra
from bots.emulators.teams.cards import Json
from bots.emulators.teams.model import APP, BOT, ROOM, SECRET, TEAM, TENANT, Posted, place_of
from bots.emulators.teams.rules import fault_of_message
from bots.emulators.teams.signing import public, signed
from core.clock import Clock

ISSUER = "https://api.botframework.com"
_TOKEN_LIFE = timedelta(hours=1)
# https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit#per-bot-per-thread-limit: sent to a
# conversation, changes of messages among them.
_SECOND = timedelta(seconds=1)
SENT_MOST = ((7, _SECOND), (8, 2 * _SECOND), (60, 30 * _SECOND), (1800, 3600 * _SECOND))


class _TooFastError(RefusedError):
    """More was sent to a conversation than it takes; ``seconds`` until it takes more."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(429, "TooManyRequests")
        self.seconds = math.ceil(wait.total_seconds())


class TeamsServer:
    """One Microsoft with its directories and conversations, called at ``base``. ``first`` is the first id's number."""

    def __init__(self, clock: Clock, *, first: int = 1) -> None:
        self.clock, self.base = clock, ""
        self.keys, self.endorsements, self.entra_keys = ["one"], ["msteams"], ["entra"]
        self.secret = SECRET
        self.needs_token = True  # Microsoft's own tools to try a bot out on one machine take calls without
        self.tokens: dict[str, datetime] = {}
        self.people: dict[str, Json] = {}
        self.rooms: dict[str, list[str]] = {ROOM: []}
        self.chats: dict[str, str] = {}  # account -> private conversation
        self.targeted = True
        self.posted: list[Posted] = []
        self.refusals = Refusals()
        self.shown: Callable[[Posted], None] = lambda _posted: None  # told of each message, new or changed
        self.numbers = itertools.count(first)
        self.pace = Windows(*SENT_MOST)

    def routes(self) -> list[web.RouteDef]:
        """What Kith calls; the connector is below ``/amer``."""
        return [
            web.route("*", "/login/{path:.*}", self._heard),
            web.route("*", "/keys", self._heard),
            web.route("*", "/amer/{path:.*}", self._heard),
        ]

    @property
    def service(self) -> str:
        """The connector's address, as activities name it."""
        return f"{self.base}/amer/"

    # -- the people and what they see --------------------------------------------------------------

    def add(self, account: str, user: str, name: str, *, chat: str = "", room: bool = True, **more: Any) -> None:
        """Somebody of the directory, in the ``room`` or not; with ``chat`` the app is installed for them."""
        person = {"id": account, "aadObjectId": user, "name": name, "email": "", "tenantId": TENANT}
        self.people[account] = person | more
        if room:
            self.rooms[ROOM].append(account)
        if chat:
            self.chats[account] = chat

    def seen_in(self, conversation: str) -> list[Posted]:
        """What everybody in a conversation sees."""
        return [one for one in self.posted if one.place == conversation and not one.to]

    def seen_by(self, account: str) -> list[Posted]:
        """What one person alone sees: in their private chat, and in rooms for their eyes."""
        chat = self.chats.get(account, "")
        return [one for one in self.posted if one.to == account or (chat and one.conversation == chat)]

    def put(self, conversation: str, activity: Json, **how: Any) -> Posted:
        """Puts a message into a conversation; ``how`` has the other fields of a ``Posted``."""
        posted = Posted(f"m{next(self.numbers)}", conversation, activity, **how)
        self.posted.append(posted)
        self.shown(posted)
        return posted

    def token(self, key: str = "one", *, kid: str = "", **claims: Any) -> str:
        """A connector's token for the bot; ``claims`` in the place of the usual ones, None leaves one out."""
        now = int(self.clock.now().timestamp())
        usual = {"iss": ISSUER, "aud": APP, "serviceurl": self.service, "nbf": now - 10, "exp": now + 3600}
        return signed(usual | claims, key, kid)

    # -- what Kith calls ---------------------------------------------------------------------------

    async def _heard(self, request: web.Request) -> web.Response:
        try:
            return await self._answer(request)
        except RefusedError as refused:
            self.refusals.note(f"{request.method} {request.path}", refused.reason)
            code, _, why = refused.reason.partition(": ")
            said = {"error": {"code": code, "message": why or "No."}}
            wait = {"Retry-After": str(refused.seconds)} if isinstance(refused, _TooFastError) else None
            return web.json_response(said, status=refused.status, headers=wait)

    async def _answer(self, request: web.Request) -> web.Response:
        for method, pattern, handle, needs_token in self._methods():
            if request.method == method and (match := re.fullmatch(pattern, request.path)):
                if needs_token and self.needs_token:
                    self._admit(request)
                answered: web.Response = await handle(request, *match.groups())
                return answered
        raise RefusedError(404, "NotFound")

    def _methods(self) -> list[tuple[str, str, Callable[..., Any], bool]]:
        place = "/amer/v3/conversations/([^/]+)"
        return [
            ("POST", "/login/([^/]+)/oauth2/v2.0/token", self._login, False),
            ("GET", "/keys", self._keys, False),
            ("GET", "/login/common/discovery/v2.0/keys", self._entra, False),
            ("GET", "/amer/v3/teams/([^/]+)/conversations", self._channels, True),
            ("POST", "/amer/v3/conversations", self._open, True),
            ("POST", f"{place}/activities", self._post, True),
            ("PUT", f"{place}/activities/([^/]+)", self._change, True),
            ("GET", f"{place}/members/([^/]+)", self._member, True),
            ("GET", f"{place}/pagedmembers", self._members, True),
        ]

    def _admit(self, request: web.Request) -> None:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme != "Bearer" or self.tokens.get(token, self.clock.now()) <= self.clock.now():
            raise RefusedError(401, "Unauthorized")

    async def _keys(self, _request: web.Request) -> web.Response:
        return web.json_response({"keys": [public(name) | {"endorsements": self.endorsements} for name in self.keys]})

    async def _entra(self, _request: web.Request) -> web.Response:
        return web.json_response(entra.keys(*self.entra_keys))

    async def _login(self, request: web.Request, tenant: str) -> web.Response:
        asked = await request.post()
        right = (asked.get("client_id"), asked.get("client_secret"), asked.get("grant_type"), asked.get("scope"))
        if (tenant, *right) != (TENANT, APP, self.secret, "client_credentials", f"{ISSUER}/.default"):
            self.refusals.note(f"POST {request.path}", "invalid_client")
            return web.json_response({"error": "invalid_client"}, status=401)
        token = f"token-{next(self.numbers)}"
        self.tokens[token] = self.clock.now() + _TOKEN_LIFE
        return web.json_response({"token_type": "Bearer", "expires_in": 3600, "access_token": token})

    async def _channels(self, _request: web.Request, team: str) -> web.Response:
        if team != TEAM:
            raise RefusedError(404, "NotFound")
        return web.json_response({"conversations": [{"id": TEAM}, {"id": ROOM, "name": "Acme Industries deal"}]})

    async def _open(self, request: web.Request) -> web.Response:
        asked = await _body(request)
        if asked.get("bot") != {"id": BOT} or asked.get("channelData", {}).get("tenant", {}).get("id") != TENANT:
            raise RefusedError(400, "BadArgument")
        account = self._account(asked["members"][0]["id"])
        if account not in self.chats:
            raise RefusedError(403, "BotNotInConversationRoster")
        return web.json_response({"id": self.chats[account]}, status=201)

    async def _post(self, request: web.Request, conversation: str) -> web.Response:
        sent, to = await _body(request), ""
        if _is_targeted(request):
            to = sent.get("recipient", {}).get("id", "")
            if not self.targeted or to not in self._in(conversation):
                raise RefusedError(400, "BadArgument")
        self._judge(conversation, sent)
        return web.json_response({"id": self.put(conversation, sent, to=to).id}, status=201)

    async def _change(self, request: web.Request, conversation: str, id_: str) -> web.Response:
        sent = await _body(request)
        found = next((one for one in self.posted if one.id == id_ and not one.typed), None)
        if found is None or found.place != place_of(conversation):
            raise RefusedError(404, "ActivityNotFoundInConversation")
        if _is_targeted(request) is not bool(found.to):
            raise RefusedError(400, "BadArgument")
        self._judge(conversation, sent)
        found.activity, found.edits = sent, found.edits + 1
        found.own.clear()
        found.notes.clear()
        self.shown(found)
        return web.json_response({"id": found.id})

    async def _member(self, _request: web.Request, conversation: str, user: str) -> web.Response:
        account = self._account(user)
        if account not in self._in(conversation):
            raise RefusedError(404, "MemberNotFoundInConversation")
        return web.json_response(self.people[account])

    async def _members(self, _request: web.Request, conversation: str) -> web.Response:
        return web.json_response({"members": [self.people[account] for account in self._in(conversation)]})

    # -- steps -------------------------------------------------------------------------------------

    def _judge(self, conversation: str, sent: Json) -> None:
        place = place_of(conversation)
        if place not in self.rooms and place not in self.chats.values():
            raise RefusedError(404, "ConversationNotFound")
        status, fault = fault_of_message(sent)
        if fault:
            raise RefusedError(status, fault)
        if wait := self.pace.wait(place, self.clock.now()):
            raise _TooFastError(wait)

    def _in(self, conversation: str) -> list[str]:
        place = place_of(conversation)
        return self.rooms.get(place) or [account for account, chat in self.chats.items() if chat == place]

    def _account(self, user: str) -> str:
        return next((account for account, one in self.people.items() if one["aadObjectId"] == user), user)


async def _body(request: web.Request) -> Json:
    try:
        found: Json = json.loads(await request.text())
    except ValueError:
        raise RefusedError(400, "BadSyntax") from None
    return found


def _is_targeted(request: web.Request) -> bool:
    return request.query.get("isTargetedActivity") == "true"
