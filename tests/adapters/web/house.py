"""A workbench with people in it, and browsers to come by: the real app over a real database, without a socket."""

import asyncio
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, TypeVar

import httpx

from adapters.hosts.model import Host
from adapters.web import rooms, sessions
from adapters.web.adapter import WebAdapter
from adapters.web.app import create_app
from adapters.web.config import WebConfig
from bots.compose import wire
from commands.sealing import Sealer
from core.actor import Role
from core.customers.service import add_customer
from core.ids import TeamId
from core.members.model import Member, Membership
from core.members.service import add_member, create_team, create_workspace
from core.rooms.model import Room
from core.work import Work
from storage.database import open_database

T = TypeVar("T")
KEY = "a secret key for tests only, long enough"
NOW = datetime(2030, 1, 2, 3, 4, 5, tzinfo=UTC)
ORIGIN = "http://kith.test"
_NUMBERS = count(1)


class MovableClock:
    """Stands at ``NOW`` until it is moved."""

    def __init__(self) -> None:
        self.instant = NOW

    def now(self) -> datetime:
        """Where it stands."""
        return self.instant

    def move(self, **by: float) -> None:
        """Moves it on, as ``timedelta`` takes it."""
        self.instant += timedelta(**by)


@dataclass(frozen=True)
class People:
    """Wei and Ann are colleagues, Max manages them, Uma only reads; Eve works elsewhere."""

    wei: Member
    ann: Member
    max: Member
    uma: Member
    eve: Member


class House:
    """The workbench, its database and its people."""

    def __init__(
        self,
        url: str,
        runner: asyncio.Runner,
        *,
        demo: bool = False,
        public_url: str = ORIGIN,
        people: People | None = None,
        hosts: Callable[[MovableClock], list[Host]] = lambda _clock: [],
    ) -> None:
        self.clock = MovableClock()
        self.runner = runner
        self.database = open_database(url, self.clock)
        config = WebConfig(secret_key=KEY, public_url=public_url, demo=demo, demo_member="wei")
        self.web = WebAdapter(config, self.database, self.clock)
        self.road = wire(self.database, Sealer(KEY), {"web": self.web}, public_url=public_url)
        self.web.attach(self.road)
        self.app = create_app(self.web, hosts=hosts(self.clock))
        self.people = people or self.write(_hire_here if demo else _hire)

    def read(self, function: Callable[[Work], T]) -> T:
        """Reads from the database."""
        return self.runner.run(self.database.read(function))

    def write(self, function: Callable[[Work], T]) -> T:
        """Writes to the database."""
        return self.runner.run(self.database.write(function))

    def membership(self, member: Member) -> Membership:
        """The member as they are now."""
        found = self.read(lambda work: work.members.membership(member.workspace_id, member.id))
        assert found is not None
        return found

    def browser(self, member: Member | None = None, **headers: str) -> "Browser":
        """A browser, signed in as ``member``."""
        browser = Browser(self, headers)
        if member is not None:
            membership = self.membership(member)
            browser.client.cookies.set("kith", self.write(lambda work: sessions.open_session(work, membership)))
        return browser

    def group(self, *members: Member, title: str = "Deal room") -> Room:
        """A room of these members."""
        return self.write(lambda work: rooms.start_room(work, members[0], title, [member.id for member in members]))

    def customer(self, owner: Member, name: str, **values: Any) -> str:
        """Adds a customer of the owner's team; returns its id."""
        actor = self.membership(owner).actor(platform="web")
        return self.write(lambda work: add_customer(work, actor, name=name, **values).id)

    def close(self) -> None:
        """Lets what has begun end."""
        self.runner.run(self.road.settle())
        self.runner.run(self.database.close())


