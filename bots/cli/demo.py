"""``kith demo``: the sample workspace on this machine."""

import asyncio
import sys
from argparse import ArgumentParser, Namespace
from dataclasses import replace

from bots.cli.preparing import prepared
from bots.compose import opened
from bots.errors import OperatorError
from bots.local_zone import local_zone
from bots.settings import Settings, environment, variable
from core.work import Work

_HOST, _PORT = "127.0.0.1", 8000
_LINES = (
    "Northwind",
    "visit Acme: Grace wants a demo of the new sensors, call back Friday 10am",
    "拜访 远航科技：林总要报价，下周三跟进",
    "tasks overdue",
    "deals",
)


def declare(_command: str, parser: ArgumentParser) -> None:
    """``--seed-only``, ``--port``."""
    parser.add_argument("--seed-only", action="store_true", help="fill the database with the sample and end")
    parser.add_argument("--port", type=int, default=_PORT, help=f"the port to listen on (default: {_PORT})")
    parser.add_argument("--platform", default="", help="wired to a stand-in of that chat, such as slack or wecom")


def run(options: Namespace) -> None:
    """Fills an empty database with the sample and serves it, to this machine alone."""
    if options.seed_only:
        if not asyncio.run(_seed(_settings())):
            raise OperatorError("the database holds a workspace already; the sample was not added")
        return
    from adapters.web.metrics import Metrics  # noqa: PLC0415 - filling alone needs no server
    from bots import serve  # noqa: PLC0415 - see above

    listening = serve.listen(_HOST, options.port)
    settings = _settings()
    if options.platform:
        from bots.emulators.playing import play  # noqa: PLC0415 - one platform is asked for

        seeded = asyncio.run(_seed(settings))
        serve.run_until_stopped(play(options.platform, settings, listening))
        return
    seeded = asyncio.run(_seed(settings))
    address = serve.address_of(listening)
    process = serve.make_server(settings, Metrics(), address=address, demo=True)
    serve.run_until_stopped(serve.serve(process, listening, lambda: _welcome(settings, address, seeded=seeded)))


def _settings() -> Settings:
    """The settings, with this machine's time zone where none is set: it is the zone of who looks at the page."""
    settings = prepared()
    return settings if variable("timezone") in environment() else replace(settings, timezone=local_zone())


async def _seed(settings: Settings) -> bool:
    """Adds the sample where there is no workspace yet; False where there is one."""
    async with opened(settings) as database:
        if await database.read(lambda work: work.members.first_workspaces()):
            return False
        from bots.sample.filling import fill  # noqa: PLC0415 - a database is filled once and opened often

        def fill_empty(work: Work) -> bool:
            if work.members.first_workspaces():
                return False
            fill(work, language=settings.locale, zone=settings.timezone)
            return True

        return await database.write(fill_empty)


def _welcome(settings: Settings, address: str, *, seeded: bool) -> None:
    what = "with a fresh sample" if seeded else f"on {settings.database_url.rpartition('@')[2]}"
    lines = "\n".join(f"    {line}" for line in _LINES)
    sys.stdout.write(
        f"\nKith is open at {address}/ {what}. Ctrl-C closes it.\n"
        f"Lines to try there, or with `kith chat`:\n{lines}\n"
        f"As a colleague, in a second window: {address}/as/mei/\n\n"
    )
    sys.stdout.flush()
