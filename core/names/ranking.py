"""Candidates for a typed name put in order: exact, then prefix, then same sound, then contained, then similar."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

from core.ids import MemberId
from core.names.grading import Forms, Grade, Match, forms_of, grade_name
from core.names.keys import Key, KeyKind, query_keys

# More than anybody chooses from; an index that returns more has not done its part.
MAX_CANDIDATES = 1000
# The first is the one meant when it is good enough by itself, and clearly better than the next.
CONFIDENT_SCORE, CONFIDENT_GAP = 0.55, 0.05
# Scores nearer than this are a tie, in which the member's own customers come first.
_TIE = 0.02
# Of names that are merely similar, one letter decides.
_FUZZY_TIE = 0.004
# A record's own name weighs a little more than an alias.
_ALIAS = 0.01
# Digits from which a number is one telephone, wherever it is dialled from.
_WHOLE_NUMBER = 8
# An e-mail address is somebody's alone, a website its company's; the host of an address is its colleagues' too.
_ADDRESSES = {KeyKind.EMAIL: 1.0, KeyKind.DOMAIN: 0.94}
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


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


def rank(query: str, candidates: Iterable[Candidate], prefer: MemberId | None = None) -> list[Ranked]:
    """The candidates best first, each graded by the best of its names and keys.

    Ties go to the customers of the member ``prefer``, then to those with open deals, then to the recently touched.
    At most ``MAX_CANDIDATES`` are looked at. Nothing is left out: a low score says that it hardly fits.
    """
    typed, wanted = forms_of(query), query_keys(query)
    graded = [_ranked(typed, wanted, candidate) for candidate in islice(candidates, MAX_CANDIDATES)]
    graded.sort(key=lambda ranked: (-ranked.score, ranked.candidate.name, ranked.candidate.id))
    return _settle_ties(graded, prefer)


def is_confident(ranked: list[Ranked]) -> bool:
    """Whether the first is clearly the one meant, so that the member need not be asked."""
    if not ranked or ranked[0].score < CONFIDENT_SCORE:
        return False
    best = ranked[0].score
    return all(best - other.score >= CONFIDENT_GAP for other in ranked[1:])


def _ranked(typed: Forms, wanted: tuple[str, ...], candidate: Candidate) -> Ranked:
    grades = [(grade_name(typed, forms_of(candidate.name)), candidate.name)]
    for alias in candidate.aliases:
        score, match = grade_name(typed, forms_of(alias))
        grades.append((Grade(max(score - _ALIAS, 0.0), match), alias))
    grades += [(_grade_key(key), key.text) for key in candidate.keys if key.text in wanted]
    grade, matched = max(grades, key=lambda graded: graded[0].score)
    return Ranked(candidate, round(grade.score, 4), grade.match, matched)


def _grade_key(key: Key) -> Grade:
    """A whole address or number is as good as a name; the last digits of a phone, or a domain, may be shared."""
    if key.kind is KeyKind.PHONE:
        whole = len(key.text) >= _WHOLE_NUMBER
        return Grade(min(0.9 + 0.01 * len(key.text), 1.0), Match.EXACT) if whole else Grade(0.88, Match.PREFIX)
    return Grade(_ADDRESSES.get(key.kind, 0.92), Match.EXACT)


def _settle_ties(graded: list[Ranked], prefer: MemberId | None) -> list[Ranked]:
    """``graded``, best first, with those that fit equally well in the order the member would want."""
    settled: list[Ranked] = []
    tie: list[Ranked] = []
    for ranked in graded:
        close = _FUZZY_TIE if ranked.match is Match.FUZZY else _TIE
        if tie and (ranked.match != tie[0].match or tie[0].score - ranked.score >= close):
            settled += sorted(tie, key=lambda tied: _preference(tied.candidate, prefer))
            tie = []
        tie.append(ranked)
    return settled + sorted(tie, key=lambda tied: _preference(tied.candidate, prefer))


def _preference(candidate: Candidate, prefer: MemberId | None) -> tuple[bool, bool, float]:
    own = prefer is not None and candidate.owner_id == prefer
    touched = candidate.touched_at or _LONG_AGO
    return not own, not candidate.open_deals, -(touched - _LONG_AGO).total_seconds()
