"""The open task a member means by an id or a few of its words."""

from cards.tasks import pick_task
from commands.model import Context, Reply
from core.errors import NotFoundError
from core.ids import looks_like_id
from core.tasks.model import Task
from core.tasks.ports import TaskFilter, TaskPage
from core.tasks.service import get_task

_READ = 200  # of a member's open tasks, to find words in
_OFFERED = 8


def find_task(context: Context, asked: str, *, verb: str, title: str) -> Task | Reply:
    """The task, or a choice whose buttons complete ``verb``; without words, of all the member's tasks.

    Raises NotFoundError.
    """
    if looks_like_id(asked):
        return get_task(context.work, context.actor, asked)
    wanted = TaskFilter(assignee_id=context.actor.member_id)
    mine = context.work.tasks.list_open(context.actor.scope, wanted, now=context.now, today=context.today, limit=_READ)
    words = asked.casefold().split()
    fitting = [
        line
        for line in mine.lines
        if all(word in f"{line.task.title} {line.customer_name}".casefold() for word in words)
    ]
    if not fitting:
        raise NotFoundError("task", asked)
    if len(fitting) == 1 and asked:
        return fitting[0].task
    page = TaskPage(tuple(fitting[:_OFFERED]), len(fitting))
    return Reply(
        cards=(pick_task(title, page, context.reader, verb=verb),), ok=not asked, error="ambiguous" if asked else ""
    )
