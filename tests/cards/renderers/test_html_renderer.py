"""A card in a browser works without script, cannot be broken out of, and can be read by everybody."""

from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given

from cards.model import Actions, Bar, Button, Card, Chart, Form, Heading, Image, Input, InputKind, Link, Text, Tone
from cards.renderers.html import render, submitted
from tests.cards.renderers.examples import customer, form_of, receipt, visit_form
from tests.cards.renderers.strategies import bare, cards, many_cards, readable

NAMES_AN_ID = {"for", "list", "aria-labelledby", "aria-describedby"}


class Reader(HTMLParser):
    """Reads as a browser does: the text, the attributes, the elements."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what an element is and has."""
        self.tags.append(tag)
        self.attributes += attrs
        self.text += [value or "" for name, value in attrs if name == "alt"]

    def handle_data(self, data: str) -> None:
        """Keep what can be read."""
        self.text.append(data)

    def all(self, name: str) -> list[str]:
        """The values of an attribute wherever it stands."""
        return [value or "" for key, value in self.attributes if key == name]


def read(card: Card) -> tuple[Reader, ET.Element]:
    """The card's HTML as two parsers see it."""
    html = render(card, action_url="/press?x=1&y=2", csrf="secret", prefix="p")
    return Reader(html), ET.fromstring(html)  # noqa: S314 - our own output


def check(card: Card) -> None:
    """No script, no style, nothing that runs; ids are unique and those that are named exist."""
    reader, _ = read(card)
    assert not {"script", "style", "iframe", "object", "link", "base"} & set(reader.tags)
    assert not [name for name, _ in reader.attributes if name == "style" or name.startswith("on")]
    ids = reader.all("id")
    assert len(ids) == len(set(ids))
    assert all(one.startswith("p-") for one in ids)
    named = {one for name in NAMES_AN_ID for value in reader.all(name) for one in value.split()}
    assert named <= set(ids)
    assert all(address.startswith(("https://", "http://")) for address in reader.all("href"))
    assert all(address.startswith(("https://", "http://", "/charts/")) for address in reader.all("src"))
    assert set(reader.all("action")) <= {"/press?x=1&y=2"}


def test_customer() -> None:
    """Headings, facts, lists and a figure are what they are called; every button is in a form that posts."""
    _, card = read(customer())
    check(customer())
    assert (card.tag, card.get("class"), card.get("aria-label")) == ("article", "k-card k-neutral", "Blue Harbor Foods")
    assert [(one.tag, one.text) for one in card if one.tag in {"h3", "h4"}] == [
        ("h3", "Blue Harbor Foods"),
        ("h4", "Open tasks"),
    ]
    assert [one.text for one in card.iter("dd")] == ["Wei Zhang", "张伟"]
    assert card.find(".//li[@class='k-row k-bad']//p[@class='k-detail']").text == "Wei · <b>pump</b> & line"  # type: ignore[union-attr]
    forms = list(card.iter("form"))
    in_forms = [button.get("value") for form in forms for button in form.iter("button")]
    assert in_forms == [button.get("value") for button in card.iter("button")] == ["t1", "t2", "t3", "t4", "t5"]
    assert all((one.get("method"), one.find("input").get("value")) == ("post", "secret") for one in forms)  # type: ignore[union-attr]
    assert card.find(".//button[@value='t4']").get("data-confirm") == "Really?"  # type: ignore[union-attr]
    assert card.find(".//progress").get("value") == "0.5"  # type: ignore[union-attr]
    assert "".join(card.find("blockquote").itertext()) == "We like it.But the price…"  # type: ignore[union-attr]


def test_tone_is_a_class_and_a_sign_with_a_meaning() -> None:
    """What went well is said by class, by sign, and in words for those who see neither."""
    _, card = read(receipt())
    assert card.get("class") == "k-card k-good"
    assert (card[0].text, card[0].get("aria-label")) == ("✓", "Done")
    chinese = Card(summary="s", language="zh_Hans", blocks=(Text(text="x", tone=Tone.BAD),))
    _, card = read(chinese)
    assert (card.get("lang"), card.find(".//span").get("aria-label")) == ("zh-Hans", "有问题")  # type: ignore[union-attr]


def test_chart_is_drawn_without_a_style() -> None:
    """Bars are as long as their share of the longest one, by an attribute of SVG."""
    _, card = read(
        Card(
            summary="s",
            blocks=(Chart(title="T", bars=(Bar(label="a", value=1, text="1"), Bar(label="b", value=4, text="4"))),),
        )
    )
    assert [bar.findall(".//rect")[1].get("width") for bar in card.iter("li")] == ["25", "100"]


