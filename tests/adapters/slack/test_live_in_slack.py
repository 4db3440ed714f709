"""What was shared in a channel is changed where it stands."""

import pytest

from tests.adapters.slack.world import ROOM, World

pytestmark = pytest.mark.anyio


async def _settle(world: World) -> None:
    await world.road.settle()
    world.clock.move(seconds=10)
    while await world.road.work_off():
        await world.road.settle()


async def test_shared_card_shows_the_present(world: World) -> None:
    """An edit of the customer changes the one message that everybody sees."""
    await world.command("share Northwind")
    await world.command("edit Northwind region: Ghent")
    await _settle(world)
    (shared,) = world.slack.seen_by_all(ROOM)
    assert "Ghent" in shared.words
    assert shared.text == "Wei shared Northwind"


async def test_without_the_bot_it_is_shared_all_the_same(world: World) -> None:
    """Where the bot is no member the command's own response_url takes it, and it stays as it is."""
    world.slack.channels[ROOM].with_bot = False
    await world.command("share Northwind")
    await world.command("edit Northwind region: Ghent")
    await _settle(world)
    (shared,) = world.slack.seen_by_all(ROOM)
    assert "Ghent" not in shared.words
