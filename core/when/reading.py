"""Find the expressions of time in a text, or read a text that is one."""

import re
from collections.abc import Sequence
from datetime import datetime, time

from core.when import rules  # noqa: F401 - enters the rules
from core.when.folding import fold
from core.when.found import Found
from core.when.grammar import Chart, Context, Edge, edges, parse
from core.when.lexer import Token, tokenize
from core.when.reckoning import clock_near, elapse, length
from core.when.values import Clock, Day, Every, Moment, Period, Span

_STRONG = ("EVERYAT", "EVERY", "MOMENT", "TIME", "RANGE", "DATE", "PERIOD", "LENGTH")
_WEAK = ("WEAKDATE", "WEAKTIME", "WEAKPERIOD", "WEAKLENGTH", "BAREDATE", "SPELTTIME")
# The categories a longer match of which is preferred, best first, for stretches of equal length.
_RANK = {category: rank for rank, category in enumerate((*_STRONG, *_WEAK))}
_VERB_LAST = re.compile(r"\b(?:will|to|should|could|can|may|might|would) last\b ?$")  # "the course will last three weeks"
_ALONE = frozenset({"BAREDATE", "SPELTTIME", "WEAKLENGTH"})  # only as the whole text
_DAY_FIRST_EXCEPT = frozenset({"en_US", "en_PH", "en_CA", "en"})
_WEEK_BEGINS_ON_SUNDAY = frozenset({"US", "CA", "IN", "JP", "KR", "MX", "BR", "IL", "PH", "ZA", "HK", "SG"})
_MARKS = frozenset(".,;:!?)]}\"'-/、。，；：！？）】」》&+|@~\n(（")
# What may follow a doubtful date; a noun after it would make it a number of things.
_FOLLOWERS = frozenset(
    "to for with at in on and or but if from by about via re then please pls so as because is was are were will would can "
    "could should works i we he she they you it let lets just not no ok okay".split()
)
_SITTERS = frozenset("i we he she they you it who and the a just had has have".split())
"""Words before "sat" or "sun" that make them a verb or a star."""


def context_for(now: datetime, locale: str = "en", *, past: bool = False) -> Context:
    """The settings a locale brings: order of day and month, first day of the week."""
    locale = locale.replace("-", "_")
    language, _, region = locale.partition("_")
    region = region.rpartition("_")[2]
    return Context(
        now=now.replace(tzinfo=None),
        day_first=language not in {"zh", "ja", "ko"} and f"{language}_{region}".rstrip("_") not in _DAY_FIRST_EXCEPT,
        week_start=6 if language != "zh" and region in _WEEK_BEGINS_ON_SUNDAY else 0,
        past=past,
        year_first=language in {"zh", "ja", "ko"},
        zone=now.tzinfo,
    )


def find(text: str, now: datetime, locale: str = "en", *, past: bool = False) -> tuple[Found, ...]:
    """Every expression of time in ``text``, in its order.

    ``now`` is the member's local wall time; with a zone attached, hours are counted right across a change of the
    clocks. Results are naive local times either way. What the words leave open (``Friday``, ``Jan 3``, ``9:00``) is
    read as coming, or with ``past`` as gone.
    """
    context = context_for(now, locale, past=past)
    folded = fold(text)
    tokens = tokenize(folded, context)
    chart = parse([token.readings for token in tokens], context)
    chosen = _choose(chart, tokens, text, folded)
    found = (_found(edge, tokens, text, context) for edge in sorted(chosen))
    return tuple(each for each in found if each)


def read(text: str, now: datetime, locale: str = "en", *, past: bool = False) -> Found | None:
    """The one expression that ``text`` wholly is, or None."""
    found = find(text, now, locale, past=past)
    if len(found) != 1:
        return None
    start, end = found[0].span
    rest = f"{text[:start]} {text[end:]}".lower().strip(" .,;!?。，；！")
    return found[0] if rest in {"", "on", "at", "by", "in", "the", "for"} else None


def _choose(chart: Chart, tokens: list[Token], text: str, folded: str) -> list[Edge]:
    """The longest edges that do not overlap."""
    candidates = edges(chart, (*_STRONG, *_WEAK))
    candidates.sort(key=lambda edge: (tokens[edge.start].start - tokens[edge.end - 1].end, _RANK[edge.category]))
    taken = bytearray(len(tokens))
    chosen = []
    for edge in candidates:
        if not any(taken[edge.start : edge.end]) and _allowed(edge, tokens, text, folded):
            chosen.append(edge)
            taken[edge.start : edge.end] = b"\x01" * (edge.end - edge.start)
    return chosen


def _allowed(edge: Edge, tokens: Sequence[Token], text: str, folded: str) -> bool:
    start, end = tokens[edge.start].start, tokens[edge.end - 1].end
    word = folded[start:end]
    if not folded[:start].strip(" ") and not folded[end:].strip(" .!?。"):
        return True
    if edge.category in _ALONE:
        return False
    if edge.category == "DATE" and word.rstrip(".") in {"sat", "sun"}:
        before = folded[:start].split()[-1:] or [""]
        return text[start:end][0].isupper() or (before[0] not in _SITTERS and _free_after(folded, end))
    if edge.category == "PERIOD" and (word in {"this may", "this march"} or _VERB_LAST.search(folded[: start + 5])):
        return False
    if edge.category in _WEAK:
        return _free_after(folded, end)
    return True


def _free_after(folded: str, end: int) -> bool:
    rest = folded[end:].lstrip(" ")
    if not rest or rest[0] in _MARKS or rest[0] > "\u2e80":
        return True
    return rest.split(maxsplit=1)[0].strip(".,!?;:") in _FOLLOWERS


def _found(edge: Edge, tokens: Sequence[Token], text: str, context: Context) -> Found | None:
    span = tokens[edge.start].start, tokens[edge.end - 1].end
    said = text[span[0] : span[1]]
    value = edge.value
    if isinstance(value, Day):
        return Found(datetime.combine(value.date, time()), None, "day", "date", said, span, value.sure)
    if isinstance(value, Moment):
        return Found(value.at, None, value.grain, "datetime", said, span, value.sure)
    if isinstance(value, Clock):
        sure = min(value.sure, 0.8) if value.open else value.sure
        return Found(clock_near(context, value), None, value.grain, "time", said, span, sure)
    if isinstance(value, Period):
        return Found(value.start, value.end, value.grain, "range", said, span, value.sure)
    if isinstance(value, Every):
        kind = "date" if value.grain == "day" else "datetime"
        return Found(value.next, None, value.grain, kind, said, span, 0.9, recurring=value.rule)
    return _duration(value, said, span, context) if isinstance(value, Span) else None


def _duration(value: Span, said: str, span: tuple[int, int], context: Context) -> Found:
    end = elapse(context, value)
    return Found(context.now, end, value.grain, "duration", said, span, value.sure, seconds=float(length(value)))
