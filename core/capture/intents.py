"""What kind of line it is: the first deed it tells or plans; else a deal, a task, a look-up, a note, or nothing."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.capture import deeds, words
from core.capture.line import Line, Span
from core.capture.model import Part

_NEAR = 16  # characters before a deed that may plan it
_HAN = re.compile(r"[\u3400-\u9fff]")
_TOLD = frozenset("说了过")  # behind a verb: 回复说
_BRIEF = 6  # characters of a line that says no more than 丢单了
_SHORT = 16  # characters beside the names
_LITTLE = 2  # words, or twice as many characters, that are too few for a note
_SIGN = re.compile(r"[^\s:：,，、/-]")
_SMALL = re.compile(
    r"(?<![a-z])(?:with|w|to|at|from|the|a|of|for|and|on|in|by|re|about|s|please|pls|inc|corp|ltd|llc|co|gmbh)(?![a-z])"
    r"|[的给和跟与向在去]"
)


@dataclass(frozen=True, slots=True)
class Seen:
    """What other readers found: ``named`` are the stretches of names, ``who`` tells whether anybody is named."""

    named: tuple[Span, ...]
    who: bool
    followup: bool
    merely_dated: bool  # the follow-up is a date at the line's end and nothing more
    amount: bool
    stage: str | None
    stage_at: int = -1


@dataclass(frozen=True, slots=True)
class Deed:
    """An activity's word: its kind, whether its form says that it is done, and whether anybody does it (lunch)."""

    kind: str
    span: Span
    done: bool
    weak: bool


def intent(line: Line, seen: Seen) -> Part[str]:
    """visit, call, meeting, note, task, deal, lookup or none, with how sure that is."""
    return (
        _lookup(line, seen)
        or _note_lead(line, seen)
        or _by_deed(line, seen)
        or _by_stage(line, seen)
        or _by_task(line, seen)
        or _left_over(line, seen)
    )


def first_deed(line: Line, named: Sequence[Span]) -> Deed | None:
    """The first activity that is told or planned, names left out: Call Center Ltd is no call."""
    kept = [deed for deed in _deeds(line.folded, named) if not _wished(line, deed)]
    return min(kept, key=lambda deed: (deed.span[0], not deed.done, -deed.span[1]), default=None)


def _deeds(folded: str, named: Sequence[Span]) -> Iterator[Deed]:
    barred = [*named, *_spans(folded, deeds.NOT_DEEDS), *_spans(folded, deeds.TASKS)]
    for done, table in ((True, deeds.DONE), (False, deeds.NAMED)):
        for kind, said in table.items():
            for match in words.pattern(said).finditer(folded):
                inside = any(start <= match.start() and match.end() <= end for start, end in barred)
                if not inside:
                    yield Deed(kind, match.span(), done, match[0] in deeds.WEAK)


def _spans(folded: str, table: tuple[str, ...]) -> list[Span]:
    return [match.span() for match in words.pattern(table).finditer(folded)]


def _wished(line: Line, deed: Deed) -> bool:
    """Whether somebody wants it to happen: "wants a demo"."""
    if deed.done:
        return False
    before = line.folded[: deed.span[0]].rstrip()
    return any(
        before.endswith(wish) and not (wish.isascii() and before[: -len(wish)][-1:].isalpha()) for wish in deeds.WISHES
    )


def _by_deed(line: Line, seen: Seen) -> Part[str] | None:
    deed = first_deed(line, seen.named)
    if deed is None or (0 <= seen.stage_at < deed.span[0] and seen.stage in {"won", "lost"}):
        return None
    if 0 <= seen.stage_at < deed.span[0] and not deed.done:
        return None
    if _planned(line, deed, seen):
        sure = 0.9 if seen.followup else 0.75
        meant = seen.who or (seen.followup and _asks(line)) or not deed.weak
        return Part("task", sure) if meant else None
    if not seen.who and deed.weak:
        return None
    if not deed.done and words.pattern(deeds.CALLED_OFF).search(line.said(line.clause_of(deed.span))):
        return Part("note", 0.7)
    sure = 0.95 if deed.done else 0.85
    return Part(deed.kind, sure if seen.who else sure - 0.25)


