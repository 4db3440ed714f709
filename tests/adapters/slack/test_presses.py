"""Buttons and menus: acknowledged at once, answered where only the presser sees it."""

import pytest

from tests.adapters.slack.standin import Posted
from tests.adapters.slack.world import DIRECT, LIN, ROOM, TEAM, WEI, World, recorded

pytestmark = pytest.mark.anyio


async def _logged(world: World) -> Posted:
    await world.command("visit Northwind: wants a demo")
    return world.slack.last


async def test_undo_takes_the_receipts_place(world: World) -> None:
    """The press is acknowledged with nothing, and the message that was pressed says what became of it."""
    receipt = await _logged(world)
    answer = await world.interact(world.press(receipt.token_of("Undo")))
    assert (answer.status_code, answer.content) == (200, b"")
    assert (world.slack.last.replaced, world.slack.last.to) == (True, WEI)
    assert "taken back" in world.slack.last.words


async def test_a_new_answer_is_a_new_message(world: World) -> None:
    """What does not replace comes beside it, for the presser alone."""
    shown = (await world.command("Northwind")).json()
    card = Posted(ROOM, shown["text"], shown["blocks"])
    await world.interact(world.press(card.token_of("Timeline")))
    assert world.slack.last.to == WEI
    assert "Northwind" in world.slack.last.words


async def test_the_same_press_twice_is_done_once(world: World) -> None:
    """Slack's second try at a press finds it done."""
    press = world.press((await _logged(world)).token_of("Undo"))
    await world.interact(press)
    posted = len(world.slack.posted)
    again = await world.interact(press)
    assert (again.status_code, len(world.slack.posted)) == (200, posted)


async def test_a_shared_card_is_never_replaced_by_a_private_one(world: World) -> None:
    """Pressed under a message that everybody sees, the private answer stands beside it and leaves it alone."""
    await world.command("share Northwind")
    shared = world.slack.seen_by_all(ROOM)[0]
    await world.interact(world.press(shared.token_of("Open for me"), own=False))
    assert (world.slack.last.to, world.slack.last.replaced) == (WEI, False)
    assert world.slack.seen_by_all(ROOM) == [shared]


async def test_who_presses_a_shared_card_sees_their_own(world: World) -> None:
    """A colleague opens the shared card as themselves, and alone."""
    await world.command("share Northwind")
    shared = world.slack.seen_by_all(ROOM)[0]
    await world.interact(world.press(shared.token_of("Open for me"), own=False, user=LIN))
    assert world.slack.last.to == LIN


async def test_anothers_button_does_nothing(world: World) -> None:
    """A token that leaked to a colleague opens nothing and undoes nothing."""
    token = (await _logged(world)).token_of("Undo")
    await world.interact(world.press(token, user=LIN))
    assert (world.slack.last.to, world.count("activities")) == (LIN, 1)
    assert "not yours" in world.slack.last.words


@pytest.mark.parametrize("token", ["", "nonsense", "m" * 64, "d" * 64, "☃"])
async def test_a_strange_token_is_refused(world: World, token: str) -> None:
    """Whatever stands where a token should, Slack is acknowledged and nothing happens."""
    answer = await world.interact(world.press(token))
    assert answer.status_code == 200
    assert world.count("activities") == 0


async def test_a_link_needs_only_an_acknowledgement(world: World) -> None:
    """A button that opens a page tells Kith too, and there is nothing to do."""
    answer = await world.interact(world.press("", action="open-2"))
    assert (answer.status_code, world.slack.calls, world.count("deliveries")) == (200, [], 0)


async def test_a_menu_is_chosen_from(world: World) -> None:
    """An option carries its token as a button does."""
    token = (await _logged(world)).token_of("Undo")
    payload = recorded("block_actions_menu", response_url=world.slack.response_url(ROOM, WEI))
    payload["actions"][0]["selected_option"]["value"] = token
    await world.interact(payload)
    assert "taken back" in world.slack.last.words


async def test_in_ones_own_chat_the_answer_stays(world: World) -> None:
    """In the chat with Kith alone an answer is a message that lasts, and a replacement replaces."""
    said = recorded("message_im", event_id="EvA")
    said["event"]["text"] = "visit Northwind: wants a demo"
    await world.event(said)
    receipt = world.slack.last
    await world.interact(world.press(receipt.token_of("Undo"), channel=DIRECT, own=False))
    assert (world.slack.last.channel, world.slack.last.to, world.slack.last.replaced) == (DIRECT, "", True)


async def test_between_two_people_nothing_private_shows(world: World) -> None:
    """A direct message between two people looks like the own chat by its id, but somebody else reads along."""
    await world.command("share Northwind", channel="D0WEILIN01")
    shared = world.slack.seen_by_all("D0WEILIN01")[0]
    await world.interact(world.press(shared.token_of("Open for me"), channel="D0WEILIN01", own=False))
    assert world.slack.last.to == WEI
    assert world.slack.seen_by_all("D0WEILIN01") == [shared]


async def test_an_organisations_press_has_a_home(world: World) -> None:
    """An installation for a whole organisation sends no workspace; the enterprise stands in its place."""
    payload = world.press("mtoken") | {"team": None, "enterprise": {"id": "E0ORG00001", "name": "Org"}}
    await world.interact(payload)
    assert world.slack.last.to == WEI
    assert TEAM not in world.slack.last.words
