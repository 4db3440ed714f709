"""What the deal rules need of a store."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from core.actor import Scope
from core.deals.model import Deal, DealStage
from core.ids import CustomerId, MemberId
from core.money import Money
from core.ports import Records


@dataclass(frozen=True, slots=True)
class DealLine:
    """A deal as it stands in a list."""

    deal: Deal
    customer_name: str
    owner_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DealFilter:
    """Which deals to list: the open ones unless a stage is named. ``closing_from`` and ``closing_until`` are days of
    the expected close, both included.
    """

    owner_id: MemberId | None = None
    customer_id: CustomerId | None = None
    stage: DealStage | None = None
    closing_from: date | None = None
    closing_until: date | None = None


@dataclass(frozen=True, slots=True)
class DealPage:
    """Some of the deals that fit, how many there are, and what they come to in each currency."""

    lines: tuple[DealLine, ...]
    total: int
    sums: tuple[Money, ...]


@dataclass(frozen=True, slots=True)
class StageSum:
    """What the open deals of one stage come to in one currency."""

    stage: DealStage
    amount: Money
    count: int


class DealRepository(Records[Deal], Protocol):
    """Deals, as the lists that people ask for."""

    def list_some(self, scope: Scope, wanted: DealFilter, *, limit: int, offset: int = 0) -> DealPage:
        """Deals by expected close, those without a date last."""
        ...

    def list_of_customer(self, scope: Scope, customer_id: CustomerId) -> list[Deal]:
        """A customer's deals, the closed ones too, as they were added."""
        ...

    def list_named(self, scope: Scope, text: str, *, limit: int) -> list[Deal]:
        """Deals whose whole name ``text`` begins with, in any case: the open ones and the longest names first."""
        ...

    def sums_by_stage(self, scope: Scope, wanted: DealFilter) -> list[StageSum]:
        """The open deals that fit, summed by stage and currency, in the order of the stages."""
        ...
