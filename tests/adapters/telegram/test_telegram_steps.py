"""How answers move a form, without a chat; and how typed words become values."""

import pytest
from msgspec.structs import replace

from adapters.callbacks.asking import steps
from adapters.callbacks.asking.steps import State
from adapters.telegram.outgoing import Outgoing
from bots.emulators.telegram.client import Account
from cards.model import Actions, Card, Form, Heading, Input, InputKind, Option
from commands.model import Incoming, Reply
from tests.adapters.telegram.process import WEI, Kith
from tests.adapters.telegram.stand_in import StandIn

pytestmark = pytest.mark.anyio

_INCOMING = Incoming(platform="telegram", user="100", conversation="100", direct=True, delivery="4242-7")


def _form(*inputs: Input) -> Form:
    return Form(command="visit", title="A form", inputs=inputs, submit="Save", token="mTOKEN")


def _begun(*inputs: Input) -> State:
    return steps.begun(State(id="abc", origin=_INCOMING, form=_form(*inputs), language="en", update=7))


def _text(name: str, **more: object) -> Input:
    return replace(Input(name=name, label=name.title()), **more)


def test_wrong_before_missing_before_optional() -> None:
    """The first question is for what was wrong, then what is missing, then what may be left out."""
    wrong = _text("a", value="x", error="bad")
    missing, optional = _text("b", required=True), _text("c")
    assert _begun(optional, missing, wrong).index == 2
    assert _begun(optional, missing).index == 1
    assert _begun(_text("d", value="x", required=True), optional).reviewing


def test_required_question_cannot_be_skipped() -> None:
    """A skip that the question did not offer moves nothing."""
    state = _begun(_text("a", required=True))
    assert steps.pressed(state, "abc", 0, steps.SKIP) is None
    assert steps.pressed(state, "abc", 0, steps.CLEAR) is None


def test_sending_early_asks_for_what_is_missing() -> None:
    """A forged press on send does not send what is not complete."""
    moved = steps.pressed(_begun(_text("a", required=True)), "abc", 0, steps.SEND)
    assert moved is not None
    assert not moved.ready


@pytest.mark.parametrize("choice", ["9", "-1", "x", "", "cancel", "back"])
def test_strange_presses_move_nothing(choice: str) -> None:
    """Numbers of options there are none of, and words nobody says."""
    state = _begun(_text("a", required=True, kind=InputKind.SELECT, options=(Option(label="A", value="a"),)))
    assert steps.pressed(state, "abc", 0, choice) is None
    assert steps.pressed(state, "abc", 99, steps.ASK) is None


def test_reason_of_no_field_is_still_read() -> None:
    """When the command objects to something the form has no field for, the words stand at the first question."""
    state = replace(_begun(_text("a", required=True)), ready=True)
    back = steps.refused(state, {"elsewhere": "That cannot be."})
    assert (back.index, back.form.inputs[0].error, back.ready) == (0, "That cannot be.", False)


def test_several_wrong_fields_are_asked_one_after_the_other() -> None:
    """Each field that came back is asked for again, with its own reason, then the form is ready."""
    state = _begun(_text("a", required=True), _text("b", required=True))
    state = steps.filled(steps.filled(state, Option(label="", value="1")), Option(label="", value="2"))
    assert state.ready
    state = steps.refused(state, {"a": "not that", "b": "nor that"})
    assert (state.index, state.ready) == (0, False)
    state = steps.filled(state, Option(label="", value="3"))
    assert (state.index, state.form.inputs[1].error) == (1, "nor that")
    state = steps.filled(state, Option(label="", value="4"))
    assert state.ready
    assert state.fields == {"a": "3", "b": "4"}


async def test_member_is_found_by_handle(kith: Kith, wei: Account) -> None:
    """A question for a colleague offers the members and takes a handle or a name."""
    question = await kith.said(wei, "/assign Globex")
    assert {"Wei (@wei)", "Ana (@ana)"} <= set(question.labels)
    receipt = await kith.said(wei, "@ana")
    assert "Ana" in receipt.text


async def test_nobody_of_that_handle_is_asked_again(kith: Kith, wei: Account) -> None:
    """A colleague there is none of is said so, with the members still to choose from."""
    await kith.said(wei, "/assign Globex")
    question = await kith.said(wei, "@nobody")
    assert "❌ No member" in question.text
    assert "Ana" in (await kith.said(wei, "ana")).text


async def test_dates_and_times_are_checked_where_a_form_has_them(kith: Kith, wei: Account, server: StandIn) -> None:
    """A date or time that cannot be read is asked again at once; one that can is kept as it was said."""
    form = _form(_text("day", kind=InputKind.DATE, required=True), _text("at", kind=InputKind.TIME, required=True))
    await _sent(kith, Reply(form=form))
    assert "could not read “soonish”" in (await kith.said(wei, "soonish")).text
    assert "Day: next Tue" in (await kith.said(wei, "next Tue")).text
    assert "could not read “later”" in (await kith.said(wei, "later")).text


async def _sent(kith: Kith, reply: Reply) -> None:
    place = replace(_INCOMING, reply_to={"chat": WEI, "message": 1})
    outgoing = kith.adapter._outgoing
    assert isinstance(outgoing, Outgoing)
    await outgoing.send(place, reply, "k")


async def test_form_inside_a_card_is_asked_too(kith: Kith, server: StandIn) -> None:
    """Telegram has no fields in messages: a card's form becomes a conversation below the rest of the card."""
    card = Card(summary="Both", blocks=(Heading(text="A heading"), _form(_text("a", required=True))))
    await _sent(kith, Reply(cards=(card,)))
    assert [message.text.split(" ·")[0] for message in server.said(WEI)] == ["A heading", "A form"]


async def test_empty_answer_says_nothing(kith: Kith, server: StandIn) -> None:
    """A reply without cards or form sends no message."""
    await _sent(kith, Reply())
    await _sent(kith, Reply(cards=(Card(summary="x", blocks=(Actions(elements=()),)),)))
    assert [message.text for message in server.said(WEI)] == ["x"]


async def test_another_processs_answer_is_not_overwritten(
    kith: Kith, wei: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When another process took an answer meanwhile, this one is brought again and meets the next question."""
    await kith.said(wei, "/new_deal")
    forms = kith.adapter._outgoing._forms  # type: ignore[union-attr] # it is started
    stale = await forms.current(_INCOMING)
    assert stale is not None
    await kith.said(wei, "Globex")

    async def before(_: object) -> State:
        return stale

    update = wei.says("Renewal")
    with monkeypatch.context() as patched:
        patched.setattr(forms, "current", before)
        assert await kith.bring(update) == 503
    await kith.brought(update)
    assert "Name: Renewal" in kith.server.last(WEI).text
