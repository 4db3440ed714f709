"""A card on WeCom keeps its limits, counted in bytes where WeCom does, and drops nothing without a word."""

import json
from typing import Any

import pytest
from hypothesis import given

from bots.emulators.wecom.rules import fault_of, fault_of_card
from cards.model import Actions, Bar, Button, Card, Chart, Fact, Facts, Heading, Link, Menu, Option, Row, Rows, Text
from cards.renderers import wecom
from cards.renderers.wecom import markdown
from tests.cards.renderers.examples import customer, long_list, long_note, receipt, visit_form
from tests.cards.renderers.strategies import cards, many_cards, missing, texts

Payload = dict[str, Any]
SAID = ("…and", "…the rest", "……还有", "……其余")


def words_of(value: object, name: str = "") -> str:
    """Everything that is read in a payload, line by line: not addresses, keys and the like."""
    if isinstance(value, dict):
        return "\n".join(filter(None, (words_of(one, key) for key, one in value.items())))
    if isinstance(value, list | tuple):
        return "\n".join(filter(None, (words_of(one, name) for one in value)))
    hidden = {"msgtype", "card_type", "key", "id", "picurl", "question_key", "selected_id", "task_id"}
    return str(value) if isinstance(value, str) and name not in hidden else ""


def check(sent: tuple[Payload, ...]) -> None:
    """WeCom would take each of the messages."""
    json.dumps(sent, ensure_ascii=False).encode()
    assert sent
    for body in sent:
        assert not fault_of(body, task=False), (fault_of(body, task=False), body)


def card_in(sent: tuple[Payload, ...]) -> Payload:
    """The only template card among the messages."""
    (card,) = (body["template_card"] for body in sent if body["msgtype"] == "template_card")
    return card  # type: ignore[no-any-return]


def test_receipt_is_one_card() -> None:
    """What is short is one template card, with its sign, its facts and its button."""
    sent = wecom.messages(receipt())
    check(sent)
    card = card_in(sent)
    assert len(sent) == 1
    assert card["card_type"] == "button_interaction"
    assert card["main_title"]["title"].startswith("✅")
    assert [wecom.token_of(one["key"]) for one in card["button_list"]]


def test_customer_is_text_and_card() -> None:
    """What is long is a text with all of it, and below it a card with what can be pressed; the chart comes as words."""
    sent = wecom.messages(customer())
    check(sent)
    assert [body["msgtype"] for body in sent] == ["text", "template_card", "news"]
    assert "1. Send the quote · overdue" in sent[0]["text"]["content"]
    card = card_in(sent)
    assert card["main_title"] == {"title": "Blue Harbor Foods"}
    buttons = [one["text"] for one in card["button_list"]]
    assert len(buttons) <= 6
    assert buttons[-1] == "Do it"
    assert "1 Done" in [one["text"] for one in card["button_selection"]["option_list"]]


def test_few_buttons_need_no_list() -> None:
    """Up to six buttons are buttons; the seventh puts what is left into a list, with one button to run it."""
    six = tuple(Button(label=f"B{n}", command=f"x {n}", token=f"t{n}") for n in range(6))
    card = card_in(wecom.messages(Card(summary="s", blocks=(Actions(elements=six),))))
    assert [wecom.token_of(one["key"]) for one in card["button_list"]] == [f"t{n}" for n in range(6)]
    seven = Card(summary="s", blocks=(Actions(elements=(*six, Button(label="B6", command="x", token="t6"))),))
    card = card_in(wecom.messages(seven))
    assert card["button_list"][-1]["key"] == wecom.CHOOSE
    assert [one["text"] for one in card["button_selection"]["option_list"]] == ["B5", "B6"]


def test_menu_is_a_list() -> None:
    """A menu's entries are chosen in the card's list and run by its button."""
    menu = Menu(label="Stage", options=(Option(label="Won", value="won 1", token="w"), Option(label="Lost", value="l")))
    card = card_in(wecom.messages(Card(summary="Deal", blocks=(Actions(elements=(menu,)),))))
    assert card["button_selection"]["option_list"][0] == {"id": "0:w", "text": "Won"}
    assert card["sub_title_text"] == "Stage"


def test_many_choices_are_votes() -> None:
    """What neither buttons nor the list hold is put to the vote on further cards, and beyond them counted."""
    rows = tuple(Row(title=f"Customer {n}", action=Button(label="Open", command="x", token=f"t{n}")) for n in range(90))
    sent = wecom.messages(Card(summary="Which?", blocks=(Rows(rows=rows),)))
    check(sent)
    kinds = [body["template_card"]["card_type"] for body in sent if body["msgtype"] == "template_card"]
    assert kinds == ["button_interaction", *["vote_interaction"] * 3]
    assert "…and 20 more" in sent[0]["text"]["content"]


def test_notice_leads_to_its_page() -> None:
    """A short card without buttons opens its page; without a page it is a text."""
    card = Card(summary="s", link="https://kith.example/c/1", blocks=(Heading(text="Acme", detail="Berlin"),))
    assert card_in(wecom.messages(card)) == {
        "card_type": "text_notice",
        "card_action": {"type": 1, "url": "https://kith.example/c/1"},
        "main_title": {"title": "Acme", "desc": "Berlin"},
    }
    bare = Card(summary="s", blocks=card.blocks)
    assert wecom.messages(bare) == ({"msgtype": "text", "text": {"content": "Acme\nBerlin"}},)


