"""A card on Mattermost keeps its limits, and shows people's words as they were typed, as a Markdown parser judges."""

import html
import json
import re
from typing import Any

import pytest
from hypothesis import example, given
from markdown_it import MarkdownIt

from cards.model import Actions, Button, Card, Context, Fact, Facts, Heading, Image, Link, Menu, Option, Row, Rows, Text
from cards.renderers import mattermost
from cards.renderers.mattermost import Press
from cards.renderers.mattermost.markdown import escape
from tests.cards.renderers.examples import customer, long_list, long_note, receipt, visit_form
from tests.cards.renderers.strategies import ZERO_WIDTH, bare, cards, many_cards, missing, texts

Payload = dict[str, Any]
# As near as a parser at hand comes to both of Mattermost's: line ends count, tables and strikes are on.
PARSER = MarkdownIt("commonmark", {"breaks": True, "html": False}).enable(["table", "strikethrough"])


def integrate(press: Press) -> Payload:
    return {"url": "https://kith.example/mattermost/action", "context": {"tokens": list(press.tokens)}}


def made(card: Card) -> Payload:
    return mattermost.message(card, integrate)


def attachments(post: Payload) -> list[Payload]:
    found: list[Payload] = post["props"]["attachments"]
    return found


def actions(post: Payload) -> list[Payload]:
    return [action for one in attachments(post) for action in one.get("actions", ())]


def raw(post: Payload) -> str:
    """All Markdown in it, in order."""
    return "\n\n".join([post["message"], *(one.get("text", "") for one in attachments(post))])


def read(markdown: str) -> str:
    """What a person reads of Markdown: the parser's text, with what it made of formatting left out."""
    shown = []
    for token in PARSER.parse(markdown):
        children = token.children or ()
        shown += ["\n" if child.type in {"softbreak", "hardbreak"} else child.content for child in children]
        if token.type in {"fence", "code_block"}:
            shown.append(f"[code {token.content}]")
        shown.append("\n" if token.type.endswith("_close") else "")
    return "".join(shown).replace(ZERO_WIDTH, "")


def kinds(markdown: str) -> set[str]:
    """What a parser finds in it beside paragraphs of plain text."""
    tokens = PARSER.parse(markdown)
    found = {token.type for token in tokens} | {child.type for token in tokens for child in token.children or ()}
    return found - {"paragraph_open", "paragraph_close", "inline", "text", "softbreak", "hardbreak", "text_special"}


def seen(post: Payload) -> str:
    """Everything a person reads in a post."""
    labels = [f"{one['name']} {' '.join(option['text'] for option in one.get('options', ()))}" for one in actions(post)]
    pictures = [one.get("image_url", "") for one in attachments(post)]
    return "\n".join([read(raw(post)), *labels, *pictures])


def check(post: Payload) -> None:
    """The limits of the server and our own, and what it says of actions: server/public/model."""
    assert set(post) == {"message", "props"}
    json.dumps(post, ensure_ascii=False).encode()
    assert len(json.dumps(post["props"])) <= 800_000
    assert len(raw(post)) + sum(len(one["name"]) for one in actions(post)) <= 16_383
    assert raw(post).strip()
    assert len(actions(post)) <= 50
    ids = [one["id"] for one in actions(post)]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch("[A-Za-z0-9]+", each) for each in ids)
    for one in attachments(post):
        assert one.get("color", "good") in {"good", "warning", "danger"}
        assert one.get("image_url", "https://x").startswith(("https://", "http://"))
    for one in actions(post):
        assert 1 <= len(one["name"]) <= 75
        assert one.get("style", "primary") in {"primary", "danger"}
        if one["type"] == "select":
            assert 1 <= len(one["options"]) <= 100
            assert all(option["text"] and option["value"] for option in one["options"])
            assert len(one["options"]) == len(one["integration"]["context"]["tokens"])


def test_customer_post() -> None:
    """The title is the message; below it facts, a line with its own button, a quotation, a chart, and the buttons."""
    post = made(customer())
    check(post)
    assert post["message"].startswith("#### Blue Harbor Foods\n*Food processing · Shenzhen*")
    first = attachments(post)[0]
    assert first["fallback"] == "Blue Harbor Foods"
    assert "**Owner:** Wei Zhang\n**负责人:** 张伟" in first["text"]
    assert first["actions"][0]["integration"]["context"]["tokens"] == ["t1"]
    assert "███░░░░░░░░░  **Quote**  ¥10\n████████████  **Won**  ¥40" in raw(post)
    assert not missing(customer(), seen(post))


def test_tone_is_a_color_and_a_sign() -> None:
    """A receipt says at once that it went well, also to who sees no colours."""
    post = made(receipt())
    assert "✅ Visit logged" in raw(post)
    assert {one["color"] for one in attachments(post)} == {"good"}


