"""Sheets are read as they are: any common encoding and delimiter, the right line numbers, and clear refusals."""

from datetime import date, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from adapters.files import fingerprint, open_sheet
from adapters.files.sheet import MAX_CELL, MAX_LINE, Unreadable
from core.errors import InvalidInputError
from core.sheets import Cell


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def rows(path: Path) -> list[tuple[int, list[Cell]]]:
    return list(open_sheet(path).rows())


def refusal(path: Path) -> InvalidInputError:
    with pytest.raises(InvalidInputError) as wrong:
        rows(path)
    assert wrong.value.field == "file"
    return wrong.value


TEXT = "名称,电话\r\n华为技术,138\r\n镕铠,139\r\n"


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("gb18030"),
        TEXT.replace("\r\n", "\n").encode("gb18030"),
        TEXT.replace("\r\n", "\r").encode(),
        TEXT.strip().encode(),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16-le", "utf-16-be", "gb18030", "unix", "old mac", "no last line break"],
)
def test_encodings_and_line_ends(tmp_path: Path, content: bytes) -> None:
    """The same sheet, however it was saved."""
    sheet = open_sheet(written(tmp_path, "a.csv", content))
    assert sheet.headers == ["名称", "电话"]
    assert list(sheet.rows()) == [(2, ["华为技术", "138"]), (3, ["镕铠", "139"])]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.txt"])
def test_delimiters_are_found(tmp_path: Path, delimiter: str, name: str) -> None:
    """What parts the cells is seen from the rows, whatever the file is called."""
    content = 'name;x,note,phone\nAcme,"a;b\t, c",1\nApex,"d",2\n'.replace(",", "\0").replace("\0 ", ", ")
    path = written(tmp_path, name, content.replace("\0", delimiter).replace("name;x", '"name;x"'))
    assert open_sheet(path).headers == ["name;x", "note", "phone"]
    assert rows(path)[1] == (3, ["Apex", "d", "2"])


def test_excels_hint_is_followed(tmp_path: Path) -> None:
    """``sep=;`` in the first line is a hint and no header."""
    path = written(tmp_path, "a.csv", "sep=;\nname;a,b\nAcme;1,5\n")
    assert (open_sheet(path).headers, rows(path)) == (["name", "a,b"], [(3, ["Acme", "1,5"])])


def test_line_numbers_are_those_of_the_file(tmp_path: Path) -> None:
    """Line breaks inside cells and empty lines count, so that an editor shows the same line."""
    path = written(tmp_path, "a.csv", 'name,note\n\nAcme,"one\ntwo\r\nthree"\n ,\t\n\nApex,"say ""hi"""\n')
    assert rows(path) == [(3, ["Acme", "one\ntwo\r\nthree"]), (8, ["Apex", 'say "hi"'])]
    assert open_sheet(path).about_rows == 7


def test_title_above_the_headers_is_passed_over(tmp_path: Path) -> None:
    """A title in the first row is no header; a sheet of one column has one all the same."""
    path = written(tmp_path, "a.csv", "客户名单,,\n\n名称,电话,\n华为,138,\n")
    sheet = open_sheet(path)
    assert (sheet.headers, sheet.header_line, list(sheet.rows())) == (["名称", "电话"], 3, [(4, ["华为", "138", ""])])
    single = written(tmp_path, "b.csv", "name\nAcme\nApex\n")
    assert (open_sheet(single).headers, rows(single)) == (["name"], [(2, ["Acme"]), (3, ["Apex"])])


def test_ragged_rows_come_as_they_are(tmp_path: Path) -> None:
    """Rows that are too short or too long are for the reader of rows to judge."""
    assert rows(written(tmp_path, "a.csv", "a,b\n1\n1,2,3\n1,2\n")) == [
        (2, ["1"]),
        (3, ["1", "2", "3"]),
        (4, ["1", "2"]),
    ]


def test_a_sheet_can_be_read_twice(tmp_path: Path) -> None:
    """Each reading starts anew: once to guess, once to import."""
    sheet = open_sheet(written(tmp_path, "a.csv", "a,b\n1,2\n"))
    assert list(sheet.rows()) == list(sheet.rows())


