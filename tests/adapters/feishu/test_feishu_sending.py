"""How answers and notices reach Feishu: tokens, limits, what is gone, and what is tried again."""

import asyncio
from typing import Any

import pytest

from cards.model import Card, Heading, Text
from commands.model import Audience, Incoming, Reply
from commands.sending import Address, Sent
from core.members.model import Identity
from tests.adapters.feishu.standin import broken, refusing
from tests.adapters.feishu.world import LIN, ROOM, TENANT, WEI, World, open_id, running

pytestmark = pytest.mark.anyio
PERSON = Address.of_person(Identity("feishu", TENANT, WEI))
PLACE = Address(platform="feishu", tenant=TENANT, conversation=ROOM)


def reply(text: str = "Hello", **more: Any) -> Reply:
    """An answer of one line."""
    return Reply(cards=(Card(summary=text, blocks=(Heading(text=text), Text(text="more"))),), **more)


def incoming(**more: Any) -> Incoming:
    """A line typed in the group."""
    given = {"user": WEI, "conversation": ROOM, "reply_to": {"chat": ROOM, "open": open_id(WEI), "message": "om_x"}}
    return Incoming(platform="feishu", tenant=TENANT, delivery="d", **{**given, **more})


async def test_token_is_fetched_once(world: World) -> None:
    """Ten at a time share one token; it is fetched anew shortly before it ends."""
    await asyncio.gather(*(world.adapter.tell(PERSON, reply(), f"k{n}", "") for n in range(10)))
    assert world.feishu.fetched == 1
    world.clock.forward(minutes=116)  # type: ignore[attr-defined] # the test's clock
    await world.adapter.tell(PERSON, reply(), "later", "")
    assert world.feishu.fetched == 2


async def test_revoked_token_is_replaced_once(world: World) -> None:
    """A token that is over too early is fetched anew, and the call made again; twice refused it is left for later."""
    await world.adapter.tell(PERSON, reply(), "one", "")
    world.feishu.revoke()
    assert (await world.adapter.tell(PERSON, reply(), "two", "")).sent is Sent.DELIVERED
    assert world.feishu.fetched == 2
    world.feishu.fail("send", refusing(99991663), refusing(99991663))
    assert (await world.adapter.tell(PERSON, reply(), "three", "")).sent is Sent.RETRY


async def test_wrong_secret_waits(sqlite_url: str) -> None:
    """Nothing is lost while the secret is wrong: everything waits until somebody has mended it."""
    async with running(sqlite_url, app_secret="wrong") as world:
        sending = await world.adapter.tell(PERSON, reply(), "k", "")
        assert (sending.sent, sending.everywhere) == (Sent.RETRY, True)
        assert sending.reason == "no_token_10014"


async def test_same_key_is_sent_once(world: World) -> None:
    """An answer sent twice, because the first confirmation was lost, is there once."""
    first = await world.adapter.tell(PERSON, reply(), "key", "")
    again = await world.adapter.tell(PERSON, reply(), "key", "")
    assert first.ref == again.ref
    assert len(world.feishu.posted) == 1


@pytest.mark.parametrize(
    ("fault", "sent", "after", "everywhere"),
    [
        (refusing(230020), Sent.RETRY, 1, False),
        (refusing(99991400, status=429, headers={"x-ogw-ratelimit-reset": "52"}), Sent.RETRY, 52, False),
        (refusing(99991400, headers={"x-ogw-ratelimit-reset": "7"}), Sent.RETRY, 7, True),
        (refusing(230049), Sent.RETRY, None, False),
        (broken(502), Sent.RETRY, None, False),
        (broken(404), Sent.RETRY, None, False),
        (refusing(230013), Sent.GONE, None, False),
        (refusing(230053), Sent.GONE, None, False),
        (refusing(230002), Sent.GONE, None, False),
        (refusing(99991672), Sent.GONE, None, False),
    ],
)
async def test_refusals(world: World, fault: Any, sent: Sent, after: int | None, everywhere: bool) -> None:  # noqa: FBT001 - a table
    """Too fast is a pause, something broken another try, a person or group that is closed to Kith is given up."""
    world.feishu.fail("send", fault)
    sending = await world.adapter.tell(PERSON, reply(), "k", "")
    assert (sending.sent, sending.everywhere) == (sent, everywhere)
    assert (sending.after.total_seconds() if sending.after else None) == after
    assert world.feishu.posted == []


async def test_undrawable_card_is_said_plainly(world: World) -> None:
    """A card that Feishu refuses to draw becomes its one line."""
    world.feishu.fail("send", refusing(230099))
    assert (await world.adapter.tell(PLACE, reply("Hello"), "k", "")).sent is Sent.DELIVERED
    assert world.feishu.posted[0].words == "Hello"


