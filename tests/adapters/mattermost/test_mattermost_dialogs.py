"""Dialogs: opened at once, filled in with what is known, mended at their fields, and found again when too late."""

import pytest

from tests.adapters.mattermost.mattermost_world import ROOM, WEI, Office, running
from tests.emulated import Fault

pytestmark = pytest.mark.anyio
OPEN = "POST /api/v4/actions/dialogs/open"


async def test_form_is_filled_in(world: Office) -> None:
    """A bare verb opens its form; what is filled in is done once, and the receipt is for the asker alone."""
    await world.people.command(WEI, ROOM, "new customer")
    await world.settle()
    shown = world.server.dialog_of(WEI)
    assert shown.dialog["title"] == "New customer"
    before = world.count("customers")
    sent = await world.submit({"name": "Blue Harbor"})
    assert world.count("customers") == before + 1
    assert ("Blue Harbor" in sent.text, sent.to) == (True, WEI)


async def test_dialog_sent_twice_is_done_once(world: Office) -> None:
    """The same dialog brought twice does one thing."""
    await world.people.command(WEI, ROOM, "new customer")
    await world.settle()
    shown = world.server.dialog_of(WEI)
    before = world.count("customers")
    await world.submit({"name": "Blue Harbor"})
    again = await world.http.post("/mattermost/dialog", json=world.people.submission_of(shown, {"name": "Blue Harbor"}))
    await world.settle()
    assert (again.status_code, again.json()) == (200, {})
    assert world.count("customers") == before + 1


async def test_errors_stand_at_their_fields(world: Office) -> None:
    """A wrong field is told at that field, the dialog stays open, and mended it is taken."""
    await world.people.command(WEI, ROOM, "new deal Northwind")
    await world.settle()
    await world.people.send_in(WEI, {"name": "Cold chain", "amount": "lots"})
    shown = world.server.dialog_of(WEI)
    assert list(shown.errors) == ["amount"]
    assert world.count("deals") == 0
    await world.submit({"name": "Cold chain", "amount": "30万"})
    assert world.count("deals") == 1


async def test_customer_is_looked_up(world: Office) -> None:
    """A field for a customer offers what is found while one types; the one that was known already stays the same."""
    await world.people.command(WEI, ROOM, "visit Northwind")
    await world.settle()
    shown = world.server.dialog_of(WEI)
    assert shown.values["customer"] == "Northwind"
    items = await world.people.look_for(WEI, "customer", "acme")
    assert [each["text"] for each in items] == ["Acme Foods", "Acme Tools"]
    await world.submit({"text": "saw the new line"})
    assert world.count("activities") == 1


async def test_chosen_customer(world: Office) -> None:
    """What was chosen among what is offered comes back as it was offered."""
    await world.people.command(WEI, ROOM, "note")
    await world.settle()
    (first, _) = await world.people.look_for(WEI, "customer", "acme")
    noted = await world.submit({"customer": first["value"], "text": "likes blue"})
    assert "Acme Foods" in noted.text


async def test_members_are_offered(world: Office) -> None:
    """A field for a colleague offers colleagues; an address for anything else offers nothing."""
    await world.people.command(WEI, ROOM, "task Northwind")
    await world.settle()
    items = await world.people.look_for(WEI, "assignee", "li")
    assert [each["text"] for each in items] == ["Lin (@lin)"]
    sent = world.people.submission_of(world.server.dialog_of(WEI))
    assert (await world.http.post("/mattermost/lookup/other", json=sent)).json() == {"items": []}


async def test_form_that_was_not_opened(world: Office) -> None:
    """A form that the server would not open is kept: a button opens it, and the line to type instead stands there."""
    world.listening.fail(OPEN, Fault(400))
    card = await world.say("new customer")
    assert ("new customer" in card.text, card.labels) == (True, ["Fill in…"])
    await world.press("Fill in…")
    await world.submit({"name": "Blue Harbor"})
    assert "Blue Harbor" in world.people.last(WEI).text


