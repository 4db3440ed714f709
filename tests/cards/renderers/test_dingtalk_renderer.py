"""A card in DingTalk keeps its limits, and people's words are shown as typed: a markdown reader is the referee."""

import json
import re
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from msgspec.structs import replace

from cards.model import Actions, Button, Card, Form, Image, Input, InputKind, Link, Menu, Option, Row, Rows, Text
from cards.renderers import dingtalk
from cards.renderers.cutting import clean
from cards.renderers.dingtalk import form as fields
from cards.renderers.dingtalk import marks, parts
from cards.renderers.dingtalk.parts import Knob
from tests.cards.renderers.examples import customer, long_list, long_note, visit_form
from tests.cards.renderers.strategies import cards, forms, many_cards, missing, texts

READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
SAID = ("…and", "…the rest", "……还有", "……其余")
PLAIN = {"text", "softbreak", "hardbreak"}


def shown(markdown: str) -> str:
    """What a reader sees: words, and labels and addresses of links and pictures."""
    seen = []
    for token in READER.parse(markdown):
        for one in token.children or ():
            seen += [
                "".join(part.content for part in one.children or ()) or one.content,
                str(one.attrs.get("href", "")),
                str(one.attrs.get("src", "")),
            ]
            seen += ["\n"] if one.type.endswith("break") else []
        seen.append("\n")
    return "".join(seen).replace("\u00a0", " ")


def check_message(message: dict[str, Any]) -> None:
    """A robot takes it: not empty, within the bytes of msgParam."""
    assert set(message) == {"title", "text"}
    assert message["title"].strip()
    assert message["text"].strip()
    assert len(json.dumps(message, ensure_ascii=False).encode()) < 15_000


def check_variables(made: dict[str, str]) -> None:
    """The template takes them: strings, within our limits, each button with a label and a token or a page."""
    assert all(isinstance(value, str) for value in made.values())
    assert parts.octets(made["body"]) <= parts.BYTES_MAX
    buttons = json.loads(made["btns"])
    assert len(buttons) <= parts.BUTTONS_MAX
    for button in buttons:
        assert 1 <= len(button["text"]) <= parts.LABEL_MAX
        params = button["event"]["params"]
        assert "url" in params or len(params["params"]["token"].encode()) <= 64
    assert parts.octets(made["form"]) <= 2 * parts.BYTES_MAX + 1000
    assert parts.octets(made["form_note"]) <= parts.BYTES_MAX + 200


def test_customer_as_markdown() -> None:
    """Headings, facts, rows and a quotation are DingTalk's markdown; buttons send a line that ends with their token."""
    text = dingtalk.message(customer(), direct=True)["text"]
    assert text.startswith("### Blue Harbor Foods\n\nFood processing · Shenzhen\n\n**Owner:** Wei Zhang  \n")
    assert "Wei · &lt;b>pump&lt;/b> &amp; line" in text
    assert "• **Call \\*Lin\\*** · Tue 2 Dec" in text
    assert "> We like it.  \n> But the price…" in text
    sent = [unquote(line) for line in re.findall(r"sendMessage\?content=([^)]*)\)", text)]
    assert sent == ["1 Done ▸t1", "Next ▸t2", "Log visit ▸t3", "Delete ▸t4", "Share ▸t5"]
    assert "[Timeline](https://kith.example/t)" in text


def test_in_a_group_lines_are_typed() -> None:
    """A robot hears only what mentions it there: a button says what to type, and one that asks first its token."""
    text = dingtalk.message(customer(), direct=False)["text"]
    assert "dtmd:" not in text
    assert "Log visit: mention me and type /crm visit 01" in text
    assert "Delete: mention me and type ▸t4" in text
    assert "[Timeline](https://kith.example/t)" in text
    assert "@我并输入" in dingtalk.message(replace(customer(), language="zh_Hans"), direct=False)["text"]


@pytest.mark.parametrize(
    ("one", "line"),
    [
        (Knob("Undo", token="m" * 40, command="undo 01j9"), "/crm undo 01j9"),
        (Knob("Undo", token="m" * 40, command="undo 01j9", asks=True), f"▸{'m' * 40}"),
        (Knob("Again", token="dm" + "x" * 32, command='again {"a":1} visit'), f"▸dm{'x' * 32}"),
        (Knob("Long", token="m" * 40, command="visit " + "x" * 90), f"▸{'m' * 40}"),
        (Knob("Lines", token="m" * 40, command="note\nmore"), f"▸{'m' * 40}"),
    ],
)
def test_what_to_type_instead_of_pressing(one: Knob, line: str) -> None:
    """A command line that people can type, else the token, which they copy; never a way round a question."""
    assert dingtalk.typed_line(one) == line


def test_a_link_sends_what_is_read_as_a_press() -> None:
    """The line that a link sends has the token that its button carried."""
    token = "m" + "x-_9" * 10
    button = Button(label="Undo 撤销 ▸ now", command="undo 01", token=token)
    card = Card(summary="s", blocks=(Actions(elements=(button,)),))
    (line,) = re.findall(r"sendMessage\?content=([^)]*)\)", dingtalk.message(card, direct=True)["text"])
    assert dingtalk.pressed_token(unquote(line)) == token


