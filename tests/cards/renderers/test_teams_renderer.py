"""A card in Teams keeps the schema and every limit, shows people's words as typed, and says what does not fit."""

from typing import Any

import pytest
from hypothesis import given

from bots.emulators.teams.cards import actions_of, walked, words_of
from bots.emulators.teams.rules import MESSAGE_MAX, bytes_of, faults
from cards.model import (
    Actions,
    Button,
    Card,
    Chart,
    Form,
    Heading,
    Image,
    Input,
    InputKind,
    Link,
    Menu,
    Option,
    Row,
    Rows,
    Style,
    Text,
)
from cards.renderers import teams
from cards.renderers.teams.elements import RESULT_MAX
from tests.cards.renderers.examples import customer, form_of, long_list, receipt, visit_form
from tests.cards.renderers.strategies import cards, forms, many_cards, missing

Payload = dict[str, Any]


def shown(*blocks: Any, link: str = "") -> Payload:
    return teams.adaptive([Card(summary="S", blocks=blocks, link=link)])


def content(activity: Payload) -> Payload:
    (attachment,) = activity["attachments"]
    card: Payload = attachment["content"]
    return card


def inputs(value: Payload) -> dict[str, Payload]:
    return {one["id"]: one for one in walked(value["card"]["content"]) if one["type"].startswith("Input.")}


def one(**fields: Any) -> Form:
    given = Input(**({"name": "field", "label": "Field"} | fields))
    return Form(command="x", title="T", submit="Send", inputs=(given,), token="kept")


@given(cards)
@many_cards
def test_any_card(card: Card) -> None:
    """Any blocks with any words make a message that Teams takes; what cannot be seen in it is said to be missing."""
    activity = teams.message([card])
    made = content(activity)
    assert not faults(made)
    assert bytes_of(activity) <= MESSAGE_MAX
    assert activity["summary"]
    seen = "\n".join(words_of(made))
    lost = missing(card, seen)
    assert not lost or "…" in seen, lost


@given(forms)
@many_cards
def test_any_form(form: Form) -> None:
    """Any form makes a dialog within the limits, and comes back by the names of its inputs."""
    value = teams.dialog(form, "zh_Hans", errors={"nowhere": "at large"})
    assert not faults(value["card"]["content"])
    assert bytes_of(value) <= MESSAGE_MAX
    assert "❌ at large" in "\n".join(words_of(value["card"]["content"]))
    filled = {name: control.get("value") for name, control in inputs(value).items()}
    assert set(teams.dialog_values(form, filled)) == {each.name for each in form.inputs if each.name}


@pytest.mark.parametrize("card", [customer(), receipt(), visit_form(), long_list(5)])
def test_examples_are_whole(card: Card) -> None:
    """Nothing of an ordinary card is left out."""
    made = content(teams.message([card]))
    assert not faults(made)
    assert not missing(card, "\n".join(words_of(made)))


def test_no_markup_is_obeyed() -> None:
    """Words stand in text runs, which read no Markdown, and a function in them is shown as typed."""
    typed = "**b** [x](https://evil.example) {{{DATE(2017-02-14T06:08:39Z)}} <at>all</at>"
    made = shown(Heading(text=typed), Text(text=typed), Rows(rows=(Row(title=typed, detail=typed),)))
    assert {each["type"] for each in walked(made["body"])} == {"Container", "RichTextBlock", "TextRun"}
    assert all("{{" not in words for words in words_of(made))
    assert all(typed == words.replace("\u2060", "") for words in words_of(made))


def test_buttons_carry_tokens_alone() -> None:
    """A button sends its token and none of the card's inputs; a link that is none stands as words."""
    made = shown(
        Actions(
            elements=(
                Button(label="Undo", command="undo 1", token="t1", style=Style.DANGER),
                Link(label="Web", url="https://kith.example/c"),
                Link(label="Bad", url="javascript:alert(1)"),
            )
        )
    )
    undo, web = actions_of(made)
    assert (undo["type"], undo["verb"], undo["data"], undo["style"]) == (
        *("Action.Execute", "press", {"t": "t1"}, "destructive"),
    )
    assert undo["associatedInputs"] == "none"
    assert web["url"] == "https://kith.example/c"
    assert "Bad javascript:alert(1)" in words_of(made)


def test_question_unfolds_first() -> None:
    """A button with a question shows it, and only the button below the question does it."""
    made = shown(Actions(elements=(Button(label="Delete", command="x", token="t1", confirm="Really?\nAll of it?"),)))
    outer, inner = actions_of(made)
    assert (outer["type"], inner["data"]) == ("Action.ShowCard", {"t": "t1"})
    assert [words for words in words_of(outer["card"]) if words != "Delete"] == ["Really?", "All of it?"]


