"""A Teams to call: its login, its signing keys and its connector, refusing what the real ones refuse."""

import itertools
import json
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import jwt
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from core.clock import Clock
from tests.adapters.teams.entra_standin import keys
from tests.cards.renderers.teams_referee import MESSAGE_MAX, bytes_of, faults, walked, words_of

Json = dict[str, Any]

APP, SECRET, TENANT = "11111111-2222-3333-4444-555555555555", "s3cret", "aaaaaaaa-0000-0000-0000-000000000001"
ISSUER = "https://api.botframework.com"
ROOM, TEAM = "19:deals@thread.tacv2", "19:team@thread.tacv2"
_KEYS = {name: rsa.generate_private_key(public_exponent=65537, key_size=2048) for name in ("one", "two", "evil")}
_TOKEN_LIFE = timedelta(hours=1)
_IN_A_SECOND = 7


@dataclass
class Posted:
    """A message as it stands in a conversation: ``to`` is the one account that sees it, empty when all do."""

    id: str
    conversation: str
    activity: Json
    to: str = ""
    edits: int = 0

    @property
    def card(self) -> Json:
        """Its Adaptive Card; empty for plain words."""
        attachments = self.activity.get("attachments") or [{}]
        return attachments[0].get("content") or {}

    @property
    def text(self) -> str:
        """Everything that can be read in it."""
        return "\n".join(words_of(self.card)) if self.card else str(self.activity.get("text", ""))

    def press(self, label: str) -> Json:
        """The button of this label, the one below a question where there is one; or a menu's option, as sent."""
        return pressed(self.card, label)


def pressed(card: Json, label: str) -> Json:
    """What Teams sends as the action when this button is pressed, or this entry of a menu is chosen."""
    found = [one for one in walked(card) if one["type"].startswith("Action.") and one.get("title") == label]
    for action in found:
        if action["type"] in {"Action.Execute", "Action.Submit"}:
            return {"type": action["type"], "verb": action.get("verb", ""), "data": action["data"]}
    for menu in (one for one in walked(card) if one["type"] == "Input.ChoiceSet"):
        for choice in menu["choices"]:
            if choice["title"] == label:
                data = {"menu": menu["id"], menu["id"]: choice["value"]}
                return {"type": "Action.Execute", "verb": "choose", "data": data}
    raise AssertionError(f"no button {label!r} in {words_of(card)}")


@dataclass
class Fault:
    """What to answer instead of doing it."""

    status: int
    code: str = ""
    headers: dict[str, str] = field(default_factory=dict)


