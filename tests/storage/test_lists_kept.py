"""Lists of tasks and deals: their order, what narrows them, and what they come to."""

from datetime import UTC, date, datetime, timedelta

import pytest

from core.deals.model import DealStage
from core.deals.ports import DealFilter, StageSum
from core.money import Money
from core.tasks.ports import Snoozed, TaskFilter
from core.work import Work
from tests.storage.conftest import Store
from tests.storage.samples import NOW, People, customer, deal, task

TODAY = date(2030, 1, 2)


def test_tasks_first_due_first(store: Store, people: People) -> None:
    """By day, then by time of day; those without a time follow on their day, those without a date come last."""
    undated = task(people.wei, title="undated")
    tomorrow = task(people.wei, title="tomorrow", due_on=TODAY + timedelta(days=1))
    untimed = task(people.wei, title="untimed", due_on=TODAY)
    late = task(people.wei, title="late", due_on=TODAY, due_at=datetime(2030, 1, 2, 18, tzinfo=UTC))
    early = task(people.wei, title="early", due_on=TODAY, due_at=datetime(2030, 1, 2, 8, tzinfo=UTC))
    store.write(lambda work: work.tasks.add_many([undated, tomorrow, untimed, late, early]))
    page = store.read(lambda work: work.tasks.list_open(people.all, TaskFilter(), now=NOW, today=TODAY, limit=9))
    assert [line.task.title for line in page.lines] == ["early", "late", "untimed", "tomorrow", "undated"]
    assert {line.assignee_name for line in page.lines} == {"Wei"}
    second = store.read(
        lambda work: work.tasks.list_open(people.all, TaskFilter(), now=NOW, today=TODAY, limit=2, offset=2)
    )
    assert ([line.task.title for line in second.lines], second.total) == (["untimed", "tomorrow"], 5)


def test_only_open_and_awake_tasks(store: Store, people: People) -> None:
    """Tasks that are done, removed or snoozed are not listed; a snoozed one comes back in time."""
    hidden = [
        task(people.wei, done_at=NOW),
        task(people.wei, removed_at=NOW),
        task(people.wei, snoozed_until=NOW + timedelta(minutes=1)),
    ]
    store.write(lambda work: work.tasks.add_many(hidden))

    def listed(work: Work, now: datetime) -> int:
        return work.tasks.list_open(people.all, TaskFilter(), now=now, today=TODAY, limit=9).total

    assert store.read(lambda work: listed(work, NOW)) == 0
    assert store.read(lambda work: listed(work, NOW + timedelta(minutes=1))) == 1


@pytest.mark.parametrize(
    ("snoozed", "titles"),
    [
        (Snoozed.HIDDEN, ["awake", "back"]),
        (Snoozed.SHOWN, ["awake", "asleep", "back"]),
        (Snoozed.ONLY, ["asleep"]),
    ],
)
def test_snoozed_tasks(store: Store, people: People, snoozed: Snoozed, titles: list[str]) -> None:
    """A list is without those that are put off, with them, or of nothing else; one that is back is awake."""
    later, now = NOW + timedelta(hours=1), NOW
    tasks = [
        task(people.wei, title=title, snoozed_until=until)
        for title, until in (("awake", None), ("asleep", later), ("back", now))
    ]
    store.write(lambda work: work.tasks.add_many(tasks))
    wanted = TaskFilter(snoozed=snoozed)
    page = store.read(lambda work: work.tasks.list_open(people.all, wanted, now=NOW, today=TODAY, limit=9))
    counted = store.read(lambda work: work.tasks.list_open(people.all, wanted, now=NOW, today=TODAY, limit=0))
    assert [line.task.title for line in page.lines] == titles
    assert counted.total == len(titles)


