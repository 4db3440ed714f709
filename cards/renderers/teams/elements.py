"""The elements of an Adaptive Card that everything is made of.

People's words stand in text runs of RichTextBlocks, never in TextBlocks: the latter read Markdown, the former do not.
https://adaptivecards.io/explorer/TextRun.html, version 1.5, the newest that Teams shows for bots:
https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-reference
"""

import re
from typing import Any

import msgspec

from cards import model
from cards.renderers.cutting import NOTHING, clean, clean_line, cut, label, units
from cards.words import Words

Payload = dict[str, Any]

VERSION = "1.5"
SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
# A message's JSON in UTF-16, and a card that a message extension puts into the compose box:
# https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages
MESSAGE_MAX = 100 * 1024  # bytes
RESULT_MAX = 28 * 1024
ENVELOPE_MAX = 12 * 1024  # ours: what stands around a card - addresses, the summary, who may refresh it
ACTIONS_MAX = 6  # of one set; Teams hides what is more
USERS_MAX = 60  # refresh.userIds
URL_MAX = 2000  # not documented
LABEL_MAX = 60  # ours: more is not read on a button
SUMMARY_MAX = 500  # ours: a notification shows a line or two

# What presses say they are: the verbs of Action.Execute.
PRESS, CHOOSE, REFRESH = "press", "choose", "refresh"
# Where their data is: a button's token, the menu's input, the kept form, the kept view.
TOKEN, MENU, FORM, VIEW = "t", "menu", "form", "view"

COLORS = {
    model.Tone.NEUTRAL: "default",
    model.Tone.GOOD: "good",
    model.Tone.WARNING: "warning",
    model.Tone.BAD: "attention",
}
_STYLES = {model.Style.PRIMARY: "positive", model.Style.DANGER: "destructive"}
# {{DATE(…)}} is worked out wherever text stands; a word joiner between the braces shows it as typed.
_FUNCTION = re.compile(r"\{(?=\{)")
_LINES_MAX = 200  # ours: of one text; what is longer goes on in one paragraph


def size(value: object) -> int:
    """Bytes that ``value`` takes as JSON in UTF-16, as Teams counts."""
    return 2 * units(msgspec.json.encode(value).decode())


def run(text: str, **looks: Any) -> Payload:
    """Words that are shown as they are: no Markdown, no functions."""
    return {"type": "TextRun", "text": _FUNCTION.sub("{\u2060", text)} | looks


def line(*runs: Payload, **looks: Any) -> Payload:
    """One line, wrapped where it must."""
    return {"type": "RichTextBlock", "inlines": list(runs)} | looks


def paragraph(text: str, **looks: Any) -> list[Payload]:
    """Text of several lines: a block for each, since a run knows no line breaks; an empty line becomes a gap."""
    lines = clean(text).split("\n", _LINES_MAX)
    made: list[Payload] = []
    spacing = "default"
    for one in lines:
        shown = " ".join(one.split())
        if shown:
            made.append(line(run(shown, **looks), spacing=spacing))
        spacing = "none" if shown else "medium"
    return made


def container(items: list[Payload], **looks: Any) -> Payload:
    """Elements that belong together."""
    return {"type": "Container", "items": items} | looks


def action_set(actions: list[Payload]) -> Payload:
    """Buttons in a row."""
    return {"type": "ActionSet", "actions": actions}


def press(pressed: model.Button) -> Payload:
    """A button that sends its token; one with a question unfolds it first, and the button stands again below it."""
    style = {"style": _STYLES[pressed.style]} if pressed.style in _STYLES else {}
    send = execute(pressed.label, PRESS, {TOKEN: pressed.token}) | style
    if not (question := clean(pressed.confirm)):
        return send
    return {"type": "Action.ShowCard", "title": label(pressed.label, LABEL_MAX), "card": asking(question, send)} | style


def asking(question: str, send: Payload) -> Payload:
    """The card that a button with a question unfolds."""
    return {"type": "AdaptiveCard", "body": paragraph(question), "actions": [send]}


def execute(title: str, verb: str, data: Payload) -> Payload:
    """A button that Kith answers at once; no input of the card goes along."""
    return {
        "type": "Action.Execute",
        "title": label(title, LABEL_MAX),
        "verb": verb,
        "data": data,
        "associatedInputs": "none",
    }


def opener(link: model.Link) -> Payload:
    """A button that opens a page; its address has been checked."""
    return {"type": "Action.OpenUrl", "title": label(link.label, LABEL_MAX), "url": link.url}


def dialog_opener(form: model.Form, words: Words) -> Payload:
    """A button that opens the form kept under its token as a dialog."""
    data = {"msteams": {"type": "task/fetch"}, FORM: form.token}
    return {"type": "Action.Submit", "title": label(words("Fill in…"), LABEL_MAX), "style": "positive", "data": data}


def menu(block: model.Menu, number: int, words: Words) -> list[Payload]:
    """A drop-down of tokens, and the button that sends the one that was chosen."""
    name = f"menu{number}"
    choices = [{"title": label(one.label, LABEL_MAX), "value": one.token} for one in block.options]
    chosen = {
        "type": "Input.ChoiceSet",
        "id": name,
        "style": "compact",
        "label": label(block.label, LABEL_MAX),
        "placeholder": label(block.label, LABEL_MAX),
        "choices": choices,
    }
    send = execute(words("Choose"), CHOOSE, {MENU: name}) | {"associatedInputs": "auto"}
    return [chosen, action_set([send])]


def unlinked(bad: model.Link) -> str:
    """A link that cannot be a button, as words."""
    return f"{clean_line(bad.label)} {clean_line(bad.url)}".strip()


def short(text: str, limit: int) -> str:
    """One line of at most ``limit`` units; a dash where there is nothing."""
    return cut(clean_line(text), limit) or NOTHING
