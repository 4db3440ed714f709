"""What a line asks to be done, and when."""

import re
from datetime import date, time, timedelta

from core.capture import words
from core.capture.line import Line, Span
from core.capture.model import Followup, Part
from core.when import Found

EDGES = " \t,.;:!-–—，。；：、！·|/()（）"
_END_OF_DAY = time(23, 59, 59)
_FRIDAY = 4
_COARSE, _COARSEST = frozenset({"month", "quarter", "year"}), frozenset({"quarter", "year"})
_FAR, _NEAR = timedelta(days=180), timedelta(days=60)
_ENDS = 0.7
MERELY_DATED = _ENDS + 0.1  # at most, of a date that ends a line and says nothing more
# Somebody else does it then: "Orion will sign next week", "wants to sign by June", 她下周一答复.
_OTHERS_WILL = re.compile(
    r"(?<![a-z])(?!(?:i|we|and|to|then|will)[' ])[a-z]+(?: will|'ll)(?![a-z])"
    r"|(?<![a-z])(?:wants?|plans?|hopes?|expects?) to (?:sign|decide|start|launch|buy|move|close|go|open)(?![a-z])"
)
_OTHERS_BEFORE = re.compile(r"(?:(?:[他她]们?|对方|客户)|[^我]说)$")
_MENTIONED = re.compile(r"(?:\s+@[^\s@]+)+\s*$")
_DONE = frozenset("了过")


def followup(line: Line) -> Part[Followup]:
    """The surest promise of a line, with the clause it stands in."""
    candidates = [(found, *_promise(line, found)) for found in line.dates]
    found, day, sure = max(candidates, key=lambda candidate: candidate[2], default=(None, None, 0.0))
    if found is None or day is None:
        return Part()
    clause = line.clause_of(found.span)
    said = Followup(day, _time(found) or _time_beside(line, found, clause), _task(line, found, clause), found.matched)
    return Part(said, min(sure, found.confidence + 0.1), clause)


def doings(clause: str, table: tuple[str, ...]) -> list[str]:
    """The words of a table in a clause, without those already done: 拜访了."""
    return [
        match[0]
        for match in words.pattern(table).finditer(clause)
        if match[0] in _DONE or clause[match.end() : match.end() + 1] not in _DONE
    ]


def told(line: Line, found: Found) -> bool:
    """Whether what is said of a date has happened: "met Tuesday", 周一拜访华为 聊了报价."""
    if doings(line.said(line.clause_of(found.span)), words.TASKS):
        return False
    return bool(words.pattern(words.TOLD).search(line.said(line.passage_of(found.span))))


def reading_as_gone(line: Line, found: Found) -> Found:
    """The same words read as past."""
    return next((other for other in line.gone if other.span == found.span), found)


def _promise(line: Line, found: Found) -> tuple[date | None, float]:
    """The day for which a date promises something, and how surely; None when it promises nothing."""
    day = _coming_day(line, found)
    clause = line.clause_of(found.span)
    said = line.said(clause)
    if day is None or _OTHERS_BEFORE.search(line.said((clause[0], found.span[0]))):
        return None, 0.0
    if doings(said, words.TASKS):
        return day, 0.95
    if _is_told(line, found, said):
        return None, 0.0
    if doings(said, words.DEEDS) and found.grain not in _COARSEST:
        return day, 0.85
    if doings(line.said(_asked_before(line, found, clause)), words.TASKS):
        return day, 0.85
    alone = sum(_coming_day(line, other) is not None for other in line.dates) == 1
    lasting = found.grain in _COARSE or day == line.now.date() or found.start < line.now
    return (day, _ENDS) if alone and not lasting and _ends_line(line, found) else (None, 0.0)


def _asked_before(line: Line, found: Found, clause: Span) -> Span:
    """The clause before a date that stands alone in its own: "send the proposal, Friday". Empty otherwise."""
    rest = line.said((clause[0], found.span[0])) + line.said((found.span[1], clause[1]))
    before = max((other for other in line.clauses if other[1] <= clause[0]), default=(0, 0))
    return before if not _cleaned(rest) else (0, 0)


def _is_told(line: Line, found: Found, said: str) -> bool:
    """Whether a date tells: a fact, what others will do, what is over, or today, of which "a good meeting" is said."""
    today = found.kind == "date" and found.start.date() == line.now.date()
    return bool(today or words.pattern(words.FACTS).search(said) or _is_gone(line, found) or _OTHERS_WILL.search(said))


