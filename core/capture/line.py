"""A line made ready for its readers: folded, its dates and amounts found, cut into clauses."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter

from core.amounts import FoundAmount, find_amounts
from core.capture import words
from core.when import Found, find
from core.when.folding import fold

Span = tuple[int, int]
# Each date is read beside all others, and a line of thousands would keep everybody waiting: what is planned stands near
# the beginning, the rest of a long text is told.
READ, _MOST_DATES = 2_000, 20  # characters, dates
_STOPS = re.compile(
    r"[,;!?。，；！？、\n]|\.(?=\s|$)|\s[-–—|/]+\s|\s(?:and then|then|but)\s"
    r"|\sand\s(?=(?:will|i'll|we'll|need|send|call|follow|to|remind|schedule)\b)"
)
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Line:
    """A text and what was found in it; spans are positions in the text."""

    text: str
    folded: str
    now: datetime
    dates: tuple[Found, ...]  # what is left open, read as coming
    gone: tuple[Found, ...]  # the same, read as past
    amounts: tuple[FoundAmount, ...]
    clauses: tuple[Span, ...]
    promised: Span | None = None  # the clause of the follow-up, once it is known

    def clause_of(self, span: Span) -> Span:
        """The clause in which a stretch begins."""
        at = bisect_right(self.clauses, span[0], key=itemgetter(0)) - 1
        return self.clauses[at] if at >= 0 and span[0] < self.clauses[at][1] else (0, len(self.text))

    def passage_of(self, span: Span) -> Span:
        """From the clause of a date up to the clause of the next date: what may be told of that day."""
        start = self.clause_of(span)[0]
        later = [self.clause_of(other.span)[0] for other in self.dates if other.span[0] > span[0]]
        return start, min((each for each in later if each > start), default=len(self.text))

    def said(self, span: Span) -> str:
        """A stretch of the folded text."""
        return self.folded[span[0] : span[1]]


def read_line(text: str, now: datetime, locale: str, default_currency: str | None) -> Line:
    """A line with its dates and amounts; without a default currency, amounts in Chinese are in yuan."""
    dates = find(text[:READ], now, locale)[:_MOST_DATES]
    spans = [found.span for found in dates]
    currency = default_currency or ("CNY" if _HAN.search(text) else None)
    amounts = tuple(found for found in find_amounts(text, currency) if not _touches(found.span, spans))
    folded = fold(text)
    clauses = _cut_before_dates(folded, _clauses(folded, [*spans, *(found.span for found in amounts)]), spans)
    return Line(
        text,
        folded,
        now.replace(tzinfo=None),
        dates,
        find(text[:READ], now, locale, past=True)[:_MOST_DATES] if dates else (),
        amounts,
        tuple(clauses),
    )


def _touches(span: Span, others: Sequence[Span]) -> bool:
    return any(span[0] < other[1] and other[0] < span[1] for other in others)


def _clauses(folded: str, whole: Sequence[Span]) -> list[Span]:
    """The clauses of a text; what was found is never cut."""
    clauses, start = [], 0
    for stop in _STOPS.finditer(folded):
        if not _touches(stop.span(), whole):
            clauses.append((start, stop.start()))
            start = stop.end()
    return [*clauses, (start, len(folded))]


def _cut_before_dates(folded: str, clauses: Sequence[Span], dates: Sequence[Span]) -> Iterator[Span]:
    """Chinese puts the date before the deed, and often no comma before the date: 拜访了张总 下周三发报价."""
    told = words.pattern(words.TOLD)
    for start, end in clauses:
        begin = start
        for first, last in dates:
            before = folded[begin:first]
            parted = before.endswith(" ") or told.search(before) or any(begin <= other < first for other, _ in dates)
            if begin < first < end and before.strip() and parted and _HAN.search(folded[first:last] + before):
                yield begin, first
                begin = first
        yield begin, end
