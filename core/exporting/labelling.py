"""What the records that others refer to are called: by name where that is found again, else by an id."""

from collections.abc import Sequence
from typing import Any

from core.actor import Actor
from core.contacts.model import Contact
from core.customers.model import Customer
from core.deals.model import Deal
from core.ids import ContactId, CustomerId, DealId, MemberId, TeamId
from core.importing.lookups import Contacts, Customers, Deals
from core.ports import Records
from core.sheets.cells import read_names
from core.work import Work


class People:
    """Handles, teams and zones, the same for a whole export."""

    def __init__(self, work: Work, actor: Actor) -> None:
        members = work.members.list_all(actor.workspace_id)
        workspace = work.members.workspace(actor.workspace_id)
        usual = workspace.zone if workspace else actor.zone
        self.zone = actor.zone
        self.names = work.members.names(actor.workspace_id)
        self.handles = {member.id: member.handle for member in members}
        self.zones = {member.id: member.zone or usual for member in members}
        self.teams = {team.id: team.name for team in work.members.list_teams(actor.workspace_id)}


class BatchLabels:
    """``core.exporting.cells.Labels`` for some records, looked up together."""

    def __init__(self, work: Work, actor: Actor, people: People, records: Sequence[Any]) -> None:
        self._people = people
        self._customers: dict[str, Customer] = _present(work.customers, actor, _ids(records, "customer_id"))
        self._deals: dict[str, Deal] = _present(work.deals, actor, _ids(records, "deal_id"))
        taking_part = {each for record in records for each in getattr(record, "contact_ids", ())}
        self._contacts: dict[str, Contact] = _present(work.contacts, actor, taking_part)
        self._customers_by_text = Customers(work, actor.scope, _names(self._customers))
        self._deals_by_text = Deals(work, actor.scope, _names(self._deals))
        self._contacts_by_text = Contacts(work, actor.scope, _names(self._contacts))

    def customer(self, customer_id: CustomerId | None) -> str:
        """See ``Labels``."""
        customer = self._customers.get(customer_id or "")
        return _label(customer, self._customers_by_text.find(customer.name)) if customer else ""

    def contact(self, contact_id: ContactId) -> str:
        """See ``Labels``."""
        contact = self._contacts.get(contact_id)
        if contact is None:
            return ""
        one = read_names("contacts", contact.name) == (contact.name,)
        return _label(contact, self._contacts_by_text.find(contact.customer_id, contact.name) if one else [])

    def deal(self, deal_id: DealId | None) -> str:
        """See ``Labels``."""
        deal = self._deals.get(deal_id or "")
        return _label(deal, self._deals_by_text.find(deal.customer_id, deal.name)) if deal else ""

    def member(self, member_id: MemberId | None) -> str:
        """See ``Labels``."""
        if member_id is None:
            return ""
        return self._people.handles.get(member_id) or self._people.names.get(member_id, "")

    def team(self, team_id: TeamId | None) -> str:
        """See ``Labels``."""
        return self._people.teams.get(team_id, "") if team_id else ""

    def zone(self, member_id: MemberId | None) -> str:
        """See ``Labels``."""
        return self._people.zones.get(member_id, self._people.zone) if member_id else self._people.zone


def _ids(records: Sequence[Any], name: str) -> set[str]:
    return {value for record in records if (value := getattr(record, name, None))}


def _present(records: Records[Any], actor: Actor, ids: set[str]) -> dict[str, Any]:
    found = {each: records.by_id(actor.scope, each) for each in ids}
    return {each: record for each, record in found.items() if record is not None}


def _names(records: dict[str, Any]) -> set[str]:
    return {record.name for record in records.values()}


def _label(record: Customer | Contact | Deal, found: Sequence[Customer | Contact | Deal]) -> str:
    """The name, if it means this record alone."""
    alone = [each.id for each in found] == [record.id]
    return record.name if alone else record.external_id or record.id
