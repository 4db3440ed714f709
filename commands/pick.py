"""The open task a member means by an id or a few of its words."""

import re

from cards.tasks import pick_task
from commands.model import Context, Reply
from core.errors import NotFoundError
from core.ids import looks_like_id
from core.tasks.model import Task
from core.tasks.ports import Snoozed, TaskFilter, TaskLine, TaskPage
from core.tasks.service import get_task

_READ = 200  # of the open tasks, to find words in
_OFFERED = 8
_SAY_NOTHING = frozenset({"the", "a", "an", "my", "task"})


def find_task(context: Context, asked: str, *, verb: str, title: str, rest: str = "") -> Task | Reply:
    """The task, or a choice whose buttons complete ``verb`` and ``rest``; without words, of all the member's tasks.

    Of somebody else's tasks there is always a choice. Raises NotFoundError.
    """
    if looks_like_id(asked):
        return get_task(context.work, context.actor, asked)
    mine = _fitting(context, TaskFilter(assignee_id=context.actor.member_id, snoozed=Snoozed.SHOWN), asked)
    if len(mine) == 1 and asked:
        return mine[0].task
    fitting = mine or (_fitting(context, TaskFilter(snoozed=Snoozed.SHOWN), asked) if asked else [])
    if not fitting and (numbered := _numbered(context, asked)):
        return numbered
    if not fitting:
        raise NotFoundError("task", asked)
    page = TaskPage(tuple(fitting[:_OFFERED]), len(fitting))
    card = pick_task(title, page, context.reader, verb=verb, rest=rest, mine=bool(mine))
    return Reply(cards=(card,), ok=not asked, error="ambiguous" if asked else "")


def _fitting(context: Context, wanted: TaskFilter, asked: str) -> list[TaskLine]:
    """The first open tasks, those put off too, in whose title or customer's name every word stands, or begins one."""
    words = [word for word in asked.casefold().split() if word not in _SAY_NOTHING]
    return [line for line in _open(context, wanted) if all(_says(line, word) for word in words)]


def _open(context: Context, wanted: TaskFilter) -> tuple[TaskLine, ...]:
    scope, tasks = context.actor.scope, context.work.tasks
    return tasks.list_open(scope, wanted, now=context.now, today=context.today, limit=_READ).lines


def _says(line: TaskLine, word: str) -> bool:
    said = f"{line.task.title} {line.customer_name}".casefold()
    if not word.isascii():
        return word in said
    return re.search(rf"(?<![a-z0-9]){re.escape(word)}", said) is not None


def _numbered(context: Context, asked: str) -> Task | None:
    """The task that stands under a number in the member's own list."""
    if not asked.isdecimal() or len(asked) > 3:
        return None
    mine = _open(context, TaskFilter(assignee_id=context.actor.member_id))
    return mine[int(asked) - 1].task if 0 < int(asked) <= len(mine) else None
