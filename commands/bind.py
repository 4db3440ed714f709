"""bind CUSTOMER - tie this conversation to a customer, so that its name can be left out; unbind unties it."""

from collections.abc import Mapping
from dataclasses import dataclass

from cards import forms
from cards.forms import Filled
from cards.model import Button, Style
from cards.receipts import receipt
from cards.words import mark
from commands.fieldtext import split_form
from commands.model import Command, Context, Reply, always
from commands.subjects import customers_named, names_of
from core.actor import Role
from core.conversations.service import bind, unbind
from core.errors import InvalidInputError
from core.search.service import find_customer
from core.text import unquote


@dataclass(frozen=True, slots=True)
class Args:
    """The customer's name or id; empty opens the form, unless that is what was sent."""

    customer: str
    sent: bool = False


def parse(text: str, fields: Mapping[str, str]) -> Args:
    """The text is the name."""
    form = split_form(text, ("customer",), needed=("customer",))
    said = fields or form or {"customer": text}
    return Args(unquote(said.get("customer", "")), sent=bool(fields or form))


def handle(args: Args, context: Context) -> Reply:
    """Binds the conversation. Raises NotFoundError, AmbiguousError, InvalidInputError."""
    if args.sent and not args.customer:
        raise InvalidInputError("customer", "missing")
    if not args.customer:
        return Reply(form=forms.bind_form(context.words, Filled()))
    customer = find_customer(context.work, context.actor, args.customer)
    bind(context.work, context.actor, context.incoming.place, customer)
    card = receipt(
        context.words("This conversation is about"),
        customer.name,
        context.work.events.recorded,
        context.reader,
        names={**names_of(context, customer), **customers_named(context, context.work.events.recorded)},
        follow_ups=(Button(label=context.words("Open"), command=f"360 {customer.id}", style=Style.PRIMARY),),
    )
    return Reply(cards=(card,))


def handle_unbind(_args: Args, context: Context) -> Reply:
    """Unties the conversation. Raises ConflictError when it was not bound."""
    customer = unbind(context.work, context.actor, context.incoming.place)
    card = receipt(
        context.words("This conversation is no longer about"),
        customer.name,
        context.work.events.recorded,
        context.reader,
        names=names_of(context, customer),
    )
    return Reply(cards=(card,))


COMMAND = Command(
    verb="bind",
    aliases=("tie", "绑定", "关联"),
    title=mark("Tie this conversation to a customer"),
    usage=mark("bind CUSTOMER"),
    examples=("bind Northwind", "绑定 远航科技"),
    parse=parse,
    handle=handle,
    writes=lambda args: bool(args.customer),
    role=Role.REP,
    about_customer=True,
    group="write",
)

UNBIND = Command(
    verb="unbind",
    aliases=("untie", "解绑", "取消绑定"),
    title=mark("Untie this conversation"),
    usage=mark("unbind"),
    examples=("unbind", "解绑"),
    parse=parse,
    handle=handle_unbind,
    writes=always,
    role=Role.REP,
    group="write",
)
