"""Which customer a conversation may be about, from who is in it and what is said there. Asked about, never assumed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from core.actor import Actor
from core.customers.model import Customer
from core.names.contact_points import email_of, phone_digits
from core.patterns import late
from core.search.model import Hit
from core.search.service import SURE, by_customer
from core.work import Work

OFFERED = 3
_READ = 20  # of each kind of clue
_PHRASES = 400
_LONGEST = 4  # words of a Latin name
_HAN_LONGEST, _HAN_SHORTEST = 8, 2
_PHONE_DIGITS = 7  # fewer are an extension, which many companies have
_MOST_CUSTOMERS = 3  # of one clue; what fits more tells nothing
_WORD = late(r"[\w&'’.-]+")
_HAN = late(r"[\u3400-\u9fff]+")


class Because(StrEnum):
    """What a suggestion stands on, the surest first."""

    CONTACT = "contact"  # a person whom the platform knows by an id that a contact has
    EMAIL = "email"  # a contact's address, or one of the customer's own domain
    PHONE = "phone"
    NAME = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clues:
    """Who is in a conversation, as far as the platform tells, and ``texts``: its title, and what was said last.

    ``contacts`` are the platform's ids of people outside, as a contact's external id has them.
    """

    contacts: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A customer, why, and the part of the clues that says so (an address's domain, a name; never a whole address)."""

    customer: Customer
    because: Because
    said: str


def suggest_customers(
    work: Work, actor: Actor, clues: Clues, *, not_these: frozenset[str] = frozenset()
) -> list[Suggestion]:
    """At most three customers that the member may see, the surest first; ``not_these`` were said no to already."""
    found = {each.customer.id: each for each in _known(work, actor, clues) if each.customer.id not in not_these}
    for because, said, hits in _hits(work, actor, clues):
        some = by_customer(hits)
        for hit in some if len(some) <= _MOST_CUSTOMERS else ():
            if hit.customer_id in not_these or hit.customer_id in found:
                continue
            if customer := work.customers.by_id(actor.scope, hit.customer_id):
                found[hit.customer_id] = Suggestion(customer, because, said)
    return list(islice(found.values(), OFFERED))


def _known(work: Work, actor: Actor, clues: Clues) -> Iterator[Suggestion]:
    """The customers of contacts who are there themselves."""
    for contact in (
        work.contacts.by_external_ids(actor.scope, clues.contacts[:_READ]).values() if clues.contacts else ()
    ):
        if customer := work.customers.by_id(actor.scope, contact.customer_id):
            yield Suggestion(customer, Because.CONTACT, contact.name)


def _hits(work: Work, actor: Actor, clues: Clues) -> Iterator[tuple[Because, str, list[Hit]]]:
    own = _own_domains(work, actor)
    addresses = [address for each in clues.emails[:_READ] if (address := email_of(each))]
    outside = [address for address in addresses if address.rpartition("@")[2] not in own]
    # An address that nobody has is found by its domain, unless anybody may have one there.
    for address in outside:
        yield Because.EMAIL, address.rpartition("@")[2], _sure(work, actor, address)
    for digits in filter(None, map(phone_digits, clues.phones[:_READ])):
        if len(digits) >= _PHONE_DIGITS:
            yield Because.PHONE, f"…{digits[-4:]}", _sure(work, actor, digits)
    phrases = tuple(islice(dict.fromkeys(_phrases(clues.texts[:_READ])), _PHRASES))
    for phrase, hits in work.names.exact(actor.scope, phrases).items() if phrases else ():
        yield Because.NAME, phrase, hits


def _own_domains(work: Work, actor: Actor) -> frozenset[str]:
    """Where the colleagues have their addresses: everybody here has one of these, which tells nothing."""
    people = work.members.list_all(actor.workspace_id)
    return frozenset(member.email.rpartition("@")[2] for member in people if member.email)


def _sure(work: Work, actor: Actor, text: str) -> list[Hit]:
    return [hit for hit in work.names.find(actor.scope, text) if hit.score >= SURE]


def _phrases(texts: Iterable[str]) -> Iterator[str]:
    """What in the texts may be a name, the longer first: words that begin with a capital, runs of Chinese, a title."""
    for text in texts:
        yield text.strip()
        words = _WORD.findall(text.replace("-", " ").replace("_", " "))
        for length in range(_LONGEST, 0, -1):
            for start in range(len(words) - length + 1):
                if words[start][:1].isupper() or len(text) <= _HAN_LONGEST * _LONGEST:
                    yield " ".join(words[start : start + length])
        for run in _HAN.findall(text):
            for length in range(min(_HAN_LONGEST, len(run)), _HAN_SHORTEST - 1, -1):
                for start in range(len(run) - length + 1):
                    yield run[start : start + length]
