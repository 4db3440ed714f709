"""An import can be tried, broken off, gone on with and done again; bad rows stand beside the file."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from adapters.files import open_sheet
from adapters.files.batches import Reading, read_apart, read_here
from adapters.files.presenting import summary
from cards.words import Words
from core.errors import ConflictError, InvalidInputError
from core.importing import ImportRow
from core.importing.progress import Lines
from core.sheets import SheetKind, guess_columns
from tests.desk import NOON, Desk, Mended, counts

CUSTOMERS = "external_id,name,phone\n" + "".join(f"C-{n},Customer {n},555 {n:04d}\n" for n in range(1, 31))
DEALS = "customer,deal,amount\n" + "".join(f"C-{n},Pilot {n % 7},{n * 1000}\n" for n in range(1, 36))
ROOT = Path(__file__).parents[3]


class BrokenOffError(Exception):
    """Stands for whatever ends a process."""


def break_off_after(batches: int) -> Callable[[int], None]:
    """Hears of batches, and ends the import after some of them."""
    seen: list[int] = []

    def told(count: int) -> None:
        seen.append(count)
        if len(seen) == batches:
            raise BrokenOffError

    return told


def said(desk: Desk) -> dict[str, list[Any]]:
    """Everything that an import leaves, without what differs between any two runs."""
    customers = desk.records("customers")
    names = {customer.id: customer.name for customer in customers}
    deals = [(names[deal.customer_id], deal.name, deal.amount) for deal in desk.records("deals")]
    events = [[event.type for event in desk.events(record)] for record in (*customers, *desk.records("deals"))]
    return {"customers": [(each.external_id, each.name, each.phone) for each in customers], "deals": deals, "e": events}


# -- rejected rows ---------------------------------------------------------------------------------


def test_bad_rows_stand_beside_the_file(desk: Desk) -> None:
    """With their line, what is wrong in the reader's language, and the row as it was; good rows are taken."""
    sheet = 'Name,Phone,Website\nAcme,12,x y\n"Line\nbreak",555 0100,\n,,\n,555 0101,\n'
    report = desk.bring("customers", sheet, language="zh_Hans")
    assert counts(report) == (1, 0, 0, 2)
    assert report.rejects == desk.folder / "customers.errors.csv"
    assert desk.rejected(report) == [
        Mended("2", "Phone; Website", "“12”不是电话号码。 “x y”不是网址。"),
        Mended("6", "名称", "缺少名称。"),
    ]
    assert report.rejects.read_text("utf-8-sig").splitlines()[0] == "#line,#field,#reason,Name,Phone,Website"


def test_mended_rows_are_imported_from_their_file(desk: Desk) -> None:
    """The file of rejected rows is a sheet like any other, and its own columns mean nothing."""
    report = desk.bring("customers", "external_id,name,phone\n1,Acme,12\n2,Birch,555 0100\n")
    assert report.rejects is not None
    mended = report.rejects.read_text("utf-8-sig").replace("1,Acme,12", "1,Acme,555 0101")
    assert counts(desk.bring("customers", desk.file("mended.csv", mended))) == (1, 0, 0, 0)
    assert [customer.extra for customer in desk.records("customers")] == [{}, {}]


def test_no_bad_rows_leave_no_file(desk: Desk) -> None:
    """Nor does that of an earlier run stay."""
    assert desk.bring("customers", "name,phone\nAcme,12\n").rejects is not None
    assert desk.bring("customers", "name,phone\nAcme,1234567\n").rejects is None
    assert not (desk.folder / "customers.errors.csv").exists()


@pytest.mark.parametrize("where", [4, 350])
def test_unreadable_rows_do_not_stop_the_others(desk: Desk, where: int) -> None:
    """Be it among those that are looked at beforehand or not; mended beside the file, they are imported too."""
    names = [f"Customer {number}" for number in range(400)]
    lines = [f"{name},555 {number:04d}" for number, name in enumerate(names)]
    lines[where] = f'"{lines[where]}'
    lines[where + 2] = lines[where + 2].replace(",", "\0,")
    report = desk.bring("customers", "\n".join(["name,phone", *lines]))
    assert counts(report) == (398, 0, 0, 2)
    assert [customer.name for customer in desk.records("customers")] == [
        name for number, name in enumerate(names) if number not in (where, where + 2)
    ]
    assert desk.rejected(report) == [
        Mended(f"{where + 2}", "", f"The quotation mark that opens a cell on line {where + 2} is never closed."),
        Mended(f"{where + 4}", "", f"Line {where + 4} holds NUL bytes, which no text has."),
    ]
    assert report.rejects is not None
    mended = report.rejects.read_text("utf-8-sig").replace('"""Customer', '"Customer').replace("\0", "")
    assert counts(desk.bring("customers", desk.file("mended.csv", mended))) == (2, 0, 0, 0)
    assert sorted(customer.name for customer in desk.records("customers")) == sorted(names)


