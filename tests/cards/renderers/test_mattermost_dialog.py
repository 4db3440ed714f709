"""A form as a Mattermost dialog keeps what was typed, within the limits the server counts in bytes."""

from typing import Any

import pytest
from hypothesis import given

from bots.emulators.mattermost.rules import fault_of_dialog
from cards.model import Button, Form, Input, InputKind, Option
from cards.renderers import mattermost
from cards.renderers.cutting import clean_line
from cards.renderers.mattermost import Abilities, dialog_values, shown_values
from tests.cards.renderers.examples import form_of, visit_form
from tests.cards.renderers.strategies import bare, forms, many_cards

Payload = dict[str, Any]
ALL = Abilities(dates=True, lookup="https://kith.example/mattermost/lookup")
NONE = Abilities()


def dialog(form: Form, abilities: Abilities = ALL, language: str = "en") -> Payload:
    return mattermost.dialog(form, state="s", callback_id="form", language=language, abilities=abilities)


def one(**fields: Any) -> Form:
    """A form of one input."""
    given_ = {"name": "field", "label": "Field"} | fields
    return Form(command="x", title="T", submit="Send", inputs=(Input(**given_),))


def element(form: Form, abilities: Abilities = ALL) -> Payload:
    found: Payload = dialog(form, abilities)["elements"][0]
    return found


def test_visit_dialog() -> None:
    """Each kind of input has the control made for it, filled in with what is known; an error stands above."""
    shown = dialog(form_of(visit_form()))
    assert fault_of_dialog(shown) == ""
    assert (shown["title"], shown["submit_label"], shown["state"]) == ("Log a visit", "Log visit", "s")
    fields = {field["name"]: field for field in shown["elements"]}
    assert [fields[name]["type"] for name in fields] == ["select", "textarea", "date", "text", "select", "text"]
    assert fields["customer"]["data_source_url"] == "https://kith.example/mattermost/lookup/customer"
    assert fields["customer"]["default"] == "Blue Harbor"
    assert fields["day"]["default"] == "2030-12-03"
    assert fields["day"]["help_text"] == "Or leave empty"
    assert fields["stage"]["default"] == "won"
    assert [fields[name]["optional"] for name in ("customer", "day")] == [False, True]
    assert "Write a few words." in shown["introduction_text"].replace("\\", "")


def test_old_server() -> None:
    """A server that knows neither calendars nor look-ups gets plain fields."""
    shown = dialog(form_of(visit_form()), NONE)
    assert [field["type"] for field in shown["elements"]] == ["text", "textarea", "text", "text", "select", "text"]


@pytest.mark.parametrize(
    ("kind", "value", "control"),
    [
        (InputKind.DATE, "2030-12-03", "date"),
        (InputKind.DATE, "next Friday", "text"),
        (InputKind.DATE, "2030-02-30", "text"),
        (InputKind.TIME, "09:30", "text"),
        (InputKind.NUMBER, "-12.5", "text"),
        (InputKind.MEMBER, "01", "select"),
        (InputKind.CUSTOMER, "长" * 1001, "textarea"),
        (InputKind.SELECT, "", "text"),
        (InputKind.TEXT, "a" * 150, "text"),
        (InputKind.TEXT, "长" * 51, "textarea"),
        (InputKind.TEXT, "two\nlines", "textarea"),
        (InputKind.MULTILINE, "", "textarea"),
    ],
)
def test_controls_hold_their_values(kind: InputKind, value: str, control: str) -> None:
    """What a control could not hold as it was typed is kept in a plain field."""
    made = element(one(kind=kind, value=value))
    assert made["type"] == control
    assert made["default"].removesuffix("…") in value
    assert fault_of_dialog(dialog(one(kind=kind, value=value))) == ""


def test_label_comes_back_as_value() -> None:
    """A customer's field shows the name, and the id it stands for is told beside."""
    form = one(kind=InputKind.CUSTOMER, name="customer", value="01j9", value_label="Blue Harbor")
    assert element(form)["default"] == "Blue Harbor"
    assert shown_values(form) == {"customer": ("Blue Harbor", "01j9")}
    assert shown_values(one(value="01j9", value_label="x")) == {}


def test_chinese_is_counted_in_bytes() -> None:
    """Eight Chinese characters fit a title and a label; a longer one is cut there, and stands in full above."""
    form = Form(
        command="x",
        title="记录一次非常长的客户拜访",
        submit="保存",
        inputs=(Input(name="a", label="客户的下一步计划是什么", hint="请" * 60),),
    )
    shown = dialog(form)
    assert fault_of_dialog(shown) == ""
    assert (shown["title"], shown["elements"][0]["display_name"]) == ("记录一次非常长…", "客户的下一步计…")
    for whole in (form.title, form.inputs[0].label, form.inputs[0].hint):
        assert whole in shown["introduction_text"]


def test_select_keeps_an_unlisted_value() -> None:
    """A value that is none of the options is added to them; what is too many is counted."""
    options = tuple(Option(label=f"L{number}", value=f"v{number}") for number in range(120))
    form = one(kind=InputKind.SELECT, options=options, value="other", value_label="Other")
    made = element(form)
    assert (len(made["options"]), made["options"][-1]) == (100, {"text": "Other", "value": "other"})
    assert "…and 20 more" in dialog(form)["introduction_text"]


def test_values_come_back_as_text() -> None:
    """Whatever a client sends - text, numbers, yes and no, nothing - becomes text by input name."""
    sent = {"a": "x", "b": None, "c": 12.0, "d": 1.5, "e": True, "f": {"label": "L", "value": "v"}, "g": 3}
    assert dialog_values(sent) == {"a": "x", "b": "", "c": "12", "d": "1.5", "e": "true", "f": "v", "g": "3"}


def test_question_dialog() -> None:
    """A question is a dialog without fields; the button's word sends it."""
    button = Button(label="Lost", command="x", confirm="Mark *this* as lost?")
    shown = mattermost.confirmation(button, state="s", callback_id="q")
    assert fault_of_dialog(shown) == ""
    assert (shown["title"], shown["introduction_text"]) == ("Lost", r"Mark \*this\* as lost?")


@many_cards
@given(forms)
def test_any_form_fits(form: Form) -> None:
    """Any form becomes a dialog that the server takes, and of no field it is silent that it is missing or cut."""
    for abilities in (ALL, NONE):
        shown = dialog(form, abilities)
        assert fault_of_dialog(shown) == ""
        assert len(shown["introduction_text"]) <= 3000
        names = [field["display_name"] for field in shown["elements"]]
        left = len(form.inputs) - len(names)
        assert left == 0 or "more" in shown["introduction_text"]
        for field, name in zip(form.inputs, names, strict=False):
            label = bare(clean_line(field.label or field.name))
            assert bare(name) in {label, "–"} or name.endswith("…")
