"""tasks [mine|team|overdue|CUSTOMER] - what is to be done, the first due first."""

from collections.abc import Mapping
from dataclasses import dataclass

from cards.lists import PAGE, last_page
from cards.tasks import Columns, task_list
from cards.words import mark
from commands.model import Command, Context, Reply
from commands.paging import split_page
from commands.subjects import customer_or_member
from core.members.model import Member
from core.tasks.ports import TaskFilter, TaskPage

# The first due come first, so that today's and this week's are at the top of one's own.
_SOON = ("today", "tomorrow", "this week", "week", "今天", "明天", "本周")
_MINE = frozenset({"", "mine", "my", "me", "open", "我的", "我", *_SOON})
_TEAM = frozenset({"team", "all", "团队", "全部", "所有"})
_OVERDUE = frozenset({"overdue", "late", "逾期", "过期"})


@dataclass(frozen=True, slots=True)
class Args:
    """Which list, as it was typed, and which page of it, from 1."""

    which: str
    page: int


def parse(text: str, _fields: Mapping[str, str]) -> Args:
    """A list's name or a customer's, perhaps with a page number behind it."""
    which, page = split_page(text)
    return Args(which, page)


def handle(args: Args, context: Context) -> Reply:
    """One page of the list. Raises NotFoundError or AmbiguousError for a customer's name that is none."""
    title, wanted, line = _list(args.which, context)
    page, found = args.page, _page(wanted, args.page, context)
    if not found.lines and found.total:
        page = last_page(found.total)
        found = _page(wanted, page, context)
    columns = Columns(assignee=wanted.assignee_id is None, customer=wanted.customer_id is None)
    card = task_list(title, found, context.reader, command=line, page=page, columns=columns)
    return Reply(cards=(card,), replace=bool(context.incoming.token))


def _page(wanted: TaskFilter, page: int, context: Context) -> TaskPage:
    return context.work.tasks.list_open(
        context.actor.scope, wanted, now=context.now, today=context.today, limit=PAGE, offset=(page - 1) * PAGE
    )


def _list(which: str, context: Context) -> tuple[str, TaskFilter, str]:
    """The list's title, what is in it, and the line that shows it."""
    words, actor, name = context.words, context.actor, which.casefold()
    if name in _MINE:
        return words("My tasks"), TaskFilter(assignee_id=actor.member_id), "tasks"
    if name in _TEAM:
        return words("The team's tasks"), TaskFilter(team_id=actor.team_id), "tasks team"
    if name in _OVERDUE:
        return words("My overdue tasks"), TaskFilter(assignee_id=actor.member_id, overdue=True), "tasks overdue"
    whose = customer_or_member(context, which)
    title = words("Tasks for {name}", name=whose.name)
    if isinstance(whose, Member):
        return title, TaskFilter(assignee_id=whose.id), f"tasks @{whose.handle}"
    return title, TaskFilter(customer_id=whose.id), f"tasks {whose.id}"


COMMAND = Command(
    verb="tasks",
    aliases=("todos", "my tasks", "任务列表", "我的任务", "待办列表"),
    title=mark("What is to be done"),
    usage=mark("tasks, tasks team, tasks overdue, tasks CUSTOMER, tasks @MEMBER"),
    examples=("tasks", "tasks overdue", "任务列表 远航科技"),
    parse=parse,
    handle=handle,
    slash="tasks",
    group="plan",
)
