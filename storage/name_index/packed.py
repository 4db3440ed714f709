"""Short texts packed into numbers of 64 bits, so that those that begin alike are one range of a sorted array."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_BITS, _LONGEST = 6, 10
_CODES = {letter: code for code, letter in enumerate("abcdefghijklmnopqrstuvwxyz0123456789", 1)}
_OTHER = 37


def pack(text: str) -> int:
    """The first ten characters; a text sorts before those it begins."""
    packed = 0
    for letter in text[:_LONGEST]:
        packed = packed << _BITS | _CODES.get(letter, _OTHER)
    return packed << _BITS * (_LONGEST - len(text[:_LONGEST]))


@dataclass(frozen=True, slots=True)
class Packed:
    """Sorted texts and, beside each, the number it stands for. Checksums of texts take the place of those too long."""

    texts: NDArray[np.uint64] | NDArray[np.uint32]
    numbers: NDArray[np.uint32]

    @classmethod
    def of(cls, pairs: Iterable[tuple[int, int]]) -> "Packed":
        """From pairs of a packed text and a number."""
        found = np.array(list(pairs) or np.empty((0, 2)), np.uint64)
        order = np.argsort(found[:, 0], kind="stable")
        return cls(found[order, 0], found[order, 1].astype(np.uint32))

    @classmethod
    def of_checksums(cls, pairs: Iterable[tuple[int, int]]) -> "Packed":
        """From pairs of a checksum of 32 bits and a number."""
        packed = cls.of(pairs)
        return cls(packed.texts.astype(np.uint32), packed.numbers)

    @classmethod
    def merged(cls, parts: "Sequence[Packed]", places: Sequence[NDArray[np.uint32]]) -> "Packed":
        """Those of several parts; ``places`` give what each of a part's numbers is in the whole."""
        texts = np.concatenate([part.texts for part in parts])
        numbers = np.concatenate([place[part.numbers] for part, place in zip(parts, places, strict=True)])
        order = np.argsort(texts, kind="stable")
        return cls(texts[order], numbers[order])

    def beginning(self, text: str, most: int) -> NDArray[np.uint32]:
        """The numbers of the texts that begin with ``text``, the shortest texts first, at most ``most``."""
        first = pack(text)
        last = first + (1 << _BITS * (_LONGEST - len(text[:_LONGEST])))
        begin = int(np.searchsorted(self.texts, np.uint64(first)))
        end = int(np.searchsorted(self.texts, np.uint64(last)))
        return self.numbers[begin : min(end, begin + most)]

    def equal(self, key: int) -> NDArray[np.uint32]:
        """The numbers under exactly this key."""
        wanted = self.texts.dtype.type(key)  # of another type, the whole array would be converted
        begin = int(np.searchsorted(self.texts, wanted))
        end = int(np.searchsorted(self.texts, wanted, side="right"))
        return self.numbers[begin:end]
