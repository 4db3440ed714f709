"""Finding customers and contacts by name: exactly, by a beginning, and by what stands near in the index."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from core.actor import Scope
from core.events.model import Kind
from core.ids import CustomerId, MemberId
from core.names import Candidate, Key, KeyKind, normalise, query_keys, rank
from core.names.contact_points import MIN_DIGITS
from core.search.filing import KEY_KINDS, digits_of_key, phone_key
from core.search.model import Hit
from storage.connections import Connection
from storage.scopes import seen_by
from storage.statements import Command, Query

# Below this a name hardly resembles what was typed.
RESEMBLES = 0.44  # one of three Chinese characters is another
# The score of the one record that is called what was typed.
_WHOLE = 1.0
# Keys of these kinds fit in full what was typed, so that nothing else needs to be looked for.
_TELLING = frozenset({KeyKind.NAME, KeyKind.EMAIL, KeyKind.PHONE})
_ADDRESSES = frozenset({KeyKind.EMAIL, KeyKind.DOMAIN})
_AFTER_ALL = "\U0010ffff"
_LONGEST_MISTYPED = 24


@dataclass(frozen=True, slots=True)
class _Found:
    """A row of the index with what is told of its customer and contact."""

    key: str
    key_kind: int
    record_kind: Kind
    record_id: str
    customer_id: CustomerId
    customer_name: str
    aliases: tuple[str, ...]
    region: str
    industry: str
    owner_id: MemberId | None
    updated_at: datetime
    contact_name: str
    contact_title: str

    @property
    def kind(self) -> KeyKind:
        return KEY_KINDS[self.key_kind]

    @property
    def name(self) -> str:
        return self.contact_name if self.record_kind is Kind.CONTACT else self.customer_name

    @property
    def detail(self) -> str:
        """What tells it from others of the name: a contact's customer and title, a customer's region and industry."""
        told = (self.region, self.industry)
        if self.record_kind is Kind.CONTACT:
            told = (self.customer_name, self.contact_title)
        return " · ".join(part for part in told if part)


def _queries(name: str) -> dict[bool, Query[_Found]]:
    """By whether the scope sees everything: who sees a part of it must look at more rows to find theirs."""
    return {True: Query(f"names.{name}.few", _Found), False: Query(f"names.{name}.many", _Found)}


_EQUAL = _queries("EQUAL")
_NAMED = _queries("NAMED")
_BEGINNING = _queries("BEGINNING")
_NEAR = _queries("NEAR")
_FORGET = Command("names.FORGET_CHANGES")


class SqlNames:
    """``core.search.ports.NameIndex``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, scope: Scope, text: str, *, limit: int = 5, wide: bool = False) -> list[Hit]:
        """The records that ``text`` may mean, best first; each customer or contact once."""
        named = [] if wide else self.exact(scope, (text,)).get(text, [])
        if named:
            return named[:limit]  # a whole name: no need of its sound, its beginnings or its slips
        keys = query_keys(text)
        if not keys:
            return []
        found: list[_Found] = []
        for look in (self._equal, self._phones, self._beginning, self._near):
            found += look(scope, keys)
            if _suffices(found, limit, wide=wide):
                break
        return [hit for hit in _ranked(text, keys, found, scope.member_id) if hit.score >= RESEMBLES][:limit]

    def exact(self, scope: Scope, texts: tuple[str, ...]) -> dict[str, list[Hit]]:
        """For each of ``texts`` that is in full the name or alias of something, what it names."""
        wanted = {text: key for text in texts if (key := normalise(text))}
        if not wanted:
            return {}
        rows = _NAMED[scope.everything].all(self._connection, keys=sorted(set(wanted.values())), **seen_by(scope))
        found: dict[str, list[_Found]] = {}
        for row in rows:
            found.setdefault(row.key, []).append(row)
        return {text: _named(text, found[key], scope.member_id) for text, key in wanted.items() if key in found}

    def forget_changes(self, keep: int) -> None:
        """Forgets all but the last ``keep`` changes: an index further behind is made anew."""
        _FORGET.run(self._connection, keep=keep)

    def _equal(self, scope: Scope, keys: tuple[str, ...]) -> list[_Found]:
        return _EQUAL[scope.everything].all(self._connection, keys=list(keys), **seen_by(scope))

    def _phones(self, scope: Scope, keys: tuple[str, ...]) -> list[_Found]:
        """Those whose phone ends in what was typed, or in as much of it as there is."""
        for key in keys:
            if key.isdecimal() and len(key) >= MIN_DIGITS and (found := self._from(scope, phone_key(key))):
                return found
        return []

    def _beginning(self, scope: Scope, keys: tuple[str, ...]) -> list[_Found]:
        return self._from(scope, keys[0])

    def _from(self, scope: Scope, start: str) -> list[_Found]:
        found = _BEGINNING[scope.everything]
        return found.all(self._connection, start=start, end=start + _AFTER_ALL, **seen_by(scope))

    def _near(self, scope: Scope, keys: tuple[str, ...]) -> list[_Found]:
        near = _NEAR[scope.everything]
        return near.all(self._connection, place=keys[0], keys=slips_of(keys[0]), **seen_by(scope))


def slips_of(key: str) -> list[str]:
    """``key`` with one letter left out, and with two neighbours changed: what was meant when a finger slipped."""
    key = key[:_LONGEST_MISTYPED]
    without = [key[:at] + key[at + 1 :] for at in range(len(key))]
    swapped = [key[:at] + key[at + 1] + key[at] + key[at + 2 :] for at in range(len(key) - 1)]
    return sorted({slip for slip in (*without, *swapped) if slip})


def _suffices(found: list[_Found], limit: int, *, wide: bool) -> bool:
    if wide:
        return len({row.record_id for row in found}) >= limit
    return any(row.kind in _TELLING for row in found)


def _named(text: str, rows: list[_Found], member_id: MemberId | None) -> list[Hit]:
    """What a whole name names; a record that alone is called so needs no comparing with others."""
    first = rows[0]
    if all(row.record_id == first.record_id for row in rows):
        return [_hit(first, _WHOLE)]
    return _ranked(text, (), rows, member_id)


def _ranked(text: str, keys: tuple[str, ...], found: Iterable[_Found], member_id: MemberId | None) -> list[Hit]:
    rows: dict[str, list[_Found]] = {}
    for row in found:
        rows.setdefault(row.record_id, []).append(row)
    ranked = rank(text, [_candidate(of_record, keys) for of_record in rows.values()], member_id)
    return [_hit(rows[each.candidate.id][0], each.score) for each in ranked]


def _candidate(rows: list[_Found], keys: tuple[str, ...]) -> Candidate:
    first = rows[0]
    return Candidate(
        first.record_id,
        first.name,
        aliases=() if first.record_kind is Kind.CONTACT else first.aliases,
        keys=tuple(point for row in rows for point in _points(row, keys)),
        owner_id=first.owner_id,
        touched_at=first.updated_at,
    )


def _points(row: _Found, keys: tuple[str, ...]) -> list[Key]:
    """What of a phone or address was typed."""
    if row.kind is KeyKind.PHONE:
        digits = digits_of_key(row.key)
        return [Key(key, KeyKind.PHONE) for key in keys if digits.endswith(key)]
    return [Key(row.key, row.kind)] if row.kind in _ADDRESSES else []


def _hit(row: _Found, score: float) -> Hit:
    return Hit(row.record_kind, row.record_id, row.customer_id, row.name, row.detail, score)
