"""A part of the index: the forms of many records' names, and the ways to them."""

from collections.abc import Iterator
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from core.names.closeness import Shape, closeness
from core.names.indexing import Asked
from storage.name_index.grams import han_grams, letter_grams, unique_codes
from storage.name_index.packed import Packed
from storage.name_index.postings import Postings
from storage.name_index.texts import Texts

# Texts that are compared letter by letter, and records that are then read.
_COMPARED = 72
_DRAWN = 500
_POOL = 45_000
_ALIKE = 40  # that begin alike, have the same initials or end in the same digits
LEAST = 0.45  # below this nothing resembles what was typed
_CERTAIN = 1.0
_MIN_DIGITS = 4
# Between the parts of a shape; no folded name has it.
BETWEEN = "\x1f"


@dataclass(frozen=True, slots=True)
class Segment:
    """The records' numbers (in order) and kinds, their names' shapes, and how these are found.

    ``records`` gives for each text the place of its record in ``numbers``.
    """

    numbers: NDArray[np.uint64]
    contacts: NDArray[np.bool_]
    records: NDArray[np.uint32]
    shapes: Texts
    lengths: NDArray[np.uint8]
    letters: Postings
    han: Postings
    exact: Packed
    initials: Packed
    addresses: Packed
    phones: Packed

    def __len__(self) -> int:
        return len(self.numbers)

    def between(self, first: int, last: int, *, contacts: bool) -> NDArray[np.int64]:
        """The places of the records of one kind whose numbers are from ``first`` to ``last``."""
        begin = int(np.searchsorted(self.numbers, np.uint64(first)))
        end = int(np.searchsorted(self.numbers, np.uint64(last), side="right"))
        return begin + np.flatnonzero(self.contacts[begin:end] == contacts)

    def search(self, asked: Asked, scratch: NDArray[np.uint8], alive: NDArray[np.bool_]) -> dict[int, float]:
        """Places of records with how near they are (0 to 1). ``scratch`` is as long as the texts, and left empty."""
        found = {place: _CERTAIN for place in self._by_contact_points(asked) if alive[place]}
        if found:
            return found  # an address, or the end of a number, is meant as one
        docs = np.unique(np.concatenate((self._by_whole(asked), self._by_grams(asked, scratch))))
        self._compare(asked, docs, alive, found)
        return found

    def _compare(
        self, asked: Asked, docs: NDArray[np.uint32], alive: NDArray[np.bool_], found: dict[int, float]
    ) -> None:
        places = self.records[docs]
        living = alive[places]
        docs, places = docs[living], places[living]
        shapes = (text.split(BETWEEN) for text in self.shapes.at(docs))
        nearness = closeness(asked, (Shape(*parts) for parts in shapes))
        for place, near in zip(places.tolist(), nearness, strict=True):
            if near > found.get(place, LEAST):
                found[place] = near
        for place in self.records[self._by_initials(asked)].tolist():
            if alive[place]:
                found[place] = max(found.get(place, 0.0), LEAST + 0.2)

    def _by_contact_points(self, asked: Asked) -> Iterator[int]:
        for key in asked.keys:
            yield from self.addresses.equal(crc32(key.encode("utf-8", "replace"))).tolist()
        for key in asked.keys:
            if key.isdecimal() and len(key) >= _MIN_DIGITS:
                found = self.phones.beginning(key[::-1], _COMPARED)
                if len(found):
                    yield from found.tolist()
                    return

    def _by_whole(self, asked: Asked) -> NDArray[np.uint32]:
        found = [self.exact.equal(crc32(text.encode("utf-8", "replace")))[:_COMPARED] for text in asked.exact]
        return np.concatenate(found) if found else np.empty(0, np.uint32)

    def _by_initials(self, asked: Asked) -> NDArray[np.uint32]:
        return self.initials.beginning(asked.initials, _ALIKE) if asked.initials else np.empty(0, np.uint32)

    def _by_grams(self, asked: Asked, scratch: NDArray[np.uint8]) -> NDArray[np.uint32]:
        """The texts that share most with what was typed."""
        if not asked.texts or not len(self.records):
            return np.empty(0, np.uint32)
        codes, _ = letter_grams(asked.letters)
        shares = 2 if asked.is_han else 1
        lists = self.letters.chosen(unique_codes(codes), len(self.records), shares)
        if asked.is_han:
            codes, _ = han_grams(asked.texts[:1])
            lists += self.han.chosen(unique_codes(codes), len(self.records), shares)
        for docs, weight in lists:
            scratch[docs] += np.uint8(weight)
        best = self._most(scratch, lists, len(asked.letters[0]))
        scratch.fill(0)
        return best

    def _most(
        self, scratch: NDArray[np.uint8], lists: list[tuple[NDArray[np.uint32], int]], length: int
    ) -> NDArray[np.uint32]:
        """The texts with the most in common, of equals those nearest in length."""
        pool = _pool(lists)
        if len(pool) <= _COMPARED:
            return pool
        merit = scratch[pool]
        # A text stands in the pool once for each gram it has, so that more than are wanted are drawn.
        most_first = np.cumsum(np.bincount(merit, minlength=256)[::-1])
        least = max(1, 255 - int(np.searchsorted(most_first, _DRAWN)))
        docs = np.unique(pool[merit >= least][:_POOL])
        lengths = np.minimum(np.abs(self.lengths[docs].astype(np.int32) - length), 63)
        best = scratch[docs].astype(np.int32) * 64 - lengths
        return docs[np.argsort(-best, kind="stable")[:_COMPARED]]


def _pool(lists: list[tuple[NDArray[np.uint32], int]]) -> NDArray[np.uint32]:
    """The texts under the rarest grams: whoever is meant has one of them."""
    pooled: list[NDArray[np.uint32]] = []
    size = 0
    for docs, _ in sorted(lists, key=lambda found: len(found[0])):
        if size and size + len(docs) > _POOL:
            break
        pooled.append(docs)
        size += len(docs)
    return np.concatenate(pooled) if pooled else np.empty(0, np.uint32)
