"""The machinery of a grammar: rules as patterns over categories, and the chart that applies them.

A rule says what its pattern makes: ``@rule("DATE", "MONTH [.] DAY [,] YEAR", "Jan 3, 2027 -> 2027-01-03")``. Words in
capitals are categories and hand their value to the function; anything else stands for itself; ``[x]`` may be left out;
``a|b`` is either. A function that returns None refuses. The text behind the pattern is the rule's examples.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, tzinfo
from itertools import product
from typing import Any, NamedTuple

Reading = tuple[str, Any]
Build = Callable[..., Any]


class Rule(NamedTuple):
    """A rule as it is written: what it makes, from which patterns, shown by which examples."""

    makes: str
    patterns: tuple[str, ...]
    examples: str
    build: Build


class Context(NamedTuple):
    """What a reading depends on beside the words."""

    now: datetime  # naive local time
    day_first: bool = False
    week_start: int = 0  # Monday
    past: bool = False  # what the words leave open lies behind us
    year_first: bool = False  # 12-11-10 is written year first
    zone: tzinfo | None = None  # where hours are counted across a change of the clocks


class Edge(NamedTuple):
    """Tokens ``start`` to ``end`` read as ``category``."""

    start: int
    end: int
    category: str
    value: Any


class _Production(NamedTuple):
    makes: str
    before: tuple[str, ...]  # the items left of the last, nearest first
    takes: tuple[bool, ...]  # of all items, last first: is the value handed over
    build: Build


RULES: list[Rule] = []
_BY_LAST: dict[str, list[_Production]] = {}


def rule(makes: str, *patterns: str, examples: str = "") -> Callable[[Build], Build]:
    """Enter a function into the grammar under its patterns; ``examples`` are ``words -> start; …``."""

    def enter(build: Build) -> Build:
        RULES.append(Rule(makes, patterns, examples, build))
        for pattern in patterns:
            for items in _expand(pattern):
                _enter(makes, items, build)
        return build

    return enter


def _expand(pattern: str) -> Iterator[tuple[str, ...]]:
    choices = []
    for item in pattern.split():
        optional = item[0] == "[" and item[-1] == "]" and len(item) > 2
        words = item[1:-1].split("|") if optional else item.split("|")
        choices.append([*words, ""] if optional else words)
    for chosen in product(*choices):
        yield tuple(item for item in chosen if item)


def _enter(makes: str, items: tuple[str, ...], build: Build) -> None:
    takes = tuple(item.isupper() and item.isascii() for item in reversed(items))
    production = _Production(makes, tuple(reversed(items[:-1])), takes, build)
    _BY_LAST.setdefault(items[-1], []).append(production)


Chart = list[dict[str, dict[int, Any]]]  # by end, by category, by start


def parse(tokens: Sequence[Sequence[Reading]], context: Context) -> Chart:
    """Every reading of every stretch of ``tokens``, each token being given by its own readings (none: a barrier).

    Of two readings of one stretch as one category the first stands, so earlier rules win.
    """
    chart: Chart = [{}]
    for position, readings in enumerate(tokens):
        here: dict[str, dict[int, Any]] = {}
        chart.append(here)
        if readings:
            _close(chart, here, [(position, category, value) for category, value in readings], context)
    return chart


def _close(chart: Chart, here: dict[str, dict[int, Any]], agenda: list[tuple[int, str, Any]], context: Context) -> None:
    for start, category, value in agenda:  # grows as it is walked
        starts = here.setdefault(category, {})
        if start in starts:
            continue
        starts[start] = value
        for production in _BY_LAST.get(category, ()):
            if production.before and production.before[0] not in chart[start]:
                continue
            for first, values in _left(chart, production, 0, start):
                arguments = [*values, value] if production.takes[0] else values
                made = production.build(context, *arguments)
                if made is None:
                    continue
                if production.makes == "*":
                    agenda.extend((first, *reading) for reading in made)
                else:
                    agenda.append((first, production.makes, made))


def _left(chart: Chart, production: _Production, done: int, end: int) -> Iterator[tuple[int, list[Any]]]:
    if done == len(production.before):
        yield end, []
        return
    for start, value in chart[end].get(production.before[done], {}).items():
        for first, values in _left(chart, production, done + 1, start):
            yield first, [*values, value] if production.takes[done + 1] else values


def edges(chart: Chart, categories: Sequence[str]) -> list[Edge]:
    """All edges of the given categories."""
    return [
        Edge(start, end, category, value)
        for end, here in enumerate(chart)
        for category in categories
        for start, value in here.get(category, {}).items()
    ]


def literals() -> set[str]:
    """The words that stand for themselves in some pattern."""
    patterns = (items for known in RULES for pattern in known.patterns for items in _expand(pattern))
    return {item for items in patterns for item in items if not (item.isascii() and item.isupper())}
