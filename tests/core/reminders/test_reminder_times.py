"""When a task is spoken of: before it is due, in working hours, on the assignee's own clock."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InvalidInputError
from core.ids import MemberId, TaskId, WorkspaceId
from core.reminders.following import asking
from core.reminders.hours import WorkingHours, check_hours, hours_of
from core.reminders.model import OFF, Stage
from core.reminders.planning import Habits, Moment, next_moment
from core.tasks.model import Task

SHANGHAI, NEW_YORK, BERLIN = "Asia/Shanghai", "America/New_York", "Europe/Berlin"
LORD_HOWE, KIRITIMATI, KATHMANDU = "Australia/Lord_Howe", "Pacific/Kiritimati", "Asia/Kathmandu"


def instant(text: str, zone: str) -> datetime:
    """``2026-03-09 10:00`` on a wall in a zone."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def wall(at: datetime, zone: str) -> str:
    """The same the other way."""
    return f"{at.astimezone(ZoneInfo(zone)):%a %Y-%m-%d %H:%M}"


def task_of(due: str, zone: str, **values: Any) -> Task:
    """A task that is due at a time or on a day, as somebody in a zone says it."""
    now = datetime(2026, 1, 1, tzinfo=UTC)
    has_time = len(due) > len("2026-03-09")
    details: dict[str, Any] = {
        "due_on": date.fromisoformat(due[:10]),
        "due_at": instant(due, zone) if has_time else None,
        "assignee_id": MemberId("m"),
        "created_at": now,
        "updated_at": now,
        **values,
    }
    return Task(id=TaskId("t"), workspace_id=WorkspaceId("w"), title="Call Tom", **details)


def planned(due: str, now: str, zone: str = SHANGHAI, **how: Any) -> str:
    """When a task is spoken of next, and how, on the wall."""
    habits = Habits(zone, **{name: how.pop(name) for name in ("lead", "hours") if name in how})
    told = {name: how.pop(name) for name in ("said", "given") if name in how}
    moment = next_moment(task_of(due, zone, **how), habits, instant(now, zone), **told)
    return f"{wall(moment.at, zone)} {moment.stage}" if moment else ""


@pytest.mark.parametrize(
    ("due", "now", "lead", "when"),
    [
        # In hours.
        ("2026-03-09 15:00", "2026-03-09 10:00", 30, "Mon 2026-03-09 14:30 due"),
        ("2026-03-09 15:00", "2026-03-09 10:00", 0, "Mon 2026-03-09 15:00 due"),
        ("2026-03-09 18:15", "2026-03-09 10:00", 30, "Mon 2026-03-09 17:45 due"),
        ("2026-03-10 15:00", "2026-03-09 08:00", 1440, "Mon 2026-03-09 15:00 due"),
        # Out of hours: the nearest moment of work before.
        ("2026-03-09 21:00", "2026-03-09 10:00", 30, "Mon 2026-03-09 18:00 due"),
        ("2026-03-10 09:10", "2026-03-09 10:00", 30, "Tue 2026-03-10 09:00 due"),
        ("2026-03-10 09:00", "2026-03-09 10:00", 30, "Mon 2026-03-09 18:00 due"),
        ("2026-03-10 07:00", "2026-03-09 10:00", 30, "Mon 2026-03-09 18:00 due"),
        ("2026-03-14 11:00", "2026-03-09 10:00", 30, "Fri 2026-03-13 18:00 due"),
        ("2026-03-16 08:00", "2026-03-13 10:00", 30, "Fri 2026-03-13 18:00 due"),
        # None before: the first after.
        ("2026-03-14 20:00", "2026-03-14 12:00", 30, "Mon 2026-03-16 09:00 due"),
        ("2026-03-09 23:00", "2026-03-09 19:00", 30, "Tue 2026-03-10 09:00 due"),
        # Less time than was asked for.
        ("2026-03-09 10:20", "2026-03-09 10:00", 30, "Mon 2026-03-09 10:15 due"),
        ("2026-03-09 10:04", "2026-03-09 10:00", 30, "Mon 2026-03-09 10:04 due"),
        # Days.
        ("2026-03-10", "2026-03-09 10:00", 30, "Tue 2026-03-10 09:00 due"),
        ("2026-03-15", "2026-03-09 10:00", 30, "Fri 2026-03-13 18:00 due"),
        ("2026-03-12", "2026-03-09 10:00", 2 * 1440, "Tue 2026-03-10 09:00 due"),
        ("2026-03-10", "2026-03-09 10:00", 2 * 1440, "Tue 2026-03-10 09:00 due"),
        ("2026-03-09", "2026-03-09 10:00", 30, "Tue 2026-03-10 09:00 overdue"),
        # Over already, and nobody was told: it is left to the lists.
        ("2026-03-06", "2026-03-09 10:00", 30, ""),
        ("2026-03-09 09:00", "2026-03-09 10:00", 30, ""),
        ("2026-03-10 15:00", "2026-03-09 10:00", OFF, ""),
    ],
)
def test_when(due: str, now: str, lead: int, when: str) -> None:
    """The table says it."""
    assert planned(due, now, lead=lead) == when


