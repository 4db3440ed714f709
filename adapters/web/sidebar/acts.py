"""From what a button or the one-line form of the page sends to a command line: pure, no I/O."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from adapters.hosts.model import Seat
from adapters.web.customer_views import QUICK
from adapters.web.incoming import CLIENT_ID, TEXT_LIMIT
from adapters.web.refusals import RefusedError
from cards.words import mark
from commands.model import Incoming
from core.ids import MemberId, looks_like_id
from core.text import clean_text

_OF_TASKS = {"done": "done", "snooze": "snooze", "decide": "decide-task"}  # the buttons, and their verbs
_WANTED = ("seen", "until", "take_done_at", "take_snoozed_until", "take_due_on", "take_due_at")
_LONGEST = 64  # characters of one of these


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What is to be done: a command line and what a form would bring. ``task`` is the one it is about, if any."""

    name: str
    line: str
    fields: dict[str, str] = field(default_factory=dict)
    customer: str = ""
    task: str = ""


def read_act(fields: Mapping[str, str]) -> Act:
    """The act in a form's fields. Refuses with 422 what no button of the page sends."""
    name, customer = fields.get("act", ""), fields.get("customer", "")
    if customer:
        _check_id(customer)
    if name in _OF_TASKS:
        return _of_task(name, fields, customer)
    if name in QUICK:
        return Act(name=name, line=f"{name} {_needed(customer)}: {_said(fields)}", customer=customer)
    if name == "bind":
        return Act(name=name, line=f"bind {_needed(customer)}", customer=customer)
    if name == "unbind":
        return Act(name=name, line="unbind", customer=customer)
    if name == "undo":
        receipt = fields.get("receipt", "")
        _check_id(receipt)
        return Act(name=name, line=f"undo {receipt}", customer=customer)
    raise RefusedError(422)


def _of_task(name: str, fields: Mapping[str, str], customer: str) -> Act:
    task = fields.get("task", "")
    _check_id(task)
    wanted = {key: fields[key] for key in _WANTED if fields.get(key)}
    if not wanted.get("seen") or any(len(value) > _LONGEST for value in wanted.values()):
        raise RefusedError(422)
    if name == "snooze" and "until" not in wanted:
        raise RefusedError(422)
    return Act(name=name, line=f"{_OF_TASKS[name]} {task}", fields=wanted, customer=customer, task=task)


def _said(fields: Mapping[str, str]) -> str:
    said = clean_text(fields.get("text", ""))
    if not said:
        raise RefusedError(422, mark("Type something first."))
    if len(said) > TEXT_LIMIT:
        raise RefusedError(
            422, mark("This is longer than a message can be. Nothing was sent; shorten it and send it again.")
        )
    return said


def _needed(customer: str) -> str:
    if not customer:
        raise RefusedError(422)
    return customer


def _check_id(text: str) -> None:
    if not looks_like_id(text):
        raise RefusedError(422)


def delivery_of(fields: Mapping[str, str]) -> str:
    """The browser's id of what it sends. Refuses with 422 what is none."""
    delivery = fields.get("delivery", "")
    if not CLIENT_ID.fullmatch(delivery):
        raise RefusedError(422)
    return delivery


def incoming_of(seat: Seat, member_id: MemberId, client_id: str, act: Act) -> Incoming:
    """The act as done in the seat's conversation, where nobody but who does it sees the answer."""
    who = seat.identity
    return Incoming(
        platform=who.platform,
        tenant=who.tenant,
        user=who.user_id,
        conversation=seat.conversation or who.user_id,
        direct=True,
        # Apart from the platform's own ids, and one member's from another's.
        delivery=f"sidebar.{member_id}.{client_id}",
        text=act.line,
        fields=act.fields or None,
    )
