"""Under which keys customers and contacts are filed in the index of names."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from core.names import KeyKind, email_of, host_of, phone_digits
from core.names.contact_points import PUBLIC_MAIL, registered_domain
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
# Cells that a sheet brought and Kith has no field for.
_WEB = re.compile(r"(?:https?://|www\.)\S+$", re.IGNORECASE)
_PHONE_HEADER = re.compile(r"phone|mobile|tel\b|cell|电话|手机|座机", re.IGNORECASE)
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


class Points(NamedTuple):
    """Addresses in full, and phones as digits, by which a record is found.

    ``mail_hosts`` are the domains of its e-mail addresses: a colleague's too, and so less its own than a website.
    """

    addresses: tuple[str, ...]
    mail_hosts: tuple[str, ...]
    phones: tuple[str, ...]


def points_of_customer(phone: str, website: str, extra: Mapping[str, str]) -> Points:
    """Those of a customer, and of what an imported file brought along: cells that are an address or are headed so."""
    phones, addresses, emails = [phone], _hosts(website), list[str]()
    for header, cell in extra.items():
        if "@" in cell and (email := email_of(cell)):
            emails.append(email)
        elif _WEB.match(cell):
            addresses += _hosts(cell)
        elif _PHONE_HEADER.search(header):
            phones.append(cell)
    return _points(addresses, emails, phones)


def points_of_contact(phone: str, email: str) -> Points:
    """Those of a contact."""
    return _points([], [email_of(email)] if email else [], [phone])


def _points(addresses: list[str], emails: list[str], phones: list[str]) -> Points:
    emails = [email for email in emails if email]
    hosts = [host for email in emails if host_of(email) not in PUBLIC_MAIL for host in _hosts(email)]
    digits = (phone_digits(phone) for phone in phones if phone)
    return Points(_distinct([*addresses, *emails]), _distinct(hosts), _distinct(digits))


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, texts)))


def _hosts(text: str) -> list[str]:
    host = host_of(text) if text else ""
    return [host, registered_domain(host)] if host else []
