"""What was acknowledged is done, once, and answered, whatever dies or fails in between."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import msgspec
import pytest
import structlog

from commands import dispatch
from commands.model import Quoted, Reply
from commands.parsing import Verbs
from commands.registry import VERBS
from commands.road import Accepted
from commands.sending import Sending, Sent
from core.errors import StoreUnavailableError
from core.jobs.model import LEASE, JobKind, JobState
from tests.kith import FakePlatform, Kith, form_of, shown

LINE = "visit Acme: saw the warehouse, send the quote tomorrow"


@pytest.fixture
def kith(either_kith: Kith) -> Kith:
    """A Kith with a customer, on both databases."""
    either_kith.say("new customer Acme")
    return either_kith


def visits(kith: Kith) -> int:
    return len(kith.rows()["activities"])


# -- a process dies --------------------------------------------------------------------------------


def test_death_before_the_work_is_made_good(kith: Kith) -> None:
    """Accepted and not carried out, it is carried out by another process when the lease has ended, and not before."""
    kith.receive(LINE)
    other = kith.another()
    assert other.work_off() == 0
    kith.clock.forward(seconds=LEASE.total_seconds() - 1)
    assert other.work_off() == 0
    kith.clock.forward(seconds=2)
    assert other.work_off() == 1
    assert visits(kith) == 1
    ((incoming, reply, _key),) = kith.platform.sent
    assert incoming.text == LINE
    assert "Visit logged" in shown(reply)
    kith.clock.forward(hours=1)
    assert other.work_off() == 0


def test_the_dead_come_back_too_late(kith: Kith) -> None:
    """A process that was only slow finds its lease gone and does nothing: no second visit, no second answer."""
    accepted = kith.receive(LINE)
    kith.clock.forward(seconds=LEASE.total_seconds() + 1)
    assert kith.another().work_off() == 1
    kith.carry_out(accepted)
    assert visits(kith) == 1
    assert len(kith.platform.sent) == 1


def test_death_before_the_answer_is_made_good(kith: Kith, monkeypatch: pytest.MonkeyPatch) -> None:
    """The visit is committed and the process dies before the answer: another sends it, under the key it would have."""
    accepted = kith.receive(LINE)
    assert isinstance(accepted, Accepted)
    message = kith.run(kith.road.carrier._process(accepted.job))
    assert message is not None
    assert message.kind is JobKind.MESSAGE
    assert visits(kith) == 1
    kith.clock.forward(seconds=LEASE.total_seconds() + 1)
    assert kith.another().work_off() == 1
    assert visits(kith) == 1
    ((_incoming, reply, key),) = kith.platform.sent
    assert key == message.id
    assert "Visit logged" in shown(reply)


def test_death_while_sending_sends_again_under_the_same_key(kith: Kith, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sent and not noted as sent, the answer goes out again, and its key tells the platform that it is the same."""
    accepted = kith.receive(LINE)
    send = kith.platform.send

    async def die_after(*sent: Any) -> Sending:
        await send(*sent)
        raise ConnectionResetError

    monkeypatch.setattr(kith.platform, "send", die_after)
    with pytest.raises(ConnectionResetError):
        kith.carry_out(accepted)
    monkeypatch.undo()
    kith.clock.forward(seconds=LEASE.total_seconds() + 1)
    kith.another().work_off()
    assert visits(kith) == 1
    assert len(kith.platform.tried) == 2
    assert len(set(kith.platform.tried)) == 1


def test_everything_waiting_is_worked_off_in_order(kith: Kith) -> None:
    """What was accepted in one conversation is done in the order it came."""
    for text in ("one", "two", "three"):
        kith.receive(f"note Acme: {text}")
        kith.clock.forward(seconds=1)
    kith.clock.forward(seconds=LEASE.total_seconds())
    other = kith.another()
    while other.work_off():
        pass
    assert [note.text for note in kith.rows()["activities"]] == ["one", "two", "three"]
    assert [incoming.text for incoming, _, _ in kith.platform.sent] == [
        f"note Acme: {text}" for text in ("one", "two", "three")
    ]


