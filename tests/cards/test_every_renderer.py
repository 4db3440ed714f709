"""Any card on every platform: nothing is raised, limits are kept, words stay words, and nothing is dropped silently."""

import os

import pytest
from hypothesis import HealthCheck, example, given, settings

from cards.examples import examples
from cards.model import Actions, Button, Card, Fact, Facts, Heading, Menu, Option, Row, Rows, Text
from tests.cards.every_renderer import JUDGES, Judge, _mrkdwn
from tests.cards.renderers.examples import customer, long_list, long_note, receipt, visit_form
from tests.cards.renderers.strategies import cards, missing

# Words that say that something is left out, in both languages (cards/renderers/fitting.py).
LEFT_OUT = ("…and", "…the rest", "……还有", "……其余")
MARKUP = (
    "*bold* _it_ ~s~ `c`",
    "**bold** __it__ ~~s~~ ```c```",
    "<script>alert(1)</script>",
    "<b>x</b> &amp; <at id=all></at>",
    "<!here> <@U1> <https://x.example|y>",
    "[a](https://b.example) ![a](https://b.example)",
    "# heading",
    "> quoted",
    "1. one",
    "- one",
    "| a | b |",
    "@channel @here @all",
    "<font color='red'>x</font> <at user_id=\"all\">a</at>",
    "{{x}} ${x} {x}",
    "a_b_c 5 * 3 * 2",
    "back\\slash \\*not\\*",
)
for_each_judge = pytest.mark.parametrize("judge", JUDGES, ids=lambda judge: judge.name)
many = settings(
    max_examples=int(os.environ.get("KITH_EXAMPLES", "15")), deadline=None, suppress_health_check=list(HealthCheck)
)


@for_each_judge
@many
@given(card=cards)
@example(card=customer())
@example(card=long_list(2_000))
@example(card=long_note(60_000))
@example(card=visit_form())
@example(card=Card(summary="", blocks=()))
def test_any_card(judge: Judge, card: Card) -> None:
    """Whatever is in a card: the platform takes it, and what cannot be read there is said to be missing."""
    judge.check(card)
    seen = judge.read(card)
    lost = missing(card, seen)
    assert not lost or any(words in seen for words in LEFT_OUT), lost[:3]


@for_each_judge
@pytest.mark.parametrize("typed", MARKUP)
def test_words_are_no_markup(judge: Judge, typed: str) -> None:
    """What people type is read in the very letters, wherever it stands, also where the platform knows markup."""
    card = Card(
        summary=typed,
        blocks=(
            Heading(text=typed, detail=typed),
            Text(text=typed),
            Text(text=typed, quote=True),
            Facts(facts=(Fact(label="Note", value=typed),)),
            Rows(rows=(Row(title=typed, detail=typed, meta=typed),)),
        ),
    )
    judge.check(card)
    bare = "".join(typed.split())
    seen = "".join(judge.read(card).replace("\u2060", "").split())
    assert seen.count(bare) >= 7, judge.read(card)


@for_each_judge
def test_every_button_can_be_pressed(judge: Judge) -> None:
    """Buttons, a list's own, a menu's entries and those that ask first: all of them are there, with their words."""
    card = Card(
        summary="s",
        blocks=(
            Rows(rows=(Row(title="a line", action=Button(label="Done", command="done 1", token="t1")),)),
            Actions(
                elements=(
                    Button(label="Open", command="360 1", token="t2"),
                    Button(label="Lost", command="deal 1 lost", confirm="Really?", token="t3"),
                    Menu(label="Move to", options=(Option(label="Quote", value="deal 1 quote", token="t4"),)),
                )
            ),
        ),
    )
    assert {"Done", "Open", "Lost", "Quote"} <= set(judge.pressable(card))


@for_each_judge
@pytest.mark.parametrize("language", ["en", "zh_Hans"])
def test_every_example(judge: Judge, language: str) -> None:
    """Each card that Kith shows is taken by the platform, and all of it can be read there or is said to be missing."""
    for name, card in examples(language).items():
        judge.check(card)
        seen = judge.read(card)
        assert not missing(card, seen) or any(words in seen for words in LEFT_OUT), name


def test_receipt_is_short_everywhere() -> None:
    """The card that is seen most is never cut."""
    assert not [judge.name for judge in JUDGES if missing(receipt(), judge.read(receipt()))]


def test_the_judge_of_slack_carries_markup_out() -> None:
    """What would be bold, a mention or an emoji in Slack is not read as its letters, so that the tests above see it."""
    assert _mrkdwn("*b* _i_ ~s~ `c` <@U1>:smile:") == "b i s c "
    assert _mrkdwn("a_b_c 5 * 3 &lt;b&gt;") == "a_b_c 5 * 3 <b>"
