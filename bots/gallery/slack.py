"""Slack's messages and modals, drawn from Block Kit."""

import re
from collections.abc import Iterator
from typing import Any

from markupsafe import Markup, escape

from bots.gallery.model import Drawing
from cards.model import Card, Form
from cards.renderers import slack

Payload = dict[str, Any]

_BOLD = re.compile(r"(?<![\w\u2060*])\*([^*\n]+)\*(?![\w\u2060*])")

_STYLE = """
.slack { font: 15px/1.47 Lato, "Noto Sans", "Noto Sans CJK SC", sans-serif; color: #1d1c1d; background: #fff;
  border: 1px solid #ddd; border-radius: 8px; padding: 12px 16px; overflow-wrap: anywhere; }
.slack-message { display: grid; grid-template-columns: 36px minmax(0, 1fr); gap: 8px; }
.slack-face { width: 36px; height: 36px; border-radius: 8px; background: #1f4e5f; color: #fff; font-weight: 700;
  display: grid; place-items: center; }
.slack-name { font-weight: 900; } .slack-app { background: #ddd; color: #616061; font-size: 10px; font-weight: 700;
  padding: 1px 3px; border-radius: 2px; margin: 0 4px; vertical-align: 2px; }
.slack-time { color: #616061; font-size: 12px; }
.slack-header { font-size: 18px; font-weight: 900; margin: 4px 0; }
.slack-section { display: flex; gap: 16px; justify-content: space-between; margin: 4px 0; }
.slack-section > div:first-child { min-width: 0; white-space: pre-wrap; }
.slack-fields { display: grid; grid-template-columns: 1fr 1fr; gap: 8px 16px; margin: 8px 0; white-space: pre-wrap; }
.slack-context { font-size: 13px; color: #616061; margin: 4px 0; white-space: pre-wrap; }
.slack-actions { display: flex; flex-wrap: wrap; gap: 8px; margin: 8px 0; }
.slack-button { border: 1px solid #bbb; border-radius: 4px; padding: 0 12px; height: 36px; line-height: 34px;
  font-size: 15px; font-weight: 700; background: #fff; white-space: nowrap; max-width: 100%; overflow: hidden;
  color: inherit; font-family: inherit;
  text-overflow: ellipsis; flex: none; }
.slack-section .slack-button { height: 28px; line-height: 26px; font-size: 13px; }
.slack-primary { background: #007a5a; border-color: #007a5a; color: #fff; }
.slack-danger { color: #e01e5a; border-color: #e01e5a; }
.slack-select { font-weight: 400; } div.slack-select::after { content: " ▾"; color: #616061; }
.slack-quote { border-left: 4px solid #ddd; padding-left: 12px; margin: 4px 0; white-space: pre-wrap; }
.slack-divider { border: 0; border-top: 1px solid #ddd; margin: 12px 0; }
.slack-picture { border: 1px dashed #bbb; border-radius: 8px; color: #616061; padding: 32px 12px; text-align: center;
  margin: 8px 0; font-size: 13px; }
.slack-modal { margin: -12px -16px; } .slack-modal > header { padding: 16px 20px; font-size: 22px; font-weight: 900;
  border-bottom: 1px solid #ddd; }
.slack-modal > div { padding: 8px 20px; }
.slack-modal > footer { padding: 14px 20px; border-top: 1px solid #ddd; display: flex; gap: 12px;
  justify-content: flex-end; }
.slack-label { font-weight: 700; margin: 12px 0 6px; } .slack-label span { color: #616061; font-weight: 400; }
.slack-input { border: 1px solid #868686; border-radius: 4px; padding: 8px 12px; min-height: 22px; color: #1d1c1d;
  white-space: pre-wrap; }
.slack-input.slack-large { min-height: 66px; } .slack-empty { color: #868686; }
.slack-hint { font-size: 13px; color: #616061; margin: 4px 0; }
"""


def draw(card: Card) -> Markup:
    """The message; a card that is a form is the modal that Slack opens."""
    forms = [block for block in card.blocks if isinstance(block, Form)]
    if forms and len(card.blocks) == 1:
        return _modal(slack.modal(forms[0], private_metadata="", callback_id="form", language=card.language))
    return draw_blocks(slack.message(card)["blocks"])


def draw_blocks(blocks: list[Payload], note: str = "") -> Markup:
    """A message of Kith's; ``note`` stands above it. What can be pressed says in ``data-`` attributes what it sends."""
    head = Markup(
        '<span class="slack-name">Kith</span><span class="slack-app">APP</span><span class="slack-time">10:00 {}</span>'
    ).format(note)
    return Markup(
        '<div class="slack"><div class="slack-message"><div class="slack-face">K</div><div>{}{}</div></div></div>'
    ).format(head, Markup().join(map(_block, blocks)))


