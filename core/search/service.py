"""From what somebody typed to the one customer they mean, or to a short choice."""

from dataclasses import dataclass

from core.actor import Actor
from core.customers.model import Customer
from core.errors import AmbiguousError, NotFoundError
from core.ids import looks_like_id
from core.search.model import Hit
from core.text import clean_line
from core.work import Work

# A hit this good that leads the next by this much is taken without asking: a whole name or the beginning of one. To be
# looked at, a name mistyped is good enough; to be written to, it is asked about.
SURE = 0.84
SURE_TO_SHOW = 0.55
LEAD = 0.05
# Below this a hit is not offered as the answer, only as "did you mean".
LIKELY = 0.6
_CHOICES = 5
_QUERY_LIMIT = 200  # beyond this it is a note, not a name
_LONGEST_NAME = 8  # words
_GUESSES = 6  # beginnings that are looked up loosely, the shortest ones


def find_customer(work: Work, actor: Actor, asked: str, *, sure: float = SURE) -> Customer:
    """The customer meant by a name, a contact's name, a phone number, an address or an id.

    Raises NotFoundError (with names that come near) and AmbiguousError (with a short choice).
    """
    asked = clean_line(asked)[:_QUERY_LIMIT]
    if looks_like_id(asked) and (found := work.customers.by_id(actor.scope, asked)):
        return found
    hit = _the_one(asked, by_customer(work.names.find(actor.scope, asked)), sure)
    customer = work.customers.by_id(actor.scope, hit.customer_id)
    if customer is None:
        raise NotFoundError("customer", asked)
    return customer


def by_customer(hits: list[Hit]) -> list[Hit]:
    """The best hit of each customer, in order."""
    return list({hit.customer_id: hit for hit in reversed(hits)}.values())[::-1]


def _the_one(asked: str, hits: list[Hit], sure: float) -> Hit:
    likely = [hit for hit in hits if hit.score >= min(LIKELY, sure)]
    if not likely:
        raise NotFoundError("customer", asked, similar=tuple(hit.name for hit in hits[:3]))
    first, *rest = likely
    leads = not rest or first.score - rest[0].score >= LEAD
    if first.score >= sure and leads:
        return first
    if not rest:
        raise NotFoundError("customer", asked, similar=(first.name,))
    raise AmbiguousError(
        "customer", asked, choices=tuple((hit.customer_id, hit.name, hit.detail) for hit in likely[:_CHOICES])
    )


@dataclass(frozen=True, slots=True)
class Leading:
    """The name a line begins with and what follows it. ``sure`` tells that it was marked by a colon or is a known
    name.
    """

    name: str
    rest: str
    sure: bool


def split_leading_name(work: Work, actor: Actor, typed: str) -> Leading:
    """Parts a line into the name it begins with and the rest: ``Acme wants a demo`` is Acme, and what it wants.

    A colon ends the name. Without one, the longest beginning that is in full something's name or alias is taken, then
    the longest that can only mean one customer; in Chinese also without a blank after it. Failing that, the first word.
    """
    typed = typed.strip()
    if (marked := _by_colon(typed)) is not None:
        return marked
    starts = _beginnings(typed)
    known = work.names.exact(actor.scope, tuple(starts))
    for start in starts:
        if known.get(start):
            return _cut(typed, start, sure=True)
    for start in starts[-_GUESSES:]:
        hits = by_customer(work.names.find(actor.scope, start, limit=2))
        if hits and hits[0].score >= SURE and (len(hits) == 1 or hits[0].score - hits[1].score >= LEAD):
            return _cut(typed, start, sure=True)
    return _cut(typed, typed.partition(" ")[0], sure=False)


def _by_colon(typed: str) -> Leading | None:
    found = min((typed.find(colon) for colon in ":：" if colon in typed), default=-1)
    # A colon inside a clock time or a web address ends no name, and neither does one behind a whole sentence.
    if (
        found < 0
        or typed[found : found + 3] == "://"
        or (typed[found - 1 : found].isdigit() and typed[found + 1 : found + 2].isdigit())
    ):
        return None
    name = typed[:found].strip()
    return Leading(name, typed[found + 1 :].strip(), sure=True) if len(name.split()) <= _LONGEST_NAME else None


def _cut(typed: str, start: str, *, sure: bool) -> Leading:
    return Leading(start, typed[len(start) :].strip(" ,，、"), sure)


def _beginnings(typed: str) -> list[str]:
    """Beginnings of a line that may be a name, the longest first: whole words, and characters where there are no
    blanks.
    """
    words = typed.split()[:_LONGEST_NAME]
    parts = []
    position = 0
    for word in words:
        position = typed.index(word, position) + len(word)
        parts.append(typed[:position].rstrip(",，、。."))
    first = words[0] if words else ""
    if not first.isascii():
        parts += [first[:length] for length in range(2, min(len(first), 20))]
    return sorted(dict.fromkeys(parts), key=len, reverse=True)
