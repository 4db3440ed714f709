"""Two hundred at once are all acknowledged in time, and the SDK takes its small share of each."""

import asyncio
import statistics
import time

import pytest
from slack_bolt.request.async_request import AsyncBoltRequest

from adapters.slack.acknowledging import acknowledged
from adapters.slack.bolt import bolt_app
from adapters.slack.listener import Listener
from bots.emulators.slack.server import Referees
from tests.adapters.slack.world import World, recorded

pytestmark = pytest.mark.anyio


async def test_two_hundred_at_once(world: World) -> None:
    """Reads and writes together: each is acknowledged within a second of work, and every write is carried out once.

    Work is counted by the processor's time, with the test's own client and Slack in it, so that a busy machine does
    not fail it.
    """
    world.slack.referees = Referees()
    world.slack.rates.clear()
    await world.command("Northwind")
    await world.command("note Northwind: the first is slower")
    typed = [
        world.typed("Northwind" if number % 2 else f"note Northwind: number {number}", channel=f"C{number % 20}")
        for number in range(200)
    ]
    started = time.process_time()

    async def timed(fields: dict[str, str]) -> tuple[int, float]:
        answer = await world.form(fields)
        return answer.status_code, time.process_time() - started

    answers = await asyncio.gather(*map(timed, typed))
    await world.road.settle()
    assert {status for status, _ in answers} == {200}
    assert max(seconds for _, seconds in answers) < 1
    assert (world.count("activities"), len(world.slack.posted)) == (101, 101)


async def test_the_sdks_share_is_small(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """From a payload to the listener and back bolt takes less than 0.2 ms."""

    async def heard(*_: object) -> object:
        return acknowledged()

    monkeypatch.setattr(Listener, "hear", heard)
    app, payload = bolt_app(world.adapter._listener), recorded("slash_command")
    shares = []
    for _ in range(500):
        started = time.perf_counter()
        answer = await app.async_dispatch(AsyncBoltRequest(body=payload, mode="socket_mode"))
        shares.append(time.perf_counter() - started)
        assert answer.status == 200
    assert statistics.median(shares) < 0.0002
