"""Lists of deals, the pipeline, and one deal with what can be done about it."""

from collections.abc import Sequence
from decimal import Decimal

from cards import labels
from cards.lists import deal_row, paged
from cards.model import (
    Actions,
    Bar,
    Block,
    Button,
    Card,
    Chart,
    Context,
    Fact,
    Facts,
    Heading,
    Menu,
    Option,
    Row,
    Rows,
    Style,
    Text,
)
from cards.reader import Reader
from core.deals.model import CLOSED, Deal, DealStage
from core.deals.ports import DealLine, DealPage, StageSum


def deal_list(
    title: str, found: DealPage, reader: Reader, *, command: str, page: int, stages: Sequence[StageSum] = ()
) -> Card:
    """One page of deals with what they come to; on the first page the pipeline by stage."""
    words = reader.words
    sums = " + ".join(words.money(amount) for amount in found.sums)
    blocks: list[Block] = [Heading(text=f"{title} ({words.number(found.total)})", detail=sums)]
    if stages and page == 1:
        blocks += pipelines(stages, reader)
    rows = tuple(deal_row(line, reader) for line in found.lines)
    blocks.append(
        paged(rows, words, command=command, page=page, total=found.total)
        if rows
        else Text(text=words("No deals here. Open one with “new deal”."))
    )
    blocks.append(Actions(elements=_other_lists(command, reader)))
    return Card(summary=f"{title}: {found.total}", blocks=tuple(blocks), language=words.language)


def _other_lists(command: str, reader: Reader) -> tuple[Button, ...]:
    words = reader.words
    lists = (("deals", words("Mine")), ("deals all", words("All")), ("deals won", words("Won")))
    others = tuple(Button(label=label, command=line) for line, label in lists if line != command)
    return (*others, Button(label=words("New deal"), command="new deal"))


def pipelines(stages: Sequence[StageSum], reader: Reader) -> list[Chart]:
    """Open amounts by stage, for each currency by itself: bars of different money cannot be compared."""
    words = reader.words
    by_currency: dict[str, list[StageSum]] = {}
    for each in stages:
        by_currency.setdefault(each.amount.currency, []).append(each)
    several = len(by_currency) > 1
    return [
        Chart(
            title=words("Pipeline in {currency}", currency=currency) if several else words("Pipeline"),
            bars=_bars(some, reader),
        )
        for currency, some in by_currency.items()
    ]


def _bars(stages: Sequence[StageSum], reader: Reader) -> tuple[Bar, ...]:
    words = reader.words
    largest = max(Decimal(1), *(each.amount.amount for each in stages))
    return tuple(
        Bar(
            label=words(labels.STAGES[each.stage]),
            value=float(each.amount.amount / largest),
            text=f"{words.money(each.amount)} ({each.count})",
        )
        for each in stages
    )


def deal_card(line: DealLine, reader: Reader) -> Card:
    """One deal: how much, how far, until when, with what moves it."""
    words, deal = reader.words, line.deal
    known = (
        ("customer", line.customer_name),
        ("amount", words.money(deal.amount) if deal.amount else ""),
        ("stage", words(labels.STAGES[deal.stage])),
        ("probability", f"{deal.probability} %"),
        ("close_on", words.date(deal.close_on, reader.today) if deal.close_on else ""),
        ("owner", line.owner_name),
    )
    facts = tuple(Fact(label=labels.field(name, words), value=value) for name, value in known if value)
    return Card(
        summary=" · ".join(filter(None, (deal.name, line.customer_name))),
        blocks=(
            Heading(text=labels.excerpt(deal.name)),
            Facts(facts=facts),
            Actions(elements=_deal_buttons(deal, reader)),
        ),
        link=reader.page(deal.customer_id),
        language=words.language,
    )


def _deal_buttons(deal: Deal, reader: Reader) -> tuple[Button | Menu, ...]:
    words = reader.words
    customer = Button(label=words("Customer"), command=f"360 {deal.customer_id}")
    share = Button(label=words("Share"), command=f"share {deal.id}")
    edit = Button(label=words("Edit"), command=f"edit {deal.id}")
    if deal.stage in CLOSED:
        return (Button(label=words("Reopen"), command=f"deal {deal.id} negotiation"), edit, customer, share)
    moves = tuple(
        Option(label=words(labels.STAGES[stage]), value=f"deal {deal.id} {stage}")
        for stage in DealStage
        if stage not in CLOSED and stage is not deal.stage
    )
    return (
        Button(label=words("Won"), command=f"deal {deal.id} won", style=Style.PRIMARY),
        Button(
            label=words("Lost"),
            command=f"deal {deal.id} lost",
            style=Style.DANGER,
            confirm=words("Mark this deal as lost?"),
        ),
        Menu(label=words("Move to"), options=moves),
        edit,
        customer,
        share,
    )


def deal_shared(line: DealLine, reader: Reader, *, by: str, in_full: bool) -> Card:
    """A deal shown to a whole conversation; without its amount where somebody may read it who may not see it all."""
    words, deal = reader.words, line.deal
    known = (
        ("amount", words.money(deal.amount) if deal.amount and in_full else ""),
        ("stage", words(labels.STAGES[deal.stage])),
        ("close_on", words.date(deal.close_on, reader.today) if deal.close_on and in_full else ""),
        ("owner", line.owner_name),
    )
    facts = tuple(Fact(label=labels.field(name, words), value=value) for name, value in known if value)
    open_it = Button(label=words("Open for me"), command=f"deal {deal.id}", style=Style.PRIMARY)
    return Card(
        summary=words("{by} shared {name}", by=by, name=deal.name),
        blocks=(
            Heading(text=labels.excerpt(deal.name), detail=line.customer_name),
            Facts(facts=facts),
            Actions(elements=(open_it,)),
            Context(text=words("Shared by {name}", name=by)),
        ),
        link=reader.page(deal.customer_id),
        language=words.language,
    )


def pick_deal(title: str, found: DealPage, reader: Reader, *, rest: str, verb: str = "deal") -> Card:
    """Which deal? Each line's button completes ``verb`` with the deal and ``rest``."""
    words = reader.words
    rows = tuple(
        Row(
            title=line.deal.name,
            detail=" · ".join((line.customer_name, words(labels.STAGES[line.deal.stage]))),
            meta=words.money(line.deal.amount) if line.deal.amount else "",
            action=Button(label=words("This one"), command=f"{verb} {line.deal.id} {rest}".strip()),
        )
        for line in found.lines
    )
    return Card(summary=title, blocks=(Heading(text=title), Rows(rows=rows)), language=words.language)
