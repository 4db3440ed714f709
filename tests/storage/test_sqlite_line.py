"""Before the one writer those go first that somebody waits for, in their order, and the others have their turn."""

from storage.sqlite_line import BACKGROUND_TOGETHER, MOST_TOGETHER, Line


def _filled(urgent: int, background: int) -> Line[str]:
    line: Line[str] = Line()
    for number in range(background):
        line.put(f"b{number}", urgent=False)
    for number in range(urgent):
        line.put(f"u{number}", urgent=True)
    return line


def test_who_is_waited_for_goes_first() -> None:
    """Urgent units are committed without those that came before them, and each kind keeps its order."""
    line = _filled(2, 3)
    assert line.take() == ["u0", "u1"]
    assert line.take() == ["b0", "b1", "b2"]


def test_a_batch_is_short_enough_to_wait_for() -> None:
    """Few background units are committed together, so that a request that comes meanwhile waits for few."""
    line = _filled(0, BACKGROUND_TOGETHER + 1)
    assert len(line.take()) == BACKGROUND_TOGETHER
    line.put("now", urgent=True)
    assert line.take() == ["now"]
    assert len(line.take()) == 1


def test_nobody_is_starved() -> None:
    """However many requests keep coming, what is done behind them goes on."""
    line = _filled(0, 1)
    taken = []
    for number in range(20):
        line.put(f"u{number}", urgent=True)
        taken += line.take()
    assert "b0" in taken
    assert [unit for unit in taken if unit != "b0"] == [f"u{number}" for number in range(len(taken) - 1)]


def test_what_was_put_is_taken_before_the_end() -> None:
    """An ended line gives out what it holds, and then nothing, without waiting."""
    line = _filled(MOST_TOGETHER + 1, 1)
    line.end()
    assert [len(line.take()) for _ in range(4)] == [MOST_TOGETHER, 1, 1, 0]
