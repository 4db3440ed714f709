"""Undo puts back exactly what was there, as a whole or not at all, and tells what it did."""

from dataclasses import replace
from typing import Any

import pytest

from core.conversations.model import Place
from core.events.model import EventType, Kind, Ref
from tests.kith import Kith, labels_of, shown


@pytest.fixture
def kith(sqlite_kith: Kith) -> Kith:
    """A customer with one of everything, in a bound room."""
    kith = sqlite_kith
    kith.say("new customer Acme, phone: 555 0101, also known as: AC, tags: a; b")
    kith.say("new customer Blue Harbor")
    kith.say("new contact Acme: Ada Bell, buyer")
    kith.say("new deal Acme: Cold chain $120k, close: 2 Dec")
    kith.say("task Acme: send the quote tomorrow 3pm")
    kith.say("visit Acme: saw Ada Bell, call her on friday")
    kith.say("bind Acme", room="sales")
    kith.clock.forward(minutes=11)
    return kith


def state(kith: Kith) -> dict[str, Any]:
    """All that undo may touch, without when it was touched last."""
    rows = {name: [replace(row, updated_at=row.created_at) for row in some] for name, some in kith.rows().items()}
    place = Place("fake", "t", "sales")
    bound = kith.read(lambda work: work.bindings.of(kith.people.workspace_id, place))
    actor = kith.actor("mara")
    return {**rows, "bound": bound and bound.customer_id, "settings": (actor.language, actor.zone)}


def ids(kith: Kith) -> dict[str, str]:
    rows = kith.rows()
    return {
        "task": next(task.id for task in rows["tasks"] if task.title == "send the quote"),
        "deal": rows["deals"][0].id,
        "contact": rows["contacts"][0].id,
        "activity": rows["activities"][0].id,
    }


WRITES = [
    "new customer Newco, industry: food",
    "new contact Acme: Bob Stone",
    "new deal Acme: Second $5k",
    "edit Acme phone: 555 0102, stage: customer, tags: c, also known as: X",
    "edit Acme name: Acme International",
    "edit {contact} phone: 555 0105, decision: decider",
    "edit {deal} amount: 5k USD, close: 24 Dec",
    "edit {task} due: friday, priority: high, title: call instead",
    "edit {activity} text: saw nobody, place: Boston",
    "visit Acme: all well",
    "visit Acme: all well, send samples tomorrow",
    "note Acme: a note",
    "task Acme: another one @lin",
    "done {task}",
    "snooze {task} next week",
    "assign {task} @lin",
    "assign Acme @lin",
    "assign Acme @ines",
    "assign Acme @max",
    "deal Acme quote",
    "deal Acme won",
    "deal Acme lost because of the price",
    "settings 中文",
    "settings New York",
]


@pytest.mark.parametrize("line", WRITES)
@pytest.mark.parametrize("how", ["press", "say"])
def test_everything_is_put_back(kith: Kith, line: str, how: str) -> None:
    """Whatever a command wrote, its undo leaves every record as it was, and says so."""
    before = state(kith)
    written = kith.say(line.format(**ids(kith)))
    assert written.receipt, shown(written)
    assert state(kith) != before
    label = "撤销" if "中文" in line else "Undo"
    undone = kith.press(written, label) if how == "press" else kith.say("undo")
    assert undone.ok, shown(undone)
    assert state(kith) == before
    assert undone.replace is (how == "press")


@pytest.mark.parametrize("line", ["bind Blue Harbor", "unbind"])
def test_binding_is_put_back(kith: Kith, line: str) -> None:
    """A conversation that was bound to something else or untied is about what it was about."""
    before = state(kith)
    written = kith.say(line, room="sales")
    assert state(kith) != before
    assert kith.press(written, "Undo", room="sales").ok
    assert state(kith) == before


def test_form_is_undone(kith: Kith) -> None:
    """What a form wrote is undone as what a line wrote."""
    before = state(kith)
    written = kith.submit(kith.say("edit Acme"), {"name": "Acme Ltd", "phone": "", "tags": "x"})
    kith.press(written, "Undo")
    assert state(kith) == before


def test_names_are_found_as_before(kith: Kith) -> None:
    """A name that was taken back is not found any more, the old one is again, and a removed one may be added anew."""
    renamed = kith.say("edit Acme name: Zebra Industries")
    assert kith.say("zebra").ok
    kith.press(renamed, "Undo")
    assert kith.say("zebra").error == "customer_not_found"
    assert shown(kith.say("acme")).startswith("Acme\n")
    added = kith.say("new customer Newco")
    kith.press(added, "Undo")
    assert kith.say("newco").error == "customer_not_found"
    assert kith.say("new customer Newco, phone: 555 0102").receipt