async def test_notice_is_changed_in_place(world: World) -> None:
    """With a reference the card takes the old one's place; when that is gone, or too old, it is a new message."""
    first = await world.adapter.tell(PLACE, reply("one"), "k1", "")
    second = await world.adapter.tell(PLACE, reply("two"), "k2", first.ref)
    assert second.ref == first.ref
    assert [one.words.split("\n")[0] for one in world.feishu.posted] == ["two"]
    world.clock.forward(days=15)  # type: ignore[attr-defined] # the test's clock
    third = await world.adapter.tell(PLACE, reply("three"), "k3", first.ref)
    world.feishu.posted[-1].recalled = True
    fourth = await world.adapter.tell(PLACE, reply("four"), "k4", third.ref)
    assert len({first.ref, third.ref, fourth.ref}) == 3


async def test_change_waits_its_turn(world: World) -> None:
    """A change that is too fast is made later, not posted beside the old card."""
    first = await world.adapter.tell(PLACE, reply("one"), "k1", "")
    world.feishu.fail("update", refusing(230020))
    assert (await world.adapter.tell(PLACE, reply("two"), "k2", first.ref)).sent is Sent.RETRY
    assert len(world.feishu.posted) == 1


async def test_whisper_that_waits_stays_private(world: World) -> None:
    """While Feishu is down a private answer waits; it does not go another way."""
    world.feishu.fail("whisper", broken(502))
    sending = await world.adapter.send(incoming(), reply(), "k")
    assert sending.sent is Sent.RETRY
    assert world.feishu.posted == []


async def test_private_answer_has_no_way_into_the_room(world: World) -> None:
    """Whatever Feishu refuses, a private answer is never read by the room."""
    for faults in ((), (refusing(18053),), (refusing(11246),)):
        world.feishu.fail("whisper", *faults)
        await world.adapter.send(incoming(), reply("secret"), f"k{len(faults)}{faults}")
    assert all("secret" not in one.words for one in world.feishu.seen(LIN, ROOM))


async def test_room_answer_is_seen_by_all(world: World) -> None:
    """An answer for the room is one message in it."""
    await world.adapter.send(incoming(), reply("for all", audience=Audience.ROOM), "k")
    assert world.feishu.seen(LIN, ROOM)[0].words.startswith("for all")


async def test_several_cards_are_one_message(world: World) -> None:
    """Feishu has one card a message: several stand below one another in it."""
    both = Reply(cards=(*reply("one").cards, *reply("two").cards))
    await world.adapter.send(incoming(direct=True), both, "k")
    assert [one for one in world.feishu.posted[0].words.split("\n") if one != "more"] == ["one", "two"]


async def test_nothing_is_nothing(world: World) -> None:
    """An empty answer is delivered by saying nothing."""
    assert (await world.adapter.send(incoming(), Reply(), "k")).sent is Sent.DELIVERED
    assert world.feishu.calls == []


async def test_pace(world: World) -> None:
    """Five messages a second in each chat."""
    assert world.adapter.pace(ROOM).total_seconds() == 0.2


async def test_readers(world: World) -> None:
    """Everybody in a group, over several pages; of more than 200, or when Feishu does not tell, nobody."""
    assert await world.adapter.people_in(incoming()) == (WEI, LIN)
    world.feishu.chats[ROOM].members = [f"on_{n}" for n in range(150)]
    assert len(await world.adapter.people_in(incoming())) == 150
    world.feishu.chats[ROOM].members = [f"on_{n}" for n in range(201)]
    assert await world.adapter.people_in(incoming()) == ()
    world.feishu.fail("members", refusing(232011))
    assert await world.adapter.people_in(incoming()) == ()
    assert await world.adapter.people_in(incoming(conversation="")) == ()


async def test_profile_is_remembered(world: World) -> None:
    """A person is asked about once in ten minutes, a refusal once a minute."""
    assert await world.adapter.verified_email(incoming(user=LIN)) == "lin@kith.example"
    assert await world.adapter.verified_email(incoming(user=LIN)) == "lin@kith.example"
    assert world.feishu.calls.count("user") == 1
    world.feishu.fail("user", refusing(41050))
    assert await world.adapter.verified_email(incoming(user=WEI)) == ""
    world.clock.forward(minutes=2)  # type: ignore[attr-defined] # the test's clock
    assert await world.adapter.verified_email(incoming(user=WEI)) == "wei@kith.example"


async def test_crash_between_acknowledgement_and_answer(sqlite_url: str) -> None:
    """What was acknowledged is done and answered by the next process."""
    async with running(sqlite_url) as world:
        body = world.message(WEI, "visit Northwind: saw the line")
        world.feishu.fail("send", broken(502))
        await world.post(body)
        assert await world.count("activities") == 1
        other = World(world.database, world.clock, world.feishu)
        for _ in range(3):
            world.clock.forward(minutes=1)  # type: ignore[attr-defined] # the test's clock
            await other.road.work_off()
            await other.settle()
        assert "Visit logged" in world.newest(WEI).words
        assert len(world.feishu.seen(WEI, world.feishu.own_chat(WEI))) == 1
        await other.close()