def test_bytes_are_counted_not_letters() -> None:
    """A Chinese letter is three bytes of the 2,048: a note that fits in letters is cut in bytes, and that is said."""
    note = Card(summary="s", language="zh_Hans", link="https://kith.example/a", blocks=(Text(text="长" * 1000),))
    sent = wecom.messages(note)
    check(sent)
    content = sent[0]["text"]["content"]
    assert "长…" in content
    assert content.endswith("https://kith.example/a")
    assert len(content.encode()) > 1500


def test_more_than_six_facts_stand_in_the_text() -> None:
    """A template card takes six beside each other; seven are lines in it, and seventy a text, none lost."""
    facts = tuple(Fact(label=f"F{n}", value=str(n)) for n in range(70))
    seven = wecom.messages(Card(summary="s", link="https://kith.example/a", blocks=(Facts(facts=facts[:7]),)))
    check(seven)
    assert card_in(seven)["sub_title_text"].count("\n") == 6
    many = wecom.messages(Card(summary="s", link="https://kith.example/a", blocks=(Facts(facts=facts),)))
    check(many)
    assert many[0]["text"]["content"].count("\n") == 69


def test_anchors_in_text_are_words() -> None:
    """WeCom makes a link of <a href> in a text message: what people typed is shown, not obeyed."""
    sent = wecom.messages(Card(summary="s", blocks=(Text(text='<a href="https://evil.example">bank</a>'),)))
    assert "<a" not in sent[0]["text"]["content"]
    assert "bank" in sent[0]["text"]["content"]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("**bold** _it_ a_b@x.example", "∗∗bold∗∗ ＿it＿ a_b@x.example"),
        ("# title\n- item\n1. one\n---", "＃ title\n– item\n1． one\n–––"),
        ("[x](https://evil.example)", "［x］(https://evil.example)"),
        ("<@all> &lt; a < b", "‹@all› ＆lt; a ‹ b"),
        ("-5% and 3.5", "-5% and 3.5"),
        ("```\ncode", "ˋˋˋ\ncode"),
    ],
)
def test_markdown_says_nothing(typed: str, shown: str) -> None:
    """A robot's answer is Markdown: every sign it would read is put down as one that looks alike."""
    assert markdown.harmless(typed) == shown


@given(texts)
def test_any_text_is_harmless(text: str) -> None:
    """No sign that Markdown reads is left in anything that anybody types."""
    made = markdown.harmless(text)
    assert not set("*`[]<>|~\\&") & set(made)
    assert not any(line.lstrip(" \t").startswith("#") for line in made.split("\n"))


def test_robot_answers_once() -> None:
    """A robot's answer is one text and one card; where one message is all, buttons are lines to type."""
    made = wecom.answer(customer())
    assert made.card is not None
    assert not fault_of_card(made.card, task=False)
    assert "❌ 1. Send the quote · overdue  \n" in made.text
    assert "1 Done: done 01a" in made.typed
    short = wecom.answer(receipt())
    assert short.text == ""
    assert short.card is not None


def test_updated_card_without_buttons() -> None:
    """What is put into the place of a card whose answer is too long for one has a page to open, or nothing to press."""
    link = "https://kith.example/c/1"
    assert wecom.summary_card(Card(summary="Acme", link=link, blocks=()))["card_action"] == {"type": 1, "url": link}
    bare = wecom.summary_card(Card(summary="Acme", blocks=()))
    assert not fault_of_card(bare, task=False)
    assert wecom.token_of(bare["button_list"][0]["key"]) == ""


@pytest.mark.parametrize("card", [long_list(150), long_note(), visit_form()])
def test_long_cards(card: Card) -> None:
    """A long list, a long note, a form by itself: all within the limits."""
    check(wecom.messages(card))
    assert len(wecom.answer(card).typed.encode()) <= 20_480


def test_chart_is_words_and_picture() -> None:
    """A chart's bars are in the text, and its picture is a message of its own."""
    chart = Chart(title="Deals", bars=(Bar(label="Won", value=1, text="¥4"),), url="https://kith.example/c.png")
    sent = wecom.messages(Card(summary="s", blocks=(chart,)))
    check(sent)
    article = sent[-1]["news"]["articles"][0]
    assert article == {
        "title": "Deals",
        "url": "https://kith.example/c.png",
        "picurl": "https://kith.example/c.png",
        "description": "1 Won ¥4",
    }


def test_links_beyond_six_stand_in_the_text() -> None:
    """A card opens six pages; the seventh is an address in the text."""
    links = tuple(Link(label=f"L{n}", url=f"https://kith.example/{n}") for n in range(7))
    sent = wecom.messages(Card(summary="s", blocks=(Actions(elements=links),)))
    check(sent)
    assert "L6: https://kith.example/6" in sent[0]["text"]["content"]


@many_cards
@given(cards)
def test_any_card_for_an_app(card: Card) -> None:
    """Whatever is in a card: WeCom takes it, and what cannot be read in it is said to be missing."""
    sent = wecom.messages(card)
    check(sent)
    seen = words_of(sent)
    assert not missing(card, seen) or any(words in seen for words in SAID)
    assert "<a" not in "".join(body["text"]["content"] for body in sent if body["msgtype"] == "text").casefold()


@many_cards
@given(cards)
def test_any_card_for_a_robot(card: Card) -> None:
    """Whatever is in a card: a robot can say it, in one text and one card, or in one text alone."""
    made = wecom.answer(card)
    for text in filter(None, (made.text, made.typed)):
        assert not fault_of({"msgtype": "markdown", "markdown": {"content": text}})
    if made.card is not None:
        assert not fault_of_card(made.card, task=False), fault_of_card(made.card, task=False)
    assert made.text or made.card
    assert not fault_of_card(wecom.summary_card(card), task=False)
