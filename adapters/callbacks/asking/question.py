"""The open question of a form as a card, for platforms that draw it as they draw any other.

A button's token is ``form:INDEX:CHOICE:FORM``; what is typed in answer needs none.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from adapters.callbacks.asking import steps
from adapters.callbacks.asking.steps import State
from cards.model import Actions, Block, Button, Card, Context, Fact, Facts, Form, Heading, Input, InputKind, Text, Tone
from cards.words import Words

_PREFIX = "form"
_OPTIONS_MAX = 30  # buttons; any other option can be typed


@dataclass(frozen=True, slots=True)
class Press:
    """A press on a button of question ``index`` of the form ``form_id``; ``choice`` as ``steps.pressed`` takes it."""

    index: int
    choice: str
    form_id: str


def press_of(token: str) -> Press | None:
    """What a token says; None when it is not a question's."""
    match token.split(":", 3):
        case [prefix, index, choice, form_id] if prefix == _PREFIX and index.isascii() and index.isdigit():
            return Press(int(index), choice, form_id)
        case _:
            return None


def asking(state: State) -> Card:
    """The question that is open, with what is known so far; behind the last one, all answers to look over."""
    words, form = Words(state.language), state.form
    blocks = _question(state, words) if state.input else _review(state, words)
    return Card(summary=form.title, blocks=tuple(blocks), language=state.language)


def _question(state: State, words: Words) -> Iterator[Block]:
    one, form = state.form.inputs[state.index], state.form
    place = words("Question {number} of {total}", number=state.index + 1, total=len(form.inputs))
    yield Heading(text=form.title, detail=place)
    if known := tuple(_fact(other) for other in form.inputs if other is not one and other.value):
        yield Facts(facts=known)
    if one.error:
        yield Text(text=one.error, tone=Tone.BAD)
    yield Text(text=_name(one))
    if remarks := list(_remarks(one, words)):
        yield Context(text="\n".join(remarks))
    yield Actions(elements=tuple(_answers(state, one, words)))


def _remarks(one: Input, words: Words) -> Iterator[str]:
    if one.hint:
        yield one.hint
    if one.placeholder:
        yield words("For example: {example}", example=one.placeholder)
    if one.value:
        yield words("So far: {value}", value=one.shown)


def _answers(state: State, one: Input, words: Words) -> Iterator[Button]:
    options = steps.choices(state) if state.offered or one.kind is InputKind.SELECT else ()
    for number, option in enumerate(options[:_OPTIONS_MAX]):
        yield _button(state, option.label, str(number))
    if one.value:
        yield _button(state, words("Keep {value}", value=one.shown), steps.SKIP)
        if not one.required:
            yield _button(state, words("Clear"), steps.CLEAR)
    elif not one.required:
        yield _button(state, words("Skip"), steps.SKIP)
    yield from _ending(state, words)


def _review(state: State, words: Words) -> Iterator[Block]:
    form: Form = state.form
    yield Heading(text=form.title)
    yield Facts(facts=tuple(_fact(one) for one in form.inputs))
    changes = (_button(state, f"✎ {_name(one)}", steps.ASK, index) for index, one in enumerate(form.inputs))
    yield Actions(elements=(*_ending(state, words), *changes))


def _ending(state: State, words: Words) -> Iterator[Button]:
    if state.complete:
        yield _button(state, state.form.submit, steps.SEND)
    if state.trail:
        yield _button(state, words("Back"), steps.BACK)
    yield _button(state, words("Cancel"), steps.CANCEL)


def _button(state: State, label: str, choice: str, index: int | None = None) -> Button:
    at = state.index if index is None else index
    return Button(label=label, command="", token=f"{_PREFIX}:{at}:{choice}:{state.id}")


def _fact(one: Input) -> Fact:
    return Fact(label=_name(one), value=one.shown)


def _name(one: Input) -> str:
    return one.label or one.name
