"""Feishu's cards, drawn from card JSON 2.0."""

from typing import Any

from markupsafe import Markup

from bots.gallery.model import Drawing
from cards.model import Card
from cards.renderers import feishu

Payload = dict[str, Any]

_STYLE = """
.feishu { font: 14px/1.57 "PingFang SC", "Noto Sans CJK SC", "Noto Sans", sans-serif; color: #1f2329; background: #fff;
  border: 1px solid #dee0e3; border-radius: 8px; overflow: hidden; overflow-wrap: anywhere; }
.feishu-head { padding: 12px; font-size: 16px; font-weight: 600; } .feishu-head small { display: block; font-size: 14px;
  font-weight: 400; color: #646a73; }
.feishu-blue { background: #e1eaff; color: #0c296e; } .feishu-green { background: #d9f5d6; color: #124b0c; }
.feishu-orange { background: #feead2; color: #6b3900; } .feishu-red { background: #fde2e2; color: #621c18; }
.feishu-body { padding: 12px; display: grid; gap: 8px; } .feishu-text { white-space: pre-wrap; }
.feishu-heading { font-size: 16px; font-weight: 500; } .feishu-notation { font-size: 12px; }
.feishu-is-grey { color: #646a73; } .feishu-is-red { color: #d83931; }
.feishu-line { border: 0; border-top: 1px solid #dee0e3; margin: 4px 0; width: 100%; }
.feishu-flow { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
.feishu-apart { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 8px; align-items: center; }
.feishu-button { border: 1px solid #d0d3d6; border-radius: 6px; background: #fff; color: #1f2329; font: inherit;
  padding: 4px 12px; max-width: 100%; } .feishu-primary { color: #3370ff; border-color: #3370ff; }
.feishu-danger { color: #f54a45; border-color: #f54a45; } .feishu-link::after { content: " ↗"; font-size: 11px; }
.feishu-form { display: grid; gap: 8px; justify-items: start; } .feishu-form > * { max-width: 100%; }
.feishu-form > .feishu-field, .feishu-form > .feishu-text { width: 100%; }
.feishu-input { border: 1px solid #d0d3d6; border-radius: 6px; padding: 4px 12px; font: inherit; color: inherit;
  background: #fff; max-width: 100%; } .feishu-field > .feishu-input { width: 100%; box-sizing: border-box; }
.feishu-input::placeholder { color: #8f959e; } .feishu-large { min-height: 74px; }
.feishu-chart { display: grid; gap: 6px; padding: 4px 0; } .feishu-bar { background: #3370ff; height: 12px;
  border-radius: 2px; }
"""


def draw(card: Card) -> Markup:
    """The card as it stands in the private chat."""
    return draw_message(feishu.message(card, feishu.Spot.DIRECT))


def draw_message(message: Payload) -> Markup:
    """A card of Kith's. What can be pressed says in ``data-`` attributes what it sends."""
    elements = Markup().join(map(_element, message["body"]["elements"]))
    body = Markup('<div class="feishu-body">{}</div>').format(elements) if elements else Markup()
    return Markup('<div class="feishu">{}{}</div>').format(_header(message.get("header")), body)


def _header(header: Payload | None) -> Markup:
    if header is None:
        return Markup()
    below = Markup("<small>{}</small>").format(header["subtitle"]["content"]) if "subtitle" in header else Markup()
    return Markup('<div class="feishu-head feishu-{}">{}{}</div>').format(
        header["template"], header["title"]["content"], below
    )


def _element(element: Payload) -> Markup:  # noqa: PLR0911 - one per kind
    match element["tag"]:
        case "div":
            return _text(element["text"])
        case "hr":
            return Markup('<hr class="feishu-line">')
        case "column_set":
            return _columns(element)
        case "form":
            inside = Markup().join(map(_element, element["elements"]))
            return Markup('<div class="feishu-form" data-fields>{}</div>').format(inside)
        case "button":
            return _button(element)
        case "chart":
            return _chart(element["chart_spec"]["data"]["values"])
        case _:
            return _field(element)


def _text(text: Payload) -> Markup:
    kinds = [f"feishu-{text['text_size']}"] if "text_size" in text else []
    kinds += [f"feishu-is-{text['text_color']}"] if "text_color" in text else []
    return Markup('<div class="feishu-text {}">{}</div>').format(" ".join(kinds), text["content"])


def _columns(element: Payload) -> Markup:
    columns = [Markup().join(map(_element, column["elements"])) for column in element["columns"]]
    kind = "flow" if element["flex_mode"] == "flow" else "apart"
    inside = Markup().join(Markup("<div>{}</div>").format(column) for column in columns)
    return Markup('<div class="feishu-{}">{}</div>').format(kind, inside)


def _button(button: Payload) -> Markup:
    (behavior,) = button["behaviors"]
    link = behavior["type"] == "open_url"
    kind, sends = ("open", behavior["default_url"]) if link else ("press", behavior["value"]["token"])
    style = f"feishu-{button['type']}" + (" feishu-link" if link else "")
    asks = (
        Markup(' data-confirm="{}"').format(button["confirm"]["text"]["content"]) if "confirm" in button else Markup()
    )
    return Markup('<button type="button" class="feishu-button {}" data-{}="{}"{}>{}</button>').format(
        style, kind, sends, asks, button["text"]["content"]
    )


def _field(field: Payload) -> Markup:
    """A menu, which is pressed; or a field of a form, whose button sends it."""
    if "name" not in field:
        return Markup('<select class="feishu-input" data-action="menu">{}</select>').format(_options(field))
    label = field.get("label", {}).get("content", "")
    above = Markup("<div>{}{}</div>").format(label, " *" if field.get("required") else "") if label else Markup()
    return Markup('<div class="feishu-field">{}{}</div>').format(above, _control(field))


def _control(field: Payload) -> Markup:
    if field["tag"] == "select_static":
        made = Markup('<select name="{}" class="feishu-input">{}</select>')
        return made.format(field["name"], _options(field))
    known = next((field[key] for key in ("default_value", "initial_date", "initial_time") if key in field), "")
    hint = field.get("placeholder", {}).get("content", "")
    if field.get("input_type") == "multiline_text":
        large = Markup('<textarea name="{}" class="feishu-input feishu-large" placeholder="{}">{}</textarea>')
        return large.format(field["name"], hint, known)
    kind = {"date_picker": "date", "picker_time": "time"}.get(field["tag"], "text")
    return Markup('<input type="{}" name="{}" class="feishu-input" placeholder="{}" value="{}">').format(
        kind, field["name"], hint, known
    )


def _options(field: Payload) -> Markup:
    chosen = field.get("initial_index", 0)
    hint = Markup('<option value="">{}</option>').format(field.get("placeholder", {}).get("content", ""))
    return hint + Markup().join(
        Markup('<option value="{}"{}>{}</option>').format(
            one["value"], Markup(" selected") if number == chosen else "", one["text"]["content"]
        )
        for number, one in enumerate(field["options"], 1)
    )


def _chart(bars: list[Payload]) -> Markup:
    drawn = Markup('<div>{}<div class="feishu-bar" style="width: {}%"></div></div>')
    return Markup('<div class="feishu-chart">{}</div>').format(
        Markup().join(drawn.format(bar["name"], round(100 * bar["value"])) for bar in bars)
    )


DRAWING = Drawing("feishu", "Feishu / Lark", 420, _STYLE, draw)
