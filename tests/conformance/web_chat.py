"""The workbench, over its JSON API: each member's own room with Kith, and a room of all three."""

import itertools
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, ClassVar

import httpx
import msgspec

from adapters.web import rooms, sessions
from adapters.web.adapter import WebAdapter
from adapters.web.app import create_app
from adapters.web.config import WebConfig
from bots.compose import wire
from cards.model import Card, Form
from cards.renderers import text
from commands.sealing import Sealer
from core.clock import Clock
from core.members.model import Member, Membership
from core.work import Database, Work
from tests.adapters.web.house import KEY, ORIGIN, between
from tests.conformance.chat import FEATURES, NATIVE
from tests.kith import buttons

_PEOPLE = ("wei", "mei", "anna")
_numbers = itertools.count(1)

Json = dict[str, Any]


class WebChat:
    """``tests.conformance.chat.Chat`` in the workbench."""

    name = "web"
    deviations: ClassVar[dict[str, str]] = dict.fromkeys(FEATURES, NATIVE)

    def __init__(self, web: WebAdapter, members: dict[str, Member], clients: dict[str, httpx.AsyncClient]) -> None:
        self._web, self._members, self._clients = web, members, clients
        self._shown: dict[str, list[Json]] = {who: [] for who in clients}
        self._all: list[Json] = []
        self._rooms: dict[str, str] = {}
        self._shared = ""
        self._repeat: tuple[str, str, Json] = ("", "", {})
        self.tenant: str = members["wei"].workspace_id

    def user_id(self, who: str) -> str:
        return str(self._members[who].id)

    async def enter(self, database: Database) -> None:
        """Everybody opens the page, and the room that they share is there."""
        titled = await database.write(
            lambda work: rooms.start_room(
                work, self._members["wei"], "Deal room", [one.id for one in self._members.values()]
            )
        )
        self._shared = titled.id
        for who, client in self._clients.items():
            page = (await client.get("/")).text
            client.headers["x-csrf-token"] = between(page, 'data-csrf="', '"')
            self._rooms[who] = between(page, 'data-room="', '"')

    async def say(self, who: str, line: str, *, room: bool = False) -> None:
        place, typed = (self._shared, f"/crm {line}") if room else (self._rooms[who], line)
        await self._post(who, f"/rooms/{place}/messages", {"id": _fresh(), "text": typed})

    async def press(self, who: str, label: str) -> None:
        for message in reversed(self._shown[who]):
            tokens = [token for card in _cards(message) for shown, token in buttons(card) if shown == label]
            if tokens:
                await self._press(who, message, tokens[0])
                return
        raise AssertionError(f"no button {label!r} in {self.seen(who)[-3:]}")

    async def fill(self, who: str, values: dict[str, str]) -> None:
        message, form = next((one, form) for one in reversed(self._shown[who]) if (form := _form(one)))
        known = {one.name: one.value for one in form.inputs}
        assert values.keys() <= known.keys(), known
        await self._press(who, message, form.token, known | values)

    async def settle(self) -> None:
        await self._web.road.settle()
        for who, client in self._clients.items():
            found = [await client.get(f"/api/v1/rooms/{place}/messages") for place in (self._rooms[who], self._shared)]
            shown = [message for answer in found for message in answer.json()["messages"]]
            self._shown[who] = sorted(shown, key=lambda message: str(message["id"]))

    def seen(self, who: str) -> list[str]:
        return [_words(message) for message in self._shown[who] if message["cards"]]

    def in_room(self) -> list[str]:
        everybody = [message for message in self._shown["wei"] if message["room"] == self._shared]
        return [_words(message) for message in everybody if message["cards"] and not message["private"]]

    async def again(self) -> None:
        await self._post(*self._repeat)

    async def save(self, who: str, text: str) -> None:
        colleague = next(one for one in self._clients if one != who)
        await self._post(colleague, f"/rooms/{self._shared}/messages", {"id": _fresh(), "text": text})
        said = next(one for one in reversed(self._shown[who]) if one["text"] == text)
        await self._post(who, f"/rooms/{self._shared}/messages/{said['id']}/save", {"id": _fresh()})

    # -- steps -------------------------------------------------------------------------------------

    async def _press(self, who: str, message: Json, token: str, fields: dict[str, str] | None = None) -> None:
        address = f"/rooms/{message['room']}/messages/{message['id']}/press"
        await self._post(who, address, {"id": _fresh(), "token": token, "fields": fields})

    async def _post(self, who: str, path: str, body: Json) -> None:
        self._repeat = (who, path, body)
        answer = await self._clients[who].post(f"/api/v1{path}", json=body)
        assert answer.status_code == 201, answer.text
        await self.settle()


def _fresh() -> str:
    return f"conformance-{next(_numbers):08}"


def _cards(message: Json) -> list[Card]:
    return msgspec.convert(message["cards"], list[Card])


def _form(message: Json) -> Form | None:
    blocks = (block for card in _cards(message) for block in card.blocks)
    return next((block for block in blocks if isinstance(block, Form)), None)


def _words(message: Json) -> str:
    return "\n".join(text.render(card) for card in _cards(message))


def _everybody(work: Work) -> dict[str, Member]:
    workspace = work.members.only_workspace()
    assert workspace is not None
    found = {who: work.members.by_handle(workspace, who) for who in _PEOPLE}
    return {who: member for who, member in found.items() if member is not None}


def _sessions(work: Work, members: dict[str, Member]) -> dict[str, str]:
    found = {}
    for who, member in members.items():
        membership = work.members.membership(member.workspace_id, member.id)
        assert isinstance(membership, Membership)
        found[who] = sessions.open_session(work, membership)
    return found


@asynccontextmanager
async def opened(database: Database, clock: Clock) -> AsyncIterator[WebChat]:
    """The workbench, and a browser for each of the three: nobody is a stranger there, for all have signed in."""
    web = WebAdapter(WebConfig(secret_key=KEY, public_url=ORIGIN), database, clock)
    web.attach(wire(database, Sealer(KEY), {"web": web}, public_url=ORIGIN))
    app = create_app(web)
    members = await database.read(_everybody)
    cookies = await database.write(lambda work: _sessions(work, members))
    async with AsyncExitStack() as stack:
        clients = {}
        for who, cookie in cookies.items():
            client = httpx.AsyncClient(
                transport=httpx.ASGITransport(app),
                base_url=ORIGIN,
                headers={"origin": ORIGIN},
                cookies={"kith": cookie},
            )
            clients[who] = await stack.enter_async_context(client)
        chat = WebChat(web, members, clients)
        await chat.enter(database)
        yield chat
        await chat.settle()
        await web.stop()
