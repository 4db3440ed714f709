"""What a logged line also says of a deal: offered as a button, never assumed."""

from collections import Counter

from cards import labels
from commands.model import Context
from core.capture import Captured
from core.customers.model import Customer
from core.deals.model import CLOSED, Deal, DealStage
from core.deals.ports import DealPage
from core.money import Money

_ORDER = tuple(DealStage)
Offer = tuple[str, str]  # what the button says, and the line it runs


def offers(context: Context, customer: Customer, captured: Captured, deals: DealPage) -> tuple[Offer, ...]:
    """An amount for each open deal, or a new deal of it where there is none; and the stage a deal has come to."""
    made: list[Offer] = []
    names = Counter(line.deal.name for line in deals.lines)
    for line in deals.lines:
        name = _name(context, line.deal, alone=names[line.deal.name] == 1)
        said = line.deal.amount.currency if line.deal.amount else context.actor.currency
        money = _money(captured, said)
        made += [_amount(context, line.deal, name, money)] if money and money != line.deal.amount else []
        if captured.stage and _is_ahead(line.deal, stage := DealStage(captured.stage)):
            made.append(_stage(context, line.deal, name, stage))
    money = _money(captured, context.actor.currency)
    if money and not deals.lines:
        label = context.words("Open a deal of {amount}", amount=context.words.money(money))
        made.append((label, f"new deal {customer.id} {_typed(money)}"))
    return tuple(made)


def _money(captured: Captured, currency: str) -> Money | None:
    """The amount; one without a currency is offered in that of the deal or workspace, as the button says."""
    if captured.amount is None:
        return None
    return captured.amount.money or Money.of(captured.amount.value, currency)


def _typed(money: Money) -> str:
    return f"{money.amount} {money.currency}"


def _name(context: Context, deal: Deal, *, alone: bool) -> str:
    """What a deal is called; of several with one name also what tells it apart: its amount, else its stage."""
    words = context.words
    if alone:
        return deal.name
    told = words.money(deal.amount) if deal.amount else words(labels.STAGES[deal.stage])
    return words("{deal} ({amount})", deal=deal.name, amount=told)


def _amount(context: Context, deal: Deal, name: str, money: Money) -> Offer:
    words = context.words
    label = words("Set “{deal}” to {amount}", deal=name, amount=words.money(money))
    return label, f"edit {deal.id} amount: {_typed(money)}"


def _stage(context: Context, deal: Deal, name: str, stage: DealStage) -> Offer:
    words = context.words
    label = words("Move “{deal}” to {stage}", deal=name, stage=words(labels.STAGES[stage]))
    return label, f"deal {deal.id} {stage}"


def _is_ahead(deal: Deal, stage: DealStage) -> bool:
    """Whether the deal has yet to come to the stage: to speak of a quote is not to go back to it."""
    return deal.stage not in CLOSED and _ORDER.index(stage) > _ORDER.index(deal.stage)
