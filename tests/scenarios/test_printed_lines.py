"""Where a form is printed as one line to type, typing that line does what sending the form does."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import pytest

from cards.model import Card, Form, InputKind
from cards.renderers import text
from commands.model import Reply
from tests.kith import Kith, form_of, values_of

LANGUAGES = ("en", "zh_Hans")
# What differs between two records of the same words.
_OWN = frozenset({"id", "created_at", "updated_at", "activity_id"})

LOGGED = {
    "text": "saw Ada Bell, who wants two; at: noon",
    "happened": "yesterday 3pm",
    "place": "Boston",
    "outcome": "wants two",
    "next_step": "send the quote",
    "due": "friday 9am",
}
CUSTOMER = {
    "name": "Foo Bar Inc", "aliases": "FB, 富吧", "industry": "Steel", "region": "Boston", "size": "50-200",
    "stage": "prospect", "phone": "+1 555 0100", "website": "https://foo.example/a", "address": "1 Main St, Boston",
    "tags": "big, new",
}  # fmt: skip
CONTACT = {
    "name": "Jim Beam", "title": "CEO", "phone": "+1 555 0101", "email": "jim@acme.example", "wechat": "jim",
    "decision": "decider",
}  # fmt: skip
DEAL = {"name": "Second line", "amount": "$5k", "stage": "quote", "probability": "60", "close_on": "2 Dec"}
TASK = {"title": "write memo", "due": "next Tue 3pm", "assignee": "@lin", "priority": "high", "remind": "2h"}
FORMS: dict[str, Mapping[str, str]] = {
    "visit": {"customer": "Acme", **LOGGED},
    "call Acme": LOGGED,
    "meeting Acme": LOGGED,
    "note Acme": {"text": "prefers e-mail"},
    "save Acme": {name: LOGGED[name] for name in ("text", "next_step", "due")},
    "task": {"customer": "Acme", **TASK},
    "task Acme": TASK,
    "new customer": CUSTOMER,
    "new contact": {"customer": "Acme", **CONTACT},
    "new contact Acme": CONTACT,
    "new deal": {"customer": "Acme", **DEAL},
    "new deal Acme": DEAL,
    "edit Acme": {**CUSTOMER, "stage": "customer"},
    "edit {contacts}": CONTACT,
    "edit {deals}": DEAL,
    "edit {tasks}": {name: TASK[name] for name in ("title", "due", "priority", "remind")},
    "edit {activities}": {"text": "saw all of them", "place": "Boston", "outcome": "good", "next_step": "quote"},
    "correct {activities} people": {"contacts": "Ada Bell"},
    "correct {activities} day": {"happened": "yesterday 3pm"},
    "assign Acme": {"assignee": "lin"},
    "assign {tasks}": {"assignee": "@lin"},
    "snooze {tasks} ?": {"until": "next Tue 3pm"},
    "bind": {"customer": "Acme"},
    "settings": {"remind": "2h", "language": "en", "zone": "America/New_York"},
}  # fmt: skip


@pytest.fixture
def acme(kith: Kith) -> Kith:
    """A customer with one of everything, among others."""
    kith.say("new customer Acme, industry: food, tags: a b; c, stage: prospect, also known as: AC, 极致")
    kith.say("new contact Acme: Ada Bell, title: Buyer, email: ada@acme.example")
    kith.say("new deal Acme: Cold chain $120k, stage: quote, close: 2 Dec")
    kith.say("task Acme: send samples tomorrow 3pm urgent")
    kith.submit(kith.say("visit Acme"), {"text": "saw them\nand the line"})
    return kith


def opened(kith: Kith, line: str) -> Reply:
    """The form behind a line; ``{deals}`` in it is the id of the first deal."""
    ids = {kind: rows[0].id for kind, rows in kith.rows().items()}
    return kith.say(line.format(**ids))


def printed(form: Form, values: Mapping[str, str]) -> str:
    """The line that the form is printed as, with ``values`` in their places."""
    language = "zh_Hans" if any(sign >= "\u4e00" for sign in form.title) else "en"
    card = Card(summary=form.title, blocks=(form,), language=language)
    (line,) = [each.strip() for each in text.render(card, width=60).split("\n") if each.startswith("  /crm ")]
    colon, comma = ("：", "；") if language == "zh_Hans" else (": ", "; ")
    for one in form.inputs:
        if one.name in values:
            assert one.label.lower() + colon in line
            before, _, after = line.partition(one.label.lower() + colon)
            rest = "".join(comma + part for part in _others(after, form, colon, comma))
            line = f"{before}{one.label.lower()}{colon}{values[one.name]}{rest}"
    return line


def _others(after: str, form: Form, colon: str, comma: str) -> list[str]:
    """The fields behind the first one's value."""
    starts = [after.find(f"{comma}{one.label.lower()}{colon}") for one in form.inputs]
    first = min((start for start in starts if start >= 0), default=-1)
    return [after[first + len(comma) :]] if first >= 0 else []


def state(kith: Kith) -> dict[str, list[dict[str, Any]]]:
    """Every record without what is its own, and what the settings and the binding are."""
    rows = {
        kind: [{name: value for name, value in asdict(row).items() if name not in _OWN} for row in found]
        for kind, found in kith.rows().items()
    }
    mara = kith.actor("mara")
    return {**rows, "mara": [{"language": mara.language, "zone": mara.zone}]}


@pytest.mark.parametrize("line", FORMS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_typed_line_does_what_the_form_does(acme: Kith, line: str, language: str) -> None:
    """The printed line, filled in and typed, leaves the same records as the form that is sent filled in."""
    acme.say(f"settings {language}")
    form, before = opened(acme, line), state(acme)
    sent = acme.submit(form, FORMS[line])
    assert sent.ok, sent
    by_form = state(acme)
    assert acme.say("undo").ok
    assert state(acme) == before
    typed = acme.say(printed(form_of(form), FORMS[line]))
    assert typed.ok, typed
    assert typed.receipt
    assert state(acme) == by_form


@pytest.mark.parametrize("line", [line for line in FORMS if line.startswith("edit")])
@pytest.mark.parametrize("language", LANGUAGES)
def test_line_as_it_is_printed_changes_nothing(acme: Kith, line: str, language: str) -> None:
    """Typed as it stands, the line of a record that is there changes nothing: a … leaves a field as it is."""
    acme.say(f"settings {language}")
    form, before = form_of(opened(acme, line)), acme.rows()
    typed = acme.say(printed(form, {}))
    assert typed.ok, typed
    assert typed.receipt == ""
    assert acme.rows() == before


@pytest.mark.parametrize("line", ["task", "new customer", "new deal Acme", "visit Acme"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_line_without_what_is_needed_is_told(acme: Kith, line: str, language: str) -> None:
    """Where something is needed, the line typed as it stands says what, and adds nothing called …"""
    acme.say(f"settings {language}")
    form, before = form_of(acme.say(line)), acme.rows()
    assert any(one.required for one in form.inputs)
    assert acme.say(printed(form, {})).error == "missing"
    assert acme.rows() == before


def test_every_form_is_tried(acme: Kith) -> None:
    """The forms above fill every input that their form has, so that no label goes untried."""
    for line, values in FORMS.items():
        form = form_of(opened(acme, line))
        known = {name for name, value in values_of(opened(acme, line)).items() if value}
        assert {one.name for one in form.inputs} <= {*values, *known}
        assert all(one.kind in InputKind for one in form.inputs)
