"""A card as WeCom messages.

What is short is one template card; what is long is a text, and below it a template card with its buttons. Nothing is
cut in a template card that would not be cut in the text. ``task_id`` is the adapter's, who knows what is unique.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cards import model
from cards.renderers.addresses import is_public
from cards.renderers.cutting import NOTHING, clean, clean_line
from cards.renderers.drawing import EMOJI, with_sign
from cards.renderers.fitting import Piece, fit, notice
from cards.renderers.wecom import markdown
from cards.renderers.wecom.measure import (
    BODY_CELLS,
    BODY_LINES,
    DETAIL_CELLS,
    FACTS_MAX,
    JUMPS_MAX,
    NAME_CELLS,
    STREAM_BYTES,
    TEXT_BYTES,
    TITLE_CELLS,
    URL_BYTES,
    VALUE_CELLS,
    fits_cells,
    label,
    plain,
    size,
)
from cards.renderers.wecom.pictures import pictures
from cards.renderers.wecom.pieces import Gathered, gather
from cards.renderers.wecom.presses import Laid, controls, laid, vote
from cards.words import Words

Payload = dict[str, Any]

_ROBOT_BYTES = STREAM_BYTES // 3  # ours: a line break takes two bytes more, and nobody reads as much in a chat
_NOTICE_BYTES = 100
_ADDRESS_BYTES = 300  # a longer address is not worth the text it displaces
_RESERVED = 2 * _NOTICE_BYTES + _ADDRESS_BYTES  # what may have to be said of what is missing
_GAP = len("  \n\n")  # between two lines, at the most
_SHARES = (1, 2, 6)  # ours: each text in full if all then fits, else the beginning of each


@dataclass(frozen=True, slots=True)
class Answer:
    """A card for a robot: Markdown (empty when the card says all) and a template card (None when nothing is pressed).

    ``typed`` is the whole in Markdown alone, with lines to type in the place of buttons: for where one message is all.
    """

    text: str
    card: Payload | None
    typed: str


def messages(card: model.Card) -> tuple[Payload, ...]:
    """What an app sends, in order: bodies of /cgi-bin/message/send without ``touser`` and ``agentid``."""
    words = Words(card.language)
    found, whole = _gathered(card, TEXT_BYTES, plain)
    placed = laid(found.presses)
    compact = _compact(card, found, placed) if whole else None
    sent: list[Payload] = []
    if compact is None:
        _spell_out(found, len(card.blocks))
        said = _fitted(card, found, TEXT_BYTES, left=placed.left, shortened=not whole)
        sent.append({"msgtype": "text", "text": {"content": said}})
        compact = _pressable(card, found, placed) if found.presses or found.links else None
    if compact:
        sent.append(_template(compact))
    sent += [_template(vote(options, _title(card, found), words)) for options in placed.votes]
    return (*sent, *pictures(card, found.pictures))


def answer(card: model.Card) -> Answer:
    """What a robot says: at most one Markdown text and one template card."""
    found, whole = _gathered(card, _ROBOT_BYTES, _as_markdown)
    placed = laid(found.presses, cards=0)
    typed = robot_text(card)
    compact = _compact(card, found, placed) if whole else None
    if compact is not None and not placed.left:
        return Answer("", compact, typed)
    _spell_out(found, len(card.blocks))
    text = markdown.lines(_fitted(card, found, _ROBOT_BYTES, left=placed.left, shortened=not whole))
    return Answer(text, _pressable(card, found, placed) if found.presses or found.links else None, typed)


def robot_text(card: model.Card) -> str:
    """The card in Markdown alone: each button as the line to type instead, each link as its address."""
    found, whole = _gathered(card, _ROBOT_BYTES, _as_markdown)
    index = len(card.blocks)
    for press in found.presses:
        found.say(index, f"• {clean_line(press.said) or NOTHING}: {clean_line(press.command)}", rows=1)
    for link in found.links:
        found.say(index, f"• {clean_line(link.label) or NOTHING}: {clean_line(link.url)}", rows=1)
    return markdown.lines(_fitted(card, found, _ROBOT_BYTES, left=0, shortened=not whole))


def summary_card(card: model.Card) -> Payload:
    """What an update can put into the place of a card whose answer is a text below it: its title, and no buttons.

    WeCom can only update to a template card; one without buttons must lead somewhere, or have a button that does
    nothing.
    """
    title = {"title": label(card.summary, TITLE_CELLS)}
    if is_public(card.link, URL_BYTES):
        return {"card_type": "text_notice", "main_title": title, "card_action": {"type": 1, "url": card.link}}
    done = {"text": label(Words(card.language)("Done"), 10), "style": 4, "key": "done"}
    return {"card_type": "button_interaction", "main_title": title, "button_list": [done]}


def _spell_out(found: Gathered, index: int) -> None:
    """Links that a template card has no room for stand in the text."""
    for link in found.links[FACTS_MAX:]:
        found.say(index, f"• {clean_line(link.label) or NOTHING}: {clean_line(link.url)}", rows=1)
    del found.links[FACTS_MAX:]


def _as_markdown(text: str) -> str:
    return markdown.harmless(clean(text))


def _template(card: Payload) -> Payload:
    return {"msgtype": "template_card", "template_card": card}


def _gathered(card: model.Card, limit: int, spell: Callable[[str], str]) -> tuple[Gathered, bool]:
    """The card taken apart, and whether every text in it is whole."""
    blocks, words = with_sign(card, EMOJI), Words(card.language)
    room = limit - _RESERVED
    for share in _SHARES:
        found = gather(blocks, words, room // share - _GAP, spell)
        if sum(map(_cost_of, found.lines)) <= room:
            break
    if not found.lines:
        found.say(0, clean(card.summary) or NOTHING, body=False)
    return found, share == _SHARES[0] and not _was_cut(found)


def _was_cut(found: Gathered) -> bool:
    return any(len(piece.content[1]) and piece.content[1].endswith("…") for piece in found.lines)


def _cost_of(piece: Piece[tuple[int, str]]) -> int:
    return size(piece.content[1]) + _GAP


def _fitted(card: model.Card, found: Gathered, limit: int, *, left: int, shortened: bool) -> str:
    """The lines within ``limit`` bytes; what is missing is said, with the card's address."""
    words = found.words
    fitted = fit(found.lines, lambda content: (size(content[1]) + _GAP,), (limit - _RESERVED,), (0,))
    parts = [*fitted.before, *fitted.after]
    text = ""
    above: int | None = None
    for block, line in parts:
        text += ("" if above is None else "\n" if above == block else "\n\n") + line
        above = block
    said = [notice(fitted.left, words)] if fitted.left else []
    if left:
        said.append(words("…and {count} more", count=words.number(left)))
    if (said or shortened) and is_public(card.link, _ADDRESS_BYTES) and size(card.link) <= _ADDRESS_BYTES:
        said.append(f"{words('See everything')}: {card.link}")
    return "\n\n".join(filter(None, (text, *said))) or NOTHING


