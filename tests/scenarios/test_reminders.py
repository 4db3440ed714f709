"""Tasks are spoken of before they are due, in working hours, once; and what was said follows them."""

from datetime import UTC, datetime
from typing import Any

import pytest

from core.ids import TaskId
from core.jobs.model import JobKind, JobState
from core.reminders.following import follow_import
from core.reminders.model import Reminder
from core.tasks.model import Task
from core.work import Work
from tests.kith import Kith, labels_of, shown, values_of
from tests.waiting import at, settle, told


@pytest.fixture
def kith(either_kith: Kith) -> Kith:
    """On both databases: Monday, ten in the morning in Shanghai, with a customer."""
    either_kith.say("new customer Acme")
    return either_kith


def raised(kith: Kith, line: str, **who: Any) -> str:
    """Raises a task and returns its id."""
    reply = kith.say(line, **who)
    assert reply.ok, shown(reply)
    settle(kith)
    return str(kith.rows()["tasks"][-1].id)


def planned(kith: Kith) -> list[Reminder]:
    """The reminders that are still to come."""

    def read(work: Work) -> list[Reminder]:
        later = datetime(2027, 1, 1, tzinfo=UTC)
        return work.reminders.list_due(kith.people.workspace_id, later, limit=500)

    return kith.write(read)


def test_reminds_before_it_is_due(kith: Kith) -> None:
    """Half an hour before, in the assignee's own chat, with what can be done about it; and not twice."""
    raised(kith, "task Acme: send the quote today 3pm")
    at(kith, 9, 14, 29)
    assert told(kith) == []
    at(kith, 9, 14, 30)
    (reply,) = told(kith, "mara")
    assert "send the quote" in shown(reply)
    assert "Due today 15:00" in shown(reply)
    assert labels_of(reply) == ["Done", "1 hour", "Tomorrow", "Next week", "Type a date…", "Hand over", "Open"]
    at(kith, 9, 23, 0)
    assert len(told(kith)) == 1


def test_reminds_in_chinese(kith: Kith) -> None:
    """The card is in the member's own language."""
    kith.say("设置 中文")
    raised(kith, "任务 Acme：今天下午3点发报价")
    at(kith, 9, 14, 30)
    (reply,) = told(kith)
    assert "今天 15:00 到期" in shown(reply)
    assert labels_of(reply) == ["完成", "1 小时", "明天", "下周", "输入日期……", "转交", "打开"]


@pytest.mark.parametrize(
    ("setting", "when"),
    [
        ("settings remind 1h", (14, 0)),
        ("settings remind 2 hours before", (13, 0)),
        ("设置 提醒 1小时", (14, 0)),
        ("settings remind: 90 min", (13, 30)),
        ("设置 提醒：半小时", (14, 30)),
    ],
)
def test_members_say_how_long_before(kith: Kith, setting: str, when: tuple[int, int]) -> None:
    """A member's setting goes for all of their tasks, those that are there included."""
    task = raised(kith, "task Acme: send the quote today 3pm")
    reply = kith.say(setting)
    assert reply.ok, shown(reply)
    settle(kith)
    (reminder,) = planned(kith)
    assert (reminder.task_id, reminder.stage) == (task, "due")
    at(kith, 9, *when)
    assert len(told(kith)) == 1


@pytest.mark.parametrize("line", ["settings remind off", "设置 提醒 关"])
def test_reminders_can_be_off(kith: Kith, line: str) -> None:
    """Nobody is reminded who does not want to be; on again, they are."""
    raised(kith, "task Acme: send the quote tomorrow 3pm")
    kith.say(line)
    at(kith, 9, 23, 0)
    assert planned(kith) == []
    kith.say("settings remind 30 min")
    settle(kith)
    at(kith, 10, 14, 30)
    assert len(told(kith)) == 1


@pytest.mark.parametrize(
    ("line", "clock"),
    [
        ("task Acme: send the quote today 3pm, remind: 1h", (14, 0)),
        ("任务 Acme：今天下午3点发报价，提醒：2小时", (13, 0)),
    ],
)
def test_one_task_has_a_reminder_of_its_own(kith: Kith, line: str, clock: tuple[int, int]) -> None:
    """What a task says goes before what its assignee likes."""
    task = raised(kith, line)
    assert "Reminder" in shown(kith.say(f"edit {task} remind: off"))
    settle(kith)
    assert planned(kith) == []
    kith.say("undo")
    settle(kith)
    at(kith, 9, *clock)
    assert len(told(kith)) == 1


