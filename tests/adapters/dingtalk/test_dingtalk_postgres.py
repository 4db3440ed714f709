"""DingTalk on PostgreSQL: the same road, the same answers."""

import pytest

from storage.database import open_database
from tests.adapters.dingtalk.conftest import hire
from tests.adapters.dingtalk.people import running
from tests.kith import SteppedClock

pytestmark = pytest.mark.anyio


async def test_a_visit_a_form_and_a_press_on_postgresql(empty_postgres_url: str) -> None:
    """A visit is logged and taken back; a form is filled in and sent; what is repeated is done once."""
    clock = SteppedClock()
    database = open_database(empty_postgres_url, clock)
    await database.write(hire)
    async with running(database, clock) as world:
        visit = await world.say("wei", "visit Northwind: wants a demo")
        assert "Visit logged" in visit.seen("wei")
        assert "Undone" in (await world.press("wei", visit, "Undo")).seen("wei")
        form = await world.say("wei", "new task")
        done = await world.fill("wei", form, {"title": "Call them", "due": "2026-03-20"})
        assert "Call them" in done.seen("wei")
        said = len(world.server.messages)
        assert (await world.again()).status_code == 200
        await world.settle()
        assert len(world.server.messages) == said
    await database.close()
