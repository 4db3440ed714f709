"""Teams' messages, drawn from Adaptive Cards."""

from typing import Any

from markupsafe import Markup

from bots.gallery.model import Drawing
from cards.model import Card, Form
from cards.renderers import teams

Payload = dict[str, Any]

_STYLE = """
.teams { font: 14px/1.45 "Segoe UI", "Noto Sans", "Noto Sans CJK SC", sans-serif; color: #242424; background: #fff;
  border: 1px solid #d1d1d1; border-radius: 6px; padding: 12px 16px; overflow-wrap: anywhere; }
.teams-column { min-width: 0; } .teams-columns { display: flex; gap: 8px; align-items: center; }
.teams-stretch { flex: 1; min-width: 0; }
.teams-gap { margin-top: 8px; } .teams-close { margin-top: 3px; } .teams-line { border-top: 1px solid #e0e0e0; }
.teams-emphasis { background: #f0f0f0; border-radius: 4px; padding: 6px 10px; }
.teams-bolder { font-weight: 600; } .teams-large { font-size: 17px; } .teams-small { font-size: 12px; }
.teams-subtle { color: #616161; } .teams-monospace { font-family: monospace; }
.teams-good { color: #13700f; } .teams-warning { color: #835c00; } .teams-attention { color: #b10e1c; }
.teams-actions { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 8px; }
.teams-button { font: inherit; font-weight: 600; background: #fff; border: 1px solid #d1d1d1; border-radius: 4px;
  color: #242424; padding: 4px 12px; min-height: 32px; }
.teams-positive { background: #5b5fc7; border-color: #5b5fc7; color: #fff; }
.teams-destructive { color: #b10e1c; border-color: #b10e1c; }
.teams-fold::after { content: " ⌄"; } .teams-open::after { content: " ↗"; }
.teams-asking { border-left: 3px solid #d1d1d1; padding-left: 10px; margin-top: 6px; }
.teams-label { display: block; font-weight: 600; margin: 8px 0 2px; }
.teams-labelled { display: block; } .teams-note { font-size: 12px; color: #616161; }
.teams-field { display: block; width: 100%; box-sizing: border-box; font: inherit; border: 1px solid #d1d1d1;
  border-bottom-color: #616161; border-radius: 4px; padding: 5px 10px; min-height: 32px; background: #fff; }
.teams-tall { min-height: 72px; resize: vertical; }
.teams-title { font-size: 17px; font-weight: 600; margin-bottom: 8px; }
.teams-picture { border: 1px dashed #8a8a8a; border-radius: 4px; color: #616161; text-align: center;
  padding: 28px 8px; margin-top: 8px; }
"""
_LOOKS = ("weight", "size", "color", "fontType")


def draw(card: Card) -> Markup:
    """The message; a card that is a form is the dialog that its button opens."""
    forms = [block for block in card.blocks if isinstance(block, Form)]
    if forms and len(card.blocks) == 1:
        return draw_dialog(teams.dialog(forms[0], card.language))
    return draw_card(teams.adaptive([card]))


def draw_dialog(value: Payload) -> Markup:
    """A dialog with its title; its fields are named as in what is sent, and its button sends them."""
    title = Markup('<div class="teams-title">{}</div>').format(value["title"])
    card = value["card"]["content"]
    send = Markup('<div class="teams-actions"><button class="teams-button teams-positive">{}</button></div>')
    return Markup('<div class="teams">{}{}{}</div>').format(
        title, Markup().join(map(_element, card["body"])), send.format(card["actions"][0]["title"])
    )


def draw_card(card: Payload, *, above: str = "", below: str = "") -> Markup:
    """A card between two notes. What can be pressed says in ``data-`` attributes what it sends."""
    return Markup('<div class="teams">{}{}{}</div>').format(_note(above), _inside(card), _note(below))


def _note(words: str) -> Markup:
    return Markup('<div class="teams-note">{}</div>').format(words) if words else Markup()


def _inside(card: Payload) -> Markup:
    drawn = Markup().join(map(_element, card["body"]))
    return drawn + _actions(card["actions"]) if card.get("actions") else drawn