def test_form() -> None:
    """Fields have labels, hints and errors tied to them, what is known filled in, and a control that can hold it."""
    _, card = read(visit_form())
    check(visit_form())
    fields = {one.get("name"): one for one in card.iter() if one.tag in {"input", "textarea", "select"}}
    labels = {one.get("for") for one in card.iter("label")}
    assert {fields[name].get("id") for name in ("customer", "note", "day", "time", "stage", "mail")} == labels
    assert fields["token"].get("value") == "f1"
    assert (fields["customer"].get("data-typeahead"), fields["customer"].get("value")) == ("customer", "Blue Harbor")
    assert (fields["note"].get("aria-invalid"), fields["note"].get("required")) == ("true", "")
    error = card.find(f".//*[@id='{fields['note'].get('aria-describedby')}']")
    assert error is not None
    assert "".join(error.itertext()) == "✗ Write a few words."
    assert (fields["day"].get("type"), fields["day"].get("value")) == ("date", "2030-12-03")
    assert (fields["time"].get("type"), fields["time"].get("value")) == ("text", "after lunch")
    assert [one.get("value") for one in fields["stage"] if one.get("selected") is not None] == ["won"]


def test_textarea_keeps_a_first_line_break() -> None:
    """Browsers drop a line break right after a textarea begins; what was typed keeps its own."""
    form = Form(
        command="x", title="T", submit="S", inputs=(Input(name="n", label="N", kind=InputKind.MULTILINE, value="\nx"),)
    )
    assert ">\n\nx</textarea>" in render(Card(summary="s", blocks=(form,)), action_url="/")


def test_answer_no_longer_offered_is_kept() -> None:
    """A select shows what was chosen even when it is not among its options any more."""
    form = form_of(visit_form())
    stage = Input(name="stage", label="Stage", kind=InputKind.SELECT, value="old", options=form.inputs[4].options)
    _, card = read(Card(summary="s", blocks=(Form(command="x", title="T", submit="S", inputs=(stage,)),)))
    assert [one.text for one in card.iter("option")] == ["–", "Quote", "Won", "old"]


def test_submitted_values() -> None:
    """What a browser posts becomes the form's values; a customer left as it was shown is still the same customer."""
    posted = {
        "token": "f1",
        "csrf": "s",
        "customer": "Blue Harbor",
        "customer.id": "01",
        "customer.label": "Blue Harbor",
        "note": "x",
    }
    assert submitted(posted) == {"customer": "01", "note": "x"}
    assert submitted(posted | {"customer": "Other"}) == {"customer": "Other", "note": "x"}


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "https://x.example/ y", ""]
)
def test_an_address_that_is_no_page_is_words(url: str) -> None:
    """Only web addresses can be opened; anything else is shown."""
    card = Card(summary="s", blocks=(Actions(elements=(Link(label="Open", url=url),)), Image(url=url, alt="Map")))
    reader, _ = read(card)
    assert not {"a", "img"} & set(reader.tags)
    assert f"Open {url}".strip() in reader.text


def test_several_cards_on_a_page() -> None:
    """Cards with different prefixes share no id."""
    first, second = (Reader(render(visit_form(), action_url="/", prefix=prefix)).all("id") for prefix in ("a", "b"))
    assert not set(first) & set(second)


def test_markup_is_text() -> None:
    """Markup in every place is text, in attributes too."""
    nasty = "\"><script>alert(1)</script><img onerror='x' src=x>"
    card = Card(
        summary=nasty,
        blocks=(Heading(text=nasty), Actions(elements=(Button(label=nasty, command="x", confirm=nasty, token=nasty),))),
    )
    check(card)
    reader, _ = read(card)
    assert reader.tags.count("img") == 0
    assert reader.all("data-confirm") == [nasty]
    assert reader.text.count(nasty) == 2


@many_cards
@given(cards)
def test_any_card(card: Card) -> None:
    """Whatever is in a card: it is well-formed, harmless, and every text of it can be read in full."""
    check(card)
    reader, parsed = read(card)
    seen = bare("".join(reader.text))
    assert not [text for text in readable(card) if bare(text) not in seen]
    assert bare("".join(parsed.itertext())) == bare("".join(reader.text)) or reader.all("alt")
