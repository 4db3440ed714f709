"""What a chat tells of a customer's contact becomes a contact, as a command of the member whose contact it is."""

import pytest

from commands.registry import VERBS
from core.contacts.acquaintance import remember_tags, tags_last_known
from tests.kith import Kith, shown

LIN = {"external_id": "wm1", "name": "Lin Wang", "company": "Blue Harbor", "title": "Buyer", "phone": "13800000000"}


def acquaint(kith: Kith, fields: dict[str, str], **details: str) -> str:
    """What the command answers."""
    return shown(kith.say("acquaint", fields=fields, **details))


def test_new_contact_at_a_new_company(kith: Kith) -> None:
    """Both are added, and what was done can be taken back."""
    said = acquaint(kith, LIN | {"tags": "VIP\nTrial"})
    assert "Lin Wang" in said
    assert "Undo" in said
    rows = kith.rows()
    assert [(one.name, one.title, one.external_id) for one in rows["contacts"]] == [("Lin Wang", "Buyer", "wm1")]
    assert [(one.name, one.tags) for one in rows["customers"]] == [("Blue Harbor", ("Trial", "VIP"))]
    kith.say("undo")
    assert kith.rows()["contacts"] == []


def test_told_again_is_no_news(kith: Kith) -> None:
    """The same again writes nothing and says nothing."""
    acquaint(kith, LIN)
    before = kith.rows()
    assert acquaint(kith, LIN) == ""
    assert kith.rows() == before


def test_same_person_by_phone(kith: Kith) -> None:
    """Somebody at that company with that number is the same person, whatever they are called there."""
    kith.say("new customer Blue Harbor")
    kith.say("new contact Blue Harbor: Old Wang, phone: 138 0000 0000")
    acquaint(kith, LIN)
    (contact,) = kith.rows()["contacts"]
    assert (contact.name, contact.external_id, contact.title) == ("Old Wang", "wm1", "Buyer")


def test_neither_side_takes_back_the_others_tags(kith: Kith) -> None:
    """A tag that was added here stays when the chat tells its own; one that was taken away there goes."""
    acquaint(kith, LIN | {"tags": "VIP\nTrial"})
    kith.say("edit Blue Harbor tags: VIP, Trial, Mine")
    acquaint(kith, LIN | {"tags": "VIP\nNew"})
    (customer,) = kith.rows()["customers"]
    assert sorted(customer.tags) == ["Mine", "New", "VIP"]
    workspace = kith.people.workspace_id
    assert kith.read(lambda work: tags_last_known(work, workspace, "wm1")) == {"VIP", "New"}
    kith.write(lambda work: remember_tags(work, workspace, "wm1", frozenset({"Mine"})))
    assert kith.read(lambda work: tags_last_known(work, workspace, "wm1")) == {"Mine"}


@pytest.mark.parametrize("missing", ["external_id", "name"])
def test_without_an_id_or_a_name(kith: Kith, missing: str) -> None:
    """Nothing is written of nobody."""
    acquaint(kith, {name: value for name, value in LIN.items() if name != missing})
    assert kith.rows()["contacts"] == []


def test_who_only_looks_adds_nobody(kith: Kith) -> None:
    """A viewer's contacts stay the chat's."""
    acquaint(kith, LIN, user="vera")
    assert kith.rows()["contacts"] == []
    assert kith.rows()["customers"] == []


def test_it_is_not_offered() -> None:
    """Nobody is told to type it."""
    command = VERBS.read("acquaint").command
    assert command is not None
    assert command.hidden