@pytest.mark.parametrize(
    ("line", "when"),
    [
        ("task Acme: call Tom today 9pm", (9, 18, 0)),
        ("task Acme: call Tom tomorrow 9:10am", (10, 9, 0)),
        ("task Acme: call Tom tomorrow 7am", (9, 18, 0)),
        ("task Acme: call Tom Saturday 11am", (13, 18, 0)),
        ("task Acme: call Tom tomorrow", (10, 9, 0)),
        ("task Acme: call Tom Sunday", (13, 18, 0)),
    ],
)
def test_working_hours_are_kept(kith: Kith, line: str, when: tuple[int, int, int]) -> None:
    """What falls outside of them moves to the nearest moment of work before it is due; days begin with the work."""
    raised(kith, line)
    (reminder,) = planned(kith)
    local = kith.actor("mara").local(reminder.run_at or kith.clock.now())
    assert (local.day, local.hour, local.minute) == when


@pytest.mark.parametrize("line", ["settings hours 8:00-12:00 Mon-Sat", "设置 工作时间 8点到12点 周一至周六"])
def test_working_hours_can_be_set(kith: Kith, line: str) -> None:
    """A member's own hours and days of work go for all their reminders."""
    raised(kith, "task Acme: call Tom Saturday 3pm")
    reply = kith.say(line)
    assert reply.ok, shown(reply)
    settle(kith)
    (reminder,) = planned(kith)
    assert reminder.run_at == datetime(2026, 3, 14, 4, 0, tzinfo=UTC)


def test_zone_moves_the_reminder(kith: Kith) -> None:
    """A day begins where its assignee is."""
    raised(kith, "task Acme: call Tom tomorrow")
    kith.say("settings zone New York")
    settle(kith)
    (reminder,) = planned(kith)
    assert reminder.run_at == datetime(2026, 3, 10, 13, 0, tzinfo=UTC)


def test_overdue_is_said_once(kith: Kith) -> None:
    """What was not done is spoken of once more, the next working morning, and then left to the lists."""
    raised(kith, "task Acme: send the quote Friday 3pm")
    at(kith, 16, 9, 0)
    due, overdue = told(kith)
    assert "Due" in shown(due)
    assert "Overdue since" in shown(overdue)
    at(kith, 18, 9, 0)
    assert len(told(kith)) == 2
    assert planned(kith) == []


def test_done_is_not_spoken_of(kith: Kith) -> None:
    """What is done before is not reminded of; taken back, it is again."""
    task = raised(kith, "task Acme: send the quote today 3pm")
    done = kith.say(f"done {task}")
    settle(kith)
    assert planned(kith) == []
    kith.press(done, "Undo")
    settle(kith)
    at(kith, 9, 14, 30)
    assert len(told(kith)) == 1


def test_done_is_said_in_place(kith: Kith) -> None:
    """The message that reminded says that it is done, and after Undo what can be done again."""
    raised(kith, "task Acme: send the quote today 3pm")
    at(kith, 9, 14, 30)
    (reply,) = told(kith)
    done = kith.press(reply, "Done")
    assert done.ok
    settle(kith)
    _, edited, ref = kith.platform.told[-1]
    assert (len(kith.platform.told), ref) == (2, "message-1")
    assert "Done today 14:30" in shown(edited)
    assert labels_of(edited) == ["Open"]
    kith.press(done, "Undo")
    settle(kith)
    _, again, ref = kith.platform.told[-1]
    assert (ref, labels_of(again)[0]) == ("message-1", "Done")


@pytest.mark.parametrize(
    ("label", "when"),
    [("1 hour", (9, 15, 30)), ("Tomorrow", (10, 9, 0)), ("Next week", (16, 9, 0))],
)
def test_snooze_comes_back(kith: Kith, label: str, when: tuple[int, int, int]) -> None:
    """Snoozed from the card it says until when, and is spoken of again at that moment."""
    raised(kith, "task Acme: send the quote today 3pm")
    at(kith, 9, 14, 30)
    kith.press(told(kith)[0], label)
    settle(kith)
    _, edited, ref = kith.platform.told[-1]
    assert ref == "message-1"
    assert "Snoozed until" in shown(edited)
    at(kith, *when)
    _, again, ref = kith.platform.told[-1]
    assert (ref, labels_of(again)[0]) == ("", "Done")