@pytest.mark.parametrize(
    ("first", "last", "titles"), [(2, 2, ["two"]), (None, 2, ["one", "two"]), (2, None, ["two", "three"])]
)
def test_tasks_due_in_some_days(
    store: Store, people: People, first: int | None, last: int | None, titles: list[str]
) -> None:
    """Both days are included; a task without a date is in no stretch of time."""
    days = {"one": 1, "two": 2, "three": 3}
    tasks = [task(people.wei, title=title, due_on=date(2030, 1, day)) for title, day in days.items()]
    store.write(lambda work: work.tasks.add_many([*tasks, task(people.wei, title="undated")]))
    wanted = TaskFilter(
        due_from=date(2030, 1, first) if first else None, due_until=date(2030, 1, last) if last else None
    )
    page = store.read(lambda work: work.tasks.list_open(people.all, wanted, now=NOW, today=TODAY, limit=9))
    assert [line.task.title for line in page.lines] == titles


@pytest.mark.parametrize(
    ("due_on", "hour", "overdue"),
    [(1, None, True), (2, None, False), (2, 3, True), (2, 4, False), (None, None, False), (3, 2, False)],
)
def test_overdue(store: Store, people: People, due_on: int | None, hour: int | None, *, overdue: bool) -> None:
    """The statement's overdue is the task's own: by its time where it has one, by its day otherwise."""
    late = task(
        people.wei,
        due_on=date(2030, 1, due_on) if due_on else None,
        due_at=datetime(2030, 1, due_on or 1, hour, 4, tzinfo=UTC) if hour else None,
    )
    store.write(lambda work: work.tasks.add(late))
    page = store.read(
        lambda work: work.tasks.list_open(people.all, TaskFilter(overdue=True), now=NOW, today=TODAY, limit=9)
    )
    assert bool(page.lines) == overdue == late.is_overdue(NOW, TODAY)


def test_tasks_narrowed(store: Store, people: People) -> None:
    """By assignee, by the assignee's team, by customer, and by several at once."""
    of = customer(people.wei)
    weis, anns, with_customer = task(people.wei), task(people.ann), task(people.ann, of)

    def keep(work: Work) -> None:
        work.customers.add(of)
        work.tasks.add_many([weis, anns, with_customer])

    store.write(keep)
    for wanted, expected in (
        (TaskFilter(assignee_id=people.wei.id), [weis]),
        (TaskFilter(team_id=people.ann.team_id), [anns, with_customer]),
        (TaskFilter(customer_id=of.id), [with_customer]),
        (TaskFilter(customer_id=of.id, assignee_id=people.wei.id), []),
        (TaskFilter(), [weis, anns, with_customer]),
    ):
        page = store.read(
            lambda work: work.tasks.list_open(people.all, wanted, now=NOW, today=TODAY, limit=9)  # noqa: B023
        )
        assert [line.task for line in page.lines] == expected
    assert page.lines[2].customer_name == "Acme"


def test_deals_and_what_they_come_to(store: Store, people: People) -> None:
    """Open deals by expected close, their sums in each currency, whether all of them fit on the page or not."""
    of = customer(people.wei)
    undated = deal(of, "undated", amount=Money(1, "CNY"))
    soon = deal(of, "soon", amount=Money(2**53, "CNY"), close_on=TODAY, owner_id=people.wei.id)
    later = deal(of, "later", amount=Money(7, "EUR"), close_on=date(2031, 1, 1), stage=DealStage.QUOTE)
    unpriced = deal(of, "unpriced", close_on=date(2032, 1, 1))
    won = deal(of, "won", amount=Money(9, "CNY"), stage=DealStage.WON, closed_at=NOW)

    def keep(work: Work) -> None:
        work.customers.add(of)
        work.deals.add_many([undated, soon, later, unpriced, won])

    store.write(keep)
    for limit, names in ((9, ["soon", "later", "unpriced", "undated"]), (2, ["soon", "later"])):
        page = store.read(lambda work: work.deals.list_some(people.all, DealFilter(), limit=limit))  # noqa: B023
        assert [line.deal.name for line in page.lines] == names
        assert (page.total, page.sums) == (4, (Money(2**53 + 1, "CNY"), Money(7, "EUR")))
    assert (page.lines[0].customer_name, page.lines[0].owner_name, page.lines[1].owner_name) == ("Acme", "Wei", "")


