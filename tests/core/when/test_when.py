"""What depends on more than a rule: locale, zone, tense, the sentence around, and what is no time at all."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.when import Found, find, read
from core.when.lexer import lexicon

NOW = datetime(2026, 3, 2, 10)  # noqa: DTZ001 - a member's wall time; a Monday


def start(text: str, now: datetime = NOW, locale: str = "en", *, past: bool = False) -> str:
    (found,) = find(text, now, locale, past=past)
    return found.start.isoformat()[:16]


@pytest.mark.parametrize(("locale", "day"), [
    ("en", "2026-03-04"), ("en_US", "2026-03-04"), ("en_GB", "2026-04-03"), ("en-AU", "2026-04-03"),
    ("de_DE", "2026-04-03"),
    ("zh_CN", "2026-03-04"),
])  # fmt: skip
def test_order_of_day_and_month(locale: str, day: str) -> None:
    """3/4 is read by the locale; a day above twelve settles it anywhere."""
    assert start("3/4", locale=locale)[:10] == day
    assert start("25/4", locale=locale)[:10] == start("4/25", locale=locale)[:10] == "2026-04-25"


def test_chinese_dates_begin_with_the_year() -> None:
    """Two-digit dates with hyphens are written year first in Chinese, and not in English."""
    assert start("12-11-10", locale="zh_CN")[:10] == "2012-11-10"
    assert start("12-11-10", locale="en_US")[:10] == "2010-12-11"


def test_first_day_of_the_week() -> None:
    """The week begins on Sunday in America and on Monday in Britain and China."""
    assert start("next week", locale="en_US")[:10] == "2026-03-08"
    assert start("next week", locale="en_GB")[:10] == "2026-03-09"
    assert start("下周", locale="zh_CN")[:10] == "2026-03-09"


@pytest.mark.parametrize(("text", "coming", "gone"), [
    ("Friday", "2026-03-06", "2026-02-27"), ("Jan 5", "2027-01-05", "2026-01-05"),
    ("the 20th", "2026-03-20", "2026-02-20"),
    ("9:30", "2026-03-02", "2026-03-02"), ("周三", "2026-03-04", "2026-02-25"),
    ("yesterday", "2026-03-01", "2026-03-01"),
    ("next Friday", "2026-03-13", "2026-03-13"),
])  # fmt: skip
def test_past(text: str, coming: str, gone: str) -> None:
    """What the words leave open is coming, or gone when the tale is of the past; what they settle stays."""
    assert start(text)[:10] == coming
    assert start(text, past=True)[:10] == gone


def test_past_only_when_the_words_say_so() -> None:
    """A day and a time that have just passed are the next ones."""
    assert start("9am") == "2026-03-03T09:00"
    assert start("Monday")[:10] == "2026-03-09"
    assert start("Mar 1")[:10] == "2027-03-01"


def test_hours_across_a_change_of_the_clocks() -> None:
    """With a zone, hours are counted as they pass; a day later is the same wall time."""
    night = datetime(2026, 3, 28, 23, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    assert start("in 5 hours", night) == "2026-03-29T05:00"
    assert start("in 5 hours", night.replace(tzinfo=None)) == "2026-03-29T04:00"
    assert start("tomorrow 8am", night) == "2026-03-29T08:00"
    assert start("in 5 hours", datetime(2026, 3, 28, 23, 0, tzinfo=UTC)) == "2026-03-29T04:00"


@pytest.mark.parametrize(("text", "rule"), [
    ("every Monday", "FREQ=WEEKLY;BYDAY=MO"), ("每周一", "FREQ=WEEKLY;BYDAY=MO"),
    ("every other Friday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
    ("every Tue and Thu", "FREQ=WEEKLY;BYDAY=TU,TH"), ("daily", "FREQ=DAILY"), ("每两周", "FREQ=WEEKLY;INTERVAL=2"),
    ("每月5号", "FREQ=MONTHLY;BYMONTHDAY=5"), ("quarterly", "FREQ=MONTHLY;INTERVAL=3"),
    ("every weekday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
    ("first Monday of every month", "FREQ=MONTHLY;BYDAY=1MO"), ("每年3月15日", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=15"),
    ("every Monday at 9", "FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0"),
    ("每天早上9点", "FREQ=DAILY;BYHOUR=9;BYMINUTE=0"),
])  # fmt: skip
def test_recurring(text: str, rule: str) -> None:
    """A recurring phrase is told from a single day and carries its rule."""
    (found,) = find(text, NOW, "en")
    assert found.recurring == rule
    assert find("Monday", NOW, "en")[0].recurring == ""


@pytest.mark.parametrize(("text", "matched"), [
    ("call Bob next Tue 3pm about pricing", ["next Tue 3pm"]),
    ("Let's meet on Friday at 4, or tomorrow?", ["Friday at 4", "tomorrow"]),
    ("拜访 华为 张三 谈报价 下周三跟进 30万", ["下周三"]),
    ("明天下午３点和王总开会，周五前发报价", ["明天下午３点", "周五"]),
    ("後天下午三點 call 陳總", ["後天下午三點"]),
    ("next 周三 3pm 和 Tom 开会", ["next 周三 3pm"]),
    ("send it by EOD Friday please", ["EOD Friday"]),
    ("3-5pm Thu works", ["3-5pm Thu"]),
    ("demo Fri 11-12, then lunch", ["Fri 11-12"]),
    ("from Tue 3/10 to Thu 3/12", ["Tue 3/10 to Thu 3/12"]),
])  # fmt: skip
def test_inside_a_sentence(text: str, matched: list[str]) -> None:
    """Each expression is found with its words and place, without the word that leads to it."""
    found = find(text, NOW, "zh_CN" if "总" in text else "en")
    assert [each.matched for each in found] == matched
    assert all(text[slice(*each.span)] == each.matched for each in found)


@pytest.mark.parametrize("text", [
    "This may be it", "I may march on", "he sat down", "the sun is out", "Sun Microsystems called",
    "lunch at The Sun", "one on one with Bob", "1 on 1", "a second opinion", "just a second",
    "the second option",
    "version 2.3.1", "v2.10", "call 555-1234", "+1 415-555-2671", "138-0013-8000", "$12.50", "PN 10-4523",
    "part X-10/12",
    "24/7 support", "3 of 5", "a 4-5 star rating", "met with May Chen", "call April", "one of a kind", "1:1 with Bob",
    "10 licences",
    "they want 5 to 10 seats", "room 301", "A4 paper", "first time customer", "on the first call", "10.0.0.1",
    "invoice 20260301",
    "at 30%", "good morning", "day to day", "the deal of the year", "有一点贵", "提了三点建议", "聊一下合同",
    "早点回复", "日本客户", "3号楼",
    "第二个方案", "一起吃饭", "千万不要", "价格12.5元", "30万", "3台设备", "年轻人", "今后再说", "农历八月十五", "",
])  # fmt: skip
def test_no_time(text: str) -> None:
    """Words and numbers that only look like a time are left alone."""
    assert find(text, NOW, "en") == ()


def test_read_is_for_whole_texts() -> None:
    """A field's text is one expression, with a leading word at most."""
    assert isinstance(read("tomorrow 9am", NOW), Found)
    assert isinstance(read("by Friday", NOW), Found)
    assert read("call tomorrow", NOW) is None
    assert read("Monday or Tuesday", NOW) is None
    assert read("", NOW) is None


