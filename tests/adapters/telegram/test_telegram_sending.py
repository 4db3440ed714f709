"""Sending: what Telegram refuses, when it is tried again, and when it is given up."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from adapters.telegram.bot import connect
from adapters.telegram.config import TelegramConfig
from adapters.telegram.sender import Sender, Target
from bots.emulators.telegram.client import Account
from bots.emulators.telegram.model import BotApiError, bad, flood
from bots.emulators.telegram.rules import units
from bots.emulators.telegram.server import TOKEN
from cards.examples import examples
from cards.model import Card, Text
from cards.renderers.telegram import message
from commands.model import Reply
from commands.sending import Address, Sending, Sent
from tests.adapters.telegram.process import FORUM, GROUP, WEI, Kith, MovableClock
from tests.adapters.telegram.stand_in import StandIn

pytestmark = pytest.mark.anyio


class Seconds:
    """A clock that goes when told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """Seconds since the beginning."""
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
async def sender(server: StandIn, seconds: Seconds) -> AsyncIterator[Sender]:
    bot = connect(TelegramConfig(token=TOKEN, api_url=server.url))
    await bot.initialize()
    yield Sender(bot, seconds)
    await bot.shutdown()


def _card(text: str) -> dict[str, object]:
    return message(Card(summary="A card", blocks=(Text(text=text),)))


@pytest.mark.parametrize(
    ("fault", "sending"),
    [
        (flood(7), Sending(Sent.RETRY, after=timedelta(seconds=7), reason="flood")),
        (BotApiError(403, "Forbidden: bot was blocked by the user"), Sending(Sent.GONE, reason="forbidden")),
        (BotApiError(403, "Forbidden: bot was kicked from the group chat"), Sending(Sent.GONE, reason="forbidden")),
        (bad("chat not found"), Sending(Sent.GONE, reason="chat_gone")),
        (bad("TOPIC_CLOSED"), Sending(Sent.GONE, reason="chat_gone")),
        (bad("not enough rights to send text messages to the chat"), Sending(Sent.GONE, reason="chat_gone")),
        (BotApiError(500, "Internal Server Error"), Sending(Sent.RETRY, reason="network")),
        (BotApiError(401, "Unauthorized"), Sending(Sent.RETRY, reason="network")),
        ("broken", Sending(Sent.RETRY, reason="network")),
        ("gateway", Sending(Sent.RETRY, reason="network")),
    ],
)
async def test_refusal_is_tried_again_or_given_up(
    sender: Sender, server: StandIn, fault: BotApiError | str, sending: Sending
) -> None:
    """Told to wait or not reached: again. Blocked, kicked, gone: never again."""
    server.faults["sendMessage"] = [fault]
    assert await sender.deliver(Target(WEI), (_card("hello"),), "k") == sending


async def test_chat_is_left_alone_for_as_long_as_telegram_asks(
    sender: Sender, server: StandIn, seconds: Seconds
) -> None:
    """After a 429 nothing goes to that chat until the time is over; other chats are not held up."""
    server.faults["sendMessage"] = [flood(30)]
    await sender.deliver(Target(GROUP), (_card("one"),), "a")
    seconds.now += 10
    again = await sender.deliver(Target(GROUP), (_card("one"),), "a")
    assert again == Sending(Sent.RETRY, after=timedelta(seconds=20), reason="flood")
    assert (await sender.deliver(Target(WEI), (_card("two"),), "b")).sent is Sent.DELIVERED
    assert len(server.called("sendMessage")) == 2
    seconds.now += 21
    assert (await sender.deliver(Target(GROUP), (_card("one"),), "a")).sent is Sent.DELIVERED


async def test_several_messages_go_on_where_they_stopped(sender: Sender, server: StandIn) -> None:
    """When the second of three is refused for now, the next try does not send the first again."""
    payloads = [_card(text) for text in ("one", "two", "three")]
    server.faults["sendMessage"] = []
    first = await sender.deliver(Target(WEI), payloads[:1], "warm-up")
    assert first.sent is Sent.DELIVERED
    server.chats[WEI].messages.clear()
    await _fail_second(sender, server, payloads)
    assert [said.text for said in server.said(WEI)] == ["one"]
    assert (await sender.deliver(Target(WEI), payloads, "k")).sent is Sent.DELIVERED
    assert [said.text for said in server.said(WEI)] == ["one", "two", "three"]


