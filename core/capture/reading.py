"""Read one line of a log: each part has its own reader, which says how sure it is."""

import re
from datetime import date, datetime, time, timedelta

from core.amounts import FoundAmount
from core.capture import words
from core.capture.line import TOLD, Line, Span, read_line
from core.capture.model import Captured, Followup
from core.when import Found

_FOLLOW_UP = words.pattern(words.FOLLOW_UP)
_FACTS = words.pattern(words.FACTS)
_BACKGROUND = words.pattern(words.BACKGROUND)
_STAGES = {stage: words.pattern(table) for stage, table in words.STAGES.items()}
_NEGATION = words.pattern(words.NEGATIONS)
_LEAD = re.compile(rf"^(?:(?:{words.pattern(words.LEADS).pattern})[\s:：,，]*)+")
_TAIL = re.compile(rf"(?:\s*(?:{words.pattern(words.TAILS).pattern}))+$")
_MENTION = re.compile(
    r"(?<![\w.])@([a-z0-9][\w.\-]*[a-z0-9]|[a-z0-9]|[\u3400-\u9fff·]{1,12})", re.ASCII | re.IGNORECASE
)
_EDGES = " \t,.;:!-–—，。；：、！·|/"
_END_OF_DAY = time(23, 59, 59)
_FRIDAY = 4

Sure = float


def capture(text: str, now: datetime, locale: str = "en", default_currency: str | None = None) -> Captured:
    """The parts of one log line. ``now`` is the member's local wall time.

    An amount without a currency is in ``default_currency``, or without one CNY in a Chinese line and open in others.
    """
    line = read_line(text, now, locale, default_currency)
    if default_currency is None and line.chinese:
        line = read_line(text, now, locale, "CNY")
    followup, followup_sure, taken = _followup(line)
    happened, happened_sure = _happened(line, taken)
    amount, amount_sure = _amount(line)
    stage, stage_sure = _stage(line, taken)
    mentions = _mentions(line)
    parts = {
        "followup": (followup, followup_sure), "happened": (happened, happened_sure), "amount": (amount, amount_sure),
        "stage": (stage, stage_sure), "mentions": (mentions, 0.95),
    }  # fmt: skip
    confidence = {name: round(sure, 2) for name, (value, sure) in parts.items() if value}
    return Captured(text, followup, happened, amount, stage, mentions, confidence)


# --- what is to be done


def _followup(line: Line) -> tuple[Followup | None, Sure, Span | None]:
    candidates = [(found, *_promise(line, found)) for found in line.dates]
    candidates = [candidate for candidate in candidates if candidate[2]]
    if not candidates:
        return None, 0.0, None
    found, day, sure = max(candidates, key=lambda candidate: candidate[2])
    if day is None:
        return None, 0.0, None
    clause = line.clause_of(found.span)
    moment = found.start.time() if found.kind in {"datetime", "time"} or found.grain in {"hour", "minute"} else None
    said = Followup(day, None if moment == _END_OF_DAY else moment, _task(line, found, clause), found.matched)
    return said, min(sure, found.confidence + 0.1), clause


def _promise(line: Line, found: Found) -> tuple[date | None, Sure]:
    """The day of a date that promises something, and how surely it does; 0 when it does not."""
    day = _coming_day(found, line.now)
    clause = line.clause_of(found.span)
    said = line.folded[clause[0] : clause[1]]
    if day is None or _told(line, found, said):
        return None, 0.0
    leads = _doings(said)
    if any(word in words.SURE_FOLLOW_UP for word in leads):
        return day, 0.95
    if leads:
        return day, 0.85
    if _FACTS.search(said):
        return None, 0.0
    before = line.folded[: clause[0]].rstrip(_EDGES)
    if any(before.endswith(word) for word in words.SURE_FOLLOW_UP):
        return day, 0.8
    alone = sum(_coming_day(other, line.now) is not None for other in line.dates) == 1
    return (day, 0.7) if alone and day > line.now.date() and _ends_line(line, found) else (None, 0.0)


def _told(line: Line, found: Found, clause: str) -> bool:
    """Whether an open date stands in a clause told in the past: "met Tuesday"."""
    gone = next((other for other in line.past_dates if other.span == found.span), found)
    return gone.start != found.start and bool(TOLD.search(clause)) and not _promised(clause)


def _promised(clause: str) -> bool:
    return any(word in words.SURE_FOLLOW_UP for word in _doings(clause))


