"""An answer reaches its reader or is tried again; it never turns up where others read along."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from cards.model import Card, Text
from commands.model import Audience, Incoming, Reply
from commands.sending import Sent
from tests.adapters.slack.standin import Channel, Fault
from tests.adapters.slack.world import LIN, ROOM, TEAM, WEI, World

pytestmark = pytest.mark.anyio
PRIVATE = Reply(cards=(Card(summary="for your eyes", blocks=(Text(text="for your eyes only"),)),))
PUBLIC = Reply(cards=PRIVATE.cards, audience=Audience.ROOM)


def _incoming(world: World, **changes: Any) -> Incoming:
    where = {"at": world.clock.now().timestamp(), "url": world.slack.response_url(ROOM, WEI)}
    given: dict[str, Any] = {"conversation": ROOM, "user": WEI, "reply_to": where} | changes
    return Incoming(platform="slack", tenant=TEAM, delivery="1", **given)


def _without_url(world: World, **changes: Any) -> Incoming:
    return _incoming(world, reply_to={"at": world.clock.now().timestamp()}, **changes)


@pytest.mark.parametrize("where", ["response_url", "chat.postEphemeral"])
@pytest.mark.parametrize(
    ("fault", "after"),
    [
        (Fault(status=429, error="ratelimited", headers={"Retry-After": "17"}), timedelta(seconds=17)),
        (Fault(status=429, error="ratelimited"), timedelta(seconds=30)),
        (Fault(status=500, text="oops"), None),
        (Fault(status=503, error="service_unavailable"), None),
        (Fault(error="internal_error", status=500), None),
    ],
)
async def test_a_busy_slack_is_asked_again(world: World, where: str, fault: Fault, after: timedelta | None) -> None:
    """Rate limits are waited for as long as Slack asks, other trouble as the road decides; nothing goes elsewhere."""
    incoming = _incoming(world) if where == "response_url" else _without_url(world)
    world.slack.fail(where, fault)
    sending = await world.adapter.send(incoming, PRIVATE, "key")
    assert (sending.sent, sending.after) == (Sent.RETRY, after)
    assert world.slack.calls == [where]
    assert (await world.adapter.send(incoming, PRIVATE, "key")).sent is Sent.DELIVERED


async def test_a_rate_limit_is_waited_for_and_then_answered(world: World) -> None:
    """End to end: the answer is a job that goes out when Slack allows it, not before."""
    world.slack.fail("response_url", Fault(status=429, error="ratelimited", headers={"Retry-After": "60"}))
    await world.command("visit Northwind: wants a demo")
    assert world.slack.posted == []
    world.clock.move(seconds=59)
    assert await world.road.work_off() == 0
    world.clock.move(seconds=2)
    assert await world.road.work_off() == 1
    assert world.slack.last.to == WEI
    assert world.count("activities") == 1


async def test_a_slack_that_does_not_answer_is_asked_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Silence is neither a yes nor a no."""

    async def silent(*_: object, **__: object) -> None:
        raise TimeoutError

    with monkeypatch.context() as patched:
        patched.setattr("aiohttp.ClientSession._request", silent)
        sending = await world.adapter.send(_incoming(world), PRIVATE, "key")
        by_api = await world.adapter.send(_without_url(world), PRIVATE, "key")
    assert (sending.sent, by_api.sent) == (Sent.RETRY, Sent.RETRY)


@pytest.mark.parametrize("minutes", [0, 31])
async def test_a_used_up_response_url_is_gone_round(world: World, minutes: int) -> None:
    """After five uses, or half an hour, the answer goes as an ephemeral message to the same person."""
    incoming = _incoming(world)
    for url in world.slack.urls.values():
        url.uses = 5
    world.clock.move(minutes=minutes)
    assert (await world.adapter.send(incoming, PRIVATE, "key")).sent is Sent.DELIVERED
    assert world.slack.calls == ["response_url"] * (minutes == 0) + ["chat.postEphemeral"]
    assert world.slack.last.to == WEI


@pytest.mark.parametrize(
    "channel",
    [Channel(with_bot=False), Channel(archived=True), Channel(members=[LIN]), None],
    ids=["without the bot", "archived", "the asker has left", "unknown"],
)
async def test_where_kith_may_not_speak_it_speaks_to_the_person(world: World, channel: Channel | None) -> None:
    """A private answer that has no way into the conversation goes to the person's own chat, never to the room."""
    world.slack.channels.pop(ROOM)
    if channel:
        world.slack.channels[ROOM] = channel
    sending = await world.adapter.send(_without_url(world), PRIVATE, "key")
    assert sending.sent is Sent.DELIVERED
    assert (world.slack.last.channel, len(world.slack.posted)) == (WEI, 1)
    assert world.slack.seen_by_all(ROOM) == []


async def test_what_cannot_be_shown_to_the_room_is_told_to_the_asker(world: World) -> None:
    """The room's message is given up, and the asker learns why and what to do; nobody else does."""
    world.slack.channels[ROOM].with_bot = False
    sending = await world.adapter.send(_without_url(world), PUBLIC, "key")
    assert (sending.sent, sending.reason) == (Sent.GONE, "not_in_channel")
    assert (world.slack.last.channel, "/invite" in world.slack.last.words) == (WEI, True)
    assert world.slack.seen_by_all(ROOM) == []


