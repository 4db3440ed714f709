"""Who only reads is offered nothing that writes."""

import pytest

from tests.kith import Kith, labels_of, shown

WRITING = {"Log visit", "New task", "New deal", "Edit", "Share", "Done", "Lost", "Move to", "Snooze"}


@pytest.fixture
def acme(kith: Kith) -> Kith:
    """A customer of the whole workspace with a task, a deal and a contact."""
    kith.say("new customer Acme", user="max")
    kith.say("new contact Acme: Ada Bell", user="max")
    kith.say("task Acme: call back tomorrow", user="max")
    kith.say("new deal Acme: Cold chain $120k", user="max")
    return kith


@pytest.mark.parametrize("line", ["Acme", "deal Acme", "deals all", "tasks Acme"])
def test_viewer_is_shown_no_button_that_writes(acme: Kith, line: str) -> None:
    """The same cards as everybody, with what looks on left on them."""
    card, managers = acme.say(line, user="vera"), acme.say(line, user="max")
    assert card.ok
    assert not WRITING & set(labels_of(card))
    assert WRITING & set(labels_of(managers))
    assert "call back" in shown(card) or "Cold chain" in shown(card)


def test_viewer_still_looks_around(acme: Kith) -> None:
    """Buttons that only look work as before."""
    assert acme.press(acme.say("Acme", user="vera"), "Timeline", user="vera").ok
