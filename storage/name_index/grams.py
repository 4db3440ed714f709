"""Grams as numbers of 16 bits: three letters of a name or its sound, and one or two Chinese characters of it."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint16]
Docs = NDArray[np.uint32]

CODES = 1 << 16
_SYMBOLS = 38  # a boundary, 26 letters, 10 digits, and one for what else a byte may be
_BOUNDARY = 10  # a line feed, which no folded name has


def _table() -> bytes:
    symbols = bytearray([37] * 256)
    for index, letter in enumerate(b"abcdefghijklmnopqrstuvwxyz0123456789", 1):
        symbols[letter] = index
    for byte in range(128, 256):  # other alphabets, as they come out of UTF-8
        symbols[byte] = 1 + byte % 36
    symbols[_BOUNDARY] = 0
    return bytes(symbols)


_TO_SYMBOLS = _table()


def letter_grams(texts: Sequence[str]) -> tuple[Codes, Docs]:
    """Every three letters of each text, its boundaries counting as letters, and the number of the text they are of."""
    joined = ("\n" + "\n".join(texts) + "\n").encode("utf-8", "replace").translate(_TO_SYMBOLS, b" ")
    symbols = np.frombuffer(joined, np.uint8)
    docs = np.cumsum(symbols == 0, dtype=np.uint32) - 1
    wide = symbols.astype(np.uint16)
    codes = (wide[:-2] * _SYMBOLS + wide[1:-1]) * _SYMBOLS + wide[2:]
    inside = wide[1:-1] != 0
    return codes[inside], docs[1:-1][inside].astype(np.uint32)


def han_grams(texts: Sequence[str]) -> tuple[Codes, Docs]:
    """Each character of each text, each two that stand together, and the first as such, hashed."""
    points = np.frombuffer(("\n" + "\n".join(texts) + "\n").encode("utf-32-le", "replace"), np.uint32)
    docs = np.cumsum(points == _BOUNDARY, dtype=np.uint32) - 1
    left, right = points[:-1], points[1:]
    whole = right != _BOUNDARY
    of_text = docs[1:][whole].astype(np.uint32)
    pairs, single = _hashed(left[whole], right[whole]), _hashed(np.zeros_like(right[whole]), right[whole])
    return np.concatenate((pairs, single)), np.concatenate((of_text, of_text))


def _hashed(left: NDArray[np.uint32], right: NDArray[np.uint32]) -> Codes:
    mixed = left.astype(np.uint64) * np.uint64(0x9E3779B1)
    mixed = (mixed + right.astype(np.uint64)) * np.uint64(0xD6E8FEB86659FD93)
    return (mixed >> np.uint64(48)).astype(np.uint16)


def unique_codes(codes: Codes) -> Codes:
    """The different codes of a query."""
    return np.unique(codes)
