"""A delivery that comes again, and a person who presses Enter twice, do nothing twice."""

from typing import Any

import pytest

from commands.road import Accepted, Repeated
from core.errors import StoreUnavailableError
from tests.kith import Kith, labels_of, shown

LINE = "visit Acme: saw the warehouse, send the quote tomorrow"


@pytest.fixture
def kith(sqlite_kith: Kith) -> Kith:
    """A Kith with a customer."""
    sqlite_kith.say("new customer Acme")
    return sqlite_kith


def visits(kith: Kith) -> int:
    return len(kith.rows()["activities"])


# -- the same delivery -----------------------------------------------------------------------------


def test_delivery_is_accepted_once(kith: Kith) -> None:
    """A delivery that the platform sends again is known, while it waits and when it is done."""
    first = kith.receive(LINE, delivery="Ev1")
    assert isinstance(first, Accepted)
    assert isinstance(kith.receive(LINE, delivery="Ev1"), Repeated)
    kith.carry_out(first)
    assert isinstance(kith.receive(LINE, delivery="Ev1"), Repeated)
    assert visits(kith) == 1
    assert len(kith.platform.sent) == 1


def test_same_id_elsewhere_is_another_delivery(kith: Kith) -> None:
    """An id is the platform's tenant's own: another tenant may use the same."""
    assert isinstance(kith.receive(LINE, delivery="Ev1"), Accepted)
    assert not isinstance(kith.receive(LINE, delivery="Ev1", tenant="t2"), Repeated)


def test_delivery_is_answered_once(kith: Kith) -> None:
    """What is answered with content does it once, and answers nothing the second time."""
    first = kith.say(LINE, delivery="Ev1")
    again = kith.say(LINE, delivery="Ev1")
    assert "Visit logged" in shown(first)
    assert (again.cards, again.form, again.ok) == ((), None, True)
    assert visits(kith) == 1


def test_form_that_failed_may_come_again(kith: Kith) -> None:
    """A form that was refused counts as not come: mended, it is sent again under the same id and done."""
    form = kith.say("task")
    refused = kith.submit(form, {"title": ""}, delivery="View1")
    assert list(refused.errors) == ["title"]
    assert kith.submit(form, {"title": "call Tom"}, delivery="View1").ok
    assert kith.submit(form, {"title": "call Tom"}, delivery="View1").cards == ()
    assert [task.title for task in kith.rows()["tasks"]] == ["call Tom"]


# -- the same words --------------------------------------------------------------------------------


def test_enter_twice_does_it_once(kith: Kith) -> None:
    """The same words again within ten seconds answer how long ago it was done, and what can be done about it."""
    first = kith.say(LINE)
    kith.clock.forward(seconds=4)
    again = kith.say("Visit  acme: saw the WAREHOUSE, send the quote  tomorrow")
    assert "Already done 4 seconds ago" in shown(again)
    assert labels_of(again) == ["Do it again", "Undo"]
    assert again.receipt == first.receipt
    assert visits(kith) == 1


def test_do_it_again_does_it_again(kith: Kith) -> None:
    """Its button does it a second time, and that can be undone by itself."""
    kith.say(LINE)
    twice = kith.press(kith.say(LINE), "Do it again")
    assert "Visit logged" in shown(twice)
    assert visits(kith) == 2
    kith.press(twice, "Undo")
    assert visits(kith) == 1


def test_undo_of_a_repeat_takes_the_first_back(kith: Kith) -> None:
    """The other button takes back what was done the first time."""
    kith.say(LINE)
    assert kith.press(kith.say(LINE), "Undo").ok
    assert visits(kith) == 0


def test_form_sent_twice_is_done_once(kith: Kith) -> None:
    """Two deliveries of one form are one visit, and doing it again does it with all that was typed."""
    form = kith.say("visit Acme")
    typed = {"text": "saw the\nwarehouse", "next_step": "send the quote", "due": "tomorrow"}
    kith.submit(form, typed)
    again = kith.submit(form, typed)
    assert "Already done" in shown(again)
    assert visits(kith) == 1
    assert kith.press(again, "Do it again").ok
    assert [visit.text for visit in kith.rows()["activities"]] == ["saw the\nwarehouse"] * 2
    assert [task.title for task in kith.rows()["tasks"]] == ["send the quote"] * 2


@pytest.mark.parametrize(
    ("line", "details"),
    [
        (LINE, {"user": "lin"}),
        (LINE, {"room": "sales"}),
        (LINE + " morning", {}),
        (LINE.replace("visit", "call"), {}),
    ],
    ids=["another member", "another conversation", "other words", "another verb"],
)
def test_what_differs_is_no_repeat(kith: Kith, line: str, details: dict[str, str]) -> None:
    """Another member, conversation, verb or wording is meant, and done."""
    kith.say(LINE)
    assert kith.say(line, **details).receipt
    assert visits(kith) == 2


def test_later_is_no_repeat(kith: Kith) -> None:
    """Ten seconds later the same words are meant."""
    kith.say(LINE)
    kith.clock.forward(seconds=10)
    assert "Already done" in shown(kith.say(LINE))
    kith.clock.forward(seconds=1)
    assert "Visit logged" in shown(kith.say(LINE))


def test_after_undo_is_no_repeat(kith: Kith) -> None:
    """What was taken back can be said again at once."""
    kith.press(kith.say(LINE), "Undo")
    assert "Visit logged" in shown(kith.say(LINE))
    assert visits(kith) == 1


def test_failure_is_no_first_time(kith: Kith) -> None:
    """What could not be done has not been done: said again, it fails again, or works when it can."""
    assert kith.say("visit Newco: hello").error == "customer_not_found"
    assert kith.say("visit Newco: hello").error == "customer_not_found"
    kith.say("new customer Newco")
    assert "Visit logged" in shown(kith.say("visit Newco: hello"))


def test_undo_may_be_said_twice(kith: Kith) -> None:
    """To undo twice in a row takes back two things."""
    kith.say("note Acme: one")
    kith.say("note Acme: two")
    kith.say("undo")
    kith.say("undo")
    assert visits(kith) == 0


def test_a_store_that_is_away_for_seconds_sends_nothing_twice(kith: Kith, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the platform took is written down as soon as the store is back, before anybody may take it for unsent."""
    accepted, send, write, away = kith.receive(LINE), kith.platform.send, kith.database.write, []

    async def send_and_lose_the_store(*args: Any) -> Any:
        away.extend([StoreUnavailableError()] * 4)
        return await send(*args)

    async def write_when_it_is_there(*args: Any, **how: Any) -> Any:
        if away:
            raise away.pop()
        return await write(*args, **how)

    monkeypatch.setattr(kith.platform, "send", send_and_lose_the_store)
    monkeypatch.setattr(kith.database, "write", write_when_it_is_there)
    kith.carry_out(accepted)
    kith.clock.forward(minutes=10)
    while kith.work_off():
        pass
    assert len(kith.platform.sent) == 1