def test_menus_are_numbered() -> None:
    """Each menu is an input of its own, and its button says which one was meant."""
    menu = Menu(
        label="More", options=(Option(label="A", value="a", token="ta"), Option(label="B", value="b", token="tb"))
    )
    made = shown(Actions(elements=(menu, menu)))
    chosen = [each for each in walked(made) if each["type"] == "Input.ChoiceSet"]
    assert [each["id"] for each in chosen] == [each["data"]["menu"] for each in actions_of(made)]
    assert chosen[0]["choices"] == [{"title": "A", "value": "ta"}, {"title": "B", "value": "tb"}]


def test_long_list_says_what_is_missing() -> None:
    """Of a list that is too long the beginning is shown, with how many are missing and where they are."""
    made = content(teams.message([long_list(2000)]))
    seen = "\n".join(words_of(made))
    assert "more" in seen
    assert any(each.get("url") == "https://kith.example/all" for each in actions_of(made))


def test_six_buttons_in_a_row() -> None:
    """Teams shows no more than six of one set, so the others stand in the next."""
    buttons = tuple(Button(label=str(number), command="x", token=str(number)) for number in range(8))
    sets = [each for each in walked(shown(Actions(elements=buttons))) if each["type"] == "ActionSet"]
    assert [len(each["actions"]) for each in sets] == [6, 2]


def test_pictures_over_https_alone() -> None:
    """A picture that Teams' servers could not fetch is named; a chart without one is drawn in characters."""
    made = shown(
        Image(url="https://kith.example.com/a.png", alt="Map"),
        Image(url="http://127.0.0.1/b.png", alt="Plan"),
        Chart(title="Deals", bars=()),
    )
    (picture,) = [each for each in walked(made) if each["type"] == "Image"]
    assert (picture["url"], picture["altText"]) == ("https://kith.example.com/a.png", "Map")
    assert "Plan http://127.0.0.1/b.png" in words_of(made)


def test_refresh_for_sixty() -> None:
    """No more than sixty people are named whose card is asked for as they look."""
    activity = teams.refreshed_for(teams.message([customer()]), "v1", [f"29:{number}" for number in range(90)])
    refresh = content(activity)["refresh"]
    assert len(refresh["userIds"]) == 60
    assert (refresh["action"]["verb"], refresh["action"]["data"]) == ("refresh", {"view": "v1"})
    assert not faults(content(activity))


def test_search_result() -> None:
    """A line of the message extension's list is small enough, however much there is to show."""
    result = teams.search_result(long_list(2000), "Acme", "machines")
    assert bytes_of(result) <= RESULT_MAX
    assert result["preview"]["content"] == {"title": "Acme", "text": "machines"}


def test_visit_form() -> None:
    """Each kind of input has the control made for it, filled in with what is known."""
    value = teams.dialog(form_of(visit_form()), "en")
    kinds = [control["type"] for control in inputs(value).values()]
    assert kinds == [
        *("Input.ChoiceSet", "Input.Text", "Input.Date", "Input.Text", "Input.ChoiceSet", "Input.Text"),
    ]
    customer_field = inputs(value)["in0"]
    assert customer_field["choices.data"] == {"type": "Data.Query", "dataset": "customer"}
    assert customer_field["choices"] == [{"title": "Blue Harbor", "value": "01"}]
    assert customer_field["value"] == "01"
    assert inputs(value)["in2"]["value"] == "2030-12-03"
    assert "❌ Write a few words." in words_of(value["card"]["content"])


@pytest.mark.parametrize(
    ("kind", "value", "control"),
    [
        (InputKind.DATE, "2030-12-03", "Input.Date"),
        (InputKind.DATE, "next Friday", "Input.Text"),
        (InputKind.TIME, "09:30", "Input.Time"),
        (InputKind.NUMBER, "12.5", "Input.Number"),
        (InputKind.NUMBER, "a dozen", "Input.Text"),
        (InputKind.MULTILINE, "x", "Input.Text"),
        (InputKind.MEMBER, "wei", "Input.ChoiceSet"),
    ],
)
def test_controls(kind: InputKind, value: str, control: str) -> None:
    """A control that cannot hold what was typed gives way to a plain field that can."""
    made = inputs(teams.dialog(one(kind=kind, value=value), "en"))["in0"]
    assert made["type"] == control
    assert str(made["value"]) == value


def test_values_come_back() -> None:
    """Numbers come back as they would be typed, and what was left empty as nothing."""
    form = one()
    assert teams.dialog_values(form, {"in0": 12.0}) == {"field": "12"}
    assert teams.dialog_values(form, {"form": "kept"}) == {"field": ""}


def test_errors_at_fields() -> None:
    """What is wrong with a field stands below it, whatever was wrong with it before."""
    value = teams.dialog(one(error="old"), "en", errors={"field": "Too short"})
    said = words_of(value["card"]["content"])
    assert "❌ Too short" in said
    assert "❌ old" not in said
