"""The same on PostgreSQL."""

import pytest

from bots.emulators.teams.model import ROOM
from tests.adapters.teams.world import MEI, running

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]


async def test_postgres_takes_what_sqlite_takes(empty_postgres_url: str) -> None:
    """A visit is logged and taken back, a form is kept for its dialog, and a shared card for its readers."""
    async with running(empty_postgres_url) as world:
        receipt = await world.say("visit Northwind: wants a demo")
        body = await world.pressed(receipt, "Undo")
        assert body["type"].endswith("card.adaptive")
        assert "Undone" in receipt.text
        value = await world.opened(await world.say("new customer"))
        assert value["title"] == "New customer"
        await world.post(world.typed("share Northwind", room=True))
        (shared,) = world.teams.seen_in(ROOM)
        assert shared.card["refresh"]["userIds"] == [MEI]