def test_undone_says_what(kith: Kith) -> None:
    """The answer names the record and each field's value, now and then."""
    written = kith.say("edit Acme phone: 555 0102, stage: customer")
    said = shown(kith.press(written, "Undo"))
    for part in ("Undone", "Customer: Acme", "555 0102 → 555 0101", "Customer → Lead"):
        assert part in said
    removed = shown(kith.press(kith.say("visit Acme: all well, send samples tomorrow"), "Undo"))
    assert "Activity taken back: all well" in removed
    assert "Task taken back: send samples" in removed


def test_undo_is_an_event(kith: Kith) -> None:
    """Nothing is erased: the history holds what was done and that it was undone, by whom and through what."""
    written = kith.say("edit Acme phone: 555 0102")
    kith.press(written, "Undo", delivery="the-undo")
    subject = Ref(Kind.CUSTOMER, kith.id_of("Acme"))
    undoing, edited = kith.read(lambda work: work.events.of_subject(kith.people.workspace_id, subject, limit=2))
    assert (undoing.type, undoing.undoes, undoing.delivery) == (EventType.UNDONE, edited.id, "fake:t:the-undo")
    assert edited.type is EventType.CUSTOMER_CHANGED


def test_last_one_first(kith: Kith) -> None:
    """Said several times, undo walks back through what this member did, and ends."""
    before = state(kith)
    for line in ("edit Acme phone: 555 0102", "edit Acme phone: 555 0103", "note Acme: x"):
        kith.say(line)
    kith.say("edit Acme region: Boston", user="lin")
    for _ in range(3):
        assert kith.say("undo").ok
    assert kith.say("undo").error == "nothing_to_undo"
    kith.say("undo", user="lin")
    assert state(kith) == before


# -- not at all ------------------------------------------------------------------------------------


def test_later_change_is_not_trodden_on(kith: Kith) -> None:
    """Of two records one changed since: neither is taken back, and the answer names what stands in the way."""
    written = kith.say("visit Acme: all well, send samples tomorrow")
    kith.say("done samples")
    before = state(kith)
    refused = kith.press(written, "Undo")
    assert refused.error == "changed_since"
    assert "send samples" in shown(refused)
    assert state(kith) == before
    kith.say("undo")
    assert kith.press(written, "Undo").ok


def test_other_fields_may_change(kith: Kith) -> None:
    """A later change of another field is no obstacle, and stays."""
    written = kith.say("edit Acme phone: 555 0102")
    kith.say("edit Acme region: Boston", user="lin")
    assert kith.press(written, "Undo").ok
    (acme, _) = kith.rows()["customers"]
    assert (acme.phone, acme.region) == ("555 0101", "Boston")


def test_record_that_others_build_on(kith: Kith) -> None:
    """A customer that was written to since is not taken back from under what was written."""
    added = kith.say("new customer Newco")
    kith.say("visit Newco: first meeting", user="lin")
    refused = kith.press(added, "Undo")
    assert refused.error == "changed_since"
    assert kith.say("newco").ok


def test_binding_that_changed_since(kith: Kith) -> None:
    """A conversation that was tied elsewhere since is left so."""
    written = kith.say("unbind", room="sales")
    kith.say("bind Blue Harbor", room="sales", user="lin")
    before = state(kith)
    assert kith.press(written, "Undo", room="sales").error == "binding_changed_since"
    assert state(kith) == before


def test_settings_that_changed_since(kith: Kith) -> None:
    """A zone that was changed again is left so."""
    written = kith.say("settings New York")
    kith.say("settings Tokyo")
    assert kith.press(written, "Undo").error == "changed_since"
    assert kith.actor("mara").zone == "Asia/Tokyo"


def test_undo_once(kith: Kith) -> None:
    """What was taken back is not taken back again, by the button or by the word."""
    written = kith.say("edit Acme phone: 555 0102")
    assert kith.press(written, "Undo").ok
    assert kith.press(written, "Undo").error == "already_undone"
    assert kith.say("undo").error == "nothing_to_undo"


def test_ten_minutes(kith: Kith) -> None:
    """A receipt can be undone for ten minutes."""
    written = kith.say("edit Acme phone: 555 0102")
    kith.clock.forward(minutes=10)
    assert kith.press(written, "Undo").ok
    written = kith.say("edit Acme phone: 555 0103")
    kith.clock.forward(minutes=10, seconds=1)
    assert kith.press(written, "Undo").error == "too_late_to_undo"


def test_nothing_changed_leaves_nothing_to_undo(kith: Kith) -> None:
    """A command that changed nothing says so and offers no undo."""
    same = kith.say("edit Acme phone: 555 0101")
    assert "so already" in shown(same)
    assert (same.receipt, "Undo" in labels_of(same)) == ("", False)


def test_undo_is_not_undone(kith: Kith) -> None:
    """Undoing leaves no receipt: the next undo takes back what came before."""
    kith.say("edit Acme phone: 555 0102")
    undone = kith.say("undo")
    assert labels_of(undone) == []
    assert kith.say("undo").error == "nothing_to_undo"
