"""Rows that resemble a customer who is there already: counted and shown, and the importer says what becomes of them."""

import pytest

from core.customers.service import add_customer
from core.importing import Alike
from tests.desk import Desk, counts

SHEET = """external_id,name,phone,website,region
N-1,Acme Robotics Inc.,,,Boston
N-2,Something Else,617 555 0142,,Denver
N-3,Another Name,,https://www.globex.example/,Austin
N-4,New Customer,,,Salem
"""


@pytest.fixture
def known(desk: Desk) -> Desk:
    """Two customers without an external id."""

    def add(name: str, **values: str) -> None:
        desk.write(lambda work: add_customer(work, desk.actor, name=name, **values))

    add("Acme Robotics", phone="+1 617 555 0142")
    add("Globex", website="globex.example")
    return desk


def test_they_are_counted_and_shown(known: Desk) -> None:
    """By name without its legal form, by phone and by web address; nothing is changed by looking."""
    before = known.records("customers")
    report = known.bring("customers", SHEET, rehearse=True)
    assert report.tally.alike == 3
    assert [(each.line, each.name, each.known) for each in report.alike] == [
        (2, "Acme Robotics Inc.", "Acme Robotics"),
        (3, "Something Else", "Acme Robotics"),
        (4, "Another Name", "Globex"),
    ]
    assert known.records("customers") == before


@pytest.mark.parametrize(
    ("alike", "expected"),
    [(Alike.ADD, (4, 0, 0, 0)), (Alike.SKIP, (1, 0, 3, 0)), (Alike.CHANGE, (1, 3, 0, 0))],
)
def test_importer_says_what_becomes_of_them(known: Desk, alike: Alike, expected: tuple[int, ...]) -> None:
    """Added, left out, or taken for the one that is there."""
    assert counts(known.bring("customers", SHEET, alike=alike)) == expected


def test_changed_one_keeps_its_name(known: Desk) -> None:
    """It gets what the sheet says, with the external id, so that the next sheet knows it."""
    known.bring("customers", SHEET, alike=Alike.CHANGE)
    globex = next(each for each in known.records("customers") if each.name == "Globex")
    assert (globex.external_id, globex.region, globex.website) == ("N-3", "Austin", "https://www.globex.example/")


def test_same_file_again_changes_nothing(known: Desk) -> None:
    """Whatever was said the first time."""
    for alike in (Alike.SKIP, Alike.ADD):
        known.bring("customers", SHEET, alike=alike)
    before = known.records("customers")
    assert counts(known.bring("customers", SHEET, alike=Alike.ADD)) == (0, 0, 4, 0)
    assert known.records("customers") == before
