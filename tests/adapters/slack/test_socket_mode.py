"""Without a public address: the same deliveries over a connection that Kith makes itself."""

import asyncio
import itertools
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.adapters.slack.standin import Fault
from tests.adapters.slack.world import BOT, WEI, World, recorded, running

pytestmark = pytest.mark.anyio
_envelopes = itertools.count(1)
SECONDS = 20  # a test that waits longer has failed


@pytest.fixture
async def world(sqlite_url: str) -> AsyncIterator[World]:
    """A Kith in Socket Mode, connected."""
    async with running(sqlite_url, signing_secret="", app_token="xapp-one") as made:
        await _connected(made)
        yield made


async def _connected(world: World) -> None:
    async with asyncio.timeout(SECONDS):
        await world.slack.connected.get()


async def _deliver(world: World, kind: str, payload: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Sends one envelope and returns its acknowledgement."""
    id_ = f"envelope-{next(_envelopes)}"
    sent = {"type": kind, "envelope_id": id_, "payload": payload, "accepts_response_payload": True} | more
    await world.slack.sockets[-1].send_json(sent)
    async with asyncio.timeout(SECONDS):
        answer = await world.slack.acknowledgements.get()
    await world.road.settle()
    assert answer["envelope_id"] == id_
    return answer


async def test_a_look_up_rides_on_the_acknowledgement(world: World) -> None:
    """The card is in the envelope's acknowledgement."""
    answer = await _deliver(world, "slash_commands", world.typed("Northwind"))
    assert answer["payload"]["response_type"] == "ephemeral"
    assert "Northwind" in answer["payload"]["text"]


async def test_a_write_is_acknowledged_and_answered(world: World) -> None:
    """The acknowledgement is bare, the receipt comes behind it."""
    answer = await _deliver(world, "slash_commands", world.typed("visit Northwind: wants a demo"))
    assert "payload" not in answer
    assert (world.count("activities"), world.slack.last.to) == (1, WEI)


async def test_a_form_over_the_socket(world: World) -> None:
    """A modal is opened, refused at its field, and taken."""
    await _deliver(world, "slash_commands", world.typed("visit Northwind"))
    view = world.slack.views[-1]
    bad = world.submission(view, {"text": "a demo", "next_step": "call", "due": "never ever"})
    refused = await _deliver(world, "interactive", bad)
    assert list(refused["payload"]["errors"]) == ["due"]
    taken = await _deliver(world, "interactive", world.submission(view, {"text": "a demo"}))
    assert taken["payload"] == {"response_action": "clear"}
    assert world.count("activities") == 1


async def test_typeahead_over_the_socket(world: World) -> None:
    """Options come in the acknowledgement."""
    answer = await _deliver(world, "interactive", recorded("block_suggestion", value="North"))
    assert [one["text"]["text"] for one in answer["payload"]["options"]] == ["Northwind"]


async def test_an_event_sent_again_is_done_once(world: World) -> None:
    """Slack sends what it saw no acknowledgement of once more, on this connection or the next."""
    payload = recorded("app_mention")
    payload["event"]["text"] = f"<@{BOT}> visit Northwind: wants a demo"
    for attempt in range(2):
        await _deliver(world, "events_api", payload, retry_attempt=attempt)
    assert (world.count("activities"), len(world.slack.posted)) == (1, 1)


async def test_a_connection_that_ends_is_made_again(world: World) -> None:
    """Slack ends connections every few hours and says so; the next one carries on."""
    await world.slack.sockets[-1].send_json({"type": "disconnect", "reason": "refresh_requested"})
    await _connected(world)
    answer = await _deliver(world, "slash_commands", world.typed("Northwind"))
    assert "Northwind" in answer["payload"]["text"]


async def test_the_start_does_not_wait_for_slack(sqlite_url: str) -> None:
    """A Slack that is silent, or does not know the token, holds up neither the start nor the end."""
    gate = asyncio.Event()
    async with running(sqlite_url, signing_secret="", app_token="xapp-wrong", bot_token="") as made:
        made.slack.fail("apps.connections.open", Fault(until=gate))
        gate.set()
    assert made.slack.sockets == []


async def test_http_is_closed(world: World) -> None:
    """In Socket Mode the address lets nobody in."""
    assert (await world.command("Northwind")).status_code == 401
