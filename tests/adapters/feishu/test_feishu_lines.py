"""What people type in Feishu, and what they see."""

import json

import pytest

from bots.emulators.feishu.model import Chat
from bots.emulators.feishu.server import BOT
from tests.adapters.feishu.standin import broken, refusing
from tests.adapters.feishu.world import LIN, ROOM, TENANT, TOPICS, WEI, World, open_id

pytestmark = pytest.mark.anyio
STRANGER = "on_sam"


async def test_look_up(world: World) -> None:
    """A name alone shows the customer, in the private chat, for nobody to forward."""
    shown = await world.says(WEI, "Northwind")
    assert shown.chat == world.feishu.own_chat(WEI)
    assert "Northwind" in shown.words
    assert shown.card["config"]["enable_forward"] is False
    assert "Log visit" in shown.labels


async def test_visit_and_undo(world: World) -> None:
    """A visit is a receipt with its reading; undo stands in the receipt's place, and says so in a toast."""
    receipt = await world.says(WEI, "visit Northwind: saw the line, send quote next Tue 3pm")
    assert "Visit logged" in receipt.words
    assert "Tue 17 Mar 15:00" in receipt.words
    assert await world.count("activities") == 1
    told = await world.presses(WEI, receipt, "Undo")
    assert told["toast"] == {"type": "success", "content": "Undone"}
    assert "Activity taken back" in world.newest(WEI).words
    assert world.newest(WEI).id == receipt.id


async def test_chinese(world: World) -> None:
    """A Chinese line is answered in Chinese to who has no language of their own, and read as Chinese."""
    receipt = await world.says(WEI, "拜访 远航科技 谈二期报价 下周三跟进")
    assert await world.count("tasks") == 1
    assert "谈二期报价" in receipt.words


async def test_slash_is_understood(world: World) -> None:
    """/crm before a line changes nothing."""
    assert "Northwind" in (await world.says(WEI, "/crm Northwind")).words


async def test_ambiguous_name_and_choice(world: World) -> None:
    """Two customers of a name are asked about; the choice runs the line."""
    asked = await world.says(WEI, "visit Acme: hello")
    assert "Acme East" in asked.words
    assert await world.count("activities") == 0
    await world.presses(WEI, asked, "This one")
    assert await world.count("activities") == 1


async def test_group_hears_mentions_only(world: World) -> None:
    """In a group what is said to others is nobody's business, whoever else is mentioned."""
    lin = {"key": "@_user_7", "id": {"open_id": open_id(LIN), "union_id": LIN}, "name": "Lin"}
    for said in (
        world.message(WEI, "visit Northwind: x", chat=ROOM),
        world.message(WEI, "@_user_7 visit Northwind: x", chat=ROOM, mentions=[lin]),
    ):
        assert (await world.post(said)).status_code == 200
    assert await world.count("activities") == 0
    assert world.feishu.posted == []


async def test_answer_in_a_group_is_private(world: World) -> None:
    """A mention in a group is answered there, for the asker's eyes alone."""
    shown = await world.says(WEI, "@Kith Northwind", chat=ROOM)
    assert shown.to == open_id(WEI)
    assert world.feishu.seen(LIN, ROOM) == []


async def test_topic_group_falls_back(world: World) -> None:
    """Where no message can be for one person, the answer goes to their own chat, and one line says only that."""
    await world.post(world.message(WEI, "@Kith Northwind", chat=TOPICS, thread_id="omt_1"))
    assert "Northwind" in world.newest(WEI).words
    (line,) = world.feishu.seen(LIN, TOPICS)
    assert line.words == "This answer is for you alone: it is in our private chat."
    assert line.thread == "omt_1"


async def test_whom_kith_may_not_write_to(world: World) -> None:
    """Where the private chat is closed too, the room learns how to open it, and nothing else."""
    world.feishu.blocked.add(WEI)
    await world.post(world.message(WEI, "@Kith Northwind", chat=TOPICS))
    (line,) = world.feishu.seen(LIN, TOPICS)
    assert "administrator" in line.words
    assert "Northwind" not in line.words


async def test_stranger_is_welcomed(world: World) -> None:
    """Who is in no workspace learns how to get in, and nothing of what they asked for."""
    world.feishu.person(STRANGER, open_id(STRANGER), name="Sam")
    shown = await world.says(STRANGER, "Northwind")
    assert "Northwind" not in shown.words
    assert await world.count("activities") == 0


async def test_member_is_known_by_address(world: World) -> None:
    """The company's directory vouches for an address; its member is recognised and answered at once."""
    shown = await world.says(LIN, "Northwind")
    assert "Northwind" in shown.words
    assert "user" in world.feishu.calls


