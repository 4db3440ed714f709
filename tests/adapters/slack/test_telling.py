"""What Kith says in Slack by itself reaches one reader or one conversation, and is changed where it stands."""

from datetime import timedelta
from typing import Any

import pytest

from cards.model import Card, Text
from commands.model import Reply
from commands.sending import Address, Sent
from tests.adapters.slack.standin import Fault
from tests.adapters.slack.world import ROOM, TEAM, WEI, World

pytestmark = pytest.mark.anyio
TO_WEI = Address(platform="slack", tenant=TEAM, user=WEI)
TO_ROOM = Address(platform="slack", tenant=TEAM, conversation=ROOM)

_NINE_SECONDS = timedelta(seconds=9)


def _reply(text: str) -> Reply:
    return Reply(cards=(Card(summary=text, blocks=(Text(text=text),)),))


async def test_said_to_one_and_changed_in_place(world: World) -> None:
    """It goes to the person's own chat; the next of its name takes its place."""
    first = await world.adapter.tell(TO_WEI, _reply("Call Tom"), "k1", "")
    assert first.sent is Sent.DELIVERED
    assert world.slack.last.channel == WEI
    again = await world.adapter.tell(TO_WEI, _reply("Done: call Tom"), "k2", first.ref)
    assert (again.sent, again.ref) == (Sent.DELIVERED, first.ref)
    assert [posted.text for posted in world.slack.posted] == ["Done: call Tom"]


async def test_said_to_everybody_in_a_conversation(world: World) -> None:
    """A digest of a team stands where all of it read along."""
    assert (await world.adapter.tell(TO_ROOM, _reply("Digest"), "k", "")).sent is Sent.DELIVERED
    assert [posted.text for posted in world.slack.seen_by_all(ROOM)] == ["Digest"]


async def test_what_was_deleted_is_said_anew(world: World) -> None:
    """A message that is there no more is followed by a new one."""
    sending = await world.adapter.tell(TO_ROOM, _reply("Digest"), "k", f"{ROOM}/1795420000.000009")
    assert sending.sent is Sent.DELIVERED
    assert len(world.slack.posted) == 1


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (
            Fault(status=429, error="ratelimited", headers={"Retry-After": "9"}),
            (Sent.RETRY, timedelta(seconds=9), True),
        ),
        (Fault(status=500, text="oops"), (Sent.RETRY, None, False)),
        (Fault(error="is_archived"), (Sent.GONE, None, False)),
        (Fault(error="account_inactive"), (Sent.GONE, None, False)),
    ],
)
async def test_refusals(world: World, fault: Fault, expected: Any) -> None:
    """A limit holds all of the workspace; trouble is tried again; a room that is gone is given up."""
    world.slack.fail("chat.postMessage", fault)
    sending = await world.adapter.tell(TO_ROOM, _reply("Digest"), "k", "")
    assert (sending.sent, sending.after, sending.everywhere) == expected


async def test_conversation_that_is_not_there(world: World) -> None:
    """Where Kith is not, it says nothing, and does not try again."""
    elsewhere = Address(platform="slack", tenant=TEAM, conversation="C0NOWHERE0")
    assert (await world.adapter.tell(elsewhere, _reply("x"), "k", "")).sent is Sent.GONE
    assert world.adapter.pace("C1") == timedelta(seconds=1)
