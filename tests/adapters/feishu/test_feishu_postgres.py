"""Feishu on PostgreSQL: what is kept, and who is known."""

import pytest

from tests.adapters.feishu.world import LIN, ROOM, WEI, running

pytestmark = [pytest.mark.anyio, pytest.mark.postgres]


async def test_a_day_at_work(empty_postgres_url: str) -> None:
    """A visit taken back, a form mended and sent, a colleague known by address, an answer in a group."""
    async with running(empty_postgres_url) as world:
        receipt = await world.says(WEI, "visit Northwind: saw the line")
        await world.presses(WEI, receipt, "Undo")
        await world.again()
        form = await world.says(WEI, "new deal")
        await world.fills(WEI, form, {"customer": "Northwind", "name": "Line 2", "amount": "a lot"})
        told = await world.fills(WEI, world.newest(WEI), {"amount": "30万"})
        assert told["toast"]["type"] == "success"
        assert [await world.count(name) for name in ("activities", "deals")] == [0, 1]
        assert "Owner" in (await world.says(LIN, "@Kith Northwind", chat=ROOM)).words