@pytest.mark.parametrize(
    "line", ["", "undo", "note Acme: 50 ▸ 60 more", "▸", "visit ▸ab", "▸ token with blanks", f"▸{'x' * 65}"]
)
def test_other_lines_are_no_presses(line: str) -> None:
    """What people type is not taken for a press."""
    assert not dingtalk.pressed_token(line)


def test_variables_of_a_card() -> None:
    """Buttons are requests with the token, or open a page; the note and the form are empty."""
    made = dingtalk.variables(customer())
    check_variables(made)
    buttons = {one["text"]: one for one in json.loads(made["btns"])}
    assert list(buttons) == ["1 Done", "Next", "Log visit", "Delete", "Timeline", "Share"]
    event = buttons["Log visit"]["event"]
    assert event == {"type": "sendCardRequest", "params": {"actionId": "press", "params": {"token": "t3"}}}
    assert buttons["Timeline"]["event"] == {"type": "openLink", "params": {"url": "https://kith.example/t"}}
    assert (buttons["Log visit"]["color"], buttons["Delete"]["color"]) == ("blue", "red")
    assert (made["has_note"], made["has_form"], made["note_btns"]) == ("false", "false", "[]")


def test_form_as_fields() -> None:
    """Prefilled fields of DingTalk's kinds, what was wrong at its field, and a hidden one that names the form."""
    made = dingtalk.variables(visit_form())
    check_variables(made)
    sent = {one["name"]: one for one in json.loads(made["form"])["fields"]}
    assert sent["kith_form"] == {"name": "kith_form", "type": "TEXT", "hidden": True, "defaultValue": "f1"}
    assert (sent["customer"]["type"], sent["customer"]["defaultValue"]) == ("TEXT", "Blue Harbor")
    assert sent["note"]["label"] == "Note ❌ Write a few words."
    assert (sent["day"]["type"], sent["day"]["defaultValue"]) == ("DATE", "2030-12-03")
    assert sent["time"]["type"] == "TEXT"
    assert sent["stage"]["defaultValue"] == {"index": 1, "value": "won"}
    assert made["has_form"] == "true"
    assert made["form_btn"] == "Log visit"
    assert "❌ Note: Write a few words." in made["form_note"]


def test_values_come_back() -> None:
    """Text as it is, a choice by its value, nothing for nothing, and without the hidden field."""
    sent = {"kith_form": "f1", "note": "it went well", "stage": {"index": 1, "value": "won"}, "day": None}
    assert dingtalk.form_values(sent) == {"note": "it went well", "stage": "won", "day": ""}


def test_form_as_lines() -> None:
    """Where there are no fields a form is lines to copy, with what is known, what was wrong and what may be chosen."""
    text = dingtalk.message(visit_form("zh_Hans"), direct=True)["text"]
    assert "请复制下面几行" in text
    seen = shown(text)
    assert "#form f1\nCustomer*: Blue Harbor\nNote*:\nFollow-up: 2030-12-03" in seen
    assert seen.rstrip().endswith("E-mail:\n#end")
    assert "❌ Note：" in seen.replace(": ", "：")
    assert "Quote / Won" in seen


def test_long_list_says_what_is_missing() -> None:
    """Rows that do not fit are counted, with a link to all of them."""
    for made in (dingtalk.message(long_list(400), direct=True), {"text": dingtalk.variables(long_list(400))["body"]}):
        assert re.search(r"…and \d+ more", made["text"])
    assert "See everything" in dingtalk.variables(long_list(400))["btns"]
    assert "[See everything](https://kith.example/all)" in dingtalk.message(long_list(400), direct=True)["text"]


def test_long_note_keeps_the_buttons() -> None:
    """A text that is too long is cut, and the buttons below it are there."""
    message = dingtalk.message(long_note(60_000), direct=True)
    check_message(message)
    assert "…" in message["text"]


def test_many_inputs_are_said_to_be_missing() -> None:
    """A form of more fields than a card is given says how many are not there."""
    inputs = tuple(Input(name=str(n), label=str(n)) for n in range(fields.FIELDS_MAX + 5))
    made = dingtalk.form_variables(Form(command="x", title="T", inputs=inputs, submit="S", token="f"), "en")
    assert len(json.loads(made["form"])["fields"]) == fields.FIELDS_MAX + 1
    assert "…and 5 more" in made["form_note"]


def test_a_select_keeps_a_value_that_is_no_option() -> None:
    """What is known stays even where it is offered no more; too many options are counted."""
    options = tuple(Option(label=f"Option {n}", value=str(n)) for n in range(150))
    one = Input(name="a", label="A", kind=InputKind.SELECT, options=options, value="old", value_label="Old")
    form = Form(command="x", title="T", inputs=(one,), submit="S", token="f")
    made = dingtalk.form_variables(form, "en")
    field = json.loads(made["form"])["fields"][1]
    assert field["options"][-1] == {"value": "old", "text": "Old"}
    assert field["defaultValue"] == {"index": 99, "value": "old"}
    assert "…and 50 more" in made["form_note"]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "dtmd://dingtalkclient/sendMessage?content=x", "", "http://"])
