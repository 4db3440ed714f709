"""Slash commands: answered on the acknowledgement, for the asker alone, and what they write is carried out once."""

import pytest

from bots.emulators.mattermost.server import BOT
from tests.adapters.mattermost.mattermost_world import LIN, OTHER, ROOM, SAM, WEI, Office

pytestmark = pytest.mark.anyio


async def test_look_up_rides_on_the_answer(world: Office) -> None:
    """A name alone is answered there and then, for nobody but who asked, and Kith calls nobody for it."""
    answer = await world.people.command(WEI, ROOM, "Northwind")
    assert answer["response_type"] == "ephemeral"
    assert "Northwind" in world.people.last(WEI).text
    assert world.people.in_channel(ROOM) == []
    assert world.listening.calls == []


async def test_visit_and_undo(world: Office) -> None:
    """A visit is acknowledged with nothing, logged, told to the asker alone, and taken back by a press."""
    answer = await world.people.command(WEI, ROOM, "visit Northwind: saw the line, send the quote Friday")
    assert answer == {}
    await world.settle()
    receipt = world.people.last(WEI)
    assert "Northwind" in receipt.text
    assert (world.count("activities"), world.count("tasks")) == (1, 1)
    undone = await world.press("Undo")
    assert "undone" in undone.text.lower()
    assert world.people.in_channel(ROOM) == []


async def test_short_commands(world: Office) -> None:
    """``/visit`` says what ``/crm visit`` says."""
    await world.say("Northwind: saw it", command="/visit")
    assert world.count("activities") == 1


async def test_ambiguous_name_is_chosen(world: Office) -> None:
    """A name that fits two is asked back with a button for each, and pressing one goes on with what was typed."""
    asked = await world.say("visit Acme: demo")
    assert world.count("activities") == 0
    assert asked.labels == ["This one", "This one"]
    chosen = await world.press("This one")
    assert "Acme Foods" in chosen.text
    assert world.count("activities") == 1


async def test_second_copy_does_nothing(world: Office) -> None:
    """The same command brought twice is acknowledged twice and done once."""
    fields = world.people.typed(WEI, ROOM, "visit Northwind: saw it")
    for _ in range(2):
        assert await world.people.send_command(fields) == {}
        await world.settle()
    assert (world.count("activities"), len(world.server.seen_by(WEI))) == (1, 1)


async def test_direct_channel_keeps_its_answers(world: Office) -> None:
    """In the channel of Kith and one person an answer is a post of the bot's, which stays and can be changed."""
    channel = world.server.direct(WEI)
    shown = await world.say("Northwind", channel=channel)
    assert (shown.user, shown.to, shown.channel) == (BOT, "", channel)


async def test_direct_channel_of_two_people_is_a_room(world: Office) -> None:
    """Between two people an answer is for the asker alone: the other one reads along."""
    channel = world.server.direct(WEI, LIN)
    shown = await world.say("Northwind", channel=channel)
    assert shown.to == WEI


async def test_shared_to_the_room(world: Office) -> None:
    """Sharing posts the card as Kith for everybody; before that nobody else saw it."""
    await world.say("Northwind")
    await world.press("Share")
    (shared,) = world.people.in_channel(ROOM)
    assert shared.user == BOT
    assert "Northwind" in shared.text


async def test_sharing_where_kith_is_not(world: Office) -> None:
    """In a channel that Kith is not in, sharing goes through the command's own address, or says what to do."""
    await world.say("Northwind", channel=OTHER)
    await world.press("Share")
    assert len(world.people.in_channel(OTHER)) == 1
    world.clock.forward(minutes=31)
    await world.say("Northwind", channel=OTHER)
    world.clock.forward(minutes=31)
    told = await world.press("Share")
    assert "/invite @Kith" in told.text
    assert len(world.people.in_channel(OTHER)) == 1


async def test_member_known_by_confirmed_address(world: Office) -> None:
    """Somebody whose address the server confirmed is the member with that address, and reads their own language."""
    world.server.bot_is_admin = True
    shown = await world.say("Northwind", user=LIN)
    assert "Northwind" in shown.text
    assert world.count("identities") == 2


async def test_unconfirmed_address_ties_nobody(world: Office) -> None:
    """A bot that is no administrator is not told whether an address was confirmed: its owner is a stranger."""
    shown = await world.say("Northwind", user=LIN)
    assert "Northwind" not in shown.text
    assert world.count("identities") == 1
    assert any("\u4e00" <= letter <= "\u9fff" for letter in shown.text)


async def test_stranger_is_welcomed(world: Office) -> None:
    """Whose address is nobody's here is told how to connect, and learns nothing."""
    world.server.bot_is_admin = True
    shown = await world.say("Northwind", user=SAM)
    assert "link" in shown.text
    assert shown.to == SAM


async def test_mentioned_member_is_known(world: Office) -> None:
    """``@lin.chen`` is who Kith knows as ``@lin``."""
    world.server.bot_is_admin = True
    await world.say("tasks", user=LIN)
    shown = await world.say("task Northwind: send the quote Friday @lin.chen")
    assert world.count("tasks") == 1
    assert "Lin" in shown.text


async def test_heard_by_an_outgoing_webhook(world: Office) -> None:
    """What begins with an outgoing webhook's word is answered in private: its own answer would be for everybody."""
    fields = world.people.typed(WEI, ROOM, "kith Northwind") | {"trigger_word": "kith", "post_id": "p" * 26}
    assert await world.people.send_command(fields) == {}
    await world.settle()
    assert world.people.in_channel(ROOM) == []
    assert "Northwind" in world.people.last(WEI).text


async def test_room_can_be_bound(world: Office) -> None:
    """A channel bound to a customer shows it to a bare ``/crm``."""
    await world.say("bind Northwind")
    shown = await world.say("")
    assert "Northwind" in shown.text


@pytest.mark.parametrize("line", ["help", "tasks", "deals", "whoami", "timeline Northwind", "客户 远航科技"])
async def test_every_answer_is_a_post(world: Office, line: str) -> None:
    """The stand-in judges every post; answers of many kinds pass."""
    assert (await world.say(line)).text
