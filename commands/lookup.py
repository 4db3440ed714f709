"""TEXT - look a customer up by any of its names, a contact, a number or an address; alone, what this conversation is
about.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from cards.customers import customer_360
from cards.lookup import welcome
from cards.tasks import task_card
from cards.words import mark
from commands.model import Command, Context, Reply
from core.conversations.service import bound_customer
from core.customers.model import Customer
from core.customers.overview import overview
from core.errors import NotFoundError
from core.ids import looks_like_id
from core.search.service import SURE_TO_SHOW, find_customer
from core.tasks.model import Task
from core.tasks.ports import TaskLine
from core.text import unquote

# What people say first, to see who answers; no company is called so.
_GREETINGS = frozenset({"hello", "hi", "hey", "hello kith", "hi kith", "你好", "您好", "嗨", "哈喽", "在吗", "start"})


@dataclass(frozen=True, slots=True)
class Args:
    """``text`` is empty for the conversation's own customer."""

    text: str


def parse(text: str, fields: Mapping[str, str]) -> Args:
    """The text is the name, with or without quotation marks."""
    return Args(unquote(fields.get("customer", text)))


def handle(args: Args, context: Context) -> Reply:
    """Shows the customer. Raises NotFoundError or AmbiguousError."""
    if args.text:
        return _found(args.text, context)
    bound = bound_customer(context.work, context.actor, context.incoming.place)
    if bound is not None:
        return shown(bound, context)
    return _welcomed(context)


def _found(text: str, context: Context) -> Reply:
    if looks_like_id(text) and (task := context.work.tasks.by_id(context.actor.scope, text)):
        return Reply(cards=(task_card(_line(task, context), context.reader),))
    try:
        customer = find_customer(context.work, context.actor, text, sure=SURE_TO_SHOW)
    except NotFoundError:
        if text.casefold().strip("!！.。~ ") in _GREETINGS:
            return _welcomed(context)
        raise
    return shown(customer, context)


def _line(task: Task, context: Context) -> TaskLine:
    work, actor = context.work, context.actor
    customer = work.customers.by_id(actor.scope, task.customer_id) if task.customer_id else None
    assignee = work.members.by_id(actor.workspace_id, task.assignee_id)
    return TaskLine(task, customer.name if customer else "", assignee.name if assignee else "")


def _welcomed(context: Context) -> Reply:
    return Reply(cards=(welcome(context.reader, context.actor.name, _try_these(context)),))


def shown(customer: Customer, context: Context) -> Reply:
    """The customer at a glance."""
    return Reply(cards=(customer_360(overview(context.work, context.actor, customer, context.today), context.reader),))


def _try_these(context: Context) -> tuple[str, ...]:
    """Lines that work here and now: with the names of customers the member touched last."""
    recent = context.work.customers.list_recent(context.actor.scope, limit=3)
    return tuple(customer.name for customer in recent)


COMMAND = Command(
    verb="find",
    aliases=("search", "look up", "查", "查找", "查询", "搜索"),
    title=mark("Look a customer up"),
    usage=mark("find NAME, or the name alone"),
    examples=("Northwind", "find 4417", "查 华"),
    parse=parse,
    handle=handle,
    about_customer=True,
    group="look",
)

SHOW = Command(
    verb="360",
    aliases=("show", "customer", "客户", "档案", "全景"),
    title=mark("A customer at a glance"),
    usage=mark("360 NAME; alone, the customer this conversation is bound to"),
    examples=("360 Northwind", "客户 远航科技", "360"),
    parse=parse,
    handle=handle,
    about_customer=True,
    slash="360",
    group="look",
)
