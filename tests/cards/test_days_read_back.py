"""The days and moments that cards and receipts show are read back as what they were, told as gone if they are."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cards.words import LANGUAGES, Words
from core import when

NOW = datetime(2026, 11, 26, 10, tzinfo=UTC)
_DAYS = st.integers(-330, 700).map(lambda days: NOW.date() + timedelta(days=days))


@pytest.mark.parametrize("zone", ["UTC", "Europe/London", "America/New_York"])
@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=60, deadline=timedelta(seconds=5))
@given(day=_DAYS)
def test_a_day_reads_back(language: str, zone: str, day: date) -> None:
    """``Sat 5 Dec``, ``5 Dec 2027``, ``12月5日 周六``, ``tomorrow``."""
    words = Words(language, zone)
    now = NOW.astimezone(words.zone)
    for shown in (words.date(day, now.date()), words.full_date(day)):
        found = when.read(shown, now, words.locale, past=day < now.date())
        assert found is not None, shown
        assert found.start.date() == day, shown


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=60, deadline=timedelta(seconds=5))
@given(day=_DAYS, minutes=st.integers(0, 24 * 60 - 1))
def test_a_moment_reads_back(language: str, day: date, minutes: int) -> None:
    """``Sat 5 Dec 15:30`` is that day at that time."""
    words = Words(language)
    moment = datetime.combine(day, datetime.min.time(), UTC) + timedelta(minutes=minutes)
    shown = words.moment(moment, NOW)
    found = when.read(shown, NOW, words.locale, past=moment < NOW)
    assert found is not None, shown
    assert found.start == moment.replace(tzinfo=None), shown
