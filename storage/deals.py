"""Deals in the database."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from core.actor import Scope
from core.deals.model import Deal, DealStage
from core.deals.ports import DealFilter, DealLine, DealPage, StageSum
from core.ids import CustomerId
from core.money import Money
from storage.connections import Connection
from storage.records import RecordStatements, SqlRecords
from storage.scopes import seen_by, variant
from storage.statements import Query

_STATEMENTS = RecordStatements("deals", Deal)
_OF_CUSTOMER = Query("deals.OF_CUSTOMER", Deal)
_NAMED = Query("deals.NAMED", Deal)
_STAGE_ORDER = tuple(DealStage)


@dataclass(frozen=True, slots=True)
class _Total:
    amount: Money | None
    number: int


@lru_cache
def _lines(name: str) -> Query[DealLine]:
    return Query(f"deals.LINES.{name}", DealLine)


@lru_cache
def _totals(name: str) -> Query[_Total]:
    return Query(f"deals.TOTALS.{name}", _Total)


@lru_cache
def _by_stage(name: str) -> Query[StageSum]:
    return Query(f"deals.BY_STAGE.{name}", StageSum)


class SqlDeals(SqlRecords[Deal]):
    """``core.deals.ports.DealRepository``."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, _STATEMENTS)

    def list_some(self, scope: Scope, wanted: DealFilter, *, limit: int, offset: int = 0) -> DealPage:
        """Deals by expected close, those without a date last."""
        narrowed = _narrowed(wanted)
        values = {**seen_by(scope), **narrowed, **_closing(wanted)}
        lines = _lines(variant(narrowed)).all(self._connection, limit=limit, offset=offset, **values)
        if offset == 0 and len(lines) < limit:
            return DealPage(tuple(lines), len(lines), _sums(lines))
        totals = _totals(variant(narrowed, scope)).all(self._connection, **values)
        sums = tuple(total.amount for total in totals if total.amount is not None)
        return DealPage(tuple(lines), sum(total.number for total in totals), sums)

    def list_of_customer(self, scope: Scope, customer_id: CustomerId) -> list[Deal]:
        """A customer's deals, the closed ones too, as they were added."""
        return _OF_CUSTOMER.all(self._connection, customer_id=customer_id, **seen_by(scope))

    def list_named(self, scope: Scope, text: str, *, limit: int) -> list[Deal]:
        """Deals whose whole name ``text`` begins with, in any case: the open ones and the longest names first."""
        return _NAMED.all(self._connection, text=text, lowered=text.lower(), limit=limit, **seen_by(scope))

    def sums_by_stage(self, scope: Scope, wanted: DealFilter) -> list[StageSum]:
        """The open deals that fit, summed by stage and currency, in the order of the stages."""
        narrowed = _narrowed(wanted)
        values = {**seen_by(scope), **narrowed, **_closing(wanted)}
        found = _by_stage(variant(narrowed, scope)).all(self._connection, **values)
        return sorted(found, key=lambda each: (_STAGE_ORDER.index(each.stage), each.amount.currency))


def _sums(lines: list[DealLine]) -> tuple[Money, ...]:
    """What the deals come to in each currency, as the database would say it."""
    sums: dict[str, int] = {}
    for line in lines:
        if (amount := line.deal.amount) is not None:
            sums[amount.currency] = sums.get(amount.currency, 0) + amount.minor
    return tuple(Money(minor, currency) for currency, minor in sorted(sums.items()))


def _narrowed(wanted: DealFilter) -> dict[str, Any]:
    """What narrows the list, in the order of ``storage.queries.deals.NARROWING``."""
    narrowed = {"owner": wanted.owner_id, "customer": wanted.customer_id, "stage": wanted.stage}
    found: dict[str, Any] = {name: value for name, value in narrowed.items() if value is not None}
    return {**found, "closing": True} if wanted.closing_from or wanted.closing_until else found


def _closing(wanted: DealFilter) -> dict[str, date]:
    return {"closing_from": wanted.closing_from or date.min, "closing_until": wanted.closing_until or date.max}
