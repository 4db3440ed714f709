"""The duplicates within one sheet, or across two: blocked, compared, weighed and resolved.

The only entry to the modules that need numpy; import it where it is used, for numpy costs 0.1 s.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from core.duplicates.blocking import candidate_pairs
from core.duplicates.columns import Column, read_columns
from core.duplicates.comparing import compare
from core.duplicates.learning import probabilities
from core.duplicates.resolving import Pair, clusters, one_to_one

# Surer than this, two records are judged the same. Fixed: it was not chosen for any sheet.
THRESHOLD = 0.8


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of texts below headers, each row as long as the headers are."""

    headers: tuple[str, ...]
    rows: Sequence[Sequence[str]]


def find_duplicates(sheet: Sheet, threshold: float = THRESHOLD) -> list[Pair]:
    """Every pair of rows (by number, from 0) that are judged the same, as clusters."""
    return clusters(likely_pairs(read_columns(sheet.headers, sheet.rows), len(sheet.rows)), threshold)


def link(one: Sheet, other: Sheet, threshold: float = THRESHOLD) -> list[Pair]:
    """Rows of two sheets with the same headers that are judged the same, each row once; ``second`` counts from 0."""
    left = len(one.rows)
    columns = read_columns(one.headers, [*one.rows, *other.rows])
    found = one_to_one(likely_pairs(columns, left + len(other.rows), left), threshold)
    return [Pair(pair.first, pair.second - left, pair.score) for pair in found]


def likely_pairs(columns: Sequence[Column], count: int, left: int = 0) -> list[Pair]:
    """Every candidate pair with how likely it is."""
    first, second = candidate_pairs(columns, count, left)
    if not len(first):
        return []
    scores = probabilities(columns, (first, second), compare(columns, first, second), left)
    return [Pair(*pair) for pair in zip(first.tolist(), second.tolist(), scores.tolist(), strict=True)]
