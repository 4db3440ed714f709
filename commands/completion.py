"""What a line or an input may go on with while it is typed."""

from itertools import islice

from cards.model import InputKind, Option
from commands.model import Command, Context
from commands.parsing import Verbs
from core.search.model import Hit
from core.search.service import by_customer

_OFFERED = 8


def suggest(context: Context, kind: InputKind, typed: str) -> tuple[Option, ...]:
    """Customers or members that fit what is typed so far, as ids with names, best first."""
    typed = typed.strip()
    if kind is InputKind.MEMBER:
        return _members(context, typed)
    if not typed:
        recent = context.work.customers.list_recent(context.actor.scope, limit=_OFFERED)
        return tuple(Option(label=customer.name, value=customer.id) for customer in recent)
    return tuple(
        Option(label=f"{hit.name} · {hit.detail}" if _is_person(hit) else hit.name, value=hit.customer_id)
        for hit in _named(context, typed)
    )


def _named(context: Context, typed: str) -> list[Hit]:
    """Customers, and people at customers, whom a text may mean; the best hit of each customer."""
    return by_customer(context.work.names.find(context.actor.scope, typed, limit=_OFFERED, wide=True))


def _is_person(hit: Hit) -> bool:
    return hit.id != hit.customer_id


def _who(context: Context, hit: Hit) -> str:
    """What a suggestion is: a customer, or somebody who works for one."""
    customer = hit.detail.partition(" · ")[0]
    return context.words("Contact at {customer}", customer=customer) if _is_person(hit) else context.words("Customer")


def _members(context: Context, typed: str) -> tuple[Option, ...]:
    wanted = typed.lstrip("@").casefold()
    people = context.work.members.list_all(context.actor.workspace_id)
    fitting = (member for member in people if wanted in member.handle or wanted in member.name.casefold())
    return tuple(
        Option(label=f"{member.name} (@{member.handle})", value=member.id) for member in islice(fitting, _OFFERED)
    )


def complete(context: Context, verbs: Verbs, line: str) -> tuple[Option, ...]:
    """Whole lines that may stand in the place of ``line``, each with a word on what it does, best first.

    A verb is completed first; behind a verb that is about a customer its name is; a bare text may be either.
    """
    text = line.lstrip("/ ")
    read = verbs.read(text)
    options = [
        Option(label=context.words(command.title), value=f"{name} ") for name, command in _verbs(context, verbs, text)
    ]
    if read.command is not None and not read.taken:
        options += _behind_verb(context, read.command, text, read.text)
    elif len(text) > 1:
        options += [
            Option(label=_who(context, hit), value=_looking_up(verbs, hit.name)) for hit in _named(context, text)
        ]
    return tuple(options[:_OFFERED])


def _looking_up(verbs: Verbs, name: str) -> str:
    """A line that looks a name up, also one that begins as a verb does: Call Center Ltd."""
    return name if verbs.read(name).command is None else f"find {name}"


def _verbs(context: Context, verbs: Verbs, text: str) -> list[tuple[str, Command[object]]]:
    wanted = text.casefold()
    found = []
    for command in verbs.commands:
        if command.hidden or not context.actor.at_least(command.role):
            continue
        names = (command.verb, *command.aliases)
        fits = [name for name in names if name.casefold().startswith(wanted)] if wanted else list(names[:1])
        if fits:
            found.append((fits[0], command))
    return found


def _behind_verb(context: Context, command: Command[object], text: str, rest: str) -> list[Option]:
    if not command.about_customer or not rest or any(colon in rest for colon in ":："):
        return []
    verb = text[: len(text) - len(rest)].rstrip()
    colon = ": " if "CUSTOMER:" in command.usage else " "
    return [
        Option(label=_who(context, hit), value=f"{verb} {_typed(hit.name)}{colon}") for hit in _named(context, rest)
    ]


def _typed(name: str) -> str:
    """A name as it can be typed: one with a colon needs quotation marks."""
    return f"“{name}”" if any(colon in name for colon in ":：") else name
