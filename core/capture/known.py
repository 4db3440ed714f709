"""A roster from plain names, as machines hand them over."""

from collections.abc import Mapping, Sequence

from core.capture.roster import Company, Person, Roster


def roster_of(customers: Sequence[str], contacts: Mapping[str, Sequence[str]], members: Sequence[str] = ()) -> Roster:
    """Customers by name, people by their customer's name, and members' handles; ids are the names."""
    names = dict.fromkeys((*customers, *contacts))
    companies = [
        Company(
            name, name, people=tuple(Person(f"{name}\n{person}", person, name) for person in contacts.get(name, ()))
        )
        for name in names
    ]
    return Roster(companies, tuple(members))
