"""A form as a Slack modal keeps what was typed, within Slack's limits, and shows errors at their fields."""

from typing import Any

import pytest
from hypothesis import given
from slack_sdk.models.views import View

from cards.model import Form, Input, InputKind, Option
from cards.renderers import slack
from tests.cards.renderers.examples import form_of, visit_form
from tests.cards.renderers.strategies import forms, many_cards

Payload = dict[str, Any]


def modal(form: Form, language: str = "en") -> Payload:
    return slack.modal(form, private_metadata="m", callback_id="form", language=language)


def one(**fields: Any) -> Form:
    """A form of one input."""
    return Form(
        command="x", title="T", submit="Send", inputs=(Input(**({"name": "field", "label": "Field"} | fields)),)
    )


def element(form: Form) -> Payload:
    return modal(form)["blocks"][0]["element"]


def test_visit_form() -> None:
    """Each kind of input has the control made for it, filled in with what is known."""
    view = modal(form_of(visit_form()))
    assert (view["title"]["text"], view["submit"]["text"], view["close"]["text"]) == (
        "Log a visit",
        "Log visit",
        "Cancel",
    )
    assert (view["callback_id"], view["private_metadata"]) == ("form", "m")
    fields = {block["block_id"]: block for block in view["blocks"] if block["type"] == "input"}
    assert [fields[name]["element"]["type"] for name in fields] == [
        *("external_select", "plain_text_input", "datepicker", "plain_text_input", "static_select", "email_text_input"),
    ]
    customer = fields["customer"]["element"]
    assert (customer["action_id"], customer["min_query_length"]) == ("customer-0", 1)
    assert (customer["initial_option"]["value"], customer["initial_option"]["text"]["text"]) == ("01", "Blue Harbor")
    assert fields["day"]["element"]["initial_date"] == "2030-12-03"
    assert fields["day"]["hint"]["text"] == "Or leave empty"
    assert fields["stage"]["element"]["initial_option"]["value"] == "won"
    assert [fields[name]["optional"] for name in ("customer", "day")] == [False, True]
    assert view["blocks"][2]["elements"][0]["text"] == "❌ Write a few words."


@pytest.mark.parametrize(
    ("kind", "value", "control"),
    [
        (InputKind.DATE, "2030-12-03", "datepicker"),
        (InputKind.DATE, "", "datepicker"),
        (InputKind.DATE, "next Friday", "plain_text_input"),
        (InputKind.DATE, "2030-02-30", "plain_text_input"),
        (InputKind.TIME, "09:30", "timepicker"),
        (InputKind.TIME, "25:00", "plain_text_input"),
        (InputKind.NUMBER, "-12.5", "number_input"),
        (InputKind.NUMBER, "twelve", "plain_text_input"),
        (InputKind.EMAIL, "lin@firm.example", "email_text_input"),
        (InputKind.EMAIL, "lin at firm", "plain_text_input"),
        (InputKind.MEMBER, "01", "external_select"),
        (InputKind.CUSTOMER, "x" * 151, "plain_text_input"),
        (InputKind.SELECT, "", "plain_text_input"),
        (InputKind.MONEY, "30万", "plain_text_input"),
        (InputKind.PHONE, "+1 555 0100", "plain_text_input"),
    ],
)
def test_control_holds_what_was_typed(kind: InputKind, value: str, control: str) -> None:
    """A control is used when it can show what was typed; otherwise a plain field keeps it."""
    made = element(one(kind=kind, value=value))
    assert made["type"] == control
    initial = [made[key] for key in made if key.startswith("initial")]
    assert [start["value"] if isinstance(start, dict) else start for start in initial] == ([value] if value else [])


def test_long_value_is_cut_and_said() -> None:
    """Slack holds 3,000 letters in a field: more is cut off at its end, and the person is told."""
    field, note = modal(one(kind=InputKind.MULTILINE, value="长" * 10_000))["blocks"]
    assert field["element"]["initial_value"] == "长" * 2999 + "…"
    assert note["elements"][0]["text"] == "Only the beginning fits here; the rest was cut off."


