"""``kith sweep``: the nightly search for duplicates, now."""

import asyncio
from argparse import ArgumentParser, Namespace

from bots.cli.preparing import prepared
from bots.compose import opened
from bots.settings import Settings
from bots.workspaces import settled_workspace
from commands.later.sweep import search
from core.duplicates.sweeping import conclude


def declare(_command: str, _parser: ArgumentParser) -> None:
    """No arguments: the workspace is swept as it is each night."""


def run(_options: Namespace) -> None:
    """Says how many pairs may be the same; ``duplicates`` in a chat shows those that nobody has decided on."""
    print(f"{asyncio.run(_sweep(prepared()))} pairs may be the same; `duplicates` in a chat shows them")  # noqa: T201 - its output


async def _sweep(settings: Settings) -> int:
    async with opened(settings) as database:
        workspace = await settled_workspace(database, settings)
        found = await database.read_long(lambda work: search(work, workspace.id, work.now))
        await database.write(lambda work: conclude(work, workspace.id, found))
        return len(found)
