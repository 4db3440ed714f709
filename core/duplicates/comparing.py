"""How alike the cells of two records are, as a few levels per column; rapidfuzz compares them in bulk."""

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from core.duplicates.blocking import Numbers, domain_of
from core.duplicates.columns import Column, Holds

Levels = NDArray[np.int8]
Likeness = NDArray[np.float32]
Cells = NDArray[np.object_]

# The levels. UNKNOWN says nothing, for one of the two cells is empty.
UNKNOWN, OTHER, VAGUE, NEAR, CLOSE, EQUAL = range(6)
LEVELS = 6
_FROM = {VAGUE: 0.6, NEAR: 0.75, CLOSE: 0.88, EQUAL: 0.999}
_UNLIKE = 0.7  # below it a cell may stand in another column
_MOVED = 0.85  # from it on, it does
# Half a step below: letters in common at the beginning, and the same sound, are a little less than the same letters.
_BY_BEGINNING, _BY_SOUND, _BY_WORDS = 0.97, 0.96, 0.98
_BY_DOMAIN = _FROM[NEAR]
_SOMEHOW = 0.3  # below it not even the letters are the same


def compare(columns: Sequence[Column], first: Numbers, second: Numbers) -> Levels:
    """The level of each pair (a row) in each column."""
    likeness = [_column_likeness(column, first, second) for column in columns]
    _mend_swaps(columns, likeness, first, second)
    levels = [np.digitize(each, sorted(_FROM.values())) + OTHER for each in likeness]
    for level, each in zip(levels, likeness, strict=True):
        level[each < 0] = UNKNOWN
    shape = (len(first), len(columns))
    return np.stack(levels, axis=1).astype(np.int8) if levels else np.zeros(shape, np.int8)


def _cells(texts: Sequence[str]) -> Cells:
    cells = np.empty(len(texts), dtype=object)
    cells[:] = texts
    return cells


def _column_likeness(column: Column, first: Numbers, second: Numbers) -> Likeness:
    cells = _cells(column.cells)
    left, right = cells[first], cells[second]
    found = _likeness(left, right, column.holds)
    if column.sounds:
        sounds = _cells(column.sounds)
        by_sound = _likeness(sounds[first], sounds[second], column.holds)
        found = np.where(found < 0, found, np.maximum(found, by_sound * _BY_SOUND))
    if column.holds in (Holds.EMAIL, Holds.SITE):
        # An address is made from the name: that it resembles another is said by the name already.
        found[(found >= 0) & (found < _FROM[CLOSE])] = 0
    if column.holds is Holds.EMAIL:
        domains = _cells([domain_of(cell) for cell in column.cells])
        shared = (domains[first] == domains[second]) & (domains[first] != "")
        found = np.where(shared, np.maximum(found, _BY_DOMAIN), found)
    return found


def _likeness(left: Cells, right: Cells, holds: Holds) -> Likeness:
    """0 to 1 for each pair of cells; -1 where one of them is empty."""
    found: Likeness = (left == right).astype(np.float32)
    todo = np.flatnonzero(found == 0)
    left_todo, right_todo = left[todo], right[todo]
    edits = _by(DamerauLevenshtein.normalized_similarity, left_todo, right_todo)
    if holds is Holds.WORDS:
        begins = _by(JaroWinkler.normalized_similarity, left_todo, right_todo)
        edits = np.maximum(edits, begins * _BY_BEGINNING)
        _compare_words(edits, left_todo, right_todo)
    found[todo] = np.minimum(edits, 0.99)
    found[(left == "") | (right == "")] = -1
    return found


def _by(scorer: Any, left: Cells, right: Cells) -> Likeness:
    """``scorer`` is one of rapidfuzz's, for which its stubs have no name that could be said here."""
    found: Likeness = process.cpdist(left, right, scorer=scorer, dtype=np.float32)
    return found


def _compare_words(edits: Likeness, left: Cells, right: Cells) -> None:
    """Raises the likeness of cells that have their words in another order."""
    blank = np.fromiter((" " in text for text in left), dtype=bool, count=len(left))
    several = np.flatnonzero(blank & (edits < _FROM[CLOSE]) & (edits > _SOMEHOW))
    if len(several):
        in_order = _by(fuzz.token_sort_ratio, left[several], right[several]) / 100
        edits[several] = np.maximum(edits[several], in_order * _BY_WORDS)


def _mend_swaps(columns: Sequence[Column], likeness: list[Likeness], first: Numbers, second: Numbers) -> None:
    """Where two cells of one record stand in each other's column in the other record, they are compared so."""
    wordy = [number for number, column in enumerate(columns) if column.holds is Holds.WORDS]
    spelt = {number: _cells(columns[number].spelt) for number in wordy}
    begins = {number: _initials(columns[number].spelt) for number in wordy}
    for one, other in combinations(wordy, 2):
        unlike = (likeness[one] < _UNLIKE) & (likeness[other] < _UNLIKE)
        crossed = (begins[one][first] == begins[other][second]) | (begins[other][first] == begins[one][second])
        at = np.flatnonzero(unlike & crossed)
        there = _likeness(spelt[one][first[at]], spelt[other][second[at]], Holds.WORDS)
        back = _likeness(spelt[other][first[at]], spelt[one][second[at]], Holds.WORDS)
        low, high = np.minimum(there, back), np.maximum(there, back)
        moved = (high >= _MOVED) & ((low < 0) | (low >= _FROM[VAGUE]))
        likeness[one][at[moved]] = there[moved]
        likeness[other][at[moved]] = back[moved]


def _initials(texts: Sequence[str]) -> Numbers:
    """The first letter of each text as a number; what is alike by its beginning has it in common."""
    return np.fromiter((ord(text[0]) if text else -1 for text in texts), dtype=np.int64, count=len(texts))
