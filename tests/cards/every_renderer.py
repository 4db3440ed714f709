"""Every renderer with its judge: what the platform refuses, what a person reads there, and what can be pressed.

A platform joins with one line in ``JUDGES``. ``read`` is what somebody sees once the platform has carried out whatever
markup there is: words of people's that were taken for markup are missing from it.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from bots.emulators.feishu import model as feishu_model
from bots.emulators.teams.cards import walked, words_of
from bots.emulators.teams.rules import MESSAGE_MAX, bytes_of, faults
from cards.model import Card
from cards.renderers import dingtalk, feishu, slack, teams, telegram, text, wecom
from tests.adapters.feishu.hands import judge
from tests.cards.renderers import (
    test_dingtalk_renderer,
    test_html_renderer,
    test_mattermost_renderer,
    test_slack_renderer,
    test_telegram_renderer,
    test_wecom_renderer,
)


@dataclass(frozen=True, slots=True)
class Judge:
    """``check`` raises AssertionError where the platform would refuse a card; the others tell what became of it."""

    name: str
    check: Callable[[Card], None]
    read: Callable[[Card], str]
    pressable: Callable[[Card], list[str]]


# -- Slack -----------------------------------------------------------------------------------------

_SLACK_SIGNS = [
    re.compile(rf"(?<![\w\u2060]){sign}(?=[^\s{sign}])([^\n]*?[^\s{sign}\u2060]){sign}(?![\w\u2060])")
    for sign in ("\\*", "_", "~", "`")
]
_SLACK_TAG, _SLACK_EMOJI = re.compile("<[^<>]*>"), re.compile(r":[\w+-]+:")


def _slack_shown(value: Any) -> Iterator[str]:
    """All the words in a payload as they are drawn, in order."""
    if isinstance(value, dict):
        words = value.get("text") if isinstance(value.get("text"), str) else value.get("alt_text")
        if isinstance(words, str):
            yield _mrkdwn(words) if value.get("type") == "mrkdwn" else words
        for inner in value.values():
            yield from _slack_shown(inner)
    if isinstance(value, list):
        for inner in value:
            yield from _slack_shown(inner)


def _mrkdwn(words: str) -> str:
    """What mrkdwn shows: references and emoji are something else than their letters, formatting loses its signs."""
    words = _SLACK_EMOJI.sub("", _SLACK_TAG.sub("", words))
    for sign in _SLACK_SIGNS:
        words = sign.sub(r"\1", words)
    return test_slack_renderer.unescaped(words)


def _check_slack(card: Card) -> None:
    test_slack_renderer.check(slack.blocks(card))


def _slack_read(card: Card) -> str:
    return "\n".join(_slack_shown(slack.blocks(card)))


def _slack_labels(card: Card) -> list[str]:
    pressed = test_slack_renderer.elements(slack.blocks(card))
    options = [option for one in pressed for option in one.get("options", [])]
    return [one["text"]["text"] for one in (*pressed, *options) if "text" in one]


# -- Telegram --------------------------------------------------------------------------------------


def _check_telegram(card: Card) -> None:
    test_telegram_renderer.check(telegram.message(card))


def _telegram_labels(card: Card) -> list[str]:
    """A list's own button begins with the number of its line."""
    shown = [label for row in test_telegram_renderer.labels(telegram.message(card)) for label in row]
    return [*shown, *(re.sub(r"^\d+ ", "", label) for label in shown)]


def _telegram_read(card: Card) -> str:
    """The text, which is sent without a parse mode: letters are letters; and the keyboard below it."""
    message = telegram.message(card)
    assert "parse_mode" not in message
    return "\n".join((message["text"], *(label for row in test_telegram_renderer.labels(message) for label in row)))


# -- Mattermost ------------------------------------------------------------------------------------


def _check_mattermost(card: Card) -> None:
    test_mattermost_renderer.check(test_mattermost_renderer.made(card))


def _mattermost_read(card: Card) -> str:
    return test_mattermost_renderer.seen(test_mattermost_renderer.made(card))


def _mattermost_labels(card: Card) -> list[str]:
    """Buttons and the lines of menus; a link is Markdown."""
    post = test_mattermost_renderer.made(card)
    pressed = test_mattermost_renderer.actions(post)
    options = [option["text"] for one in pressed for option in one.get("options", ())]
    links = re.findall(r"\[((?:\\.|[^\]\\])*)\]\(", test_mattermost_renderer.raw(post))
    return [*(one["name"] for one in pressed), *options, *(re.sub(r"\\(.)", r"\1", label) for label in links)]


# -- DingTalk --------------------------------------------------------------------------------------