def _element(one: Payload) -> Markup:
    gap = {"none": "", "small": "teams-close"}.get(one.get("spacing", "default"), "teams-gap")
    line = " teams-line" if one.get("separator") else ""
    return Markup('<div class="{}{}">{}</div>').format(gap, line, _content(one))


def _content(one: Payload) -> Markup:
    match one["type"]:
        case "RichTextBlock":
            return Markup().join(map(_run, one["inlines"]))
        case "Container":
            shown = Markup().join(map(_element, one["items"]))
            return Markup('<div class="teams-emphasis">{}</div>').format(shown) if one.get("style") else shown
        case "ColumnSet":
            return Markup('<div class="teams-columns">{}</div>').format(Markup().join(map(_column, one["columns"])))
        case "ActionSet":
            return _actions(one["actions"])
        case "Image":
            return Markup('<div class="teams-picture">{}</div>').format(one["altText"])
        case _:
            return _input(one)


def _column(one: Payload) -> Markup:
    width = "teams-stretch" if one["width"] == "stretch" else "teams-column"
    return Markup('<div class="{}">{}</div>').format(width, Markup().join(map(_element, one["items"])))


def _run(run: Payload) -> Markup:
    looks = [f"teams-{run[name]}" for name in _LOOKS if name in run] + ["teams-subtle"] * run.get("isSubtle", False)
    return Markup('<span class="{}">{}</span>').format(" ".join(looks), run["text"])


def _actions(actions: list[Payload]) -> Markup:
    buttons = Markup().join(map(_button, actions))
    asking = Markup().join(
        Markup('<div class="teams-asking">{}</div>').format(_inside(one["card"])) for one in actions if "card" in one
    )
    return Markup('<div class="teams-actions">{}</div>{}').format(buttons, asking)


def _button(one: Payload) -> Markup:
    kinds = {"Action.OpenUrl": "teams-open", "Action.ShowCard": "teams-fold"}
    look = " ".join(filter(None, (kinds.get(one["type"]), f"teams-{one['style']}" if "style" in one else "")))
    return Markup('<button type="button" class="teams-button {}" data-{}="{}">{}</button>').format(
        look, *_sent(one), one["title"]
    )


def _sent(one: Payload) -> tuple[str, str]:
    """What a press does: opens a page, chooses what a menu stands at, or sends a token; below ShowCard nothing."""
    data = one.get("data") or {}
    if "url" in one:
        return "open", str(one["url"])
    if "menu" in data:
        return "choose", str(data["menu"])
    return "press", str(data.get("t") or data.get("form") or "")


def _input(one: Payload) -> Markup:
    star = " *" if one.get("isRequired") else ""
    return Markup('<label class="teams-labelled"><span class="teams-label">{}{}</span>{}</label>').format(
        one["label"], star, _control(one)
    )


def _control(one: Payload) -> Markup:
    """The field; of a list that Kith is asked for while somebody types, one to type into."""
    value, hint, needed = one.get("value", ""), one.get("placeholder", ""), _needed(one)
    if one.get("isMultiline"):
        return Markup('<textarea class="teams-field teams-tall" name="{}" placeholder="{}"{}>{}</textarea>').format(
            one["id"], hint, needed, value
        )
    if one["type"] == "Input.ChoiceSet" and "choices.data" not in one:
        options = Markup().join(_option(each, value) for each in one["choices"])
        return Markup('<select class="teams-field" name="{}"{}><option value="">{}</option>{}</select>').format(
            one["id"], needed, hint, options
        )
    known = next((each["title"] for each in one.get("choices", ()) if each["value"] == value), value)
    kind = {"Input.Date": "date", "Input.Time": "time", "Input.Number": "number"}.get(one["type"], "text")
    return Markup('<input class="teams-field" type="{}" name="{}" value="{}" placeholder="{}"{}>').format(
        kind, one["id"], known, hint, needed
    )


def _needed(one: Payload) -> Markup:
    return Markup(" required") if one.get("isRequired") else Markup()


def _option(one: Payload, chosen: str) -> Markup:
    mark = Markup(" selected") if one["value"] == chosen else ""
    return Markup('<option value="{}"{}>{}</option>').format(one["value"], mark, one["title"])


DRAWING = Drawing("teams", "Teams", 440, _STYLE, draw)
