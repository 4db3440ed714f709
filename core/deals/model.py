"""A deal and its stages."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from core.ids import CustomerId, DealId, MemberId, WorkspaceId
from core.money import Money


class DealStage(StrEnum):
    """How far a deal has come."""

    LEAD = "lead"
    QUALIFIED = "qualified"
    QUOTE = "quote"
    NEGOTIATION = "negotiation"
    WON = "won"
    LOST = "lost"


CLOSED = frozenset({DealStage.WON, DealStage.LOST})

# What a stage says of the outcome, in per cent, when nobody says otherwise.
PROBABILITY = {
    DealStage.LEAD: 10,
    DealStage.QUALIFIED: 25,
    DealStage.QUOTE: 50,
    DealStage.NEGOTIATION: 75,
    DealStage.WON: 100,
    DealStage.LOST: 0,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """A deal. ``probability`` is in per cent; ``close_on`` the day it is expected to close."""

    id: DealId
    workspace_id: WorkspaceId
    customer_id: CustomerId
    name: str
    amount: Money | None = None
    stage: DealStage = DealStage.LEAD
    probability: int = PROBABILITY[DealStage.LEAD]
    close_on: date | None = None
    owner_id: MemberId | None = None
    closed_at: datetime | None = None
    external_id: str | None = None
    created_at: datetime
    updated_at: datetime
    removed_at: datetime | None = None
