"""undo - take back the last command, or the one whose receipt's button was pressed."""

from collections.abc import Mapping
from dataclasses import dataclass

from cards.receipts import undone
from cards.words import mark
from commands.model import Command, Context, Reply, always
from commands.subjects import customers_named, names_of
from core.actor import Role
from core.events.model import Event
from core.receipts.service import undo
from core.records import TYPES, Record

_LAST = frozenset({"last", "it", "that", "this", "上一步", "刚才", "最近"})


@dataclass(frozen=True, slots=True)
class Args:
    """A receipt's id; empty is the member's last one."""

    receipt: str


def parse(text: str, _fields: Mapping[str, str]) -> Args:
    """The text is the id, or a word for what was done last."""
    return Args("" if text.strip().casefold() in _LAST else text.strip())


def handle(args: Args, context: Context) -> Reply:
    """Takes it back. Raises NotFoundError, ConflictError."""
    taken = undo(context.work, context.actor, args.receipt)
    touched = [_record(event, context) for event in taken.events if event.record.kind in TYPES]
    names = {**names_of(context, *filter(None, touched)), **customers_named(context, taken.events)}
    card = undone(taken.events, context.reader, names)
    return Reply(cards=(card,), replace=bool(context.incoming.token))


def _record(event: Event, context: Context) -> Record | None:
    """What an event was about, as it is now; None when taking it back removed it."""
    found: Record | None = context.work.records(event.record.kind).by_id(context.actor.scope, event.record.id)
    return found


COMMAND = Command(
    verb="undo",
    aliases=("revert", "take back", "撤销", "撤回"),
    title=mark("Take back what you just did"),
    usage=mark("undo, within 10 minutes"),
    examples=("undo", "撤销"),
    parse=parse,
    handle=handle,
    writes=always,
    role=Role.REP,
    repeatable=True,
    group="write",
)
