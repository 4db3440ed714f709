"""A card on Telegram keeps its limits, counts entities as Telegram does, and shows people's words as typed."""

import json
from typing import Any

import pytest
from hypothesis import example, given
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity
from telegram.constants import InlineKeyboardButtonLimit, InlineKeyboardMarkupLimit, MessageEntityType, MessageLimit

from cards.model import Actions, Button, Card, Heading, Image, Link, Row, Rows, Text, Tone
from cards.renderers import telegram
from cards.renderers.telegram import parts
from tests.cards.renderers.examples import FAMILY, customer, long_list, long_note, receipt, visit_form
from tests.cards.renderers.strategies import cards, many_cards, missing

Payload = dict[str, Any]

CUSTOMER = """\
Blue Harbor Foods
Food processing · Shenzhen
Owner: Wei Zhang
负责人: 张伟

⚠️ Send the quote before Friday

Open tasks
❌ 1. Send the quote · overdue
Wei · <b>pump</b> & line
• Call *Lin* · Tue 2 Dec
1–2 of 5

We like it.
But the price…

██████░░░░░░ Quarter 50%

Deals
███░░░░░░░░░ Quote ¥10
████████████ Won ¥40

────────────

More

🖼 Map https://kith.example/map.png

Only you see this"""


def keyboard(message: Payload) -> list[list[Payload]]:
    return message.get("reply_markup", {}).get("inline_keyboard", [])  # type: ignore[no-any-return]


def labels(message: Payload) -> list[list[str]]:
    return [[button["text"] for button in row] for row in keyboard(message)]


def covered(message: Payload, entity: str) -> list[str]:
    """The words under each entity of a type, by Telegram's own way of counting."""
    text = message["text"].encode("utf-16-le")
    found = [one for one in message["entities"] if one["type"] == entity]
    return [text[2 * one["offset"] : 2 * (one["offset"] + one["length"])].decode("utf-16-le") for one in found]


def check(message: Payload) -> None:
    """Telegram's library builds it, and every limit it names is kept."""
    json.dumps(message, ensure_ascii=False).encode()
    units = len(message["text"].encode("utf-16-le")) // 2
    assert MessageLimit.MIN_TEXT_LENGTH <= units <= MessageLimit.MAX_TEXT_LENGTH
    assert message["text"] == message["text"].strip()
    assert len(message["entities"]) <= MessageLimit.MESSAGE_ENTITIES
    for one in message["entities"]:
        entity = MessageEntity(**one)
        assert entity.type in set(MessageEntityType)
        assert 0 <= entity.offset < entity.offset + entity.length <= units
        assert covered({"text": message["text"], "entities": [one]}, one["type"])
    rows = keyboard(message)
    InlineKeyboardMarkup([[InlineKeyboardButton(**button) for button in row] for row in rows])
    assert all(1 <= len(row) <= InlineKeyboardMarkupLimit.BUTTONS_PER_ROW for row in rows)
    buttons = [button for row in rows for button in row]
    assert len(buttons) <= InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER
    for button in buttons:
        assert 1 <= len(button["text"]) <= parts.LABEL_MAX
        assert ("url" in button) != ("callback_data" in button)
        size = len(button.get("callback_data", "x").encode())
        assert InlineKeyboardButtonLimit.MIN_CALLBACK_DATA <= size <= InlineKeyboardButtonLimit.MAX_CALLBACK_DATA


def test_limits_are_telegrams() -> None:
    """The limits kept are the ones Telegram's library names."""
    assert (parts.TEXT_MAX, parts.ENTITIES_MAX) == (MessageLimit.MAX_TEXT_LENGTH, MessageLimit.MESSAGE_ENTITIES)
    assert (parts.BUTTONS_MAX, parts.BUTTONS_PER_ROW) == (
        InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER,
        InlineKeyboardMarkupLimit.BUTTONS_PER_ROW,
    )


def test_customer() -> None:
    """Text and buttons: a line with a button has its number, the buttons stand below in rows a phone can show."""
    message = telegram.message(customer())
    check(message)
    assert message["text"] == CUSTOMER
    assert labels(message) == [["1 Done"], ["Next"], ["Log visit", "Delete", "Timeline"], ["Share"]]
    assert [one["callback_data"] for row in keyboard(message)[:2] for one in row] == ["t1", "t2"]
    assert covered(message, "blockquote") == ["We like it.\nBut the price…"]
    assert covered(message, "bold")[:2] == ["Blue Harbor Foods", "Owner:"]
    assert message["link_preview_options"]["url"] == "https://kith.example/map.png"


def test_entities_are_counted_in_utf_16() -> None:
    """An emoji before a heading shifts what is bold by its two units, not by one."""
    message = telegram.message(
        Card(summary="s", tone=Tone.BAD, blocks=(Text(text=FAMILY), Heading(text="长 title 🐟")))
    )
    assert covered(message, "bold") == ["长 title 🐟"]