@pytest.mark.parametrize("reason", ["token_revoked", "account_inactive", "invalid_auth"])
async def test_a_token_taken_back_is_the_end(world: World, reason: str) -> None:
    """Without a token nobody is reached, and nothing is tried again."""
    world.slack.fail("chat.postEphemeral", Fault(error=reason))
    sending = await world.adapter.send(_without_url(world), PRIVATE, "key")
    assert (sending.sent, sending.reason, world.slack.calls) == (Sent.GONE, reason, ["chat.postEphemeral"])


async def test_nowhere_is_gone(world: World) -> None:
    """A response_url that has expired, a closed channel and nobody at home: the answer is given up."""
    incoming = _incoming(world, user="U0GONE0001")
    world.slack.urls.clear()
    world.slack.channels.clear()
    sending = await world.adapter.send(incoming, PRIVATE, "key")
    assert (sending.sent, sending.reason) == (Sent.GONE, "channel_not_found")
    assert world.slack.calls == ["response_url", "chat.postEphemeral", "chat.postMessage"]


@pytest.mark.parametrize(
    "url",
    [
        "https://hooks.slack.com.evil.example/actions/1",
        "https://evil.example/?x=hooks.slack.com",
        "https://hooks.slack.com@evil.example/1",
        "https://hooks.slack.com:8443/1",
        "https://someone@hooks.slack.com/1",
        "http://127.0.0.1@evil.example/1",
        "https://127.0.0.1/1",
        "http://hooks.slack.com/1",
        "http://169.254.169.254/latest/meta-data",
        "http://localhost:1/",
        "file:///etc/passwd",
        "//hooks.slack.com/1",
        "http://[::1",
        "nonsense",
    ],
)
async def test_no_payload_makes_kith_call_anybody_else(world: World, url: str) -> None:
    """A response_url that leads elsewhere is not followed; the answer takes the next way."""
    incoming = _incoming(world, reply_to={"at": world.clock.now().timestamp(), "url": url})
    assert not world.adapter._api.may_post_to(url)
    assert (await world.adapter.send(incoming, PRIVATE, "key")).sent is Sent.DELIVERED
    assert world.slack.calls == ["chat.postEphemeral"]


async def test_slacks_own_addresses_are_followed(world: World) -> None:
    """Slack's host and the configured one are where answers go."""
    assert world.adapter._api.may_post_to("https://hooks.slack.com/actions/T1/1/x")
    assert world.adapter._api.may_post_to(world.slack.response_url(ROOM, WEI))


async def test_a_redirect_is_not_followed(world: World) -> None:
    """An answer that leads elsewhere is a failure."""
    world.slack.fail("response_url", Fault(status=307, headers={"Location": "http://127.0.0.1:1/"}))
    assert (await world.adapter.send(_incoming(world), PRIVATE, "key")).sent is Sent.DELIVERED
    assert world.slack.calls == ["response_url", "chat.postEphemeral"]


@pytest.mark.parametrize("where", ["response_url", "chat.postEphemeral"])
async def test_what_slack_cannot_draw_is_said_in_words(world: World, where: str) -> None:
    """A card that Slack refuses still tells what happened."""
    incoming = _incoming(world) if where == "response_url" else _without_url(world)
    world.slack.fail(where, Fault(status=400 if where == "response_url" else 200, error="invalid_blocks"))
    assert (await world.adapter.send(incoming, PRIVATE, "key")).sent is Sent.DELIVERED
    assert (world.slack.last.text, world.slack.last.blocks, world.slack.last.to) == ("for your eyes", [], WEI)


async def test_several_cards_are_one_message(world: World) -> None:
    """A reply of two cards is sent at once, or not at all."""
    reply = Reply(cards=PRIVATE.cards * 2)
    await world.adapter.send(_incoming(world), reply, "key")
    assert len(world.slack.posted) == 1
    assert world.slack.last.words.count("for your eyes only") == 2


async def test_a_reply_with_nothing_in_it_is_delivered(world: World) -> None:
    """There is nothing to say, and nothing is said."""
    assert (await world.adapter.send(_incoming(world), Reply(), "key")).sent is Sent.DELIVERED
    assert world.slack.calls == []


async def test_nothing_private_is_in_the_room(world: World) -> None:
    """Over a whole conversation with every kind of trouble, the room has read what was shared and nothing else."""
    troubles = ("channel_not_found", "not_in_channel", "ratelimited", "invalid_blocks", "expired_url")
    for trouble in troubles:
        for where in ("response_url", "chat.postEphemeral"):
            world.slack.fail(where, Fault(error=trouble, status=404 if where == "response_url" else 200))
            await world.adapter.send(_incoming(world), PRIVATE, "key")
            await world.adapter.send(_without_url(world), PRIVATE, "key")
    await asyncio.gather(*(world.command(f"visit Northwind: wants demo {number}") for number in range(5)))
    await world.command("share Northwind")
    assert [one.text for one in world.slack.seen_by_all(ROOM)] == ["Wei shared Northwind"]
