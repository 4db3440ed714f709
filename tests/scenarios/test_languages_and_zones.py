"""Everybody reads their own language, and times on their own clock, whoever wrote them and wherever."""

import re
from datetime import UTC, date, datetime

import pytest
from msgspec import to_builtins

from cards.words import Words
from commands.registry import COMMANDS
from tests.kith import Kith, labels_of, shown

HAN = range(0x4E00, 0xA000)


def latin_words(text: str) -> set[str]:
    """The words in Latin letters, in lower case; ids have digits and are none."""
    found = re.findall(r"[A-Za-z0-9]+", text)
    return {word.casefold() for word in found if word.isalpha()}


@pytest.fixture
def both(kith: Kith) -> Kith:
    """Mara reads Chinese, Lin English in New York, about the same customer."""
    kith.say("设置 中文")
    kith.say("settings New York", user="lin")
    kith.say("新客户 远航科技，行业：软件")
    kith.say("新联系人 远航科技：林晓 采购经理")
    kith.say("新商机 远航科技：二期扩容 30万，阶段：报价")
    kith.say("拜访 远航科技 林晓 谈报价 明天下午三点发合同")
    return kith


def test_each_in_their_language(both: Kith) -> None:
    """One record, two readers: labels, stages, days and amounts are each reader's."""
    hers, his = shown(both.say("远航")), shown(both.say("远航", user="lin"))
    for said in ("负责人", "报价 · 50 %", "明天 15:00", "最近动态", "¥300,000", "发合同"):
        assert said in hers
    for said in ("Owner", "Quote · 50 %", "Tue 10 Mar 03:00", "Lately", "CN¥300,000", "发合同"):
        assert said in his
    assert "Stage" not in hers
    assert "阶段" not in his


LINES = """
    帮助; 帮助 拜访; 我是谁; 远航; 360 远航科技; 时间线 远航科技; 任务列表; 任务列表 团队;
    任务列表 逾期; 商机列表; 商机列表 全部; 商机列表 赢单; 商机 远航科技; 完成; 推迟; 推迟 发合同;
    没有这个; 拜访 没有这个：好; 任务 昨天开会; 修改 远航科技 阶段：无; 修改 远航科技 颜色：红;
    时间线; 转交 远航科技 @没有; 撤销 x; 新客户 远航科技; 拜访 远航科技 很好; 备注 远航科技 很好;
    任务 远航科技：打电话 明天; 商机 远航科技 谈判; 转交 远航科技 @lin; 绑定 远航科技; 解绑; 撤销
""".replace("\n", " ").split(";")


@pytest.mark.parametrize("line", LINES)
def test_chinese_is_not_mixed(both: Kith, line: str) -> None:
    """No English word leaks into what a Chinese reader is told, but for names, handles and what can be typed."""
    reply = both.say(line)
    blocks = " ".join(part for card in reply.cards for part in told(card))
    assert any(ord(letter) in HAN for letter in blocks), line
    known = {"mara", "lin", "max", "ines", "vera", "north", "south", "sample", "fake", "asia", "shanghai", "kith", "x"}
    known |= {word for command in COMMANDS for name in command.names for word in latin_words(name)}
    known |= {word for command in COMMANDS for example in command.examples for word in latin_words(example)}
    leaked = {word for word in latin_words(blocks) if word not in known}
    assert not leaked, line


def told(card: object) -> list[str]:
    """Every text of a card that is read, wherever it stands in it."""
    unread = {"command", "token", "value", "style", "tone", "type", "url", "link", "language", "kind", "name"}

    def walk(value: object) -> list[str]:
        match value:
            case str():
                return [value]
            case list() | tuple():
                return [text for item in value for text in walk(item)]
            case dict():
                return [text for key, item in value.items() if key not in unread for text in walk(item)]
        return []

    return walk(to_builtins(card))


@pytest.mark.parametrize("verb", ["visit", "task", "new customer", "new contact", "new deal", "bind", "settings"])
def test_forms_are_in_their_language(both: Kith, verb: str) -> None:
    """A form's title, labels, hints, choices and button are the member's."""
    form = both.say(verb).form
    assert form is not None
    hints = (one.hint for one in form.inputs if one.hint)
    for text in (form.title, form.submit, *(one.label for one in form.inputs), *hints):
        assert any(ord(letter) in HAN for letter in text), text
    for one in form.inputs:
        assert all(any(ord(letter) in HAN for letter in option.label) for option in one.options if option.value != "en")


