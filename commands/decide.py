"""decide-task TASK - carry out what was wanted of a task that others changed meanwhile, as decided field by field.

Pages alone send it: what is wanted, the state that the decision was made on, and which fields are to be as wanted.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from cards.receipts import receipt
from cards.words import mark
from commands import values
from commands.model import Command, Context, Reply
from commands.subjects import names_of
from core.actor import Role
from core.errors import InvalidInputError
from core.tasks.service import get_task
from core.tasks.settling import Wish, check_unchanged, settle_task

MINE = "mine"
_FIELDS = ("done_at", "snoozed_until", "due_on", "due_at")


@dataclass(frozen=True, slots=True)
class Args:
    """``mine`` are the fields to be as wanted; with ``until`` the task is to be put off, else to be done."""

    task: str
    seen: str
    until: str
    mine: frozenset[str]


def parse(text: str, fields: Mapping[str, str]) -> Args:
    """The task's id; a field is decided by ``take_FIELD``: mine or theirs."""
    mine = frozenset(name for name in _FIELDS if fields.get(f"take_{name}") == MINE)
    return Args(text.strip(), fields.get("seen", ""), fields.get("until", ""), mine)


def handle(args: Args, context: Context) -> Reply:
    """Does it. Raises NotFoundError, InvalidInputError, and ConflictError when it was changed once more."""
    if not args.seen:
        raise InvalidInputError("seen", "missing")
    work, actor, words = context.work, context.actor, context.words
    task = get_task(work, actor, args.task)
    check_unchanged(work, actor, task, args.seen)
    wish = Wish(until=values.moment(context, args.until, "until")) if args.until else Wish(done=True)
    settled = settle_task(work, actor, task.id, wish, args.mine)
    title = words("Task done") if settled.done_at and not task.done_at else words("Saved")
    return Reply(cards=(receipt(title, settled.title, work.events.recorded, context.reader, names=names_of(context)),))


COMMAND = Command(
    verb="decide-task",
    aliases=("决定任务",),
    title=mark("Decide about a task that others changed meanwhile"),
    usage=mark("decide-task TASK"),
    examples=(),
    parse=parse,
    handle=handle,
    writes=lambda args: bool(args.seen),
    role=Role.REP,
    hidden=True,
    group="plan",
)