# -- a dry run -------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [2, 50])
def test_dry_run_says_what_a_real_one_does(desk: Desk, size: int) -> None:
    """The same numbers, also for what the file repeats and for customers that are made, and nothing is written."""
    desk.size = size
    desk.bring("customers", "external_id,name\n1,Acme\n2,Birch\n")
    sheet = "external_id,name,industry\n1,Acme,\n2,Birch,Wood\n3,Cedar,\n3,Cedar,Wood\n4,Delta,\n4,Delta,\n,,x\n"
    before = said(desk)
    rehearsed = desk.bring("customers", sheet, rehearse=True)
    assert said(desk) == before
    assert rehearsed.rejects is not None
    assert counts(rehearsed) == counts(desk.bring("customers", sheet)) == (2, 2, 2, 1)

    people = "customer,name\nEcho,Ada\necho,Bob\nAcme,Cy\nECHO,Ada\n"
    rehearsed = desk.bring("contacts", people, rehearse=True, create_customers=True)
    assert desk.records("contacts") == []
    assert rehearsed.tally == desk.bring("contacts", people, create_customers=True).tally
    assert (counts(rehearsed), rehearsed.tally.customers) == ((3, 0, 1, 0), 1)


# -- what is told besides the numbers --------------------------------------------------------------


@pytest.mark.parametrize("size", [1, 50])
@pytest.mark.parametrize("rehearse", [True, False])
def test_rows_that_contradict_each_other_are_told(desk: Desk, size: int, *, rehearse: bool) -> None:
    """The last one stands, and its line is named; a row that only says the same again is not."""
    desk.size = size
    sheet = "name,phone\nDup Co,555 0100\nBirch,\nDup Co,555 0101\nBirch,\ndup co,555 0102\n"
    report = desk.bring("customers", sheet, rehearse=rehearse)
    assert (counts(report), report.repeated) == ((2, 2, 1, 0), [4, 6])
    assert (
        "2 rows changed what earlier rows of the file say of the same record (lines 4, 6)."
        in list(summary(report, Words(), rehearsed=rehearse))
    )  # fmt: skip


def test_unknown_owners_are_told(desk: Desk) -> None:
    """By what the sheet calls them; their customers are taken."""
    sheet = "name,负责人,团队\nAcme,nobody,North\nBirch,@wei,西部\nCedar,nobody,\n,nobody,\n"
    report = desk.bring("customers", sheet)
    assert (counts(report), report.unknown_people) == ((3, 0, 0, 1), {"nobody": 2, "西部": 1})
    assert "3 行的负责人或团队在这里查无此名：nobody、西部。原文已保留在客户中。" in list(
        summary(report, Words("zh_Hans"), rehearsed=False)
    )


def test_what_was_taken_before_is_told_apart(desk: Desk) -> None:
    """The numbers are those of the run that went on."""
    desk.size = 10
    with pytest.raises(BrokenOffError):
        desk.bring("customers", CUSTOMERS, told=break_off_after(2))
    assert list(summary(desk.bring("customers", CUSTOMERS), Words(), rehearsed=False)) == [
        "Went on after line 21, where the import was broken off; 20 rows were taken before that.",
        "Added 10, changed 0, unchanged 0, rejected 0.",
    ]


# -- broken off and done again ---------------------------------------------------------------------


@pytest.mark.parametrize("batches", [1, 2, 4])
def test_broken_import_goes_on(desk: Desk, sqlite_template: Path, tmp_path: Path, batches: int) -> None:
    """It ends as if nothing had happened: the same records and events, the same numbers, the same rejected rows."""
    desk.size = 10
    other_folder = tmp_path / "undisturbed"
    other_folder.mkdir()
    (other_folder / "kith.db").write_bytes(sqlite_template.read_bytes())
    undisturbed = Desk(f"sqlite:///{other_folder / 'kith.db'}", other_folder)
    for each in (undisturbed, desk):
        each.bring("customers", CUSTOMERS)
    expected = undisturbed.bring("deals", DEALS)

    with pytest.raises(BrokenOffError):
        desk.bring("deals", DEALS, told=break_off_after(batches))
    assert len(desk.records("deals")) == min(10 * batches, 30)
    report = desk.bring("deals", DEALS)
    assert report.resumed_after == 10 * batches + 1 - (5 if batches == 4 else 0)
    assert report.earlier + report.tally == expected.tally
    assert report.earlier.added == min(10 * batches, 30)
    assert desk.rejected(report) == undisturbed.rejected(expected)
    assert said(desk) == said(undisturbed)
    undisturbed.close()


def test_resumed_import_has_one_receipt(desk: Desk) -> None:
    """And what somebody changed meanwhile in what it had taken stays."""
    desk.size = 10
    with pytest.raises(BrokenOffError):
        desk.bring("customers", CUSTOMERS, told=break_off_after(2))
    first = desk.records("customers")[0]
    desk.write(lambda work: work.customers.save(replace(first, phone="555 9999")))
    desk.bring("customers", CUSTOMERS)
    customers = desk.records("customers")
    assert len(customers) == 30
    assert customers[0].phone == "555 9999"
    assert len({event.receipt_id for customer in customers for event in desk.events(customer)}) == 1


