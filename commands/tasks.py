"""tasks [mine|team|overdue|snoozed|WHEN|CUSTOMER] - what is to be done, the first due first."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from cards.lists import PAGE, last_page
from cards.tasks import Columns, task_list
from cards.words import mark
from commands.listwords import ListWords, names_list, read_list
from commands.model import Command, Context, Reply
from commands.paging import split_page
from commands.subjects import customer_or_member
from core.customers.model import Customer
from core.members.model import Member
from core.tasks.ports import Snoozed, TaskFilter, TaskPage

_NOUNS = ("tasks", "task", "todos", "todo", "任务", "待办")
_WORDS = {
    "": (*_NOUNS, "open", "due", "列表", "未完成", "的"),
    "mine": ("mine", "my", "me", "我的", "我"),
    "team": ("team", "team's", "the team's", "all", "everybody's", "团队", "全部", "所有", "大家"),
    "overdue": ("overdue", "late", "逾期", "已逾期", "过期", "已过期"),
    "snoozed": ("snoozed", "postponed", "已推迟", "推迟", "已延后", "延后", "稍后"),
}
_TITLES = {
    ("mine", ""): mark("My tasks"),
    ("mine", "overdue"): mark("My overdue tasks"),
    ("mine", "snoozed"): mark("My snoozed tasks"),
    ("team", ""): mark("The team's tasks"),
    ("team", "overdue"): mark("The team's overdue tasks"),
    ("team", "snoozed"): mark("The team's snoozed tasks"),
    ("", ""): mark("Tasks for {name}"),
    ("", "overdue"): mark("Overdue tasks for {name}"),
    ("", "snoozed"): mark("Snoozed tasks for {name}"),
}


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
    title, wanted, line = _list(read_list(context, args.which, _WORDS), context)
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


def _list(words: ListWords, context: Context) -> tuple[str, TaskFilter, str]:
    """The list's title, what is in it, and the line that shows it."""
    whose = customer_or_member(context, words.whose) if words.whose else None
    if whose is not None:
        words = replace(words, whose=f"@{whose.handle}" if isinstance(whose, Member) else whose.id)
    state = next((state for state in ("snoozed", "overdue") if state in words.said), "")
    scope = "" if whose is not None else "team" if "team" in words.said else "mine"
    title = context.words(_TITLES[scope, state], name=whose.name if whose is not None else "")
    if words.period is not None:
        title = f"{title} · {words.period.matched}"
    return title, _narrowed(_of(whose, scope, context), words, context), f"tasks {words.line}".strip()


def _of(whose: Customer | Member | None, scope: str, context: Context) -> TaskFilter:
    """Of a customer the tasks that were put off as well: they are still open."""
    match whose:
        case Customer():
            return TaskFilter(customer_id=whose.id, snoozed=Snoozed.SHOWN)
        case Member():
            return TaskFilter(assignee_id=whose.id)
    return TaskFilter(team_id=context.actor.team_id) if scope == "team" else _mine(context)


def _mine(context: Context) -> TaskFilter:
    return TaskFilter(assignee_id=context.actor.member_id)


def _narrowed(wanted: TaskFilter, words: ListWords, context: Context) -> TaskFilter:
    """What is overdue is still to be done today, and this week."""
    if "snoozed" in words.said:
        wanted = replace(wanted, snoozed=Snoozed.ONLY)
    if days := words.days:
        first, last = days
        wanted = replace(wanted, due_from=None if first <= context.today <= last else first, due_until=last)
    return replace(wanted, overdue="overdue" in words.said)


COMMAND = Command(
    verb="tasks",
    aliases=("todos", "my tasks", "任务列表", "我的任务", "待办列表"),
    title=mark("What is to be done"),
    usage=mark("tasks; tasks team, overdue, snoozed, this week, CUSTOMER or @MEMBER"),
    examples=("tasks", "tasks overdue", "任务列表 远航科技"),
    parse=parse,
    handle=handle,
    phrase=partial(names_list, vocabulary=_WORDS, nouns=_NOUNS, alone=("overdue", "snoozed")),
    slash="tasks",
    group="plan",
)
