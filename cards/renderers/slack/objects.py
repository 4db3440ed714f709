"""Block Kit's small parts, each within its limit: texts, buttons, menus, confirmations.

Limits: slack_sdk/models/blocks and docs.slack.dev/reference/block-kit. Slack does not say how it counts; UTF-16 units
are never fewer than characters, so keeping to them is right either way.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from cards import model
from cards.renderers.cutting import NOTHING, clean, clean_line, cut, label, split
from cards.words import Words

TEXT_MAX = 3000  # section
CONTEXT_TEXT_MAX = 2000
BUTTON_TEXT_MAX = 75
URL_MAX = 3000
OPTIONS_MAX = 100
OPTION_TEXT_MAX = 75
OPTION_VALUE_MAX = 150
PLACEHOLDER_MAX = 150
CONFIRM_TITLE_MAX = 100
CONFIRM_TEXT_MAX = 300
CONFIRM_BUTTON_MAX = 30

# A word joiner is no white space and no punctuation, and mrkdwn begins and ends formatting only beside those: a sign
# between two joiners is shown as typed. Slack knows no escape for it.
_JOINER = "\u2060"
_FORMATTING = re.compile(
    r"[*~`]|(?<!\w)_|_(?!\w)"  # bold, struck, code; an underscore only outside a word
    r"|^(?=&gt;)"  # a quotation, even when escaped
    r"|(?<=:)(?=[^\s:]+:)"  # :emoji:
    r"|(?<=@)(?=channel|here|everyone)",  # `verbatim` leaves these alone; a message's fallback text has no such switch
    re.MULTILINE,
)
_SPECIAL = re.compile("[*~`_:@&<>]")
_ESCAPE = re.compile(r"&(?:amp|lt|gt);")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})

Payload = dict[str, Any]


def _unformatted(match: re.Match[str]) -> str:
    return f"{_JOINER}{match[0]}{_JOINER}" if match[0] else _JOINER


def escape(text: str, limit: int = TEXT_MAX) -> str:
    """Mrkdwn that shows ``text`` as it was typed, escaped first and then cut to ``limit``, never inside an escape."""
    text = clean(text)
    if _SPECIAL.search(text):  # most texts hold nothing to escape, and this is the road of every answer
        text = _FORMATTING.sub(_unformatted, text.translate(_ENTITIES))
    return cut(text, limit, _ESCAPE)


@lru_cache(maxsize=2048)  # labels and the titles of sections are the same on every card
def bold(text: str, limit: int) -> str:
    """Mrkdwn that shows one line in bold; empty for nothing."""
    escaped = escape(clean_line(text), limit - 2)
    return f"*{escaped}*" if escaped else ""


def plain(text: str, limit: int) -> Payload:
    """One line as a plain text object: shown as typed, ``:smile:`` included; never empty."""
    return {"type": "plain_text", "text": label(text, limit), "emoji": False}


def paragraph(text: str, limit: int = TEXT_MAX) -> Payload:
    """Text of several lines as a plain text object."""
    return {"type": "plain_text", "text": cut(clean(text), limit) or NOTHING, "emoji": False}


def mrkdwn(text: str) -> Payload:
    """Mrkdwn already escaped. ``verbatim`` keeps Slack from making links and mentions out of bare words."""
    return {"type": "mrkdwn", "text": text or NOTHING, "verbatim": True}


def section(text: Payload) -> Payload:
    """A block of text."""
    return {"type": "section", "text": text}


def context(text: str) -> list[Payload]:
    """Small print, in as many blocks as it needs; none for nothing."""
    parts = split(clean(text), CONTEXT_TEXT_MAX)
    return [{"type": "context", "elements": [paragraph(part, CONTEXT_TEXT_MAX)]} for part in parts]


def button(pressed: model.Button, words: Words) -> Payload:
    """A button whose value is its token; ``action_id`` says what kind it is and is numbered later."""
    element: Payload = {"type": "button", "action_id": "press", "text": plain(pressed.label, BUTTON_TEXT_MAX)}
    if pressed.token:
        element["value"] = pressed.token
    if pressed.style is not model.Style.NORMAL:
        element["style"] = pressed.style.value
    if question := clean(pressed.confirm):
        element["confirm"] = _confirm(pressed, question, words)
    return element


def _confirm(pressed: model.Button, question: str, words: Words) -> Payload:
    dialog: Payload = {
        "title": plain(pressed.label, CONFIRM_TITLE_MAX),
        "text": paragraph(question, CONFIRM_TEXT_MAX),
        "confirm": plain(pressed.label, CONFIRM_BUTTON_MAX),
        "deny": plain(words("Cancel"), CONFIRM_BUTTON_MAX),
    }
    if pressed.style is not model.Style.NORMAL:
        dialog["style"] = pressed.style.value
    return dialog


def link(opened: model.Link) -> Payload:
    """A button that opens a page; its address has been checked."""
    text = plain(opened.label, BUTTON_TEXT_MAX)
    return {"type": "button", "action_id": "open", "text": text, "url": opened.url}


def option(text: str, value: str) -> Payload:
    """One line of a select."""
    return {"text": plain(text, OPTION_TEXT_MAX), "value": value or NOTHING}


def menus(menu: model.Menu) -> Iterable[Payload]:
    """A drop-down of commands; several when there are more options than one may hold."""
    for start in range(0, len(menu.options), OPTIONS_MAX):
        part = menu.options[start : start + OPTIONS_MAX]
        yield {
            "type": "static_select",
            "action_id": "choose",
            "placeholder": plain(menu.label, PLACEHOLDER_MAX),
            "options": [option(one.label, one.token) for one in part],
        }