def test_select_of_many_options() -> None:
    """Beyond a hundred options the rest is counted, and the one already chosen is among those shown."""
    options = tuple(Option(label=f"Option {n}", value=str(n)) for n in range(130))
    field, note = modal(one(kind=InputKind.SELECT, value="120", options=options))["blocks"]
    assert len(field["element"]["options"]) == 100
    assert field["element"]["initial_option"] in field["element"]["options"]
    assert note["elements"][0]["text"] == "…and 30 more"


def test_long_title_is_shown_in_full() -> None:
    """A modal's title has 24 letters: a longer one is cut there and stands in full above the fields."""
    view = modal(
        Form(command="x", title="Log a visit to Blue Harbor Foods", submit="Send the whole thing now please", inputs=())
    )
    assert view["title"]["text"] == "Log a visit to Blue Har…"
    assert view["blocks"][0]["text"]["text"] == "Log a visit to Blue Harbor Foods"
    assert len(view["submit"]["text"]) == 24


def test_many_inputs_are_said_to_be_missing() -> None:
    """A modal has a hundred blocks: the fields beyond them are counted."""
    inputs = tuple(Input(name=f"f{n}", label=f"F{n}") for n in range(120))
    view = modal(Form(command="x", title="T", submit="Send", inputs=inputs))
    assert len(view["blocks"]) == 100
    assert view["blocks"][-1]["elements"][0]["text"] == "…and 21 more"


def test_errors_are_keyed_by_block() -> None:
    """The answer to a submission names each field that was wrong by its block's id."""
    form = form_of(visit_form())
    assert slack.modal_errors(form) == {"response_action": "errors", "errors": {"note": "Write a few words."}}


def test_values_are_read_back() -> None:
    """What Slack sends of each control becomes the form's values, empty for what was left empty."""
    state = {
        "customer": {"customer-0": {"type": "external_select", "selected_option": {"value": "01"}}},
        "note": {"multiline-1": {"type": "plain_text_input", "value": "hello"}},
        "day": {"date-2": {"type": "datepicker", "selected_date": "2030-12-03"}},
        "time": {"time-3": {"type": "timepicker", "selected_time": "09:30"}},
        "stage": {"select-4": {"type": "static_select", "selected_option": None}},
        "mail": {"email-5": {"type": "email_text_input", "value": None}},
    }
    assert slack.modal_values(state) == {
        "customer": "01",
        "note": "hello",
        "day": "2030-12-03",
        "time": "09:30",
        "stage": "",
        "mail": "",
    }


def test_chinese() -> None:
    """The words of the modal itself are the reader's."""
    assert modal(form_of(visit_form()), "zh_Hans")["close"]["text"] == "取消"


@many_cards
@given(forms)
def test_any_form(form: Form) -> None:
    """Whatever is in a form: Slack takes the modal, block ids are unique, and errors name blocks that are there."""
    view = modal(form)
    parsed = View(**view)
    assert parsed.to_dict() == view
    ids = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    assert len(ids) == len(set(ids))
    assert all(1 <= len(key) <= 255 for key in ids)
    if len(ids) == len(form.inputs):
        assert set(slack.modal_errors(form)["errors"]) <= set(ids)
    for block in view["blocks"]:
        if block["type"] == "input":
            _check_input(block)


def _check_input(block: Payload) -> None:
    made = block["element"]
    assert 1 <= len(block["label"]["text"]) <= 2000
    assert len(block.get("hint", {}).get("text", "")) <= 2000
    assert len(made.get("placeholder", {}).get("text", "")) <= 150
    options = [*made.get("options", []), *([made["initial_option"]] if "initial_option" in made else [])]
    assert all(1 <= len(one["value"]) <= 150 and 1 <= len(one["text"]["text"]) <= 75 for one in options)
    if made["type"] == "plain_text_input":
        assert 1 <= made["max_length"] <= 3000
        assert len(made.get("initial_value", "")) <= made["max_length"]
    if made["type"] == "static_select":
        assert 1 <= len(made["options"]) <= 100
        assert made.get("initial_option", made["options"][0]) in made["options"]
