"""Nobody sees what is not theirs: not through a page, the API, the sidebar, a button or the stream."""

import pytest

from tests.adapters.web.house import Browser, House, fresh
from tests.adapters.web.streams import Stream

SECRET = "Velvet Hammer Holdings"


@pytest.fixture
def other(house: House) -> Browser:
    browser = house.browser(house.people.ann)
    browser.open("/")
    return browser


@pytest.fixture
def room(house: House) -> str:
    """A room of Wei and Ann in which Wei asked Kith about a customer of his team, which Ann may not see."""
    people = house.people
    house.customer(people.wei, SECRET)
    room = house.group(people.wei, people.ann)
    browser = house.browser(people.wei)
    browser.open("/")
    browser.say(room.id, "hello Ann")
    browser.say(room.id, f"/360 {SECRET}")
    return room.id


def test_private_answers_are_nobody_elses(house: House, room: str, other: Browser) -> None:
    """The others in the room see neither the question nor the answer, in the page, the list or the API."""
    for path in (f"/r/{room}", "/", "/api/v1/rooms", f"/api/v1/rooms/{room}/messages"):
        seen = other.get(path)
        assert seen.status_code == 200
        assert SECRET not in seen.text
    assert "hello Ann" in other.open(f"/r/{room}")
    assert SECRET in house.browser(house.people.wei).open(f"/r/{room}")


def test_private_message_cannot_be_named(house: House, room: str, other: Browser) -> None:
    """Its id opens nothing: no press, no save, no read mark, no page before it."""
    mine = house.browser(house.people.wei).get(f"/api/v1/rooms/{room}/messages").json()["messages"]
    private = next(message for message in mine if message["private"])
    path = f"/rooms/{room}/messages/{private['id']}"
    assert other.post(f"{path}/press", {"id": fresh(), "token": "mx"}).status_code == 404
    assert other.post(f"{path}/save", {"id": fresh()}).status_code == 404
    assert other.post(f"/rooms/{room}/read", {"message": private["id"]}).status_code == 404
    assert other.send(f"/r/{room}/save", message=private["id"], delivery=fresh()).status_code == 404
    assert SECRET not in other.get(f"/r/{room}?before={private['id']}").text


def test_customer_of_another_team_is_not_there(house: House, room: str, other: Browser) -> None:
    """Page, sidebar, API and completion know nothing of it, bound or not."""
    wei = house.browser(house.people.wei)
    wei.open("/")
    customer = wei.get(f"/api/v1/rooms/{room}/messages").json()["messages"][-1]["customer"]
    wei.say(room, f"/bind {SECRET}")
    assert customer
    for path in (f"/c/{customer}", f"/sidebar/customer/{customer}", f"/api/v1/customers/{customer}"):
        assert other.get(path).status_code == 404
    for path in (f"/r/{room}", f"/r/{room}?customer={customer}", f"/sidebar/room/{room}?customer={customer}"):
        assert SECRET not in other.get(path).text
    offered = other.get(f"/api/v1/rooms/{room}/completions", params={"line": "visit velvet"}).text
    assert SECRET not in offered


def test_others_buttons_do_not_work(house: House, room: str, other: Browser) -> None:
    """A token that was somebody else's is worth nothing, also on a message that one sees."""
    wei = house.browser(house.people.wei)
    wei.open("/")
    mine = wei.get(f"/api/v1/rooms/{room}/messages").json()["messages"]
    card = next(message for message in mine if message["cards"])
    talk = next(message for message in mine if message["text"] == "hello Ann")
    stolen = {**talk, "html": card["html"]}
    answer = other.press(stolen, "Edit")
    assert "not yours to press" in answer.text
    assert SECRET not in answer.text


def test_room_of_others_is_not_there(house: House, other: Browser) -> None:
    """Who is not in a room can do nothing there, and does not learn that it exists."""
    people = house.people
    closed = house.group(people.wei, people.max, title="Closed").id
    assert other.get(f"/r/{closed}").status_code == 404
    assert other.get(f"/api/v1/rooms/{closed}/messages").status_code == 404
    assert other.post(f"/rooms/{closed}/messages", {"id": fresh(), "text": "x"}).status_code == 404
    assert other.get(f"/api/v1/rooms/{closed}/completions").status_code == 404
    assert "Closed" not in other.get("/api/v1/rooms").text


def test_another_workspace_is_another_world(house: House, room: str) -> None:
    """A member elsewhere, though an administrator, reaches nothing, and takes nobody from here into a room."""
    eve = house.browser(house.people.eve)
    page = eve.open("/")
    assert "Elsewhere" in page
    assert "Wei Chen" not in page
    assert eve.get(f"/r/{room}").status_code == 404
    assert eve.post(f"/rooms/{room}/messages", {"id": fresh(), "text": "x"}).status_code == 404
    made = eve.post("/rooms", {"title": "Trap", "members": [house.people.wei.id]}).json()
    assert made["people"] == ""
    assert "Trap" not in house.browser(house.people.wei).get("/api/v1/rooms").text


def test_stream_tells_each_their_own(house: House, room: str) -> None:
    """Live, too, a private answer reaches the page of its member and no other."""
    people = house.people
    with Stream(house, people.ann) as ann, Stream(house, people.eve) as eve, Stream(house, people.wei) as wei_sees:
        wei = house.browser(people.wei)
        wei.open("/")
        wei.say(room, f"/360 {SECRET}")
        wei.say(room, "that is all")
        told = [event["text"] for event in ann.messages(until="that is all")]
        assert SECRET in wei_sees.text(until="that is all")
        assert SECRET not in ann.raw
        assert told[-1] == "that is all"
        assert eve.messages() == []


def test_removed_member_hears_nothing_more(house: House, room: str) -> None:
    """A stream ends with the session."""
    people = house.people
    with Stream(house, people.ann) as ann:
        house.clock.move(days=15)
        wei = house.browser(people.wei)
        wei.open("/")
        wei.say(room, "after the end")
        ann.wait_for_end()
        assert "after the end" not in ann.raw
