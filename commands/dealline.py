"""The line of a new deal: its name, and what is said at its end: ``Expansion 30万, closing in May``, 二期 30万 月底."""

import re
from dataclasses import dataclass, field
from typing import Any

from commands import values
from commands.model import Context
from core import amounts, when
from core.deals.model import Deal
from core.errors import InvalidInputError
from core.ids import CustomerId
from core.patterns import late
from core.tasks.service import Due
from core.when import Found

_EDGES = " ,，;；、"
_CLOSING = late(
    r"[,，;；]?\s*\b(?:closes?|closing|close date)\b\s*(?:in|on|by)?\s*|[,，;；]?\s*预计(?:成交)?\s*", re.IGNORECASE
)
_CLOSES = late(r"(?:之前|以前|前)?\s*(?P<word>成交|签约|签单|签下|关单|结单)?$")  # behind a day: 月底成交
_BY_MYRIADS = late(r"[十百千万亿萬億]|\d\s?w\b", re.IGNORECASE)
_TEN_THOUSANDS = late(r"(?<!\S)\d[\d.,]*\s?w$", re.IGNORECASE)  # 30w, at the end of a deal's line, is 30万
_NEGATIVE = late(r"(?<!\S)[-−](?:\s?[^\w\s])?\d\S*$")
# At the end of a line, and longer than what counts the phases of a project.
_NUMBER = late(r"(?<!\S)[^\w\s]?\d[\d.,]*[a-z]{0,2}$", re.IGNORECASE)
_YEAR = late(r"(?:19|20)\d\d")
_LEAST_DIGITS = 3
_LONGEST_AMOUNT = 15  # digits


@dataclass(frozen=True, slots=True)
class Described:
    """What a line says of a new deal: ``values`` by field; ``unread`` looks like an amount and stayed in the name."""

    name: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    unread: str = ""


def currency_of(context: Context, deal: Deal, typed: str) -> str:
    """In what a bare amount that is typed for a deal is: its own currency, else that of its customer's others."""
    if deal.amount and not _BY_MYRIADS.search(typed):
        return deal.amount.currency
    return currency_for(context, deal.customer_id, typed)


def currency_for(context: Context, customer_id: CustomerId, typed: str) -> str:
    """In what a bare amount that is typed for a customer is: the currency of its latest deal, else the workspace's.

    Who counts by 万 means the workspace's, whatever the customer pays in.
    """
    if _BY_MYRIADS.search(typed):
        return context.actor.currency
    deals = context.work.deals.list_of_customer(context.actor.scope, customer_id)
    return next((deal.amount.currency for deal in reversed(deals) if deal.amount), context.actor.currency)


def describe(context: Context, text: str, currency: str) -> Described:
    """Reads the line of a new deal. Raises InvalidInputError for an amount or a close that cannot be."""
    said: dict[str, Any] = {}
    text = _closing(context, text, said)
    text, behind = _amount(text, currency, said)
    if "close_on" not in said:
        text = _closing_at_the_end(context, text, behind, said)
    name = " ".join(text.split()).strip(_EDGES)
    return Described(name, said, "" if "amount" in said else _unread(name))


def _closing(context: Context, text: str, said: dict[str, Any]) -> str:
    """Takes ``closing in May`` out of the text."""
    close = _CLOSING.search(text)
    if close is None:
        return text
    found = when.find(text[close.end() :], context.local_now, context.locale)
    if not found or text[close.end() :][: found[0].span[0]].strip():
        return text
    said["close_on"] = values.last_day(found[0])
    return f"{text[: close.start()]} {text[close.end() + found[0].span[1] :]}"


def _amount(text: str, currency: str, said: dict[str, Any]) -> tuple[str, int | None]:
    """Takes the amount out of the text, and tells where it stood."""
    text = text.rstrip(_EDGES)
    if negative := _NEGATIVE.search(text):
        raise InvalidInputError("amount", "out_of_range", value=negative[0])
    for found in amounts.find_amounts(text, currency):
        said["amount"], (start, end) = found.money, found.span
        return f"{text[:start]} {text[end:]}", start
    if short := _TEN_THOUSANDS.search(text):
        read = amounts.read_amount(short[0], currency)
        said["amount"] = read.money if read else None
        return text[: short.start()], short.start()
    return text, None


def _closing_at_the_end(context: Context, text: str, behind: int | None, said: dict[str, Any]) -> str:
    """Takes a day off the end of the text that stands behind the amount, or before a word for closing."""
    text = text.rstrip(_EDGES)
    closes = _CLOSES.search(text)
    body = text[: closes.start()].rstrip() if closes else text
    days = when.find(body, context.local_now, context.locale)
    if not days or not _is_a_close(days[-1], body):
        return text
    start = days[-1].span[0]
    if (closes is None or not closes["word"]) and (behind is None or start < behind):
        return text
    day = values.last_day(days[-1])
    Due(day, None, context.actor.zone).check_not_past(context.now, "close_on")
    said["close_on"] = day
    return text[:start]


def _is_a_close(found: Found, body: str) -> bool:
    return found.span[1] == len(body) and found.kind in {"date", "range"} and found.grain != "year"


def _unread(name: str) -> str:
    """What ends a name like an amount. Raises InvalidInputError for a number that no amount reaches."""
    number = _NUMBER.search(name)
    digits = sum(sign.isdigit() for sign in number[0]) if number else 0
    if number is None or digits < _LEAST_DIGITS or _YEAR.fullmatch(number[0]):
        return ""
    if digits > _LONGEST_AMOUNT:
        raise InvalidInputError("amount", "out_of_range", value=number[0])
    return number[0]
