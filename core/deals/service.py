"""The rules of deals: opening them, moving them through the stages, closing them."""

from typing import Any

from core import records, text
from core.actor import Actor, Role
from core.customers.model import Customer
from core.deals.model import CLOSED, PROBABILITY, Deal, DealStage
from core.errors import InvalidInputError, NotFoundError
from core.events.model import EventType
from core.ids import DealId
from core.money import Money
from core.work import Work

# Beyond this an amount is a slip of the hand, and a signed 64-bit column of minor units still holds it.
_LARGEST_MINOR = 10**17
_CLOSING = {DealStage.WON: EventType.DEAL_WON, DealStage.LOST: EventType.DEAL_LOST}


def stage(value: str) -> DealStage:
    """The deal stage of that name. Raises InvalidInputError for another word."""
    try:
        return DealStage(value)
    except ValueError:
        raise InvalidInputError("stage", "unknown_choice", value=value, choices=tuple(DealStage)) from None


def _check(values: dict[str, Any]) -> dict[str, Any]:
    amount: Money | None = values.get("amount")
    if amount is not None and not 0 <= amount.minor <= _LARGEST_MINOR:
        raise InvalidInputError("amount", "out_of_range", value=str(amount.amount))
    if not 0 <= values.get("probability", 0) <= 100:
        raise InvalidInputError("probability", "out_of_range", value=str(values["probability"]))
    if "name" in values:
        values["name"] = text.required_line("name", values["name"])
    return values


def _by_stage(work: Work, new_stage: DealStage) -> dict[str, Any]:
    """What a stage implies for the fields that follow it."""
    closed_at = work.now if new_stage in CLOSED else None
    return {"stage": new_stage, "probability": PROBABILITY[new_stage], "closed_at": closed_at}


def add_deal(work: Work, actor: Actor, customer: Customer, *, name: str, **values: Any) -> Deal:
    """Opens a deal with a customer, owned by the member. Raises InvalidInputError, NotAllowedError."""
    actor.require(Role.REP, "add_deal")
    implied = _by_stage(work, values.pop("stage", DealStage.LEAD))
    deal = Deal(
        id=DealId(work.new_id()),
        workspace_id=actor.workspace_id,
        customer_id=customer.id,
        created_at=work.now,
        updated_at=work.now,
        **{"owner_id": actor.member_id, **implied, **_check({"name": name, **values})},
    )
    return records.add(work, actor, deal, EventType.DEAL_ADDED)


def get_deal(work: Work, actor: Actor, deal_id: str) -> Deal:
    """The deal. Raises NotFoundError when there is none that this member may see."""
    deal = work.deals.by_id(actor.scope, deal_id)
    if deal is None:
        raise NotFoundError("deal", deal_id)
    return deal


def edit_deal(work: Work, actor: Actor, deal_id: str, **values: Any) -> Deal:
    """Changes the named fields; a new stage brings its probability along unless one is named.

    Raises NotFoundError, InvalidInputError, NotAllowedError.
    """
    actor.require(Role.REP, "edit_deal")
    deal = get_deal(work, actor, deal_id)
    values = _check(values)
    new_stage = values.pop("stage", deal.stage)
    event = EventType.DEAL_CHANGED
    if new_stage != deal.stage:
        values = {**_by_stage(work, new_stage), **values}
        event = _CLOSING.get(new_stage, event)
    return records.change(work, actor, deal, event, **values)
