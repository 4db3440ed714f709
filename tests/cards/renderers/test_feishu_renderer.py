"""A card on Feishu keeps every limit of card JSON 2.0, and shows people's words as typed."""

import json
from typing import Any

import pytest
from hypothesis import given

from bots.emulators.feishu.model import words_of
from cards.model import (
    Actions,
    Bar,
    Button,
    Card,
    Chart,
    Form,
    Heading,
    Input,
    InputKind,
    Link,
    Menu,
    Option,
    Row,
    Rows,
    Text,
    Tone,
)
from cards.renderers.feishu import Spot, is_submission, message, press_of, submitted
from cards.renderers.feishu.objects import Around
from cards.words import Words
from tests.adapters.feishu.hands import judge
from tests.cards.renderers.examples import customer, long_list, receipt, visit_form
from tests.cards.renderers.strategies import cards, forms, many_cards, missing

_REQUEST = 500  # bytes around the card


def around() -> Around:
    """As when a card is read back."""
    return Around(Words("en"), Spot.DIRECT)


@many_cards
@given(cards)
def test_any_card_is_drawn(card: Card) -> None:
    """Whatever is in a card: Feishu's referee finds nothing, and what is not shown is said."""
    made = message(card, Spot.ROOM)
    judge(made, around=_REQUEST)
    seen = " ".join(words_of(made))
    if "…" not in seen:
        assert missing(card, seen) == []


@many_cards
@given(forms)
def test_any_form_comes_back(form: Form) -> None:
    """A form sent in as it stands says what stood in it, long values and those without room included."""
    made = message(Card(summary="x", blocks=(form,)), Spot.OWN)
    judge(made, around=_REQUEST)
    container = made["body"]["elements"][0]
    raw = {one["name"]: standing(one) for one in container["elements"] if one["tag"] != "button" and "name" in one}
    assert submitted(raw, form, around()) == {one.name: one.value for one in form.inputs}


def standing(field: dict[str, Any]) -> str:
    """What Feishu sends back for a field that nobody touched."""
    if field["tag"] == "select_static":
        index = field.get("initial_index", 0)
        return field["options"][index - 1]["value"] if index else ""
    if date := field.get("initial_date"):
        return f"{date} +0800"
    if time := field.get("initial_time"):
        return f"{time} +0800"
    return field.get("default_value", "")


def test_customer() -> None:
    """A customer's heading is the card's header, in words and colour; its buttons carry the token and the place."""
    made = message(customer(), Spot.DIRECT)
    judge(made)
    assert made["header"]["title"]["content"] == "Blue Harbor Foods"
    assert made["config"]["update_multi"] is True
    assert made["config"]["enable_forward"] is False
    assert '"token": "t1", "at": "direct"' in json.dumps(made)
    assert missing(customer(), " ".join(words_of(made))) == []


def test_tone_is_seen_and_said() -> None:
    """A failure has a red header and a sign: colour alone says nothing."""
    made = message(Card(summary="No", blocks=(Heading(text="No"),), tone=Tone.BAD), Spot.ROOM)
    assert made["header"]["template"] == "red"
    assert made["header"]["title"]["content"].startswith("❌")


def test_what_does_not_fit_is_linked() -> None:
    """A list beyond 200 elements says how many rows are missing, and leads to all of them."""
    rows = tuple(Row(title=f"Task {n}", action=Button(label="Done", command="x", token=f"t{n}")) for n in range(60))
    card = Card(summary="Tasks", blocks=(Rows(rows=rows),), link="https://kith.example/tasks")
    made = message(card, Spot.DIRECT)
    judge(made)
    assert any("more" in text for text in words_of(made))
    assert "https://kith.example/tasks" in json.dumps(made)


def test_long_list_and_receipt_are_drawn() -> None:
    """The examples every renderer is shown."""
    for card in (long_list(60), receipt(), visit_form()):
        judge(message(card, Spot.ROOM))


def test_confirming_button_is_a_form() -> None:
    """A button that asks first is a form of one button: only such a button is documented to ask. To us it is none."""
    pressed = Button(label="Delete", command="delete x", confirm="Sure?", token="t")
    made = message(Card(summary="x", blocks=(Actions(elements=(pressed,)),)), Spot.ROOM)
    judge(made)
    (form,) = made["body"]["elements"]
    (button,) = form["elements"]
    assert button["confirm"]["text"]["content"] == "Sure?"
    assert not is_submission(button["name"])