def test_change_of_language_answers_in_the_new_one(kith: Kith) -> None:
    """The answer to a change of language is in the language that was chosen; undo goes back."""
    changed = kith.say("settings 中文")
    assert "设置已保存" in shown(changed)
    assert "Settings saved" in shown(kith.say("设置 English"))
    kith.clock.forward(seconds=11)
    kith.say("设置 中文")
    kith.clock.forward(seconds=11)
    undone = kith.press(kith.say("settings language english"), "Undo")
    assert undone.ok
    assert "我的任务" in labels_of(kith.say(""))


def test_typed_in_any_language(kith: Kith) -> None:
    """Verbs, dates and names are understood in both languages, whatever one reads."""
    kith.say("新客户 远航科技")
    assert "Due  tomorrow 15:00" in shown(kith.say("任务 明天下午三点开会"))
    kith.say("设置 中文")
    assert "明天 15:00" in shown(kith.say("task call tomorrow 3pm"))


def test_what_is_kept_is_in_the_language_of_the_line(kith: Kith) -> None:
    """A follow-up without words of its own is named in the language it was typed in, whatever one reads."""
    kith.say("new customer 远航科技")
    kith.say("拜访 远航科技：谈二期报价，下周三跟进")
    kith.say("visit 远航科技: saw the line, follow up next Tue")
    assert [task.title for task in kith.rows()["tasks"]] == ["跟进 远航科技", "Follow up with 远航科技"]


def test_help_is_written_in_the_readers_language(kith: Kith) -> None:
    """Its examples too."""
    said = shown(kith.say("help tasks")).partition("Also")[0]
    assert "tasks overdue" in said
    assert "任务列表" not in said
    kith.say("设置 中文")
    said = shown(kith.say("help tasks")).partition("也可")[0]
    assert "任务列表 远航科技" in said
    assert "overdue" not in said


@pytest.mark.parametrize(
    ("people", "told"),
    [(("mara", "lin"), "Shared by"), (("lin",), "分享"), (None, "Shared by")],
    ids=["two languages", "one", "unknown"],
)
def test_what_is_shared_speaks_to_who_reads_it(kith: Kith, people: tuple[str, ...] | None, told: str) -> None:
    """In the language that all of them read, else in the sharer's, with the others beside it."""
    kith.say("设置 中文", user="lin")
    kith.say("new customer Acme")
    kith.platform.rooms["sales"] = people or ()
    reply = kith.say("share Acme", room="sales")
    assert told in shown(reply)
    assert {language: card.language for language, (card,) in reply.translations.items()} == {
        language: language for language in ("en", "zh_Hans")
    }


# -- zones -----------------------------------------------------------------------------------------


def test_times_are_the_readers(kith: Kith) -> None:
    """A time that Mara types in Shanghai is Lin's in New York, to the same instant."""
    kith.say("settings New York", user="lin")
    kith.say("task call the bank tomorrow 9am @lin")
    assert "tomorrow 21:00" in shown(kith.say("tasks", user="lin"))
    (task,) = kith.rows()["tasks"]
    assert task.due_at == datetime(2026, 3, 10, 1, 0, tzinfo=UTC)


def test_day_of_a_time_is_the_assignees(kith: Kith) -> None:
    """Whoever hands a task over, moves it or puts it off: the day kept beside the time is that of who has to do it."""
    kith.say("settings New York", user="lin")

    def kept() -> tuple[date | None, datetime | None]:
        (task,) = kith.rows()["tasks"]
        return task.due_on, task.due_at

    kith.say("task call the bank on 11 March at 9am @lin")
    assert kept() == (date(2026, 3, 10), datetime(2026, 3, 11, 1, 0, tzinfo=UTC))
    kith.say(f"edit {kith.rows()['tasks'][0].id} due: 13 Mar 10am")
    assert kept() == (date(2026, 3, 12), datetime(2026, 3, 13, 2, 0, tzinfo=UTC))
    kith.say(f"snooze {kith.rows()['tasks'][0].id} 15 Mar 8am")
    assert kept() == (date(2026, 3, 14), datetime(2026, 3, 15, 0, 0, tzinfo=UTC))
    handed = kith.say(f"assign {kith.rows()['tasks'][0].id} @mara", user="lin")
    assert kept() == (date(2026, 3, 15), datetime(2026, 3, 15, 0, 0, tzinfo=UTC))
    assert "Due" not in shown(handed)


