"""WeCom's messages, drawn from the bodies that an application sends: texts, template cards and news."""

from typing import Any

from markupsafe import Markup

from bots.gallery.model import Drawing
from cards.model import Card
from cards.renderers import wecom

Payload = dict[str, Any]

_STYLE = """
.wecom { display: grid; gap: 8px; font: 14px/1.55 "PingFang SC", "Noto Sans CJK SC", "Noto Sans", sans-serif;
  color: #1f2329; overflow-wrap: anywhere; justify-items: start; }
.wecom-text { background: #fff; border: 1px solid #e4e6e9; border-radius: 4px; padding: 8px 12px;
  white-space: pre-wrap; max-width: 100%; box-sizing: border-box; }
.wecom-card { background: #fff; border: 1px solid #e4e6e9; border-radius: 8px; padding: 14px 16px; width: 100%;
  box-sizing: border-box; display: grid; gap: 8px; }
.wecom-title { font-size: 16px; font-weight: 600; } .wecom-small { color: #868b92; font-size: 13px; }
.wecom-body { white-space: pre-wrap; }
.wecom-fact { display: grid; grid-template-columns: 5.5em minmax(0, 1fr); gap: 8px; }
.wecom-fact > :first-child { color: #868b92; }
.wecom-link { border: 0; background: none; color: #2773e5; font: inherit; padding: 0; text-align: left; }
.wecom-jump { border-top: 1px solid #eef0f2; padding-top: 8px; }
.wecom-buttons { display: grid; grid-template-columns: repeat(auto-fit, minmax(96px, 1fr)); gap: 8px; }
.wecom-button { border: 1px solid #d5d8dc; border-radius: 4px; background: #fff; color: #1f2329; font: inherit;
  padding: 6px 8px; }
.wecom-style-1 { background: #2773e5; border-color: #2773e5; color: #fff; }
.wecom-style-3 { color: #d93025; border-color: #e9a9a4; } .wecom-style-4 { color: #868b92; }
.wecom-choice { display: grid; gap: 4px; } .wecom-choice select { font: inherit; padding: 5px 8px; min-width: 0;
  border: 1px solid #d5d8dc; border-radius: 4px; background: #fff; color: inherit; max-width: 100%; }
.wecom-option { display: flex; gap: 8px; align-items: baseline; }
.wecom-picture { border: 1px dashed #9a9da1; border-radius: 4px; color: #868b92; text-align: center;
  padding: 28px 8px; }
"""


def draw(card: Card) -> Markup:
    """The card as it stands in the application's chat."""
    shown = Markup().join(map(_message, wecom.messages(card)))
    return Markup('<div class="wecom">{}</div>').format(shown)


def draw_message(body: Payload) -> Markup:
    """One message. What can be pressed says in ``data-`` attributes what it sends; a list's choice is a field."""
    return Markup('<div class="wecom">{}</div>').format(_message(body))


def _message(body: Payload) -> Markup:
    """A text, a card, or a robot's text with a card below it."""
    said = body.get("text") or body.get("markdown") or body.get("stream") or {}
    text = said.get("content", "").replace("  \n", "\n")
    shown = Markup('<div class="wecom-text">{}</div>').format(text) if text else Markup()
    if "template_card" in body:
        shown += _card(body["template_card"])
    return shown + Markup().join(_article(one) for one in body.get("news", {}).get("articles", ()))


def _card(card: Payload) -> Markup:
    parts = (
        _title(card["main_title"], card.get("card_action", {}).get("url", "")),
        _div("wecom-body", card.get("sub_title_text", "")),
        Markup().join(map(_fact, card.get("horizontal_content_list", ()))),
        _selection(card.get("button_selection")),
        Markup().join(_option(one) for one in card.get("checkbox", {}).get("option_list", ())),
        _buttons([*card.get("button_list", ()), *([card["submit_button"]] if "submit_button" in card else ())]),
        Markup().join(Markup('<div class="wecom-jump">{}</div>').format(_open(one)) for one in _jumps(card)),
    )
    return Markup('<div class="wecom-card" data-fields>{}</div>').format(Markup().join(parts))


def _div(kind: str, text: str) -> Markup:
    return Markup('<div class="{}">{}</div>').format(kind, text) if text else Markup()


def _title(title: Payload, url: str) -> Markup:
    """The whole card leads to its page; here its title does."""
    shown = _div("wecom-title", title["title"])
    if url:
        opened = Markup('<button type="button" class="wecom-link wecom-title" data-open="{}">{} ›</button>')
        shown = opened.format(url, title["title"])
    return shown + _div("wecom-small", title.get("desc", ""))


def _fact(fact: Payload) -> Markup:
    value = _open({"title": fact["value"], "url": fact["url"]}) if "url" in fact else fact.get("value", "")
    return Markup('<div class="wecom-fact"><span>{}</span><span>{}</span></div>').format(fact["keyname"], value)


def _jumps(card: Payload) -> list[Payload]:
    found: list[Payload] = card.get("jump_list", [])
    return found


def _open(link: Payload) -> Markup:
    return Markup('<button type="button" class="wecom-link" data-open="{}">{} ›</button>').format(
        link["url"], link["title"]
    )


def _selection(selection: Payload | None) -> Markup:
    if selection is None:
        return Markup()
    options = Markup().join(
        Markup('<option value="{}"{}>{}</option>').format(
            one["id"], Markup(" selected") if one["id"] == selection.get("selected_id") else "", one["text"]
        )
        for one in selection["option_list"]
    )
    return Markup(
        '<label class="wecom-choice"><span class="wecom-small">{}</span><select name="{}">{}</select></label>'
    ).format(selection["title"], selection["question_key"], options)


def _option(option: Payload) -> Markup:
    return Markup('<label class="wecom-option"><input type="radio" name="{}" value="{}"> {}</label>').format(
        wecom.CHOOSE, option["id"], option["text"]
    )


def _buttons(buttons: list[Payload]) -> Markup:
    made = Markup('<button type="button" class="wecom-button wecom-style-{}" data-press="{}">{}</button>')
    drawn = Markup().join(made.format(one.get("style", 1), one["key"], one["text"]) for one in buttons)
    return Markup('<div class="wecom-buttons">{}</div>').format(drawn) if drawn else Markup()


def _article(article: Payload) -> Markup:
    """News: a title, a picture and what it tells."""
    shown = _div("wecom-title", article["title"]) + _div("wecom-picture", article["picurl"].rsplit("/", 1)[-1])
    return Markup('<div class="wecom-card">{}{}</div>').format(
        shown, _div("wecom-small", article.get("description", ""))
    )


DRAWING = Drawing("wecom", "WeCom 企业微信", 360, _STYLE, draw)