def test_menu_carries_tokens() -> None:
    """A menu's options are tokens; where it stands comes beside them."""
    menu = Menu(
        label="More", options=(Option(label="Won", value="x", token="a"), Option(label="Lost", value="y", token="b"))
    )
    made = message(Card(summary="x", blocks=(Actions(elements=(menu,)),)), Spot.OWN)
    judge(made)
    (select,) = made["body"]["elements"]
    assert [one["value"] for one in select["options"]] == ["a", "b"]
    assert press_of(select["behaviors"][0]["value"], "b") == ("b", Spot.OWN)


def test_menu_that_is_not_sealed_stays_one() -> None:
    """Options without tokens, as the gallery shows them, are one menu; one that comes twice begins another."""
    options = tuple(Option(label=text, value=text) for text in ("Won", "Lost"))
    for each, menus in ((options, 1), ((*options, Option(label="Won", value="x", token="a")) * 2, 2)):
        made = message(Card(summary="x", blocks=(Actions(elements=(Menu(label="More", options=each),)),)), Spot.ROOM)
        judge(made)
        assert len(made["body"]["elements"]) == menus


def test_unknown_place_is_a_room() -> None:
    """A press that does not say where its card stands is answered as if everybody were looking."""
    assert press_of({"token": "t", "at": "elsewhere"}, "") == ("t", Spot.ROOM)
    assert press_of({}, "") == ("", Spot.ROOM)


def test_markup_stays_text() -> None:
    """Nothing that people type is markup: every text is plain."""
    nasty = "**b** <at id=all></at> [x](https://evil.example) <font color=red>r</font> :OK:"
    made = message(Card(summary="x", blocks=(Text(text=nasty),)), Spot.ROOM)
    judge(made)
    assert words_of(made) == [nasty]
    assert "lark_md" not in json.dumps(made)


def test_chart_is_drawn_by_feishu() -> None:
    """A chart is the platform's own, its bars named and numbered; infinite values do not break its JSON."""
    bars = (Bar(label="Quote", value=10, text="¥10"), Bar(label="Won", value=float("inf"), text="¥40"))
    made = message(Card(summary="x", blocks=(Chart(title="Deals", bars=bars),)), Spot.ROOM)
    judge(made)
    assert words_of(made) == ["Deals", "1 Quote  ¥10", "2 Won  ¥40"]
    json.dumps(made, allow_nan=False)


def test_bad_address_is_words() -> None:
    """A link that Feishu would refuse the card for is shown as words."""
    made = message(Card(summary="x", blocks=(Actions(elements=(Link(label="Go", url="javascript:x"),)),)), Spot.ROOM)
    judge(made)
    assert words_of(made) == ["Go javascript:x"]


def test_form_is_prefilled() -> None:
    """The example form with its values, labels, hints and one submitting button."""
    made = message(visit_form(), Spot.DIRECT)
    judge(made)
    container = next(one for one in made["body"]["elements"] if one["tag"] == "form")
    assert container["elements"][-1]["form_action_type"] == "submit"
    assert is_submission(container["elements"][-1]["name"])


@pytest.mark.parametrize(
    ("kind", "raw", "meant"),
    [
        (InputKind.DATE, "2026-12-3 +0800", "2026-12-03"),
        (InputKind.TIME, "9:30 +0800", "09:30"),
        (InputKind.TEXT, "2026", "2026"),
    ],
)
def test_zones_are_left_out(kind: InputKind, raw: str, meant: str) -> None:
    """Feishu adds the person's zone to dates and times; Kith knows it."""
    form = Form(command="x", title="x", submit="x", inputs=(Input(name="when", label="When", kind=kind),))
    assert submitted({"in004_when": raw}, form, around()) == {"when": meant}
    assert submitted({"in004_when": raw}, None, around()) == {"when": meant}


def test_name_that_stood_for_an_id_is_the_id() -> None:
    """A customer's name left as it was is the customer; another name is looked up; nothing is nothing."""
    one = Input(name="customer", label="Customer", kind=InputKind.CUSTOMER, value="01abc", value_label="Acme")
    form = Form(command="x", title="x", submit="x", inputs=(one,))
    for typed, meant in (("Acme", "01abc"), ("Globex", "Globex"), ("", "")):
        assert submitted({"in002_customer": typed}, form, around()) == {"customer": meant}


def test_long_text_keeps_its_value() -> None:
    """What no field of Feishu can hold stays as it is, and the form says so."""
    form = Form(command="x", title="x", submit="x", inputs=(Input(name="note", label="Note", value="长" * 1001),))
    made = message(Card(summary="x", blocks=(form,)), Spot.DIRECT)
    judge(made)
    assert any("too long" in text for text in words_of(made))
    assert submitted({}, form, around()) == {"note": "长" * 1001}