@pytest.mark.parametrize(
    ("zone", "due", "now", "when"),
    [
        # New York springs forward on Sunday 8 March 2026 at 2:00, and falls back on 1 November.
        (NEW_YORK, "2026-03-09 09:10", "2026-03-06 12:00", "Mon 2026-03-09 09:00 due"),
        (NEW_YORK, "2026-03-09", "2026-03-07 12:00", "Mon 2026-03-09 09:00 due"),
        (NEW_YORK, "2026-11-02", "2026-10-30 12:00", "Mon 2026-11-02 09:00 due"),
        (NEW_YORK, "2026-11-02 09:15", "2026-10-31 12:00", "Mon 2026-11-02 09:00 due"),
        # Berlin: 29 March and 25 October.
        (BERLIN, "2026-03-30", "2026-03-27 12:00", "Mon 2026-03-30 09:00 due"),
        (BERLIN, "2026-03-29 12:00", "2026-03-27 12:00", "Fri 2026-03-27 18:00 due"),
        (BERLIN, "2026-10-26 10:00", "2026-10-23 12:00", "Mon 2026-10-26 09:30 due"),
        # Half an hour of summer, half hours and quarters of an hour, and the first place of a day.
        (LORD_HOWE, "2026-04-06", "2026-04-03 12:00", "Mon 2026-04-06 09:00 due"),
        (KATHMANDU, "2026-03-10 15:00", "2026-03-09 12:00", "Tue 2026-03-10 14:30 due"),
        (KIRITIMATI, "2026-03-10", "2026-03-09 12:00", "Tue 2026-03-10 09:00 due"),
        # A leap day.
        (SHANGHAI, "2028-02-29", "2028-02-28 10:00", "Tue 2028-02-29 09:00 due"),
    ],
)
def test_zones(zone: str, due: str, now: str, when: str) -> None:
    """It is the wall clock where the assignee is that counts, over a change of the clocks too."""
    assert planned(due, now, zone) == when


@pytest.mark.parametrize(
    ("zone", "day", "gap"),
    [(NEW_YORK, "2026-03-08", "02:30"), (BERLIN, "2026-03-29", "02:30"), (LORD_HOWE, "2026-10-04", "02:15")],
)
def test_hours_that_are_skipped_begin_later(zone: str, day: str, gap: str) -> None:
    """Who begins to work in an hour that there is not begins when the clocks go on."""
    hours = WorkingHours(time.fromisoformat(gap), time(12), (0, 1, 2, 3, 4, 5, 6))
    begins = hours.start_of(date.fromisoformat(day), zone)
    assert begins.astimezone(ZoneInfo(zone)).time() > time.fromisoformat(gap)
    assert begins.astimezone(ZoneInfo(zone)).date() == date.fromisoformat(day)


def test_night_before_a_change_of_clocks() -> None:
    """A day that has 23 or 25 hours has one reminder, and is over when the next begins."""
    for due, after in (("2026-03-08", "Mon 2026-03-09 09:00"), ("2026-11-01", "Mon 2026-11-02 09:00")):
        every_day = WorkingHours(days=(0, 1, 2, 3, 4, 5, 6))
        assert planned(due, f"{due} 00:30", NEW_YORK, hours=every_day).endswith("09:00 due")
        said = f"due {due} m"
        assert planned(due, f"{due} 09:00", NEW_YORK, hours=every_day, said=said) == f"{after} overdue"


def test_what_was_said_is_not_said_again() -> None:
    """Once before, once when it is overdue, then no more; for another day or another member anew."""
    due, stamp = "2026-03-09 15:00", "2026-03-09T07:00:00+00:00"
    assert planned(due, "2026-03-09 14:30", said=f"due {stamp} m") == "Tue 2026-03-10 09:00 overdue"
    assert planned(due, "2026-03-10 12:00", said=f"overdue {stamp} m") == ""
    assert planned("2026-03-11 15:00", "2026-03-10 12:00", said=f"overdue {stamp} m") == "Wed 2026-03-11 14:30 due"
    handed_on = planned("2026-03-11 15:00", "2026-03-11 08:00", said="due 2026-03-11T07:00:00+00:00 other")
    assert handed_on == "Wed 2026-03-11 14:30 due"