class StandIn:
    """One Microsoft with its directories and conversations. Time is the test's clock."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.keys = ["one"]
        self.endorsements = ["msteams"]
        self.entra_keys = ["entra"]
        self.secret = SECRET
        self.tokens: dict[str, datetime] = {}
        self.people: dict[str, Json] = {}
        self.rooms: dict[str, list[str]] = {ROOM: []}
        self.chats: dict[str, str] = {}  # account -> private conversation
        self.targeted = True
        self.posted: list[Posted] = []
        self.calls: list[str] = []
        self.faults: dict[str, deque[Fault]] = {}
        self._numbers = itertools.count(1)
        self._sent_at: dict[str, list[datetime]] = {}
        self.paced = False
        self._server: TestServer | None = None

    async def start(self) -> None:
        """Listens on a port of its own."""
        app = web.Application(client_max_size=4 * 1024 * 1024)
        app.router.add_post("/login/{tenant}/oauth2/v2.0/token", self._login)
        app.router.add_get("/keys", self._jwks)
        app.router.add_get("/login/common/discovery/v2.0/keys", self._entra_keys)
        app.router.add_get("/amer/v3/teams/{team}/conversations", self._guarded(self._channels))
        app.router.add_post("/amer/v3/conversations", self._guarded(self._open))
        app.router.add_post("/amer/v3/conversations/{conversation}/activities", self._guarded(self._post))
        app.router.add_put("/amer/v3/conversations/{conversation}/activities/{id}", self._guarded(self._put))
        app.router.add_get("/amer/v3/conversations/{conversation}/members/{id}", self._guarded(self._member))
        app.router.add_get("/amer/v3/conversations/{conversation}/pagedmembers", self._guarded(self._members))
        self._server = TestServer(app)
        await self._server.start_server()

    async def stop(self) -> None:
        """Ends every connection."""
        if self._server:
            await self._server.close()

    @property
    def url(self) -> str:
        """Where it listens."""
        assert self._server is not None
        return str(self._server.make_url("")).rstrip("/")

    @property
    def service(self) -> str:
        """The connector's address, as activities name it."""
        return f"{self.url}/amer/"

    # -- what Microsoft signs ----------------------------------------------------------------------

    def token(self, key: str = "one", *, kid: str | None = None, **claims: Any) -> str:
        """A connector's token for the bot; ``claims`` in the place of the usual ones, None leaves one out."""
        now = int(self.clock.now().timestamp())
        usual = {"iss": ISSUER, "aud": APP, "serviceurl": self.service, "nbf": now - 10, "exp": now + 3600}
        payload = {name: value for name, value in (usual | claims).items() if value is not None}
        return jwt.encode(payload, _KEYS[key], algorithm="RS256", headers={"kid": kid or key})

    async def _jwks(self, _request: web.Request) -> web.Response:
        self.calls.append("keys")
        if fault := self._fault("keys"):
            return fault
        document = []
        for name in self.keys:
            key = json.loads(RSAAlgorithm.to_jwk(_KEYS[name].public_key()))
            document.append(key | {"kid": name, "use": "sig", "endorsements": self.endorsements})
        return web.json_response({"keys": document})

    async def _entra_keys(self, _request: web.Request) -> web.Response:
        self.calls.append("entra keys")
        return self._fault("entra") or web.json_response(keys(*self.entra_keys))

    async def _channels(self, request: web.Request) -> web.Response:
        if request.match_info["team"] != TEAM:
            return refused(404, "NotFound")
        return web.json_response({"conversations": [{"id": TEAM}, {"id": ROOM, "name": "Acme Industries deal"}]})

    async def _login(self, request: web.Request) -> web.Response:
        self.calls.append("login")
        asked = await request.post()
        right = (asked.get("client_id"), asked.get("client_secret"), asked.get("grant_type"), asked.get("scope"))
        if right != (APP, self.secret, "client_credentials", f"{ISSUER}/.default"):
            return web.json_response({"error": "invalid_client"}, status=401)
        assert request.match_info["tenant"] == TENANT
        token = f"token-{next(self._numbers)}"
        self.tokens[token] = self.clock.now() + _TOKEN_LIFE
        return web.json_response({"token_type": "Bearer", "expires_in": 3600, "access_token": token})

    # -- the connector -----------------------------------------------------------------------------

    def _guarded(self, handle: Any) -> Any:
        async def guarded(request: web.Request) -> web.Response:
            self.calls.append(f"{request.method} {request.path.rpartition('/v3/')[2].partition('/')[0]}")
            scheme, _, token = request.headers.get("authorization", "").partition(" ")
            if scheme != "Bearer" or self.tokens.get(token, self.clock.now()) <= self.clock.now():
                return refused(401, "Unauthorized")
            name = handle.__name__.strip("_")
            return self._fault(name) or await handle(request)

        return guarded

    def _fault(self, name: str) -> web.Response | None:
        waiting = self.faults.get(name)
        if not waiting:
            return None
        fault = waiting.popleft()
        return refused(fault.status, fault.code, fault.headers)

    def fail(self, name: str, *faults: Fault) -> None:
        """The next calls of ``post``, ``put``, ``open``, ``member``, ``members`` or ``keys`` fail so."""
        self.faults.setdefault(name, deque()).extend(faults)

    async def _open(self, request: web.Request) -> web.Response:
        asked = await request.json()
        assert asked["bot"] == {"id": f"28:{APP}"}
        assert asked["channelData"]["tenant"]["id"] == TENANT
        account = self._account(asked["members"][0]["id"])
        if account not in self.chats:
            return refused(403, "BotNotInConversationRoster")
        return web.json_response({"id": self.chats[account]}, status=201)

    async def _post(self, request: web.Request) -> web.Response:
        conversation, sent = request.match_info["conversation"], await request.json()
        to = ""
        if request.query.get("isTargetedActivity") == "true":
            to = sent["recipient"]["id"]
            if not self.targeted or to not in self._in(conversation):
                return refused(400, "BadArgument")
        if wrong := self._wrong(conversation, sent):
            return wrong
        posted = Posted(f"m{next(self._numbers)}", conversation, sent, to)
        self.posted.append(posted)
        return web.json_response({"id": posted.id}, status=201)

    async def _put(self, request: web.Request) -> web.Response:
        conversation, sent = request.match_info["conversation"], await request.json()
        found = [one for one in self.posted if one.id == request.match_info["id"]]
        targeted = request.query.get("isTargetedActivity") == "true"
        if not found or found[0].conversation.partition(";")[0] != conversation.partition(";")[0]:
            return refused(404, "ActivityNotFoundInConversation")
        if targeted is not bool(found[0].to):
            return refused(400, "BadArgument")
        if wrong := self._wrong(conversation, sent):
            return wrong
        found[0].activity = sent
        found[0].edits += 1
        return web.json_response({"id": found[0].id})

    def _wrong(self, conversation: str, sent: Json) -> web.Response | None:
        place = conversation.partition(";")[0]
        if place not in self.rooms and place not in self.chats.values():
            return refused(404, "ConversationNotFound")
        if bytes_of(sent) > MESSAGE_MAX:
            return refused(413, "MessageSizeTooBig")
        cards = [one["content"] for one in sent.get("attachments", ())]
        if sent.get("type") != "message" or not (cards or str(sent.get("text", "")).strip()):
            return refused(400, "BadSyntax")
        if wrong := [fault for card in cards for fault in faults(card)]:
            raise AssertionError(wrong)
        return self._too_fast(place)

    def _too_fast(self, place: str) -> web.Response | None:
        now = self.clock.now()
        sent = [at for at in self._sent_at.get(place, []) if now - at < timedelta(seconds=1)]
        if self.paced and len(sent) >= _IN_A_SECOND:
            return refused(429, "TooManyRequests", {"retry-after": "1"})
        self._sent_at[place] = [*sent, now]
        return None

    async def _member(self, request: web.Request) -> web.Response:
        account = self._account(request.match_info["id"])
        if account not in self._in(request.match_info["conversation"]):
            return refused(404, "MemberNotFoundInConversation")
        return web.json_response(self.people[account])

    async def _members(self, request: web.Request) -> web.Response:
        found = [self.people[account] for account in self._in(request.match_info["conversation"])]
        return web.json_response({"members": found})

    def _in(self, conversation: str) -> list[str]:
        place = conversation.partition(";")[0]
        return self.rooms.get(place) or [account for account, chat in self.chats.items() if chat == place]

    def _account(self, user: str) -> str:
        return next((account for account, one in self.people.items() if one["aadObjectId"] == user), user)

    # -- what people see ---------------------------------------------------------------------------

    def add(self, account: str, user: str, name: str, *, email: str = "", chat: str = "", **more: Any) -> None:
        """Somebody of the directory, in the room; with ``chat`` the app is installed for them."""
        person = {"id": account, "aadObjectId": user, "name": name, "email": email, "tenantId": TENANT}
        self.people[account] = person | more
        self.rooms[ROOM].append(account)
        if chat:
            self.chats[account] = chat

    def seen_in(self, conversation: str) -> list[Posted]:
        """What everybody in a conversation sees."""
        return [one for one in self.posted if one.conversation.partition(";")[0] == conversation and not one.to]

    def seen_by(self, account: str) -> list[Posted]:
        """What one person alone sees: in their private chat, and in rooms for their eyes."""
        chat = self.chats.get(account, "")
        return [one for one in self.posted if one.to == account or (chat and one.conversation == chat)]


def refused(status: int, code: str, headers: dict[str, str] | None = None) -> web.Response:
    """An error as the connector tells it."""
    body = {"error": {"code": code, "message": "No."}} if code else {}
    return web.json_response(body, status=status, headers=headers)
