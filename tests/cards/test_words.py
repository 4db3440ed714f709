"""Days, times, amounts and plurals read as people say them, in the reader's language and zone."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cards.words import Words
from core.money import Money

NOW = datetime(2026, 3, 9, 2, 0, tzinfo=UTC)
TODAY = date(2026, 3, 9)
EN, ZH = Words("en", "Asia/Shanghai"), Words("zh_Hans", "Asia/Shanghai")


@pytest.mark.parametrize(
    ("day", "english", "chinese"),
    [
        (date(2026, 3, 9), "today", "今天"),
        (date(2026, 3, 10), "tomorrow", "明天"),
        (date(2026, 3, 8), "yesterday", "昨天"),
        (date(2026, 3, 17), "Tue 17 Mar", "3月17日 周二"),
        (date(2027, 1, 2), "2 Jan 2027", "2027年1月2日"),
        (date(2025, 12, 31), "31 Dec 2025", "2025年12月31日"),
    ],
)
def test_days(day: date, english: str, chinese: str) -> None:
    """Near days by their names, days of this year with the weekday, others with the year."""
    assert EN.date(day, TODAY) == english
    assert ZH.date(day, TODAY) == chinese


@pytest.mark.parametrize(
    ("ago", "english", "chinese"),
    [
        (timedelta(seconds=-5), "just now", "刚刚"),
        (timedelta(seconds=44), "just now", "刚刚"),
        (timedelta(seconds=50), "1 minute ago", "1 分钟前"),
        (timedelta(minutes=59), "59 minutes ago", "59 分钟前"),
        (timedelta(hours=1), "1 hour ago", "1 小时前"),
        (timedelta(hours=23), "23 hours ago", "23 小时前"),
        (timedelta(hours=25), "yesterday", "昨天"),
        (timedelta(days=10), "Fri 27 Feb", "2月27日 周五"),
    ],
)
def test_how_long_ago(ago: timedelta, english: str, chinese: str) -> None:
    """Within a day in minutes and hours, beyond it by the day."""
    assert EN.ago(NOW - ago, NOW) == english
    assert ZH.ago(NOW - ago, NOW) == chinese


@pytest.mark.parametrize(
    ("money", "english", "chinese"),
    [
        (Money(30_000_000, "CNY"), "CN¥300,000", "¥300,000"),
        (Money(120_050, "USD"), "$1,200.50", "US$1,200.50"),
        (Money(5, "JPY"), "¥5", "JP¥5"),
        (Money(1_500, "KWD"), "KWD1.500", "KWD1.500"),
        (Money(0, "EUR"), "€0", "€0"),
    ],
)
def test_amounts(money: Money, english: str, chinese: str) -> None:
    """Without decimals when there are none, else with those of the currency, as the language writes it."""
    assert EN.money(money).replace("\xa0", " ") == english
    assert ZH.money(money).replace("\xa0", " ") == chinese


def test_moment_is_the_readers() -> None:
    """An instant is a day and a time on the reader's clock."""
    assert EN.moment(NOW, NOW) == "today 10:00"
    assert Words("en", "America/New_York").moment(NOW, NOW) == "today 22:00"
    assert Words("en", "America/New_York").today(NOW) == date(2026, 3, 8)
    assert ZH.moment(NOW + timedelta(days=1), NOW) == "明天 10:00"


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 open tasks"), (1, "1 open task"), (2, "2 open tasks"), (1_000, "1,000 open tasks")]
)
def test_plurals(count: int, said: str) -> None:
    """One is one, everything else is several."""
    assert EN.many("{count} open task", "{count} open tasks", count) == said


def test_unknown_language_is_english() -> None:
    """A language without a catalogue is English, and a message that none has is itself."""
    assert Words("tlh").language == "en"
    assert ZH("not in any catalogue {x}", x=1) == "not in any catalogue 1"


def test_braces_in_values_are_text() -> None:
    """What a value says is never read as a placeholder."""
    assert EN("No customer “{asked}”.", asked="{0} {asked} %s") == "No customer “{0} {asked} %s”."
