"""done TASK - mark a task as done."""

from collections.abc import Mapping
from dataclasses import dataclass

from cards.model import Button, Style
from cards.receipts import receipt
from cards.words import mark
from commands.model import Command, Context, Reply
from commands.pick import find_task
from commands.subjects import names_of
from core.actor import Role
from core.tasks.service import finish_task
from core.tasks.settling import check_unchanged


@dataclass(frozen=True, slots=True)
class Args:
    """A task's id, or some of its words; ``seen`` is the state in which it was looked at, where a page says it."""

    asked: str
    seen: str = ""


def parse(text: str, fields: Mapping[str, str]) -> Args:
    """The words as they are."""
    return Args(text, fields.get("seen", ""))


def handle(args: Args, context: Context) -> Reply:
    """Marks it done. Raises NotFoundError, and ConflictError when it was done already or has changed since."""
    words = context.words
    found = find_task(context, args.asked, verb="done", title=words("Which task is done?"))
    if isinstance(found, Reply):
        return found
    check_unchanged(context.work, context.actor, found, args.seen)
    task = finish_task(context.work, context.actor, found.id)
    next_step = (
        (Button(label=words("Plan the next step"), command=f"task {task.customer_id}", style=Style.PRIMARY),)
        if task.customer_id
        else ()
    )
    card = receipt(
        words("Task done"),
        task.title,
        context.work.events.recorded,
        context.reader,
        names=names_of(context),
        follow_ups=(*next_step, Button(label=words("My tasks"), command="tasks")),
    )
    return Reply(cards=(card,))


COMMAND = Command(
    verb="done",
    aliases=("finish", "complete", "完成", "做完"),
    title=mark("Mark a task as done"),
    usage=mark("done TASK: its id or some of its words; alone, a choice"),
    examples=("done", "done send the quote", "完成 发合同"),
    parse=parse,
    handle=handle,
    writes=lambda args: bool(args.asked),
    role=Role.REP,
    group="plan",
)