class Browser:
    """Reads pages, and sends forms and JSON with the page's own proof."""

    def __init__(self, house: House, headers: Mapping[str, str]) -> None:
        self._runner = house.runner
        transport = httpx.ASGITransport(house.app, raise_app_exceptions=False)
        base = house.web.config.public_url
        self.client = httpx.AsyncClient(transport=transport, base_url=base, headers={"origin": base, **headers})
        self._csrf = ""

    def get(self, path: str, **options: Any) -> httpx.Response:
        """Whatever is at an address."""
        return self._runner.run(self.client.get(path, **options))

    def open(self, path: str = "/") -> str:
        """The page, and from it the proof for what is sent next."""
        page = self.get(path)
        assert page.status_code == 200, (path, page.status_code, page.text[:300])
        self._csrf = between(page.text, 'data-csrf="', '"')
        return page.text

    def send(self, path: str, **fields: str) -> httpx.Response:
        """Sends a form."""
        return self._runner.run(self.client.post(path, data={"csrf": self._csrf, **fields}))

    def sign_in(self, code: str) -> httpx.Response:
        """Opens a one-time link and presses its button."""
        page = self.get(f"/sign-in?code={code}").text
        return self.send("/sign-in", code=code, csrf=between(page, 'name="csrf" value="', '"'))

    def post(self, path: str, body: Any = None, **headers: str) -> httpx.Response:
        """Sends JSON."""
        sent = {"x-csrf-token": self._csrf, **headers}
        return self._runner.run(self.client.post(f"/api/v1{path}", json=body, headers=sent))

    def ask(self, request: Mapping[str, Any]) -> httpx.Response:
        """Sends a request that is described as ``requests`` takes it, with the page's proof."""
        known = {name: request[name] for name in ("method", "url", "params", "json", "data") if name in request}
        headers = {**(request.get("headers") or {}), "x-csrf-token": self._csrf}
        return self._runner.run(self.client.request(**known, headers=headers))

    def say(self, room_id: str, text: str, client_id: str = "") -> list[dict[str, Any]]:
        """Says something in a room; returns the messages that came of it."""
        answer = self.post(f"/rooms/{room_id}/messages", {"id": client_id or fresh(), "text": text})
        assert answer.status_code == 201, answer.text
        messages: list[dict[str, Any]] = answer.json()["messages"]
        return messages

    def press(self, message: Mapping[str, Any], label: str, **fields: str) -> httpx.Response:
        """Presses the button of that label, or with ``fields`` sends the message's form."""
        token = token_of(message["html"], label)
        path = f"/rooms/{message['room']}/messages/{message['id']}/press"
        return self.post(path, {"id": fresh(), "token": token, "fields": fields or None})

    def room(self) -> str:
        """The room of this member and Kith."""
        return between(self.open("/"), 'data-room="', '"')


def between(text: str, before: str, after: str) -> str:
    """What stands between two texts; empty when they are not there."""
    return text.partition(before)[2].partition(after)[0] if before in text else ""


def token_of(html: str, label: str) -> str:
    """The token of a button by its label, or of the form."""
    button = re.search(rf'value="([^"]+)"[^>]*>{re.escape(label)}<', html)
    form = re.search(r'<input type="hidden" name="token" value="([^"]+)"', html)
    found = button or form
    assert found, f"no button {label!r}"
    return found[1]


def fresh() -> str:
    """An id such as a browser makes."""
    return f"delivery-{next(_NUMBERS):08}"


def _hire(work: Work) -> People:
    here = _hire_here(work)
    there = create_workspace(work, "Elsewhere", language="en", zone="UTC")
    eve = add_member(work, there.id, handle="eve", name="Eve Far", role=Role.ADMIN)
    return People(here.wei, here.ann, here.max, here.uma, eve)


def _hire_here(work: Work) -> People:
    workspace = create_workspace(work, "Harbour", language="en", zone="UTC")
    north, south = (TeamId(create_team(work, workspace.id, name).id) for name in ("North", "South"))
    wei = add_member(work, workspace.id, handle="wei", name="Wei Chen", team_id=north)
    ann = add_member(work, workspace.id, handle="ann", name="Ann Bell", team_id=south)
    manager = add_member(work, workspace.id, handle="max", name="Max Ray", role=Role.MANAGER)
    uma = add_member(work, workspace.id, handle="uma", name="Uma Reed", role=Role.VIEWER, language="zh_Hans")
    return People(wei, ann, manager, uma, wei)
