"""The labelled lines are read as well as is promised, on the half that nobody built upon."""

from bots.bench.capture import SLOTS, cases, judge


def test_lines_are_many_and_half_chinese() -> None:
    """At least three hundred lines, about half of them in each language, in two halves."""
    building, judging = cases()
    every = [*building, *judging]
    chinese = sum(case.locale.startswith("zh") for case in every)
    assert len(every) >= 300
    assert abs(len(building) - len(judging)) <= 1
    assert abs(2 * chinese - len(every)) <= 6


def test_held_out_half() -> None:
    """F1 over all slots is at least 0.92, and no slot falls behind by much."""
    _, judging = cases()
    judged = judge(judging)
    assert judged.overall >= 0.92
    assert min(judged.scores[slot].f1 for slot in SLOTS) >= 0.85
