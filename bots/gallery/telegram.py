"""Telegram's messages, drawn from text, entities and keyboard."""

from typing import Any

from markupsafe import Markup, escape

from bots.gallery.model import Drawing
from cards.model import Card, Form
from cards.renderers import telegram

Payload = dict[str, Any]

_STYLE = """
.telegram { font: 14px/1.4 Roboto, "Noto Sans", "Noto Sans CJK SC", sans-serif; color: #000; padding: 12px;
  background: #c6d8b8 linear-gradient(160deg, #d5e3b5, #9fc3a8); border-radius: 8px; overflow-wrap: anywhere; }
.telegram-bubble { background: #fff; border-radius: 12px 12px 12px 4px; padding: 7px 10px 6px; white-space: pre-wrap;
  box-shadow: 0 1px 1px #0002; }
.telegram-time { float: right; color: #8a9aa5; font-size: 11px; margin: 6px 0 0 12px; }
.telegram-quote { border-left: 3px solid #3390ec; background: #3390ec18; border-radius: 4px;
  padding: 3px 8px; margin: 2px 0; }
.telegram-picture { border: 1px dashed #8a9aa5; border-radius: 6px; color: #8a9aa5; text-align: center;
  padding: 28px 8px; margin-top: 6px; }
.telegram-keyboard { display: grid; gap: 4px; margin-top: 4px; }
.telegram-row { display: grid; grid-auto-flow: column; grid-auto-columns: minmax(0, 1fr); gap: 4px; }
.telegram-button { border: 0; font: inherit; background: #5b7a5a99; color: #fff; border-radius: 6px;
  min-height: 34px; padding: 0 6px;
  display: grid; place-items: center; font-weight: 500; text-align: center; position: relative; }
.telegram-link::after { content: "↗"; position: absolute; right: 5px; top: 0; font-size: 11px; }
.telegram-more { color: #24482a; font-size: 12px; margin: 6px 4px 0; }
"""
_TAGS = {"bold": "b", "italic": "i", "code": "code", "strikethrough": "s", "underline": "u"}
_QUOTES, _QUOTE_END = {"blockquote", "expandable_blockquote"}, "</div>"


def draw(card: Card) -> Markup:
    """The message; a card that is a form is the first question that is put, and the page that shows all answers."""
    forms = [block for block in card.blocks if isinstance(block, Form)]
    if forms and len(card.blocks) == 1:
        (form,) = forms
        first = telegram.question(form, telegram.first_open(form), card.language)
        last = telegram.question(form, len(form.inputs), card.language)
        if first == last:
            return draw_message(last)
        more = Markup('<div class="telegram-more">⋯</div>')
        return Markup('<div class="telegram">{}{}{}</div>').format(_message(first), more, _message(last))
    return draw_message(telegram.message(card))


def draw_message(message: Payload) -> Markup:
    """A message of the bot's. What can be pressed says in ``data-`` attributes what it sends."""
    return Markup('<div class="telegram">{}</div>').format(_message(message))


def _message(message: Payload) -> Markup:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    keyboard = Markup('<div class="telegram-keyboard">{}</div>').format(Markup().join(map(_row, rows)))
    picture = message.get("link_preview_options", {}).get("url", "")
    shown = Markup('<div class="telegram-picture">{}</div>').format(picture.rsplit("/", 1)[-1]) if picture else Markup()
    return Markup('<div class="telegram-bubble">{}<span class="telegram-time">10:00</span>{}</div>{}').format(
        _words(message["text"], message["entities"]), shown, keyboard if rows else Markup()
    )


def _row(row: list[Payload]) -> Markup:
    return Markup('<div class="telegram-row">{}</div>').format(Markup().join(map(_button, row)))


def _button(button: Payload) -> Markup:
    kind, sends = ("open", button["url"]) if "url" in button else ("press", button["callback_data"])
    style = " telegram-link" if kind == "open" else ""
    return Markup('<button type="button" class="telegram-button{}" data-{}="{}">{}</button>').format(
        style, kind, sends, button["text"]
    )


def _words(text: str, entities: list[Payload]) -> Markup:
    """The text with its entities, whose places are counted in UTF-16 units; they are nested or apart, never crossed."""
    units = text.encode("utf-16-le")
    opened, closed = _tags(entities)
    places = sorted({0, len(units) // 2, *opened, *closed})
    drawn = Markup()
    for place, following in zip(places, [*places[1:], places[-1]], strict=True):
        ending = closed.get(place, [])
        drawn += Markup("".join((*ending, *opened.get(place, []))))  # noqa: S704 - our own tags
        between = units[2 * place : 2 * following].decode("utf-16-le")
        # A quotation is a box of its own: the line break behind it is not shown as another one.
        drawn += escape(between.removeprefix("\n") if _QUOTE_END in ending else between)
    return drawn


def _tags(entities: list[Payload]) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    """What opens and what closes at each place; of those that begin or end together the longer stands outside."""
    opened: dict[int, list[str]] = {}
    closed: dict[int, list[str]] = {}
    for one in sorted(entities, key=lambda one: -int(one["length"])):
        begins, ends = _tag(one["type"])
        opened.setdefault(one["offset"], []).append(begins)
        closed.setdefault(one["offset"] + one["length"], []).insert(0, ends)
    return opened, closed


def _tag(kind: str) -> tuple[str, str]:
    if kind in _QUOTES:
        return '<div class="telegram-quote">', _QUOTE_END
    name = _TAGS.get(kind, "span")
    return f"<{name}>", f"</{name}>"


DRAWING = Drawing("telegram", "Telegram", 360, _STYLE, draw)
