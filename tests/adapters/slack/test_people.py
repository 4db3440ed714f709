"""What Slack tells about people is waited for briefly, believed carefully and remembered."""

import asyncio
from typing import Any

import pytest

from adapters.slack import people
from commands.model import Incoming
from tests.adapters.slack.standin import Channel, Fault
from tests.adapters.slack.world import BOT, LIN, ROOM, TEAM, WEI, World, person

pytestmark = pytest.mark.anyio


def _by(user: str, conversation: str = ROOM) -> Incoming:
    return Incoming(platform="slack", tenant=TEAM, user=user, conversation=conversation, delivery="1")


@pytest.mark.parametrize(
    ("details", "email"),
    [
        ({}, "lin@kith.example"),
        ({"team_id": "T0OTHER001"}, ""),
        ({"team_id": "T0OTHER001", "enterprise_user": {"enterprise_id": "E1", "teams": [TEAM]}}, "lin@kith.example"),
        ({"is_email_confirmed": False}, ""),
        ({"is_stranger": True}, ""),
        ({"deleted": True}, ""),
        ({"is_bot": True}, ""),
        ({"profile": {}}, ""),
        ({"profile": None}, ""),
    ],
)
async def test_an_address_is_believed_when_slack_confirmed_it(world: World, details: Any, email: str) -> None:
    """Only this workspace's own people vouch for an address, and only one that Slack confirmed."""
    world.slack.users[LIN] = person("Lin Chen", "lin@kith.example", **details)
    assert await world.adapter.verified_email(_by(LIN)) == email


async def test_a_profile_is_asked_for_once(world: World) -> None:
    """It is remembered for ten minutes; a refusal for one."""
    for _ in range(3):
        await world.adapter.verified_email(_by(LIN))
    assert world.slack.calls == ["users.info"]
    world.clock.move(minutes=11)
    await world.adapter.verified_email(_by(LIN))
    assert world.slack.calls == ["users.info"] * 2
    world.slack.fail("users.info", Fault(error="missing_scope"))
    assert await world.adapter.verified_email(_by("U0NOBODY01")) == ""
    assert await world.adapter.verified_email(_by("U0NOBODY01")) == ""
    assert world.slack.calls == ["users.info"] * 3


async def test_a_slow_slack_does_not_hold_the_acknowledgement(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The stranger is answered without the profile, which is there the next time."""
    monkeypatch.setattr(people, "_PATIENCE_SECONDS", 0.001)
    gate = asyncio.Event()
    world.slack.fail("users.info", Fault(until=gate))
    first = await world.command("Northwind", user=LIN)
    assert "link CODE" in first.text
    asking = list(world.adapter._people._asking.values())
    gate.set()
    await asyncio.gather(*asking)
    second = await world.command("Northwind", user=LIN)
    assert "link CODE" not in second.text
    assert world.slack.calls == ["users.info"]


async def test_readers_are_everybody_but_kith(world: World) -> None:
    """Who reads a channel; nobody is named where Slack does not tell or they are too many to ask about."""
    assert await world.adapter.people_in(_by(WEI)) == (WEI, LIN)
    world.slack.channels["C0BIG00001"] = Channel([f"U{number}" for number in range(201)])
    world.slack.channels["C0EXACT001"] = Channel([f"U{number}" for number in range(200)])
    assert await world.adapter.people_in(_by(WEI, "C0BIG00001")) == ()
    assert len(await world.adapter.people_in(_by(WEI, "C0EXACT001"))) == 200
    assert await world.adapter.people_in(_by(WEI, "C0NOWHERE1")) == ()
    assert await world.adapter.people_in(_by(WEI, "")) == ()
    assert BOT in world.slack.channels[ROOM].members


async def test_readers_that_come_too_late_are_unknown(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is shared then is what anybody may see."""
    monkeypatch.setattr(people, "_PATIENCE_SECONDS", 0.001)
    gate = asyncio.Event()
    world.slack.fail("conversations.members", Fault(until=gate))
    assert await world.adapter.people_in(_by(WEI)) == ()
    gate.set()


async def test_what_is_remembered_is_bounded(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A crowd of strangers does not fill the memory."""
    monkeypatch.setattr(people, "_MOST_REMEMBERED", 3)
    for number in range(5):
        await world.adapter.verified_email(_by(f"U0NOBODY{number}"))
    assert len(world.adapter._people._remembered) == 3
