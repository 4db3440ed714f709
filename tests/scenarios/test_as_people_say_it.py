"""The same is said in more ways than the help shows, and each of them does it."""

import pytest

from tests.kith import Kith, shown


@pytest.fixture
def kith(sqlite_kith: Kith) -> Kith:
    """A customer with three tasks."""
    sqlite_kith.say("new customer Acme")
    for title in ("send the quote today", "send samples tomorrow", "book a table on Friday"):
        sqlite_kith.say(f"task Acme: {title}")
    return sqlite_kith


@pytest.mark.parametrize(
    ("line", "kind", "text"),
    [
        ("met with Acme: they like it", "meeting", "they like it"),
        ("log visit Acme: they like it", "visit", "they like it"),
        ("log call to Acme: they like it", "call", "they like it"),
        ("visit at Acme: they like it", "visit", "they like it"),
        ("add note Acme: they like it", "note", "they like it"),
        ("记拜访 Acme：他们喜欢", "visit", "他们喜欢"),
    ],
)
def test_logs(kith: Kith, line: str, kind: str, text: str) -> None:
    """A log begins as people begin it; the small word before the customer is no part of the name."""
    assert kith.say(line).ok
    (activity,) = kith.rows()["activities"]
    assert (activity.kind, activity.text) == (kind, text)


def test_handing_over_without_an_at(kith: Kith) -> None:
    """``assign Acme lin`` needs no @ where lin is a colleague, and waits for no form."""
    assert "Mara → Lin" in shown(kith.say("assign Acme lin"))


def test_customer_who_is_called_like_a_colleague(kith: Kith) -> None:
    """A customer of exactly that name is meant before a colleague: who shall have it is asked."""
    kith.say("new customer Acme Lin")
    asked = kith.say("assign Acme Lin")
    assert asked.form is not None
    owners = {customer.name: customer.owner_id for customer in kith.rows()["customers"]}
    assert owners["Acme"] == kith.people.members["mara"].id


@pytest.mark.parametrize(
    ("line", "day", "amount"),
    [
        ("new deal Acme: Cold chain $120k, closing in May", "2026-05-31", "120000.00"),
        ("new deal Acme: Cold chain $120k closes on 24 May", "2026-05-24", "120000.00"),
        ("new deal Acme: Cold chain 30万 预计5月20日", "2026-05-20", "300000.00"),
        ("new deal Acme: Cold chain", None, None),
    ],
)
def test_new_deal_says_when_it_closes(kith: Kith, line: str, day: str | None, amount: str | None) -> None:
    """Name, amount and expected close come out of one line; a month is closed by its last day."""
    assert kith.say(line).ok
    (deal,) = kith.rows()["deals"]
    assert deal.name == "Cold chain"
    assert (deal.close_on and deal.close_on.isoformat()) == day
    assert (deal.amount and f"{deal.amount.amount:f}") == amount


def test_task_by_its_number(kith: Kith) -> None:
    """``done 2`` is the second of one's own list; a number that is not in it is told."""
    assert "Task done\nsend samples" in shown(kith.say("done 2"))
    assert kith.say("done 9").error == "task_not_found"


def test_words_begin_where_words_begin(kith: Kith) -> None:
    """``done end`` means no task that only has those letters inside a word."""
    assert kith.say("done end").error == "task_not_found"
    assert "Task done\nsend the quote" in shown(kith.say("done quo"))


@pytest.mark.parametrize("line", ["tasks today", "tasks open", "tasks for me", "任务列表 今天", "tasks this week"])
def test_own_tasks(kith: Kith, line: str) -> None:
    """One's own tasks are asked for in several words."""
    assert "send the quote" in shown(kith.say(line))


def test_tasks_for_a_customer(kith: Kith) -> None:
    """``tasks for Acme`` is the customer's list."""
    assert "send the quote" in shown(kith.say("tasks for Acme"))


@pytest.mark.parametrize("line", ["undo last", "undo that", "撤销 刚才"])
def test_undo_of_what_was_last(kith: Kith, line: str) -> None:
    """Undo takes a word for what was done last."""
    assert kith.say(line).ok
    assert [task.title for task in kith.rows()["tasks"]] == ["send the quote", "send samples"]


def test_week_that_has_begun(kith: Kith) -> None:
    """``this week`` has begun, and is due on its last day rather than in the past."""
    kith.clock.forward(days=2)
    kith.say("task Acme: call back this week")
    task = next(task for task in kith.rows()["tasks"] if task.title == "call back")
    assert task.due_on is not None
    assert task.due_on.isoformat() == "2026-03-15"