def test_slow_sending_keeps_its_lease(kith: Kith, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that takes longer to send than a lease lasts is sent by nobody else meanwhile, nor by this process."""
    accepted = kith.receive(LINE)
    send, others = kith.platform.send, [kith, kith.another()]

    async def slowly(*sent: Any) -> Sending:
        for _ in range(3):
            await extended(kith, monkeypatch)
            kith.clock.forward(seconds=LEASE.total_seconds() - 1)
            assert [await other.road.work_off() for other in others] == [0, 0]
        return await send(*sent)

    monkeypatch.setattr(kith.platform, "send", slowly)
    kith.carry_out(accepted)
    kith.clock.forward(hours=1)
    assert kith.work_off() == 0
    assert len(kith.platform.sent) == 1


async def extended(kith: Kith, monkeypatch: pytest.MonkeyPatch) -> None:
    """Until this process has next written something: while it sends, that is the lease's new end."""
    write, written = kith.database.write, asyncio.Event()

    async def tell(function: Any) -> Any:
        result = await write(function)
        written.set()
        return result

    with monkeypatch.context() as patch:
        patch.setattr(kith.database, "write", tell)
        await written.wait()


def test_lease_of_before_is_no_lease(kith: Kith, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that takes up its own job again holds it by the new lease alone: the slow try cannot end the job."""
    accepted = kith.receive(LINE)
    assert isinstance(accepted, Accepted)
    message = kith.run(kith.road.carrier._process(accepted.job))
    assert message is not None
    kith.clock.forward(seconds=LEASE.total_seconds() + 1)
    held = []

    async def look(*_: Any) -> Sending:
        held.append(await kith.database.write(lambda work: work.jobs.holds(message.id, message.lease)))
        return Sending(Sent.DELIVERED)

    monkeypatch.setattr(kith.platform, "send", look)
    assert kith.work_off() == 1
    assert held == [False]


# -- the platform fails ----------------------------------------------------------------------------


def test_platform_says_when_to_try_again(kith: Kith) -> None:
    """An answer that the platform puts off waits as long as it asks, and then goes out once."""
    kith.platform.outcomes = [Sending(Sent.RETRY, after=timedelta(seconds=40), reason="ratelimited")]
    kith.carry_out(kith.receive(LINE))
    assert kith.platform.sent == []
    kith.clock.forward(seconds=39)
    assert kith.work_off() == 0
    kith.clock.forward(seconds=2)
    assert kith.work_off() == 1
    assert len(kith.platform.sent) == 1
    assert visits(kith) == 1


def test_what_comes_later_waits_its_turn(kith: Kith) -> None:
    """While an answer waits because the platform asked for it, those after it in its conversation wait behind it.

    What they say is done all the same, and other conversations go on.
    """
    kith.platform.outcomes = [Sending(Sent.RETRY, after=timedelta(seconds=40), reason="ratelimited")]
    for text, room in (("one", "a"), ("two", "a"), ("three", "b"), ("four", "a")):
        kith.carry_out(kith.receive(f"note Acme: {text}", room=room))
    assert visits(kith) == 4
    assert [incoming.text for incoming, _, _ in kith.platform.sent] == ["note Acme: three"]
    assert kith.work_off() == 0
    kith.clock.forward(seconds=41)
    while kith.work_off():
        pass
    said = [incoming.text.removeprefix("note Acme: ") for incoming, _, _ in kith.platform.sent]
    assert said == ["three", "one", "two", "four"]


def test_form_answer_waits_its_turn(kith: Kith) -> None:
    """So does the answer to a form, and an answer that is kept because it could not be shown at once."""
    kith.platform.outcomes = [Sending(Sent.RETRY, after=timedelta(seconds=40), reason="ratelimited")]
    kith.carry_out(kith.receive("note Acme: one"))
    form = form_of(kith.say("task"))
    submitted = kith.incoming(token=form.token, fields={"title": "call Tom"})
    _reply, accepted = kith.run(kith.road.answer_form(submitted))
    assert accepted is not None
    kith.carry_out(accepted)
    kith.carry_out(kith.run(kith.road.keep(kith.incoming("help"), kith.say("help"))))
    assert kith.platform.sent == []
    kith.clock.forward(seconds=41)
    while kith.work_off():
        pass
    assert len(kith.platform.sent) == 3


def test_waits_grow_and_end_as_dead_letter(kith: Kith) -> None:
    """Without a hint the waits double; after eight tries the answer is a dead letter, which can be revived."""
    kith.platform.outcomes = [Sending(Sent.RETRY, reason="unreachable")] * 8
    kith.carry_out(kith.receive(LINE))
    waited = []
    for _ in range(7):
        before = kith.clock.now()
        while not kith.work_off():
            kith.clock.forward(seconds=1)
        waited.append((kith.clock.now() - before).total_seconds())
    assert waited == [2, 4, 8, 16, 32, 64, 128]
    kith.clock.forward(hours=1)
    assert kith.work_off() == 0
    (letter,) = kith.read(lambda work: work.jobs.list_by_state(JobState.DEAD, work.now, limit=5))
    assert letter.reason == "unreachable"
    assert kith.write(lambda work: work.jobs.revive(letter.job.id, work.now))
    kith.work_off()
    assert len(kith.platform.sent) == 1


def test_gone_conversation_is_a_dead_letter(kith: Kith) -> None:
    """An answer that nobody will ever receive is not tried again, and what was done stays done."""
    kith.platform.outcomes = [Sending(Sent.GONE, reason="channel_not_found")]
    kith.carry_out(kith.receive(LINE))
    kith.clock.forward(hours=1)
    assert kith.work_off() == 0
    (letter,) = kith.read(lambda work: work.jobs.list_by_state(JobState.DEAD, work.now, limit=5))
    assert letter.reason == "channel_not_found"
    assert visits(kith) == 1


def test_platform_that_is_off_keeps_its_answers(kith: Kith) -> None:
    """An answer for a platform that this process does not run waits for one that does."""
    accepted = kith.receive(LINE)
    elsewhere = kith.another()
    elsewhere.road.carrier._mailer.platforms = {"other": FakePlatform("other")}
    elsewhere.carry_out(accepted)
    assert visits(kith) == 1
    assert kith.platform.sent == []
    kith.clock.forward(seconds=60)
    kith.work_off()
    assert len(kith.platform.sent) == 1


# -- we fail ---------------------------------------------------------------------------------------


def break_in(monkeypatch: pytest.MonkeyPatch, fault: Exception) -> None:
    """The receipt cannot be kept: by then the visit and its task are written."""

    def keep_receipt(*_: Any) -> None:
        raise fault

    monkeypatch.setattr(dispatch, "keep_receipt", keep_receipt)


def test_bug_leaves_nothing_and_is_owned_up_to(kith: Kith, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of ours takes back all that was written, answers with a reference, and logs that and no words."""
    break_in(monkeypatch, ZeroDivisionError("saw the warehouse"))
    with structlog.testing.capture_logs() as logs:
        kith.carry_out(kith.receive(LINE, delivery="Ev7"))
    assert visits(kith) == 0
    assert kith.rows()["tasks"] == []
    ((_, reply, _),) = kith.platform.sent
    assert (reply.ok, reply.error) == (False, "crashed")
    assert "Nothing was changed" in shown(reply)
    assert "fake:t:Ev7" in shown(reply)
    (crash,) = [entry for entry in logs if entry["event"] == "command_crashed"]
    assert crash["delivery"] == "fake:t:Ev7"
    assert crash["error"] == "ZeroDivisionError"
    assert "warehouse" not in repr(logs)
    assert "Acme" not in repr(logs)


def test_bug_does_not_stop_the_next_try(kith: Kith, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the fault is mended the same words work at once: it was no first time."""
    break_in(monkeypatch, ZeroDivisionError())
    assert kith.say(LINE).error == "crashed"
    monkeypatch.undo()
    assert kith.say(LINE).ok
    assert visits(kith) == 1


def test_store_that_is_away_is_tried_again(kith: Kith, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store that cannot be reached is nobody's fault: nothing is answered, and the delivery is done later."""
    accepted = kith.receive(LINE)
    break_in(monkeypatch, StoreUnavailableError())
    with pytest.raises(StoreUnavailableError):
        kith.carry_out(accepted)
    assert kith.platform.sent == []
    assert visits(kith) == 0
    monkeypatch.undo()
    kith.clock.forward(seconds=LEASE.total_seconds() + 1)
    assert kith.work_off() == 1
    assert visits(kith) == 1
    assert len(kith.platform.sent) == 1


def test_store_that_is_away_keeps_nothing_of_an_answer_now(kith: Kith, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is answered with content fails as a whole, so that the platform sends it again and it is done then."""
    break_in(monkeypatch, StoreUnavailableError())
    with pytest.raises(StoreUnavailableError):
        kith.say(LINE, delivery="Ev9")
    monkeypatch.undo()
    assert kith.say(LINE, delivery="Ev9").ok
    assert visits(kith) == 1


def test_what_fails_again_and_again_is_given_up(kith: Kith, monkeypatch: pytest.MonkeyPatch) -> None:
    """A job that a fault of ours interrupts each time ends as a dead letter and holds its lane back no longer."""
    send = kith.platform.send
    tries = []

    async def fall_over(incoming: Any, reply: Any, key: str) -> Sending:
        if "one" in incoming.text:
            tries.append(key)
            raise ZeroDivisionError
        return await send(incoming, reply, key)

    monkeypatch.setattr(kith.platform, "send", fall_over)
    kith.receive("note Acme: one")
    kith.receive("note Acme: two")
    kith.receive("note Acme: elsewhere", room="other")
    for _ in range(30):
        kith.clock.forward(seconds=LEASE.total_seconds() + 1)
        kith.work_off()
    assert len(tries) == 8
    assert [incoming.text for incoming, _, _ in kith.platform.sent] == ["note Acme: elsewhere", "note Acme: two"]
    (letter,) = kith.read(lambda work: work.jobs.list_by_state(JobState.DEAD, work.now, limit=5))
    assert letter.reason == "interrupted"


def test_one_that_fails_does_not_hide_the_others(kith: Kith, monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs taken up together are all waited for, whichever of them is interrupted, and the fault is logged."""
    monkeypatch.setattr(kith.road.carrier, "_process", interrupted_unless(kith, "two"))
    kith.receive("note Acme: one", room="a")
    kith.receive("note Acme: two", room="b")
    kith.clock.forward(seconds=LEASE.total_seconds() + 1)
    with structlog.testing.capture_logs() as logs:
        assert kith.work_off() == 2
    assert [incoming.text for incoming, _, _ in kith.platform.sent] == ["note Acme: two"]
    assert [entry["error"] for entry in logs if entry["event"] == "job_interrupted"] == ["ZeroDivisionError"]


def interrupted_unless(kith: Kith, word: str) -> Any:
    process = kith.road.carrier._process

    async def perhaps(job: Any) -> Any:
        if word not in job.payload:
            raise ZeroDivisionError
        return await process(job)

    return perhaps


def test_bug_in_reading_the_words_is_owned_up_to(kith: Kith, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault while a line's words are read is answered like one in carrying it out."""

    def parse(text: str, _: Any) -> Any:
        raise ZeroDivisionError(text)

    broken = [replace(command, parse=parse) for command in VERBS.commands]
    monkeypatch.setattr(kith.road._dispatcher, "_verbs", Verbs(broken))
    with structlog.testing.capture_logs() as logs:
        reply = kith.say(LINE)
    assert (reply.ok, reply.error) == (False, "crashed")
    assert "warehouse" not in repr(logs)


def test_started_work_is_settled(kith: Kith) -> None:
    """What was started in the background is done when the process has settled."""

    async def start_and_settle() -> None:
        accepted = await kith.road.receive(kith.incoming(LINE))
        assert isinstance(accepted, Accepted)
        kith.road.start(accepted)
        await kith.road.settle()

    kith.run(start_and_settle())
    assert visits(kith) == 1
    assert len(kith.platform.sent) == 1


def test_half_a_character_in_a_name_loses_nothing(kith: Kith) -> None:
    """A name cut in the middle of an emoji, of who writes or of who is quoted, does not keep the delivery from disk."""
    quoted = Quoted(text="they wrote \ud83d", author="Tom \ud83d", link="https://chat.example/\ud83d")
    kith.carry_out(kith.receive(LINE, quoted=quoted, user_name="Mara \ud83d"))
    assert visits(kith) == 1
    assert len(kith.platform.sent) == 1


def test_answers_are_kept_as_they_were(kith: Kith) -> None:
    """What waits as JSON comes back as the same values."""
    reply = kith.say(LINE)
    assert msgspec.json.decode(msgspec.json.encode(reply), type=Reply) == reply
    incoming = kith.incoming(LINE, fields={"a": "b"}, people=("x",))
    assert msgspec.json.decode(msgspec.json.encode(incoming), type=type(incoming)) == incoming
