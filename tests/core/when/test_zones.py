"""Times on the nights the clocks change, in the member's zone."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.when import Found, find

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
# The noon before the hour from two to three is skipped, and before it comes twice (in New York from one to two).
SPRING = {BERLIN: datetime(2027, 3, 27, 12, tzinfo=BERLIN), NEW_YORK: datetime(2027, 3, 13, 12, tzinfo=NEW_YORK)}
AUTUMN = {BERLIN: datetime(2026, 10, 24, 12, tzinfo=BERLIN), NEW_YORK: datetime(2026, 10, 31, 12, tzinfo=NEW_YORK)}


def only(text: str, now: datetime) -> Found:
    (found,) = find(text, now, "zh_CN" if text > "\u3000" else "en")
    return found


@pytest.mark.parametrize("zone", SPRING, ids=str)
@pytest.mark.parametrize("text", ["tomorrow at 2:30am", "2:30am tomorrow", "明天凌晨两点半", "tomorrow 2:30am-5am"])
def test_a_time_that_is_skipped_moves_forward(text: str, zone: ZoneInfo) -> None:
    """02:30 on the day the clocks go forward is 03:30, as RFC 5545 has it."""
    now = SPRING[zone]
    start = only(text, now).start
    assert start == datetime.combine((now + timedelta(days=1)).date(), datetime(2027, 1, 1, 3, 30).time())  # noqa: DTZ001
    assert start.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).hour == 3


@pytest.mark.parametrize("zone", SPRING, ids=str)
@pytest.mark.parametrize("text", ["tomorrow at 2:30am", "明天凌晨两点半"])
def test_a_time_on_any_other_night_stays(text: str, zone: ZoneInfo) -> None:
    """The night before, and without a zone, 02:30 is 02:30."""
    for now in (SPRING[zone] - timedelta(days=1), SPRING[zone].replace(tzinfo=None)):
        assert only(text, now).start.hour == 2


@pytest.mark.parametrize("zone", SPRING, ids=str)
def test_hours_pass_and_days_are_counted(zone: ZoneInfo) -> None:
    """24 hours over the change end an hour off, a day later is the same time."""
    assert only("in 24 hours", SPRING[zone]).start.hour == 13
    assert only("in 24 hours", AUTUMN[zone]).start.hour == 11
    assert only("tomorrow at noon", SPRING[zone]).start.hour == only("tomorrow at noon", AUTUMN[zone]).start.hour == 12
    assert only("24小时后", SPRING[zone]).start.hour == 13


def test_minutes_over_the_gap() -> None:
    """Half an hour after a quarter to two is a quarter past three where two o'clock is skipped."""
    for zone, noon in SPRING.items():
        now = (noon + timedelta(days=1)).replace(hour=1, minute=45)
        assert only("in 30 minutes", now).start.replace(tzinfo=zone).isoformat()[11:16] == "03:15"


@pytest.mark.parametrize(("zone", "hour"), [(BERLIN, 2), (NEW_YORK, 1)])
def test_a_time_that_comes_twice(zone: ZoneInfo, hour: int) -> None:
    """Named, it is the first of the two; reached by counting, the one that is reached."""
    named = only(f"tomorrow at {hour}:30am", AUTUMN[zone]).start
    assert (named.hour, named.fold) == (hour, 0)
    before = named.replace(tzinfo=zone) - timedelta(hours=1)
    reached = only("in 2 hours", before).start
    assert (reached.hour, reached.minute, reached.fold) == (hour, 30, 1)
    passed = reached.replace(tzinfo=zone).astimezone(UTC) - before.astimezone(UTC)
    assert passed == timedelta(hours=2)
