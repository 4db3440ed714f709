"""snooze TASK WHEN - put a task off."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from cards import forms
from cards.forms import Filled
from cards.model import Button
from cards.receipts import receipt
from cards.tasks import snooze_choice
from cards.words import mark
from commands import values
from commands.fieldtext import split_fields
from commands.model import Command, Context, Reply
from commands.pick import find_task
from commands.subjects import names_of
from core import when
from core.actor import Role
from core.ids import looks_like_id
from core.patterns import late
from core.tasks.ports import TaskLine
from core.tasks.service import TITLE_LIMIT, snooze_task
from core.tasks.settling import check_unchanged

_BEFORE_TIME = late(r"(?:\b(?:until|till|to|for|by)|到)?\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Args:
    """A task's id or words, perhaps with until when behind them; ``seen`` is the state in which it was looked at."""

    text: str
    seen: str = ""


# Behind a task's id it opens the form, for a date that no button has.
_ASK = " ?"


def parse(text: str, fields: Mapping[str, str]) -> Args:
    """The words as they are; a form's date, sent or printed as ``until: …``, stands behind the task."""
    head, written = split_fields(text, only=("until",))
    until = {**written, **fields}.get("until", "").strip(" …")
    return Args(f"{head} {until}".strip() if written or fields else text, fields.get("seen", ""))


def handle(args: Args, context: Context) -> Reply:
    """Puts the task off, or asks until when. Raises NotFoundError, InvalidInputError, ConflictError."""
    if args.text.endswith(_ASK):
        return Reply(form=forms.snooze_form(f"snooze {args.text.removesuffix(_ASK)}", context.words, Filled()))
    asked, until = _split(args.text, context)
    words = context.words
    found = find_task(context, asked, verb="snooze", title=words("Snooze which task?"), rest=until)
    if isinstance(found, Reply):
        return found
    if not until:
        return Reply(cards=(snooze_choice(TaskLine(found, "", ""), context.reader),))
    check_unchanged(context.work, context.actor, found, args.seen)
    task = snooze_task(context.work, context.actor, found.id, values.moment(context, until, "until"))
    card = receipt(
        words("Task snoozed"),
        task.title,
        context.work.events.recorded,
        context.reader,
        names=names_of(context),
        follow_ups=(Button(label=words("My tasks"), command="tasks"),),
    )
    return Reply(cards=(card,))


def _split(text: str, context: Context) -> tuple[str, str]:
    """The task and until when: behind an id everything is the time, else the last thing that reads as one."""
    first, _, rest = text.partition(" ")
    if looks_like_id(first):
        return first, rest.strip()
    if len(text) > TITLE_LIMIT:
        return text, ""
    found = when.find(text, context.local_now, context.locale)
    if not found:
        return text, ""
    start, end = found[-1].span
    return f"{_BEFORE_TIME.sub('', text[:start])} {text[end:]}".strip(), text[start:end]


COMMAND = Command(
    verb="snooze",
    aliases=("later", "postpone", "推迟", "延后", "稍后"),
    title=mark("Put a task off"),
    usage=mark("snooze TASK WHEN"),
    examples=("snooze send the quote tomorrow 9am", "推迟 发合同 下周一"),
    parse=parse,
    handle=handle,
    writes=lambda args: bool(args.text) and not args.text.endswith(_ASK),
    role=Role.REP,
    group="plan",
)
