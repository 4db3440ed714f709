"""A process that dies between acknowledging and answering: the next one does what is left, once."""

import pytest

from commands.road import Accepted
from storage.database import open_database
from tests.adapters.slack.standin import Fault
from tests.adapters.slack.world import LIN, ROOM, WEI, World

pytestmark = pytest.mark.anyio
LEASE_OVER = 31


async def _successor(world: World) -> World:
    """Another process on the same database, after the first one died."""
    database = open_database(f"sqlite:///{world.path}", world.clock)
    return World(database, world.clock, world.slack, path=world.path)


async def test_an_acknowledged_command_is_carried_out_by_the_next_process(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It died right after the acknowledgement: the visit is logged once, and its author gets the receipt."""
    monkeypatch.setattr(world.road, "start", lambda _accepted: None)
    assert (await world.command("visit Northwind: wants a demo")).status_code == 200
    await world.crash()
    successor = await _successor(world)
    assert await successor.road.work_off() == 0  # the lease is still the dead one's
    world.clock.move(seconds=LEASE_OVER)
    assert await successor.road.work_off() == 1
    assert await successor.road.work_off() == 0
    assert (successor.count("activities"), len(world.slack.posted)) == (1, 1)
    assert (world.slack.last.channel, world.slack.last.to) == (ROOM, WEI)
    await successor.close()


async def test_an_answer_that_was_not_sent_is_sent_by_the_next_process(world: World) -> None:
    """It died between the commit and the answer: nothing is logged again, and the receipt arrives."""

    async def dies(*_: object) -> None:
        raise ConnectionAbortedError

    world.adapter.send = dies  # type: ignore[method-assign, assignment]
    await world.command("visit Northwind: wants a demo")
    assert (world.count("activities"), world.slack.posted) == (1, [])
    await world.crash()
    successor = await _successor(world)
    world.clock.move(minutes=45)  # by now the response_url is no good any more
    assert await successor.road.work_off() == 1
    assert (successor.count("activities"), len(world.slack.posted)) == (1, 1)
    assert (world.slack.calls[-1], world.slack.last.to) == ("chat.postEphemeral", WEI)
    await successor.close()


async def test_a_form_that_was_not_opened_is_offered_by_the_next_process(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The moment for the modal has passed with the process; the person gets a button for it."""
    monkeypatch.setattr(world.road, "start", lambda _accepted: None)
    await world.command("visit Northwind")
    await world.crash()
    successor = await _successor(world)
    world.clock.move(seconds=LEASE_OVER)
    await successor.road.work_off()
    assert world.slack.views == []
    assert world.slack.last.token_of("Fill in…")
    await successor.close()


async def test_a_retry_that_reaches_the_next_process_is_known(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Slack's second try lands on a process that never saw the first one."""
    monkeypatch.setattr(world.road, "start", lambda _accepted: None)
    typed = world.typed("visit Northwind: wants a demo")
    await world.form(typed)
    await world.crash()
    successor = await _successor(world)
    assert (await successor.form(typed)).status_code == 200
    world.clock.move(seconds=LEASE_OVER)
    await successor.road.work_off()
    assert (successor.count("activities"), len(world.slack.posted)) == (1, 1)
    await successor.close()


async def test_two_processes_share_the_work(world: World) -> None:
    """Both look for work at once, and each answer is sent by one of them."""
    world.slack.fail("response_url", *[Fault(status=503)] * 3)
    for number in range(3):
        await world.command(f"visit Northwind: demo {number}", channel=f"C{number}")
    world.clock.move(minutes=1)
    successor = await _successor(world)
    done = await world.road.work_off(), await successor.road.work_off()
    assert (sum(done), len(world.slack.posted)) == (3, 3)
    await successor.close()


async def test_a_submitted_form_is_on_disk_with_its_answer(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The modal closes only when both the visit and the receipt that is still to be sent are kept."""
    await world.command("visit Northwind")
    started: list[Accepted] = []
    monkeypatch.setattr(world.road, "start", started.append)
    await world.interact(world.submission(world.slack.views[-1], {"text": "wants a demo"}))
    assert (world.count("activities"), len(started), world.slack.posted) == (1, 1, [])
    world.clock.move(seconds=LEASE_OVER)
    await world.road.work_off()
    assert world.slack.last.to == WEI
    assert LIN not in world.slack.last.words