@pytest.mark.parametrize(
    ("name", "content", "reason", "value"),
    [
        ("a.csv", b"a,b\n1,2\n3,\xff\xff\n", "unknown_encoding", "3"),
        ("a.csv", b"a,\0b\n1,2\n", "nul_in_file", "1"),
        ("a.csv", b"a,b\n" + b"x" * (MAX_LINE + 2_000_000), "line_too_long", "2"),
        ("a.csv", b'"a,b\n1,2\n', "quote_never_closed", "1"),
        ("a.csv", b"a," + b"b" * (MAX_CELL + 1) + b"\n1,2\n", "cell_too_long", "1"),
        ("a.csv", b"", "empty_file", ""),
        ("a.csv", b"\n , \n", "empty_file", ""),
        ("a.xls", b"\xd0\xcf", "unknown_file_type", "a.xls"),
        ("a.xlsx", b"no zip", "damaged_workbook", "a.xlsx"),
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path: Path, name: str, content: bytes, reason: str, value: str) -> None:
    """The refusal says what is wrong and on which line."""
    wrong = refusal(written(tmp_path, name, content))
    assert (wrong.reason, wrong.value) == (reason, value)


def test_wrong_byte_is_named(tmp_path: Path) -> None:
    """The byte is counted through blocks, and a character cut by a block's end is no mistake."""
    good = "字" * 700_000
    assert refusal(written(tmp_path, "a.csv", good.encode() + b"\n\xff\xff")).limit == len(good.encode()) + 2


def test_missing_file_is_named_without_its_folder(tmp_path: Path) -> None:
    """A file that is not there is refused like any other."""
    wrong = refusal(tmp_path / "none.csv")
    assert (wrong.reason, wrong.value) == ("no_such_file", "none.csv")


@pytest.mark.parametrize(
    ("content", "good", "bad"),
    [
        ('a,b\n1,2\n"3,4\n5,6\n7,8\n', [2, 4, 5], {3: "quote_never_closed"}),
        ('a,b\n1,2\n"3,4\n5,"six"\n7,8\n', [2, 4, 5], {3: "quote_never_closed"}),
        ('a,b\n1,"2\n3,"four"\n5,"six\nand"\n7,8\n', [3, 4, 6], {2: "quote_never_closed"}),
        ('a,b\n1,2\n3,"4\n5\n6,"7\n8,9', [2, 6], dict.fromkeys((3, 4, 5), "quote_never_closed")),
        ("a,b\n1,2\n3,\0\n5,6\n", [2, 4], {3: "nul_in_file"}),
        ("a,b\n1,2\n3," + "x" * (MAX_CELL + 1) + "\n5,6\n", [2, 4], {3: "cell_too_long"}),
    ],
    ids=["open to the end", "closed by the next", "in the last column", "several", "nul", "long"],
)
def test_what_cannot_be_read_spoils_its_row_alone(
    tmp_path: Path, content: str, good: list[int], bad: dict[int, str]
) -> None:
    """The row comes with what is wrong with it, and those after it are read as if it were not there."""
    found = rows(written(tmp_path, "a.csv", content))
    assert [line for line, cells in found if not isinstance(cells, Unreadable)] == good
    unreadable = [(line, cells.error) for line, cells in found if isinstance(cells, Unreadable)]
    assert {line: error.reason for line, error in unreadable} == bad
    assert all(len(cells) >= 1 for _, cells in found)


def test_loose_quotes_are_taken_as_they_are(tmp_path: Path) -> None:
    """What other programs write: inches, text after a closed quotation mark, in a row of several lines too."""
    path = written(tmp_path, "a.csv", 'a,b\n5" pipe,"x" y\n"one\ntwo","x"y\n"6"" pipe",z\n')
    assert rows(path) == [(2, ['5" pipe', "x y"]), (3, ["one\ntwo", "xy"]), (5, ['6" pipe', "z"])]


def test_ten_megabyte_cell_is_no_hundred_thousand_rows(tmp_path: Path) -> None:
    """A quoted cell of many lines that never ends is not gathered up, and its lines are not taken for rows."""
    content = b'name,note\nAcme,"' + b"x" * 99 + b"\n" + (b"y" * 99 + b"\n") * 100_000 + b'"\nApex,good\n'
    found = rows(written(tmp_path, "a.csv", content))
    assert [cells for _, cells in found if not isinstance(cells, Unreadable)] == [["Apex", "good"]]


class TestWorkbooks:
    """The first sheet of a workbook that shows and holds something."""

    def book(self, folder: Path, *lines: list[Cell]) -> Path:
        """A workbook of one sheet."""
        book = Workbook()
        for line in lines:
            book.active.append(line)
        book.save(folder / "a.xlsx")
        return folder / "a.xlsx"

    def test_cells_come_as_they_are(self, tmp_path: Path) -> None:
        """Dates, numbers and truth values stay what they are; lines are the sheet's rows."""
        day = datetime(2026, 12, 5)  # noqa: DTZ001 - as a spreadsheet has it
        path = self.book(
            tmp_path,
            ["客户名单"],
            [],
            ["名称", "金额", "日期", None],
            ["华为", 1.5, day],
            [None],
            ["Acme", 30, date(2026, 1, 2), True],
        )
        sheet = open_sheet(path)
        assert (sheet.headers, sheet.header_line, sheet.about_rows) == (["名称", "金额", "日期"], 3, 3)
        assert list(sheet.rows()) == [
            (4, ["华为", 1.5, day]),
            (6, ["Acme", 30, datetime(2026, 1, 2), True]),  # noqa: DTZ001
        ]

    def test_hidden_and_empty_sheets_are_passed_over(self, tmp_path: Path) -> None:
        """What does not show is not meant."""
        book = Workbook()
        book.active.append(["secret", "list"])
        book.active.sheet_state = "hidden"
        book.create_sheet("empty")
        book.create_sheet("客户").append(["name", "phone"])
        book.save(tmp_path / "a.xlsx")
        assert open_sheet(tmp_path / "a.xlsx").headers == ["name", "phone"]

    def test_empty_workbook_is_refused(self, tmp_path: Path) -> None:
        """A workbook without a row has no headers."""
        assert refusal(self.book(tmp_path)).reason == "empty_file"

    def test_broken_inside_is_refused(self, tmp_path: Path) -> None:
        """A workbook whose sheet is cut off is damaged, wherever it breaks."""
        path = self.book(tmp_path, ["name", "phone"], *(["Acme", "1"] for _ in range(50)))
        broken = tmp_path / "b.xlsx"
        with ZipFile(path) as whole, ZipFile(broken, "w") as part:
            for entry in whole.namelist():
                content = whole.read(entry)
                part.writestr(entry, content[: len(content) // 2] if entry.endswith("sheet1.xml") else content)
        assert refusal(broken).reason == "damaged_workbook"

    def test_huge_cell_spoils_its_row_alone(self, tmp_path: Path) -> None:
        """A cell longer than any spreadsheet's."""
        path = self.book(tmp_path, ["name", "note"], ["Acme", "short"], ["Apex", "good"])
        large = tmp_path / "b.xlsx"
        with ZipFile(path) as whole, ZipFile(large, "w") as part:
            for entry in whole.namelist():
                part.writestr(entry, whole.read(entry).replace(b"short", b"x" * (MAX_CELL + 1)))
        (line, unreadable), good = rows(large)
        assert isinstance(unreadable, Unreadable)
        assert (line, unreadable.error.reason, good) == (2, "cell_too_long", (3, ["Apex", "good"]))


def test_fingerprint_is_the_contents(tmp_path: Path) -> None:
    """The same content is known again under another name."""
    one, same, other = (
        written(tmp_path, name, text) for name, text in (("a.csv", "a"), ("b.csv", "a"), ("c.csv", "b"))
    )
    assert fingerprint(one) == fingerprint(same) != fingerprint(other)
