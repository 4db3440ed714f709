"""What a line seems to say and cannot be read is told or asked about, never dropped without a word."""

from datetime import date
from decimal import Decimal

import pytest

from tests.kith import Kith, labels_of, shown, values_of


@pytest.fixture
def kith(sqlite_kith: Kith) -> Kith:
    """A customer of each language."""
    sqlite_kith.say("new customer Acme")
    sqlite_kith.say("new customer 远航科技")
    return sqlite_kith


@pytest.mark.parametrize("day", ["31 Feb", "31/11", "Feb 30th", "2026-02-30", "2月30日"])
def test_day_that_is_none(kith: Kith, day: str) -> None:
    """A day that no month has stays in the title, the receipt says so, and Edit is a press away."""
    raised = kith.say(f"task Acme: pay {day}")
    assert f"“{day}” is no day of the calendar" in shown(raised)
    (task,) = kith.rows()["tasks"]
    assert (task.due_on, day in task.title) == (None, True)
    assert values_of(kith.press(raised, "Edit"))["due"] == ""
    kith.say("settings 中文")
    assert f"日历上没有“{day}”这一天" in shown(kith.say(f"任务 远航科技：付款 {day}"))


@pytest.mark.parametrize("line", ["task Acme: half 1/2 done", "task Acme: 24/7 support", "task Acme: pay 29 Feb 2028"])
def test_what_is_a_day_or_none_at_all_is_not_told(kith: Kith, line: str) -> None:
    """Fractions and real days are no cause for words."""
    assert "no day of the calendar" not in shown(kith.say(line))


def test_nobody(kith: Kith) -> None:
    """An @word of nobody's stays in the title; the receipt says whose the task is and offers to hand it over."""
    raised = kith.say("task Acme: ask @nobody about it")
    assert "Nobody here is called @nobody, so the task is yours." in shown(raised)
    (task,) = kith.rows()["tasks"]
    assert task.title == "ask @nobody about it"
    assert "For" in {one.label for one in kith.press(raised, "Hand over").form.inputs}  # type: ignore[union-attr]
    assert "Nobody here" not in shown(kith.say("task Acme: ask @lin"))


@pytest.mark.parametrize(
    ("line", "title", "priority"),
    [
        ("task Acme: do it next Tue @lin high", "do it", "high"),
        ("task Acme: do it next Tue low", "do it", "low"),
        ("task Acme: do it high priority", "do it", "high"),
        ("task Acme: do it, low priority", "do it", "low"),
        ("任务 远航科技：发合同 周五 高", "发合同", "high"),
        ("任务 远航科技：发合同 低优先级", "发合同", "low"),
        ("task Acme: aim high", "aim high", "normal"),
        ("task Acme: urgent", "urgent", "high"),
    ],
)
def test_priority(kith: Kith, line: str, title: str, priority: str) -> None:
    """A priority behind a day or a name is one; a word that only sounds so is part of the title."""
    assert kith.say(line).ok
    (task,) = kith.rows()["tasks"]
    assert (task.title, task.priority) == (title, priority)


@pytest.mark.parametrize("line", ["Spindle -5000", "Spindle -$5k", "Huge 99999999999999999999"])
def test_amount_that_cannot_be(kith: Kith, line: str) -> None:
    """An amount below nothing or beyond everything is refused, as a form refuses it."""
    assert kith.say(f"new deal Acme: {line}").error == "out_of_range"
    assert kith.rows()["deals"] == []


@pytest.mark.parametrize(("line", "unread"), [("A11 1.2.3M", "1.2.3M"), ("A12 100", "100"), ("Cable 500m", "500m")])
def test_number_that_may_be_an_amount(kith: Kith, line: str, unread: str) -> None:
    """A number that may be an amount stays in the name; the receipt says so, and Edit is a press away."""
    opened = kith.say(f"new deal Acme: {line}")
    assert f"“{unread}” was not read as an amount and stayed in the name." in shown(opened)
    (deal,) = kith.rows()["deals"]
    assert (deal.name, deal.amount) == (line, None)
    assert values_of(kith.press(opened, "Edit"))["name"] == line


@pytest.mark.parametrize("name", ["Phase 2", "Expansion 2027", "M8 bolts", "A3"])
def test_number_of_a_name(kith: Kith, name: str) -> None:
    """A phase, a year and a model are no amounts, and no words are made of them."""
    assert "was not read" not in shown(kith.say(f"new deal Acme: {name}"))
    assert kith.rows()["deals"][0].name == name


