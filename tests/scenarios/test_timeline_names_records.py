"""Each line of a timeline says which record it is about, also of one that is gone."""

import pytest

from tests.kith import Kith, shown


@pytest.fixture
def kith(sqlite_kith: Kith) -> Kith:
    """A customer with a task, a deal, a contact and a visit."""
    sqlite_kith.say("new customer Acme")
    sqlite_kith.say("task Acme: send the quote tomorrow")
    sqlite_kith.say("new deal Acme: Cold chain $120k")
    sqlite_kith.say("new contact Acme: Ada Bell, title: Buyer")
    sqlite_kith.say("visit Acme: saw the line")
    return sqlite_kith


def latest(kith: Kith) -> str:
    """The first line of the timeline, with its detail."""
    return shown(kith.say("timeline Acme")).split("\n1. ")[1].split("\n2. ")[0]


@pytest.mark.parametrize(
    ("line", "title", "said"),
    [
        ("snooze send the quote friday", "Task snoozed", "send the quote"),
        ("assign send the quote @lin", "Task handed over", "send the quote · For: Mara → Lin"),
        ("edit {tasks} priority: high", "Task edited", "send the quote · Priority: Normal → High"),
        ("done send the quote", "Task done", "send the quote"),
        ("edit {deals} amount: $90k", "Deal edited", "Cold chain · Amount: $120,000 → $90,000"),
        ("deal Cold chain won", "Deal won", "Cold chain · Stage: Lead → Won"),
        ("edit {contacts} title: CEO", "Contact edited", "Ada Bell · Job title: Buyer → CEO"),
        ("edit {activities} place: Boston", "Activity edited", "saw the line · Place: – → Boston"),
    ],
)
def test_row_names_its_record(kith: Kith, line: str, title: str, said: str) -> None:
    """What changed stands behind the name of the record that it changed; taken back, it is named as well."""
    ids = {kind: rows[0].id for kind, rows in kith.rows().items()}
    changed = kith.say(line.format(**ids))
    assert title in latest(kith)
    assert said in latest(kith)
    kith.press(changed, "Undo")
    assert f"{title} · {said.partition(' · ')[0]}" in latest(kith)


def test_what_is_gone_is_named(kith: Kith) -> None:
    """A record that was taken back is named in the line that says so, on whatever page its adding stands."""
    added = kith.say("task Acme: ring Tom")
    for number in range(9):
        kith.say(f"note Acme: number {number}")
    kith.press(added, "Undo")
    assert "Undone" in latest(kith)
    assert "Task raised · ring Tom" in latest(kith)


def test_customers_own_changes_do_not_repeat_its_name(kith: Kith) -> None:
    """Above a customer's timeline its name stands already."""
    kith.say("edit Acme industry: food")
    assert "Industry: – → food" in latest(kith)
    assert "Acme" not in latest(kith)
