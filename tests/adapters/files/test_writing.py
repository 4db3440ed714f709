"""What is exported can be imported again to the letter, runs as a formula nowhere, and is there whole or not at all."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from adapters.files import Rejects, SheetWriter, open_sheet
from adapters.files.formulas import protect, unprotect
from core.errors import InvalidInputError
from core.sheets import SheetKind, guess_columns

DANGEROUS = [
    "=1+1",
    "+86 138",
    "-5",
    "@SUM(A1)",
    "\tx",
    "'=1",
    "''=1",
    "'quoted'",
    "＝1+1",
    "=cmd|' /C calc'!A0",
    "plain",
    "2026-01-01",
]
SUFFIXES = ["csv", "tsv", "xlsx"]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_round_trip_is_exact(tmp_path: Path, suffix: str) -> None:
    """Every text comes back as it went, in the cells and in the headers."""
    path = tmp_path / f"a.{suffix}"
    rows = [["keep", text] for text in [*DANGEROUS, 'say "hi", twice; ok', "one\ntwo", "华为 🚀", " spaced "]]
    with SheetWriter(path, ["=name", "文本"]) as sheet:
        for row in rows:
            sheet.write(row)
    read = open_sheet(path)
    assert read.headers == ["=name", "文本"]
    assert [row for _, row in read.rows()] == rows


@given(st.text())
def test_protection_can_be_taken_off(text: str) -> None:
    """Whatever the text, quotes of its own included."""
    assert unprotect(protect(text)) == text


@given(
    st.lists(
        st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).filter(str.strip),
        min_size=2,
        max_size=2,
    ),
    st.sampled_from(["csv", "tsv"]),
)
def test_any_row_comes_back(row: list[str], suffix: str) -> None:
    """Quotes, delimiters, signs and scripts of every kind survive a text file."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"a.{suffix}"
        with SheetWriter(path, ["a", "b"]) as sheet:
            sheet.write(row)
        assert [cells for _, cells in open_sheet(path).rows()] == [row]


@pytest.mark.parametrize("text", DANGEROUS[:6])
def test_no_cell_begins_a_formula(tmp_path: Path, text: str) -> None:
    """A spreadsheet that opens the file shows the text and runs nothing."""
    csv, xlsx = tmp_path / "a.csv", tmp_path / "a.xlsx"
    for path in (csv, xlsx):
        with SheetWriter(path, ["name"]) as sheet:
            sheet.write([text])
    assert csv.read_text("utf-8-sig").splitlines()[1].lstrip('"').startswith("'")
    cell = load_workbook(xlsx).active["A2"]
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", text, True)


def test_native_values_are_written(tmp_path: Path) -> None:
    """Numbers stay numbers (also negative ones), days are ISO, and an instant keeps its zone."""
    row = [Decimal("-1.50"), 7, date(2026, 12, 5), datetime(2026, 12, 5, 9, 30, tzinfo=UTC), True, None]
    for suffix in ("csv", "xlsx"):
        with SheetWriter(tmp_path / f"a.{suffix}", list("abcdef")) as sheet:
            sheet.write(row)
    ((_, text),) = open_sheet(tmp_path / "a.csv").rows()
    assert text == ["-1.50", "7", "2026-12-05", "2026-12-05 09:30:00+00:00", "yes", ""]
    ((_, native),) = open_sheet(tmp_path / "a.xlsx").rows()
    assert native == [-1.5, 7, datetime(2026, 12, 5), "2026-12-05 09:30:00+00:00", True]  # noqa: DTZ001


def test_csv_has_the_mark_that_excel_needs(tmp_path: Path) -> None:
    """Without it Excel reads Chinese in the wrong code page."""
    for name, mark in (("a.csv", True), ("a.tsv", False)):
        with SheetWriter(tmp_path / name, ["名称"]):
            pass
        assert (tmp_path / name).read_bytes().startswith(b"\xef\xbb\xbf") is mark


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_broken_off_export_leaves_nothing(tmp_path: Path, suffix: str) -> None:
    """The file that was there stays until the new one is whole."""
    path = tmp_path / f"a.{suffix}"
    path.write_text("old")

    def export() -> None:
        with SheetWriter(path, ["name"]) as sheet:
            sheet.write(["Acme"])
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export()
    assert path.read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


def test_other_types_are_refused(tmp_path: Path) -> None:
    """A file type that Kith does not write is named."""
    with pytest.raises(InvalidInputError) as wrong:
        SheetWriter(tmp_path / "a.pdf", ["name"])
    assert (wrong.value.reason, wrong.value.value) == ("unknown_file_type", "a.pdf")


class TestRejects:
    """Rows that were rejected stand beside their file."""

    def test_rows_can_be_mended_and_imported_again(self, tmp_path: Path) -> None:
        """Line, field and reason stand before the row, and are left out when the file is imported."""
        with Rejects(tmp_path / "customers.xlsx", ["名称", "电话"]) as rejects:
            rejects.add(7, "电话", "“x” 不是电话号码。", ["=华为", "x"])
            assert rejects.count == 1
        sheet = open_sheet(tmp_path / "customers.errors.csv")
        assert list(sheet.rows()) == [(2, ["7", "电话", "“x” 不是电话号码。", "=华为", "x"])]
        mapping = guess_columns(SheetKind.CUSTOMERS, sheet.headers, [row for _, row in sheet.rows()])
        assert [column.field for column in mapping.columns] == ["-", "-", "-", "name", "phone"]

    def test_no_rejects_no_file(self, tmp_path: Path) -> None:
        """A run without errors takes away the file of an earlier one."""
        (tmp_path / "a.errors.csv").write_text("old")
        with Rejects(tmp_path / "a.csv", ["name"]) as rejects:
            assert rejects.count == 0
        assert list(tmp_path.iterdir()) == []

    def test_interruption_keeps_what_was_rejected(self, tmp_path: Path) -> None:
        """An import that is broken off still says what it rejected."""

        def run() -> None:
            with Rejects(tmp_path / "a.csv", ["name"]) as rejects:
                rejects.add(2, "name", "missing", [""])
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            run()
        assert len(list(open_sheet(tmp_path / "a.errors.csv").rows())) == 1
