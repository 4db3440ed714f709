"""DingTalk's cards, drawn from the variables that fill the template."""

import json
import re
from typing import Any

from markupsafe import Markup, escape

from bots.gallery.model import Drawing
from cards.model import Card
from cards.renderers import dingtalk

SEND = "#fields"  # what the button below the fields sends on a page; no token is written so
_STYLE = """
.dingtalk { font: 14px/1.55 "PingFang SC", "Noto Sans", "Noto Sans CJK SC", sans-serif; color: #171a1d;
  background: #fff; border: 1px solid #dfe1e5; border-radius: 8px; padding: 12px; overflow-wrap: anywhere; }
.dingtalk-title { font-size: 17px; font-weight: 600; margin: 6px 0; } .dingtalk-line { margin: 6px 0; }
.dingtalk-quote { border-left: 3px solid #c4c8cf; padding-left: 8px; color: #747677; margin: 6px 0; }
.dingtalk-picture { border: 1px dashed #9a9da1; border-radius: 6px; color: #747677; text-align: center;
  padding: 28px 8px; }
.dingtalk-buttons { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 10px; }
.dingtalk-button { flex: 1 1 40%; font: inherit; border: 1px solid #c4c8cf; background: #fff; color: #171a1d;
  border-radius: 6px; padding: 6px 8px; }
.dingtalk-note { border-top: 1px solid #dfe1e5; margin-top: 12px; padding-top: 6px; }
.dingtalk-blue { background: #007fff; border-color: #007fff; color: #fff; }
.dingtalk-red { color: #e0292f; border-color: #e0292f; } .dingtalk-link::after { content: " ↗"; }
.dingtalk-field { display: block; margin: 8px 0; } .dingtalk-label { display: block; color: #747677; }
.dingtalk-field input, .dingtalk-field select { font: inherit; width: 100%; box-sizing: border-box;
  border: 1px solid #c4c8cf; border-radius: 6px; padding: 6px 8px; }
"""
_INLINE = re.compile(
    r"\\(?P<sign>.)|&(?P<entity>lt|amp);|(?P<bold>\*\*)|(?P<picture>!?)\[(?P<label>(?:\\.|[^\]\\])*)\]\((?P<url>[^)]*)\)"
)
_ENTITIES = {"lt": "<", "amp": "&"}


def draw(card: Card) -> Markup:
    """The card as everybody sees it, with the fields of its form."""
    return draw_variables(dingtalk.variables(card))


def draw_variables(shown: dict[str, str]) -> Markup:
    """A card of the template: what it says, a note below that and fields, as far as there are any.

    A button says in ``data-press`` what it sends, a field in its name, behind ``field-``, what it is called.
    """
    form = _form(shown) if shown["has_form"] == "true" else Markup()
    note = _note(shown) if shown["has_note"] == "true" else Markup()
    body = _text(shown["body"]) + _buttons(shown["btns"])
    return Markup('<div class="dingtalk">{}{}{}</div>').format(body, note, form)


def draw_markdown(text: str) -> Markup:
    """A message without a card."""
    return Markup('<div class="dingtalk">{}</div>').format(_text(text))


def _note(shown: dict[str, str]) -> Markup:
    drawn = _text(shown["note"]) + _buttons(shown["note_btns"])
    return Markup('<div class="dingtalk-note">{}</div>').format(drawn)


def _text(markdown: str) -> Markup:
    return Markup().join(_paragraph(part) for part in markdown.split("\n\n") if part)


def _paragraph(part: str) -> Markup:
    if part.startswith("### "):
        return Markup('<div class="dingtalk-title">{}</div>').format(_inline(part[4:]))
    kind = "quote" if part.startswith(">") else "line"
    lines = (_inline(line.removeprefix(">").strip()) for line in part.split("\n"))
    return Markup('<div class="dingtalk-{}">{}</div>').format(kind, Markup("<br>").join(lines))


def _inline(line: str) -> Markup:
    drawn, at, bold = Markup(), 0, False
    for found in _INLINE.finditer(line):
        drawn += escape(line[at : found.start()])
        at = found.end()
        if found["bold"]:
            bold = not bold
            drawn += Markup("<b>") if bold else Markup("</b>")
        elif found["url"] is not None:
            drawn += _linked(found)
        else:
            drawn += escape(found["sign"] or _ENTITIES[found["entity"]])
    return drawn + escape(line[at:]) + (Markup("</b>") if bold else Markup())


def _linked(found: re.Match[str]) -> Markup:
    if found["picture"]:
        return Markup('<span class="dingtalk-picture">{}</span>').format(found["url"].rsplit("/", 1)[-1])
    return Markup('<a href="{}">{}</a>').format(found["url"], re.sub(r"\\(.)", r"\1", found["label"]))


def _buttons(kept: str) -> Markup:
    made: list[dict[str, Any]] = json.loads(kept)
    drawn = Markup().join(map(_button, made))
    return Markup('<div class="dingtalk-buttons">{}</div>').format(drawn) if made else Markup()


def _button(one: dict[str, Any]) -> Markup:
    event = one["event"]["params"]
    kind, sends = ("open", event["url"]) if one["event"]["type"] == "openLink" else ("press", event["params"]["token"])
    return Markup('<button type="button" class="dingtalk-button dingtalk-{}{}" data-{}="{}">{}</button>').format(
        one["color"], " dingtalk-link" if kind == "open" else "", kind, sends, one["text"]
    )


def _form(shown: dict[str, str]) -> Markup:
    fields = (one for one in json.loads(shown["form"])["fields"] if not one.get("hidden"))
    drawn = Markup().join(map(_field, fields))
    send = Markup(
        '<div class="dingtalk-buttons">'
        '<button type="button" class="dingtalk-button dingtalk-blue" data-press="{}">{}</button></div>'
    )
    return Markup("<div data-fields>{}{}{}</div>").format(
        _text(shown["form_note"]), drawn, send.format(SEND, shown["form_btn"])
    )


def _field(one: dict[str, Any]) -> Markup:
    star = "*" if one["required"] else ""
    return Markup('<label class="dingtalk-field"><span class="dingtalk-label">{}{}</span>{}</label>').format(
        one["label"], star, _control(one)
    )


def _control(one: dict[str, Any]) -> Markup:
    known = one.get("defaultValue", "")
    if one["type"] == "SELECT":
        chosen = known["value"] if known else ""
        options = Markup().join(_option(each, chosen) for each in ({"value": "", "text": ""}, *one["options"]))
        return Markup('<select name="field-{}">{}</select>').format(one["name"], options)
    kind = "date" if one["type"] == "DATE" else "text"
    return Markup('<input type="{}" name="field-{}" value="{}" placeholder="{}">').format(
        kind, one["name"], known, one.get("placeholder", "")
    )


def _option(one: dict[str, Any], chosen: str) -> Markup:
    mark = Markup(" selected") if one["value"] == chosen else ""
    return Markup('<option value="{}"{}>{}</option>').format(one["value"], mark, one["text"])


DRAWING = Drawing("dingtalk", "DingTalk", 360, _STYLE, draw)