def test_deals_closing_in_some_days(store: Store, people: People) -> None:
    """Both days are included, in the list, its total and its sums by stage; a deal without a close is in none."""
    of = customer(people.wei)
    days = {"before": date(2030, 1, 31), "first": date(2030, 2, 1), "last": date(2030, 2, 28), "undated": None}
    deals = [deal(of, name, amount=Money(5, "CNY"), close_on=day) for name, day in days.items()]

    def keep(work: Work) -> None:
        work.customers.add(of)
        work.deals.add_many(deals)

    store.write(keep)
    wanted = DealFilter(closing_from=date(2030, 2, 1), closing_until=date(2030, 2, 28))
    page = store.read(lambda work: work.deals.list_some(people.all, wanted, limit=9))
    counted = store.read(lambda work: work.deals.list_some(people.all, wanted, limit=0))
    by_stage = store.read(lambda work: work.deals.sums_by_stage(people.all, wanted))
    assert [line.deal.name for line in page.lines] == ["first", "last"]
    assert (counted.total, counted.sums) == (2, (Money(10, "CNY"),))
    assert by_stage == [StageSum(DealStage.LEAD, Money(10, "CNY"), 2)]


def test_deals_by_the_name_a_text_begins_with(store: Store, people: People) -> None:
    """The open ones and the longest names come first; the name must stand there whole, in whatever case."""
    of = customer(people.wei)
    closed = deal(of, "Cold chain sensors", stage=DealStage.WON, closed_at=NOW)
    kept = [deal(of, "Cold"), deal(of, "Cold chain"), closed, deal(of, "Warm"), deal(of, "主轴监测")]

    def keep(work: Work) -> None:
        work.customers.add(of)
        work.deals.add_many(kept)

    store.write(keep)

    def named(text: str) -> list[str]:
        return [each.name for each in store.read(lambda work: work.deals.list_named(people.all, text, limit=9))]

    assert named("cold CHAIN sensors won") == ["Cold chain", "Cold", "Cold chain sensors"]
    assert named("主轴监测赢单") == ["主轴监测"]
    assert named("old chain") == []


def test_deals_narrowed(store: Store, people: People) -> None:
    """By owner, by customer, and by stage, which also shows closed deals; none at all is an empty page."""
    of = customer(people.wei)
    owned = deal(of, "owned", owner_id=people.wei.id)
    won = deal(of, "won", stage=DealStage.WON, closed_at=NOW, amount=Money(9, "CNY"))

    def keep(work: Work) -> None:
        work.customers.add(of)
        work.deals.add_many([owned, won])

    store.write(keep)
    for wanted, expected in (
        (DealFilter(owner_id=people.wei.id), [owned]),
        (DealFilter(customer_id=of.id), [owned]),
        (DealFilter(stage=DealStage.WON), [won]),
        (DealFilter(stage=DealStage.WON, owner_id=people.wei.id), []),
    ):
        page = store.read(lambda work: work.deals.list_some(people.all, wanted, limit=9))  # noqa: B023
        assert [line.deal for line in page.lines] == expected
        assert page.total == len(expected)


def test_sums_by_stage(store: Store, people: People) -> None:
    """Open deals with an amount, in the order of the stages, each currency by itself."""
    of = customer(people.wei)
    deals = [
        deal(of, stage=DealStage.QUOTE, amount=Money(5, "CNY")),
        deal(of, stage=DealStage.LEAD, amount=Money(1, "EUR")),
        deal(of, stage=DealStage.LEAD, amount=Money(2, "CNY")),
        deal(of, stage=DealStage.LEAD, amount=Money(3, "CNY")),
        deal(of, stage=DealStage.LEAD),
        deal(of, stage=DealStage.WON, amount=Money(8, "CNY"), closed_at=NOW),
    ]

    def keep(work: Work) -> None:
        work.customers.add(of)
        work.deals.add_many(deals)

    store.write(keep)
    assert store.read(lambda work: work.deals.sums_by_stage(people.all, DealFilter())) == [
        StageSum(DealStage.LEAD, Money(5, "CNY"), 2),
        StageSum(DealStage.LEAD, Money(1, "EUR"), 1),
        StageSum(DealStage.QUOTE, Money(5, "CNY"), 1),
    ]
