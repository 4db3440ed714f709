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
_OPTIONS_MAX = 60  # buttons; any other option can be typed


@dataclass(frozen=True, slots=True)
class Answer:
    """A press on a button of question ``index``.

    ``choice`` is an option's number (from 0), ``skip`` (leave it as it is and go on), ``clear`` (empty it and go on),
    ``ask`` (show this question), ``send`` or ``cancel``. ``token`` is how the form's token begins, to tell a question of
    an older form from the one that is open.
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
    return payload([Piece(part, keep=bool(part.buttons)) for part in parts_of(form, index, words)], words)


def parts_of(form: Form, index: int, words: Words, block: int = 0) -> Iterator[Part]:
    """The same as parts of a message, the card's ``block``-th block."""
    if 0 <= index < len(form.inputs):
        return _asking(form, index, words, block)
    return _review(form, words, block)


def _asking(form: Form, index: int, words: Words, block: int) -> Iterator[Part]:
    one = form.inputs[index]
    place = words("Question {number} of {total}", number=index + 1, total=len(form.inputs))
    yield Part(block, (*_title(form), (f" · {place}", "")))
    yield from (_known(other, words, block) for other in form.inputs if other is not one and other.value)
    yield Part(block, (("\n", ""), (shown_line(one.label or one.name, _KNOWN_MAX) or NOTHING, "bold")))
    yield from (Part(block, run) for run in _remarks(one, words))
    for number, choice in enumerate(_choices(one)):
        yield Part(block, (), (press(choice, _data(form, index, str(number))),), "options")
    yield from _ways_on(form, index, words, block)


def _choices(one: Input) -> list[str]:
    return [option.label for option in one.options[:_OPTIONS_MAX]] if one.kind is InputKind.SELECT else []


def _title(form: Form) -> tuple[Run, ...]:
    return ((shown_line(form.title, _KNOWN_MAX) or NOTHING, "bold"),)


def _known(one: Input, words: Words, block: int) -> Part:
    name = words("{label}:", label=shown_line(one.label or one.name, _KNOWN_MAX) or NOTHING)
    return Part(block, ((name, "bold"), (f" {shown(one.shown, _KNOWN_MAX) or NOTHING}", "")))


def _remarks(one: Input, words: Words) -> Iterator[tuple[Run, ...]]:
    if shown(one.error):
        yield ((f"❌ {shown(one.error, _KNOWN_MAX)}", ""),)
    if shown(one.hint):
        yield ((shown(one.hint, _KNOWN_MAX), "italic"),)
    if shown_line(one.placeholder):
        yield ((words("For example: {example}", example=shown_line(one.placeholder, _KNOWN_MAX)), "italic"),)
    if one.value:
        yield ((words("So far: {value}", value=shown(one.shown, _KNOWN_MAX) or NOTHING), ""),)
    if one.kind is InputKind.SELECT and len(one.options) > _OPTIONS_MAX:
        yield ((words("…and {count} more", count=words.number(len(one.options) - _OPTIONS_MAX)), "italic"),)


def _ways_on(form: Form, index: int, words: Words, block: int) -> Iterator[Part]:
    one = form.inputs[index]
    if one.value:
        keep = words("Keep {value}", value=clean_line(one.shown))
        yield Part(block, (), (press(keep, _data(form, index, "skip")),), "on")
        if not one.required:
            yield Part(block, (), (press(words("Clear"), _data(form, index, "clear")),), "on")
    elif not one.required:
        yield Part(block, (), (press(words("Skip"), _data(form, index, "skip")),), "on")
    yield from _last(form, index, words, block)


def _last(form: Form, index: int, words: Words, block: int) -> Iterator[Part]:
    """Send, once nothing required is missing, and cancel."""
    if all(one.value for one in form.inputs if one.required):
        yield Part(block, (), (press(form.submit, _data(form, index, "send")),), "on")
    yield Part(block, (), (press(words("Cancel"), _data(form, index, "cancel")),), "on")


def _review(form: Form, words: Words, block: int) -> Iterator[Part]:
    yield Part(block, _title(form))
    for index, one in enumerate(form.inputs):
        change = press(f"✎ {clean_line(one.label or one.name)}", _data(form, index, "ask"))
        part = _known(one, words, block)
        yield Part(block, part.runs, (change,), "change")
    yield from _last(form, len(form.inputs), words, block)


def _data(form: Form, index: int, choice: str) -> str:
    token = form.token.encode()[:_TOKEN_BYTES].decode("utf-8", "ignore")
    return f"{_PREFIX}:{index}:{choice}:{token}"
