"""Customers that are there already under a name, number or web address that a row says in its own way."""

from collections.abc import Iterable

from core.actor import Scope
from core.customers.model import Customer
from core.duplicates.likeness import Told, is_alike
from core.importing.model import ImportRow
from core.importing.shape import Values
from core.names import KeyKind, phone_digits
from core.search.filing import KEY_KINDS, filing_of_customer, phone_key
from core.work import Work

# One query for a batch, so only what the index tells by equality; slips are the nightly sweep's to find.
# A country's code, and the digits of a number without it.
_COUNTRIES = (("86", 11), ("1", 10))
_TELLING = frozenset(map(KEY_KINDS.index, (KeyKind.NAME, KeyKind.PHONE, KeyKind.DOMAIN)))


class Twins:
    """Those of the customers in the store that rows of a batch resemble."""

    def __init__(self, work: Work, scope: Scope, rows: Iterable[ImportRow]) -> None:
        keys = {key for row in rows if "name" in row.values for key in _keys(row.values)}
        self._work, self._scope = work, scope
        self._found = work.duplicates.bearing(scope, keys) if keys else {}

    def of(self, values: Values) -> Customer | None:
        """The customer that the row resembles, if there is one."""
        told = Told(values["name"], values.get("phone", ""), values.get("website", ""))
        ids = (id_ for key in _keys(values) for id_ in self._found.get(key, ()))
        known = (self._work.customers.by_id(self._scope, id_) for id_ in dict.fromkeys(ids))
        return next((each for each in known if each is not None and is_alike(told, each)), None)


def _keys(values: Values) -> list[str]:
    if not values.get("name"):
        return []
    phone = values.get("phone", "")
    filed = filing_of_customer(values["name"], (), phone, values.get("website", ""))
    return [*(key for key, number in filed.items() if number in _TELLING), *map(phone_key, _dialled(phone))]


def _dialled(phone: str) -> list[str]:
    """A number with and without the codes of the countries where most leave them out."""
    digits = phone_digits(phone)
    return [
        variant
        for code, length in _COUNTRIES
        for variant in (code + digits, digits.removeprefix(code))
        if len(variant) in (length, length + len(code)) and variant != digits
    ]
