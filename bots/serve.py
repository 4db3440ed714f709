"""Web, chats and worker in one process, from the first request to an orderly end."""

import asyncio
import gc
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any

import structlog
import uvicorn
from fastapi import FastAPI, Request

from adapters.hosts.model import Hosting
from adapters.web.access import viewer
from adapters.web.adapter import WebAdapter
from adapters.web.app import create_app
from adapters.web.config import WebConfig
from adapters.web.metrics import Metrics
from adapters.web.pages import prepare
from adapters.web.refusals import RefusedError
from bots.chats import build_chats, build_senders
from bots.clock import SystemClock
from bots.compose import bring_up_to_date, build_road
from bots.errors import OperatorError
from bots.keys import secret_key
from bots.logs import configure_logs
from bots.platforms.model import Chat
from bots.settings import Settings, load_settings
from bots.worker import Worker
from commands.road import Road
from core.actor import Role
from core.ids import WorkspaceId
from core.work import Database
from storage.database import open_database
from storage.name_index.holding import NameIndexes

log = structlog.get_logger()

# Together below the 10 seconds that whoever stops a process commonly waits before killing it.
_REQUESTS_END_WITHIN = 4
_JOBS_END_WITHIN = 4
_WAITING = 2048  # connections
# Between two turns of the interpreter, in seconds, a tenth of Python's own: a request gives up its turn with each
# statement it runs, and waits so long to have it back while the writer is busy.
_TURN = 0.0005
_ALLOCATIONS = 20_000  # between two looks for cycles among what is new; Python's own 700 are many in a request


@dataclass(frozen=True, slots=True)
class Process:
    """Everything that is to run, made and not yet started."""

    database: Database
    road: Road
    platforms: Sequence[WebAdapter | Chat]
    indexes: NameIndexes
    app: FastAPI | None = None
    works: bool = True  # does jobs; else others do, and this process what it accepted itself

    @asynccontextmanager
    async def running(self) -> AsyncIterator[asyncio.Task[None]]:
        """Listens to the platforms and does jobs; at the end takes nothing more and finishes what was begun."""
        worker = Worker(self.database, self.road.carrier, SystemClock())
        for platform in self.platforms:
            await platform.start()
        working = asyncio.get_running_loop().create_task(worker.run() if self.works else worker.stand_by())
        # Nobody waits for the names: until they are in memory, the database finds them by their keys.
        following = asyncio.get_running_loop().create_task(self.indexes.follow(self.database))
        try:
            yield working
        finally:
            worker.stop()
            following.cancel()
            await self._end(worker, working)
            await asyncio.wait({following})
            await self.database.close()
            log.info("stopped")

    async def _end(self, worker: Worker, working: asyncio.Task[None]) -> None:
        try:
            async with asyncio.timeout(_JOBS_END_WITHIN):
                for platform in self.platforms:
                    await platform.stop()
                await self.road.settle()
                await working
        except TimeoutError:
            # What was not finished is taken up by another process, or by the next start.
            log.warning("left_to_others")
            await worker.hand_back()


def listen(host: str, port: int) -> socket.socket:
    """A socket to serve on. Raises OperatorError when the port is taken or not ours to take."""
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(_WAITING)  # who comes while Kith starts waits and is not refused
    except OSError as refused:
        listening.close()
        hint = f"Is Kith running already? Another port: --port {port + 1}"
        raise OperatorError(f"port {port} on {host} cannot be used: {refused.strerror}. {hint}") from None
    return listening


def address_of(listening: socket.socket) -> str:
    """Where a browser on this machine reaches the socket."""
    host, port, *_ = listening.getsockname()
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def make_server(
    settings: Settings,
    metrics: Metrics,
    *,
    address: str,
    demo: bool = False,
    works: bool = True,
    emulated: bool = False,
) -> Process:
    """A process that serves. ``address`` is where browsers reach it when the settings name no public one.

    The demo speaks to this machine's browsers alone, whatever else is set up; ``emulated`` says that the platform in
    the settings is on this machine, too.
    """
    clock = SystemClock()
    indexes = NameIndexes(settings.database_url)
    database = open_database(settings.database_url, clock, indexes)
    web = WebAdapter(_web_config(settings, demo=demo), database, clock)
    chats = [] if demo and not emulated else build_chats(settings, database, clock, _administrator)
    road = build_road(settings, database, [web, *chats], public_url=settings.public_url or address)
    routers = [router for chat in chats if (router := chat.router()) is not None]
    hosts = [host for chat in chats if isinstance(chat, Hosting) for host in chat.hosts]
    return Process(database, road, [web, *chats], indexes, create_app(web, routers, metrics, hosts), works)


