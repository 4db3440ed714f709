"""How much each level of likeness says, learnt without labels.

Fellegi and Sunter's model: the weight of a level is the logarithm of how much oftener it is met among pairs that mean
the same than among others. The others are learnt from pairs drawn at random; those that mean the same by expectation
and maximisation over the candidates. That two records share a rare value says more than that they share a common one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.duplicates.blocking import Numbers, numbered
from core.duplicates.columns import Column
from core.duplicates.comparing import EQUAL, LEVELS, OTHER, Levels, compare

Weights = NDArray[np.float64]

_ROUNDS = 25
_DRAWN = 6_000
_SEED = 20
# What is believed before anything was seen, by level from UNKNOWN to EQUAL, and as how many pairs that counts.
_SAME = np.array([0, 0.05, 0.02, 0.05, 0.13, 0.75])
_APART = np.array([0, 0.90, 0.07, 0.02, 0.005, 0.005])
_COUNTS = 20.0
_SHARE_SAME = 0.25  # pairs for each record, to begin with
_SURE, _MARGIN = 0.9, 3.0  # which pairs teach
# Beyond the sheet there is a world in which a value is about this frequent; it counts as so many more records.
_FREQUENCY, _WORLD = 0.01, 50.0


@dataclass(frozen=True, slots=True)
class Learnt:
    """``weights`` by column and level (natural logarithms); ``prior`` is the share of all pairs that are the same."""

    weights: Weights
    prior: float


def probabilities(columns: Sequence[Column], pairs: tuple[Numbers, Numbers], levels: Levels, left: int) -> Weights:
    """How likely each pair is to mean the same, from 0 to 1; ``left`` as for ``candidate_pairs``."""
    count = len(columns[0].cells)
    possible = left * (count - left) if left else count * (count - 1) // 2
    rarity = _rarity(columns, pairs[0], levels)
    learnt = learn(levels, pairs, _apart(columns), rarity, begin=_SHARE_SAME * count, possible=possible)
    return _likely(_weigh(levels, learnt.weights, rarity), learnt.prior)


def learn(
    levels: Levels, pairs: tuple[Numbers, Numbers], apart: Weights, rarity: Weights, *, begin: float, possible: int
) -> Learnt:
    """Expectation and maximisation over the candidates, of all the ``possible`` pairs.

    Candidates share something by their making, and the likeliest of the others would soon pass for the same if they
    were learnt from. So only pairs that are sure, and about the best of both their records, teach.
    """
    same, prior = np.tile(_SAME, (levels.shape[1], 1)), _share(begin, possible)
    weights = _weights(same, apart)
    for _ in range(_ROUNDS):
        weighed = _weigh(levels, weights, rarity)
        likely = _likely(weighed, prior)
        teaching = likely * (likely >= _SURE) * _leads(weighed, pairs)
        prior = _share(float(teaching.sum()), possible)
        weights = _weights(_shares(levels, teaching, _SAME * _COUNTS), apart)
    return Learnt(weights, prior)


def _share(same: float, possible: int) -> float:
    return min((same + 1) / (possible + 10), 0.5)


def _leads(weighed: Weights, pairs: tuple[Numbers, Numbers]) -> NDArray[np.bool_]:
    """Whether a pair comes within ``_MARGIN`` of the best of both its records."""
    best = np.full(int(max(pairs[0].max(), pairs[1].max())) + 1, -np.inf)
    for records in pairs:
        np.maximum.at(best, records, weighed)
    leads: NDArray[np.bool_] = weighed + _MARGIN >= np.maximum(best[pairs[0]], best[pairs[1]])
    return leads


def _apart(columns: Sequence[Column]) -> Weights:
    """How often pairs drawn at random are of each level."""
    count = len(columns[0].cells)
    drawn = np.random.default_rng(_SEED).integers(0, count, (2, _DRAWN))  # the same pairs every time
    first, second = drawn[:, drawn[0] != drawn[1]]
    levels = compare(columns, first, second)
    return _shares(levels, np.ones(len(first)), _APART * _COUNTS)


def _shares(levels: Levels, counted: Weights, believed: Weights) -> Weights:
    """By column, the share of each level among the pairs, each as much as it is ``counted``; UNKNOWN has none."""
    counts = [np.bincount(column, weights=counted, minlength=LEVELS) for column in levels.T]
    shares: Weights = np.array(counts) + believed
    shares[:, 0] = 0
    shares /= shares.sum(axis=1, keepdims=True)
    return shares


def _weights(same: Weights, apart: Weights) -> Weights:
    """The logarithms of the ratios; a greater likeness never says less, and an empty cell says nothing."""
    weights = np.zeros_like(same)
    weights[:, OTHER:] = np.maximum.accumulate(np.log(same[:, OTHER:] / apart[:, OTHER:]), axis=1)
    return weights


def _weigh(levels: Levels, weights: Weights, rarity: Weights) -> Weights:
    columns = np.arange(levels.shape[1])
    summed: Weights = weights[columns, levels].sum(axis=1) + rarity
    return summed


def _likely(weighed: Weights, prior: float) -> Weights:
    odds = np.clip(weighed + np.log(prior / (1 - prior)), -60, 60)
    likely: Weights = 1 / (1 + np.exp(-odds))
    return likely


def _rarity(columns: Sequence[Column], first: Numbers, levels: Levels) -> Weights:
    """What equal cells say beyond the average of their column, because their value is rare or common."""
    found = np.zeros(len(first))
    for column, level in zip(columns, levels.T, strict=True):
        frequency = _frequencies(column)
        equal = level == EQUAL
        usual = np.log(np.mean(frequency))
        found[equal] += usual - np.log(frequency[first[equal]])
    return found


def _frequencies(column: Column) -> Weights:
    """By record, how often another record has its value, in the sheet and the world beyond."""
    numbers = numbered(column.cells)
    filled = numbers[numbers >= 0]
    counts = np.bincount(filled, minlength=1)
    others = np.where(numbers >= 0, counts[np.maximum(numbers, 0)] - 1, 0)
    shares: Weights = (others + _FREQUENCY * _WORLD) / (len(filled) + _WORLD)
    return shares
