"""DingTalk's cards, drawn from the variables that fill the template."""

import json
import re
from typing import Any

from markupsafe import Markup, escape

from bots.gallery.model import Drawing
from cards.model import Card
from cards.renderers import dingtalk

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
    shown = dingtalk.variables(card)
    form = _form(shown) if shown["has_form"] == "true" else Markup()
    return Markup('<div class="dingtalk">{}{}{}</div>').format(_text(shown["body"]), _buttons(shown["btns"]), form)


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
    opens = one["event"]["type"] == "openLink"
    return Markup('<button type="button" class="dingtalk-button dingtalk-{}{}">{}</button>').format(
        one["color"], " dingtalk-link" if opens else "", one["text"]
    )


def _form(shown: dict[str, str]) -> Markup:
    fields = (one for one in json.loads(shown["form"])["fields"] if not one.get("hidden"))
    drawn = Markup().join(map(_field, fields))
    send = Markup('<div class="dingtalk-buttons"><button class="dingtalk-button dingtalk-blue">{}</button></div>')
    return _text(shown["form_note"]) + drawn + send.format(shown["form_btn"])


def _field(one: dict[str, Any]) -> Markup:
    known = one.get("defaultValue", "")
    if one["type"] == "SELECT":
        options = Markup().join(Markup("<option>{}</option>").format(each["text"]) for each in one["options"])
        control = Markup("<select>{}</select>").format(options)
    else:
        control = Markup('<input value="{}" placeholder="{}">').format(known, one.get("placeholder", ""))
    star = "*" if one["required"] else ""
    return Markup('<label class="dingtalk-field"><span class="dingtalk-label">{}{}</span>{}</label>').format(
        one["label"], star, control
    )


DRAWING = Drawing("dingtalk", "DingTalk", 360, _STYLE, draw)
