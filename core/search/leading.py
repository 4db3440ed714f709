"""The customer's name that a typed line begins with: ``Acme wants a demo`` is Acme, and what it wants."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from core import when
from core.actor import Actor
from core.ids import looks_like_id
from core.names import normalise
from core.search.model import Hit
from core.search.service import LEAD, SURE, by_customer
from core.text import split_quoted
from core.work import Work

_LONGEST_NAME = 8  # words
_LONGEST_HAN = 20  # characters
_GUESSES = 6  # beginnings that are looked up loosely, the shortest ones
_CLOSE = 4  # customers that one beginning may mean
_RESEMBLES = 0.85  # of two names: one is the other with a slip
_SHORTEST_SLIP = 5  # letters; a shorter word resembles too much
_SENTENCE = re.compile(r"[,;，；。]|\S\s+\S")  # behind a known name, what is no part of it
_EDGES = " ,，、"
# Beside a day that stands between a name and its colon: Acme on Friday: …, 云岫岭 周五前：…
_BEFORE_DAY = re.compile(r"(?:\b(?:on|by|at|before|until|for|due)|截止|于|在)?$", re.IGNORECASE)
_BEHIND_DAY = re.compile(r"^(?:之前|以前|前|的时候)?$")


@dataclass(frozen=True, slots=True)
class Leading:
    """The name a line begins with and what follows it.

    ``sure`` tells that it was marked as one or is in full a known name; ``likely`` that it is a word of one, or nearly
    one.
    """

    name: str
    rest: str
    sure: bool
    likely: bool = True


def split_leading_name(work: Work, actor: Actor, typed: str) -> Leading:
    """Parts a line into the name it begins with and the rest.

    A colon, quotation marks or being an id end the name. Without these the longest beginning that is in full
    something's name or alias is taken, then the longest that means one customer, or several, or is nearly a name; in
    Chinese also without a blank after it. Failing that, the first word.
    """
    typed = typed.strip()
    return _marked(typed) or _by_colon(work, actor, typed) or _by_names(work, actor, typed)


def _marked(typed: str) -> Leading | None:
    first, _, rest = typed.partition(" ")
    if looks_like_id(first.rstrip(":：")):
        return Leading(first.rstrip(":："), rest.strip(), sure=True)
    quoted = split_quoted(typed)
    return Leading(quoted[0], quoted[1].lstrip(_EDGES + ":：").strip(), sure=True) if quoted else None


def _by_colon(work: Work, actor: Actor, typed: str) -> Leading | None:
    found = min((typed.find(colon) for colon in ":：" if colon in typed), default=-1)
    # A colon inside a clock time or a web address ends no name, and neither does one behind a whole sentence.
    if (
        found < 0
        or typed[found : found + 3] == "://"
        or (typed[found - 1 : found].isdigit() and typed[found + 1 : found + 2].isdigit())
    ):
        return None
    name = typed[:found].strip()
    if len(name.split()) > _LONGEST_NAME:
        return None
    known = _known(work, actor, _beginnings(name)) if _SENTENCE.search(name) else ""
    if known and _SENTENCE.search(name[len(known) :].strip()):
        return _cut(typed, known, sure=True, likely=True)
    rest = typed[found + 1 :].strip()
    name, day = _without_day(work, actor, name)
    if not name:
        return None
    return Leading(name, f"{day}: {rest}" if day else rest, sure=True)


def _without_day(work: Work, actor: Actor, name: str) -> tuple[str, str]:
    """What stands before a colon without the day it begins or ends with, and that day: ``Acme yesterday: …``.

    A company may be called after a day, so a name that is known in full is left whole.
    """
    if looks_like_id(name):
        return name, ""
    days = [day for day in when.find(name, actor.local(work.now), actor.language) if day.kind != "duration"]
    if not days or work.names.exact(actor.scope, (name,)):
        return name, ""
    start, end = days[-1].span
    if _BEHIND_DAY.match(name[end:].strip(_EDGES)):
        before = _BEFORE_DAY.sub("", name[:start].rstrip(_EDGES))
        return before.rstrip(_EDGES), name[len(before) :].strip(_EDGES)
    start, end = days[0].span
    if not name[:start].strip(_EDGES):
        return name[end:].strip(_EDGES), name[start:end]
    return name, ""


def _by_names(work: Work, actor: Actor, typed: str) -> Leading:
    starts = _beginnings(typed)
    if known := _known(work, actor, starts):
        return _cut(typed, known, sure=True, likely=True)
    for start in starts[-_GUESSES:]:
        hits = by_customer(work.names.find(actor.scope, start, limit=_CLOSE))
        meant = [hit for hit in hits if hit.score >= SURE and hits[0].score - hit.score < LEAD]
        if meant:
            return _cut(typed, start, likely=all(_stands_in(start, hit) for hit in meant))
        if hits and _is_nearly(start, hits[0]):
            return _cut(typed, start, likely=True)
    return _cut(typed, typed.partition(" ")[0])


def _known(work: Work, actor: Actor, starts: list[str]) -> str:
    """The longest beginning that is in full something's name or alias, or nothing."""
    known = work.names.exact(actor.scope, tuple(starts))
    return next((start for start in starts if known.get(start)), "")


def _stands_in(start: str, hit: Hit) -> bool:
    """Whether a beginning is a word of the name, and not just how some word begins: task check … is no Checkpoint."""
    start, name = start.casefold(), hit.name.casefold()
    if not start.isascii():
        return len(start) > 1 and start in name
    return re.search(rf"(?<!\w){re.escape(start)}(?!\w)", name, re.ASCII) is not None


def _is_nearly(start: str, hit: Hit) -> bool:
    typed, name = normalise(start), normalise(hit.name)
    return len(typed) >= _SHORTEST_SLIP and SequenceMatcher(None, typed, name).ratio() >= _RESEMBLES


def _cut(typed: str, start: str, *, sure: bool = False, likely: bool = False) -> Leading:
    return Leading(start, typed[len(start) :].strip(_EDGES), sure, likely)


def _beginnings(typed: str) -> list[str]:
    """Beginnings of a line that may be a name, the longest first: whole words, and characters where there are no
    blanks.
    """
    words = typed.split()[:_LONGEST_NAME]
    parts = []
    position = 0
    for word in words:
        position = typed.index(word, position) + len(word)
        parts.append(typed[:position].rstrip(",，、。."))
    first = words[0] if words else ""
    if not first.isascii():
        parts += [first[:length] for length in range(2, min(len(first), _LONGEST_HAN))]
    return sorted(dict.fromkeys(filter(None, parts)), key=len, reverse=True)
