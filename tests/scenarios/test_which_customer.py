"""A name that fits several customers, or none: a short choice, whose buttons complete the line that was typed."""

import pytest

from tests.kith import Kith, labels_of, shown

LONG = "saw the new warehouse and spoke about the price of the second line, which they think is too high"


@pytest.fixture
def two(kith: Kith) -> Kith:
    """Two customers whose names begin alike."""
    kith.say("new customer Northwind Foods, region: Boston")
    kith.say("new customer Northwind Travel, region: Leeds")
    return kith


def test_choice_completes_a_long_line(two: Kith) -> None:
    """A line too long for a button is kept, and pressing the customer that was meant does what it said in full."""
    choice = two.say(f"visit northwind: {LONG}, send the quote tomorrow 3pm")
    assert choice.error == "ambiguous"
    assert two.rows()["activities"] == []
    done = two.press(choice, "This one")
    assert done.ok
    (visit,) = two.rows()["activities"]
    assert visit.text == f"{LONG}, send the quote tomorrow 3pm"
    assert [task.title for task in two.rows()["tasks"]] == ["send the quote"]
    assert labels_of(choice) == ["This one", "This one"]
    assert "Boston" in shown(choice)