def test_snooze_until_a_typed_date(kith: Kith) -> None:
    """A date that has no button is typed into a form."""
    raised(kith, "task Acme: send the quote today 3pm")
    at(kith, 9, 14, 30)
    form = kith.press(told(kith)[0], "Type a date…")
    assert "until" in shown(kith.submit(form, {"until": "Thursday 10am"})).casefold()
    settle(kith)
    at(kith, 12, 10, 0)
    assert kith.platform.told[-1][2] == ""


def test_moved_and_handed_over(kith: Kith) -> None:
    """A reminder goes where its task goes, and not to whom it was taken from; their message says so."""
    task = raised(kith, "task Acme: send the quote today 3pm")
    kith.say(f"edit {task} due: tomorrow 3pm")
    at(kith, 9, 18, 0)
    assert told(kith) == []
    at(kith, 10, 14, 30)
    assert len(told(kith, "mara")) == 1
    kith.press(told(kith)[0], "Open")
    kith.say(f"assign {task} @lin")
    settle(kith)
    (_, edited), (given,) = told(kith, "mara"), told(kith, "lin")
    assert "Handed over to Lin" in shown(edited)
    assert labels_of(given)[0] == "Done"


def test_open_shows_the_task(kith: Kith) -> None:
    """Open shows the task itself, with everything that can be done about it."""
    raised(kith, "task call the landlord today 3pm")
    at(kith, 9, 14, 30)
    opened = shown(kith.press(told(kith)[0], "Open"))
    assert "call the landlord" in opened
    assert "Mara" in opened


def test_what_is_gone_is_not_spoken_of(kith: Kith) -> None:
    """A task that was taken back is not reminded of."""
    raised(kith, "task Acme: send the quote today 3pm")
    kith.say("undo")
    at(kith, 9, 18, 0)
    assert told(kith) == []


def test_rights_that_end_withdraw_it(kith: Kith) -> None:
    """Who may not see the customer any more hears nothing of its tasks, and their message tells nothing either."""
    raised(kith, "task Acme: secret price today 3pm @lin", user="mara")
    at(kith, 9, 14, 30)
    assert len(told(kith, "lin")) == 1
    raised(kith, "task Acme: secret call tomorrow 3pm @lin", user="mara")
    assert kith.say("assign Acme @ines", user="max").ok
    settle(kith)
    address, edited, ref = kith.platform.told[-1]
    assert (address.user, ref) == ("lin", "message-1")
    assert "secret" not in shown(edited)
    at(kith, 11, 12, 0)
    assert not [reply for reply in told(kith, "lin")[2:] if "secret" in shown(reply)]


def test_own_tasks_are_not_announced(kith: Kith) -> None:
    """Raising a task for oneself says nothing by itself; one that is due sooner is reminded of in time."""
    raised(kith, "task Acme: call Tom in 20 minutes")
    assert told(kith) == []
    at(kith, 9, 10, 15)
    assert len(told(kith)) == 1


def test_given_in_a_hurry(kith: Kith) -> None:
    """Who is handed a task that is due at once hears of it at once."""
    raised(kith, "task Acme: call Tom in 20 minutes @lin")
    assert len(told(kith, "lin")) == 1
    assert told(kith, "mara") == []


def test_many_come_in_one_message(kith: Kith) -> None:
    """More than three at a time are one message, whose lines follow their tasks."""
    for what in ("call", "mail", "visit", "quote", "plan"):
        raised(kith, f"task Acme: {what} them tomorrow")
    at(kith, 10, 9, 0)
    (reply,) = told(kith)
    assert "5 tasks to do" in shown(reply)
    kith.press(reply, "Done")
    settle(kith)
    _, edited, ref = kith.platform.told[-1]
    assert ref == "message-1"
    assert "4 tasks to do" in shown(edited)


