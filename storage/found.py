"""Customers and contacts that an index brought up, as they are now, put in order and made into hits."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from core.actor import Scope
from core.events.model import Kind
from core.ids import CustomerId, MemberId
from core.names import Candidate, Key, KeyKind, rank
from core.search.filing import Points, points_of_contact, points_of_customer
from core.search.model import Hit
from storage.connections import Connection
from storage.scopes import seen_by
from storage.statements import Query


@dataclass(frozen=True, slots=True)
class FoundCustomer:
    """What of a customer decides how well it fits."""

    id: str
    customer_id: CustomerId
    customer_name: str
    owner_id: MemberId | None
    updated_at: datetime
    open_deals: int
    name: str
    aliases: tuple[str, ...]
    phone: str
    website: str
    region: str
    industry: str
    extra: dict[str, str] = field(default_factory=dict)

    kind = Kind.CUSTOMER

    @property
    def detail(self) -> str:
        """What tells it from others of the name."""
        return " · ".join(filter(None, (self.region, self.industry)))

    def points(self) -> Points:
        """Its addresses and phones."""
        return points_of_customer(self.phone, self.website, self.extra)


@dataclass(frozen=True, slots=True)
class FoundContact:
    """What of a contact decides how well it fits."""

    id: str
    customer_id: CustomerId
    customer_name: str
    owner_id: MemberId | None
    updated_at: datetime
    open_deals: int
    name: str
    phone: str
    email: str
    title: str

    kind = Kind.CONTACT
    aliases = ()

    @property
    def detail(self) -> str:
        """Whose contact it is."""
        return " · ".join(filter(None, (self.customer_name, self.title)))

    def points(self) -> Points:
        """The addresses and phones."""
        return points_of_contact(self.phone, self.email)


Found = FoundCustomer | FoundContact
_CUSTOMERS = Query("names.FOUND_CUSTOMERS", FoundCustomer)
_CONTACTS = Query("names.FOUND_CONTACTS", FoundContact)


def read_found(connection: Connection, scope: Scope, customers: list[str], contacts: list[str]) -> list[Found]:
    """Those of the records that are there and that the scope may see."""
    seen: dict[str, Any] = seen_by(scope)
    found: list[Found] = []
    if customers:
        found += _CUSTOMERS.all(connection, ids=customers, **seen)
    if contacts:
        found += _CONTACTS.all(connection, ids=contacts, **seen)
    return found


def ranked_hits(text: str, keys: tuple[str, ...], found: Iterable[Found], member_id: MemberId | None) -> list[Hit]:
    """Hits of what was found, best first."""
    by_id = {record.id: record for record in found}
    ranked = rank(text, [_candidate(record, keys) for record in by_id.values()], member_id)
    return [_hit(by_id[each.candidate.id], each.score) for each in ranked]


def _candidate(record: Found, keys: tuple[str, ...]) -> Candidate:
    return Candidate(
        record.id,
        record.name,
        aliases=record.aliases,
        keys=tuple(_typed_points(record.points(), keys)) if keys else (),
        owner_id=record.owner_id,
        touched_at=record.updated_at,
        open_deals=record.open_deals,
    )


def _typed_points(points: Points, keys: tuple[str, ...]) -> Iterable[Key]:
    """What of an address or a phone was typed."""
    for address in points.addresses:
        if address in keys:
            yield Key(address, KeyKind.EMAIL if "@" in address else KeyKind.DOMAIN)
    yield from (Key(host, KeyKind.SHORT) for host in points.mail_hosts if host in keys)
    for phone in points.phones:
        yield from (Key(key, KeyKind.PHONE) for key in keys if key.isdecimal() and phone.endswith(key))


def _hit(record: Found, score: float) -> Hit:
    return Hit(record.kind, record.id, record.customer_id, record.name, record.detail, score)
