"""A card on Slack keeps every limit of Block Kit, as Slack's own models judge, and shows people's words as typed."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given
from slack_sdk.models.blocks import Block

from cards.model import Actions, Button, Card, Fact, Facts, Heading, Image, Link, Row, Rows, Text, Tone
from cards.renderers import slack
from tests.cards.renderers.examples import customer, long_list, long_note, receipt, visit_form
from tests.cards.renderers.strategies import ZERO_WIDTH, cards, many_cards, missing

Payload = dict[str, Any]


def elements(blocks: list[Payload]) -> list[Payload]:
    """Everything that can be pressed."""
    pressed = [block["accessory"] for block in blocks if "accessory" in block]
    return pressed + [one for block in blocks if block["type"] == "actions" for one in block["elements"]]


def texts(value: Any) -> Iterator[str]:
    """All the words in a payload as a person reads them, in order."""
    if isinstance(value, dict):
        text = value.get("text") if isinstance(value.get("text"), str) else value.get("alt_text")
        if isinstance(text, str):
            yield unescaped(text) if value.get("type") == "mrkdwn" else text
        for inner in value.values():
            yield from texts(inner)
    if isinstance(value, list):
        for inner in value:
            yield from texts(inner)


def unescaped(text: str) -> str:
    """What mrkdwn shows."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").replace(ZERO_WIDTH, "")


def check(blocks: list[Payload]) -> None:
    """Slack's models accept every block and know every key in it; and the limits they do not check are kept."""
    assert 1 <= len(blocks) <= 50
    parsed = Block.parse_all(blocks)
    assert [one.to_dict() for one in parsed] == blocks
    json.dumps(blocks, ensure_ascii=False).encode()
    ids = [one["action_id"] for one in elements(blocks)]
    assert len(ids) == len(set(ids))
    assert sum(len(text) for text in _raw(blocks)) <= 13_200
    for block in blocks:
        _check_block(block)
    for one in elements(blocks):
        _check_element(one)


def _raw(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("text"), str):
            yield value["text"]
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from _raw(inner)


def _check_block(block: Payload) -> None:
    assert all(text.strip() for text in _raw(block))
    for text in [block.get("text"), *block.get("fields", [])]:
        assert text is None or text["type"] == "plain_text" or text["verbatim"]
    assert all(len(text["text"]) <= 2000 for text in block.get("fields", []))
    if block["type"] == "context":
        assert 1 <= len(block["elements"]) <= 10
        assert all(len(text["text"]) <= 3000 for text in block["elements"])
    if block["type"] == "actions":
        assert 1 <= len(block["elements"]) <= 25
    if block["type"] == "image":
        assert block["alt_text"]
        assert block["image_url"].startswith("https://")


def _check_element(one: Payload) -> None:
    assert len(one["action_id"]) <= 255
    if one["type"] == "static_select":
        assert 1 <= len(one["options"]) <= 100
        assert all(1 <= len(option["value"]) <= 150 and len(option["text"]["text"]) <= 75 for option in one["options"])
    else:
        assert 1 <= len(one["text"]["text"]) <= 75
        assert len(one.get("value", "")) <= 2000
    if confirm := one.get("confirm"):
        assert [len(confirm[key]["text"]) <= size for key, size in (("title", 100), ("text", 300))] == [True, True]
        assert max(len(confirm["confirm"]["text"]), len(confirm["deny"]["text"])) <= 30


def test_customer() -> None:
    """A heading, facts side by side, a button at its line, a quotation, a chart, and the buttons with what they ask."""
    message = slack.message(customer())
    check(message["blocks"])
    assert message["text"] == "Blue Harbor Foods"
    assert [block["type"] for block in message["blocks"]] == [
        *("header", "context", "section", "section", "section", "section", "section", "context", "actions"),
        *("rich_text", "section", "section", "divider", "actions", "image", "context"),
    ]
    facts, row = message["blocks"][2], message["blocks"][5]
    assert [field["text"] for field in facts["fields"]] == ["*Owner*\nWei Zhang", "*负责人*\n张伟"]
    assert row["text"]["text"] == "❌ *Send the quote*  ·  overdue\nWei · &lt;b&gt;pump&lt;/b&gt; &amp; line"
    assert (row["accessory"]["value"], row["accessory"]["action_id"]) == ("t1", "press-1")
    chart = message["blocks"][11]["text"]["text"]
    assert chart == "*Deals*\n███░░░░░░░░░  *Quote*  ¥10\n████████████  *Won*  ¥40"


def test_buttons() -> None:
    """Every kind of element says its kind, carries its token, and asks first where it should."""
    visit, delete, link, menu = slack.blocks(customer())[-3]["elements"]
    assert (visit["value"], visit["style"], visit["action_id"]) == ("t3", "primary", "press-3")
    assert (delete["confirm"]["text"]["text"], delete["confirm"]["deny"]["text"]) == ("Really?", "Cancel")
    assert (link["url"], link["action_id"]) == ("https://kith.example/t", "open-5")
    assert (menu["action_id"], menu["options"][0]["value"]) == ("choose-6", "t5")


def test_tone_is_a_sign() -> None:
    """A receipt says at once that it went well; a card without a heading says it before its summary."""
    assert slack.blocks(receipt())[0]["text"]["text"] == "✅ Visit logged"
    bare = Card(
        summary="Failed", tone=Tone.BAD, blocks=(Actions(elements=(Button(label="x", command="x", token="x"),)),)
    )
    assert slack.blocks(bare)[0]["text"]["text"] == "❌ Failed"


