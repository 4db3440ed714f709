"""The attention budget: quiet hours on the member's own clock, bursts, and what counts as ignored."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.alerts.budget import IGNORED, day_began, free_from, is_ignored, is_open, is_quiet, telling
from core.alerts.model import Attention, Burst, Rule, RuleKind
from core.ids import CustomerId, MemberId, WorkspaceId

USUAL = Attention(workspace_id=WorkspaceId("w"), member_id=MemberId("m"))
NOON = replace(USUAL, quiet_from=12 * 60, quiet_until=13 * 60 + 30)
NONE = replace(USUAL, quiet_from=0, quiet_until=0)
NOW = datetime(2026, 3, 9, 2, 0, tzinfo=UTC)
BURST = Burst(
    id="b",
    workspace_id=USUAL.workspace_id,
    member_id=USUAL.member_id,
    rule_id="r",
    customer_id=CustomerId("c"),
    due_at=NOW,
)


@pytest.mark.parametrize(
    ("attention", "clock", "quiet"),
    [
        (USUAL, "19:59", False),
        (USUAL, "20:00", True),
        (USUAL, "00:00", True),
        (USUAL, "07:59", True),
        (USUAL, "08:00", False),
        (NOON, "11:59", False),
        (NOON, "13:29", True),
        (NOON, "13:30", False),
        (NONE, "00:00", False),
        (NONE, "23:59", False),
    ],
)
def test_quiet_hours(attention: Attention, clock: str, *, quiet: bool) -> None:
    """They begin with their first minute and end before their last, also over midnight."""
    assert is_quiet(attention, datetime.fromisoformat(f"2026-03-09T{clock}:00")) is quiet


@pytest.mark.parametrize(
    ("zone", "now", "free"),
    [
        ("Asia/Shanghai", "2026-03-09T02:00", "2026-03-09T02:00"),
        ("Asia/Shanghai", "2026-03-09T12:00", "2026-03-10T00:00"),
        ("Asia/Shanghai", "2026-03-09T23:59", "2026-03-10T00:00"),
        ("America/New_York", "2026-03-08T02:00", "2026-03-08T12:00"),  # the clock is put forward that night
        ("America/New_York", "2026-11-01T02:00", "2026-11-01T13:00"),  # and back in this one
        ("Europe/London", "2028-02-28T22:00", "2028-02-29T08:00"),
    ],
)
def test_end_of_quiet_hours(zone: str, now: str, free: str) -> None:
    """What comes in the night waits for eight o'clock where the member lives, whatever became of the clocks."""
    found = free_from(USUAL, datetime.fromisoformat(f"{now}+00:00"), zone)
    assert found == datetime.fromisoformat(f"{free}+00:00")


def test_end_that_the_clock_leaves_out() -> None:
    """Where there is no half past two that night, it is told an hour after half past one."""
    early = replace(USUAL, quiet_until=2 * 60 + 30)
    found = free_from(early, datetime(2026, 3, 8, 4, 0, tzinfo=UTC), "America/New_York")
    assert found == datetime(2026, 3, 8, 7, 30, tzinfo=UTC)


def test_every_instant_of_a_year_has_a_free_one_after_it() -> None:
    """Hour by hour through both changes of the clocks: never before now, never quiet, within half a day or so."""
    for zone in ("America/New_York", "Europe/London", "Asia/Shanghai", "Australia/Lord_Howe"):
        for hour in range(0, 366 * 24, 5):
            now = NOW + timedelta(hours=hour)
            free = free_from(USUAL, now, zone)
            assert now <= free <= now + timedelta(hours=13)
            assert free_from(USUAL, free, zone) == free


@pytest.mark.parametrize(
    ("zone", "now", "began"),
    [
        ("Asia/Shanghai", "2026-03-09T02:00", "2026-03-08T16:00"),
        ("America/New_York", "2026-03-09T03:30", "2026-03-08T05:00"),
        ("UTC", "2026-03-09T00:00", "2026-03-09T00:00"),
    ],
)
def test_day_of_the_ceiling(zone: str, now: str, began: str) -> None:
    """The day that is counted is the member's."""
    assert day_began(datetime.fromisoformat(f"{now}+00:00"), zone) == datetime.fromisoformat(f"{began}+00:00")


def test_burst_is_open_for_an_hour() -> None:
    """What happens within the hour belongs to it; one that waits for the morning is open until an hour after it."""
    assert is_open(BURST, NOW + timedelta(minutes=59))
    assert not is_open(BURST, NOW + timedelta(hours=1))
    assert is_open(replace(BURST, due_at=NOW + timedelta(hours=9)), NOW)


@pytest.mark.parametrize(
    ("after", "number", "at"), [(-9.0, 0, 0), (0.0, 0, 0), (0.5, 1, 12), (9.9, 1, 12), (10.0, 2, 22), (59.0, 6, 62)]
)
def test_changes_of_a_message_are_gathered(after: float, number: int, at: int) -> None:
    """The first telling is at its time; later ones are shared by all that happens within ten seconds."""
    assert telling(BURST, NOW + timedelta(seconds=after)) == (number, NOW + timedelta(seconds=at))


def test_told_already_is_changed() -> None:
    """What happens in the very instant of the first telling is a change of it."""
    assert telling(replace(BURST, told_at=NOW), NOW)[0] == 1


def _rule(offered_at: datetime | None = None) -> Rule:
    return Rule(
        id="r",
        workspace_id=USUAL.workspace_id,
        member_id=USUAL.member_id,
        kind=RuleKind.STAGE,
        target="quote",
        offered_at=offered_at,
        created_at=NOW,
        updated_at=NOW,
    )


def test_ignored() -> None:
    """Ten in a row without a press; one press among them is enough, and nobody is asked again within a fortnight."""
    lying = [replace(BURST, id=str(number)) for number in range(IGNORED)]
    assert is_ignored(_rule(), lying, NOW)
    assert not is_ignored(_rule(), lying[1:], NOW)
    assert not is_ignored(_rule(), [*lying[1:], replace(BURST, acted_at=NOW)], NOW)
    assert not is_ignored(_rule(NOW - timedelta(days=13)), lying, NOW)
    assert is_ignored(_rule(NOW - timedelta(days=14)), lying, NOW)
