"""Each kind of block as pieces of a Slack message: what is sent whole or not at all."""

from collections.abc import Iterable
from typing import assert_never

from cards import model
from cards.renderers.addresses import is_public, is_web
from cards.renderers.cutting import NOTHING, clean, clean_line, cut, split, units
from cards.renderers.drawing import EMOJI, fraction, lengths, meter, signed
from cards.renderers.fitting import Piece, grouped
from cards.renderers.slack.objects import (
    TEXT_MAX,
    URL_MAX,
    Payload,
    bold,
    button,
    context,
    escape,
    link,
    menus,
    mrkdwn,
    paragraph,
    plain,
    section,
)
from cards.words import Words

LETTERS_MAX = 13_000  # over 13,200 or so: msg_blocks_too_long (slackapi/bolt-js 2509; undocumented)
HEADER_MAX = 150
FIELDS_MAX = 10
ELEMENTS_MAX = 25  # actions
ALT_TEXT_MAX = 2000

# Ours, not Slack's: shares of a section, so that one long line leaves room for the others.
_TITLE_MAX = 500
_META_MAX = 300
_DETAIL_MAX = 1900
_LABEL_MAX = 150
_VALUE_MAX = 1000
_LINES_TOGETHER = 10
_METER_CELLS = 12

Pieces = list[Piece[Payload]]


def pieces(block: model.Block, words: Words, *, top: bool = False) -> Pieces:  # noqa: C901, PLR0911 - one line per kind
    """What ``block`` becomes; nothing when there is nothing in it to show. Only at the ``top`` is a heading large."""
    match block:
        case model.Heading():
            return whole(_heading(block, top=top))
        case model.Text():
            return whole(_text(block))
        case model.Facts():
            return whole(_facts(block))
        case model.Rows():
            return _rows(block, words)
        case model.Progress():
            return _lines([_bar(fraction(block.value), block.label, block.text)])
        case model.Image():
            return whole(_image(block))
        case model.Chart():
            return _chart(block)
        case model.Divider():
            return whole([{"type": "divider"}])
        case model.Actions():
            return _actions(block.elements, words)
        case model.Form():
            return _form(block, words)
        case model.Context():
            return whole(context(cut(clean(block.text), LETTERS_MAX)))
        case _:
            assert_never(block)


def whole(blocks: Iterable[Payload], *, keep: bool = False, rows: int = 0) -> Pieces:
    """Each of Slack's ``blocks`` as a piece."""
    return [Piece(block, keep, rows) for block in blocks]


def letters(value: object) -> int:
    """The letters in a payload, wherever they stand in it."""
    if isinstance(value, dict):
        text = value.get("text")
        own = units(text) if isinstance(text, str) else 0
        return own + sum(map(letters, value.values()))
    return sum(map(letters, value)) if isinstance(value, list) else 0


def _heading(block: model.Heading, *, top: bool) -> list[Payload]:
    title = clean_line(block.text)
    if top and units(title) <= HEADER_MAX:
        header: Payload = {"type": "header", "text": plain(title, HEADER_MAX)}
    else:
        header = section(mrkdwn(bold(title, TEXT_MAX)))
    return ([header] if title else []) + context(block.detail)


def _text(block: model.Text) -> list[Payload]:
    text = clean(block.text)
    whole = cut(signed(text, block.tone, EMOJI), LETTERS_MAX) if text else ""
    return [_quote(part) if block.quote else section(paragraph(part)) for part in split(whole, TEXT_MAX)]


def _quote(text: str) -> Payload:
    # Rich text is not parsed for formatting at all: somebody's words can be copied as they were typed.
    quoted = {"type": "rich_text_quote", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [quoted]}


def _facts(block: model.Facts) -> list[Payload]:
    texts = [
        f"{bold(fact.label, _LABEL_MAX) or NOTHING}\n{escape(fact.value, _VALUE_MAX) or NOTHING}"
        for fact in block.facts
    ]
    groups = grouped(texts, units, most=FIELDS_MAX, room=LETTERS_MAX)
    return [{"type": "section", "fields": [mrkdwn(text) for text in group]} for group in groups]


def _rows(block: model.Rows, words: Words) -> Pieces:
    made: Pieces = []
    together: list[str] = []
    for row in block.rows:
        if row.action is None:
            together.append(_row(row))
            continue
        made += _lines(together)
        together = []
        made += whole([_with_action(row, row.action, words)], rows=1)
    paging = tuple(one for one in (block.previous, block.next) if one)
    return made + _lines(together) + whole(context(block.position)) + _actions(paging, words)


