"""Deals from a sheet."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from core.deals.model import CLOSED, PROBABILITY, Deal, DealStage
from core.events.model import EventType, Kind
from core.importing.known import Known
from core.importing.model import ImportRow
from core.importing.shape import Shape, Values

_CLOSING = {DealStage.WON: EventType.DEAL_WON, DealStage.LOST: EventType.DEAL_LOST}


class DealShape(Shape[Deal]):
    """Known by its external id alone: one customer may buy the same thing twice."""

    kind = Kind.DEAL
    added = EventType.DEAL_ADDED
    changed = EventType.DEAL_CHANGED

    def values(self, row: ImportRow, known: Known) -> Values:
        """Customer and owner as ids."""
        values = dict(row.values)
        values["customer_id"] = known.customer(values.pop("customer")).id
        if "owner" in values:
            values["owner_id"] = known.people.member("owner", values.pop("owner")).id
        return values

    def new(self, values: Values, known: Known) -> Deal:
        """In the first stage unless the sheet says otherwise."""
        stage = values.get("stage", DealStage.LEAD)
        return Deal(**known.base(), **_implied(stage, values, known))

    def follow(self, record: Deal, values: Values, known: Known) -> Values:
        """A new stage brings its probability, and a closed one the instant it was closed."""
        stage = values.get("stage", record.stage)
        if stage != record.stage:
            return _implied(stage, {"close_on": record.close_on, **values}, known)
        return values if stage in CLOSED else _without_closing(values)

    def event_type(self, before: Deal, after: Deal) -> EventType:
        """Won and lost have names of their own."""
        moved = before.stage != after.stage
        return _CLOSING.get(after.stage, self.changed) if moved else self.changed


def _implied(stage: DealStage, values: Values, known: Known) -> Values:
    """What a stage says of the fields that follow it, unless the sheet says it."""
    if stage not in CLOSED:
        return {"stage": stage, "probability": PROBABILITY[stage], "closed_at": None, **_without_closing(values)}
    return {"stage": stage, "probability": PROBABILITY[stage], "closed_at": _closed_at(values, known), **values}


def _closed_at(values: Values, known: Known) -> datetime:
    """The expected day, where that has come: a deal that was won last year is not won today."""
    day = values.get("close_on")
    if day is None:
        return known.now
    noon = datetime.combine(day, time(12), ZoneInfo(known.actor.zone)).astimezone(UTC)
    return min(noon, known.now)


def _without_closing(values: Values) -> Values:
    return {name: value for name, value in values.items() if name != "closed_at"}