def test_menu_keeps_its_tokens() -> None:
    """What the browser is shown of a menu are numbers; the tokens stay in the context, in their order."""
    menu = Menu(
        label="More", options=(Option(label="A", value="a", token="ta"), Option(label="B", value="b", token="tb"))
    )
    (action,) = actions(made(Card(summary="s", blocks=(Actions(elements=(menu,)),))))
    assert [option["value"] for option in action["options"]] == ["0", "1"]
    assert action["integration"]["context"]["tokens"] == ["ta", "tb"]


def test_confirmation_goes_along() -> None:
    """What a button asks first is told to whoever makes its context, and so is that it opens a form."""
    presses: list[Press] = []

    def noted(press: Press) -> Payload:
        presses.append(press)
        return integrate(press)

    mattermost.message(
        Card(summary="s", blocks=(Actions(elements=(Button(label="Go", command="c", confirm="Sure?", token="t"),)),)),
        noted,
    )
    mattermost.message(visit_form(), noted)
    assert presses[0] == Press(("t",), "Go", "Sure?")
    assert presses[-1].form


def test_links_are_markdown() -> None:
    """A page is opened by a link in the text; a bracket in its address does not end it, and a bad address is words."""
    elements = (Link(label="Open [it]", url="https://kith.example/a_(b)"), Link(label="No", url="javascript:alert(1)"))
    post = made(Card(summary="s", blocks=(Actions(elements=elements),)))
    assert r"[Open \[it\]](https://kith.example/a_%28b%29)" in raw(post)
    assert "javascript:alert(1)" in read(raw(post))
    assert kinds(raw(post)) == {"link_open", "link_close"}


def test_long_list_is_counted() -> None:
    """Of 150 lines with buttons as many as fit are shown; the rest is counted, and the buttons below stay."""
    post = made(long_list(150))
    check(post)
    assert re.search(r"…and \d+ more \[See everything\]\(https://kith.example/all\)", raw(post))
    assert actions(post)[-1]["integration"]["context"]["tokens"] == ["n1"]


def test_long_note_keeps_buttons() -> None:
    """A note of 9,000 letters is shown in full; of one of 60,000 it is said that it is cut, and the button stays."""
    whole, cut = made(long_note(9_000)), made(long_note(60_000))
    check(whole)
    check(cut)
    assert not missing(long_note(9_000), seen(whole))
    assert "…the rest does not fit here." in raw(cut)
    assert actions(cut)[-1]["integration"]["context"]["tokens"] == ["u1"]


@pytest.mark.parametrize(
    "typed",
    [
        "*bold* _it_ ~~s~~ `c` **b** ***x***",
        "<!here> <@U1> <https://x|y> <b>",
        "a & b &amp; c &#42;",
        "> quoted\n> twice",
        "# Title\n## Two\nTitle\n===\nOther\n---",
        "- list\n+ list\n1. one\n2) two",
        "    code\n\tcode",
        "| a | b |\n|---|---|\n| c | d |",
        "[a](https://evil.example) ![b](https://evil.example/i.png)",
        "costs $5 or $6",
        "snake_case_name 2*3*4",
        "```\nfence\n```",
        "back\\slash \\*",
        "见 https://kith.example/a_b?x=1&y=2#z 谢谢",
        "***",
    ],
)
def test_words_are_not_markup(typed: str) -> None:
    """Nothing people type formats, links or lists; a parser reads in it what they typed."""
    markdown = escape(typed, 5000)
    assert kinds(markdown) == set()
    assert read(markdown).strip().replace("\u00a0", " ").split() == typed.split()


@pytest.mark.parametrize("typed", ["@channel", "@all", "@wei", "#deal", "~town-square", ":smile:", ":)", ";-)"])
def test_words_call_nobody(typed: str) -> None:
    """No mention, tag, channel or picture is made of what people type: what would begin one is kept apart."""
    assert typed not in html.unescape(escape(typed, 100)).replace("\\", "")
    assert read(escape(typed, 100)).strip() == typed


@example("https://a&lt;b")
@many_cards
@given(texts)
def test_any_words_stay_words(typed: str) -> None:
    """Whatever is typed, a parser finds neither formatting nor links nor code in it."""
    markdown = escape(typed, 20_000)
    assert kinds(markdown) == set()
    assert bare(read(markdown)) == bare(typed)


@example(Card(summary="", blocks=()))
@example(Card(summary="", blocks=(Text(text=" "), Heading(text=""), Facts(facts=()), Rows(rows=()), Context(text=""))))
@example(
    Card(
        summary="s",
        blocks=(Heading(text=":)"), Facts(facts=(Fact(label="*", value="_"),)), Rows(rows=(Row(title="~"),))),
    )
)
@example(Card(summary="s", blocks=(Image(url="https://kith.example/p.png", alt="@all"),)))
@many_cards
@given(cards)
def test_any_card_fits(card: Card) -> None:
    """Any card becomes a post within the limits, and what of it is not there is said to be missing."""
    post = made(card)
    check(post)
    shown = seen(post)
    said = "…and " in shown or "does not fit" in shown or "还有" in shown or "放不下" in shown or "不下" in shown
    assert said or not missing(card, shown)
