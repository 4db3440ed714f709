"""A form on Telegram is asked question by question, with what is known, and can be sent once nothing is missing."""

from typing import Any

import pytest
from hypothesis import given
from msgspec.structs import replace

from cards.model import Form, Input, InputKind, Option
from cards.renderers import telegram
from tests.cards.renderers.examples import form_of, visit_form
from tests.cards.renderers.strategies import forms, many_cards
from tests.cards.renderers.test_telegram_renderer import check, keyboard, labels

FORM = form_of(visit_form())


def choices(message: dict[str, Any]) -> list[str]:
    """What each button's press says, read back."""
    answers = [telegram.answer(button["callback_data"]) for row in keyboard(message) for button in row]
    return [f"{one.index}:{one.choice}:{one.token}" for one in answers if one]


def test_question() -> None:
    """A question says which it is, what is known of the others, what was wrong, and an example."""
    message = telegram.question(FORM, 1, "en")
    check(message)
    assert message["text"] == (
        "Log a visit · Question 2 of 6\n"
        "Customer: Blue Harbor\nFollow-up: 2030-12-03\nTime: after lunch\nStage: Won\n\n"
        "Note\n❌ Write a few words.\nFor example: Wants a demo"
    )
    assert labels(message) == [["Cancel"]]


def test_options_are_buttons() -> None:
    """A select's options are buttons, beside keeping or emptying what is there."""
    message = telegram.question(FORM, 4, "en")
    assert labels(message) == [["Quote", "Won"], ["Keep Won", "Clear", "Cancel"]]
    assert choices(message) == ["4:0:f1", "4:1:f1", "4:skip:f1", "4:clear:f1", "4:cancel:f1"]


def test_optional_can_be_skipped_and_required_cannot() -> None:
    """Skip is offered for what may stay empty only."""
    assert labels(telegram.question(FORM, 5, "zh_Hans")) == [["跳过", "取消"]]
    assert labels(telegram.question(FORM, 1, "zh_Hans")) == [["取消"]]


def test_complete_form_can_be_sent_at_once() -> None:
    """As soon as nothing required is missing the form can be sent from any question."""
    done = replace(FORM, inputs=tuple(replace(one, value=one.value or "x", error="") for one in FORM.inputs))
    assert labels(telegram.question(done, 1, "en")) == [["Keep x", "Log visit", "Cancel"]]


def test_last_page_shows_every_answer() -> None:
    """Beyond the last question all answers are shown, each can be changed, and the form is sent when it is complete."""
    message = telegram.question(FORM, 6, "en")
    check(message)
    assert "Note: –" in message["text"]
    assert "0:ask:f1" in choices(message)
    assert choices(message)[-1] == "6:cancel:f1"


@pytest.mark.parametrize("index", [-1, 6, 99])
def test_any_index_beyond_is_the_last_page(index: int) -> None:
    """An index that names no input shows the last page rather than failing."""
    assert telegram.question(FORM, index, "en") == telegram.question(FORM, 6, "en")


def test_first_open() -> None:
    """A form begins with what was wrong, else what is required and missing, else what is empty, else its last page."""

    def form(*inputs: Input) -> Form:
        return Form(command="x", title="T", submit="S", inputs=inputs)

    empty, required = Input(name="a", label="A"), Input(name="b", label="B", required=True)
    known = replace(empty, value="x")
    assert telegram.first_open(form(empty, required, replace(empty, error="wrong"))) == 2
    assert telegram.first_open(form(empty, required)) == 1
    assert telegram.first_open(form(known, empty)) == 1
    assert telegram.first_open(form(known)) == 1
    assert telegram.first_open(form()) == 0


@pytest.mark.parametrize("data", ["t1", "form:x:skip:t", "form:1", "", "cancel", "form:²:0:t"])
def test_other_presses_are_not_answers(data: str) -> None:
    """A button's token is not taken for an answer to a question."""
    assert telegram.answer(data) is None


def test_long_token_fits() -> None:
    """A form's token of 64 letters leaves room for the answer: its beginning goes along."""
    message = telegram.question(replace(FORM, token="t" * 64), 4, "en")
    check(message)
    assert choices(message)[0] == f"4:0:{'t' * 36}"


def test_many_options_are_counted() -> None:
    """More options than a keyboard should hold can be typed; how many there are is said."""
    options = tuple(Option(label=str(n), value=str(n)) for n in range(75))
    form = Form(
        command="x", title="T", submit="S", inputs=(Input(name="a", label="A", kind=InputKind.SELECT, options=options),)
    )
    message = telegram.question(form, 0, "en")
    check(message)
    assert message["text"].endswith("…and 15 more")


@many_cards
@given(forms)
def test_any_form(form: Form) -> None:
    """Whatever is in a form: each question and the last page can be sent, and each can be left."""
    for index in {0, len(form.inputs) // 2, len(form.inputs)}:
        message = telegram.question(form, index, "en")
        check(message)
        assert choices(message)[-1].split(":")[1] == "cancel"
