"""Forms as dialogs, typeahead, the message extension, and messages that are saved."""

import pytest

from bots.emulators.teams.cards import Json, walked, words_of
from bots.emulators.teams.model import ROOM
from bots.emulators.teams.rules import bytes_of, faults
from tests.adapters.teams.teams_hands import pressed
from tests.adapters.teams.world import MEI, SAM, WEI, World

pytestmark = pytest.mark.anyio


def _card(value: Json) -> Json:
    card: Json = value["card"]["content"]
    assert not faults(card)
    return card


def _filled(value: Json, **answers: str) -> Json:
    """The dialog's fields as they are sent, with answers by the fields' labels (blanks as underscores)."""
    card, data = _card(value), {}
    for one in walked(card):
        if one["type"].startswith("Input."):
            name = one["label"].lower().replace(" ", "_")
            data[one["id"]] = answers.pop(name, one.get("value", ""))
    assert not answers, f"no such fields: {answers}"
    (submit,) = card["actions"]
    return {"data": submit["data"] | data}


async def test_form_in_a_dialog(world: World) -> None:
    """A form is a button; its dialog is filled in with what is known, and what it does comes as a message."""
    asked = await world.say("new customer")
    value = await world.opened(asked)
    body = await world.invoked("task/submit", _filled(value, name="Polar Foods"))
    assert body == {}
    assert "Polar Foods" in world.last().text


async def test_errors_at_the_fields(world: World) -> None:
    """A form that cannot be taken stays open with everything in it, and says what is wrong where it is wrong."""
    asked = await world.say("new customer")
    value = await world.opened(asked)
    body = await world.invoked("task/submit", _filled(value, name="", industry="ice"))
    again = body["task"]["value"]
    assert body["task"]["type"] == "continue"
    said = words_of(_card(again))
    assert any(words.startswith("❌") for words in said)
    kept = [one.get("value") for one in walked(_card(again)) if one["type"].startswith("Input.")]
    assert "ice" in kept
    assert await world.invoked("task/submit", _filled(again, name="Polar Foods")) == {}
    assert "Polar Foods" in world.last().text


async def test_sent_twice(world: World, sqlite_url: str) -> None:
    """Teams sends a dialog again when its answer is lost; it is done once."""
    value = await world.opened(await world.say("new customer"))
    sent = world.invoke("task/submit", _filled(value, name="Polar Foods"))
    before = world.count(sqlite_url.removeprefix("sqlite:///"), "customers")
    for _ in range(3):
        assert (await world.post(sent)).status_code == 200
    assert world.count(sqlite_url.removeprefix("sqlite:///"), "customers") == before + 1


async def test_another_ones_form(world: World) -> None:
    """A form opens for the one person it was made for."""
    asked = await world.say("new customer")
    action = pressed(asked.card, "Fill in…")
    body = await world.invoked("task/fetch", {"data": action["data"]}, MEI)
    assert body["task"]["type"] == "message"
    submitted = await world.invoked("task/submit", {"data": action["data"] | {"in0": "x"}}, MEI)
    assert submitted["task"]["type"] == "message"


@pytest.mark.parametrize("value", [{}, {"data": None}, {"data": "x"}, {"data": {"form": ["x"]}}])
async def test_no_form(world: World, value: Json) -> None:
    """A dialog of no form says that it is gone."""
    for name in ("task/fetch", "task/submit"):
        assert (await world.invoked(name, value))["task"]["type"] == "message"


async def test_form_in_a_room_is_answered_privately(world: World) -> None:
    """A form asked for in a room, and what became of it, is for the asker's eyes."""
    asked = await world.say("new customer", room=True)
    assert asked.to == WEI
    value = await world.opened(asked)
    await world.invoked("task/submit", _filled(value, name="Polar Foods"), room=True)
    assert "Polar Foods" in world.last().text
    assert not world.teams.seen_in(ROOM)


