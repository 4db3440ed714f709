"""From likely pairs to a decision: each record at most once across two sheets, or clusters within one."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """Two records by their number, the smaller first, and how likely they mean the same, from 0 to 1."""

    first: int
    second: int
    score: float


def one_to_one(pairs: Iterable[Pair], threshold: float) -> list[Pair]:
    """The likeliest first, and no record twice."""
    taken: set[int] = set()
    kept = []
    for pair in _likeliest(pairs, threshold):
        if pair.first not in taken and pair.second not in taken:
            taken |= {pair.first, pair.second}
            kept.append(pair)
    return sorted(kept)


def clusters(pairs: Iterable[Pair], threshold: float) -> list[Pair]:
    """Every pair within a cluster. Two clusters become one when at least half of the pairs across are likely.

    That keeps a chain of records, each like the next, from drawing strangers together.
    """
    known = list(_likeliest(pairs, threshold))
    scores = {(pair.first, pair.second): pair.score for pair in known}
    members: dict[int, list[int]] = {}
    for pair in known:
        one, other = (members.setdefault(record, [record]) for record in (pair.first, pair.second))
        if one is not other and _belong(one, other, scores):
            one += other
            members.update(dict.fromkeys(other, one))
    found = {id(cluster): sorted(cluster) for cluster in members.values()}
    return sorted(_within(found.values(), scores))


def _likeliest(pairs: Iterable[Pair], threshold: float) -> list[Pair]:
    likely = (pair for pair in pairs if pair.score >= threshold)
    return sorted(likely, key=lambda pair: (-pair.score, pair.first, pair.second))


def _belong(one: list[int], other: list[int], scores: dict[tuple[int, int], float]) -> bool:
    across = [(min(a, b), max(a, b)) for a in one for b in other]
    return 2 * sum(pair in scores for pair in across) >= len(across)


def _within(found: Iterable[list[int]], scores: dict[tuple[int, int], float]) -> Iterable[Pair]:
    """The pairs of each cluster; one that was not likely by itself is as sure as the least sure of the others."""
    for cluster in found:
        pairs = list(combinations(cluster, 2))
        least = min((scores[pair] for pair in pairs if pair in scores), default=0.0)
        for pair in pairs:
            yield Pair(*pair, scores.get(pair, least))