def test_two_imports_of_one_file_do_not_mix(desk: Desk) -> None:
    """The one that comes second into the other's way ends, and says why."""
    desk.size = 10
    desk.bring("customers", CUSTOMERS)

    async def both() -> list[Any]:
        imports = [desk.importing("deals", DEALS) for _ in range(2)]
        return await asyncio.gather(*(each.run(lambda _: None) for each in imports), return_exceptions=True)

    report, refusal = sorted(desk.runner.run(both()), key=lambda ended: isinstance(ended, ConflictError))
    assert counts(report) == (30, 0, 0, 5)
    assert isinstance(refusal, ConflictError)
    assert refusal.reason == "import_running"
    assert len(desk.records("deals")) == 30


_KILLED = """
import os, signal, sys
sys.path.insert(0, {root!r})
from pathlib import Path
from core.importing import importing, progress
from storage.database import open_database
from tests.desk import DeskClock, Desk

desk = Desk.__new__(Desk)
desk.clock, desk.folder, desk.size = DeskClock(), Path({folder!r}), 10
import asyncio
desk.runner = asyncio.Runner()
desk.database = open_database({url!r}, desk.clock)
from bots.workspaces import administrator, find_workspace
desk.actor = desk.read(lambda work: administrator(work, find_workspace(work), platform="cli"))
save, count = progress.save, []

def save_or_die(work, kept):
    count.append(1)
    if len(count) == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    save(work, kept)

progress.save = save_or_die
desk.bring("deals", Path({file!r}))
"""


def test_killed_import_goes_on(desk: Desk, sqlite_url: str) -> None:
    """Kill -9 in the middle of the third batch: two are kept, and the next run does the rest once."""
    desk.bring("customers", CUSTOMERS)
    desk.size = 10
    path = desk.file("deals.csv", DEALS)
    script = _KILLED.format(root=str(ROOT), folder=str(desk.folder), url=sqlite_url, file=str(path))
    killed = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False, env=dict(os.environ))  # noqa: S603
    assert killed.returncode == -9
    assert len(desk.records("deals")) == 20
    report = desk.bring("deals", path)
    assert (counts(report), report.resumed_after, report.earlier.added) == ((10, 0, 0, 5), 21, 20)
    assert sorted(deal.amount.minor for deal in desk.records("deals")) == [n * 100_000 for n in range(1, 31)]
    assert {len(desk.events(deal)) for deal in desk.records("deals")} == {1}


# -- reading in another process --------------------------------------------------------------------


def reading(path: Path, kind: SheetKind, size: int = 7) -> Reading:
    sheet = open_sheet(path)
    mapping = guess_columns(kind, sheet.headers, [])
    return Reading(path, mapping, NOON, "en", "CNY", Lines(), size)


async def collected(wanted: Reading, most: int = 1000) -> list[list[ImportRow]]:
    found: list[list[ImportRow]] = []
    rows = read_apart(wanted)
    try:
        async for batch in rows:
            found.append(batch)
            if len(found) == most:
                break
    finally:
        await rows.aclose()
    return found


def test_other_process_reads_the_same(desk: Desk) -> None:
    """Batch by batch, and it ends when nobody wants more."""
    wanted = reading(desk.file("customers.csv", CUSTOMERS), SheetKind.CUSTOMERS)
    apart = desk.runner.run(collected(wanted))
    assert [[row._replace(filing=None) for row in batch] for batch in apart] == list(read_here(wanted))
    assert all(row.filing for batch in apart for row in batch)
    assert len(desk.runner.run(collected(wanted, most=1))) == 1


def test_other_process_says_what_is_wrong(desk: Desk) -> None:
    """Of a row that cannot be read, beside the others."""
    path = desk.file("customers.csv", 'name\nAcme\n"Birch\nCedar\n')
    ((acme, birch, cedar),) = desk.runner.run(collected(reading(path, SheetKind.CUSTOMERS)))
    assert ((acme.errors, cedar.errors), [error.reason for error in birch.errors]) == (((), ()), ["quote_never_closed"])


def test_other_process_says_that_the_file_is_gone(desk: Desk) -> None:
    """What holds for the whole file ends the reading."""
    wanted = reading(path := desk.file("customers.csv", CUSTOMERS), SheetKind.CUSTOMERS)
    path.unlink()
    with pytest.raises(InvalidInputError) as wrong:
        desk.runner.run(collected(wanted))
    assert wrong.value.reason == "no_such_file"


def test_what_was_filed_ahead_is_found(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A long sheet, read and filed in another process, is in the index as one read here is."""
    monkeypatch.setattr("adapters.files.batches._LONG", 1)
    desk.bring("customers", "name,aliases,phone\n华为技术有限公司,HW,13800138000\nAcme,,\n")
    for typed in ("huawei jishu", "hw", "8000"):
        assert desk.found(typed)[:1] == ["华为技术有限公司"], typed