def test_an_address_that_is_no_page_is_words(url: str) -> None:
    """A link elsewhere than to a page is shown, and cannot be pressed."""
    card = Card(summary="s", blocks=(Actions(elements=(Link(label="Open", url=url),)),))
    text = dingtalk.message(card, direct=True)["text"]
    assert "](" not in text
    assert "Open" in text
    assert json.loads(dingtalk.variables(card)["btns"]) == []


@pytest.mark.parametrize("url", ["http://127.0.0.1/a.png", "http://kith.local/a.png"])
def test_a_picture_dingtalk_cannot_fetch_is_words(url: str) -> None:
    """A picture of this machine is told, not shown."""
    card = Card(summary="s", blocks=(Image(url=url, alt="A map"),))
    assert "![" not in dingtalk.message(card, direct=True)["text"]


MARKUP = [
    "**bold** *it* ~~gone~~ `code` [a](http://b.example) ![p](http://b.example/p.png)",
    "# heading\n- item\n+ item\n> quote\n1. one\n2) two",
    "title\n===\nother\n---\n***\n___\n_____",
    "<font color=red>red</font> <a href='x'>y</a> &amp; &#42; &lt;",
    "| a | b |\n|---|---|\n| c | d |",
    "    indented code\n\tand a tab\n```\nfence\n```\n~~~\nfence\n~~~",
    "[ref]: http://b.example\n[ref] <http://auto.example> \\* \\\\ \\",
    "snake_case __init__ _x_ 中_文_字 a*b*c",
    "[点我](dtmd://dingtalkclient/sendMessage?content=x)",
]


def _read_back(markdown: str) -> tuple[set[str], str]:
    tokens = READER.parse(markdown)
    kinds = {token.type for token in tokens if token.type not in {"inline", "paragraph_open", "paragraph_close"}}
    inline = [one for token in tokens for one in token.children or ()]
    kinds |= {one.type for one in inline if one.type not in PLAIN | {"text_special"}}
    return kinds, shown(markdown)


def _squeezed(text: str) -> str:
    return re.sub(r"[\s\u00a0]+", "", text)


@pytest.mark.parametrize("typed", MARKUP)
def test_markup_is_text(typed: str) -> None:
    """What people type is shown letter by letter, and means nothing."""
    kinds, seen = _read_back(marks.paragraph(typed, 4000))
    assert not kinds
    assert _squeezed(seen) == _squeezed(clean(typed))
    kinds, seen = _read_back(marks.line(typed, 4000))
    assert not kinds
    assert _squeezed(seen) == _squeezed(clean(typed))


@many_cards
@given(texts | st.text("*_`~[]()<>&\\#|-+=.!1 \n\ta中", max_size=60))
def test_any_text_is_text(typed: str) -> None:
    """Whatever is typed: the reader finds nothing but words."""
    kinds, seen = _read_back(marks.paragraph(typed, 4000))
    assert not kinds
    if len(clean(typed)) < 300:
        assert _squeezed(seen) == _squeezed(clean(typed))


@many_cards
@given(cards)
def test_any_card(card: Card) -> None:
    """Whatever is in a card: it goes out both ways, and what cannot be read in it is said to be missing."""
    for direct in (True, False):
        message = dingtalk.message(card, direct=direct)
        check_message(message)
        seen = shown(message["text"])
        assert not missing(card, seen) or any(words in seen for words in SAID)
    made = dingtalk.variables(card)
    check_variables(made)
    buttons = "\n".join(one["text"] for one in json.loads(made["btns"]))
    seen = f"{shown(made['body'])}\n{shown(made['form_note'])}\n{buttons}"
    assert not missing(card, seen) or any(words in seen for words in SAID)


@many_cards
@given(forms)
def test_any_form(form: Form) -> None:
    """Whatever is in a form: its fields are few and small enough, and each names its input."""
    made = dingtalk.form_variables(form, "zh_Hans")
    json.loads(made["form"])
    assert len(json.loads(made["form"])["fields"]) <= fields.FIELDS_MAX + 1
    check_message(dingtalk.message(Card(summary="s", blocks=(form,)), direct=True))


def test_menus_are_buttons() -> None:
    """Each entry of a menu is a button below the menu's name."""
    menu = Menu(label="Stage", options=(Option(label="Won", value="deal 1 won", token="t1"),))
    row = Row(title="A", action=Button(label="Done", command="done 1", token="t2"))
    card = Card(summary="s", blocks=(Rows(rows=(row,)), Actions(elements=(menu,)), Text(text="x")))
    assert "**Stage**" in dingtalk.variables(card)["body"]
    assert [one["text"] for one in json.loads(dingtalk.variables(card)["btns"])] == ["1 Done", "Won"]
