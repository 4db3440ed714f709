"""Under each gram, the texts that have it, in order: one array of their numbers, and where each gram's begin."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from storage.name_index.grams import CODES, Codes, Docs

# Numbers looked at for one query: the rarest grams that together have no more. It bounds the time a query takes.
_BUDGET = 110_000
_MOST_GRAMS = 24
_HEAVIEST = 10


@dataclass(frozen=True, slots=True)
class Postings:
    """``docs[starts[code] : starts[code + 1]]`` are the texts that have the gram, each once."""

    starts: NDArray[np.uint32]
    docs: Docs

    @classmethod
    def of(cls, codes: Codes, docs: Docs) -> "Postings":
        """Sorted from grams in any order; a text that has a gram twice counts once."""
        order = np.lexsort((docs, codes)) if len(codes) < CODES else np.argsort(codes, kind="stable")
        codes, docs = codes[order], docs[order]
        del order
        if len(codes):
            first = np.ones(len(codes), np.bool_)
            first[1:] = (codes[1:] != codes[:-1]) | (docs[1:] != docs[:-1])
            codes, docs = codes[first], docs[first]
        counts = np.bincount(codes, minlength=CODES)
        starts = np.zeros(CODES + 1, np.uint32)
        np.cumsum(counts, out=starts[1:])
        return cls(starts, docs)

    @classmethod
    def merged(cls, parts: "Sequence[Postings]", firsts: Sequence[int]) -> "Postings":
        """Those of several parts, whose texts are counted on from ``firsts``."""
        codes = [np.repeat(np.arange(CODES, dtype=np.uint16), np.diff(part.starts)) for part in parts]
        docs = [part.docs + np.uint32(first) for part, first in zip(parts, firsts, strict=True)]
        return cls.of(np.concatenate(codes), np.concatenate(docs))

    def chosen(self, codes: Codes, total: int, shares: int = 1) -> list[tuple[NDArray[np.uint32], int]]:
        """The texts under the rarest of the grams, with a weight that grows with rarity; ``total`` texts there are.

        Of what a query may look at ``shares`` postings take equal parts, so that weights add up to 255 at most.
        """
        begins, ends = self.starts[codes], self.starts[codes.astype(np.int32) + 1]
        counts = (ends - begins).astype(np.int64)
        order = np.argsort(counts, kind="stable")
        found: list[tuple[NDArray[np.uint32], int]] = []
        looked_at = 0
        for place in order.tolist():
            count = int(counts[place])
            if not count:
                continue
            looked_at += count
            if len(found) >= _MOST_GRAMS // shares or (looked_at > _BUDGET // shares and found):
                break
            weight = min(_HEAVIEST, max(1, (total // count).bit_length() - 1))
            found.append((self.docs[begins[place] : ends[place]], weight))
        return found
