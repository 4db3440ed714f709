"""merge CUSTOMER into CUSTOMER - make one customer of two; not same CUSTOMER and CUSTOMER - keep them apart."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from cards import duplicates
from cards.model import Button
from cards.receipts import receipt
from cards.words import mark
from commands.model import Command, Context, Reply, always
from commands.subjects import names_of
from core.actor import Role
from core.customers.model import Customer
from core.duplicates.service import keep_apart, merge
from core.errors import InvalidInputError
from core.patterns import late
from core.search.service import find_customer
from core.text import unquote

_INTO = late(
    r"^(?P<one>.+?)(?:\s+(?:into|to|with)\s+|\s*(?:合并到|并入|合并进|到|->|→|=>)\s*)(?P<other>.+)$", re.IGNORECASE
)
_AND = late(r"^(?P<one>.+?)(?:\s+(?:and|as|from)\s+|\s*(?:和|与|跟|[,，、/|])\s*)(?P<other>.+)$", re.IGNORECASE)
_IDS = late(r"^(?P<one>[0-9a-z]{13})\s+(?P<other>[0-9a-z]{13})$")


@dataclass(frozen=True, slots=True)
class Args:
    """Two customers as they were typed; the second is empty when the line names one alone."""

    one: str
    other: str


def _read(text: str, between: re.Pattern[str]) -> Args:
    found = _IDS.match(text.strip()) or between.match(text.strip())
    return Args(unquote(found["one"].strip()), unquote(found["other"].strip())) if found else Args(text.strip(), "")


def parse(text: str, _fields: Mapping[str, str]) -> Args:
    """``Acme Inc into Acme``, ``远航 到 远航科技``."""
    return _read(text, _INTO)


def parse_pair(text: str, _fields: Mapping[str, str]) -> Args:
    """``Acme East and Acme West``, ``远航 和 远帆``."""
    return _read(text, _AND)


def _both(args: Args, context: Context) -> tuple[Customer, Customer]:
    if not args.one or not args.other:
        raise InvalidInputError("customer", "missing")
    return tuple(find_customer(context.work, context.actor, asked) for asked in (args.one, args.other))  # type: ignore[return-value]  # two of two


def handle(args: Args, context: Context) -> Reply:
    """Merges the first into the second. Raises NotFoundError, AmbiguousError, ConflictError, NotAllowedError."""
    loser, survivor = _both(args, context)
    done = merge(context.work, context.actor, loser, survivor)
    card = duplicates.merged(
        loser,
        done.survivor,
        done.moved,
        context.work.events.recorded,
        context.reader,
        names_of(context, survivor, loser),
    )
    return Reply(cards=(card,))


def handle_apart(args: Args, context: Context) -> Reply:
    """Keeps two apart for good. Raises NotFoundError, AmbiguousError, ConflictError."""
    one, other = _both(args, context)
    keep_apart(context.work, context.actor, one, other)
    card = receipt(
        context.words("Not the same"),
        context.words("{one} and {other}", one=one.name, other=other.name),
        context.work.events.recorded,
        context.reader,
        names=names_of(context, one, other),
        follow_ups=(Button(label=context.words("Possible duplicates"), command="duplicates"),),
    )
    return Reply(cards=(card,))


COMMAND = Command(
    verb="merge",
    aliases=("合并", "合并客户"),
    title=mark("Make one customer of two"),
    usage=mark("merge CUSTOMER into CUSTOMER"),
    examples=("merge Fabrikam Paris into Fabrikam", "合并 云帆软件园 到 云帆软件"),
    parse=parse,
    handle=handle,
    writes=always,
    role=Role.REP,
    about_customer=True,
    group="write",
)

APART = Command(
    verb="not same",
    aliases=("not the same", "不是同一家", "不同客户"),
    title=mark("Say that two customers are not the same"),
    usage=mark("not same CUSTOMER and CUSTOMER"),
    examples=("not same Contoso East and Contoso West", "不是同一家 云海东区 和 云海西区"),
    parse=parse_pair,
    handle=handle_apart,
    writes=always,
    role=Role.REP,
    about_customer=True,
    group="write",
)
