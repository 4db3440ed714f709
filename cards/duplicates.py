"""Customers that may be the same: what is said when one is added, the queue, a merge, and the count of probes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cards import labels
from cards.model import Actions, Block, Button, Card, Fact, Facts, Heading, Row, Rows, Style, Text, Tone
from cards.reader import Reader
from cards.receipts import receipt
from core.customers.model import Customer
from core.duplicates.model import ProbeCount
from core.events.model import Event

QUEUE_PAGE = 4  # pairs, each with its facts and three buttons


def exists(customer: Customer, owner: str, reader: Reader, *, again: str) -> Card:
    """A customer that is about to be added is there already; ``again`` is the line that adds it all the same."""
    words = reader.words
    said = words("{name} exists already: owned by {owner}.", name=customer.name, owner=owner or words("nobody"))
    buttons = (
        Button(label=words("Open"), command=f"360 {customer.id}", style=Style.PRIMARY),
        Button(label=words("Add it all the same"), command=again),
    )
    blocks = (Text(text=said, tone=Tone.WARNING), Actions(elements=buttons))
    return Card(summary=said, blocks=blocks, tone=Tone.WARNING, language=words.language)


def exists_elsewhere(reader: Reader, *, again: str) -> Card:
    """Another team has it: nothing of it is told, not even its name as it is kept."""
    words = reader.words
    said = words("It exists already; ask its owner.")
    blocks = (
        Text(text=said, tone=Tone.WARNING),
        Actions(elements=(Button(label=words("Add it all the same"), command=again),)),
    )
    return Card(summary=said, blocks=blocks, tone=Tone.WARNING, language=words.language)


def merged(
    loser: Customer, survivor: Customer, moved: Mapping[str, int], events: Sequence[Event], reader: Reader,
    names: Mapping[str, str],
) -> Card:  # fmt: skip
    """The receipt of a merge, with what went along."""
    words = reader.words
    counts = words(", ").join(_counted(kind, count, reader) for kind, count in moved.items())
    return receipt(
        words("Customers merged"),
        words("{loser} → {survivor}", loser=loser.name, survivor=survivor.name),
        events,
        reader,
        names=names,
        follow_ups=(Button(label=words("Open"), command=f"360 {survivor.id}", style=Style.PRIMARY),),
        notice=words("Went along: {counts}.", counts=counts) if counts else "",
        link=reader.page(survivor.id),
    )


def _counted(kind: str, count: int, reader: Reader) -> str:
    words = reader.words
    match kind:
        case "contacts":
            return words.many("{count} contact", "{count} contacts", count)
        case "activities":
            return words.many("{count} activity", "{count} activities", count)
        case "tasks":
            return words.many("{count} task", "{count} tasks", count)
        case "deals":
            return words.many("{count} deal", "{count} deals", count)
        case _:
            return words.many("{count} conversation", "{count} conversations", count)


@dataclass(frozen=True, slots=True)
class Twins:
    """A pair of the queue: the older customer, the newer one, and how likely they are the same (0 to 1)."""

    older: Customer
    newer: Customer
    score: float


def queue(pairs: Sequence[Twins], total: int, reader: Reader, names: Mapping[str, str], *, page: int) -> Card:
    """Pairs that wait for somebody to say whether they are the same."""
    words = reader.words
    title = words("Possible duplicates")
    blocks: list[Block] = [Heading(text=title, detail=words.number(total))]
    if not pairs:
        blocks.append(Text(text=words("Nothing waits to be looked at. Every night Kith looks again.")))
    for pair in pairs:
        blocks += _pair(pair, reader, names)
    pages = -(-total // QUEUE_PAGE)
    turns = [(words("Previous"), page - 1)] if page > 1 else []
    turns += [(words("Next"), page + 1)] if page < pages else []
    if turns:
        blocks.append(Actions(elements=tuple(Button(label=said, command=f"duplicates {to}") for said, to in turns)))
    return Card(summary=f"{title} ({total})", blocks=tuple(blocks), language=words.language)


def _pair(pair: Twins, reader: Reader, names: Mapping[str, str]) -> list[Block]:
    words, older, newer = reader.words, pair.older, pair.newer
    buttons = (
        Button(label=words("Merge"), command=f"merge {newer.id} into {older.id}", style=Style.PRIMARY),
        Button(label=words("Not the same"), command=f"not same {older.id} {newer.id}"),
        Button(label=words("Open"), command=f"360 {older.id}"),
    )
    heading = Heading(text=f"{older.name} = {newer.name}?", detail=f"{pair.score:.0%}")
    return [heading, _beside(older, newer, reader, names), Actions(elements=buttons)]


def _beside(older: Customer, newer: Customer, reader: Reader, names: Mapping[str, str]) -> Facts:
    """What the two say, field by field, where either says something."""
    facts = []
    for name in ("owner_id", "phone", "website", "address", "region", "industry"):
        values = [getattr(each, name) for each in (older, newer)]
        if any(values):
            said = [labels.value(name, value, reader, names) for value in values]
            facts.append(Fact(label=labels.field(name, reader.words), value=" | ".join(said)))
    return Facts(facts=tuple(facts) or (Fact(label=reader.words("Name"), value=f"{older.name} | {newer.name}"),))


def probes(counts: Sequence[ProbeCount], reader: Reader, names: Mapping[str, str], *, limit: int) -> Card:
    """Who met, by adding customers, ones that they may not see, and how often, for an administrator."""
    words = reader.words
    title = words("Hints about other teams' customers")
    rows = tuple(
        Row(
            title=names.get(each.member_id, ""),
            detail=words.date(each.day, reader.today),
            meta=words.number(each.count),
            tone=Tone.WARNING if each.count > limit else Tone.NEUTRAL,
        )
        for each in counts
    )
    body: Block = Rows(rows=rows) if rows else Text(text=words("There were none in the last seven days."))
    told = words("Beyond {limit} a day nothing is said any more.", limit=words.number(limit))
    return Card(summary=title, blocks=(Heading(text=title), body, Text(text=told)), language=words.language)