def _check_dingtalk(card: Card) -> None:
    test_dingtalk_renderer.check_variables(dingtalk.variables(card))
    for direct in (True, False):
        test_dingtalk_renderer.check_message(dingtalk.message(card, direct=direct))


def _dingtalk_read(card: Card) -> str:
    """A card's text, the form's own, and what stands on its buttons."""
    made = dingtalk.variables(card)
    texts = (test_dingtalk_renderer.shown(made[name]) for name in ("body", "form_note"))
    return "\n".join((*texts, *(one["text"] for one in json.loads(made["btns"])), made["form_btn"]))


def _dingtalk_labels(card: Card) -> list[str]:
    """A list's own button begins with the number of its line."""
    made = dingtalk.variables(card)
    shown = [*(one["text"] for one in json.loads(made["btns"])), made["form_btn"]]
    return [*shown, *(re.sub(r"^\d+ ", "", label) for label in shown)]


# -- Teams -----------------------------------------------------------------------------------------


def _check_teams(card: Card) -> None:
    message = teams.message([card])
    assert not faults(message["attachments"][0]["content"])
    assert bytes_of(message) <= MESSAGE_MAX


def _teams_read(card: Card) -> str:
    """Text runs, which read no Markdown."""
    return "\n".join(words_of(teams.adaptive([card])))


def _teams_labels(card: Card) -> list[str]:
    shown = walked(teams.adaptive([card]))
    choices = [choice["title"] for one in shown for choice in one.get("choices", ())]
    return [one["title"] for one in shown if one["type"].startswith("Action.")] + choices


# -- WeCom -----------------------------------------------------------------------------------------


def _check_wecom(card: Card) -> None:
    test_wecom_renderer.check(wecom.messages(card))


def _wecom_read(card: Card) -> str:
    return test_wecom_renderer.words_of(wecom.messages(card))


def _wecom_labels(card: Card) -> list[str]:
    """Buttons, the entries of lists, and what opens a page."""
    labels = []
    for made in (body.get("template_card", {}) for body in wecom.messages(card)):
        lists = (made.get("button_selection", {}), made.get("checkbox", {}))
        labels += [one["text"] for one in made.get("button_list", []) if one["key"] != wecom.CHOOSE]
        labels += [option["text"] for one in lists for option in one.get("option_list", [])]
        labels += [one["value"] for one in made.get("horizontal_content_list", []) if one.get("type")]
        labels += [one["title"] for one in made.get("jump_list", [])]
    return [re.sub(r"^\d+ ", "", one) for one in labels]  # the button of a line begins with the line's number


# -- the browser -----------------------------------------------------------------------------------


def _html_read(card: Card) -> str:
    return "\n".join(test_html_renderer.read(card)[0].text)


def _html_labels(card: Card) -> list[str]:
    _, tree = test_html_renderer.read(card)
    return ["".join(one.itertext()) for one in tree.iter() if one.tag in {"button", "a"}]


# -- a terminal ------------------------------------------------------------------------------------


def _check_text(card: Card) -> None:
    shown = text.render(card)
    assert shown.strip()
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", shown), "an order to the terminal"


def _text_read(card: Card) -> str:
    """Without the bar beside a quotation, and in lines that need no breaking."""
    return text.render(card, 100_000).replace("│", "")


def _text_labels(card: Card) -> list[str]:
    return re.findall(r"\[([^\[\]]+)\]", text.render(card))


# -- Feishu ----------------------------------------------------------------------------------------


def _check_feishu(card: Card) -> None:
    judge(feishu.message(card, feishu.Spot.ROOM))


def _feishu_read(card: Card) -> str:
    """All texts are plain ones: the referee refuses a card with any other."""
    return "\n".join(feishu_model.words_of(feishu.message(card, feishu.Spot.ROOM)))


def _feishu_labels(card: Card) -> list[str]:
    return feishu_model.labels_of(feishu.message(card, feishu.Spot.ROOM))


JUDGES = (
    Judge("slack", _check_slack, _slack_read, _slack_labels),
    Judge("telegram", _check_telegram, _telegram_read, _telegram_labels),
    Judge("mattermost", _check_mattermost, _mattermost_read, _mattermost_labels),
    Judge("feishu", _check_feishu, _feishu_read, _feishu_labels),
    Judge("dingtalk", _check_dingtalk, _dingtalk_read, _dingtalk_labels),
    Judge("teams", _check_teams, _teams_read, _teams_labels),
    Judge("wecom", _check_wecom, _wecom_read, _wecom_labels),
    Judge("web", test_html_renderer.check, _html_read, _html_labels),
    Judge("console", _check_text, _text_read, _text_labels),
)
