"""``kith export``: customers, contacts, deals, activities and tasks as a sheet that ``kith import`` reads."""

import asyncio
from argparse import ArgumentParser, Namespace
from pathlib import Path

from adapters.files.exporting import export_file
from bots.cli.preparing import prepared
from bots.cli.sheets import acting, declare_kind_and_file, failing_in, words_for
from bots.compose import opened
from bots.settings import Settings
from cards.words import Words
from core.sheets import SheetKind


def declare(_command: str, parser: ArgumentParser) -> None:
    """The kind and the file."""
    declare_kind_and_file(parser, "where to write: a .csv, .tsv or .xlsx file")


def run(options: Namespace) -> None:
    """Writes the file; one that is there already is replaced when the new one is whole."""
    print(asyncio.run(_export(prepared(), options)))  # noqa: T201 - its output


async def _export(settings: Settings, options: Namespace) -> str:
    async with opened(settings) as database:
        with failing_in(Words(settings.locale)):
            actor = await acting(database, settings, options.member)
        words = words_for(actor, settings)
        with failing_in(words):
            count = await export_file(database, actor, SheetKind(options.kind), Path(options.file))
    return words.many(
        "{count} row is written to {file}.", "{count} rows are written to {file}.", count, file=options.file
    )
