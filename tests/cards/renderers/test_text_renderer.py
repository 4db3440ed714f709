"""A card on a console is plain, aligned and harmless."""

import re

from hypothesis import given

from cards.model import Actions, Bar, Button, Card, Chart, Fact, Facts, Heading, Row, Rows, Text
from cards.renderers.cutting import cells
from cards.renderers.text import render
from tests.cards.renderers.examples import customer, long_list, long_note, receipt, visit_form
from tests.cards.renderers.strategies import bare, cards, many_cards, missing

CUSTOMER = """\
Blue Harbor Foods
Food processing · Shenzhen
Owner   Wei Zhang
负责人  张伟

⚠ Send the quote before Friday

Open tasks
1. ✗ Send the quote              overdue
   Wei · <b>pump</b> & line
   [Done] /crm done 01a
2. Call *Lin*                  Tue 2 Dec
1–2 of 5
[Next] /crm tasks page 2

│ We like it.
│ But the price…

Quarter  ██████████░░░░░░░░░░  50%

Deals
Quote  ██████                    ¥10
Won    ████████████████████████  ¥40

────────────────────────────────────────

[Log visit] /crm visit 01
[Delete] /crm delete 01
[Timeline] https://kith.example/t
More
  [Share] /crm share 01

[Map] https://kith.example/map.png

Only you see this"""

FORM = """\
Log a visit: type this as one line, with what you know in the place of …
  /crm visit customer: Blue Harbor; note: …; follow-up: 2030-12-03; time: after lunch; stage: Won; e-mail: …
  Note: ✗ Write a few words.
    needed
  Follow-up: Or leave empty
  Stage: Quote / Won"""


def test_customer() -> None:
    """Facts line up, lines are numbered, buttons are commands, charts are drawn."""
    assert render(customer(), width=40) == CUSTOMER


def test_tone_is_a_sign() -> None:
    """A receipt says at once that it went well."""
    assert render(receipt()).startswith("✓ Visit logged\nWhen  today 14:20\n")


def test_form_is_a_line_to_type() -> None:
    """A form names its fields in one line, with what is known filled in and what was wrong below."""
    assert render(visit_form()) == FORM
    assert render(visit_form("zh_Hans")).startswith("Log a visit：请在一行内输入，把 … 换成你知道的内容\n")


def test_long_words_are_broken_at_the_width() -> None:
    """Chinese text without blanks is broken by columns, and what follows a label stays in its column."""
    card = Card(summary="s", blocks=(Facts(facts=(Fact(label="备注", value="长" * 30),)),))
    first, second = render(card, width=40).split("\n")
    assert (cells(first), cells(second)) == (40, 32)
    assert second.startswith(" " * 6 + "长")


def test_a_longer_label_moves_only_its_own_value() -> None:
    """One label out of the ordinary does not push all values to the right."""
    facts = Facts(facts=(Fact(label="a", value="1"), Fact(label="b" * 30, value="2")))
    assert render(Card(summary="s", blocks=(facts,))) == f"a  1\n{'b' * 30}  2"


def test_smallest_bar_is_visible() -> None:
    """More than nothing is never drawn as nothing; what is no number, or below zero, is."""
    bars = (
        Bar(label="a", value=1, text=""),
        Bar(label="b", value=1e6, text=""),
        Bar(label="c", value=float("nan"), text=""),
    )
    drawn = render(Card(summary="s", blocks=(Chart(title="", bars=(*bars, Bar(label="d", value=-1, text="x"))),)))
    assert [line.count("▏") + line.count("█") for line in drawn.split("\n")] == [1, 24, 0, 0]


def test_terminal_is_not_given_orders() -> None:
    """Escape sequences, bells and bidi overrides in people's words arrive as signs or not at all."""
    nasty = "\x1b[2J\x07\u202e"
    card = Card(
        summary="s",
        blocks=(
            Heading(text=nasty, detail=nasty),
            Text(text=nasty),
            Rows(rows=(Row(title=nasty, detail=nasty, meta=nasty),)),
            Actions(elements=(Button(label=nasty, command=nasty),)),
        ),
    )
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", render(card))


def test_long_lists_and_notes_are_whole() -> None:
    """A console has no limit: nothing is left out."""
    assert "Customer 149" in render(long_list(150))
    assert "150. Customer 149" in render(long_list(150))
    assert not missing(long_note(), render(long_note(), 80).replace("│", ""))


@many_cards
@given(cards)
def test_any_card(card: Card) -> None:
    """Whatever is in a card: it is shown, as text, without an order to the terminal; every text of it can be read."""
    text = render(card, 60)
    assert text.strip()
    text.encode()
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", text)
    assert not [one for one in missing(card, text) if bare(one).replace("│", "") not in bare(text).replace("│", "")]
