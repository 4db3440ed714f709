"""Mattermost's posts, drawn from their message and attachments, and its dialogs."""

import re
from typing import Any

from markupsafe import Markup, escape

from bots.gallery.model import Drawing
from cards.model import Card, Form
from cards.renderers import mattermost
from cards.renderers.mattermost import Abilities, Press

Payload = dict[str, Any]

_STYLE = """
.mattermost { font: 14px/1.45 "Open Sans", "Noto Sans", "Noto Sans CJK SC", sans-serif; color: #3f4350;
  background: #fff; border: 1px solid #dddfe4; border-radius: 4px; padding: 12px 16px; overflow-wrap: anywhere; }
.mattermost-name { font-weight: 600; } .mattermost-time { color: #8b8f9b; font-size: 12px; margin-left: 6px; }
.mattermost-bot { background: #e8e9ec; border-radius: 3px; font-size: 10px; font-weight: 600; padding: 1px 4px;
  margin-left: 6px; }
.mattermost-title { font-size: 17px; font-weight: 600; margin: 6px 0 4px; }
.mattermost-attachment { border: 1px solid #dddfe4; border-left: 4px solid #c4c7d0; border-radius: 4px;
  padding: 8px 12px; margin: 6px 0; }
.mattermost-good { border-left-color: #339970; } .mattermost-warning { border-left-color: #cc8f00; }
.mattermost-danger { border-left-color: #d24b4e; }
.mattermost-quote { border-left: 3px solid #c4c7d0; padding-left: 10px; color: #5d6270; }
.mattermost-rule { border: 0; border-top: 1px solid #dddfe4; margin: 8px 0; }
.mattermost-picture { border: 1px dashed #8b8f9b; border-radius: 4px; color: #8b8f9b; text-align: center;
  padding: 28px 8px; margin: 6px 0; }
.mattermost-actions { display: flex; flex-wrap: wrap; gap: 6px; margin-top: 8px; }
.mattermost-button { font: inherit; font-weight: 600; border: 0; background: #e4ebf7; color: #1c58d9;
  border-radius: 4px; padding: 5px 10px; }
.mattermost-primary { background: #1c58d9; color: #fff; } .mattermost-delete { background: #fbe9e9; color: #d24b4e; }
.mattermost-menu { font: inherit; border: 1px solid #c4c7d0; border-radius: 4px; padding: 4px 8px; max-width: 100%; }
.mattermost-dialog { border: 1px solid #c4c7d0; border-radius: 8px; padding: 14px 18px; background: #fff; }
.mattermost-field { display: block; margin: 10px 0; } .mattermost-label { display: block; font-weight: 600; }
.mattermost-field input, .mattermost-field textarea, .mattermost-field select { font: inherit; width: 100%;
  box-sizing: border-box; border: 1px solid #c4c7d0; border-radius: 4px; padding: 6px 10px; }
.mattermost-hint { color: #8b8f9b; font-size: 12px; }
"""
_INLINE = re.compile(
    r"\\(?P<sign>.)|&(?P<entity>lt|amp|#36);|(?P<bold>\*\*)|(?P<italic>\*)|\[(?P<label>(?:\\.|[^\]\\])*)\]\((?P<url>[^)]*)\)"
)
_ENTITIES = {"lt": "<", "amp": "&", "#36": "$"}
_STYLES = {"primary": " mattermost-primary", "danger": " mattermost-delete"}
# What a server of today can do.
_ABILITIES = Abilities(dates=True, lookup="https://kith.example/mattermost/lookup")


def draw(card: Card) -> Markup:
    """The post; a card that is a form is the dialog that opens."""
    forms = [block for block in card.blocks if isinstance(block, Form)]
    if forms and len(card.blocks) == 1:
        (form,) = forms
        shown = mattermost.dialog(form, state="", callback_id="form", language=card.language, abilities=_ABILITIES)
        return draw_dialog(shown)
    return draw_post(mattermost.message(card, _integration))


def draw_post(post: Payload, note: str = "") -> Markup:
    """A post of Kith's; ``note`` stands above it. What can be pressed says its action's id in ``data-press``."""
    head = Markup(
        '<span class="mattermost-name">kith</span><span class="mattermost-bot">BOT</span>'
        '<span class="mattermost-time">10:00 {}</span>'
    ).format(note)
    attachments = Markup().join(map(_attachment, (post.get("props") or {}).get("attachments", [])))
    return Markup('<div class="mattermost">{}{}{}</div>').format(head, _lines(post["message"]), attachments)


