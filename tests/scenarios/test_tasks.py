"""A task is read from one line, done, put off and handed over by its words, and stands in the lists it belongs to."""

import pytest

from tests.kith import Kith, labels_of, shown


@pytest.fixture
def kith(sqlite_kith: Kith) -> Kith:
    """A customer of each language."""
    sqlite_kith.say("new customer Blue Harbor")
    sqlite_kith.say("new customer 远航科技")
    return sqlite_kith


@pytest.mark.parametrize(
    ("line", "title", "due", "priority", "assignee"),
    [
        ("task buy milk", "buy milk", None, "normal", "mara"),
        ("todo buy milk tomorrow", "buy milk", "2026-03-10", "normal", "mara"),
        ("task Blue Harbor: send the quote by friday @lin urgent", "send the quote", "2026-03-13", "high", "lin"),
        ("task send the quote by friday to Tom", "send the quote to Tom", "2026-03-13", "normal", "mara"),
        ("task remind me to call Tom tomorrow at 9", "call Tom", "2026-03-10 09:00", "normal", "mara"),
        ("remind me to call Tom tomorrow at 9", "call Tom", "2026-03-10 09:00", "normal", "mara"),
        ("task Blue Harbor: prepare demo, due: friday, priority: low", "prepare demo", "2026-03-13", "low", "mara"),
        ("task Blue Harbor: prepare demo, for: lin", "prepare demo", None, "normal", "lin"),
        ("task ! call Tom", "call Tom", None, "high", "mara"),
        ("task send minutes of yesterday's meeting", "send minutes of yesterday's meeting", None, "normal", "mara"),
        ("task mail ann@acme.example tomorrow", "mail ann@acme.example", "2026-03-10", "normal", "mara"),
        ("task ask @nobody about it", "ask @nobody about it", None, "normal", "mara"),
        ("任务 远航科技：周五前发合同", "发合同", "2026-03-13", "normal", "mara"),
        ("任务 远航科技：周五之前把合同发给王总 @lin 紧急", "把合同发给王总", "2026-03-13", "high", "lin"),
        ("任务 明天下午三点开会", "开会", "2026-03-10 15:00", "normal", "mara"),
        ("提醒我明天下午三点开会", "开会", "2026-03-10 15:00", "normal", "mara"),
        ("任务 发合同，截止：周五，优先级：高", "发合同", "2026-03-13", "high", "mara"),
        ("任务远航科技发合同", "发合同", None, "normal", "mara"),
    ],
)
def test_line_is_read(kith: Kith, line: str, title: str, due: str | None, priority: str, assignee: str) -> None:
    """What, when, who and how urgent come out of the line; what is left is the title, and reads well."""
    assert kith.say(line).ok
    (task,) = kith.rows()["tasks"]
    local = kith.actor("mara").local(task.due_at).strftime("%Y-%m-%d %H:%M") if task.due_at else None
    assert (task.title, local or (task.due_on and task.due_on.isoformat())) == (title, due)
    assert (task.priority, task.assignee_id) == (priority, kith.people.members[assignee].id)


@pytest.mark.parametrize(
    "line", ["task call Tom yesterday", "task today 9am: call Tom", "任务 昨天开会", "task 2020-01-01 x"]
)
def test_day_that_is_over_is_told(kith: Kith, line: str) -> None:
    """A due day or time that has passed is told, and nothing is raised."""
    assert kith.say(line).error in {"in_past", "customer_not_found"}
    assert kith.rows()["tasks"] == []


def test_done_by_its_words(kith: Kith) -> None:
    """One task that fits is done, several are offered; done it is in no list, and doing it twice says so."""
    kith.say("task Blue Harbor: send the quote")
    kith.say("task Blue Harbor: send samples")
    assert labels_of(kith.say("done send")) == ["This one", "This one"]
    assert labels_of(kith.say("done")) == ["This one", "This one"]
    assert "Task done\nsend the quote" in shown(kith.say("done QUOTE"))
    assert "send the quote" not in shown(kith.say("tasks"))
    task = next(task for task in kith.rows()["tasks"] if task.done_at)
    assert kith.say(f"done {task.id}").error == "task_already_done"
    assert kith.say(f"snooze {task.id} tomorrow").error == "task_already_done"
    assert "Task done\nsend samples" in shown(kith.say("done harbor"))
    assert kith.say("done").error == "task_not_found"


def test_others_tasks_are_chosen(kith: Kith) -> None:
    """A task of somebody else is done by choice only, with whose it is."""
    kith.say("task Blue Harbor: send the quote @lin")
    choice = kith.say("done quote")
    assert choice.error == "ambiguous"
    assert "Lin" in shown(choice)
    assert kith.press(choice, "This one").ok


def test_no_such_task_leads_to_the_list(kith: Kith) -> None:
    """Words of no task lead to the list of one's own."""
    missing = kith.say("done nothing of the kind")
    assert "My tasks" in shown(kith.press(missing, "My tasks"))


