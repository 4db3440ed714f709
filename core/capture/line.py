"""A line made ready for its readers: folded, its dates and amounts found, cut into clauses."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from core.amounts import FoundAmount, find_amounts
from core.capture import words
from core.when import Found, find
from core.when.folding import fold

_STOPS = re.compile(
    r"[,;!?。，；！？、\n]|\.(?=\s|$)|\s[-–—|/]+\s|\s(?:and then|then|but)\s"
    r"|\sand\s(?=(?:will|i'll|we'll|need|send|call|follow|to)\b)"
)
HAN = re.compile(r"[\u3400-\u9fff]")
TOLD = words.pattern(words.PAST)
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Line:
    """A text and what was found in it; spans are positions in the text."""

    text: str
    folded: str
    now: datetime
    dates: tuple[Found, ...]
    past_dates: tuple[Found, ...]
    amounts: tuple[FoundAmount, ...]
    clauses: tuple[Span, ...]

    @property
    def chinese(self) -> bool:
        """Whether Chinese is written here."""
        return bool(HAN.search(self.text))

    def clause_of(self, span: Span) -> Span:
        """The clause in which a stretch begins."""
        return next((clause for clause in self.clauses if clause[0] <= span[0] < clause[1]), (0, len(self.text)))


def read_line(text: str, now: datetime, locale: str, default_currency: str | None) -> Line:
    """A line with its dates read as coming and as gone, and its amounts."""
    dates = find(text, now, locale)
    spans = [found.span for found in dates]
    bare = find_amounts(text, default_currency)
    amounts = tuple(found for found in bare if not any(_overlap(found.span, span) for span in spans))
    folded = fold(text)
    kept = [*spans, *(found.span for found in amounts)]
    clauses = _cut_before_dates(folded, _clauses(folded, kept), spans)
    return Line(text, folded, now, dates, find(text, now, locale, past=True), amounts, tuple(clauses))


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _clauses(folded: str, whole: list[Span]) -> list[Span]:
    """The clauses of a text; what is found is never cut."""
    clauses, start = [], 0
    for stop in _STOPS.finditer(folded):
        if any(_overlap(stop.span(), span) for span in whole):
            continue
        clauses.append((start, stop.start()))
        start = stop.end()
    return [*clauses, (start, len(folded))]


def _cut_before_dates(folded: str, clauses: list[Span], dates: list[Span]) -> Iterator[Span]:
    """Chinese puts the date before the deed and often no comma before the date: 拜访了张总 下周三发报价."""
    for start, end in clauses:
        begin = start
        for date_start, _ in dates:
            before = folded[begin:date_start]
            new = (
                before.endswith(" ") or TOLD.search(before) or any(begin <= other < date_start for other, _end in dates)
            )
            if begin < date_start < end and before.strip() and new and HAN.search(folded[date_start:end] + before):
                yield begin, date_start
                begin = date_start
        yield begin, end
