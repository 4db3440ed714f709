"""The page on which one types as a member, and the platform's own methods beside it: on loopback alone."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import jinja2
from aiohttp import web
from markupsafe import Markup

from bots.emulators.model import Emulator, Person
from bots.gallery.signs import STYLE, with_signs

_PAGE = Path(__file__).with_name("page.html")
_WAIT, _BETWEEN = 10.0, 0.1  # seconds until a page asks again, and between two looks on its behalf
_LOOPBACK = {"127.0.0.1", "localhost", "[::1]"}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def _own_pages_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """No page of somebody else's reaches it, whatever name it resolves to this machine."""
    name = request.host.rpartition(":")[0] or request.host
    origin = request.headers.get("Origin", "")
    if name not in _LOOPBACK or (origin and origin != f"http://{request.host}"):
        raise web.HTTPForbidden
    return await handler(request)


class Site:
    """One emulator, shown to whoever sits at this machine."""

    def __init__(self, title: str, emulator: Emulator, people: Sequence[Person]) -> None:
        self._title, self._emulator = title, emulator
        self._people = {person.handle: person for person in people}
        self._runner: web.AppRunner | None = None

    async def start(self, host: str, port: int) -> None:
        """Listens. Raises OSError when the port is taken."""
        app = web.Application(middlewares=[_own_pages_only])
        app.add_routes(self._emulator.routes())
        app.add_routes(
            [
                web.get("/", self._page),
                web.get("/screen", self._screen),
                web.post("/say", self._say),
                web.post("/press", self._press),
                web.post("/submit", self._submit),
            ]
        )
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()

    async def stop(self) -> None:
        """Ends every connection."""
        await self._emulator.close()
        if self._runner is not None:
            await self._runner.cleanup()

    def _person(self, asked: web.Request) -> Person:
        handle = asked.query.get("as", next(iter(self._people)))
        if handle not in self._people:
            raise web.HTTPNotFound
        return self._people[handle]

    async def _page(self, asked: web.Request) -> web.Response:
        template = jinja2.Environment(autoescape=True).from_string(_PAGE.read_text(encoding="utf-8"))
        shown = template.render(
            title=self._title,
            style=Markup(self._emulator.style + STYLE),  # noqa: S704 - a style sheet of our own
            person=self._person(asked),
            people=self._people.values(),
        )
        return web.Response(text=shown, content_type="text/html")

    async def _screen(self, asked: web.Request) -> web.Response:
        """What there is to see, as soon as it is something else than ``seen``, or a while later."""
        person, seen = self._person(asked), asked.query.get("seen", "")
        until = asyncio.get_running_loop().time() + _WAIT
        while True:
            shown = self._shown(person)
            if shown["seen"] != seen or asyncio.get_running_loop().time() > until:
                return web.json_response(shown)
            await asyncio.sleep(_BETWEEN)

    def _shown(self, person: Person) -> dict[str, str]:
        screen = self._emulator.screen(person)
        direct, room = (str(with_signs(Markup().join(place))) for place in (screen.direct, screen.room))
        refused = str(Markup().join(Markup("<li>{}</li>").format(each) for each in screen.refused))
        shown = {"direct": direct, "room": room, "form": str(screen.form), "refused": refused}
        return shown | {"seen": hashlib.sha256("\0".join(shown.values()).encode()).hexdigest()}

    async def _say(self, asked: web.Request) -> web.Response:
        body = await asked.json()
        await self._emulator.say(self._person(asked), str(body["text"]), room=body["place"] == "room")
        return web.Response(status=204)

    async def _press(self, asked: web.Request) -> web.Response:
        await self._emulator.press(self._person(asked), dict(await asked.json()))
        return web.Response(status=204)

    async def _submit(self, asked: web.Request) -> web.Response:
        await self._emulator.submit(self._person(asked), dict(await asked.json()))
        return web.Response(status=204)