def test_snoozed() -> None:
    """The moment that was chosen, whatever the hour; before it is due again only when that is later."""
    until = instant("2026-03-09 21:00", SHANGHAI)
    assert planned("2026-03-13 15:00", "2026-03-09 18:00", snoozed_until=until) == "Mon 2026-03-09 21:00 snoozed"
    said = f"snoozed {until.isoformat()} m"
    assert planned("2026-03-13 15:00", "2026-03-09 21:00", snoozed_until=until, said=said) == "Fri 2026-03-13 14:30 due"
    assert planned("2026-03-09 21:00", "2026-03-09 21:00", snoozed_until=until, said=said).endswith("09:00 overdue")


def test_given_at_the_last_moment() -> None:
    """What somebody else hands over late is told at once, or when work begins."""
    assert planned("2026-03-09 10:20", "2026-03-09 10:00", given=True) == "Mon 2026-03-09 10:00 due"
    assert planned("2026-03-09", "2026-03-09 11:00", given=True) == "Mon 2026-03-09 11:00 due"
    assert planned("2026-03-06", "2026-03-09 11:00", given=True) == "Mon 2026-03-09 11:00 overdue"
    assert planned("2026-03-06", "2026-03-08 11:00", given=True) == "Mon 2026-03-09 09:00 overdue"


def test_task_says_how_long_before() -> None:
    """What the task says goes before what its assignee likes, also when that is never."""
    assert planned("2026-03-09 15:00", "2026-03-09 10:00", lead=OFF, remind=60) == "Mon 2026-03-09 14:00 due"
    assert planned("2026-03-09 15:00", "2026-03-09 10:00", remind=OFF) == ""


@pytest.mark.parametrize("how", [{"done_at": datetime(2026, 3, 9, tzinfo=UTC)}, {"due_on": None}])
def test_nothing_to_say(how: dict[str, Any]) -> None:
    """Nothing is said of what is done, and of what has no date."""
    assert planned("2026-03-20", "2026-03-09 10:00", **how) == ""


@given(
    due=st.datetimes(datetime(2026, 1, 5), datetime(2027, 12, 20)),  # noqa: DTZ001 - on a wall
    early=st.integers(1, 20 * 24 * 60),
    lead=st.integers(0, 3 * 24 * 60),
    zone=st.sampled_from([SHANGHAI, NEW_YORK, BERLIN, LORD_HOWE, KATHMANDU]),
    days=st.sets(st.integers(0, 6), min_size=1),
)
def test_always_in_working_hours(due: datetime, early: int, lead: int, zone: str, days: set[int]) -> None:
    """Whatever is due whenever: it is spoken of in working hours, never in the past, and before it is due if it can."""
    hours = WorkingHours(days=tuple(sorted(days)))
    task = task_of(f"{due:%Y-%m-%d %H:%M}", zone)
    assert task.due_at is not None
    now = task.due_at - timedelta(minutes=early)
    moment = next_moment(task, Habits(zone, lead, hours), now)
    assert isinstance(moment, Moment)
    assert moment.stage in {Stage.DUE, Stage.OVERDUE}
    assert moment.at >= now
    local = moment.at.astimezone(ZoneInfo(zone))
    assert local.weekday() in days
    assert time(9) <= local.time() <= time(18)
    if moment.at > task.due_at:  # then there was no moment of work left
        assert hours.first(now, zone) >= task.due_at


@pytest.mark.parametrize(
    ("now", "asked"),
    [
        ("2026-03-09 10:00", "17:00"),
        ("2026-03-09 15:00", "17:00"),
        ("2026-03-09 16:10", "18:10"),
        ("2026-03-09 18:30", "20:00"),
        ("2026-03-09 20:00", ""),
        ("2026-03-08 10:00", "17:00"),
    ],
)
def test_when_what_comes_next_is_asked(now: str, asked: str) -> None:
    """At five, two hours later when that is later, at eight at the latest."""
    for zone in (SHANGHAI, NEW_YORK, BERLIN):
        found = asking(instant(now, zone), zone)
        assert (f"{found.at.astimezone(ZoneInfo(zone)):%H:%M}" if found else "") == asked


def test_hours_are_kept_as_text() -> None:
    """They come back as they were, the usual ones for nothing; impossible ones are refused."""
    for hours in (WorkingHours(), WorkingHours(time(8, 30), time(12), (5, 6))):
        assert hours_of(hours.text) == hours
    assert hours_of("") == WorkingHours()
    with pytest.raises(InvalidInputError):
        check_hours("18:00-09:00 01234")
