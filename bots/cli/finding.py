"""``kith find``: customers by name, number or address, for machines."""

import asyncio
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from typing import Any

from bots.cli.lines import objects, put
from bots.cli.preparing import prepared
from bots.compose import opened
from bots.settings import Settings
from bots.workspaces import administrator, settled_workspace
from core.actor import Actor
from core.search.service import by_customer
from core.work import Work
from storage.name_index.holding import NameIndexes

_HITS = 5
_LOOKED_AT = 8  # hits, of which several may be contacts of one customer


def declare(_command: str, parser: ArgumentParser) -> None:
    """``--json``, or words to look up as a person."""
    parser.add_argument("words", nargs="*", metavar="TEXT", help="what to look up; without it, standard input is read")
    parser.add_argument(
        "--json", action="store_true", help='read {"q"} from each line, answer with one object per line'
    )


def run(options: Namespace) -> int:
    """``{"q"}`` → ``{"q", "hits": [{"id", "external_id", "name", "score"}], "ms"}``, best first.

    Returns 1 when a line could not be used.
    """
    lines = [" ".join(options.words)] if options.words else (line.strip() for line in sys.stdin)
    settings = prepared()
    if options.json and not options.words:
        asked = objects(sys.stdin, "q")
        asyncio.run(_find(settings, (each["q"] for each in asked), json=True))
        return asked.exit_code
    asyncio.run(_find(settings, filter(None, lines), json=options.json))
    return 0


async def _find(settings: Settings, queries: Iterable[Any], *, json: bool) -> None:
    indexes = NameIndexes(settings.database_url) if json else None
    async with opened(settings, indexes) as database:
        workspace = await settled_workspace(database, settings)
        if indexes is not None:
            await indexes.hold(database, workspace.id)
        actor = await database.read(lambda work: administrator(work, workspace, platform="cli"))
        for asked in queries:
            text, started = str(asked), time.perf_counter()
            hits = await database.read(lambda work, text=text: _hits(work, actor, text))  # type: ignore[misc]  # bound now
            if json:
                put({"q": asked, "hits": hits}, started)
            else:
                print(*(f"{hit['id']}  {hit['name']}" for hit in hits), sep="\n")  # noqa: T201 - its output


def _hits(work: Work, actor: Actor, text: str) -> list[dict[str, Any]]:
    found = by_customer(work.names.find(actor.scope, text, limit=_LOOKED_AT, wide=True))[:_HITS]
    customers = [(hit, work.customers.by_id(actor.scope, hit.customer_id)) for hit in found]
    return [
        {"id": each.id, "external_id": each.external_id, "name": each.name, "score": round(hit.score, 4)}
        for hit, each in customers
        if each is not None
    ]