def test_confidence_tells_guesses() -> None:
    """A written date is surer than an ambiguous one, and an open hour than none."""
    sure = {text: find(text, NOW, "en")[0].confidence for text in ("2026-03-20", "3/4", "Friday at 4", "Friday 4pm")}
    assert sure["2026-03-20"] > sure["3/4"]
    assert sure["Friday 4pm"] > sure["Friday at 4"]


@settings(deadline=timedelta(seconds=5), max_examples=60)
@given(st.datetimes(min_value=datetime(1951, 1, 1), max_value=datetime(2099, 1, 1)))  # noqa: DTZ001
def test_written_moments_read_back(when: datetime) -> None:
    """What is echoed as ISO 8601 reads back to itself."""
    when = when.replace(microsecond=0)
    again = read(when.isoformat(), NOW)
    assert again is not None
    assert again.start == when
    day = read(f"{when:%Y-%m-%d}", NOW)
    assert day is not None
    assert day.start == when.replace(hour=0, minute=0, second=0)


_WORDS = sorted(lexicon())
_TEXTS = st.lists(
    st.one_of(st.sampled_from(_WORDS), st.integers(0, 99999999).map(str), st.text(max_size=4)), max_size=9
)


@pytest.mark.parametrize("text", ["Sat\t", "so Sat\t", "9/10\t", "see 9/10\t\t", "week 5\x0b", "Sun\u2003"])
def test_blanks_of_any_kind_may_follow(text: str) -> None:
    """A tab or another blank after a doubtful word is the end of the text."""
    assert len(find(text, NOW, "en")) <= 1
    assert find("let us see, Sat\nand more", NOW, "en")[0].matched == "Sat"


@settings(deadline=timedelta(seconds=5), max_examples=60)
@given(_TEXTS, st.sampled_from([" ", "", "-"]), st.sampled_from(["en", "en_GB", "zh_CN"]), st.booleans())
def test_nothing_raises(words: list[str], between: str, locale: str, past: bool) -> None:  # noqa: FBT001
    """Whatever is typed, the answer is a tuple whose spans hold what was matched and whose ranges run forward."""
    text = between.join(words)
    for found in find(text, NOW, locale, past=past):
        assert text[slice(*found.span)] == found.matched
        assert found.end is None or found.end >= found.start
        assert 0 < found.confidence <= 1


@pytest.mark.parametrize("text", ["0pq3txh00h23h", "part 0pq3txh00h23h is back", "id 14r4bdgh0ffgd", "x9h12h"])
def test_no_hour_begins_inside_a_name(text: str) -> None:
    """An hour does not begin in the middle of a word of letters and digits."""
    assert find(text, NOW, "en") == ()


def test_hours_that_touch_their_minutes_stay() -> None:
    """Hours and minutes written together are a time all the same."""
    for text in ("call at 14h30", "in 1h30"):
        assert find(text, NOW, "en"), text
