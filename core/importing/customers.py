"""Customers from a sheet. An owner who does not work here is kept in ``extra``, like columns Kith has no field for."""

from collections.abc import Callable, Hashable, Iterable, Sequence

from core.actor import Scope
from core.customers.model import Customer
from core.events.model import EventType, Kind
from core.importing.known import Known
from core.importing.model import ImportRow
from core.importing.shape import Shape, Values
from core.importing.twins import Twins
from core.names.folding import fold
from core.work import Work


class CustomerShape(Shape[Customer]):
    """Known by name. ``headers`` are those of the columns that name people and teams."""

    kind = Kind.CUSTOMER
    added = EventType.CUSTOMER_ADDED
    changed = EventType.CUSTOMER_CHANGED

    def __init__(self, headers: dict[str, str]) -> None:
        self._headers = headers

    def values(self, row: ImportRow, known: Known) -> Values:
        """Owner and team as ids."""
        values, extra = dict(row.values), row.extra
        if "owner" in values:
            owner = known.people.member_if_known(text := values.pop("owner"))
            if owner is None:
                extra = {**extra, self._headers["owner"]: text}
            else:
                values["owner_id"] = owner.id
        if "team" in values:
            team_id = known.people.team_if_known(text := values.pop("team"))
            if team_id is None:
                extra = {**extra, self._headers["team"]: text}
            else:
                values["team_id"] = team_id
        if extra:
            values["extra"] = extra
        return values

    def unknown_people(self, row: ImportRow, known: Known) -> list[str]:
        """Those who are kept in ``extra``."""
        owner, team = row.values.get("owner"), row.values.get("team")
        unknown = [owner] if owner and known.people.member_if_known(owner) is None else []
        return [*unknown, team] if team and known.people.team_if_known(team) is None else unknown

    def new(self, values: Values, known: Known) -> Customer:
        """Of the owner's team, where the sheet does not say whose."""
        if "owner_id" in values:
            values = {**self._team(values, known), **values}
        return Customer(**known.base(), **values)

    def follow(self, record: Customer, values: Values, known: Known) -> Values:
        """A new owner brings their team; extra columns are kept beside those of earlier sheets."""
        if values.get("owner_id", record.owner_id) != record.owner_id:
            values = {**self._team(values, known), **values}
        if "extra" in values:
            values = {**values, "extra": {**record.extra, **values["extra"]}}
        return values

    def _team(self, values: Values, known: Known) -> Values:
        owner = None if "team" in self._headers else known.people.by_id(values["owner_id"])
        return {"team_id": owner.team_id} if owner else {}

    def name(self, values: Values) -> Hashable:
        """Its name, however it is spelt."""
        return fold(values["name"])

    def name_of(self, record: Customer) -> Hashable:
        """See ``name``."""
        return fold(record.name)

    def twins(self, work: Work, scope: Scope, rows: Sequence[ImportRow]) -> Callable[[Values], Customer | None]:
        """By phone, web address, and the name without its legal form."""
        return Twins(work, scope, rows).of

    def namesakes(self, work: Work, scope: Scope, names: Iterable[str]) -> list[Customer]:
        """See ``Shape``."""
        return work.customers.list_named(scope, names)