async def test_old_server_has_plain_fields(sqlite_url: str) -> None:
    """A server before version 11 is not asked for what it does not know: names and dates are typed."""
    async with running(sqlite_url) as world:
        world.server.version = "9.11.2"
        world.adapter._bot.id = ""
        await world.adapter.start()
        await world.adapter.settle()
        await world.people.command(WEI, ROOM, "visit Northwind")
        await world.settle()
        kinds = {one["name"]: one["type"] for one in world.server.dialog_of(WEI).dialog["elements"]}
        assert kinds["customer"] == "text"
        assert "date" not in kinds.values()
        await world.submit({"text": "saw it"})
        assert world.count("activities") == 1


async def test_question_before_a_button_runs(world: Office) -> None:
    """A button that asks first asks in a dialog; nothing is done before it is answered with yes."""
    await world.say("new deal Northwind: Cold chain 30万")
    await world.say("deal Northwind")
    events = world.count("events")
    await world.press("Lost")
    asked = world.server.dialog_of(WEI).dialog
    assert (asked["title"], asked["introduction_text"], asked["elements"]) == ("Lost", "Mark this deal as lost?", [])
    assert world.count("events") == events
    lost = await world.submit()
    assert world.count("events") > events
    assert "Lost" in lost.text


async def test_question_without_a_dialog(world: Office) -> None:
    """Where no dialog opens, the question is a message with two buttons; no does nothing, yes does it."""
    await world.say("new deal Northwind: Cold chain 30万")
    await world.say("deal Northwind")
    events = world.count("events")
    for answer in ("Cancel", "Lost"):
        world.listening.fail(OPEN, Fault(400))
        deal = next(one for one in world.server.seen_by(WEI) if "Lost" in one.labels and len(one.labels) > 2)
        asked = await world.press("Lost", post=deal)
        assert (asked.text, asked.labels) == ("Mark this deal as lost?", ["Lost", "Cancel"])
        told = await world.press(answer, post=asked)
        assert (world.count("events") > events) is (answer == "Lost")
        assert ("Nothing was changed." in told.text) is (answer == "Cancel")


async def test_mistake_behind_a_question(world: Office) -> None:
    """What cannot be done after all is told in the dialog that asked, and nothing is done."""
    await world.say("new deal Northwind: Cold chain 30万")
    deal = await world.say("deal Northwind")
    world.clock.forward(days=14, hours=2)
    await world.press("Lost", post=deal)
    events = world.count("events")
    await world.people.send_in(WEI)
    assert "expired" in world.server.dialog_of(WEI).error
    assert world.count("events") == events


async def test_old_dialog(world: Office) -> None:
    """A dialog that was kept for more than a day is not taken, and offers nothing any more."""
    await world.people.command(WEI, ROOM, "note")
    await world.settle()
    sent = world.people.submission_of(world.server.dialog_of(WEI), {"customer": "Northwind", "text": "late"})
    world.clock.forward(hours=25)
    for path in ("/mattermost/dialog", "/mattermost/lookup/customer"):
        assert (await world.http.post(path, json=sent)).status_code == 401
    assert world.count("activities") == 0


async def test_server_that_was_down_at_the_start(sqlite_url: str) -> None:
    """Who Kith is there is asked again when it is needed, and no more than once a minute."""
    async with running(sqlite_url) as world:
        world.adapter._bot.id = ""
        world.listening.fail("GET /api/v4/config/client", Fault(503), Fault(503))
        channel = world.server.direct(WEI)
        for seconds in (1, 10):
            await world.people.command(WEI, channel, "Northwind")
            world.clock.forward(seconds=seconds)
        assert world.listening.calls.count("GET /api/v4/config/client") == 1
        assert world.people.last(WEI).to == WEI
        for _ in range(2):
            world.clock.forward(minutes=2)
            shown = await world.say("Northwind", channel=channel)
        assert shown.to == ""


async def test_cancelled_dialog(world: Office) -> None:
    """A dialog that was closed does nothing."""
    await world.people.command(WEI, ROOM, "new customer")
    await world.settle()
    sent = world.people.submission_of(world.server.dialog_of(WEI)) | {"cancelled": True}
    assert (await world.http.post("/mattermost/dialog", json=sent)).json() == {}