def draw_dialog(dialog: Payload) -> Markup:
    """A dialog with its fields; each is named as in what is sent."""
    fields = Markup().join(map(_field, dialog["elements"]))
    return Markup(
        '<div class="mattermost-dialog"><div class="mattermost-title">{}</div>{}{}'
        '<div class="mattermost-actions"><button class="mattermost-button mattermost-primary">{}</button></div></div>'
    ).format(dialog["title"], _lines(dialog["introduction_text"]), fields, dialog["submit_label"])


def _integration(press: Press) -> Payload:
    return {"url": "https://kith.example/mattermost/action", "context": {"tokens": list(press.tokens)}}


def _attachment(one: Payload) -> Markup:
    picture = one.get("image_url", "").rsplit("/", 1)[-1]
    shown = Markup('<div class="mattermost-picture">{}</div>').format(picture) if picture else Markup()
    actions = Markup().join(map(_action, one.get("actions", [])))
    row = Markup('<div class="mattermost-actions">{}</div>').format(actions) if actions else Markup()
    return Markup('<div class="mattermost-attachment mattermost-{}">{}{}{}</div>').format(
        one.get("color", "neutral"), _lines(one.get("text", "")), shown, row
    )


def _action(action: Payload) -> Markup:
    if action["type"] == "select":
        options = Markup().join(
            Markup('<option value="{}">{}</option>').format(each["value"], each["text"]) for each in action["options"]
        )
        return Markup(
            '<select class="mattermost-menu" data-action="{}"><option value="">{}</option>{}</select>'
        ).format(action["id"], action["name"], options)
    return Markup('<button type="button" class="mattermost-button{}" data-press="{}">{}</button>').format(
        _STYLES.get(action.get("style", ""), ""), action["id"], action["name"]
    )


def _field(one: Payload) -> Markup:
    hint = Markup('<span class="mattermost-hint">{}</span>').format(one.get("help_text", ""))
    return Markup('<label class="mattermost-field"><span class="mattermost-label">{}{}</span>{}{}</label>').format(
        one["display_name"], "" if one["optional"] else " *", _control(one), hint
    )


def _control(one: Payload) -> Markup:
    name, value = one["name"], one.get("default", "")
    if one["type"] == "textarea":
        return Markup('<textarea name="{}" rows="3">{}</textarea>').format(name, value)
    if one["type"] == "select" and one.get("options"):
        options = Markup().join(
            Markup('<option value="{}"{}>{}</option>').format(
                each["value"], Markup(" selected") if each["value"] == value else "", each["text"]
            )
            for each in one["options"]
        )
        return Markup('<select name="{}"><option value=""></option>{}</select>').format(name, options)
    return Markup('<input name="{}" value="{}" placeholder="{}">').format(name, value, one.get("placeholder", ""))


def _lines(text: str) -> Markup:
    return Markup().join(map(_line, text.split("\n"))) if text else Markup()


def _line(line: str) -> Markup:
    if line == "---":
        return Markup('<hr class="mattermost-rule">')
    for mark, kind in (("#### ", "title"), ("> ", "quote")):
        if line.startswith(mark):
            return Markup('<div class="mattermost-{}">{}</div>').format(kind, _words(line.removeprefix(mark)))
    return Markup("<div>{}</div>").format(_words(line)) if line else Markup()


def _words(line: str) -> Markup:
    """The few marks that the renderer makes; everything else is letters."""
    drawn, opened, place = Markup(), {"bold": False, "italic": False}, 0
    for match in _INLINE.finditer(line):
        drawn += escape(line[place : match.start()])
        drawn += _mark(match, opened)
        place = match.end()
    ends = (Markup("</{}>").format(_tag(kind)) for kind in opened if opened[kind])
    return drawn + escape(line[place:]) + Markup().join(ends)


def _mark(match: re.Match[str], opened: dict[str, bool]) -> Markup:
    if match["sign"]:
        return escape(match["sign"])
    if match["entity"]:
        return escape(_ENTITIES[match["entity"]])
    if match["url"] is not None:
        return Markup('<a href="{}">{}</a>').format(match["url"], re.sub(r"\\(.)", r"\1", match["label"]))
    kind = "bold" if match["bold"] else "italic"
    opened[kind] = not opened[kind]
    return Markup("<{}{}>").format("" if opened[kind] else "/", _tag(kind))


def _tag(kind: str) -> str:
    return {"bold": "b", "italic": "i"}[kind]


DRAWING = Drawing("mattermost", "Mattermost", 480, _STYLE, draw)