def test_today_is_the_readers(kith: Kith) -> None:
    """What is due on a day is overdue when that day is over where the reader is."""
    kith.say("settings Honolulu", user="lin")
    kith.say("new customer Acme")
    kith.say("task Acme: pay the bill today")
    kith.clock.forward(hours=15)  # one in the morning in Shanghai, seven the day before in Honolulu
    assert "overdue" in shown(kith.say("Acme"))
    assert "overdue" not in shown(kith.say("Acme", user="lin"))
    assert "pay the bill - today" in shown(kith.say("Acme", user="lin"))


@pytest.mark.parametrize(
    ("line", "instant"),
    [
        ("task a: x tomorrow 1:30am", datetime(2026, 3, 8, 6, 30, tzinfo=UTC)),
        ("task a: x tomorrow 2:30am", datetime(2026, 3, 8, 7, 30, tzinfo=UTC)),
        ("task a: x tomorrow 3:30am", datetime(2026, 3, 8, 7, 30, tzinfo=UTC)),
        ("task a: x tomorrow noon", datetime(2026, 3, 8, 16, 0, tzinfo=UTC)),
    ],
)
def test_clock_goes_forward(kith: Kith, line: str, instant: datetime) -> None:
    """On the night the clocks go forward a time that there is not moves on by the hour, the others stay."""
    kith.clock.instant = datetime(2026, 3, 7, 17, 0, tzinfo=UTC)  # noon in New York, the day before
    kith.say("settings New York")
    kith.say("new customer a")
    assert kith.say(line).ok
    (task,) = kith.rows()["tasks"]
    assert task.due_at == instant


def test_clock_goes_back(kith: Kith) -> None:
    """On the night the clocks go back a day is 25 hours long: tomorrow noon is 25 hours away."""
    kith.clock.instant = datetime(2026, 10, 31, 16, 0, tzinfo=UTC)  # noon in New York
    kith.say("settings New York")
    kith.say("task x tomorrow noon")
    (task,) = kith.rows()["tasks"]
    assert (task.due_at - kith.clock.now()).total_seconds() == 25 * 3600
    assert "tomorrow 12:00" in shown(kith.say("tasks"))


def test_zone_is_found_by_its_city(kith: Kith) -> None:
    """A zone is typed as its city, in either language, or by its own name."""
    for typed, zone in (
        ("settings New York", "America/New_York"),
        ("settings zone Tokyo", "Asia/Tokyo"),
        ("设置 时区 上海", "Asia/Shanghai"),
        ("settings europe/london", "Europe/London"),
        ("settings timezone: UTC", "UTC"),
    ):
        assert kith.say(typed).ok, typed
        assert kith.actor("mara").zone == zone
    assert kith.say("settings Atlantis").error == "unknown_zone"


def test_workspaces_language_is_the_default(kith: Kith) -> None:
    """Who chose nothing reads the workspace's language; a stranger the one their platform names."""
    assert "Hello" in shown(kith.say(""))
    assert "认识" in shown(kith.say("x", user="new", language_hint="zh-CN"))
    assert "We have not met yet" in shown(kith.say("x", user="new", language_hint="fr"))
    assert Words("fr").language == "en"


@pytest.mark.parametrize(("zone", "day"), [("London", "12 May"), ("New York", "5 Dec"), ("Shanghai", "5 Dec")])
def test_digits_are_read_as_where_the_member_lives(kith: Kith, zone: str, day: str) -> None:
    """12/05 begins with the day in Britain and with the month in America and China; the receipt shows the reading."""
    kith.say(f"settings {zone}")
    assert day in shown(kith.say("task send the offer 12/05"))


def test_hours_are_counted_over_the_change_of_the_clocks(kith: Kith) -> None:
    """A reminder in 24 hours comes after 24 hours, an hour later by the clock where one was skipped that night."""
    kith.say("settings Berlin")
    kith.clock.instant = datetime(2026, 3, 28, 11, 0, tzinfo=UTC)  # noon in Berlin, the day before
    assert "13:00" in shown(kith.say("task call back in 24 hours"))
