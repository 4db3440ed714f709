"""Every card has an example, which every platform can show, in both languages, and which reads well."""

import ast
import os
import re
from pathlib import Path

import msgspec
import pytest

from cards.examples import examples
from cards.model import Card, Form
from cards.renderers import html, slack, telegram, text
from tests.cards.renderers.test_html_renderer import check as check_html
from tests.cards.renderers.test_slack_renderer import check as check_slack
from tests.cards.renderers.test_telegram_renderer import check as check_telegram

CARDS = Path(__file__).parents[2] / "cards"
GOLDEN = Path(__file__).parent / "golden"
LANGUAGES = ("en", "zh_Hans")
ALL = [(language, name) for language in LANGUAGES for name in examples(language)]
# Made into other cards, or into a form again.
PARTS = {"refilled", "pipeline", "adjusting"}


def builders() -> dict[str, str]:
    """Every public function of the cards that returns a card or a form, and its module."""
    found = {}
    for path in CARDS.glob("*.py"):
        for node in ast.parse(path.read_text()).body:
            is_builder = isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
            if is_builder and isinstance(node.returns, ast.Name) and node.returns.id in {"Card", "Form"}:
                found[node.name] = path.name
    return found


def test_every_builder_has_an_example() -> None:
    """What builds a card or a form is called by the examples."""
    paths = {*CARDS.glob("example*.py"), *CARDS.glob("*examples.py")}
    trees = [ast.parse(path.read_text()) for path in paths]
    called = {node.attr for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert len(builders()) > 20
    assert not builders().keys() - called - PARTS


@pytest.mark.parametrize(("language", "name"), ALL)
def test_example_can_be_kept(language: str, name: str) -> None:
    """A card becomes JSON and comes back as the same values."""
    card = examples(language)[name]
    assert msgspec.json.decode(msgspec.json.encode(card), type=Card) == card


@pytest.mark.parametrize(("language", "name"), ALL)
def test_every_platform_shows_it(language: str, name: str) -> None:
    """Text, HTML, Slack and Telegram show it within their limits, as their own validators judge."""
    card = examples(language)[name]
    assert text.render(card).strip()
    check_html(card)
    check_slack(slack.message(card)["blocks"])
    check_telegram(telegram.message(card))
    for block in card.blocks:
        if isinstance(block, Form):
            view = slack.modal(block, private_metadata="", callback_id="form", language=language)
            assert view["blocks"]
            for index in range(len(block.inputs) + 1):
                check_telegram(telegram.question(block, index, language))


@pytest.mark.parametrize(("language", "name"), ALL)
def test_it_is_for_screen_readers_too(language: str, name: str) -> None:
    """Each card says in a line what it is, in the language it says that it is in."""
    card = examples(language)[name]
    assert card.summary.strip()
    assert "\n" not in card.summary
    assert card.language == language


@pytest.mark.parametrize(("language", "name"), ALL)
def test_no_value_is_left_open(language: str, name: str) -> None:
    """No placeholder, no id and no raw value of the program stands in what is read."""
    said = "\n".join(line for line in text.render(examples(language)[name]).splitlines() if "/crm" not in line)
    assert not re.search(r"\{\w*\}", said)
    assert "None" not in said
    assert not re.search(r"\b0fq2m7x4k9\w+", said) or name == "snooze_choice"  # which says what can be typed


@pytest.mark.parametrize("language", LANGUAGES)
def test_cards_read_as_they_should(language: str) -> None:
    """The text of every example is as it was last looked at; KITH_GOLDEN=1 takes a new look for good."""
    shown = "\n\n".join(f"=== {name}\n{text.render(card)}" for name, card in examples(language).items()) + "\n"
    path = GOLDEN / f"{language}.txt"
    if os.environ.get("KITH_GOLDEN") == "1":
        path.write_text(shown)
    assert path.read_text() == shown


def test_both_languages_have_the_same_examples() -> None:
    """No example is in one language only, and none reads the same in both."""
    english, chinese = examples("en"), examples("zh_Hans")
    assert english.keys() == chinese.keys()
    assert not [name for name in english if text.render(english[name]) == text.render(chinese[name])]
    assert all(html.render(card, action_url="/press") for card in chinese.values())
