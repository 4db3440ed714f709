"""The machinery of the grammar: rules as patterns over categories, and the chart that applies them.

``@rule("MD", "MONTH [.] DAYNO", "DAYNO of MONTH")`` says that a month and a day make a month-day. Words in capitals are
categories and hand their values to the function below; everything else stands for itself; ``[x]`` may be left out;
``a|b`` is either one. A function that returns None refuses. Its docstring holds the rule's examples, which are tests:
``words`` is what they mean when said on Monday, 2 March 2026, at ten.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, tzinfo
from functools import cache
from itertools import product
from typing import Any, NamedTuple, TypeVar

Reading = tuple[str, Any]
Build = TypeVar("Build", bound=Callable[..., Any])
Chart = list[dict[str, dict[int, Any]]]  # by end, by category, by start

SEVERAL = "*"  # what a rule makes that returns its own list of readings


class Context(NamedTuple):
    """What a reading depends on beside the words."""

    now: datetime  # naive local time
    day_first: bool = False
    week_start: int = 0  # Monday
    past: bool = False  # what the words leave open lies behind us
    year_first: bool = False  # 12-11-10 is written year first
    zone: tzinfo | None = None  # where hours are counted across a change of the clocks


class Rule(NamedTuple):
    """A rule as written: what it makes, from which patterns, and how."""

    makes: str
    patterns: tuple[str, ...]
    build: Callable[..., Any]


class Edge(NamedTuple):
    """Tokens ``start`` up to ``end`` read as ``category``."""

    start: int
    end: int
    category: str
    value: Any


class _Production(NamedTuple):
    makes: str
    before: tuple[str, ...]  # the items left of the last one, nearest first
    takes: tuple[bool, ...]  # of all items, last first: is the value handed over
    build: Callable[..., Any]


class Grammar(NamedTuple):
    """Productions by their last item, and those of more than one item by the item before it as well."""

    single: dict[str, list[_Production]]
    longer: dict[str, dict[str, list[_Production]]]


RULES: list[Rule] = []


def rule(makes: str, *patterns: str) -> Callable[[Build], Build]:
    """Enter a function into the grammar. Of two rules that read the same words as the same thing the first wins."""

    def enter(build: Build) -> Build:
        RULES.append(Rule(makes, patterns, build))
        return build

    return enter


def expand(pattern: str) -> Iterator[tuple[str, ...]]:
    """The sequences of items a pattern stands for: ``a [b] c|d`` for four."""
    choices = []
    for item in pattern.split():
        optional = len(item) > 2 and item[0] == "[" and item[-1] == "]"
        words = (item[1:-1] if optional else item).split("|")
        choices.append([*words, ""] if optional else words)
    for chosen in product(*choices):
        yield tuple(filter(None, chosen))


def is_category(item: str) -> bool:
    """Whether an item of a pattern names a category rather than itself."""
    return item.isascii() and item.isupper()


def literals() -> set[str]:
    """The words that stand for themselves in some pattern."""
    items = {item for known in RULES for pattern in known.patterns for items in expand(pattern) for item in items}
    return {item for item in items if not is_category(item)}


def compiled(rules: Iterable[Rule]) -> Grammar:
    """Rules made ready for parsing."""
    grammar = Grammar({}, {})
    for known in rules:
        for pattern in known.patterns:
            for items in expand(pattern):
                takes = tuple(is_category(item) for item in reversed(items))
                production = _Production(known.makes, items[-2::-1], takes, known.build)
                if len(items) == 1:
                    grammar.single.setdefault(items[0], []).append(production)
                else:
                    by_previous = grammar.longer.setdefault(items[-1], {})
                    by_previous.setdefault(items[-2], []).append(production)
    return grammar


@cache
def whole_grammar() -> Grammar:
    """All rules, compiled at the first reading rather than at import."""
    return compiled(RULES)


def parse(tokens: Sequence[Sequence[Reading]], context: Context, grammar: Grammar | None = None) -> Chart:
    """Every reading of every stretch of ``tokens``, given by their own readings; nothing reaches across one without."""
    grammar = grammar or whole_grammar()
    chart: Chart = [{}]
    for position, readings in enumerate(tokens):
        chart.append({})
        if readings:
            _close(chart, [(position, category, value) for category, value in readings], context, grammar)
    return chart


def _close(chart: Chart, agenda: list[tuple[int, str, Any]], context: Context, grammar: Grammar) -> None:
    """Enter the readings that end here, and all that follows from them; the agenda grows as it is walked."""
    here = chart[-1]
    for start, category, value in agenda:
        starts = here.setdefault(category, {})
        if start in starts:
            continue
        starts[start] = value
        for production in grammar.single.get(category, ()):
            _apply(agenda, production, start, [value] if production.takes[0] else [], context)
        longer = grammar.longer.get(category)
        if longer:
            left = chart[start]
            for previous, productions in longer.items():  # in the rules' order: the first to read wins
                if previous not in left:
                    continue
                for production in productions:
                    for first, values in _left(chart, production, 0, start):
                        _apply(agenda, production, first, [*values, value] if production.takes[0] else values, context)


def _apply(
    agenda: list[tuple[int, str, Any]], production: _Production, start: int, values: list[Any], context: Context
) -> None:
    made = production.build(context, *values)
    if made is None:
        return
    if production.makes == SEVERAL:
        agenda.extend((start, *reading) for reading in made)
    else:
        agenda.append((start, production.makes, made))


def _left(chart: Chart, production: _Production, done: int, end: int) -> Iterator[tuple[int, list[Any]]]:
    """The ways the items left of the last one can be found, ending at ``end``: where they begin, and their values."""
    if done == len(production.before):
        yield end, []
        return
    for start, value in chart[end].get(production.before[done], {}).items():
        for first, values in _left(chart, production, done + 1, start):
            yield first, [*values, value] if production.takes[done + 1] else values


def edges(chart: Chart, categories: Iterable[str]) -> Iterator[Edge]:
    """All that was read as one of some categories."""
    wanted = frozenset(categories)
    for end, here in enumerate(chart):
        for category in wanted & here.keys():
            for start, value in here[category].items():
                yield Edge(start, end, category, value)
