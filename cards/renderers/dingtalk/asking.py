"""A form as text, for messages that have no fields: lines to copy, fill in and send back."""

from collections.abc import Iterator

from cards.model import Form, Input
from cards.renderers.cutting import NOTHING, clean_line, cut, label
from cards.renderers.dingtalk import marks
from cards.renderers.dingtalk.parts import Part
from cards.renderers.fitting import Piece
from cards.words import Words

TAG = "#form"  # begins the line by which an answer is known, with the form's token behind it
END = "#end"  # what stands below it is none of the form's: many copy a whole message
_NAME_MAX = 60
_OPTIONS_MAX = 30


def asked(form: Form, words: Words, block: int, longest: int) -> Iterator[Piece[Part]]:
    """What was wrong, what each field takes, what to do, and the lines to send back with what is known."""
    yield _kept(block, marks.bold(form.title, longest) or NOTHING)
    for one in form.inputs:
        for remark in _remarks(one, words):
            yield Piece(Part(block, marks.line(remark, longest)), keep=bool(one.error), rows=1)
    yield _kept(block, marks.line(words("Copy the lines below, fill them in and send them back:"), longest))
    # A paragraph of its own, so that nothing else is copied with it.
    yield _kept(-3 - block, marks.line(f"{TAG} {form.token}", longest))
    for one in form.inputs:
        text = marks.line(f"{name_of(one)}: {cut(clean_line(one.shown), longest)}".rstrip(), longest + _NAME_MAX)
        yield _kept(-3 - block, text)
    yield _kept(-3 - block, marks.line(END, longest))


def name_of(one: Input) -> str:
    """How an input is called in the lines: its label, and a star where it must be filled in."""
    return label(one.label or one.name, _NAME_MAX) + "*" * one.required


def _kept(block: int, text: str) -> Piece[Part]:
    return Piece(Part(block, text), keep=True)


def _remarks(one: Input, words: Words) -> Iterator[str]:
    name = label(one.label or one.name, _NAME_MAX)
    if clean_line(one.error):
        yield f"❌ {words('{label}:', label=name)} {one.error}"
    if clean_line(one.hint):
        yield f"{words('{label}:', label=name)} {one.hint}"
    if clean_line(one.placeholder):
        yield f"{words('{label}:', label=name)} {words('For example: {example}', example=one.placeholder)}"
    if one.options:
        offered = " / ".join(clean_line(option.label) or NOTHING for option in one.options[:_OPTIONS_MAX])
        more = len(one.options) - _OPTIONS_MAX
        rest = f" {words('…and {count} more', count=words.number(more))}" if more > 0 else ""
        yield f"{words('{label}:', label=name)} {offered}{rest}"