def _block(block: Payload) -> Markup:  # noqa: PLR0911 - one per kind
    match block["type"]:
        case "header":
            return Markup('<div class="slack-header">{}</div>').format(_text(block["text"]))
        case "section":
            return _section(block)
        case "context":
            return Markup('<div class="slack-context">{}</div>').format(Markup(" ").join(map(_text, block["elements"])))
        case "actions":
            return Markup('<div class="slack-actions">{}</div>').format(Markup().join(map(_element, block["elements"])))
        case "divider":
            return Markup('<hr class="slack-divider">')
        case "image":
            return Markup('<div class="slack-picture">{}</div>').format(block["alt_text"])
        case "rich_text":
            return Markup('<div class="slack-quote">{}</div>').format("".join(_letters(block)))
        case other:
            raise NotImplementedError(f"the gallery draws no {other}")


def _section(block: Payload) -> Markup:
    text = _text(block["text"]) if "text" in block else Markup()
    fields = Markup().join(Markup("<div>{}</div>").format(_text(field)) for field in block.get("fields", []))
    beside = _element(block["accessory"]) if "accessory" in block else Markup()
    below = Markup('<div class="slack-fields">{}</div>').format(fields) if fields else Markup()
    drawn = Markup('<div class="slack-section"><div>{}</div>{}</div>').format(text, beside) if text else Markup()
    return drawn + below


def _element(element: Payload) -> Markup:
    if element["type"] == "static_select":
        return _select(element)
    style = f" slack-{element['style']}" if "style" in element else ""
    sends = {"press": element.get("value", ""), "open": element.get("url", "")}
    if "confirm" in element:
        sends["confirm"] = element["confirm"]["text"]["text"]
    return Markup('<button type="button" class="slack-button{}"{}>{}</button>').format(
        style, _data(element, sends), _text(element["text"])
    )


def _select(element: Payload) -> Markup:
    options = Markup().join(
        Markup('<option value="{}">{}</option>').format(one["value"], one["text"]["text"]) for one in element["options"]
    )
    return Markup('<select class="slack-button slack-select"{}><option value="">{}</option>{}</select>').format(
        _data(element, {}), _text(element["placeholder"]), options
    )


def _data(element: Payload, sends: dict[str, str]) -> Markup:
    told = {"action": element["action_id"], **sends}
    return Markup().join(Markup(' data-{}="{}"').format(name, value) for name, value in told.items() if value)


def _text(text: Payload) -> Markup:
    return _mrkdwn(text["text"]) if text["type"] == "mrkdwn" else escape(text["text"])


def _mrkdwn(text: str) -> Markup:
    """Bold, which is what the renderer writes; everything else in it is people's words."""
    # Slack's own escapes are HTML's; escaped again after being undone, nothing but the bold below is a tag.
    shown = str(escape(text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")))
    return Markup(_BOLD.sub(r"<b>\1</b>", shown))  # noqa: S704 - see above


def _letters(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("text"), str):
            yield value["text"]
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from _letters(inner)


# -- modals ----------------------------------------------------------------------------------------


def _modal(view: Payload) -> Markup:
    fields = Markup().join(_field(block) if block["type"] == "input" else _block(block) for block in view["blocks"])
    close = Markup('<span class="slack-button">{}</span>').format(_text(view["close"])) if "close" in view else Markup()
    submit = Markup('<span class="slack-button slack-primary">{}</span>').format(_text(view["submit"]))
    return Markup(
        '<div class="slack"><div class="slack-modal"><header>{}</header><div>{}</div><footer>{}{}</footer></div></div>'
    ).format(_text(view["title"]), fields, close, submit)


def _field(block: Payload) -> Markup:
    optional = Markup(" <span>(optional)</span>") if block.get("optional") else Markup()
    hint = Markup('<div class="slack-hint">{}</div>').format(_text(block["hint"])) if "hint" in block else Markup()
    return Markup('<div class="slack-label">{}{}</div>{}{}').format(
        _text(block["label"]), optional, _control(block["element"]), hint
    )


def _control(element: Payload) -> Markup:
    option = element.get("initial_option")
    known = element.get("initial_value") or element.get("initial_date") or (option and option["text"]["text"]) or ""
    large = " slack-large" if element.get("multiline") else ""
    arrow = " slack-select" if element["type"].endswith("_select") else ""
    shown = escape(known) if known else Markup('<span class="slack-empty">{}&nbsp;</span>').format(_hint(element))
    return Markup('<div class="slack-input{}{}">{}</div>').format(large, arrow, shown)


def _hint(element: Payload) -> str:
    return str(element["placeholder"]["text"]) if "placeholder" in element else ""


DRAWING = Drawing("slack", "Slack", 420, _STYLE, draw)