def _title(card: model.Card, found: Gathered) -> str:
    return label((clean_line(found.head.text) if found.head else "") or card.summary, TITLE_CELLS)


def _compact(card: model.Card, found: Gathered, placed: Laid) -> Payload | None:
    """The whole as one template card; None where something in it would be cut, or WeCom has no card for it."""
    head = found.head
    title = clean_line(head.text if head else card.summary)
    detail = clean_line(head.detail) if head else ""
    beside = _facts_fit(found)
    told = [] if beside else [found.words("{label}:", label=one.label) + f" {one.value}" for one in found.facts]
    body = "\n".join(filter(None, (*map(clean, told), *found.body)))
    if head is None and body == title and fits_cells(title, TITLE_CELLS):
        body = ""  # a card of one sentence says it once
    short = fits_cells(title, TITLE_CELLS) and fits_cells(detail, DETAIL_CELLS) and fits_cells(body, BODY_CELLS)
    if not short or body.count("\n") >= BODY_LINES or placed.left or found.pictures or len(found.links) > FACTS_MAX:
        return None
    made = _typed(card, found, placed)
    if made is None:
        return None
    made["main_title"] = {"title": title or NOTHING} | ({"desc": detail} if detail else {})
    if body:
        made["sub_title_text"] = body
    facts = [{"keyname": clean_line(one.label), "value": clean_line(one.value)} for one in found.facts if beside]
    if facts:
        made["horizontal_content_list"] = facts + made.get("horizontal_content_list", [])
    return made


def _facts_fit(found: Gathered) -> bool:
    if len(found.facts) + len(found.links) > FACTS_MAX:
        return False
    pairs = [(clean_line(one.label), clean(one.value)) for one in found.facts]
    return all(
        name and value and "\n" not in value and fits_cells(name, NAME_CELLS) and fits_cells(value, VALUE_CELLS)
        for name, value in pairs
    )


def _typed(card: model.Card, found: Gathered, placed: Laid) -> Payload | None:
    """The card's kind with what belongs to it: buttons, or a page to open; None when it has neither."""
    action = {"card_action": {"type": 1, "url": card.link}} if is_public(card.link, URL_BYTES) else {}
    if found.presses:
        return {"card_type": "button_interaction", **action, **_opened(found), **controls(placed, found.words)}
    if action and len(found.links) <= JUMPS_MAX:
        jumps = [{"type": 1, "title": label(one.label, VALUE_CELLS), "url": one.url} for one in found.links]
        return {"card_type": "text_notice", **action, **({"jump_list": jumps} if jumps else {})}
    return None


def _opened(found: Gathered) -> Payload:
    """Links as lines that open a page: a card with buttons has no other place for them."""
    name = label(found.words("Open"), NAME_CELLS)
    lines = [
        {"type": 1, "keyname": name, "value": label(one.label, VALUE_CELLS), "url": one.url}
        for one in found.links[:FACTS_MAX]
    ]
    return {"horizontal_content_list": lines} if lines else {}


def _pressable(card: model.Card, found: Gathered, placed: Laid) -> Payload:
    """The card below a text: its title again, and all that can be pressed or opened."""
    title = {"main_title": {"title": _title(card, found)}}
    if found.presses:
        made = _typed(card, found, placed) or {}
        return made | title
    url = card.link if is_public(card.link, URL_BYTES) else found.links[0].url
    return {"card_type": "text_notice", **title, "card_action": {"type": 1, "url": url}, **_opened(found)}
