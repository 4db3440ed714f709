"""One line is read into follow-up, day, amount, stage and mentions; what is merely dated is not a task."""

from datetime import date, datetime, time

import pytest

from core.capture import Captured, capture

NOW = datetime(2026, 3, 4, 10, 30)  # noqa: DTZ001 - a member's wall time; a Wednesday


def read(text: str) -> Captured:
    return capture(text, NOW, "zh_CN" if any("\u3400" <= char <= "\u9fff" for char in text) else "en")


@pytest.mark.parametrize(("text", "day", "at", "task"), [
    ("拜访 华为 张三 谈报价 下周三跟进 30万", date(2026, 3, 11), None, "跟进"),
    ("昨天拜访华为，张总要报价，下周三发报价", date(2026, 3, 11), None, "发报价"),
    ("今天拜访了张总谈得不错下周三发报价", date(2026, 3, 11), None, "发报价"),
    ("提醒我明天下午三点给王总打电话", date(2026, 3, 5), time(15), "给王总打电话"),
    ("周五下班前发方案", date(2026, 3, 6), time(18), "发方案"),
    ("见了王总 下个月5号再联系", date(2026, 4, 5), None, "再联系"),
    ("3天后回访", date(2026, 3, 7), None, "回访"),
    ("聊了合同条款，@王芳 周五前跟进", date(2026, 3, 6), None, "跟进"),
    ("Met Acme yesterday, wants a demo, follow up next Tue 3pm to send the quote", date(2026, 3, 10), time(15),
    "send the quote"),
    ("Acme: send the quote by Friday", date(2026, 3, 6), None, "send the quote"),
    ("lost to a competitor, call back in 3 months", date(2026, 6, 4), None, "call back"),
    ("Quoted 20k USD, next step: demo Thursday 2pm", date(2026, 3, 5), time(14), "demo"),
    ("send contract EOD Friday", date(2026, 3, 6), None, "send contract"),
    ("met Sam and will call him back on the 15th at 4pm", date(2026, 3, 15), time(16), "call him back"),
    ("Intro call. They like it. Next week", date(2026, 3, 9), None, ""),
    ("this week follow up with legal", date(2026, 3, 6), None, "follow up with legal"),
])  # fmt: skip
def test_followup(text: str, day: date, at: time | None, task: str) -> None:
    """A date ahead near words of doing is a follow-up, its task the clause without the date."""
    followup = read(text).followup
    assert followup is not None
    assert (followup.date, followup.time, followup.text) == (day, at, task)
    assert followup.matched in text


@pytest.mark.parametrize("text", [
    "合同12月31日到期", "call with Bob, contract expires 31 Dec", "met Acme Tuesday, good talk", "周一拜访了中兴",
    "follow up", "visited 3 days ago, sent 20 samples", "",
])  # fmt: skip
def test_no_followup(text: str) -> None:
    """A fact about the future, a past day or no day at all makes no task."""
    assert read(text).followup is None


@pytest.mark.parametrize(("text", "day"), [
    ("昨天拜访华为，下周三发报价", date(2026, 3, 3)), ("met Acme Tuesday, good talk", date(2026, 3, 3)),
    ("周一拜访了中兴", date(2026, 3, 2)), ("visited 3 days ago", date(2026, 3, 1)),
    ("Met them last Friday", date(2026, 2, 27)),
    ("上周五见了李总", date(2026, 2, 27)), ("met Acme today", None), ("Acme was founded in 2010", None),
    ("follow up Friday", None),
])  # fmt: skip
def test_happened(text: str, day: date | None) -> None:
    """A past day said is the day it happened; an open one is past when the clause is told in the past."""
    assert read(text).happened == day


@pytest.mark.parametrize(("text", "stage"), [
    ("visited Acme, $1.2M deal won", "won"), ("拿下了，合同已签", "won"), ("赢单 30万", "won"),
    ("Lost to a competitor", "lost"),
    ("丢单了，选了竞品", "lost"), ("没中标", "lost"), ("negotiating terms with legal", "negotiation"),
    ("还价到50万", "negotiation"),
    ("谈报价", "quote"), ("quoted 20k", "quote"), ("they haven't won yet", None), ("good chat", None),
])  # fmt: skip
def test_stage(text: str, stage: str | None) -> None:
    """Words of winning, losing, bargaining and quoting tell the stage, unless they are denied."""
    assert read(text).stage == stage


def test_amount_and_currency() -> None:
    """An amount without a currency is yuan in a Chinese line, and open elsewhere unless a currency is given."""
    chinese, english = read("华为 30万").amount, read("Acme 30k deal").amount
    assert chinese is not None
    assert english is not None
    assert (chinese.currency, english.currency) == ("CNY", None)
    given = capture("Acme 30k deal", NOW, "en", "EUR").amount
    assert given is not None
    assert given.currency == "EUR"


@pytest.mark.parametrize(("text", "names"), [
    ("ping @bob and @li.wei, mail a@b.com", ("@bob", "@li.wei")), ("@张三跟进 @王芳", ("@张三", "@王芳")),
    ("no one", ()),
    ("@bob @bob", ("@bob",)),
])  # fmt: skip
def test_mentions(text: str, names: tuple[str, ...]) -> None:
    """People are named after an at sign; an e-mail address names nobody."""
    assert read(text).mentions == names


def test_nothing_is_lost() -> None:
    """The body is the line as typed, and each part found has its confidence."""
    text = "  拜访 华为 谈报价 下周三跟进 30万 @王芳 "
    captured = read(text)
    assert captured.body == text
    assert set(captured.confidence) == {"followup", "amount", "stage", "mentions"}
    assert all(0 < sure <= 1 for sure in captured.confidence.values())


def test_dates_without_end_are_not_all_read() -> None:
    """A text of thousands of dates is read near its beginning; what is planned there is found."""
    assert read("下周三发报价，" + "1月" * 4000).followup == read("下周三发报价").followup
