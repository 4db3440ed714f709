"""Answers find their way: in place, by the command's own address, to the private channel; kept while it is blocked."""

from datetime import timedelta

import pytest

from bots.emulators.mattermost.server import BOT
from commands.model import Audience, Incoming, Reply
from commands.sending import Address, Sent
from core.conversations.model import Place
from tests.adapters.mattermost.mattermost_world import LIN, OTHER, ROOM, WEI, Office
from tests.cards.renderers.examples import customer, receipt
from tests.emulated import Fault

pytestmark = pytest.mark.anyio
POSTS, PRIVATELY = "POST /api/v4/posts", "POST /api/v4/posts/ephemeral"


async def test_page_is_turned_in_place(world: Office) -> None:
    """In the private channel a list pages in its own post, on the acknowledgement of the press."""
    channel = world.server.direct(WEI)
    for number in range(12):
        await world.say(f"task Northwind: job {number} Friday", channel=channel)
        world.clock.forward(minutes=1)
    listed = await world.say("tasks", channel=channel)
    posts = len(world.server.posts)
    label = next(each for each in listed.labels if "Next" in each or "→" in each or "More" in each)
    before = listed.text
    answer = await world.people.press(WEI, label, listed)
    assert "update" in answer
    assert (len(world.server.posts), listed.edits, listed.text != before) == (posts, 1, True)


async def test_receipt_takes_the_place(world: Office) -> None:
    """What a press in the private channel writes is told in the post that was pressed, where it asks for that."""
    channel = world.server.direct(WEI)
    asked = await world.say("visit Acme: demo", channel=channel)
    await world.press("This one", post=asked)
    assert world.count("activities") == 1
    assert "logged" in "\n".join(one.text for one in world.people.in_channel(channel))


async def test_private_message_is_not_changed(world: Office) -> None:
    """A message that one person alone sees is not kept by the server: the answer is a new one, through the hook."""
    asked = await world.say("visit Acme: demo")
    assert asked.to == WEI
    told = await world.press("This one", post=asked)
    assert (told.to, told.id != asked.id) == (WEI, True)


async def test_private_answer_at_the_spot(world: Office) -> None:
    """Where the bot may show posts to one person, it does, and the command's own address is not used up."""
    world.server.bot_is_admin = True
    told = await world.say("visit Northwind: saw it")
    assert (told.user, told.to, told.channel) == (BOT, WEI, ROOM)
    assert not any(hook.uses for hook in world.server.hooks.values())


async def test_forbidden_is_remembered(world: Office) -> None:
    """Where the bot may not, that is asked once an hour."""
    for _ in range(3):
        await world.say("visit Northwind: saw it")
        world.clock.forward(minutes=1)
    assert world.listening.calls.count(PRIVATELY) == 1


async def test_used_up_address_leads_to_the_private_channel(world: Office) -> None:
    """After five answers, or half an hour, a private answer goes to the private channel and never to the room."""
    asked = await world.say("visit Acme: demo")
    world.clock.forward(minutes=31)
    told = await world.press("This one", post=asked)
    assert (told.channel, told.to) == (world.server.direct(WEI), "")
    assert world.people.in_channel(ROOM) == []


async def test_thread_is_kept(world: Office) -> None:
    """What is asked in a thread is answered there."""
    root = world.people.said(LIN, ROOM, "they wrote")
    await world.say("Northwind", root=root.id)
    await world.press("Share")
    (_, shared) = world.people.in_channel(ROOM)
    assert shared.root == root.id


async def test_too_fast_pauses_everything(world: Office) -> None:
    """A 429 pauses as long as the server says, everywhere, and then the answer goes out once."""
    channel = world.server.direct(WEI)
    world.listening.fail(POSTS, Fault(429, headers={"Retry-After": "20"}))
    await world.people.command(WEI, channel, "visit Northwind: saw it")
    await world.settle()
    assert (world.count("activities"), world.people.in_channel(channel)) == (1, [])
    await world.work_off(seconds=10)
    assert world.people.in_channel(channel) == []
    await world.work_off(seconds=30)
    assert len(world.people.in_channel(channel)) == 1


async def test_sending_tells_what_failed(world: Office) -> None:
    """Busy and down are to be tried again, a revoked token after a while; a channel that is gone is gone."""
    place = Address(platform="mattermost", conversation=ROOM)
    reply = Reply(cards=(receipt(),), audience=Audience.ROOM)
    cases = [
        (Fault(429, headers={"Retry-After": "7"}), Sent.RETRY, timedelta(seconds=7)),
        (Fault(500), Sent.RETRY, None),
        (Fault(401), Sent.RETRY, timedelta(minutes=5)),
        (Fault(403), Sent.GONE, None),
        (Fault(404), Sent.GONE, None),
    ]
    for fault, sent, after in cases:
        world.listening.fail(POSTS, fault)
        sending = await world.adapter.tell(place, reply, f"key {fault.status}", "")
        assert (sending.sent, sending.after) == (sent, after)
        assert sending.everywhere is (after is not None)


