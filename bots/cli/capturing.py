"""``kith capture``: one-line notes read against the names that come with them, for machines."""

import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from bots.cli.lines import objects, put
from bots.errors import OperatorError
from core.amounts import FoundAmount
from core.capture import Followup
from core.capture.known import roster_of
from core.capture.roster import Roster
from core.capture.understanding import Understood, understand


def declare(_command: str, parser: ArgumentParser) -> None:
    """``--json`` is what it does in any case."""
    parser.add_argument(
        "--json", action="store_true", help='read {"text", "now", "locale", "known"} from each line, answer in JSON'
    )


def run(_options: Namespace) -> int:
    """Reads ``{"text", "now", "locale", "known": {"customers", "contacts", "members"}}`` from each line.

    Answers ``{"intent", "customer", "contacts", "new_contacts", "followup": {"date", "time", "text"} | null,
    "happened", "amount": {"value", "currency"} | null, "stage", "mentions", "confidence": {slot: 0 to 1}, "ms"}``.
    Returns 1 when a line could not be used; such a line is answered with its ``error``.
    """
    rosters: dict[str, Roster] = {}
    lines = objects(sys.stdin, "text", "now")
    for asked in lines:
        try:
            roster, now = _roster(asked.get("known"), rosters), _local(str(asked["now"]))
        except OperatorError as unusable:
            lines.refuse(unusable)
            continue
        text, locale = str(asked["text"]), str(asked.get("locale") or "en")
        started = time.perf_counter()
        put(shown(understand(text, now, locale, roster)), started)
    return lines.exit_code


def _roster(known: object, rosters: dict[str, Roster]) -> Roster:
    """The roster of what is known, built once for as long as the same is known."""
    key = repr(known)
    if key not in rosters:
        rosters.clear()
        rosters[key] = _read_known(known)
    return rosters[key]


def _read_known(known: object) -> Roster:
    if known is None:
        return roster_of((), {})
    if not isinstance(known, Mapping):
        raise OperatorError('known must be an object with "customers", "contacts" and "members"')
    contacts = known.get("contacts")
    contacts = {} if contacts is None else contacts
    if not isinstance(contacts, Mapping):
        raise OperatorError("contacts must be an object: people by their customer's name")
    people = {str(customer): _texts(names, "contacts") for customer, names in contacts.items()}
    return roster_of(_texts(known.get("customers"), "customers"), people, _texts(known.get("members"), "members"))


def _texts(value: object, name: str) -> Sequence[str]:
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise OperatorError(f"{name} must be a list of texts")
    return value


def shown(understood: Understood) -> dict[str, Any]:
    """The answer's shape, which machines are written against."""
    return {
        "intent": understood.intent,
        "customer": understood.customer.name if understood.customer else None,
        "contacts": [person.name for person in understood.contacts],
        "new_contacts": list(understood.new_contacts),
        "followup": _followup(understood.followup),
        "happened": understood.happened.isoformat() if understood.happened else None,
        "amount": _amount(understood.amount),
        "stage": understood.captured.stage,
        "mentions": list(understood.captured.mentions),
        "confidence": understood.confidence,
    }


def _followup(todo: Followup | None) -> dict[str, Any] | None:
    if todo is None:
        return None
    return {"date": todo.date.isoformat(), "time": f"{todo.time:%H:%M}" if todo.time else None, "text": todo.text}


def _amount(amount: FoundAmount | None) -> dict[str, Any] | None:
    return {"value": _number(amount.value), "currency": amount.currency} if amount else None


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _local(value: str) -> datetime:
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        raise OperatorError(f"now must be an ISO time, not {value[:40]!r}") from None
