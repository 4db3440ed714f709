"""In a conversation bound to a customer its name may be left out, there and nowhere else."""

import pytest

from tests.kith import Kith, labels_of, shown, values_of


@pytest.fixture
def bound(kith: Kith) -> Kith:
    """The room sales is about Acme; there is another customer."""
    kith.say("new customer Acme")
    kith.say("new customer Blue Harbor")
    kith.say("bind Acme", room="sales")
    return kith


def test_receipt_says_which(kith: Kith) -> None:
    """Binding says what the conversation is about, and when it was about something else before, what."""
    kith.say("new customer Acme")
    kith.say("new customer Blue Harbor")
    first = shown(kith.say("bind Acme", room="sales"))
    assert "This conversation is about\nAcme" in first
    assert "→" not in first
    assert "Acme → Blue Harbor" in shown(kith.say("bind Blue Harbor", room="sales"))
    again = kith.say("bind blue", room="sales")
    assert "so already" in shown(again)
    assert again.receipt == ""


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("visit: wants a demo", "wants a demo"),
        ("visit wants a demo", "wants a demo"),
        ("visit:wants a demo", "wants a demo"),
        ("拜访：谈得不错", "谈得不错"),
        ("拜访谈得不错", "谈得不错"),
        ("note blue is their colour", "blue is their colour"),
    ],
)
def test_name_is_left_out(bound: Kith, line: str, text: str) -> None:
    """A note without a name, or with a word that is only part of one, is about the bound customer."""
    bound.say(line, room="sales")
    (activity,) = bound.rows()["activities"]
    assert (activity.customer_id, activity.text) == (bound.id_of("Acme"), text)


@pytest.mark.parametrize("line", ["visit Blue Harbor: wants a demo", "visit Blue Harbor wants a demo", "visit blue: x"])
def test_name_that_is_said_counts(bound: Kith, line: str) -> None:
    """A customer that is named in full or before a colon is meant all the same."""
    bound.say(line, room="sales")
    (activity,) = bound.rows()["activities"]
    assert activity.customer_id == bound.id_of("Blue Harbor")


def test_everything_about_it(bound: Kith) -> None:
    """Bare lines show and change the bound customer."""
    assert shown(bound.say("", room="sales")).startswith("Acme\n")
    assert shown(bound.say("360", room="sales")).startswith("Acme\n")
    assert "Acme" in shown(bound.say("timeline", room="sales"))
    assert "– → 555 0105" in shown(bound.say("edit phone: 555 0105", room="sales"))
    assert values_of(bound.say("edit", room="sales"))["phone"] == "555 0105"
    assert values_of(bound.say("visit", room="sales"))["customer"] == "Acme"
    assert values_of(bound.say("task", room="sales"))["customer"] == "Acme"
    assert values_of(bound.say("new deal", room="sales"))["customer"] == "Acme"
    assert "Ada Bell" in shown(bound.say("new contact: Ada Bell", room="sales"))
    assert "$5,000" in shown(bound.say("new deal: Renewal $5k", room="sales"))
    assert "Lead → Won" in shown(bound.say("deal won", room="sales"))
    assert "send the quote" in shown(bound.say("task send the quote tomorrow", room="sales"))
    assert bound.rows()["tasks"][0].customer_id == bound.id_of("Acme")
    assert "Mara → Lin" in shown(bound.say("assign @lin", room="sales"))
    assert "Shared by Mara" in shown(bound.say("share", room="sales"))


def test_form_without_a_customer_is_about_it(bound: Kith) -> None:
    """A form whose customer was emptied falls back on the conversation's own."""
    form = bound.say("call", room="sales")
    assert bound.submit(form, {"text": "they called", "customer": ""}, room="sales").ok
    assert bound.rows()["activities"][0].customer_id == bound.id_of("Acme")


def test_other_conversations_are_not_bound(bound: Kith) -> None:
    """Another room, a direct chat and the same room of another tenant are about nothing."""
    assert shown(bound.say("", room="other")).startswith("Hello, Mara")
    assert shown(bound.say("")).startswith("Hello, Mara")
    assert bound.say("visit: x", room="other").error == "customer_not_found"


def test_unbound_it_is_about_nothing(bound: Kith) -> None:
    """Untied, the conversation is about nothing again; untying twice says so."""
    untied = bound.say("unbind", room="sales")
    assert "no longer about\nAcme" in shown(untied)
    assert shown(bound.say("", room="sales")).startswith("Hello, Mara")
    bound.clock.forward(seconds=11)
    assert bound.say("unbind", room="sales").error == "not_bound"
    bound.press(untied, "Undo", room="sales")
    assert shown(bound.say("", room="sales")).startswith("Acme\n")


def test_form_binds(kith: Kith) -> None:
    """Alone, the verb asks for the customer."""
    kith.say("new customer Acme")
    form = kith.say("bind", room="sales")
    assert "This conversation is about" in shown(kith.submit(form, {"customer": "acme"}, room="sales"))
    assert kith.submit(form, {"customer": ""}, room="sales").errors.keys() == {"customer"}


def test_removed_customer_is_about_nothing(kith: Kith) -> None:
    """When the customer is taken back, the conversation that was bound to it is about nothing."""
    added = kith.say("new customer Acme")
    kith.say("bind Acme", room="sales")
    kith.press(added, "Undo")
    assert shown(kith.say("", room="sales")).startswith("Hello, Mara")


def test_timeline_tells_of_it(bound: Kith) -> None:
    """The customer's timeline tells when a conversation was tied and untied, and names no ids."""
    bound.say("unbind", room="sales")
    history = shown(bound.say("timeline Acme"))
    assert "Conversation bound" in history
    assert "Conversation unbound" in history
    assert bound.id_of("Acme") not in "\n".join(line for line in history.splitlines() if "/crm" not in line)


def test_undone_names_what_it_is_about(bound: Kith) -> None:
    """What was untied and tied again is told by its name."""
    bound.say("unbind", room="sales")
    undone = shown(bound.say("undo", room="sales"))
    assert "Conversation" in undone
    assert "Acme" in undone
    assert bound.id_of("Acme") not in undone
    assert labels_of(bound.say("", room="sales"))