async def test_server_that_is_down(world: Office) -> None:
    """While the server cannot be reached nothing is lost: the answer is kept, and goes out when it is back."""
    channel = world.server.direct(WEI)
    world.listening.fail(POSTS, Fault(502), Fault(502))
    await world.people.command(WEI, channel, "visit Northwind: saw it")
    await world.settle()
    assert world.people.in_channel(channel) == []
    await world.work_off()
    await world.work_off(minutes=20)
    assert len(world.people.in_channel(channel)) == 1


async def test_same_key_is_one_post(world: Office) -> None:
    """An answer whose acknowledgement was lost is not posted again within half a minute."""
    place = Address(platform="mattermost", conversation=ROOM)
    refs = [(await world.adapter.tell(place, Reply(cards=(receipt(),)), "one key", "")).ref for _ in range(2)]
    assert refs[0] == refs[1]
    assert len(world.people.in_channel(ROOM)) == 1


async def test_told_and_changed(world: Office) -> None:
    """What nobody asked for goes to the private channel or a room; with its reference it is changed there."""
    person = Address(platform="mattermost", user=LIN)
    first = await world.adapter.tell(person, Reply(cards=(receipt(),)), "k1", "")
    post = world.server.posts[first.ref]
    assert post.channel == world.server.direct(LIN)
    again = await world.adapter.tell(person, Reply(cards=(customer(),)), "k2", first.ref)
    assert (again.ref, post.edits) == (first.ref, 1)
    assert "Blue Harbor" in post.text
    gone = await world.adapter.tell(person, Reply(cards=(receipt(),)), "k3", "q" * 26)
    assert world.server.posts[gone.ref].channel == post.channel


async def test_told_buttons_are_bound(world: Office) -> None:
    """A button told to one person cannot be pressed by another, wherever it was put."""
    person = Address(platform="mattermost", user=LIN)
    told = await world.adapter.tell(person, Reply(cards=(customer(),)), "k1", "")
    post = world.server.posts[told.ref]
    request = world.people.request(WEI, post, post.labels[0])
    assert (await world.http.post("/mattermost/action", json=request)).status_code == 401


async def test_what_cannot_be_drawn_is_said(world: Office) -> None:
    """A post that the server would not take as it is goes out in plain words."""
    world.listening.fail(POSTS, Fault(400))
    sending = await world.adapter.tell(
        Address.of_place(Place("mattermost", "", ROOM)), Reply(cards=(customer(),)), "k", ""
    )
    assert world.server.posts[sending.ref].text == "Blue Harbor Foods"


async def test_archived_channel_is_gone(world: Office) -> None:
    """Nothing more is said in a channel that was archived."""
    world.server.channels[ROOM].archived = True
    sending = await world.adapter.tell(
        Address(platform="mattermost", conversation=ROOM), Reply(cards=(receipt(),)), "k", ""
    )
    assert sending.sent is Sent.GONE


async def test_who_reads_along(world: Office) -> None:
    """Everybody in a channel but Kith; nobody known where Kith is not, or when they are too many."""
    asked = Incoming(platform="mattermost", user=WEI, conversation=ROOM, delivery="1")
    assert len(await world.adapter.people_in(asked)) == 3
    world.server.channels[ROOM].members |= {f"{number:026}" for number in range(300)}
    assert await world.adapter.people_in(asked) == ()
    elsewhere = Incoming(platform="mattermost", user=WEI, conversation=OTHER, delivery="1")
    assert await world.adapter.people_in(elsewhere) == ()


async def test_pace(world: Office) -> None:
    """Ten a second."""
    assert world.adapter.pace(ROOM) == timedelta(milliseconds=100)


async def test_reminder_comes_by_itself(world: Office) -> None:
    """A task reminds its assignee in the private channel, and the message says what became of it."""
    await world.say("task Northwind: send the quote tomorrow 3pm")
    await world.work_off()
    await world.work_off(days=1, hours=4, minutes=40)
    reminded = world.people.in_channel(world.server.direct(WEI))
    assert any("send the quote" in one.text for one in reminded)
    await world.press("Done", post=reminded[-1])
    await world.work_off(minutes=1)
    assert reminded[-1].edits


async def test_delivery_of_a_dead_process(world: Office) -> None:
    """What was acknowledged is on disk: a process that dies is taken over when its lease has ended."""
    await world.people.command(WEI, ROOM, "visit Northwind: saw it")
    for task in list(world.road._background._running):
        task.cancel()
    await world.settle()
    await world.work_off(minutes=5)
    assert world.count("activities") == 1
    assert len(world.server.seen_by(WEI)) == 1