async def test_press_that_asks(world: World) -> None:
    """A press that needs more gives a button to the dialog."""
    receipt = await world.say("visit Northwind: wants a demo")
    await world.pressed(receipt, "Plan the next step")
    value = await world.opened(world.last())
    known = [one["value"] for one in walked(_card(value)) if one["type"] == "Input.ChoiceSet" and "value" in one]
    assert known
    assert "Northwind" in "\n".join(words_of(_card(value)))


async def test_typeahead(world: World) -> None:
    """An input offers at most fifteen customers, or members, while somebody types."""
    customers = await world.invoked("application/search", {"queryText": "acm", "dataset": "customer"})
    results = customers["value"]["results"]
    assert {one["title"] for one in results} == {"Acme Industries", "Acme Travel"}
    assert customers["type"] == "application/vnd.microsoft.search.searchResponse"
    members = await world.invoked("application/search", {"queryText": "me", "dataset": "member"})
    assert [one["title"] for one in members["value"]["results"]] == ["Mei (@mei)"]


async def test_typeahead_tells_strangers_nothing(world: World) -> None:
    """Whoever Kith does not know is offered nothing."""
    body = await world.invoked("application/search", {"queryText": "acm", "dataset": "customer"}, SAM)
    assert body["value"]["results"] == []


def _query(text: str) -> Json:
    return {"commandId": "find", "parameters": [{"name": "name", "value": text}], "queryOptions": {"count": 15}}


async def test_message_extension_finds(world: World) -> None:
    """The message extension lists customers; what it would post has nothing but name, industry and region."""
    body = await world.invoked("composeExtension/query", _query("acme"))
    attachments = body["composeExtension"]["attachments"]
    assert {one["preview"]["content"]["title"] for one in attachments} == {"Acme Industries", "Acme Travel"}
    for one in attachments:
        assert bytes_of(one) < 28 * 1024
        assert len(words_of(one["content"])) == 2


async def test_message_extension_knows_no_strangers(world: World) -> None:
    """Whoever Kith does not know is told how to be known."""
    body = await world.invoked("composeExtension/query", _query("acme"), SAM)
    assert body["composeExtension"]["type"] == "message"


_POINTED = {
    "commandId": "save",
    "messagePayload": {
        "id": "1",
        "createdDateTime": "2026-03-08T10:00:00.000Z",
        "linkToMessage": "https://teams.microsoft.com/l/message/19:x/1",
        "from": {"user": {"id": "u", "displayName": "Lena Ortiz"}},
        "body": {"contentType": "html", "content": "<p>They want <b>blue</b> &amp; cheap</p><p>by May</p>"},
    },
}


async def test_message_is_saved(world: World) -> None:
    """A message is saved to the customer that the dialog asks for, with who said it."""
    body = await world.invoked("composeExtension/fetchTask", _POINTED, room=True)
    value = body["task"]["value"]
    kept = [one.get("value") for one in walked(_card(value)) if one["type"] == "Input.Text"]
    assert "Lena Ortiz: They want blue & cheap\nby May" in kept
    search = await world.invoked("application/search", {"queryText": "north", "dataset": "customer"})
    (northwind,) = search["value"]["results"]
    sent = await world.invoked("composeExtension/submitAction", _filled(value, customer=northwind["value"]), room=True)
    assert sent == {}
    assert "They want blue & cheap" in world.last().text
    assert "Lena Ortiz" in (await world.say("timeline Northwind")).text
    assert not world.teams.seen_in(ROOM)


async def test_unknown_invoke(world: World) -> None:
    """What Kith does not know of is said not to be known."""
    answer = await world.post(world.invoke("config/fetch", {}))
    assert answer.status_code == 501


@pytest.mark.parametrize("value", [None, [], "x", {"action": "x"}, {"action": {"data": []}}])
async def test_empty_press(world: World, value: object) -> None:
    """A press of nothing is answered, and nothing breaks."""
    answer = await world.post(world.activity("invoke", name="adaptiveCard/action", value=value))
    assert answer.status_code == 200
