"""Records by what a cell calls them: an external id goes before a name, a name before an alias, Kith's id last."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from core.actor import Scope
from core.contacts.model import Contact
from core.customers.model import Customer
from core.deals.model import Deal
from core.ids import CustomerId, looks_like_id
from core.names.folding import fold
from core.ports import Records
from core.work import Work

T = TypeVar("T")


class Customers:
    """The customers that some texts may mean."""

    def __init__(self, work: Work, scope: Scope, texts: set[str]) -> None:
        by_external_id = _by_external_id(work.customers, scope, texts)
        rest = texts - by_external_id.keys()
        named = work.customers.list_named(scope, rest) if rest else []
        self._found: dict[str, list[Customer]] = {
            **{text: [customer] for text, customer in _by_id(work.customers, scope, rest).items()},
            **_grouped(named, lambda customer: customer.aliases),
            **_grouped(named, lambda customer: (customer.name,)),
            **{text: [customer] for text, customer in by_external_id.items()},
        }

    def find(self, text: str) -> list[Customer]:
        """Those that ``text`` means; names are compared without case, width and accents."""
        return self._found.get(text) or self._found.get(fold(text), [])


class Contacts:
    """The contacts that some texts may mean."""

    def __init__(self, work: Work, scope: Scope, texts: set[str]) -> None:
        self._by_id = _by_id(work.contacts, scope, texts) | _by_external_id(work.contacts, scope, texts)
        self._named: dict[tuple[str, str], list[Contact]] = {}
        for contact in work.contacts.list_named(scope, texts) if texts else ():
            self._named.setdefault((contact.customer_id, fold(contact.name)), []).append(contact)

    def find(self, customer_id: CustomerId, text: str) -> list[Contact]:
        """The customer's contacts that ``text`` means."""
        known = self._by_id.get(text)
        if known is not None and known.customer_id == customer_id:
            return [known]
        return self._named.get((customer_id, fold(text)), [])


class Deals:
    """The deals that some texts may mean. A customer's are looked up when they are first asked for."""

    def __init__(self, work: Work, scope: Scope, texts: set[str]) -> None:
        self._work, self._scope = work, scope
        self._by_id = _by_id(work.deals, scope, texts) | _by_external_id(work.deals, scope, texts)
        self._named: dict[str, dict[str, list[Deal]]] = {}

    def find(self, customer_id: CustomerId | None, text: str) -> list[Deal]:
        """The deals that ``text`` means: the customer's, or without one only that of an id."""
        known = self._by_id.get(text)
        if known is not None and customer_id in (None, known.customer_id):
            return [known]
        return self._of(customer_id).get(fold(text), []) if customer_id else []

    def _of(self, customer_id: CustomerId) -> dict[str, list[Deal]]:
        if customer_id not in self._named:
            deals = self._work.deals.list_of_customer(self._scope, customer_id)
            self._named[customer_id] = _grouped(deals, lambda deal: (deal.name,))
        return self._named[customer_id]


def _by_external_id(records: Records[T], scope: Scope, texts: set[str]) -> dict[str, T]:
    return records.by_external_ids(scope, texts) if texts else {}


def _by_id(records: Records[T], scope: Scope, texts: set[str]) -> dict[str, T]:
    found = {text: records.by_id(scope, text) for text in texts if looks_like_id(text)}
    return {text: record for text, record in found.items() if record is not None}


def _grouped(records: Iterable[T], names: Callable[[T], Iterable[str]]) -> dict[str, list[T]]:
    found: dict[str, list[T]] = {}
    for record in records:
        for name in dict.fromkeys(map(fold, names(record))):
            found.setdefault(name, []).append(record)
    return found