def test_tone_is_a_sign() -> None:
    """A receipt says at once that it went well."""
    assert telegram.message(receipt())["text"].startswith("✅ Visit logged\n")


def test_long_list_says_what_is_missing() -> None:
    """Of 150 lines with buttons as many are shown as a keyboard holds; the rest is counted, the link leads to it."""
    message = telegram.message(long_list(150))
    check(message)
    assert message["text"].endswith("98. Customer 97\n\n…and 52 more")
    assert labels(message)[-2:] == [["See everything"], ["New customer"]]


def test_numbers_go_on_through_the_card() -> None:
    """Two lists in one card share no number, so that a number names one line."""
    rows = Rows(rows=(Row(title="a", action=Button(label="Open", command="x", token="t")),))
    message = telegram.message(Card(summary="s", blocks=(rows, rows)))
    assert message["text"] == "1. a\n\n2. a"
    assert labels(message) == [["1 Open"], ["2 Open"]]


def test_long_note_leaves_room_for_the_rest() -> None:
    """A note of ten thousand letters is shortened, folded, and what stands below it is still there."""
    message = telegram.message(long_note())
    check(message)
    (quote,) = covered(message, "expandable_blockquote")
    assert len(quote) < 1_201
    assert quote.endswith("…")
    assert message["text"].endswith("Owner: Wei")
    assert labels(message) == [["Undo"], ["See everything"]]


def test_link_to_this_machine_is_words() -> None:
    """Telegram refuses a message with a button to localhost, as in a demonstration: the address is shown."""
    card = Card(summary="s", blocks=(Actions(elements=(Link(label="Open", url="http://127.0.0.1:8000/x"),)),))
    message = telegram.message(card)
    assert (message["text"], keyboard(message)) == ("Open http://127.0.0.1:8000/x", [])
    assert telegram.message(long_list(200, link="http://localhost:8000/all"))["text"].endswith(
        "http://localhost:8000/all"
    )


@pytest.mark.parametrize(
    "typed",
    [
        "<b>x</b> &amp; _y_ *z* `c`",
        "[a](http://b.example)",
        "a@b.example",
        "https://t.example/@someone",
        "#tag /start",
        "5 @ 3",
    ],
)
def test_people_words_are_shown_as_typed(typed: str) -> None:
    """Markup is text, in the very letters that were typed."""
    assert telegram.message(Card(summary="s", blocks=(Text(text=typed),)))["text"] == typed


def test_nobody_is_mentioned() -> None:
    """A @name in people's words calls nobody; it looks the same."""
    text = telegram.message(Card(summary="s", blocks=(Text(text="ask @someone"),)))["text"]
    assert text == "ask @\u2060someone"


def test_formatting_ends_before_words_do() -> None:
    """Past a hundred entities words are still shown, only plain."""
    message = telegram.message(Card(summary="s", blocks=(Rows(rows=tuple(Row(title=f"r{n}") for n in range(150))),)))
    check(message)
    assert "• r149" in message["text"]
    assert len(message["entities"]) == 100


def test_empty_card_shows_its_summary() -> None:
    """Telegram wants a text: a card with nothing but buttons says its summary."""
    card = Card(summary="Choose", blocks=(Actions(elements=(Button(label="A", command="a", token="a"),)),))
    assert telegram.message(card)["text"] == "Choose"


def test_private_picture_is_words() -> None:
    """A picture Telegram cannot fetch is its words and its address, without a preview."""
    message = telegram.message(Card(summary="s", blocks=(Image(url="http://localhost/x.png", alt="Map"),)))
    assert message["text"] == "🖼 Map http://localhost/x.png"
    assert message["link_preview_options"] == {"is_disabled": True}


def test_confirmation() -> None:
    """A button that asks first is asked about: its label goes on, the other does not."""
    button = Button(label="Delete", command="delete 1", confirm="Really delete?", token="t")
    message = telegram.confirmation(button, "zh_Hans")
    check(message)
    assert message["text"] == "Really delete?"
    assert [(one["text"], one["callback_data"]) for row in keyboard(message) for one in row] == [
        ("Delete", "t"),
        ("取消", "cancel"),
    ]


def test_form_asks_its_first_question() -> None:
    """A card with a form asks for what was wrong or is missing."""
    message = telegram.message(visit_form())
    check(message)
    assert message["text"].startswith("Log a visit · Question 2 of 6\nCustomer: Blue Harbor\n")


@many_cards
@given(cards)
@example(long_list(2_000))
@example(long_note(60_000))
def test_any_card(card: Card) -> None:
    """Whatever is in a card: Telegram takes it, and what cannot be read in it is said to be missing."""
    message = telegram.message(card)
    check(message)
    seen = message["text"] + "\n".join(label for row in labels(message) for label in row)
    said = ("…and", "…the rest", "……还有", "……其余")
    assert not missing(card, seen) or any(words in message["text"] for words in said)