async def _fail_second(sender: Sender, server: StandIn, payloads: list[dict[str, object]]) -> None:
    real = server._send_message

    def once(asked: dict[str, object]) -> dict[str, object]:
        sent = real(asked)
        server.faults["sendMessage"] = ["gateway"]
        return sent

    server._send_message = once  # type: ignore[method-assign] # for one call
    assert (await sender.deliver(Target(WEI), payloads, "k")).sent is Sent.RETRY
    server._send_message = real  # type: ignore[method-assign]


async def test_edit_without_a_change_is_fine(sender: Sender, server: StandIn) -> None:
    """An edit that Telegram refuses as "not modified" is success."""
    number = await sender.put(Target(WEI), _card("hello"))
    assert await sender.put(Target(WEI, edits=number), _card("hello")) == number
    assert len(server.said(WEI)) == 1


@pytest.mark.parametrize("gone", ["old", "deleted", "somebody else's"])
async def test_what_cannot_be_edited_is_sent_anew(sender: Sender, server: StandIn, gone: str) -> None:
    """A message too old to edit, deleted or not the bot's is followed by a new one."""
    number = await sender.put(Target(WEI), _card("hello"))
    if gone == "old":
        server.last(WEI).old = True
    elif gone == "deleted":
        del server.chats[WEI].messages[number]
    else:
        server.last(WEI).by_bot = False
    assert await sender.put(Target(WEI, edits=number), _card("news")) != number
    assert server.last(WEI).text == "news"


async def test_message_of_a_group_that_moved_is_sent_anew(sender: Sender, server: StandIn) -> None:
    """A group that became a supergroup keeps its old messages to itself; the edit becomes a new message there."""
    number = await sender.put(Target(GROUP), _card("hello"))
    moved = BotApiError(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=FORUM)
    server.faults = {"editMessageText": [moved], "sendMessage": [moved]}
    await sender.put(Target(GROUP, edits=number), _card("news"))
    assert server.last(FORUM).text == "news"


async def test_refused_decoration_leaves_the_words(sender: Sender, server: StandIn) -> None:
    """When Telegram objects to buttons or entities the text alone is sent rather than nothing."""
    payload = _card("hello") | {"reply_markup": {"inline_keyboard": [[{"text": "x", "url": "http://localhost/x"}]]}}
    assert (await sender.deliver(Target(WEI), (payload,), "k")).sent is Sent.DELIVERED
    assert server.last(WEI).text == "hello"


async def test_topic_that_is_gone_is_given_up(sender: Sender) -> None:
    """An answer for a deleted forum topic goes nowhere else."""
    assert (await sender.deliver(Target(FORUM, thread=99), (_card("x"),), "k")).sent is Sent.GONE


async def test_token_may_be_wrong_for_a_while(server: StandIn) -> None:
    """A revoked token can be mended; until then answers wait."""
    bot = connect(TelegramConfig(token="1:wrong", api_url=server.url))
    async with bot._request[1]:
        assert (await Sender(bot).deliver(Target(WEI), (_card("x"),), "k")).sent is Sent.RETRY


async def test_late_answers_to_presses_are_let_go(sender: Sender, server: StandIn) -> None:
    """A press whose query is too old is nobody's loss, and long words are cut to what Telegram shows."""
    await sender.answer("not-a-query", "x")
    server.open_queries.add("q")
    await sender.answer("q", "很" * 300)
    assert units(server.answered["q"]["text"]) == 200


@pytest.mark.parametrize("language", ["en", "zh_Hans"])
async def test_every_card_is_taken_by_telegram(
    sender: Sender, server: StandIn, clock: MovableClock, language: str
) -> None:
    """Each example card, in both languages, as the library's own objects, within Telegram's limits."""
    for name, card in examples(language).items():
        payload = message(card)
        clock.forward(seconds=1)  # no more than a message a second
        assert (await sender.deliver(Target(WEI), (payload,), name)).sent is Sent.DELIVERED, name
        assert server.last(WEI).text == payload["text"], name
        assert server.last(WEI).markup == payload.get("reply_markup", {}), name


async def test_answer_that_cannot_be_sent_now_is_sent_later(kith: Kith, wei: Account, server: StandIn) -> None:
    """A look-up whose answer met a 429 becomes a job, and its answer arrives once."""
    server.faults["sendMessage"] = [flood(20)]
    await kith.brought(wei.says("globex"))
    assert server.said(WEI) == []
    await kith.work_off()
    kith.adapter._sender._quiet_until.clear()
    await kith.work_off()
    assert [said.text.startswith("Globex") for said in server.said(WEI)] == [True]


