"""Find the expressions of time in a text, or read a text that is one."""

from collections.abc import Sequence
from datetime import datetime, time

from core.when.choosing import choose
from core.when.folding import fold
from core.when.found import Found
from core.when.grammar import Context, Edge, parse
from core.when.lexer import Token, tokenize
from core.when.reckoning import clock_near, elapse, existing
from core.when.values import Clock, Day, Every, Moment, Period, Span, listed

# After CLDR: where months come before days, be it after a year, and where weeks begin on Sunday. A bare language is
# American English in its dates and ISO 8601 in its weeks.
_MONTH_FIRST = listed("en en_US en_PH en_CA en_CN en_TW en_JP en_KR")
_SUNDAY_FIRST = listed("US CA IN JP KR MX BR IL PH ZA HK SG")
_YEAR_FIRST = frozenset({"zh", "ja", "ko"})
_SUNDAY = 6
# What may stand beside an expression that is the whole of a text.
_AROUND = listed("on at by in the for before until from due 前 之前") | {""}


def context_for(now: datetime, locale: str = "en", *, past: bool = False) -> Context:
    """The settings a locale (``en_GB``, ``zh_Hans_CN``) brings: order of day and month, first day of the week."""
    language, _, rest = locale.replace("-", "_").partition("_")
    region = rest.rpartition("_")[2]
    year_first = language in _YEAR_FIRST
    return Context(
        now=now.replace(tzinfo=None),
        day_first=not year_first and (f"{language}_{region}" if region else language) not in _MONTH_FIRST,
        week_start=_SUNDAY if region in _SUNDAY_FIRST and not year_first else 0,
        past=past,
        year_first=year_first,
        zone=now.tzinfo,
    )


def find(text: str, now: datetime, locale: str = "en", *, past: bool = False) -> tuple[Found, ...]:
    """Every expression of time in ``text``, in its order.

    ``now`` is the member's local wall time; with a zone attached, hours are counted right across a change of the
    clocks, and a time that the change skips moves forward. Results are naive local times either way, with ``fold`` set
    on the second of two that the change repeats. What the words leave open (``Friday``, ``Jan 3``, ``9:00``) is
    read as coming, or with ``past`` as gone.
    """
    context = context_for(now, locale, past=past)
    folded = fold(text)
    tokens = tokenize(folded, context)
    chart = parse([token.readings for token in tokens], context)
    return tuple(_found(edge, tokens, text, context) for edge in choose(chart, tokens, text, folded))


def read(text: str, now: datetime, locale: str = "en", *, past: bool = False) -> Found | None:
    """The one expression that ``text`` wholly is, a leading ``on`` or ``by`` aside, or None."""
    found = find(text, now, locale, past=past)
    if len(found) != 1:
        return None
    start, end = found[0].span
    rest = f"{text[:start]} {text[end:]}".lower().strip(" .,;!?。，；！")
    return found[0] if rest in _AROUND else None


def _found(edge: Edge, tokens: Sequence[Token], text: str, context: Context) -> Found:
    span = tokens[edge.start].start, tokens[edge.end - 1].end
    said, value = text[span[0] : span[1]], edge.value
    if isinstance(value, Day):
        return Found(datetime.combine(value.date, time()), None, "day", "date", said, span, value.sure)
    if isinstance(value, Moment):
        return Found(existing(context, value.at), None, value.grain, "datetime", said, span, value.sure)
    if isinstance(value, Clock):
        sure = min(value.sure, 0.8) if value.open else value.sure
        start = existing(context, clock_near(context, value))
        return Found(start, None, value.grain, "time", said, span, sure)
    if isinstance(value, Every):
        kind = "date" if value.grain == "day" else "datetime"
        start = existing(context, value.next)
        return Found(start, None, value.grain, kind, said, span, 0.9, recurring=value.rule)
    if isinstance(value, Span):
        end = elapse(context, value)
        return Found(context.now, end, value.grain, "duration", said, span, value.sure, seconds=_seconds(value))
    if isinstance(value, Period):
        start, end = existing(context, value.start), existing(context, value.end)
        return Found(start, end, value.grain, "range", said, span, value.sure)
    raise TypeError(f"no reading of {edge.category}")


def _seconds(span: Span) -> float:
    return int(span.length) if span.length.denominator == 1 else float(span.length)
