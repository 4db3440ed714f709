"""Candidates for a typed name put in order: exact, then prefix, then contained, then similar."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum
from functools import lru_cache

from core.ids import MemberId
from core.names.companies import without_leading_place
from core.names.folding import has_han
from core.names.keys import Key, KeyKind, query_keys
from core.names.normalising import compact, normalise, spaced
from core.names.pinyin import readings

# More than anybody chooses from; an index that returns more has not done its part.
MAX_CANDIDATES = 1000
# The first is the one meant when it is good enough by itself, and clearly better than the next.
CONFIDENT_SCORE, CONFIDENT_GAP = 0.6, 0.06
# Scores nearer than this are a tie, in which the member's own customers come first.
_TIE = 0.04
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


class Match(IntEnum):
    """How a candidate fits, best first."""

    EXACT = 0
    PREFIX = 1
    CONTAINS = 2
    FUZZY = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that may be meant. ``keys`` are those of its phones and addresses through which it was found."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    keys: tuple[Key, ...] = ()
    owner_id: MemberId | None = None
    touched_at: datetime | None = None
    open_deals: int = 0


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its score (0 to 1), how it fits, and which of its names or keys does."""

    candidate: Candidate
    score: float
    match: Match
    matched: str


@dataclass(frozen=True, slots=True)
class _Forms:
    """A name in the forms that are compared."""

    normal: str
    full: str
    words: str
    brand: str
    sounds: tuple[str, ...]
    initials: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Query:
    forms: _Forms
    keys: frozenset[str]


@lru_cache(maxsize=16384)
def _forms(name: str) -> _Forms:
    normal = normalise(name)
    if not has_han(normal):
        return _Forms(normal, compact(name), spaced(name), normal, (), ())
    brand = without_leading_place(normal)
    sounds = [*readings(brand), *(readings(normal)[:2] if brand != normal else readings(normal, person=True)[:2])]
    return _Forms(
        normal,
        compact(name),
        spaced(name),
        brand,
        tuple(dict.fromkeys(sound.full for sound in sounds)),
        tuple(dict.fromkeys(sound.initials for sound in sounds)),
    )


def rank(query: str, candidates: Iterable[Candidate], prefer: MemberId | None = None) -> list[Ranked]:
    """The candidates best first, each graded by the best of its names and keys.

    Ties go to the customers of the member ``prefer``, then to those with open deals, then to the recently touched.
    At most ``MAX_CANDIDATES`` are looked at. Nothing is left out: a low score says that it hardly fits.
    """
    typed = _Query(_forms(query), frozenset(query_keys(query)))
    graded = [_grade(typed, candidate) for _, candidate in zip(range(MAX_CANDIDATES), candidates, strict=False)]
    graded.sort(key=lambda ranked: (-ranked.score, ranked.candidate.name, ranked.candidate.id))
    return _settle_ties(graded, prefer)


def is_confident(ranked: list[Ranked]) -> bool:
    """Whether the first is clearly the one meant, so that it need not be asked."""
    if not ranked or ranked[0].score < CONFIDENT_SCORE:
        return False
    best = ranked[0].score
    return all(best - other.score >= CONFIDENT_GAP for other in ranked[1:])


def _settle_ties(graded: list[Ranked], prefer: MemberId | None) -> list[Ranked]:
    settled: list[Ranked] = []
    while graded:
        best = graded[0]
        tie = [other for other in graded if other.match == best.match and best.score - other.score < _TIE]
        settled += sorted(tie, key=lambda ranked: _preference(ranked.candidate, prefer))
        graded = [other for other in graded if other not in tie]
    return settled


def _preference(candidate: Candidate, prefer: MemberId | None) -> tuple[bool, bool, float]:
    own = prefer is not None and candidate.owner_id == prefer
    touched = candidate.touched_at or _LONG_AGO
    return not own, not candidate.open_deals, -(touched - _LONG_AGO).total_seconds()