async def test_who_left_is_not_vouched_for(world: World) -> None:
    """The address of a frozen account opens nothing."""
    world.feishu.people[LIN]["status"] = {"is_activated": True, "is_frozen": True}
    assert "Owner" not in (await world.says(LIN, "Northwind")).words


async def test_directory_out_of_reach(world: World) -> None:
    """Where the app may not read addresses, people are strangers until they link themselves."""
    world.feishu.fail("user", refusing(99991672))
    assert "Owner" not in (await world.says(LIN, "Northwind")).words


async def test_member_mentioned_is_typed_by_handle(world: World) -> None:
    """A colleague mentioned in a line is who gets the task."""
    await world.says(LIN, "help")
    lin = {"key": "@_user_7", "id": {"open_id": open_id(LIN), "union_id": LIN}, "name": "Lin Chen"}
    shown = await world.says(WEI, "task Northwind: send quote tomorrow @_user_7", mentions=[lin])
    assert "For: Lin" in shown.words


async def test_message_is_saved(world: World) -> None:
    """A reply to somebody's message that mentions Kith with "save" saves what that message says, with its author."""
    lin = world.message(LIN, "Northwind wants 40 pumps", chat=ROOM)["event"]["message"]
    form = await world.says(WEI, "@Kith save", chat=ROOM, parent_id=lin["message_id"])
    assert form.to == open_id(WEI)
    assert "Northwind wants 40 pumps" in form.words
    told = await world.fills(WEI, form, {"customer": "Northwind"})
    assert told["toast"]["type"] == "success"
    assert await world.count("activities") == 1


async def test_save_of_a_message_that_is_gone(world: World) -> None:
    """Where the message cannot be read, Kith asks for the words instead."""
    shown = await world.says(WEI, "@Kith save", chat=ROOM, parent_id="om_gone")
    assert shown.words
    assert await world.count("activities") == 0


async def test_pictures_are_not_read(world: World) -> None:
    """A picture is answered with what to type, a post is read like a text."""
    picture = await world.says(WEI, "", message_type="image", content='{"image_key":"img_1"}')
    assert picture.words == "I read text only. Type a customer's name, or /help."
    post = {"title": "", "content": [[{"tag": "text", "text": "North"}, {"tag": "text", "text": "wind"}]]}
    shown = await world.says(WEI, "", message_type="post", content=json.dumps(post))
    assert "Owner" in shown.words


async def test_bots_are_not_heard(world: World) -> None:
    """What a bot says is nobody's command."""
    said = world.message(WEI, "visit Northwind: x")
    said["event"]["sender"]["sender_type"] = "app"
    await world.post(said)
    assert await world.count("activities") == 0


async def test_bot_menu_runs_lines(world: World) -> None:
    """An entry of the bot's menu is a command line, answered in the private chat."""
    ids = {"union_id": WEI, "open_id": open_id(WEI), "user_id": None}
    event = {
        "operator": {"operator_name": "Wei", "operator_id": ids},
        "event_key": "Northwind",
        "timestamp": 1669364458,
    }
    assert (await world.post(world.event("application.bot.menu_v6", event))).status_code == 200
    assert "Owner" in world.newest(WEI).words


async def test_bot_that_does_not_know_itself(world: World) -> None:
    """While Feishu does not tell who the bot is, a group's message is asked for again rather than lost or guessed."""
    world.feishu.fail("bot", broken(502))
    said = world.message(WEI, "@Kith visit Northwind: x", chat=ROOM)
    assert (await world.post(said)).status_code == 503
    assert (await world.again()).status_code == 200
    assert await world.count("activities") == 1


async def test_company_is_tied_to_the_only_workspace(world: World) -> None:
    """The first event ties the company, so that its addresses count."""
    await world.says(WEI, "Northwind")
    tied = await world.database.read(lambda work: work.members.workspace_of_tenant("feishu", TENANT))
    assert tied is not None


async def test_share_is_filtered_and_seen_by_all(world: World) -> None:
    """Sharing a customer in a group asks who reads along, and everybody sees the card, which goes on showing the
    present.
    """
    shown = await world.says(WEI, "@Kith Northwind", chat=ROOM)
    await world.presses(WEI, shown, "Share")
    assert "members" in world.feishu.calls
    (shared,) = world.feishu.seen(LIN, ROOM)
    assert shared.to == ""
    assert "Northwind" in shared.words


async def test_room_that_kith_was_removed_from(world: World) -> None:
    """What cannot be posted is said to the asker alone."""
    shown = await world.says(WEI, "@Kith Northwind", chat=ROOM)
    world.feishu.chats[ROOM] = Chat("group", [WEI, LIN], with_bot=False)
    await world.presses(WEI, shown, "Share")
    assert world.feishu.seen(LIN, ROOM) == []
    assert "may not speak" in world.newest(WEI).words
    assert BOT not in world.newest(WEI).words
