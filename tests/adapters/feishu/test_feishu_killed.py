"""A process that dies while a press is answered loses neither what the press did nor the answer to it."""

from typing import Any

import pytest

from bots.emulators.feishu.model import Posted
from tests.adapters.feishu.hands import action
from tests.adapters.feishu.world import ROOM, WEI, World
from tests.kith import SteppedClock

pytestmark = pytest.mark.anyio


class KilledError(BaseException):
    """The process is gone: nothing of it runs on."""


async def killed_after(world: World, commits: int, payload: dict[str, Any]) -> None:
    """An event whose process dies right after so many commits."""
    write, left = world.database.write, [commits]

    async def until(function: Any, **options: Any) -> Any:
        done = await write(function, **options)
        left[0] -= 1
        if left[0] == 0:
            raise KilledError
        return done

    world.database.write = until  # type: ignore[method-assign]
    with pytest.raises(KilledError):
        await world.sent(payload)
    world.database.write = write  # type: ignore[method-assign]
    world.road.start = lambda _accepted: None  # type: ignore[method-assign]


async def taken_up(world: World) -> None:
    """Another process finds what was left, once its lease has ended."""
    assert isinstance(world.clock, SteppedClock)
    world.clock.forward(minutes=10)
    other = World(world.database, world.clock, world.feishu)
    await other.road.work_off()
    await other.road.work_off()
    await other.close()


async def test_answer_of_its_own_survives(world: World) -> None:
    """The visit undone by a card that everybody sees: the answer is for one, so that it goes by itself, and it does."""
    receipt = await world.says(WEI, "visit Northwind: saw the line")
    press = action(receipt, "Undo")
    press["value"] = press["value"] | {"at": "room"}  # the card stands where all see it
    before = len(world.feishu.posted)
    shown = Posted(receipt.id, ROOM, receipt.card, receipt.at)
    await killed_after(world, 1, world.callback(WEI, shown, press))
    assert await world.count("activities") == 0
    assert len(world.feishu.posted) == before
    await taken_up(world)
    assert [one.chat for one in world.feishu.posted[before:]] == [ROOM]
    assert world.feishu.posted[-1].to
