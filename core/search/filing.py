"""Under which keys customers and contacts are filed in the index of names."""

from collections.abc import Iterable

from core.names import KeyKind, phone_digits
from core.names.keys import kinds_by_key

# As the index sorts them: under one key, what bears it as a name comes before what merely sounds like it.
KEY_KINDS = (
    KeyKind.NAME,
    KeyKind.SHORT,
    KeyKind.EMAIL,
    KeyKind.PHONE,
    KeyKind.DOMAIN,
    KeyKind.PINYIN,
    KeyKind.INITIALS,
)
# Each key with the place of its kind in ``KEY_KINDS``, the best one where it has several.
Filing = dict[str, int]

# Tells phones from names of digits alone.
_BACKWARDS = "#"
# By value, for members of an enumeration are looked up slowly, and an import looks up a million.
_NUMBERS = {kind.value: number for number, kind in enumerate(KEY_KINDS)}


def filing_of_customer(name: str, aliases: Iterable[str], phone: str, website: str) -> Filing:
    """Under its name, aliases, phone and domain."""
    found = [kinds_by_key(each) for each in (name, *aliases)]
    if website:
        found.append(kinds_by_key(website, "domain"))
    return _filing(found, phone)


def filing_of_contact(name: str, phone: str, email: str) -> Filing:
    """Under the name, phone and e-mail address."""
    found = [kinds_by_key(name, "person")]
    if email:
        found.append(kinds_by_key(email, "email"))
    return _filing(found, phone)


def phone_key(digits: str) -> str:
    """A phone's key, or the beginning of the keys of all phones that end in ``digits``: they stand there backwards."""
    return _BACKWARDS + digits[::-1]


def digits_of_key(key: str) -> str:
    """The digits of a phone's key."""
    return key[:0:-1]


def _filing(found: Iterable[dict[str, KeyKind]], phone: str) -> Filing:
    best: Filing = {}
    for kinds in found:
        for text, kind in kinds.items():
            number = _NUMBERS[kind._value_]
            if number < best.get(text, len(KEY_KINDS)):
                best[text] = number
    if phone and (digits := phone_digits(phone)):
        best[phone_key(digits)] = _NUMBERS[KeyKind.PHONE.value]
    return best