@pytest.mark.parametrize(
    ("line", "until"),
    [
        ("snooze quote tomorrow 9am", "tomorrow 09:00"),
        ("snooze quote until friday", "Fri 13 Mar 09:00"),
        ("snooze the quote for 2 hours", "today 12:00"),
        ("推迟 quote 下周一", "Mon 16 Mar 09:00"),
        ("推迟quote下周一", "Mon 16 Mar 09:00"),
    ],
)
def test_put_off(kith: Kith, line: str, until: str) -> None:
    """A task that is put off is in no list of one's own until then, and its due date moves along."""
    kith.say("task Blue Harbor: send the quote today")
    assert f"→ {until}" in shown(kith.say(line))
    assert "send the quote" not in shown(kith.say("tasks"))
    kith.clock.forward(days=8)
    assert "send the quote" in shown(kith.say("tasks"))


def test_put_off_asks_until_when(kith: Kith) -> None:
    """Without a time it is asked for; a choice of tasks keeps the time that was said."""
    kith.say("task send the quote")
    kith.say("task send samples")
    asked = kith.say("snooze quote")
    assert labels_of(asked) == ["1 hour", "Tomorrow", "Next week"]
    assert "→ today 11:00" in shown(kith.press(asked, "1 hour"))
    kith.clock.forward(hours=2)
    assert "→ tomorrow 16:00" in shown(kith.press(kith.say("snooze send tomorrow 4pm"), "This one"))


@pytest.mark.parametrize(
    ("line", "error"), [("yesterday", "in_past"), ("2020-01-01 8:00", "in_past"), ("someday", "unknown_date")]
)
def test_put_off_to_no_time(kith: Kith, line: str, error: str) -> None:
    """A time that is over or none is told."""
    kith.say("task send the quote")
    (task,) = kith.rows()["tasks"]
    assert kith.say(f"snooze {task.id} {line}").error == error
    assert kith.rows()["tasks"] == [task]


def test_handed_over(kith: Kith) -> None:
    """A task is handed over by its id; a typing slip in the name is offered mended."""
    kith.say("task send the quote")
    (task,) = kith.rows()["tasks"]
    asked = kith.say(f"assign {task.id} @ln")
    assert "For  Mara → Lin" in shown(kith.press(asked, "@lin"))
    assert "send the quote" in shown(kith.say("tasks", user="lin"))


# -- lists -----------------------------------------------------------------------------------------


@pytest.fixture
def many(kith: Kith) -> Kith:
    """Twenty tasks of Mara's, one of Lin's, one that is over."""
    for number in range(1, 20):
        kith.say(f"task Blue Harbor: item {number:02} in {number + 1} days")
    kith.say("task Blue Harbor: something of Lin @lin")
    kith.say("task pay the bill today 11am")
    kith.clock.forward(hours=2)
    return kith


def titles(kith: Kith, line: str, **details: str) -> list[str]:
    said = shown(kith.say(line, **details))
    return [
        row.split(". ", 1)[1].split("  ")[0].removeprefix("✗ ")
        for row in said.splitlines()
        if row[:1].isdigit() and ". " in row
    ]


def test_lists(many: Kith) -> None:
    """Mine, the team's, what is overdue, a customer's and a member's tasks are lists of their own."""
    assert titles(many, "tasks")[0] == "pay the bill"
    assert "My tasks (20)" in shown(many.say("tasks mine"))
    assert "The team's tasks (21)" in shown(many.say("tasks team"))
    assert titles(many, "tasks overdue") == ["pay the bill"]
    assert "Tasks for Blue Harbor (20)" in shown(many.say("任务列表 Blue Harbor"))
    assert titles(many, "tasks @lin") == ["something of Lin"]
    assert titles(many, "tasks lin") == ["something of Lin"]
    assert titles(many, "tasks", user="lin") == ["something of Lin"]
    assert titles(many, "tasks team", user="ines") == []
    assert many.say("tasks @nobody").error == "member_not_found"
    assert many.say("tasks nobody").error == "customer_not_found"


def test_lists_page_in_place(many: Kith) -> None:
    """Pages turn forward and back in the same message, and the last one ends it."""
    first = many.say("tasks")
    assert first.replace is False
    assert "Previous" not in labels_of(first)
    assert "1-8 of 20" in shown(first)
    second = many.press(first, "Next")
    assert second.replace is True
    assert "9-16 of 20" in shown(second)
    last = many.press(second, "Next")
    assert "17-20 of 20" in shown(last)
    assert "Next" not in labels_of(last)
    assert shown(many.press(last, "Previous")) == shown(second)
    assert shown(many.press(second, "Previous")) == shown(first)


def test_page_beyond_the_end_is_the_last(many: Kith) -> None:
    """When a list became shorter meanwhile, or a page is typed that is none, the last page is shown."""
    assert "17-20 of 20" in shown(many.say("tasks 9"))
    assert "Nothing to do here" in shown(many.say("tasks overdue 3", user="lin"))


def test_lists_lead_to_each_other(many: Kith) -> None:
    """The other lists are a press away, and replace this one."""
    team = many.press(many.say("tasks"), "Team")
    assert team.replace is True
    assert "The team's tasks" in shown(team)
    assert "Mine" in labels_of(team)


def test_lists_do_not_repeat_their_title(many: Kith) -> None:
    """A customer's list names the customer once, one's own names nobody."""
    assert shown(many.say("tasks Blue Harbor")).count("Blue Harbor") == 1
    assert "Mara" not in shown(many.say("tasks"))


def test_done_from_the_list(many: Kith) -> None:
    """The button of a line does that task."""
    assert "Task done\npay the bill" in shown(many.press(many.say("tasks"), "Done"))
