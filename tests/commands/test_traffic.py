"""What nobody waits for begins between the requests that somebody waits for."""

import asyncio

from commands.background import Background
from commands.traffic import Traffic

_NEVER = 3600.0  # seconds


async def _rounds(count: int = 20) -> None:
    """Lets the loop go round so often."""
    for _ in range(count):
        await asyncio.sleep(0)


async def _begun_while_asked(*, patience: float, at_once: bool = False) -> list[str]:
    traffic, seen = Traffic(patience=patience, look=_NEVER), list[str]()
    background = Background(traffic)
    traffic.enter()
    background.start(_note(seen, "behind"), at_once=at_once)
    await _rounds()
    begun = list(seen)
    traffic.leave()
    await background.settle()
    assert seen == ["behind"]
    return begun


async def _note(seen: list[str], name: str) -> None:
    seen.append(name)


def test_nothing_begins_while_somebody_waits() -> None:
    """What goes on behind an answer begins when the request that came meanwhile has its own."""
    assert asyncio.run(_begun_while_asked(patience=60)) == []


def test_what_a_request_waits_for_begins_at_once() -> None:
    """A request that waits for what it started does not wait for itself."""
    assert asyncio.run(_begun_while_asked(patience=60, at_once=True)) == ["behind"]


def test_patience_ends() -> None:
    """Requests without end do not keep work from being done."""

    async def play() -> list[str]:
        traffic, seen = Traffic(patience=0, look=_NEVER), list[str]()
        background = Background(traffic)
        traffic.enter()
        background.start(_note(seen, "behind"))
        await background.settle()
        return seen

    assert asyncio.run(play()) == ["behind"]


def test_one_begins_after_another() -> None:
    """Whoever comes between two that wait is seen before the second one begins."""

    async def play() -> list[str]:
        traffic, seen = Traffic(patience=60, look=_NEVER), list[str]()
        background = Background(traffic)

        async def first() -> None:
            seen.append("first")
            traffic.enter()

        background.start(first())
        background.start(_note(seen, "second"))
        await _rounds()
        assert seen == ["first"]
        traffic.leave()
        await background.settle()
        return seen

    assert asyncio.run(play()) == ["first", "second"]


def test_who_is_cancelled_leaves_the_line() -> None:
    """The next one's turn does not go to one that is gone."""

    async def play() -> list[str]:
        traffic, seen = Traffic(patience=60, look=_NEVER), list[str]()
        traffic.enter()
        gone = asyncio.ensure_future(traffic.lull())
        background = Background(traffic)
        await _rounds()
        background.start(_note(seen, "next"))
        gone.cancel()
        await _rounds()
        traffic.leave()
        await background.settle()
        return seen

    assert asyncio.run(play()) == ["next"]


def test_who_waits_for_somebody_else_holds_nobody_up() -> None:
    """Work begins beside a request that waits for a platform, for the loop is idle then; in a busy loop it does not."""

    async def play(times: list[float]) -> list[str]:
        told = iter(times)
        traffic, seen = Traffic(patience=60, look=0, now=lambda: next(told, _NEVER)), list[str]()
        background = Background(traffic)
        traffic.enter()
        background.start(_note(seen, "behind"))
        await _rounds()
        begun = list(seen)
        traffic.leave()
        await background.settle()
        return begun

    assert asyncio.run(play([0.0, 0.001])) == ["behind"]
    assert asyncio.run(play([float(second) for second in range(1000)])) == []
