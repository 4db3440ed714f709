"""A day that stands between the customer and the colon is read as the day, not as part of the name."""

from datetime import date

import pytest

from tests.kith import Kith, shown


@pytest.fixture
def kith(sqlite_kith: Kith) -> Kith:
    """A customer of each language."""
    sqlite_kith.say("new customer Acme Instruments, also known as: Acme")
    sqlite_kith.say("new customer 苏州云岫岭精密仪器有限公司")
    sqlite_kith.say("new customer Monday Coffee")
    return sqlite_kith


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("visit Acme yesterday: saw it", date(2026, 3, 8)),
        ("visit Acme yesterday 3pm: saw it", date(2026, 3, 8)),
        ("call Acme today: said yes", date(2026, 3, 9)),
        ("note Acme last Friday: prefers e-mail", date(2026, 3, 6)),
        ("visit Acme, yesterday: saw it", date(2026, 3, 8)),
        ("visit Acme on 2 March: saw it", date(2026, 3, 2)),
        ("visit yesterday Acme: saw it", date(2026, 3, 8)),
        ("拜访 云岫岭 昨天：看样机", date(2026, 3, 8)),
        ("拜访云岫岭昨天：看样机", date(2026, 3, 8)),
        ("拜访 云岫岭精密 上周五：看样机", date(2026, 3, 6)),
        ("visit Monday Coffee: saw it", date(2026, 3, 9)),
        ("visit Monday Coffee yesterday: saw it", date(2026, 3, 8)),
    ],
)
def test_day_of_what_was_done(kith: Kith, line: str, day: date) -> None:
    """It is logged on that day, with the customer that is named and every word kept."""
    logged = kith.say(line)
    assert logged.ok, shown(logged)
    (activity,) = kith.rows()["activities"]
    assert kith.actor("mara").local(activity.happened_at).date() == day
    assert kith.rows()["tasks"] == []


@pytest.mark.parametrize(
    ("line", "title", "day"),
    [
        ("task Acme tomorrow: call Tom", "call Tom", date(2026, 3, 10)),
        ("task Acme next Tue: call Tom", "call Tom", date(2026, 3, 17)),
        ("任务 云岫岭 周五：发合同", "发合同", date(2026, 3, 13)),
        ("任务 云岫岭周五前：发合同", "发合同", date(2026, 3, 13)),
    ],
)
def test_day_of_a_task(kith: Kith, line: str, title: str, day: date) -> None:
    """It is when the task is due."""
    assert kith.say(line).ok
    (task,) = kith.rows()["tasks"]
    assert (task.title, task.due_on, task.customer_id is not None) == (title, day, True)


def test_meeting_that_is_still_to_come(kith: Kith) -> None:
    """Of a meeting tomorrow the customer is known, and the day is kept as what comes next."""
    assert kith.say("meeting Acme tomorrow: kickoff").ok
    (task,) = kith.rows()["tasks"]
    assert task.due_on == date(2026, 3, 10)


def test_day_survives_the_choice_of_a_customer(kith: Kith) -> None:
    """Where the name is asked about, the line that is offered still says the day."""
    kith.say("new customer Acme Machines")
    asked = kith.say("visit Acm yesterday: saw it")
    assert kith.press(asked, "This one").ok
    (activity,) = kith.rows()["activities"]
    assert kith.actor("mara").local(activity.happened_at).date() == date(2026, 3, 8)


def test_unknown_customer_is_named_without_the_day(kith: Kith) -> None:
    """A customer that is not there is offered by its own name, and the day goes on with the line."""
    asked = kith.say("visit Zenith yesterday: saw it")
    assert "No customer “Zenith”" in shown(asked)
    assert kith.press(asked, "Add “Zenith” and go on").ok
    (activity,) = kith.rows()["activities"]
    assert kith.actor("mara").local(activity.happened_at).date() == date(2026, 3, 8)


def test_id_is_no_day(kith: Kith) -> None:
    """An id that ends like a time of day, with a Chinese colon right behind it, is left whole."""
    told = kith.say("拜访 0pq3txh00g83p：看样机")
    assert told.error == "customer_not_found"
    assert "0pq3txh00g8”" not in shown(told)