def _asks(line: Line) -> bool:
    return any(words.pattern(table).search(line.folded) for table in (deeds.PLANS, deeds.TASKS))


def _asks_of(line: Line) -> bool:
    """Whether a question asks somebody to do something: "@ada can you call them tomorrow?"."""
    return line.folded.lstrip().startswith("@") or bool(words.pattern(deeds.REQUESTS).search(line.folded))


def _planned(line: Line, deed: Deed, seen: Seen) -> bool:
    """Whether an activity is still to come: it is planned in so many words, or its clause is the follow-up's."""
    clause = line.clause_of(deed.span)
    # Where only a date cut the clause off, what stands before it plans as well: 约了林晓周五喝咖啡.
    begins = next((other[0] for other in line.clauses if other[1] == clause[0]), clause[0])
    before = line.said((max(begins, deed.span[0] - _NEAR), deed.span[0]))
    if _plans(before, deed):
        return True
    if deed.done:
        return False
    # Chinese marks what is over behind the verb: 电话聊了.
    # A colon makes a heading of it: "quick call: they want a demo on Friday".
    if re.match(r"[了过完]|\s*[:：]", line.folded[deed.span[1] :]):
        return False
    if line.promised is None:
        return _bare_call(line, deed, seen)
    if line.promised == clause:
        return not _goes_on_with_task(_between(line, deed))
    alone = not _content(line, (*seen.named, deed.span, line.promised)) and not _tasks_in(line, line.promised)
    return alone or (
        line.promised[0] < deed.span[0] and not _content(line, (*seen.named, line.promised), until=deed.span[0])
    )


def _goes_on_with_task(said: str) -> bool:
    """Whether another thing to do follows: 电话 改约下周四. In English "call Leo to schedule a demo" is one thing."""
    plan = words.pattern(deeds.PLANS).search(said)
    return bool(words.pattern(deeds.TASKS).search(said)) or (plan is not None and not plan[0].isascii())


def _tasks_in(line: Line, clause: Span) -> bool:
    return any(words.pattern(table).search(line.said(clause)) for table in (deeds.TASKS, deeds.PLANS))


def _plans(before: str, deed: Deed) -> bool:
    found = words.pattern(deeds.PLANS).search(before)
    if found is None:
        return False
    return not (deed.done and found[0].isascii() and found[0] not in {"remind me", "todo"})


def _between(line: Line, deed: Deed) -> str:
    """What stands between an activity and the end of the clause in which it stands."""
    return line.said((deed.span[1], line.clause_of(deed.span)[1]))


def _bare_call(line: Line, deed: Deed, seen: Seen) -> bool:
    """``call Ada`` with nothing else is to be done: nothing was said of it."""
    first = not line.folded[: deed.span[0]].strip()
    imperative = line.said(deed.span) in {"call", "phone", "ring", "打电话", "speak to", "talk to", "打个电话", "meet"}
    return first and imperative and seen.who and not _content(line, (*seen.named, deed.span))


def _content(line: Line, without: Sequence[Span], until: int | None = None) -> str:
    """What is said beside some stretches, small words left out."""
    chars = list(line.folded[:until])
    amounts = (found.span for found in line.amounts)
    for start, end in (*without, *amounts):
        chars[start:end] = " " * (min(end, len(chars)) - start) if start < len(chars) else []
    left = re.sub(r"@\S+|[^\w\u3400-\u9fff]+", " ", "".join(chars))
    return _SMALL.sub(" ", left).strip()


def _openings(line: Line, seen: Seen) -> list[int]:
    """Where a line begins to say something: at its start, and behind each name."""
    return [_first_sign(line.folded, end) for end in (0, *(end for _, end in seen.named))]


def _first_sign(folded: str, start: int) -> int:
    found = _SIGN.search(folded, start)
    return found.start() if found else len(folded)