def lately(line: Line, found: Found) -> bool:
    """Whether a date is far off as coming and near as gone: a log line's "3/2" on 4 March is not next year's."""
    return found.start - line.now > _FAR and line.now - reading_as_gone(line, found).start < _NEAR


def _is_gone(line: Line, found: Found) -> bool:
    open_to_both = reading_as_gone(line, found).start != found.start
    may_be = open_to_both or found.start.date() == line.now.date()
    return (may_be and told(line, found)) or (open_to_both and lately(line, found))


def _coming_day(line: Line, found: Found) -> date | None:
    """The day a date points at, None when it lies behind; of a running period its last working day."""
    today = line.now.date()
    if found.kind == "duration":
        return None
    if found.kind != "range" or found.start.date() >= today:
        return found.start.date() if found.start.date() >= today and not _is_over(line, found) else None
    if found.end is None or found.end <= line.now:
        return None
    last = (found.end - timedelta(seconds=1)).date()
    return max(today, last - timedelta(days=max(0, last.weekday() - _FRIDAY)))


def _is_over(line: Line, found: Found) -> bool:
    timed = found.kind in {"datetime", "time"} or found.grain == "hour"
    return timed and (found.end or found.start) < line.now


def _time(found: Found) -> time | None:
    timed = found.kind in {"datetime", "time"} or found.grain in {"hour", "minute"}
    return found.start.time() if timed and found.start.time() != _END_OF_DAY else None


def _time_beside(line: Line, found: Found, clause: Span) -> time | None:
    """A time of day that stands apart from its day: lunch tomorrow with Ada 12:30."""
    beside = (each for each in line.dates if each.kind == "time" and clause[0] <= each.span[0] < clause[1])
    return next((each.start.time() for each in beside if each is not found), None)


def _ends_line(line: Line, found: Found) -> bool:
    rest = line.folded[found.span[1] :]
    for amount in line.amounts:
        rest = rest.replace(line.said(amount.span), "")
    return not re.sub(r"@\S+", "", rest).strip(EDGES)


# --- the task's words


def _task(line: Line, found: Found, clause: Span) -> str:
    """What a date's clause asks for: from its first word of doing, without the date and a bare amount."""
    start, end = found.span
    doing = words.pattern(words.TASKS + words.PROPER_DEEDS)
    before, after = line.text[clause[0] : start], _without_amount(line, end, clause[1])
    first = doing.search(line.said((clause[0], start)))
    asked = _asked_before(line, found, clause)
    if doings(line.said(asked), words.TASKS):
        told = words.pattern(words.TASKS).search(line.folded, *asked)
        return _cleaned(line.text[told.start() if told else asked[0] : asked[1]])
    if not before.strip(EDGES) or (first is None and doing.search(line.said((end, clause[1])))):
        return _cleaned(after)
    chunk = before[first.start() :] if first else before
    trimmed = words.pattern(words.TAILS)
    dangling = re.search(rf"(?:\s*(?:{trimmed.pattern}))+$", chunk.rstrip(EDGES).lower())
    chunk = chunk.rstrip(EDGES)[: dangling.start()] if dangling and after.strip(EDGES) else chunk
    return _cleaned(f"{chunk.rstrip()} {after.strip()}" if chunk.isascii() else chunk.rstrip() + after.strip())


def _without_amount(line: Line, start: int, end: int) -> str:
    """A stretch without an amount or mentions that stand by themselves at its end."""
    mentioned = _MENTIONED.search(line.text, start, end)
    end = mentioned.start() if mentioned and mentioned.start() > start else end
    for found in line.amounts:
        first, last = found.span
        if start < first < end and not line.text[last:end].strip(EDGES) and line.text[first - 1].isspace():
            return line.text[start:first]
    return line.text[start:end]


def _cleaned(text: str) -> str:
    """Without what led to the task (remind me to …) and what the date left dangling (… by)."""
    text = re.sub(r"\s+", " ", text).strip(EDGES)
    lead = re.match(rf"(?:(?:{words.pattern(words.LEADS).pattern})[\s:,]*)+", text.lower())
    text = text[lead.end() :] if lead else text
    tail = re.search(rf"(?:\s*(?:{words.pattern(words.TAILS).pattern}))+$", text.lower())
    return (text[: tail.start()] if tail else text).strip(EDGES)
