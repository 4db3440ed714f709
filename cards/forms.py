"""The forms behind commands, filled with what is known already."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from cards import labels
from cards.model import Form, Input, InputKind, Option
from cards.words import Words
from core.activities.model import ActivityKind
from core.text import LINE_LIMIT, TEXT_LIMIT


@dataclass(frozen=True, slots=True)
class Filled:
    """What is known: values by input name, and names to show for values that are ids."""

    values: Mapping[str, str] = field(default_factory=dict)
    shown: Mapping[str, str] = field(default_factory=dict)


def refilled(form: Form, values: Mapping[str, str], errors: Mapping[str, str]) -> Form:
    """The form with ``values`` in its inputs and ``errors`` (words, by input name) at them."""
    return msgspec.structs.replace(
        form,
        inputs=tuple(
            msgspec.structs.replace(item, value=values.get(item.name, item.value), error=errors.get(item.name, ""))
            for item in form.inputs
        ),
    )


class _Inputs:
    """Makes inputs with their field's label and what is known of it."""

    def __init__(self, words: Words, filled: Filled) -> None:
        self._words = words
        self._filled = filled

    def __call__(self, name: str, kind: InputKind = InputKind.TEXT, **details: object) -> Input:
        made = Input(
            name=name,
            label=labels.field(name, self._words),
            kind=kind,
            value=self._filled.values.get(name, ""),
            value_label=self._filled.shown.get(name, ""),
            max_length=TEXT_LIMIT if kind is InputKind.MULTILINE else LINE_LIMIT,
        )
        return msgspec.structs.replace(made, **details)

    def choice(self, name: str, table: Mapping[Any, str]) -> Input:
        options = tuple(Option(label=self._words(label), value=str(value)) for value, label in table.items())
        return self(name, InputKind.SELECT, options=options)


def customer_form(command: str, words: Words, filled: Filled) -> Form:
    """A new customer, or one to edit."""
    make = _Inputs(words, filled)
    inputs = (
        make("name", required=True),
        make("aliases", hint=words("Other names, separated by commas")),
        make("industry"),
        make("region"),
        make("size"),
        make.choice("stage", labels.LIFECYCLE),
        make("phone", InputKind.PHONE),
        make("website"),
        make("address"),
        make("tags", hint=words("Separated by commas")),
    )
    is_new = command == "new customer"
    return Form(
        command=command,
        title=words("New customer") if is_new else words("Edit customer"),
        inputs=inputs,
        submit=words("Save"),
    )


def contact_form(command: str, words: Words, filled: Filled) -> Form:
    """A new contact, or one to edit."""
    make = _Inputs(words, filled)
    is_new = command == "new contact"
    inputs = (
        *((make("customer", InputKind.CUSTOMER, required=True),) if is_new else ()),
        make("name", required=True),
        make("title", label=words("Job title")),
        make("phone", InputKind.PHONE),
        make("email", InputKind.EMAIL),
        make("wechat"),
        make.choice("decision", labels.DECISIONS),
    )
    return Form(
        command=command,
        title=words("New contact") if is_new else words("Edit contact"),
        inputs=inputs,
        submit=words("Save"),
    )


def deal_form(command: str, words: Words, filled: Filled) -> Form:
    """A new deal, or one to edit."""
    make = _Inputs(words, filled)
    is_new = command == "new deal"
    inputs = (
        *((make("customer", InputKind.CUSTOMER, required=True),) if is_new else ()),
        make("name", required=True),
        make("amount", InputKind.MONEY, placeholder=words("30万, $1.2M, 12,500 EUR")),
        make.choice("stage", labels.STAGES),
        make("probability", InputKind.NUMBER, hint=words("In per cent; empty follows the stage")),
        make("close_on", placeholder=words("end of month, 2 Dec")),
    )
    return Form(
        command=command, title=words("New deal") if is_new else words("Edit deal"), inputs=inputs, submit=words("Save")
    )


def task_form(command: str, words: Words, filled: Filled) -> Form:
    """A new task, or one to edit."""
    make = _Inputs(words, filled)
    is_new = command == "task"
    inputs = (
        make("title", required=True, max_length=500),
        *((make("customer", InputKind.CUSTOMER),) if is_new else ()),
        make("due", placeholder=words("tomorrow 3pm, next Tue, 2 Dec")),
        *((make("assignee", InputKind.MEMBER),) if is_new else ()),
        make.choice("priority", labels.PRIORITIES),
        make("remind", placeholder=words("30 min, 1h, 1 day, off")),
    )
    return Form(
        command=command, title=words("New task") if is_new else words("Edit task"), inputs=inputs, submit=words("Save")
    )


def snooze_form(command: str, words: Words, filled: Filled) -> Form:
    """Until when a task is put off."""
    make = _Inputs(words, filled)
    until = make("until", required=True, placeholder=words("tomorrow 3pm, next Tue, 2 Dec"))
    return Form(command=command, title=words("Snooze until when?"), inputs=(until,), submit=words("Snooze"))


def log_form(kind: ActivityKind, words: Words, filled: Filled) -> Form:
    """A visit, call, meeting, note or saved message to log; the command is the kind's verb."""
    make = _Inputs(words, filled)
    command = "save" if kind is ActivityKind.MESSAGE else str(kind)
    what = words(labels.ACTIVITIES[kind])
    inputs = [make("customer", InputKind.CUSTOMER, required=True), make("text", InputKind.MULTILINE, required=True)]
    if kind in {ActivityKind.VISIT, ActivityKind.CALL, ActivityKind.MEETING}:
        inputs += [
            make("happened", placeholder=words("today, yesterday 3pm")),
            make("place"),
            make("outcome"),
        ]
    if kind is not ActivityKind.NOTE:
        inputs += [
            make("next_step", hint=words("Becomes a task for you")),
            make("due", placeholder=words("tomorrow 3pm, next Tue, 2 Dec")),
        ]
    return Form(command=command, title=words("Log: {kind}", kind=what), inputs=tuple(inputs), submit=words("Log it"))


def activity_form(command: str, words: Words, filled: Filled) -> Form:
    """An activity to edit."""
    make = _Inputs(words, filled)
    inputs = (make("text", InputKind.MULTILINE), make("place"), make("outcome"), make("next_step"))
    return Form(command=command, title=words("Edit"), inputs=inputs, submit=words("Save"))


def assign_form(command: str, words: Words, filled: Filled) -> Form:
    """To whom?"""
    make = _Inputs(words, filled)
    inputs = (make("assignee", InputKind.MEMBER, required=True),)
    return Form(command=command, title=words("Hand over"), inputs=inputs, submit=words("Hand over"))


def bind_form(words: Words, filled: Filled) -> Form:
    """Which customer is this conversation about?"""
    make = _Inputs(words, filled)
    inputs = (make("customer", InputKind.CUSTOMER, required=True),)
    return Form(command="bind", title=words("Bind conversation"), inputs=inputs, submit=words("Bind"))


def settings_form(words: Words, filled: Filled) -> Form:
    """Language, zone, reminders and working hours."""
    make = _Inputs(words, filled)
    inputs = (
        make.choice("language", labels.LANGUAGES),
        make("zone", placeholder="Shanghai, America/New_York"),
        make("remind", placeholder=words("30 min, 1h, 1 day, off")),
        make("hours", placeholder=words("9:00-18:00 Mon-Fri")),
    )
    return Form(command="settings", title=words("Settings"), inputs=inputs, submit=words("Save"))
