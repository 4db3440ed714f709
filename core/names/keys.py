"""The keys under which a name, phone or address stands in an index, and those a typed text is looked for under."""

from collections.abc import Callable
from enum import StrEnum
from functools import partial
from itertools import islice
from typing import NamedTuple

from core.names.companies import without_leading_place
from core.names.contact_points import (
    MIN_DIGITS,
    PUBLIC_MAIL,
    TAILS,
    digits_of,
    email_of,
    host_of,
    looks_like_phone,
    phone_digits,
    phone_tails,
    registered_domain,
)
from core.names.folding import has_han
from core.names.normalising import MAX_LENGTH, parts
from core.names.pinyin import Reading, readings

MAX_KEYS = 8
MAX_KEY_LENGTH = 64


class KeyKind(StrEnum):
    """How a key came out of what it stands for."""

    NAME = "name"  # as it is compared; and in full, with its legal form
    SHORT = "short"  # without the place it begins with; its first word; a person's last word
    PINYIN = "pinyin"
    INITIALS = "initials"
    PHONE = "phone"
    EMAIL = "email"
    DOMAIN = "domain"


class Key(NamedTuple):
    """A folded text of 1 to ``MAX_KEY_LENGTH`` characters, to be found by equality or by prefix."""

    text: str
    kind: KeyKind


# Members of an enumeration are looked up slowly, and an import makes half a million keys.
_NAME, _PINYIN, _INITIALS, _PHONE = KeyKind.NAME, KeyKind.PINYIN, KeyKind.INITIALS, KeyKind.PHONE
# Key(*pair) without the constructor that is written in Python: 0.2 µs for 0.6.
_key: Callable[[tuple[str, KeyKind]], Key] = partial(tuple.__new__, Key)
_Found = list[tuple[str, KeyKind]]


def keys(name: str, kind: str = "name") -> tuple[Key, ...]:
    """At most ``MAX_KEYS`` different keys, the most telling first; none for a text in which nothing can be seen.

    ``kind`` says what ``name`` is: ``name`` (a company's, also an alias), ``person``, ``phone``, ``email`` or
    ``domain`` (any web address). KeyError for another kind.
    """
    return tuple(map(_key, kinds_by_key(name, kind).items()))


def kinds_by_key(name: str, kind: str = "name") -> dict[str, KeyKind]:
    """``keys`` as plain texts, each with the kind of its key."""
    distinct = dict(_MAKERS[kind](name))
    distinct.pop("", None)
    if distinct and max(map(len, distinct)) > MAX_KEY_LENGTH:
        distinct = {text[:MAX_KEY_LENGTH]: key_kind for text, key_kind in distinct.items()}
    return distinct if len(distinct) <= MAX_KEYS else dict(islice(distinct.items(), MAX_KEYS))


def _company_keys(name: str) -> _Found:
    normal, full, words = parts(name)
    found = [(normal, _NAME), (full, _NAME)]
    if not has_han(normal):
        return [*found, (words[0], KeyKind.SHORT)] if len(words) > 1 else found
    brand = without_leading_place(normal)
    if brand == normal:
        return found + _sounds(readings(normal, most=3))
    return [*found, (brand, KeyKind.SHORT), *_sounds(readings(brand, most=2)), *_sounds(readings(normal, most=1))]


def _person_keys(name: str) -> _Found:
    normal, _, words = parts(name)
    if has_han(normal):
        return [(normal, _NAME), *_sounds(readings(normal, person=True, most=3))]
    ends = (words[0], words[-1]) if len(words) > 1 else ()
    return [(normal, _NAME), *((word, KeyKind.SHORT) for word in ends)]


def _sounds(sounds: list[Reading]) -> _Found:
    """In full and as initials in turn, so that the likeliest reading has both when the number of keys is cut."""
    found: _Found = []
    for full, initials in sounds:
        found += ((full, _PINYIN), (initials, _INITIALS))
    return found


def _phone_keys(text: str) -> _Found:
    digits = phone_digits(text)
    return [(tail, _PHONE) for tail in phone_tails(digits)] if digits else []


def _email_keys(text: str) -> _Found:
    email = email_of(text)
    host = host_of(email)
    return [(email, KeyKind.EMAIL), *(_domain_keys(host) if host not in PUBLIC_MAIL else [])]


def _domain_keys(text: str) -> _Found:
    host = host_of(text)
    return [(host, KeyKind.DOMAIN), (registered_domain(host), KeyKind.DOMAIN)] if host else []


_MAKERS: dict[str, Callable[[str], _Found]] = {
    "name": _company_keys,
    "person": _person_keys,
    "phone": _phone_keys,
    "email": _email_keys,
    "domain": _domain_keys,
}


def query_keys(text: str) -> tuple[str, ...]:
    """The forms under which to look for what somebody typed, most telling first, ``MAX_KEYS`` at most.

    Each is looked for by equality and as a prefix of ``Key.text``. Bounded work for any text; none for a blank one.
    """
    text = text[:MAX_LENGTH]
    forms = [*_phone_queries(text), *_address_queries(text), *_name_queries(text)]
    return tuple(dict.fromkeys(form[:MAX_KEY_LENGTH] for form in forms if form))[:MAX_KEYS]


def _name_queries(text: str) -> list[str]:
    normal, full, _ = parts(text)
    if not has_han(normal):
        return [normal, full]
    brand = without_leading_place(normal)
    sounds = [*readings(brand, most=2), *readings(normal, person=True, most=1)]
    return [normal, full, brand, *(sound.full for sound in sounds)]


def _phone_queries(text: str) -> list[str]:
    digits = digits_of(text) if looks_like_phone(text) else ""
    if len(digits) < MIN_DIGITS:
        return []
    # A tail may begin with 0 as typed (0138000), a whole number stands in the index without its trunk 0.
    tails = [digits[-length:] for length in TAILS if length < len(digits)]
    return [digits, phone_digits(text), *tails[:2]]


def _address_queries(text: str) -> list[str]:
    email = email_of(text) if "@" in text or "＠" in text else ""
    host = host_of(text)
    mail_host = "" if host in PUBLIC_MAIL and email else host
    return [email, mail_host, registered_domain(mail_host) if mail_host else ""]
