"""A digest comes once on each of its local dates, whatever the clocks do: years of them, with time as a parameter."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from core.digests.model import EVERY_DAY, WORKDAYS, Digest, DigestId, Frequency
from core.digests.schedule import date_before, first_after, local_date, newest_due, occurrences
from core.ids import MemberId, WorkspaceId

ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Shanghai", "America/Sao_Paulo")
# 02:30 does not exist in spring in Berlin and New York, 02:15 on Lord Howe, 00:00 in the São Paulo of 2018; 01:30,
# 01:45 and 23:30 come twice there in autumn.
CLOCKS = ("00:00", "01:30", "01:45", "02:15", "02:30", "09:00", "23:30")
DAY = timedelta(days=1)


def _digest(zone: str, at: str = "09:00", days: tuple[int, ...] = EVERY_DAY) -> Digest:
    begun = datetime(2018, 1, 1, tzinfo=UTC)
    return Digest(
        id=DigestId("d"),
        workspace_id=WorkspaceId("w"),
        holder="m",
        frequency=Frequency.DAILY,
        member_id=MemberId("m"),
        days=days,
        at=at,
        zone=zone,
        next_at=begun,
        created_at=begun,
        updated_at=begun,
    )


def _year(digest: Digest, year: int) -> Iterator[datetime]:
    """One after another, each the first after the one before, as the worker goes from one to the next."""
    zone = ZoneInfo(digest.zone)
    at = datetime(year, 1, 1, tzinfo=zone).astimezone(UTC) - timedelta(seconds=1)
    digest = replace(digest, last_on=date(year - 1, 12, 31))
    while (at := first_after(digest, at)).astimezone(zone).year == year:
        digest = replace(digest, last_on=local_date(digest, at))
        yield at


def _dates(year: int, days: tuple[int, ...]) -> list[date]:
    first = date(year, 1, 1)
    every = (first + number * DAY for number in range(366))
    return [day for day in every if day.year == year and day.isoweekday() in days]


@pytest.mark.parametrize("year", [2018, 2024, 2026])
@pytest.mark.parametrize("at", CLOCKS)
@pytest.mark.parametrize("zone", ZONES)
def test_once_on_every_local_date(zone: str, at: str, year: int) -> None:
    """In a year with a leap day and in those without, each date has one, in order, at its time or just behind a gap."""
    found = list(_year(_digest(zone, at), year))
    local = [instant.astimezone(ZoneInfo(zone)) for instant in found]
    assert [each.date() for each in local] == _dates(year, EVERY_DAY)
    assert all(earlier < later for earlier, later in pairwise(found))
    others = [each for each in local if each.time() != time.fromisoformat(at)]
    assert len(others) <= 1  # the day on which there is no such time
    assert all(
        each - datetime.combine(each.date(), time.fromisoformat(at), each.tzinfo) <= timedelta(hours=1)
        for each in others
    )


@pytest.mark.parametrize("days", [(1,), (1, 4), WORKDAYS, (7,)])
@pytest.mark.parametrize("zone", ZONES)
def test_only_on_its_days(zone: str, days: tuple[int, ...]) -> None:
    """A weekly one and one for workdays come on those days of the week, where the digest is, and on no other."""
    found = [instant.astimezone(ZoneInfo(zone)).date() for instant in _year(_digest(zone, days=days), 2026)]
    assert found == _dates(2026, days)


@pytest.mark.parametrize(
    ("zone", "at", "said"),
    [
        ("Europe/Berlin", "02:30", "2026-03-29T01:00Z"),  # 02:30 is left out: as the clocks have gone on
        ("Europe/Berlin", "02:30", "2026-10-25T00:30Z"),  # 02:30 comes twice: the first time
        ("America/New_York", "02:30", "2026-03-08T07:00Z"),
        ("America/New_York", "01:30", "2026-11-01T05:30Z"),
        ("Australia/Lord_Howe", "02:15", "2026-10-03T15:30Z"),
        ("Australia/Lord_Howe", "01:45", "2026-04-04T14:45Z"),
        ("America/Sao_Paulo", "00:00", "2018-11-04T03:00Z"),
        ("America/Sao_Paulo", "23:30", "2018-02-18T01:30Z"),
    ],
)
def test_when_the_clocks_change(zone: str, at: str, said: str) -> None:
    """On the day in spring it comes when the clocks have been put forward, in autumn at the first of the two times."""
    expected = datetime.fromisoformat(said)
    assert expected in list(_year(_digest(zone, at), expected.year))


@pytest.mark.parametrize("zone", ZONES)
def test_repeated_hour_brings_no_second_one(zone: str) -> None:
    """Asked again and again through a whole night of two hours alike, a date that was sent is not due once more."""
    for at in CLOCKS:
        digest = _digest(zone, at)
        for instant in list(_year(digest, 2018)):
            sent = replace(digest, last_on=local_date(digest, instant))
            for later in (0, 1800, 3600, 5400, 7200):
                assert local_date(digest, first_after(sent, instant + timedelta(seconds=later))) > sent.last_on


def test_after_a_sleep_the_newest_is_due() -> None:
    """Of many that were missed the last one is said; of none but one, that one."""
    digest = replace(_digest("Europe/Berlin"), next_at=datetime(2026, 3, 27, 8, tzinfo=UTC))
    assert newest_due(digest, datetime(2026, 3, 27, 8, tzinfo=UTC)) == digest.next_at
    assert newest_due(digest, datetime(2026, 3, 30, 6, 59, tzinfo=UTC)) == datetime(2026, 3, 29, 7, tzinfo=UTC)
    assert newest_due(digest, datetime(2026, 3, 30, 7, 0, tzinfo=UTC)) == datetime(2026, 3, 30, 7, tzinfo=UTC)


def test_new_zone_on_the_same_date() -> None:
    """A date that was sent in one zone is not sent again in another that is behind it."""
    digest = replace(_digest("Asia/Shanghai"), last_on=date(2026, 3, 10))
    moved = replace(digest, zone="America/New_York")
    assert local_date(moved, first_after(moved, datetime(2026, 3, 10, 2, tzinfo=UTC))) == date(2026, 3, 11)


@pytest.mark.parametrize(
    ("days", "before"), [(EVERY_DAY, date(2026, 3, 8)), (WORKDAYS, date(2026, 3, 6)), ((1,), date(2026, 3, 2))]
)
def test_news_since_the_last_one(days: tuple[int, ...], before: date) -> None:
    """What counts as new on a Monday begins on Sunday, on Friday, or on the Monday before, as the days are."""
    digest = _digest("Europe/Berlin", days=days)
    assert date_before(digest, datetime(2026, 3, 9, 8, tzinfo=UTC)) == before


def test_never_two_in_a_row_of_occurrences() -> None:
    """Looking ahead gives each date once, too."""
    digest = _digest("America/Sao_Paulo", "23:30")
    coming = occurrences(digest, datetime(2018, 2, 1, tzinfo=UTC))
    dates = [local_date(digest, next(coming)) for _ in range(60)]
    assert dates == [date(2018, 2, 1) + (number - 1) * DAY for number in range(60)]
