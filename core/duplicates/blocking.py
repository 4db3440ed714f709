"""Which pairs are worth comparing: those that share one of many cheap keys which few others share.

Every key is a whole number, so that sorting finds the records that share it; nothing is compared here.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from core.duplicates.columns import Column, Holds
from core.names.contact_points import PUBLIC_MAIL, registered_domain

Numbers = NDArray[np.int64]

# A key that more records share than these says little by itself; together with another it may say more.
FEW = 10
_EDGE = 4  # letters of the beginning and the end of a cell
_GRAM = 5  # letters of a piece of a cell; most pieces are common, and FEW leaves the rare ones
_COLUMNS = 10  # that are combined, the most telling first
_GRAMMED = 2  # columns that are cut into pieces
# Columns from which on their combinations find what pieces would, and one shared key alone is chance: to leave such
# pairs out halves the work and costs one true pair in a thousand.
_ENOUGH = 7
_PER_RECORD = 60  # pairs, beyond which one shared key alone is not enough
_NONE = -1


def candidate_pairs(columns: Sequence[Column], count: int, left: int = 0) -> tuple[Numbers, Numbers]:
    """The records (by number, the smaller first) that are to be compared, each pair once.

    With ``left`` the first so many records are one sheet and the others another, and pairs go across.
    """
    found = [pair for keys, records in _keys(columns, count) for pair in _sharing(keys, records, count)]
    if not found:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    pairs, shared = np.unique(np.concatenate(found), return_counts=True)
    if len(columns) >= _ENOUGH or len(pairs) > _PER_RECORD * count:
        pairs = pairs[shared > 1]
    first, second = np.divmod(pairs, count)
    if left:
        across = (first < left) & (second >= left)
        first, second = first[across], second[across]
    return first, second


def _keys(columns: Sequence[Column], count: int) -> Iterator[tuple[Numbers, Numbers]]:
    """Keys, and beside each the record that has it."""
    everyone = np.arange(count, dtype=np.int64)
    telling = sorted(columns, key=lambda column: -len(set(column.cells)))[:_COLUMNS]
    for keys in (*_alone(columns), *_together(telling), *_swapped(telling)):
        yield keys, everyone
    yield _domains(columns)
    if len(columns) < _ENOUGH:
        for column in [column for column in telling if column.holds is Holds.WORDS][:_GRAMMED]:
            yield _pieces(column, _grams)
            yield _pieces(column, _words)


def numbered(texts: Iterable[str]) -> Numbers:
    """A number for each text, the same for the same; -1 for an empty one."""
    known: dict[str, int] = {}
    return np.array([known.setdefault(text, len(known)) if text else _NONE for text in texts], dtype=np.int64)


def _alone(columns: Sequence[Column]) -> Iterator[Numbers]:
    """Whole cells: the same phone, address or name, its words in any order."""
    for column in columns:
        yield numbered("".join(sorted(cell.split())) if " " in cell else cell for cell in column.spelt)


def _edges(column: Column) -> tuple[Numbers, ...]:
    """Cells by their beginning and by their end, so that a slip at one of them is no matter."""
    if column.holds is Holds.CODE:
        return (numbered(column.cells),)
    if column.holds is Holds.WORDS:
        return numbered([cell[:_EDGE] for cell in column.spelt]), numbered([cell[-_EDGE:] for cell in column.spelt])
    return (numbered(cell[-_EDGE:] if column.holds is Holds.PHONE else cell[:_EDGE] for cell in column.cells),)


def _together(columns: Sequence[Column]) -> Iterator[Numbers]:
    """An edge of one cell with an edge of another."""
    for some, others in combinations([_edges(column) for column in columns], 2):
        for one in some:
            for other in others:
                yield np.where((one < 0) | (other < 0), _NONE, one * (other.max(initial=0) + 1) + other)


def _swapped(columns: Sequence[Column]) -> Iterator[Numbers]:
    """The beginnings of two cells whichever stands first: names written into each other's column."""
    wordy = [column.spelt for column in columns if column.holds is Holds.WORDS]
    begins = numbered([cell[:_EDGE] for cells in wordy for cell in cells])
    for one, other in combinations(np.split(begins, len(wordy)) if wordy else [], 2):
        low, high = np.minimum(one, other), np.maximum(one, other)
        yield np.where(low < 0, _NONE, low * (begins.max(initial=0) + 1) + high)


def _domains(columns: Sequence[Column]) -> tuple[Numbers, Numbers]:
    """The domains of e-mail and web addresses, in one: an address at acme.example may stand for its site."""
    texts: list[str] = []
    records: list[int] = []
    for column in columns:
        if column.holds in (Holds.EMAIL, Holds.SITE):
            texts += map(domain_of, column.cells)
            records += range(len(column.cells))
    return numbered(texts), np.array(records, dtype=np.int64)


def domain_of(cell: str) -> str:
    """The registered domain of an address or a host; empty for one of the public's mail hosts."""
    host = cell.rpartition("@")[2]
    return "" if not host or host in PUBLIC_MAIL else registered_domain(host)


def _grams(cell: str) -> Iterable[str]:
    compact = cell.replace(" ", "")
    return {compact[at : at + _GRAM] for at in range(max(1, len(compact) - _GRAM + 1))}


def _words(cell: str) -> Iterable[str]:
    return {word for word in cell.split() if len(word) > 2}


def _pieces(column: Column, cut: Callable[[str], Iterable[str]]) -> tuple[Numbers, Numbers]:
    cells = [tuple(cut(cell)) for cell in column.spelt]
    records = np.repeat(np.arange(len(cells), dtype=np.int64), [len(pieces) for pieces in cells])
    return numbered(piece for pieces in cells for piece in pieces), records


def _sharing(keys: Numbers, records: Numbers, count: int) -> Iterator[Numbers]:
    """Pairs of records with one key, as ``smaller * count + larger``; none for keys that too many share."""
    kept = keys >= 0
    order = np.argsort(keys[kept], kind="stable")
    keys, records = keys[kept][order], records[kept][order]
    starts = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]]) if len(keys) else np.empty(0, np.int64)
    sizes = np.diff(np.r_[starts, len(keys)])
    ends = np.repeat(np.where(sizes <= FEW, starts + sizes, 0), sizes)
    at = np.arange(len(keys), dtype=np.int64)
    for step in range(1, FEW):
        near = np.flatnonzero(at + step < ends)
        if not len(near):
            return
        one, other = records[near], records[near + step]
        apart = one != other
        one, other = one[apart], other[apart]
        yield np.minimum(one, other) * count + np.maximum(one, other)
