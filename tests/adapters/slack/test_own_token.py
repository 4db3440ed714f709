"""A single workspace's token: whose it is Slack is asked in the background, until it tells."""

import asyncio

import pytest

from adapters.slack import own_token
from tests.adapters.slack.standin import Fault
from tests.adapters.slack.world import LIN, TEAM, World

pytestmark = pytest.mark.anyio


async def test_the_workspace_is_tied(world: World) -> None:
    """After the start the Slack workspace belongs to Kith's only one, and colleagues are known by their address."""
    tied = await world.database.read(lambda work: work.members.workspace_of_tenant("slack", TEAM))
    assert tied == await world.database.read(lambda work: work.members.only_workspace())
    assert "link CODE" not in (await world.command("Northwind", user=LIN)).text


async def test_a_slack_out_of_reach_does_not_hold_the_start(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is asked again until it answers."""
    monkeypatch.setattr(own_token, "_FIRST_PAUSE", 0)
    world.slack.fail("auth.test", Fault(status=503), Fault(status=429, error="ratelimited"))
    await world.start()
    assert world.slack.calls == ["auth.test"] * 3


async def test_a_wrong_token_is_not_asked_about_for_ever(world: World) -> None:
    """A token that Slack does not know stays wrong, and the rest of Kith runs."""
    world.slack.tokens.clear()
    await world.start()
    assert world.slack.calls == ["auth.test"]
    assert (await world.command("Northwind")).status_code == 200


async def test_stopping_stops_the_asking(world: World) -> None:
    """A process that ends does not wait for Slack."""
    gate = asyncio.Event()
    world.slack.fail("auth.test", Fault(until=gate))
    await world.adapter.start()
    await world.adapter.stop()
    gate.set()
    assert world.adapter._own_token._asking
    assert world.adapter._own_token._asking.cancelled()