def make_worker(settings: Settings) -> Process:
    """A process that does jobs and listens to nobody."""
    clock = SystemClock()
    indexes = NameIndexes(settings.database_url)
    database = open_database(settings.database_url, clock, indexes)
    web = WebAdapter(_web_config(settings, demo=False), database, clock)
    platforms: list[WebAdapter | Chat] = [web, *build_senders(settings, database, clock)]
    return Process(database, build_road(settings, database, platforms), platforms, indexes)


def make_server_app() -> FastAPI:
    """The application by itself, for an ASGI server of one's own (``uvicorn --factory bots.serve:make_server_app``)."""
    settings, metrics = load_settings(), Metrics()
    configure_logs(settings.log_level, secrets=settings.secrets, watch=[metrics])
    process = make_server(settings, metrics, address="")
    app = process.app
    assert app is not None  # noqa: S101 - a server has one

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        await asyncio.to_thread(bring_up_to_date, settings)
        async with process.running():
            yield

    app.router.lifespan_context = lifespan
    return app


def run_until_stopped(main: Coroutine[Any, Any, None]) -> None:
    """Runs ``main`` on the fastest event loop there is."""
    make_loop: Callable[[], asyncio.AbstractEventLoop] = asyncio.new_event_loop
    try:
        import uvloop  # noqa: PLC0415 - not on every system
    except ImportError:
        pass
    else:
        make_loop = uvloop.new_event_loop
    with asyncio.Runner(loop_factory=make_loop) as runner:
        runner.run(main)


async def serve(process: Process, listening: socket.socket, ready: Callable[[], None]) -> None:
    """Serves on ``listening`` until SIGTERM or SIGINT; calls ``ready`` when everything has started."""
    assert process.app is not None  # noqa: S101 - a server has one
    server = _Server(_server_config(process.app))
    serving = asyncio.get_running_loop().create_task(server.serve(sockets=[listening]))
    async with process.running() as working:
        _spare_the_collector()
        sys.setswitchinterval(_TURN)
        ready()
        preparing = asyncio.get_running_loop().run_in_executor(None, prepare)
        await _first_of(serving, working)
        await preparing
        server.should_exit = True
    await serving


def _spare_the_collector() -> None:
    """What was made by now stays until the end; a request leaves few cycles behind, and is not to wait for others'."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_ALLOCATIONS, *gc.get_threshold()[1:])


async def work(process: Process) -> None:
    """Does jobs until SIGTERM or SIGINT."""
    async with process.running() as working:
        log.info("worker_started")
        await _first_of(working)


async def _first_of(*tasks: asyncio.Task[None]) -> None:
    """Returns at the first SIGTERM or SIGINT, or when one of the tasks could not go on."""
    loop, asked = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, asked.set)
    stopping = loop.create_task(asked.wait())
    await asyncio.wait({stopping, *tasks}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    log.info("stopping")


class _Server(uvicorn.Server):
    """Uvicorn's server without its signal handlers: the process has more to end than the server."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leaves signals to the process."""
        yield


def _server_config(app: FastAPI) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        log_config=None,
        access_log=False,  # a request line may hold a one-time code
        server_header=False,
        lifespan="off",
        ws="none",
        timeout_graceful_shutdown=_REQUESTS_END_WITHIN,
    )


def _web_config(settings: Settings, *, demo: bool) -> WebConfig:
    return WebConfig(secret_key=secret_key(settings), public_url="" if demo else settings.public_url, demo=demo)


async def _administrator(request: Request) -> WorkspaceId | None:
    """The workspace whose administrator is signed in in this browser."""
    try:
        known = await viewer(request)
    except RefusedError:
        return None
    return known.workspace.id if known.member.role is Role.ADMIN else None
