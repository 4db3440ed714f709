"""What is said reaches every open page at once, and a page that was cut off misses nothing."""

import asyncio

import pytest

from tests.adapters.web.house import House
from tests.adapters.web.streams import Stream


@pytest.fixture
def room(house: House) -> str:
    return house.group(house.people.wei, house.people.ann).id


def test_two_members_see_each_others_messages(house: House, room: str) -> None:
    """What one says stands on the other's page, as their own page shows it."""
    people = house.people
    wei, ann = house.browser(people.wei), house.browser(people.ann)
    wei.open("/")
    ann.open("/")
    with Stream(house, people.wei) as wei_sees, Stream(house, people.ann) as ann_sees:
        wei.say(room, "hello Ann")
        ann.say(room, "hello Wei")
        seen = ann_sees.messages(until="hello Wei")
        assert [(message["text"], message["own"]) for message in seen] == [("hello Ann", False), ("hello Wei", True)]
        assert "Wei Chen" in seen[0]["html"]
        assert [message["own"] for message in wei_sees.messages(until="hello Wei")] == [True, False]


def test_cut_off_page_catches_up(house: House, room: str) -> None:
    """With the last event's id a browser is told what was said and changed meanwhile, and nothing long seen."""
    people = house.people
    house.customer(people.wei, "Acme")
    wei = house.browser(people.wei)
    wei.open("/")
    for number in range(9):
        house.clock.move(minutes=1)
        wei.say(room, f"/task Acme: step {number} tomorrow")
    _, listed = wei.say(room, "/tasks")
    house.clock.move(minutes=1)
    with Stream(house, people.wei) as stream:
        wei.say(room, "before the cut")
        stream.messages(until="before the cut")
        house.clock.move(minutes=1)
        wei.say(room, "the last thing seen")
        stream.messages(until="the last thing seen")
        last = stream.last_event_id()
    house.clock.move(minutes=1)
    wei.press(listed, "Next")
    house.clock.move(minutes=1)
    wei.say(room, "during the cut")
    with Stream(house, people.wei, last_event_id=last) as stream:
        told = {message["id"]: message for message in stream.messages(until="during the cut")}
        assert told[listed["id"]]["edited"]
        texts = [message["text"] for message in told.values()]
        assert "before the cut" not in texts
        assert texts[0] == ""
        assert texts[-1] == "during the cut"


def test_page_follows_from_where_it_was_rendered(house: House, room: str) -> None:
    """Between the page and its stream nothing is lost."""
    people = house.people
    wei = house.browser(people.wei)
    page = wei.open(f"/r/{room}")
    cursor = page.partition('data-cursor="')[2].partition('"')[0]
    wei.say(room, "in between")
    with Stream(house, people.wei, after=cursor) as stream:
        assert [message["text"] for message in stream.messages(until="in between")] == ["in between"]


def test_more_than_a_page_is_caught_up(house: House, room: str) -> None:
    """Who was away for long is told everything that was said."""
    people = house.people
    wei = house.browser(people.wei)
    wei.open("/")
    with Stream(house, people.ann) as stream:
        last = stream.last_event_id()
    for number in range(70):
        house.clock.move(seconds=10)
        wei.say(room, f"line {number}")
    with Stream(house, people.ann, last_event_id=last) as stream:
        assert len(stream.messages(until="line 69")) == 70


def test_new_room_shows_at_once(house: House) -> None:
    """Being taken into a conversation renews the list of the page that is open."""
    people = house.people
    with Stream(house, people.ann) as stream:
        before = stream.raw.count("event: rooms")
        room = house.group(people.wei, people.ann)
        wei = house.browser(people.wei)
        wei.open("/")
        wei.say(room.id, "welcome")
        assert stream.text(until="welcome").count("event: rooms") > before


def test_stopping_ends_the_streams(house: House) -> None:
    """A server that stops is not held up by open pages."""
    with Stream(house, house.people.wei) as stream:
        house.runner.run(house.web.stop())
        stream.wait_for_end()


def test_nonsense_cursor_begins_now(house: House, room: str) -> None:
    """A cursor that is none tells nothing old."""
    wei = house.browser(house.people.wei)
    wei.open("/")
    wei.say(room, "old")
    house.clock.move(minutes=1)
    with Stream(house, house.people.wei, after="nonsense@never") as stream:
        wei.say(room, "new")
        assert [message["text"] for message in stream.messages(until="new")] == ["new"]


@pytest.mark.postgres
def test_processes_tell_each_other(empty_postgres_url: str, runner: asyncio.Runner) -> None:
    """What is said through one process reaches a page that another one serves, private answers only their own."""
    one = House(empty_postgres_url, runner)
    other = House(empty_postgres_url, runner, people=one.people)
    people = one.people
    room = one.group(people.wei, people.ann).id
    wei = one.browser(people.wei)
    wei.open("/")
    with Stream(other, people.ann) as ann_sees, Stream(other, people.wei) as wei_sees:
        wei.say(room, "/tasks")
        wei.say(room, "hello over there")
        assert [message["text"] for message in ann_sees.messages(until="hello over there")] == ["hello over there"]
        assert "My tasks" in wei_sees.text(until="hello over there")
    other.close()
    one.close()