def _doings(clause: str) -> list[str]:
    """The words of doing in a clause, without those already done: 拜访了."""
    return [
        match[0] for match in _FOLLOW_UP.finditer(clause) if clause[match.end() : match.end() + 1] not in {"了", "过"}
    ]


def _coming_day(found: Found, now: datetime) -> date | None:
    """The day a date asks for something, None when it lies behind; of a running period its last working day."""
    if found.kind == "duration" or (found.end or found.start) <= now:
        return None if found.start.date() != now.date() or found.kind != "date" else now.date()
    if found.kind != "range" or found.start.date() >= now.date():
        return found.start.date()
    last = (found.end or found.start) - timedelta(seconds=1)
    return max(now.date(), last.date() - timedelta(days=max(0, last.weekday() - _FRIDAY)))


def _ends_line(line: Line, found: Found) -> bool:
    rest = line.folded[found.span[1] :]
    for amount in line.amounts:
        rest = rest.replace(line.folded[amount.span[0] : amount.span[1]], "")
    return not _MENTION.sub("", rest).strip(_EDGES)


def _task(line: Line, found: Found, clause: Span) -> str:
    """What a date's clause asks for: from its first word of doing, without the date and a bare amount."""
    start, end = found.span
    before, after = line.text[clause[0] : start], _without_amount(line, end, clause[1])
    if _FOLLOW_UP.search(line.folded[end : clause[1]]) or not before.strip(_EDGES):
        text = after
    else:
        first = _FOLLOW_UP.search(line.folded[clause[0] : start])
        chunk = before[first.start() :] if first else before
        text = f"{_TAIL.sub('', chunk.rstrip(_EDGES))} {after}" if after.strip(_EDGES) else chunk
    return _cleaned(text)


def _without_amount(line: Line, start: int, end: int) -> str:
    """A stretch without an amount that stands by itself at its end."""
    for found in line.amounts:
        if (
            start <= found.span[0] < end
            and not line.text[found.span[1] : end].strip(_EDGES)
            and line.text[found.span[0] - 1].isspace()
        ):
            return line.text[start : found.span[0]]
    return line.text[start:end]


def _cleaned(text: str) -> str:
    text = re.sub(r"\s+", " ", text).strip(_EDGES)
    for pattern in (_LEAD, _TAIL):
        match = pattern.search(text.lower())
        if match:
            text = (text[: match.start()] + text[match.end() :]).strip(_EDGES)
    return text


# --- what has happened


def _happened(line: Line, promised: Span | None) -> tuple[date | None, Sure]:
    for found in line.past_dates:
        clause = line.clause_of(found.span)
        said = line.folded[clause[0] : clause[1]]
        coming = next((other for other in line.dates if other.span == found.span), found)
        day = found.start.date()
        if clause == promised or found.kind == "duration" or day >= line.now.date() or _BACKGROUND.search(said):
            continue
        if coming.start == found.start:
            return day, 0.95 if found.kind != "range" else 0.6
        if TOLD.search(said):
            return day, 0.8
    return None, 0.0


# --- amount, stage, mentions


def _amount(line: Line) -> tuple[FoundAmount | None, Sure]:
    named = [found for found in line.amounts if _names_currency(found)]
    chosen = next(iter(named or line.amounts), None)
    return chosen, (0.95 if named else 0.8) * (0.8 if len(line.amounts) > 1 else 1.0)


def _names_currency(found: FoundAmount) -> bool:
    return not all(char.isdigit() or char in " .,kmbw万千百十亿" for char in found.matched.lower())


def _stage(line: Line, promised: Span | None) -> tuple[str | None, Sure]:
    for stage, pattern in _STAGES.items():
        for match in pattern.finditer(line.folded):
            clause = line.clause_of(match.span())
            negated = _NEGATION.search(line.folded[max(clause[0], match.start() - 12) : match.start()])
            if not negated and clause != promised:
                return stage, 0.9 if stage in {"won", "lost"} else 0.8
    return None, 0.0


def _mentions(line: Line) -> tuple[str, ...]:
    found = (
        line.text[match.start() : match.start() + 1 + _name_length(match[1].lower())]
        for match in _MENTION.finditer(line.text)
    )
    return tuple(dict.fromkeys(found))


def _name_length(name: str) -> int:
    """How much of what follows an @ is the name: a Chinese name ends where a word of doing begins."""
    if name.isascii():
        return len(name)
    verb = _FOLLOW_UP.search(name, 1)
    return min(verb.start() if verb else len(name), 4)
