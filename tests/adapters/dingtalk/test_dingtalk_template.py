"""The template that administrators import, against what the renderer writes into it."""

import json
from itertools import product
from typing import Any

from adapters.dingtalk.template import template
from bots.emulators.dingtalk.rules import fault_of_data
from cards.model import Actions, Button, Card, Form, Input, InputKind, Link, Option, Style, Text
from cards.renderers.dingtalk import note_variables, variables
from core.ids import looks_like_id

_EDITOR = json.loads(template()["editorData"])
_DECLARED = {one["name"]: one for one in _EDITOR["variableList"]}
_CUSTOMER = "0" * 13
_BUTTONS = Actions(
    elements=(
        Button(label="Done", command="done", token="t", style=Style.PRIMARY),
        Link(label="Report", url="https://kith.example/reports"),
        Link(label="Open", url=f"https://kith.example/c/{_CUSTOMER}"),
    )
)
_FORM = Form(
    title="Log a visit",
    command="visit",
    token="f",
    submit="Log visit",
    inputs=tuple(
        Input(name=f"{kind}{number}", label="Note", kind=kind, value=value, placeholder="Met them", options=options)
        for number, (kind, value) in enumerate(product(InputKind, ("", "a")))
        for options in [(Option(label="A", value="a"),) if kind is InputKind.SELECT else ()]
    ),
)
_CARD = Card(blocks=(Text(text="Northwind"), _BUTTONS, _FORM), summary="Northwind")


def _names(value: Any, below: str = "") -> set[str]:
    """The path of everything in a variable, as the template writes it: a list's is that of its first element."""
    if isinstance(value, list):
        return {path for one in value for path in _names(one, f"{below}[0]")}
    if not isinstance(value, dict):
        return set()
    inside = {path for name, one in value.items() for path in _names(one, f"{below}.{name}")}
    return inside | {f"{below}.{name}" for name in value}


def _declared(one: dict[str, Any]) -> set[str]:
    """The paths that a variable declares, its own left out."""
    return {path for part in one.get("schema", ()) for path in ({part["id"]} | _declared(part))}


def _bound(value: Any) -> set[str]:
    """Every variable that a component is bound to."""
    if isinstance(value, list):
        return {name for one in value for name in _bound(one)}
    if not isinstance(value, dict):
        return set()
    own = {str(value["variable"])} if value.get("variable") else set()
    texts = {name for name in _DECLARED if value.get("content") == f"${{{name}}}"}
    return own | texts | {name for one in value.values() for name in _bound(one)}


def test_every_variable_is_declared_bound_and_written() -> None:
    """What the renderer writes, what the template declares and what its components show are the same variables."""
    written = set(variables(_CARD)) | set(note_variables(_CARD))
    assert written == set(variables(Card(blocks=(), summary="Northwind"))) == set(_DECLARED)
    assert _bound(_EDITOR["schema"]["componentsTree"]) == set(_DECLARED)
    assert set(_EDITOR["mockData"]["cardData"]) == set(_DECLARED)


def test_every_part_of_buttons_is_declared_and_written() -> None:
    """A button's words, colour, state and what it does; what a request brings back is Kith's own."""
    for name, values in (("btns", variables(_CARD)), ("note_btns", note_variables(_CARD))):
        written = _names([{name: one} for one in json.loads(values[name])])
        paths = {path.removeprefix("[0].") for path in written} - {name, f"{name}.event.params.params.token"}
        assert paths == _declared(_DECLARED[name])


def test_every_part_of_fields_is_declared_and_written() -> None:
    """Fields of every kind, empty and filled in; a choice's value has two parts of its own."""
    written = {f"form{path}" for path in _names(json.loads(variables(_CARD)["form"]))}
    of_choices = {f"form.fields[0].defaultValue.{name}" for name in ("index", "value")}
    assert written - of_choices == _declared(_DECLARED["form"])


def test_links_to_customers_are_taken() -> None:
    """A button that opens a customer beside the conversation has DingTalk's own kind of address, and is taken."""
    assert looks_like_id(_CUSTOMER)
    values = variables(_CARD)
    assert "dingtalk://dingtalkclient/page/link?url=https%3A" in values["btns"]
    assert fault_of_data({"cardParamMap": values}) == ""
    harmful = values["btns"].replace("url=https%3A", "url=javascript%3A")
    assert fault_of_data({"cardParamMap": {"btns": harmful}}) == "param.btnsInvalid"
