"""A room of the workbench that is bound to nobody asks whom it is about, and assumes nothing."""

import re

import pytest

from adapters.web.customer_views import place_of
from adapters.web.incoming import PLATFORM
from core.conversations.service import bound_customer
from core.members.model import Member
from core.rooms.model import Room
from tests.adapters.web.house import House, fresh

ASKED = "Is it about one of these?"


@pytest.fixture
def acme(house: House) -> str:
    return house.customer(house.people.wei, "Velvet Looms", team_id=None)


def _page(house: House, member: Member, room: Room) -> str:
    return house.browser(member).open(f"/r/{room.id}")


def test_title_suggests(house: House, acme: str) -> None:
    """What the room is called suggests a customer; a yes binds it, and nothing is asked any more."""
    people = house.people
    room = house.group(people.wei, people.max, title="Velvet Looms renewal")
    browser = house.browser(people.wei)
    page = browser.open(f"/r/{room.id}")
    assert ASKED in page
    assert "“Velvet Looms” is named here" in page
    found = re.search(rf'name="text" value="(/bind {acme})"', page)
    assert found
    assert browser.send(f"/r/{room.id}", text=found[1], shown="Bind", delivery=fresh()).status_code == 303
    assert ASKED not in browser.open(f"/r/{room.id}")
    actor = house.membership(people.wei).actor(platform=PLATFORM)
    bound = house.read(lambda work: bound_customer(work, actor, place_of(actor.workspace_id, room.id)))
    assert bound is not None
    assert bound.id == acme


def test_what_was_said_suggests(house: House, acme: str) -> None:
    """A customer whom people speak of is offered; in the part that the open page asks for as well."""
    people = house.people
    room = house.group(people.wei, people.max)
    browser = house.browser(people.wei)
    assert ASKED not in browser.open(f"/r/{room.id}")
    browser.say(room.id, "did anybody call Velvet Looms today?")
    assert f"/bind {acme}" in browser.open(f"/r/{room.id}")
    assert f"/bind {acme}" in browser.get(f"/sidebar/room/{room.id}").text


def test_nobody_is_told_of_others_customers(house: House) -> None:
    """Who may not see the customer is not asked about it, nor is who only looks on, nor the room with Kith."""
    people = house.people
    house.customer(people.wei, "Velvet Looms")
    room = house.group(people.wei, people.ann, people.uma, title="Velvet Looms renewal")
    assert ASKED in _page(house, people.wei, room)
    for member in (people.ann, people.uma):
        page = _page(house, member, room)
        assert ASKED not in page
        assert "是不是关于" not in page
    browser = house.browser(people.wei)
    browser.say(browser.room(), "Velvet Looms")
    assert ASKED not in browser.open("/")


def test_nothing_is_offered_over_a_colleagues_head(house: House) -> None:
    """A room bound to a customer of another team looks unbound to its reader, and offers nothing all the same."""
    people = house.people
    house.customer(people.wei, "Velvet Looms")
    house.customer(people.ann, "Cotton Mills")
    room = house.group(people.wei, people.ann, title="Velvet Looms and Cotton Mills")
    ann = house.browser(people.ann)
    assert ASKED in ann.open(f"/r/{room.id}")
    browser = house.browser(people.wei)
    browser.open("/")
    browser.say(room.id, "/bind Velvet Looms")
    assert ASKED not in ann.open(f"/r/{room.id}")