def test_one_job_looks_at_a_bounded_number(kith: Kith) -> None:
    """Many at once are looked at hundred by hundred; each is said, none twice."""
    mara = kith.actor("mara")

    def raise_many(work: Work) -> None:
        from core.tasks.service import Due, add_task  # noqa: PLC0415 - the rule that a command would use

        for number in range(230):
            add_task(work, mara, f"step {number}", due=Due(datetime(2026, 3, 10, tzinfo=UTC).date(), zone=mara.zone))

    kith.write(raise_many)
    settle(kith)
    assert len(planned(kith)) == 230
    at(kith, 10, 9, 0)
    lines = [shown(reply) for reply in told(kith)]
    assert len(lines) == 3
    assert sum(text.count("step ") for text in lines) >= 60  # the others stand behind the cut
    assert kith.read(lambda work: work.jobs.list_by_state(JobState.DEAD, work.now, limit=9)) == []


def test_a_worker_that_slept_is_late(kith: Kith) -> None:
    """What came due meanwhile is said once when it wakes."""
    raised(kith, "task Acme: send the quote today 3pm")
    kith.clock.forward(hours=20)
    settle(kith)
    kith.another()
    settle(kith)
    assert len(told(kith)) == 1


def test_jobs_are_of_minutes(kith: Kith) -> None:
    """However many tasks are due in a minute, one job waits for it."""
    for number in range(4):
        raised(kith, f"task Acme: step {number} tomorrow 3pm")
    waiting = kith.read(lambda work: work.jobs.list_by_state(JobState.WAITING, work.now, limit=99))
    assert [record.job.kind for record in waiting] == [JobKind.REMINDERS]


def test_import_does_not_flood(kith: Kith) -> None:
    """Tasks that come by an import are reminded of when they are due; of those that were overdue nobody hears."""
    mara = kith.actor("mara")
    days = [datetime(2026, 3, day, tzinfo=UTC).date() for day in (2, 6, 9, 10)]

    def bring(work: Work) -> None:
        tasks = [
            Task(
                id=TaskId(work.new_id()),
                workspace_id=mara.workspace_id,
                title=f"imported {day.day}",
                due_on=day,
                assignee_id=mara.member_id,
                created_at=work.now,
                updated_at=work.now,
            )
            for day in days
        ]
        work.tasks.add_many(tasks)
        follow_import(work, tasks)

    kith.write(bring)
    settle(kith)
    assert told(kith) == []
    at(kith, 10, 9, 0)
    said = [shown(reply) for reply in told(kith)]
    assert len(said) == 2  # today's is overdue tomorrow, and tomorrow's is due
    assert not [text for text in said if "imported 2" in text or "imported 6" in text]


def test_undoing_does_not_flood(kith: Kith) -> None:
    """What comes back by Undo is planned anew, and what was said of it before is not said again."""
    task = raised(kith, "task Acme: send the quote today 3pm")
    at(kith, 9, 14, 30)
    for _ in range(3):
        done = kith.say(f"done {task}")
        settle(kith)
        assert kith.press(done, "Undo").ok
        settle(kith)
        kith.clock.forward(minutes=1)
    assert [ref for _, _, ref in kith.platform.told] == ["", *["message-1"] * 6]


@pytest.mark.parametrize("lines", [("settings remind default", "settings hours default"), ("设置 提醒 默认",)])
def test_settings_can_be_as_usual_again(kith: Kith, lines: tuple[str, ...]) -> None:
    """What was set is undone by its name, and by Undo; the form shows what is set and changes nothing by itself."""
    for line in ("settings remind 2h", "settings hours 8:00-12:00 Sat"):
        assert kith.say(line).ok
    for line in lines:
        reply = kith.say(line)
        assert reply.ok, shown(reply)
    task = raised(kith, "task Acme: send the quote tomorrow 3pm")
    member = kith.read(lambda work: work.members.by_handle(kith.people.workspace_id, "mara"))
    assert member is not None
    assert (member.remind, member.hours == "") == (None, len(lines) == 2)
    form = kith.say("settings")
    assert values_of(form)["hours"] == ("9:00-18:00 Mon-Fri" if len(lines) == 2 else "8:00-12:00 Sat")
    assert "Working hours" not in shown(kith.submit(form))
    assert task


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("settings remind soon", "unknown_lead"),
        ("settings hours 18:00-9:00", "unknown_hours"),
        ("task Acme: call Tom tomorrow, remind: whenever", "unknown_lead"),
    ],
)
def test_what_cannot_be_read_is_refused(kith: Kith, line: str, error: str) -> None:
    """Nothing is kept, and what to type instead is said."""
    reply = kith.say(line)
    assert (reply.ok, reply.error) == (False, error)
    assert "Try" in shown(reply)
    assert kith.rows()["tasks"] == []