def _note_lead(line: Line, seen: Seen) -> Part[str] | None:
    """A line that begins, perhaps behind a name, with a word for a note; or with a letter that was written."""
    openings = _openings(line, seen)
    for match in words.pattern(deeds.NOTED).finditer(line.folded):
        led = match.start() in openings or match[0] in deeds.NOTED_ANYWHERE
        if led and (seen.who or match.start() == openings[0]):
            earlier = first_deed(line, seen.named)
            if earlier is None or earlier.span[0] >= match.start():
                return Part("note", 0.9 if seen.who else 0.7)
    return None


def _by_stage(line: Line, seen: Seen) -> Part[str] | None:
    if seen.stage is None:
        return None
    brief = 0 < len(_HAN.findall(line.text)) <= _BRIEF
    if not seen.who and not (seen.stage in {"won", "lost"} and (seen.amount or brief)):
        return None
    if seen.stage not in {"won", "lost"} and _asked_before(line, seen):
        return None
    return Part("deal", 0.9 if seen.stage in {"won", "lost"} else 0.75)


def _asked_before(line: Line, seen: Seen) -> bool:
    """Whether the line asks for something before it names the stage: "prep the quote", "follow up on the quote"."""
    openings = _openings(line, seen)
    asking = (words.pattern(deeds.TASKS), words.pattern(deeds.PLANS))
    leads = (table.match(line.folded, start) for table in asking for start in openings)
    if any(lead and line.folded[lead.end() : lead.end() + 1] not in _TOLD for lead in leads):
        return True
    task = asking[0].search(line.folded) if seen.followup else None
    return task is not None and task.start() < seen.stage_at


def _by_task(line: Line, seen: Seen) -> Part[str] | None:
    asks = _asks(line)
    if not seen.who and words.pattern(deeds.ROOM).match(line.folded.strip()):
        return None
    if seen.merely_dated and seen.amount and seen.who and words.pattern(deeds.DEALS).search(line.folded):
        return Part("deal", 0.7)
    if seen.followup and (asks or seen.who):
        return Part("task", 0.9 if asks else 0.7)
    asked = _asked_before(line, seen) or bool(words.pattern(deeds.ASKS).search(line.folded))
    return Part("task", 0.75) if seen.who and asked else None


def _lookup(line: Line, seen: Seen) -> Part[str] | None:
    """A bare name, a name behind a word of looking up, or a question about somebody known."""
    folded = line.folded.strip()
    lead = words.pattern(deeds.LOOKUPS).match(folded)
    asked = folded.endswith(("?", "？")) or bool(words.pattern(deeds.QUESTIONS).search(folded))
    left = _content(line, seen.named)
    if seen.who and not left:
        return Part("lookup", 0.95)
    if lead and seen.who:
        return Part("lookup", 0.9)
    starts = bool(seen.named) and not line.folded[: min(seen.named)[0]].strip()
    if seen.who and starts and words.pattern(deeds.ASKED).fullmatch(left):
        return Part("lookup", 0.6)
    if asked and not (seen.followup and _asks_of(line)):
        bare = not re.sub(r"\s+", "", words.pattern(deeds.ASKED).sub(" ", left))
        deed = first_deed(line, seen.named)
        if seen.who and (bare or deed is None or not deed.done):
            return Part("lookup", 0.8)
        return None if seen.who else Part("none", 0.8)
    return None


def _left_over(line: Line, seen: Seen) -> Part[str]:
    """Something said of somebody is a note; an amount with little beside it is a deal; the rest is no log."""
    left = _content(line, seen.named)
    if seen.who and seen.amount:
        few = len(left.split()) <= _LITTLE and len(_HAN.findall(left)) <= 2 * _LITTLE
        named = words.pattern(deeds.DEALS).search(line.folded) and not line.promised
        return Part("deal", 0.7) if few or (named and len(left) < _SHORT) else Part("note", 0.6)
    if seen.who and left:
        return Part("note", 0.65)
    return Part("none", 0.7)