def test_long_list_says_what_is_missing() -> None:
    """Of 150 lines as many as fit are shown; the rest is counted, the link leads to it, the buttons below stay."""
    blocks = slack.blocks(long_list(150))
    check(blocks)
    assert len(blocks) == 50
    assert blocks[-2]["text"]["text"] == "…and 103 more"
    assert blocks[-2]["accessory"]["url"] == "https://kith.example/all"
    assert blocks[-1]["elements"][0]["value"] == "n1"


def test_lines_without_buttons_share_a_section() -> None:
    """A long list without buttons stays compact: ten lines to a section."""
    rows = Rows(rows=tuple(Row(title=f"Line {n}") for n in range(95)))
    blocks = slack.blocks(Card(summary="s", blocks=(rows,)))
    assert len(blocks) == 10
    assert blocks[0]["text"]["text"].startswith("*Line 0*\n*Line 1*\n")


def test_long_note_is_split_and_whole() -> None:
    """A note of several thousand letters is shown in full, in several quotations."""
    card = long_note(9_000)
    blocks = slack.blocks(card)
    check(blocks)
    assert [block["type"] for block in blocks].count("rich_text") > 1
    assert not missing(card, "".join(texts(blocks)))


def test_longer_note_keeps_the_buttons() -> None:
    """A note beyond Slack's total is cut, which is said; the button below it is still there."""
    blocks = slack.blocks(long_note(60_000))
    check(blocks)
    assert "…the rest does not fit here." in "".join(texts(blocks))
    assert elements(blocks)[-1]["value"] == "u1"


@pytest.mark.parametrize(
    "typed",
    [
        "*bold* _it_ ~s~ `c`",
        "<!here> <@U1> <https://x|y>",
        "a & b &amp; c",
        "> quoted",
        ":smile: 10:30",
        "@channel @here",
        "snake_case_name",
    ],
)
def test_people_words_are_shown_as_typed(typed: str) -> None:
    """Nothing people type formats, mentions, links or quotes; read back it is what they typed."""
    card = Card(
        summary=typed, blocks=(Rows(rows=(Row(title="x", detail=typed),)), Facts(facts=(Fact(label="x", value=typed),)))
    )
    message = slack.message(card)
    shown = [
        message["text"],
        message["blocks"][0]["text"]["text"].split("\n")[1],
        message["blocks"][1]["fields"][0]["text"].split("\n")[1],
    ]
    for text in shown:
        assert unescaped(text) == typed
        assert not any(sign in text for sign in ("<", "*b", "@channel", "@here", ":smile:", "`c", "~s"))
        assert not text.startswith(("&gt;", ">"))


def test_words_inside_words_are_left_alone() -> None:
    """An underscore inside a word does not format, so nothing invisible is put there to be copied."""
    card = Card(summary="snake_case_name a@b.example", blocks=())
    assert slack.message(card)["text"] == "snake_case_name a@b.example"


@pytest.mark.parametrize(
    "url", ["http://localhost:8000/x.png", "http://10.0.0.1/x.png", "javascript:alert(1)", "x.png", ""]
)
def test_a_picture_slack_cannot_fetch_is_words(url: str) -> None:
    """Slack refuses a message whose picture it cannot fetch: then its words and its address are shown."""
    (block,) = slack.blocks(Card(summary="s", blocks=(Image(url=url, alt="Map"),)))
    assert block["type"] == "context"
    assert block["elements"][0]["text"] == f"Map {url}".strip()


def test_a_link_slack_would_refuse_is_words() -> None:
    """A link that is no web address is shown, not sent as a button."""
    bad = Link(label="Open", url="javascript:alert(1)")
    blocks = slack.blocks(
        Card(summary="s", blocks=(Actions(elements=(bad,)), Rows(rows=(Row(title="r", action=bad),))))
    )
    check(blocks)
    assert not elements(blocks)
    assert "".join(texts(blocks)).count("Open javascript:alert(1)") == 2


def test_long_heading_is_whole() -> None:
    """A heading longer than a header may be is shown in bold instead of being cut."""
    (block,) = slack.blocks(Card(summary="s", blocks=(Heading(text="long " * 40),)))
    assert block["type"] == "section"
    assert block["text"]["text"] == f"*{'long ' * 39}long*"


def test_form_in_a_message_opens_a_modal() -> None:
    """A form is a button that opens it, what is filled in, and what was wrong."""
    title, fields = slack.blocks(visit_form())
    assert (title["accessory"]["action_id"], title["accessory"]["value"]) == ("form-1", "f1")
    assert "*Customer*  ·  Blue Harbor" in fields["text"]["text"]
    assert "❌ *Note*\nWrite a few words." in fields["text"]["text"]


def test_empty_card_shows_its_summary() -> None:
    """A card without anything to show is its summary, for Slack wants at least one block."""
    assert slack.blocks(Card(summary="Nothing", blocks=(Text(text=" "),)))[0]["text"]["text"] == "Nothing"


@many_cards
@given(cards)
@example(long_list(2_000))
@example(long_note(60_000))
def test_any_card(card: Card) -> None:
    """Whatever is in a card: Slack takes it, and what cannot be read in it is said to be missing."""
    message = slack.message(card)
    check(message["blocks"])
    assert 1 <= len(message["text"]) <= 3000
    assert not any(sign in message["text"] for sign in "<>")
    seen = "".join(texts(message["blocks"]))
    said = ("…and", "…the rest", "……还有", "……其余")
    assert not missing(card, seen) or any(words in seen for words in said)
