"""Groups: what is private never reaches the room, and nobody has to wonder where their answer went."""

import pytest

from bots.emulators.telegram.client import Account
from bots.emulators.telegram.model import BotApiError
from tests.adapters.telegram.process import ANA, FORUM, GROUP, STRANGER, TOPIC, WEI, Kith, Starting
from tests.adapters.telegram.stand_in import StandIn

pytestmark = pytest.mark.anyio


async def test_answer_goes_to_the_asker_alone(kith: Kith, wei: Account, server: StandIn) -> None:
    """A command in a group is answered in the private chat; the group gets nothing at all."""
    await kith.brought(wei.says("/360 Globex", chat=GROUP))
    assert server.said(GROUP) == []
    assert "Globex" in server.last(WEI).text


async def test_receipt_goes_to_the_asker_alone(kith: Kith, wei: Account, server: StandIn) -> None:
    """So does the receipt of what was written."""
    await kith.brought(wei.says("/visit Globex: they want 30万", chat=GROUP))
    assert server.said(GROUP) == []
    assert "Visit logged" in server.last(WEI).text


@pytest.mark.parametrize("line", ["/360 Globex", "/visit Globex: they want 30万", "/new_deal", "/settings"])
async def test_whom_the_bot_may_not_write_to_is_told_in_one_line(
    kith: Kith, wei: Account, server: StandIn, line: str
) -> None:
    """Somebody who never opened a chat with the bot gets a line that tells nothing, with a button to open one."""
    server.chats[WEI].started = False
    await kith.brought(wei.says(line, chat=GROUP))
    (told,) = server.said(GROUP)
    assert told.text == "This answer is for you alone. Open a chat with me to read it."
    assert told.buttons == [{"text": "Open the private chat", "url": "https://t.me/kith_test_bot?start=open"}]
    assert server.said(WEI) == []


@pytest.mark.parametrize(
    ("line", "words"),
    [("/360 Globex", "021-5550100"), ("/visit Globex: hello", "Visit logged"), ("/new_deal", "New deal")],
)
async def test_answer_waits_for_the_chat_to_be_opened(
    kith: Kith, wei: Account, server: StandIn, line: str, words: str
) -> None:
    """Behind that button the answer is there, once."""
    server.chats[WEI].started = False
    await kith.brought(wei.says(line, chat=GROUP))
    server.chats[WEI].started = True
    opened = wei.says("/start open")
    await kith.brought(opened)
    await kith.brought(opened)
    assert [words in message.text for message in server.said(WEI)] == [True]
    await kith.brought(wei.says("/start"))
    assert "Hello, Wei" in server.last(WEI).text


async def test_telegram_that_knows_no_such_person_counts_as_not_opened(
    kith: Kith, wei: Account, server: StandIn
) -> None:
    """For somebody it never met Telegram says "chat not found"; that is answered in the same way."""
    del server.chats[WEI]
    await kith.brought(wei.says("/360 Globex", chat=GROUP))
    assert server.last(GROUP).labels == ["Open the private chat"]


async def test_stranger_in_a_group_learns_nothing_there(kith: Kith, stranger: Account, server: StandIn) -> None:
    """Who is not known is told so in private, or asked to open the chat."""
    await kith.brought(stranger.says("/360 Globex", chat=GROUP))
    assert server.said(GROUP) == []
    assert "We have not met yet" in server.last(STRANGER).text


async def test_shared_card_is_for_the_room(kith: Kith, wei: Account, server: StandIn) -> None:
    """What is shared goes to the group, as an answer to who asked, without numbers or people."""
    await kith.brought(wei.says("/share Globex", chat=GROUP))
    card = server.last(GROUP)
    assert "Globex" in card.text
    assert "021-5550100" not in card.text
    assert card.answers is not None
    assert server.said(WEI) == []


async def test_topic_of_a_forum_is_kept(kith: Kith, wei: Account, server: StandIn) -> None:
    """In a forum the answer stands in the topic it was asked in."""
    await kith.brought(wei.says("/share Globex", chat=FORUM, thread=TOPIC))
    assert server.last(FORUM).thread == TOPIC


async def test_each_topic_is_a_conversation_of_its_own(kith: Kith, wei: Account, server: StandIn) -> None:
    """A topic can be bound to a customer without the rest of the forum being so."""
    await kith.brought(wei.says("/bind Globex", chat=FORUM, thread=TOPIC))
    await kith.brought(wei.says("/360", chat=FORUM, thread=TOPIC))
    assert "Globex" in server.last(WEI).text
    await kith.brought(wei.says("/360", chat=FORUM))
    assert server.last(WEI).text.startswith("Hello, Wei")


async def test_press_in_a_group_is_answered_at_the_button(
    kith: Kith, ana: Account, wei: Account, server: StandIn
) -> None:
    """Pressing a shared card's button sends the card in private, and the press itself says so to who pressed."""
    await kith.brought(wei.says("/share Globex", chat=GROUP))
    shared = server.last(GROUP)
    before = shared.text
    await kith.brought(ana.presses(shared, "Open for me"))
    assert "Globex" in server.last(ANA).text
    assert (shared.text, len(server.said(GROUP))) == (before, 1)
    (answered,) = server.answered.values()
    assert answered["text"] == "这个答复只给你一个人看：我发在私聊里了。"


async def test_refusal_in_a_group_is_said_at_the_button(
    kith: Kith, wei: Account, stranger: Account, server: StandIn
) -> None:
    """Who may not press is told so at the button, and nobody else is bothered."""
    await kith.brought(wei.says("/share Globex", chat=GROUP))
    await kith.brought(stranger.presses(server.last(GROUP), "Open for me"))
    (answered,) = server.answered.values()
    assert answered["show_alert"] is True
    assert answered["text"]
    assert server.said(STRANGER) == []


async def test_form_from_a_group_is_filled_in_in_private(kith: Kith, wei: Account, server: StandIn) -> None:
    """A form opened in a group is asked in the private chat, and still knows what the group is bound to."""
    await kith.brought(wei.says("/bind Globex", chat=GROUP))
    await kith.brought(wei.says("/new_contact", chat=GROUP))
    question = server.last(WEI)
    assert question.text.startswith("New contact")
    question = await kith.said(wei, "Globex") if "Customer" in question.text.splitlines()[-1] else question
    question = await kith.said(wei, "Jo Park")
    receipt = await kith.pressed(wei, question, "Save")
    assert kith.count("contacts") == 1
    assert "Jo Park" in receipt.text
    assert server.said(GROUP) == []


async def test_group_that_became_a_supergroup_is_followed(kith: Kith, wei: Account, server: StandIn) -> None:
    """Telegram names a group's new number when it is asked about the old one."""
    moved = BotApiError(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=FORUM)
    server.faults["sendMessage"] = [moved]
    await kith.brought(wei.says("/share Globex", chat=GROUP))
    assert "Globex" in server.last(FORUM).text


async def test_waiting_answer_survives_a_restart(kith: Kith, wei: Account, server: StandIn, start: Starting) -> None:
    """What waits for somebody is on disk."""
    server.chats[WEI].started = False
    await kith.brought(wei.says("/visit Globex: hello", chat=GROUP))
    await kith.stop()
    server.chats[WEI].started = True
    again = await start()
    assert "Visit logged" in (await again.said(wei, "/start open")).text
