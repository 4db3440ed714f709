"""Values as people type them into a line or a form: dates, times, amounts, percentages."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from cards import labels
from cards.words import LANGUAGES, Words
from commands.model import Context
from core import amounts, when
from core.errors import InvalidInputError
from core.money import Money
from core.tasks.service import Due
from core.text import clean_line
from core.when import Found

_END_OF_DAY = time(23, 59, 59)  # how "EOD Friday" reads: due that day, at no particular time
_MORNING = time(9)  # when a day begins for somebody who names no hour


def find_date(context: Context, typed: str, field: str) -> Found:
    """What a whole text says of time. Raises InvalidInputError when that cannot be read."""
    found = when.read(clean_line(typed), context.local_now, context.locale)
    if found is None:
        raise InvalidInputError(field, "unknown_date", value=clean_line(typed))
    return found


def due(context: Context, typed: str, field: str = "due") -> Due | None:
    """When something is due; None for an empty text. Raises InvalidInputError."""
    return due_of(context, find_date(context, typed, field)) if typed.strip() else None


def due_of(context: Context, found: Found) -> Due:
    """A day, with a time of day when one was said."""
    if found.kind == "duration":
        moment = found.end or found.start
        return Due(moment.date(), moment.time().replace(microsecond=0), context.actor.zone)
    if found.start.time() == _END_OF_DAY:
        return Due(found.start.date(), zone=context.actor.zone)
    has_clock = found.kind in {"time", "datetime"} or found.grain in {"hour", "minute", "second"}
    # "this week" began on Monday and is over on Sunday; what is still to come is due when it begins.
    day = last_day(found) if found.start.date() < context.today else found.start.date()
    return Due(day, found.start.time() if has_clock else None, context.actor.zone)


def closing(context: Context, typed: str) -> Due | None:
    """The day by which a deal is expected to close: of a month the last. Raises InvalidInputError."""
    if not typed.strip():
        return None
    found = find_date(context, typed, "close_on")
    return due_of(context, found) if found.kind == "duration" else Due(last_day(found), None, context.actor.zone)


def last_day(found: Found) -> date:
    """The last day of a month, a week or another stretch of time; else the day itself."""
    return (found.end - timedelta(microseconds=1)).date() if found.end else found.start.date()


def moment(context: Context, typed: str, field: str) -> datetime:
    """An instant in UTC; a day without a time is its morning. Raises InvalidInputError."""
    said = due_of(context, find_date(context, typed, field))
    return Due(said.day, said.clock or _MORNING, said.zone).instant or context.now


def amount(typed: str, currency: str) -> Money | None:
    """An amount, in ``currency`` when none is named; None for an empty text. Raises InvalidInputError."""
    typed = clean_line(typed)
    if not typed:
        return None
    found = amounts.read_amount(typed, currency)
    if found is not None and found.money is not None:
        return found.money
    try:
        return Money.of(Decimal(typed.replace(",", "")), currency)
    except (ArithmeticError, ValueError):
        raise InvalidInputError("amount", "unknown_amount", value=typed) from None


def percentage(typed: str) -> int:
    """A whole number of per cent, with or without its sign. Raises InvalidInputError."""
    digits = clean_line(typed).rstrip("%％ ")
    if not digits.isdecimal() or len(digits) > 3:
        raise InvalidInputError("probability", "not_a_number", value=clean_line(typed))
    return int(digits)


def choice(typed: str, field: str) -> str:
    """A field's choice by its value or by its name in any language; what is none of them comes back as it was typed."""
    wanted = clean_line(typed).casefold()
    return wanted if wanted in _CHOICES[field] else _by_name(field).get(wanted, wanted)


@lru_cache
def _by_name(field: str) -> dict[str, str]:
    everyone = (Words(language) for language in LANGUAGES)
    return {words(label).casefold(): str(value) for words in everyone for value, label in _CHOICES[field].items()}


_CHOICES: Mapping[str, Mapping[Any, str]] = {
    "lifecycle": labels.LIFECYCLE,
    "stage": labels.STAGES,
    "decision": labels.DECISIONS,
    "priority": labels.PRIORITIES,
}
