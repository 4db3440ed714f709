"""A card as a markdown message: in a person's own chat with links that send a line back, in a group with lines to type.

Markdown links of the scheme dtmd put their content into the chat as the words of whoever presses them. A robot hears
those in its own chat with a person alone: in a group it hears only what mentions it.
"""

import re
from functools import partial
from urllib.parse import quote

from cards import model
from cards.renderers.cutting import NOTHING, clean_line, cut
from cards.renderers.dingtalk import marks
from cards.renderers.dingtalk.opening import opened
from cards.renderers.dingtalk.parts import LABEL_MAX, LONGEST, Knob, Part, Payload, composed, fits, fitted
from cards.renderers.dingtalk.pieces import Scope, pieces
from cards.renderers.drawing import EMOJI, with_sign
from cards.renderers.fitting import Piece
from cards.words import Words

TITLE_MAX = 100  # ours: what a notification and the list of chats show
_SEND = "dtmd://dingtalkclient/sendMessage?content="
_MARK = "▸"  # nobody types it; what stands behind it is a token
_TOKEN = re.compile(rf"{_MARK}\s*([!?A-Za-z0-9_-]{{3,64}})\s*$")
_SHORT_LINE = 80  # letters of a command line that somebody may be asked to type
_BETWEEN = "　"


def message(card: model.Card, *, direct: bool) -> Payload:
    """``title`` and ``text`` of a markdown message; that something is missing is said, with the card's link."""
    words = Words(card.language)
    put = partial(_put, words=words, direct=direct)
    for longest in LONGEST:
        made = _pieces(card, Scope(words, longest))
        if fits(made, put):
            break
    parts = fitted(made, put, words, address=card.link, shortened=longest < LONGEST[0])
    title = cut(clean_line(card.summary), TITLE_MAX) or NOTHING
    return {"title": title, "text": composed(parts, put) or marks.line(title, TITLE_MAX)}


def pressed_token(text: str) -> str:
    """The token that a line sent by a link, or copied from a message, ends with; empty for any other line."""
    found = _TOKEN.search(text)
    return found[1] if found else ""


def typed_line(one: Knob) -> str:
    """What to type instead of pressing a button: its command line where that is short and asks nothing first."""
    short = len(one.command) <= _SHORT_LINE and one.command.isprintable() and "{" not in one.command
    return f"/crm {one.command}" if one.command and short and not one.asks else f"{_MARK}{one.token or NOTHING}"


def _pieces(card: model.Card, scope: Scope) -> list[Piece[Part]]:
    made = [piece for index, block in enumerate(with_sign(card, EMOJI)) for piece in pieces(block, index, scope)]
    if any(piece.content.text for piece in made):
        return made
    return [Piece(Part(-1, marks.paragraph(card.summary, scope.longest) or NOTHING)), *made]


def _put(part: Part, *, words: Words, direct: bool) -> str:
    if not part.knobs:
        return part.text
    if direct:
        # A link of their own line: a thumb needs room.
        pressed = _BETWEEN.join(_link(one) for one in part.knobs)
        return f"{part.text}{_BETWEEN}{pressed}" if part.text else pressed
    lines = [_told(one, words) for one in part.knobs]
    return marks.BREAK.join(filter(None, (part.text, *lines)))


def _link(one: Knob) -> str:
    if one.url:
        return marks.link(one.label, opened(one.url), LABEL_MAX)
    return (
        f"[{marks.line(one.label, LABEL_MAX)}]({_SEND}{quote(f'{one.label} {_MARK}{one.token or NOTHING}', safe='')})"
    )


def _told(one: Knob, words: Words) -> str:
    if one.url:
        return marks.link(one.label, opened(one.url), LABEL_MAX)
    said = words("{label}: mention me and type {line}", label=one.label, line=typed_line(one))
    return marks.line(said, LABEL_MAX + 2 * _SHORT_LINE + len(said))
