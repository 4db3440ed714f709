"""``kith import``: customers, contacts, deals, activities and tasks from a sheet."""

import asyncio
import gc
import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from adapters.files import Sheet, open_sheet
from adapters.files.importing import Importing, Order, Report
from adapters.files.presenting import Fate, shown_columns, summary
from adapters.files.sheet import sample
from bots.cli.preparing import prepared
from bots.cli.sheets import UnusableError, acting, declare_kind_and_file, failing_in, words_for
from bots.compose import opened
from bots.settings import Settings
from cards.labels import field
from cards.words import Words
from core.actor import Actor
from core.importing import Alike, Options
from core.sheets import ColumnMapping, Row, SheetKind, guess_columns, override
from core.sheets.columns import SAMPLE_ROWS
from core.work import Database

_STYLES = {Fate.READ: "", Fate.GUESSED: "yellow", Fate.KEPT: "cyan", Fate.LEFT_OUT: "dim", Fate.LOST: "bold red"}
_YES = frozenset({"y", "yes", "是", "好"})


def declare(_command: str, parser: ArgumentParser) -> None:
    """The kind, the file, and how it is to be read."""
    declare_kind_and_file(parser, "a .csv, .tsv or .xlsx file")
    parser.add_argument(
        "--map", metavar="HEADER=FIELD", action="append", default=[],
        help="what a column stands for, where the guess is wrong; =extra keeps it as it is, =- leaves it out",
    )  # fmt: skip
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, and write no record")
    parser.add_argument("--yes", action="store_true", help="do not ask before writing")
    parser.add_argument("--create-customers", action="store_true", help="add the customers that rows name")
    parser.add_argument("--create-contacts", action="store_true", help="add the contacts that activities name")
    parser.add_argument(
        "--alike", choices=tuple(Alike), default=Alike.ADD,
        help="what becomes of a row that resembles a customer who is there already (default: add)",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="tell the result as one line of JSON")


def run(options: Namespace) -> int:
    """0 when every row was taken, 1 when some were not, 2 when the file cannot be used."""
    gc.disable()  # rows leave no cycles behind, and looking for some among millions takes a seventh of the time
    try:
        return asyncio.run(_import(prepared(), options))
    finally:
        gc.enable()


async def _import(settings: Settings, options: Namespace) -> int:
    console = Console(stderr=options.json, highlight=False)
    async with opened(settings) as database:
        with failing_in(Words(settings.locale)):
            actor = await acting(database, settings, options.member)
        words = words_for(actor, settings)
        with failing_in(words):
            sheet = open_sheet(Path(options.file))
            mapping = _show_mapping(console, sheet, options, words)
            order = Order(
                sheet=sheet,
                mapping=mapping,
                words=words,
                options=Options(options.create_customers, options.create_contacts, Alike(options.alike)),
                rehearse=options.dry_run,
            )
            if not (options.dry_run or options.yes):
                await _show_plan(console, database, actor, order)
            importing = Importing(database, actor, order)
            if not (options.dry_run or options.yes or _agreed(words)):
                console.print(words("Nothing was written."))
                return 1
            with _progress(sheet) as told:
                report = await importing.run(told)
    _tell(console, report, options, words)
    return 1 if report.tally.rejected else 0


async def _show_plan(console: Console, database: Database, actor: Actor, order: Order) -> None:
    """What would be done, before it is asked whether to do it."""
    report = await Importing(database, actor, replace(order, rehearse=True)).run(lambda _: None)
    for line in summary(report, order.words, rehearsed=True):
        console.print(line, markup=False, soft_wrap=True)


def _show_mapping(console: Console, sheet: Sheet, options: Namespace, words: Words) -> ColumnMapping:
    """What the columns are taken for, put on the screen before anything is written. Raises InvalidInputError."""
    samples = sample(sheet, SAMPLE_ROWS)
    mapping = guess_columns(SheetKind(options.kind), sheet.headers, samples)
    for said in options.map:
        mapping = override(mapping, said)
    console.print(_table(sheet, mapping, samples, words))
    if mapping.missing:
        raise UnusableError(_lacking(mapping.missing, words))
    return mapping


def _table(sheet: Sheet, mapping: ColumnMapping, samples: Sequence[Row], words: Words) -> Table:
    rows = words.many("about {count} row", "about {count} rows", sheet.about_rows)
    table = Table(title=Text(f"{sheet.path.name} · {rows}"), title_justify="left")
    for header, style in ((words("Column"), "bold"), (words("Taken for"), ""), (words("For example"), "dim")):
        table.add_column(Text(header), style=style, overflow="fold")
    for column in shown_columns(mapping, samples, words):
        table.add_row(Text(column.header), Text(column.meaning, _STYLES[column.fate]), Text(column.samples))
    return table


def _lacking(missing: Sequence[str], words: Words) -> str:
    names = ", ".join(f"{field(name, words)} ({name})" for name in missing)
    return words(
        "No column is taken for {fields}. Say which one it is: --map HEADER={field}", fields=names, field=missing[0]
    )


def _agreed(words: Words) -> bool:
    """Whether whoever sits there says yes. Raises UnusableError where nobody sits there."""
    try:
        return input(f"{words('Import these rows? (y/n)')} ").strip().casefold() in _YES
    except EOFError:
        raise UnusableError(words("Nobody is there to ask. Run it with --yes.")) from None


@contextmanager
def _progress(sheet: Sheet) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal, nothing elsewhere. What it yields is told how many more rows are done with."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn  # noqa: PLC0415 - see above

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=sheet.about_rows)
        yield lambda count: progress.advance(task, count)


def _tell(console: Console, report: Report, options: Namespace, words: Words) -> None:
    if not options.json:
        for line in summary(report, words, rehearsed=options.dry_run):
            console.print(line, markup=False, soft_wrap=True)
        return
    told = {
        "dry_run": options.dry_run,
        **asdict(report.tally),
        "resumed_after": report.resumed_after,
        "taken_before": report.earlier.rows,
        "unknown_people": report.unknown_people,
        "repeated": report.repeated,
        "errors": str(report.rejects) if report.rejects else None,
    }
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