def _row(row: model.Row) -> str:
    title = signed(bold(row.title, _TITLE_MAX) or NOTHING, row.tone, EMOJI)
    head = "  ·  ".join(filter(None, (title, escape(row.meta, _META_MAX))))
    return "\n".join(filter(None, (head, escape(row.detail, _DETAIL_MAX))))


def _with_action(row: model.Row, action: model.Button | model.Link, words: Words) -> Payload:
    text = _row(row)
    if isinstance(action, model.Button):
        return section(mrkdwn(text)) | {"accessory": button(action, words)}
    if is_web(action.url, URL_MAX):
        return section(mrkdwn(text)) | {"accessory": link(action)}
    return section(mrkdwn(f"{text}\n{escape(_unlinked(action), _LABEL_MAX)}"))


def _unlinked(bad: model.Link) -> str:
    """A link that Slack would not take, as words."""
    return f"{clean_line(bad.label)} {clean_line(bad.url)}"


def _lines(lines: list[str]) -> Pieces:
    """Lines of a list that have no button share a section: as many as fit, ten at most."""
    groups = grouped(lines, lambda line: units(line) + 1, most=_LINES_TOGETHER, room=TEXT_MAX)
    return [piece for group in groups for piece in whole([section(mrkdwn("\n".join(group)))], rows=len(group))]


def _bar(share: float, name: str, text: str) -> str:
    # The bar first, for it is always as long as the next one: so the words behind it line up.
    return "  ".join(filter(None, (meter(share, _METER_CELLS), bold(name, _LABEL_MAX), escape(text, _META_MAX))))


def _chart(block: model.Chart) -> Pieces:
    title = bold(block.title, _TITLE_MAX)
    if is_public(block.url, URL_MAX):
        alt = cut(clean_line(f"{block.title}: {block.told}"), ALT_TEXT_MAX) or NOTHING
        picture = {"type": "image", "image_url": block.url, "alt_text": alt}
        return whole([*([section(mrkdwn(title))] if title else []), picture, *context(block.told)])
    bars = [_bar(share, one.label, one.text) for one, share in zip(block.bars, lengths(block), strict=True)]
    return _lines([*([title] if title else []), *bars])


def _image(block: model.Image) -> list[Payload]:
    # Slack fetches the picture as the message comes in, and refuses the message when it cannot.
    alt = clean_line(block.alt)
    if is_public(block.url, URL_MAX):
        return [{"type": "image", "image_url": block.url, "alt_text": cut(alt, ALT_TEXT_MAX) or NOTHING}]
    return context(f"{alt} {clean_line(block.url)}")


def _actions(elements: tuple[model.Element, ...], words: Words) -> Pieces:
    made: list[Payload] = []
    said: list[Payload] = []
    for element in elements:
        match element:
            case model.Button():
                made.append(button(element, words))
            case model.Link() if is_web(element.url, URL_MAX):
                made.append(link(element))
            case model.Link():
                said += context(_unlinked(element))
            case model.Menu():
                made += menus(element)
                said += [] if element.options else context(element.label)
            case _:
                assert_never(element)
    groups = grouped(made, _letters_of, most=ELEMENTS_MAX, room=TEXT_MAX)
    return whole(({"type": "actions", "elements": group} for group in groups), keep=True) + whole(said)


def _letters_of(element: Payload) -> int:
    """``letters`` of a button or menu, without looking into a button that is nothing but its label."""
    if element["type"] == "button" and "confirm" not in element:
        return units(element["text"]["text"])
    return letters(element)


def _form(form: model.Form, words: Words) -> Pieces:
    """A form in a message: a button that opens the modal, what is filled in already and what was wrong with it."""
    opener = model.Button(label=words("Fill in…"), command=form.command, style=model.Style.PRIMARY, token=form.token)
    title = section(mrkdwn(bold(form.title, _TITLE_MAX))) | {"accessory": button(opener, words) | {"action_id": "form"}}
    return whole([title], keep=True) + _lines([_field(one) for one in form.inputs if one.value or one.error])


def _field(one: model.Input) -> str:
    tone = model.Tone.BAD if one.error else model.Tone.NEUTRAL
    return _row(model.Row(title=one.label or one.name, meta=one.shown, detail=one.error, tone=tone))
