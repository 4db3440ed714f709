"""The workbench behind a real server on a free port, in a thread of its own, with people and customers in it."""

import asyncio
import socket
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from typing import Any, TypeVar

import uvicorn

from adapters.hosts.model import Host
from adapters.web import rooms
from adapters.web.adapter import WebAdapter
from adapters.web.app import create_app
from adapters.web.bodies import Body
from adapters.web.config import WebConfig
from adapters.web.incoming import line_said
from adapters.web.pages import prepare
from bots.compose import wire
from commands.sealing import Sealer
from core.actor import Role
from core.ids import WorkspaceId
from core.members.model import Member
from core.members.service import add_member, create_workspace
from core.rooms.model import Room
from core.work import Database, Work
from storage.database import open_database

T = TypeVar("T")
KEY = "a secret key for tests only, long enough"
_PATIENCE = 10.0  # seconds
_LINES = (
    "new customer Northwind Foods, industry: food, region: Boston, phone: +1 555 0100",
    "new customer 远航科技, industry: 软件, region: 杭州",
    "new contact Northwind Foods: Ada Bell, title: Buyer, phone: +1 555 0101, email: ada@northwind.example",
    "new deal Northwind Foods: Cold chain $120k, close: end of month",
    "task Northwind Foods: send the quote tomorrow 3pm",
    "task 远航科技: 发合同 下周三",
    "call Northwind Foods: price is fine, they decide on Friday",
)


class SystemClock:
    """The machine's clock, for a browser goes by it too."""

    def now(self) -> datetime:
        """The present."""
        return datetime.now(UTC)


class Server:
    """The workbench as a demo, so that every test may be whoever it likes."""

    scheme = "http"

    def __init__(self, url: str) -> None:
        self._url = url
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"{self.scheme}://127.0.0.1:{self._listening.getsockname()[1]}"
        self._numbers = count(1)
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self._thread.start()
        if not self._ready.wait(_PATIENCE):
            raise RuntimeError("the server did not start")

    def _config(self) -> WebConfig:
        return WebConfig(secret_key=KEY, demo=True)

    def _hosts(self) -> list[Host]:
        return []

    def _tls(self) -> dict[str, Any]:
        return {}

    def newcomer(self, language: str = "en") -> Member:
        """A new colleague, who has not opened Kith yet."""
        number = next(self._numbers)
        handle = f"new{number}"
        name = f"李晓{number}" if language == "zh_Hans" else f"Robin {handle.title()}"

        def hire(work: Work) -> Member:
            member = add_member(work, self.workspace_id, handle=handle, name=name, language=language)
            rooms.settle(work, member)
            return member

        return self.write(hire)

    def group(self, *members: Member, title: str) -> Room:
        """A room of these members."""
        return self.write(lambda work: rooms.start_room(work, members[0], title, [member.id for member in members]))

    def say(self, member: Member, line: str, room: Room | None = None) -> None:
        """Says a command line as a member."""
        self._await(self._said(member, line, room))

    def talk(self, member: Member, room: Room, *texts: str) -> None:
        """Says something to the others in a room."""

        def said(work: Work) -> None:
            for text in texts:
                rooms.say(work, room, member.id, Body(text=text, client=f"talked-{next(self._numbers)}"))

        self.write(said)

    def read(self, function: Callable[[Work], T]) -> T:
        """Reads from the database."""
        return self._await(self._database.read(function))

    def write(self, function: Callable[[Work], T]) -> T:
        """Writes to the database."""
        return self._await(self._database.write(function))

    def close(self) -> None:
        """Stops the server."""
        self._loop.call_soon_threadsafe(self._stopped.set)
        self._thread.join(_PATIENCE)

    def _await(self, coroutine: object) -> T:  # type: ignore[type-var]
        waiting = asyncio.run_coroutine_threadsafe(coroutine, self._loop)  # type: ignore[arg-type, var-annotated]
        result: T = waiting.result(_PATIENCE)
        return result

    async def _said(self, member: Member, line: str, room: Room | None) -> None:
        known = room or await self._database.read(lambda work: rooms.direct_room(work, member))
        await self._web.take(line_said(known, member.id, f"said-before-{next(self._numbers)}", line))

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stopped = asyncio.Event()
        self._database: Database = open_database(self._url, SystemClock())
        self._web = WebAdapter(self._config(), self._database, SystemClock())
        road = wire(self._database, Sealer(KEY), {"web": self._web}, public_url=self.address)
        self._web.attach(road)
        await self._fill()
        app = create_app(self._web, hosts=self._hosts())
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off", ws="none", **self._tls()))
        serving = asyncio.create_task(server.serve(sockets=[self._listening]))
        prepare()  # as ``kith serve`` does when it has started
        self._ready.set()
        await self._stopped.wait()
        server.should_exit = True
        await self._web.stop()
        await serving
        await road.settle()
        await self._database.close()

    async def _fill(self) -> None:
        def hire(work: Work) -> Member:
            workspace = create_workspace(work, "Harbour Trading", language="en", zone="UTC")
            demo = add_member(work, workspace.id, handle="demo", name="Dana Demo", role=Role.ADMIN)
            rooms.settle(work, demo)
            return demo

        demo = await self._database.write(hire)
        self.workspace_id: WorkspaceId = demo.workspace_id
        for line in _LINES:
            await self._said(demo, line, None)
