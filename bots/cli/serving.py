"""``kith serve`` and ``kith worker``."""

import asyncio
import sys
from argparse import ArgumentParser, Namespace

from bots.compose import bring_up_to_date, opened
from bots.logs import configure_logs
from bots.settings import Settings, load_settings
from bots.whereabouts import remember_address

_HOST, _PORT = "127.0.0.1", 8000


def declare(command: str, parser: ArgumentParser) -> None:
    """``--host`` and ``--port`` for a server; a worker has no arguments."""
    if command == "serve":
        parser.add_argument("--host", default=_HOST, help=f"where to listen (default: {_HOST}, for this machine alone)")
        parser.add_argument("--no-worker", action="store_true", help="leave jobs to kith worker (PostgreSQL)")
        parser.add_argument("--port", type=int, default=_PORT, help=f"the port to listen on (default: {_PORT})")


def run(options: Namespace) -> None:
    """Runs until SIGTERM or Ctrl-C."""
    settings = load_settings()
    # A server is seconds in the making; a wrong setting is told at once.
    from adapters.web.metrics import Metrics  # noqa: PLC0415 - see above
    from bots import serve  # noqa: PLC0415 - see above

    metrics = Metrics()
    configure_logs(settings.log_level, secrets=settings.secrets, watch=[metrics])
    if options.command == "worker":
        bring_up_to_date(settings)
        serve.run_until_stopped(serve.work(serve.make_worker(settings)))
        return
    listening = serve.listen(options.host, options.port)
    bring_up_to_date(settings)
    address = serve.address_of(listening)
    asyncio.run(_remember(settings, address))
    process = serve.make_server(settings, metrics, address=address, works=not options.no_worker)
    serve.run_until_stopped(serve.serve(process, listening, lambda: _tell(address)))


async def _remember(settings: Settings, address: str) -> None:
    async with opened(settings) as database:
        await database.write(lambda work: remember_address(work, address))


def _tell(address: str) -> None:
    sys.stderr.write(f"Kith serves {address}/\n")
