"""After a visit that nothing follows from Kith asks once, the same day, what happens next."""

import pytest

from tests.kith import Kith, form_of, labels_of, shown
from tests.waiting import at, settle, told


@pytest.fixture
def kith(either_kith: Kith) -> Kith:
    """On both databases: Monday, ten in the morning in Shanghai, with a customer."""
    either_kith.say("new customer Acme")
    return either_kith


@pytest.mark.parametrize("verb", ["visit", "meeting"])
def test_asks_in_the_afternoon(kith: Kith, verb: str) -> None:
    """At five, once, with what to answer."""
    kith.say(f"{verb} Acme: they like it")
    at(kith, 9, 16, 45)
    assert told(kith) == []
    at(kith, 9, 17, 0)
    (asked,) = told(kith, "mara")
    assert "What happens next with Acme?" in shown(asked)
    assert labels_of(asked) == ["Tomorrow", "Next week", "Type it…", "Nothing"]
    at(kith, 11, 12, 0)
    assert len(told(kith)) == 1


def test_asks_in_chinese(kith: Kith) -> None:
    """The question is in the member's own language."""
    kith.say("设置 中文")
    kith.say("拜访 Acme：他们很喜欢")
    at(kith, 9, 17, 0)
    (asked,) = told(kith)
    assert "Acme 下一步怎么安排？" in shown(asked)
    assert labels_of(asked) == ["明天", "下周", "自己输入……", "不用了"]


@pytest.mark.parametrize(
    ("logged", "asked"),
    [((16, 0), (18, 0)), ((18, 30), (20, 0))],
)
def test_two_hours_later_until_eight(kith: Kith, logged: tuple[int, int], asked: tuple[int, int]) -> None:
    """A late visit is asked about two hours later, but not after eight."""
    at(kith, 9, *logged)
    kith.say("visit Acme: they like it")
    at(kith, 9, asked[0] - 1, 59)
    assert told(kith) == []
    at(kith, 9, *asked)
    assert len(told(kith)) == 1


def test_not_in_the_evening(kith: Kith) -> None:
    """What is logged after eight is not asked about, neither is what happened on another day."""
    kith.say("visit Acme: saw the warehouse yesterday")
    at(kith, 9, 20, 30)
    kith.say("visit Acme: they like it")
    at(kith, 10, 20, 0)
    assert told(kith) == []


def test_a_worker_that_slept_over_it_does_not_ask(kith: Kith) -> None:
    """The question belongs to its day."""
    kith.say("visit Acme: they like it")
    kith.clock.forward(hours=20)
    settle(kith)
    assert told(kith) == []


@pytest.mark.parametrize(
    "line",
    ["task Acme: send the quote next month", "任务 Acme：下周发报价", "visit Acme: again, follow up next Tue", "undo"],
)
def test_not_asked_when_something_follows(kith: Kith, line: str) -> None:
    """A next step that was added meanwhile answers it, and so does taking the visit back."""
    kith.say("visit Acme: they like it")
    assert kith.say(line).ok
    at(kith, 9, 20, 0)
    assert not [reply for reply in told(kith) if "What happens next" in shown(reply)]


def test_calls_and_notes_are_not_asked_about(kith: Kith) -> None:
    """Only what one went to."""
    kith.say("call Acme: they like it")
    kith.say("note Acme: they like it")
    at(kith, 9, 20, 0)
    assert told(kith) == []


def test_asked_once_a_day_about_a_customer(kith: Kith) -> None:
    """Two visits to one customer are one question, also when the first was taken back."""
    kith.say("visit Acme: they like it")
    kith.say("undo")
    kith.say("visit Acme: they like it a lot")
    kith.say("meeting Acme: with all of them")
    at(kith, 9, 20, 0)
    (asked,) = told(kith)
    assert "What happens next with Acme?" in shown(asked)


@pytest.mark.parametrize(("label", "due"), [("Tomorrow", "2026-03-10"), ("Next week", "2026-03-16")])
def test_answer_raises_the_follow_up(kith: Kith, label: str, due: str) -> None:
    """A press raises the task in the place of the question, with a way back."""
    kith.say("visit Acme: they like it")
    at(kith, 9, 17, 0)
    reply = kith.press(told(kith)[0], label)
    assert reply.replace
    (task,) = kith.rows()["tasks"]
    (visit,) = kith.rows()["activities"]
    assert (task.title, str(task.due_on), task.activity_id) == ("Follow up with Acme", due, visit.id)
    assert kith.press(reply, "Undo").ok
    assert kith.rows()["tasks"] == []


def test_answer_is_typed(kith: Kith) -> None:
    """The form of a new task, about the customer."""
    kith.say("visit Acme: they like it")
    at(kith, 9, 17, 0)
    form = kith.press(told(kith)[0], "Type it…")
    assert form_of(form).command.startswith("task")
    assert kith.submit(form, {"title": "send the quote", "due": "Friday"}).ok
    (task,) = kith.rows()["tasks"]
    assert (task.title, task.customer_id) == ("send the quote", kith.id_of("Acme"))


def test_nothing_is_an_answer(kith: Kith) -> None:
    """Nothing is raised, and it is not asked again that day."""
    kith.say("visit Acme: they like it")
    at(kith, 9, 17, 0)
    reply = kith.press(told(kith)[0], "Nothing")
    assert reply.replace
    assert "Nothing next with Acme" in shown(reply)
    kith.say("visit Acme: again")
    at(kith, 9, 20, 0)
    assert len(told(kith)) == 1
    assert kith.rows()["tasks"] == []
