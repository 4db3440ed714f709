"""A typed line read against the workspace: only what it may name is looked up.

What reads lines is imported with the first one: most commands are none, and a start must not pay for it.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from commands.model import Context
from core.capture.model import LOOKED_AT
from core.customers.model import Customer
from core.patterns import late
from core.search.model import Hit
from core.search.service import LEAD, LIKELY, SURE, by_customer

if TYPE_CHECKING:
    from core.capture.roster import Company
    from core.capture.understanding import Understood

_WORDS = late(r"[^\W_\u3400-\u9fff]+(?:[&'.-][^\W_\u3400-\u9fff]+)*")
_HAN = late(r"[\u3400-\u9fff]+")
_LONGEST = 5  # words of a name
_LONGEST_HAN = 8  # characters; a longer name is found by its beginning
_MOST_HAN = 40  # characters of a line in which names are looked for
_MOST_WORDS = 24
_LONGEST_START = 4
_GUESSES = 6  # stretches that are looked up loosely
_CUSTOMERS = 6
_PEOPLE = 50  # of a customer
_ALIKE = 3


def hear(context: Context, text: str, *, customer: Customer | None = None, kind: str | None = None) -> "Understood":
    """What a line says. ``customer`` and ``kind`` are what is settled already, by a choice or a verb."""
    from core.capture.roster import Roster  # noqa: PLC0415 - see the module's docstring
    from core.capture.understanding import understand  # noqa: PLC0415 - see the module's docstring

    companies = [_company(context, customer)] if customer else _named(context, text)
    members = context.work.members.list_all(context.actor.workspace_id)
    roster = Roster(companies, tuple(f"@{member.handle}" for member in members))
    return understand(
        text,
        context.local_now,
        context.locale,
        roster,
        kind=kind,
        customer=companies[0] if customer else None,
    )


def customer_in_full(context: Context, text: str) -> Customer | None:
    """The customer whose whole name, or whose contact's, stands in a text; None when none or several do."""
    found = context.work.names.exact(context.actor.scope, tuple(dict.fromkeys(_stretches(text[:LOOKED_AT]))))
    whole = {stretch: hits for stretch, hits in found.items() if not _in_longer(stretch, found)}
    ids = {hit.customer_id for hits in whole.values() for hit in hits}
    return context.work.customers.by_id(context.actor.scope, ids.pop()) if len(ids) == 1 else None


def _in_longer(stretch: str, found: Iterable[str]) -> bool:
    return any(stretch != other and stretch in other for other in found)


def _company(context: Context, customer: Customer, called: Iterable[str] = ()) -> "Company":
    from core.capture.roster import Company, Person  # noqa: PLC0415 - see the module's docstring

    people = context.work.contacts.list_of_customer(context.actor.scope, customer.id, limit=_PEOPLE)
    known = tuple(Person(person.id, person.name, customer.id) for person in people)
    return Company(customer.id, customer.name, (*customer.aliases, *called), known)


def _named(context: Context, text: str) -> "list[Company]":
    """The customers that a line may name, or whose people it may: exactly, else loosely."""
    looked_at = text[:LOOKED_AT]
    found = context.work.names.exact(context.actor.scope, tuple(dict.fromkeys(_stretches(looked_at))))
    called: dict[str, set[str]] = {}
    for stretch, hits in found.items():
        for hit in hits[:_ALIKE]:
            called.setdefault(hit.customer_id, set()).add(stretch if hit.id == hit.customer_id else "")
    if not any(filter(None, called.values())):
        _loosely(context, looked_at, called)
    customers = ((context.work.customers.by_id(context.actor.scope, id_), names) for id_, names in called.items())
    companies = [_company(context, each, filter(None, names)) for each, names in customers if each is not None]
    return companies[:_CUSTOMERS]


def _loosely(context: Context, text: str, called: dict[str, set[str]]) -> None:
    """Customers whose names stand misspelt or shortened in a line; what is nearly one is called as it is typed."""
    from core.capture.pieces import pieces  # noqa: PLC0415 - see the module's docstring

    guesses = dict.fromkeys(pieces(text, context.local_now, context.locale))
    for guess in list(guesses)[:_GUESSES]:
        for start in _beginnings(guess):
            hits = context.work.names.find(context.actor.scope, start, limit=_ALIKE)
            own = [hit for hit in by_customer(hits) if hit.id == hit.customer_id]
            if found := _alike(own, whole=start == guess):
                for hit in found:
                    called.setdefault(hit.customer_id, set()).add(start)
                break


def _beginnings(piece: str) -> Iterator[str]:
    """A piece, and the beginnings of a Chinese one behind which a person's name may stand: 远航林晓."""
    yield piece[:_LONGEST_HAN] if _HAN.match(piece) else piece
    if _HAN.match(piece):
        yield from (piece[:length] for length in range(min(len(piece) - 1, _LONGEST_START), 1, -1))


def _alike(hits: list[Hit], *, whole: bool) -> list[Hit]:
    """Those that are meant as surely as the first; what is merely like a name counts for a whole piece alone."""
    if hits and hits[0].score >= SURE:
        return [hit for hit in hits if hit.score >= hits[0].score - LEAD]
    return [hit for hit in hits if whole and hit.score >= LIKELY]


def _stretches(text: str) -> Iterator[str]:
    """Every stretch of a line that may be a name in full."""
    words = list(_WORDS.finditer(text))[:_MOST_WORDS]
    for first, word in enumerate(words):
        for last in words[first : first + _LONGEST]:
            yield text[word.start() : last.end()]
    left = _MOST_HAN
    for run in _HAN.finditer(text):
        shown = run[0][: max(left, 0)]
        left -= len(shown)
        for start in range(len(shown) - 1):
            for length in range(2, min(_LONGEST_HAN, len(shown) - start) + 1):
                yield shown[start : start + length]