@pytest.mark.parametrize(
    ("line", "name", "amount", "close"),
    [
        ("new deal Acme: A3 30w", "A3", 300_000, None),
        ("新商机 远航科技 二期 30万 月底", "二期", 300_000, date(2026, 3, 31)),
        ("新商机 远航科技：三期 30万 月底", "三期", 300_000, date(2026, 3, 31)),
        ("新商机 远航科技：四期 三十万 下月底成交", "四期", 300_000, date(2026, 4, 30)),
        ("新商机 远航科技：五期 30万 下周五前签约", "五期", 300_000, date(2026, 3, 20)),
        ("新商机 远航科技：六期 月底成交 30万", "六期", 300_000, date(2026, 3, 31)),
        ("new deal Acme: Pack ¥50k close end of month", "Pack", 50_000, date(2026, 3, 31)),
        ("new deal Acme: Pack ¥50k end of month", "Pack", 50_000, date(2026, 3, 31)),
        ("new deal Acme: May campaign ¥50k", "May campaign", 50_000, None),
    ],
)
def test_deal_in_one_line(kith: Kith, line: str, name: str, amount: int, close: date | None) -> None:
    """Name, amount and expected close are read in both languages; a day that is part of the name stays there."""
    assert kith.say(line).ok
    (deal,) = kith.rows()["deals"]
    assert deal.amount is not None
    assert (deal.name, deal.amount.amount, deal.close_on) == (name, Decimal(amount), close)


def test_close_that_is_over(kith: Kith) -> None:
    """A close that is over is told, as a form tells it."""
    assert kith.say("新商机 远航科技：二期 30万 昨天").error == "in_past"


def test_bare_amount_is_in_the_customers_currency(kith: Kith) -> None:
    """A bare amount is in the currency of the customer's other deals, in a line, a form and an edit; it is told."""
    kith.say("new deal Acme: Cold chain $120k")
    opened = kith.say("new deal Acme: Spindle pack 1.2M")
    assert "$1,200,000" in shown(opened)
    assert "The amount is in USD, as this customer's other deals are." in shown(opened)
    assert "$5,000" in shown(kith.submit(kith.say("new deal Acme"), {"name": "By form", "amount": "5k"}))
    assert "$90,000" in shown(kith.say("deal Spindle pack 90k"))
    assert "as this customer's" not in shown(kith.say("new deal Acme: Named $5k"))
    assert "CN¥5,000" in shown(kith.say("new deal 远航科技: Here 5k"))


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("deal 远航科技 quote 30万, close: Friday", {"stage": "Quote", "close_on": "Friday"}),
        ("deal Acme pumps negotiation 40%", {"stage": "Negotiation", "probability": "40", "name": "pumps"}),
        ("deal quote $5k", {"stage": "Quote", "customer": ""}),
    ],
)
def test_offer_of_a_new_deal_keeps_what_was_typed(kith: Kith, line: str, values: dict[str, str]) -> None:
    """Where there is no open deal, the form of a new one that is offered holds what was said of it."""
    form = values_of(kith.press(kith.say(line), "New deal"))
    assert {name: form[name] for name in values} == values
    assert form["amount"] or "40%" in line


# -- by its own name -------------------------------------------------------------------------------


@pytest.fixture
def named(kith: Kith) -> Kith:
    """Deals with names of their own."""
    kith.say("new deal Acme: Monitoring of spindles $5k")
    kith.say("new deal Acme: Service contract $5k")
    kith.say("new deal 远航科技: 主轴在线监测 30万")
    return kith


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("deal Monitoring of spindles", "Monitoring of spindles"),
        ("deal monitoring of spindles won", "Lead → Won"),
        ("deal “Monitoring of spindles” won", "Lead → Won"),
        ("deal 主轴在线监测 won", "Lead → Won"),
        ("商机 主轴在线监测 赢单", "Lead → Won"),
        ("商机 主轴在线监测赢单", "Lead → Won"),
        ('deal Acme "Monitoring of spindles" won', "Lead → Won"),
        ("deal Monitoring of spindles quote $9k", "$5,000 → $9,000"),
    ],
)
def test_deal_by_its_name(named: Kith, line: str, said: str) -> None:
    """A deal is shown and moved by its own name, with or without its customer's, and no word of it becomes a note."""
    assert said in shown(named.say(line))
    assert named.rows()["activities"] == []


def test_deal_is_edited_by_its_name(named: Kith) -> None:
    """A deal's whole name is enough to change it."""
    assert "$5,000 → $6,000" in shown(named.say("edit Service contract amount: 6k"))
    assert values_of(named.say("修改 主轴在线监测"))["name"] == "主轴在线监测"


def test_deals_of_one_name(named: Kith) -> None:
    """Several deals of one name are asked about; a customer of that name comes first."""
    named.say("new deal 远航科技: Service contract 5k")
    asked = named.say("deal Service contract won")
    assert labels_of(asked) == ["This one", "This one"]
    assert "Lead → Won" in shown(named.press(asked, "This one"))
    named.say("new customer Service contract")
    assert "Service contract has no open deal" in shown(named.say("deal Service contract"))


def test_task_is_handed_over_by_its_words(named: Kith) -> None:
    """A task is handed over by its words, as help says; several are asked about, and none is told as before."""
    named.say("task Acme: send the quote")
    named.say("task Acme: send samples")
    asked = named.say("assign send @lin")
    assert labels_of(asked) == ["This one", "This one"]
    assert "For  Mara → Lin" in shown(named.press(asked, "This one"))
    assert "For  Mara → Lin" in shown(named.say("assign send samples @lin"))
    assert named.say("assign nothing of the kind @lin").error == "customer_not_found"
