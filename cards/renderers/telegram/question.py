"""A form on Telegram: one question at a time, each with what is known so far, and a last page to look it over.

The adapter keeps where a person is (form, index, what was answered) and calls ``question`` again after every answer.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from cards.model import Form, Input, InputKind
from cards.renderers.cutting import NOTHING, clean_line
from cards.renderers.fitting import Piece
from cards.renderers.telegram.parts import Part, Payload, Run, payload, press, shown, shown_line
from cards.words import Words

_PREFIX = "form"
_TOKEN_BYTES = 36  # of a form's token in callback_data, which takes 64 bytes in all
_KNOWN_MAX = 200  # units of one answer shown again
_REMARK_MAX = 500  # units of a hint, an error
_OPTIONS_MAX = 60  # buttons; any other option can be typed


@dataclass(frozen=True, slots=True)
class Answer:
    """A press on a button of question ``index``.

    ``choice`` is an option's number (from 0), ``skip`` (leave it as it is and go on), ``clear`` (empty it and go on),
    ``ask`` (show this question), ``send`` or ``cancel``. ``token`` is how the form's token begins, to tell a question
    of an older form from the one that is open.
    """

    index: int
    choice: str
    token: str


def answer(data: str) -> Answer | None:
    """What a ``callback_data`` says when it is from a question; None when it is a button's token."""
    match data.split(":", 3):
        case [prefix, index, choice, token] if prefix == _PREFIX and index.isdecimal():
            return Answer(int(index), choice, token)
        case _:
            return None


def first_open(form: Form) -> int:
    """The question to begin with: what was wrong, else what is missing, else the last page."""
    wrong = (index for index, one in enumerate(form.inputs) if one.error)
    missing = (index for index, one in enumerate(form.inputs) if one.required and not one.value)
    empty = (index for index, one in enumerate(form.inputs) if not one.value)
    return next(chain(wrong, missing, empty), len(form.inputs))


def question(form: Form, index: int, language: str) -> Payload:
    """The message that asks for input ``index``; beyond the last one, a page that shows every answer before sending."""
    words = Words(language)
    return payload(list(asked(form, index, words)), words)


def asked(form: Form, index: int, words: Words, block: int = 0) -> Iterator[Piece[Part]]:
    """The same as pieces of a message, the card's ``block``-th block; only what is known already may be left out."""
    if 0 <= index < len(form.inputs):
        return _asking(form, index, words, block)
    return _review(form, words, block)


def _asking(form: Form, index: int, words: Words, block: int) -> Iterator[Piece[Part]]:
    one = form.inputs[index]
    place = words("Question {number} of {total}", number=index + 1, total=len(form.inputs))
    yield _kept(block, _title(form), (f" · {place}", ""))
    for other in form.inputs:
        if other is not one and other.value:
            yield Piece(Part(block, _known(other, words)), rows=1)
    yield _kept(block, ("\n", ""), (_name(one), "bold"))
    for remark in _remarks(one, words):
        yield _kept(block, remark)
    choices = one.options[:_OPTIONS_MAX] if one.kind is InputKind.SELECT else ()
    for number, option in enumerate(choices):
        yield _button(block, option.label, _data(form, index, str(number)), "options")
    for name, choice in (*_skipping(one, words), *_ending(form, words)):
        yield _button(block, name, _data(form, index, choice), "on")


def _review(form: Form, words: Words, block: int) -> Iterator[Piece[Part]]:
    yield _kept(block, _title(form))
    for index, one in enumerate(form.inputs):
        change = press(f"✎ {clean_line(one.label or one.name)}", _data(form, index, "ask"))
        yield Piece(Part(block, _known(one, words), (change,), "change"), rows=1)
    for name, choice in _ending(form, words):
        yield _button(block, name, _data(form, len(form.inputs), choice), "on")


def _kept(block: int, *runs: Run) -> Piece[Part]:
    return Piece(Part(block, runs), keep=True)


def _button(block: int, name: str, data: str, shelf: str) -> Piece[Part]:
    return Piece(Part(block, (), (press(name, data),), shelf), keep=True)


def _title(form: Form) -> Run:
    return shown_line(form.title, _KNOWN_MAX) or NOTHING, "bold"


def _name(one: Input) -> str:
    return shown_line(one.label or one.name, _KNOWN_MAX) or NOTHING


def _known(one: Input, words: Words) -> tuple[Run, ...]:
    return (words("{label}:", label=_name(one)), "bold"), (f" {shown(one.shown, _KNOWN_MAX) or NOTHING}", "")


def _remarks(one: Input, words: Words) -> Iterator[Run]:
    if error := shown(one.error, _REMARK_MAX):
        yield f"❌ {error}", ""
    if hint := shown(one.hint, _REMARK_MAX):
        yield hint, "italic"
    if example := shown_line(one.placeholder, _REMARK_MAX):
        yield words("For example: {example}", example=example), "italic"
    if one.value:
        yield words("So far: {value}", value=shown(one.shown, _REMARK_MAX) or NOTHING), ""
    if one.kind is InputKind.SELECT and (more := len(one.options) - _OPTIONS_MAX) > 0:
        yield words("…and {count} more", count=words.number(more)), "italic"


def _skipping(one: Input, words: Words) -> Iterator[tuple[str, str]]:
    """What can be done instead of answering: labels and choices."""
    if one.value:
        yield words("Keep {value}", value=clean_line(one.shown)), "skip"
        if not one.required:
            yield words("Clear"), "clear"
    elif not one.required:
        yield words("Skip"), "skip"


def _ending(form: Form, words: Words) -> Iterator[tuple[str, str]]:
    """Send, once nothing required is missing, and cancel."""
    if all(one.value for one in form.inputs if one.required):
        yield form.submit, "send"
    yield words("Cancel"), "cancel"


def _data(form: Form, index: int, choice: str) -> str:
    token = form.token.encode()[:_TOKEN_BYTES].decode("utf-8", "ignore")
    return f"{_PREFIX}:{index}:{choice}:{token}"
