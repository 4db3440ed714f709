"""The smaller parts of a line: the day it happened, the amount, the stage, the people mentioned."""

import re
from datetime import date

from core.amounts import FoundAmount
from core.capture import words
from core.capture.followups import lately, reading_as_gone, told
from core.capture.line import Line
from core.capture.model import Part

_MENTION = re.compile(
    r"(?<![\w.])@([a-z0-9][\w.\-]*[a-z0-9]|[a-z0-9]|[\u3400-\u9fff·]{1,12})", re.ASCII | re.IGNORECASE
)
_LONGEST_NAME = 4  # characters of a Chinese name
_COARSE = frozenset({"week", "month", "quarter", "year"})
_BEFORE_STAGE = 14  # characters that may deny it


def happened(line: Line) -> Part[date]:
    """A day before today that the line says it happened on."""
    for found in line.dates:
        clause = line.clause_of(found.span)
        past = reading_as_gone(line, found)
        day = past.start.date()
        if found.kind == "duration" or day >= line.now.date() or clause == line.promised:
            continue
        if words.pattern(words.BACKGROUND).search(line.said(clause)):
            continue
        if past.grain in _COARSE and (past.end is None or past.end > line.now):
            continue  # "this year they do not buy" tells no day
        if past.start == found.start:
            return Part(day, 0.6 if found.kind == "range" and found.grain != "hour" else 0.95)
        if told(line, found):
            return Part(day, 0.85)
        if lately(line, found):
            return Part(day, 0.7)
    return Part()


def amount(line: Line) -> Part[FoundAmount]:
    """The amount: one whose currency was said before one without."""
    named = [found for found in line.amounts if found.currency and not _is_bare(found)]
    chosen = next(iter(named or line.amounts), None)
    sure = 0.95 if named else 0.8
    return Part(chosen, sure if len(line.amounts) == 1 else sure * 0.8) if chosen else Part()


def _is_bare(found: FoundAmount) -> bool:
    """Whether no currency was said, only given."""
    return all(
        char.isdigit() or char in " .,kmbw零一二两三四五六七八九十百千万亿个多来余几点"
        for char in found.matched.lower()
    )


def stage(line: Line) -> Part[str]:
    """The stage of a deal that the line tells; what is only promised, hoped or denied is none."""
    other = {match.start() for match in words.pattern(words.NO_STAGE).finditer(line.folded)}
    for name, table in words.STAGES.items():
        for match in words.pattern(table).finditer(line.folded):
            meant = match.start() not in other and not _denied(line, match)
            if meant and line.clause_of(match.span()) != line.promised:
                return Part(name, 0.9 if name in {"won", "lost"} else 0.8, match.span())
    return _closed(line)


def _closed(line: Line) -> Part[str]:
    """Closed, beside an amount, is a deal; a shop is closed for nothing."""
    match = words.pattern(words.CLOSED).search(line.folded) if line.amounts else None
    return Part("won", 0.7, match.span()) if match and not _denied(line, match) else Part()


def _denied(line: Line, match: re.Match[str]) -> bool:
    start = max(line.clause_of(match.span())[0], match.start() - _BEFORE_STAGE)
    return bool(words.pattern(words.NEGATIONS).search(line.folded[start : match.start()]))


def mentions(line: Line) -> Part[tuple[str, ...]]:
    """Who was named after an at sign, the sign kept."""
    found = (match[0][: 1 + _name_length(match[1].lower())] for match in _MENTION.finditer(line.text))
    names = tuple(dict.fromkeys(found))
    return Part(names, 0.95) if names else Part()


def _name_length(name: str) -> int:
    """How much of what follows an @ is the name: a Chinese name ends where a word of doing begins."""
    if name.isascii():
        return len(name)
    verb = words.pattern(words.TASKS + words.DEEDS).search(name, 1)
    return min(verb.start() if verb else len(name), _LONGEST_NAME)
