"""The open task a member means by an id or a few of its words."""

from cards.tasks import pick_task
from commands.model import Context, Reply
from core.errors import NotFoundError
from core.ids import looks_like_id
from core.tasks.model import Task
from core.tasks.ports import TaskFilter, TaskLine, TaskPage
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
    mine = _fitting(context, TaskFilter(assignee_id=context.actor.member_id), asked)
    if len(mine) == 1 and asked:
        return mine[0].task
    fitting = mine or (_fitting(context, TaskFilter(), asked) if asked else [])
    if not fitting:
        raise NotFoundError("task", asked)
    page = TaskPage(tuple(fitting[:_OFFERED]), len(fitting))
    card = pick_task(title, page, context.reader, verb=verb, rest=rest, mine=bool(mine))
    return Reply(cards=(card,), ok=not asked, error="ambiguous" if asked else "")


def _fitting(context: Context, wanted: TaskFilter, asked: str) -> list[TaskLine]:
    """The first open tasks in whose title or customer's name every word stands."""
    found = context.work.tasks.list_open(context.actor.scope, wanted, now=context.now, today=context.today, limit=_READ)
    words = [word for word in asked.casefold().split() if word not in _SAY_NOTHING]
    return [line for line in found.lines if all(word in _said(line) for word in words)]


def _said(line: TaskLine) -> str:
    return f"{line.task.title} {line.customer_name}".casefold()
