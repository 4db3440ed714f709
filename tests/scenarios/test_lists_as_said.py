"""A list is asked for in any of the words people have for it, in any order, and never becomes a record."""

import pytest

from tests.kith import Kith, labels_of, shown


@pytest.fixture
def kith(sqlite_kith: Kith) -> Kith:
    """Tasks and deals of two people, due and closing at several times; it is Monday, the 9th of March."""
    sqlite_kith.say("new customer Blue Harbor")
    sqlite_kith.say("new customer Friday Coffee")
    for line in (
        "task Blue Harbor: was to do today 11am",
        "task Blue Harbor: ring Tom today 8pm",
        "task Blue Harbor: on wednesday, due: wed",
        "task Blue Harbor: in april, due: 2 Apr",
        "task undated",
        "task Blue Harbor: lin's bill, due: today 11am, for: lin",
        "task Friday Coffee: beans, due: wed",
        "new deal Blue Harbor: Pumps $5k, close: 20 March",
        "new deal Blue Harbor: Pipes $7k, close: 20 April",
        "new deal Friday Coffee: Mill $9k, owner: lin, close: 30 March, stage: quote",
    ):
        assert sqlite_kith.say(line).ok, line
    sqlite_kith.clock.forward(hours=2)
    return sqlite_kith


def listed(kith: Kith, line: str) -> list[str]:
    """The titles of the list that a line shows."""
    reply = kith.say(line)
    assert reply.ok, shown(reply)
    assert reply.receipt == ""
    rows = [row.split(". ", 1) for row in shown(reply).splitlines() if row[:1].isdigit() and ". " in row]
    return [said.split("  ")[0].removeprefix("✗ ") for _, said in rows]


WAS, EVENING, WEDNESDAY, APRIL, BILL, BEANS = (
    "was to do",
    "ring Tom",
    "on wednesday",
    "in april",
    "lin's bill",
    "beans",
)


@pytest.mark.parametrize(
    ("line", "titles"),
    [
        ("overdue", [WAS]),
        ("overdue tasks", [WAS]),
        ("task overdue", [WAS]),
        ("tasks overdue", [WAS]),
        ("逾期", [WAS]),
        ("逾期任务", [WAS]),
        ("任务 逾期", [WAS]),
        ("任务列表 逾期", [WAS]),
        ("tasks overdue team", [WAS, BILL]),
        ("team's overdue tasks", [WAS, BILL]),
        ("任务 团队", [WAS, BILL, EVENING, WEDNESDAY, BEANS, APRIL, "undated"]),
        ("团队逾期任务", [WAS, BILL]),
        ("tasks today", [WAS, EVENING]),
        ("任务 今天", [WAS, EVENING]),
        ("今天的任务", [WAS, EVENING]),
        ("tasks tomorrow", []),
        ("tasks wednesday", [WEDNESDAY, BEANS]),
        ("tasks this week", [WAS, EVENING, WEDNESDAY, BEANS]),
        ("本周任务", [WAS, EVENING, WEDNESDAY, BEANS]),
        ("tasks next month", [APRIL]),
        ("tasks Friday Coffee", [BEANS]),
        ("tasks overdue Blue Harbor", [WAS, BILL]),
        ("tasks Blue Harbor this week", [WAS, BILL, EVENING, WEDNESDAY]),
        ("tasks @lin today", [BILL]),
    ],
)
def test_tasks(kith: Kith, line: str, titles: list[str]) -> None:
    """Each narrows the tasks to what it says; nothing is raised."""
    before = kith.rows()
    assert sorted(listed(kith, line)) == sorted(titles)
    assert kith.rows() == before


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("deals closing this month", ["Pumps"]),
        ("all deals closing this month", ["Pumps", "Mill"]),
        ("deals all closing this month", ["Pumps", "Mill"]),
        ("deals next month", ["Pipes"]),
        ("商机 全部", ["Pumps", "Mill", "Pipes"]),
        ("全部商机", ["Pumps", "Mill", "Pipes"]),
        ("本月商机", ["Pumps"]),
        ("商机列表 下个月", ["Pipes"]),
        ("deals quote", ["Mill"]),
        ("deals Blue Harbor next month", ["Pipes"]),
        ("deals @lin", ["Mill"]),
        ("my deals", ["Pumps", "Pipes"]),
    ],
)
def test_deals(kith: Kith, line: str, names: list[str]) -> None:
    """Each narrows the deals to what it says; nothing is opened or moved."""
    before = kith.rows()
    assert sorted(listed(kith, line)) == sorted(names)
    assert kith.rows() == before


def test_list_says_what_narrows_it(kith: Kith) -> None:
    """The title says what was asked for, in the member's language, and its pages keep to it."""
    assert "The team's overdue tasks (2)" in shown(kith.say("tasks overdue team"))
    assert "My tasks · this week (4)" in shown(kith.say("tasks this week"))
    assert "All open deals · this month (2)" in shown(kith.say("all deals closing this month"))
    for number in range(10):
        kith.say(f"task item {number}, due: wed")
    assert "9-14 of 14" in shown(kith.press(kith.say("tasks this week"), "Next"))
    kith.say("settings 中文")
    assert "团队的逾期任务" in shown(kith.say("团队逾期任务"))
    assert "我的任务 · 本周" in shown(kith.say("任务 本周"))


@pytest.mark.parametrize(
    "line", ["task call the team", "task chase overdue invoices", "任务 催逾期款", "todo mine the data"]
)
def test_title_with_such_a_word_is_a_task(kith: Kith, line: str) -> None:
    """A line that says more than a list's name is a task."""
    assert "Undo" in labels_of(kith.say(line))
    assert len(kith.rows()["tasks"]) == 8


@pytest.mark.parametrize("verb", ["tasks", "deals"])
@pytest.mark.parametrize("customer", ["0pq3txh00h23h", "0pq3txh00q4q1", "0pq3txh00b3st", "0pq3txh00wzzv"])
def test_an_id_is_no_day(kith: Kith, verb: str, customer: str) -> None:
    """The letters and digits of an id, as buttons name it, are never read as an hour, a quarter or a day."""
    assert shown(kith.say(f"{verb} {customer}")) == shown(kith.say(f"{verb} 0pq3txh00wzzz"))
