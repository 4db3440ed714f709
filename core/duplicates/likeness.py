"""Whether what somebody is about to add is there already: quick rules for one name, before there is a sheet to learn
from.
"""

import re
from dataclasses import dataclass

from rapidfuzz.distance import DamerauLevenshtein

from core.customers.model import Customer
from core.duplicates.columns import company
from core.names import host_of, phone_digits
from core.names.contact_points import PUBLIC_MAIL, registered_domain
from core.names.folding import has_han
from core.names.pinyin import readings

# From this likeness on a name is asked about: one slip in nine letters.
_ALIKE = 0.88
_WHOLE_PHONE = 8  # digits
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of a customer that is about to be added."""

    name: str
    phone: str = ""
    website: str = ""


def is_alike(told: Told, known: Customer) -> bool:
    """Whether one of the names is nearly the same, or the telephone or the web address is."""
    if any(name_likeness(told.name, name) >= _ALIKE for name in (known.name, *known.aliases)):
        return True
    return _same_phone(told.phone, known.phone) or _same_site(told.website, known.website)


def name_likeness(one: str, other: str) -> float:
    """0 to 1; two names that count differently (Plant 1, Plant 2) are not alike."""
    first, second = company(one), company(other)
    if _DIGITS.findall(first) != _DIGITS.findall(second):
        return 0.0
    if sorted(first.split()) == sorted(second.split()):
        return 1.0
    if has_han(first) != has_han(second):
        return _edits(_sound(first), _sound(second))
    return _edits(first.replace(" ", ""), second.replace(" ", ""))


def _edits(one: str, other: str) -> float:
    return DamerauLevenshtein.normalized_similarity(one, other)


def _sound(text: str) -> str:
    return readings(text.replace(" ", ""), most=1)[0].full


def _same_phone(one: str, other: str) -> bool:
    first, second = phone_digits(one), phone_digits(other)
    return min(len(first), len(second)) >= _WHOLE_PHONE and first[-_WHOLE_PHONE:] == second[-_WHOLE_PHONE:]


def _same_site(one: str, other: str) -> bool:
    first, second = (registered_domain(host_of(text)) for text in (one, other))
    return bool(first) and first == second and first not in PUBLIC_MAIL