async def test_receipt_that_cannot_be_sent_now_is_sent_later(kith: Kith, wei: Account, server: StandIn) -> None:
    """The visit is logged once, whatever becomes of its receipt."""
    server.faults["sendMessage"] = ["broken", "gateway"]
    await kith.brought(wei.says("/visit Globex: hello"))
    assert kith.count("activities") == 1
    for _ in range(3):
        await kith.work_off()
    assert ["Visit logged" in said.text for said in server.said(WEI)] == [True]
    assert kith.count("activities") == 1


async def test_process_that_takes_no_updates_can_send(kith: Kith, wei: Account, server: StandIn) -> None:
    """A worker beside the web process introduces itself to Telegram when it has its first answer to send."""
    assert await kith.bring(wei.says("/visit Globex: hello")) == 200
    await kith.crash()
    worker = Kith(f"sqlite:///{kith.path}", server, kith.clock)
    worker.clock.forward(minutes=1)
    server.faults["getMe"] = ["gateway"]
    for _ in range(3):
        await worker.road.work_off()
        worker.clock.forward(minutes=1)
    await worker.adapter.stop()
    await worker.database.close()  # type: ignore[attr-defined] # of the storage's own class
    assert ["Visit logged" in said.text for said in server.said(WEI)] == [True]


async def test_list_pages_in_place(kith: Kith, wei: Account, server: StandIn) -> None:
    """A pressed button whose answer takes the message's place edits it; nothing new appears."""
    for number in range(12):
        await kith.said(wei, f"/task Globex: call number {number} tomorrow")
        kith.clock.forward(minutes=1)
    first = await kith.said(wei, "/tasks")
    text, said = first.text, len(server.said(WEI))
    label = next(label for label in first.labels if "Next" in label or "›" in label or "→" in label or "▶" in label)
    await kith.pressed(wei, first, label)
    assert len(server.said(WEI)) == said
    assert first.text != text
    assert first.edits == 1


async def test_every_press_is_answered(kith: Kith, wei: Account, server: StandIn) -> None:
    """Whatever a button does, it stops waiting: a read, a write, a repeat, a forgery, a posted message's."""
    card = await kith.said(wei, "globex")
    updates = [wei.presses(card, label) for label in card.labels]
    forged = wei.presses(card, "Edit")
    forged["callback_query"]["data"] = "m" + "A" * 60
    posted = wei.presses(card, "Edit")
    posted["callback_query"] |= {"inline_message_id": "x"}
    del posted["callback_query"]["message"]
    for update in [*updates, forged, posted]:
        await kith.brought(update)
    assert server.open_queries == set()


async def test_undo_is_pressed_once(kith: Kith, wei: Account, server: StandIn) -> None:
    """A receipt's Undo takes the visit back; pressed again it says so."""
    receipt = await kith.said(wei, "/visit Globex: hello")
    await kith.pressed(wei, receipt, "Undo")
    assert "Nothing has happened here yet" in (await kith.said(wei, "globex")).text


async def test_said_by_itself_and_changed_in_place(kith: Kith, server: StandIn, wei: Account) -> None:
    """What nobody asked for goes into the private chat, and what takes its place is the same message."""
    await kith.said(wei, "/start")
    address = Address(platform="telegram", user=str(WEI))

    def reply(text: str) -> Reply:
        return Reply(cards=(Card(summary=text, blocks=(Text(text=text),)),))

    first = await kith.adapter.tell(address, reply("Call Tom"), "k1", "")
    assert (first.sent, server.last(WEI).text) == (Sent.DELIVERED, "Call Tom")
    count = len(server.said(WEI))
    again = await kith.adapter.tell(address, reply("Call Tom: done"), "k2", first.ref)
    assert (again.sent, again.ref) == (Sent.DELIVERED, first.ref)
    assert len(server.said(WEI)) == count
    assert server.last(WEI).text == "Call Tom: done"
    server.faults["sendMessage"] = [BotApiError(403, "Forbidden: bot was blocked by the user")]
    assert (await kith.adapter.tell(address, reply("x"), "k3", "")).sent is Sent.GONE
    assert kith.adapter.pace(str(GROUP)) > kith.adapter.pace(str(WEI))
