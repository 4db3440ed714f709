"""Many short texts in one piece of memory."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Texts:
    """``bytes[starts[place] : starts[place + 1]]`` is the text at ``place``, in UTF-8."""

    starts: NDArray[np.uint32]
    bytes: NDArray[np.uint8]

    @classmethod
    def of(cls, texts: Sequence[str]) -> "Texts":
        """The texts in this order."""
        encoded = [text.encode("utf-8", "replace") for text in texts]
        starts = np.zeros(len(encoded) + 1, np.uint32)
        np.cumsum([len(text) for text in encoded], out=starts[1:])
        return cls(starts, np.frombuffer(b"".join(encoded), np.uint8))

    @classmethod
    def merged(cls, parts: "Sequence[Texts]") -> "Texts":
        """Those of several parts, one after the other."""
        lengths = np.concatenate([np.diff(part.starts) for part in parts])
        starts = np.zeros(len(lengths) + 1, np.uint32)
        np.cumsum(lengths, out=starts[1:])
        return cls(starts, np.concatenate([part.bytes for part in parts]))

    def at(self, places: NDArray[np.uint32]) -> list[str]:
        """The texts at some places."""
        begins, ends = self.starts[places].tolist(), self.starts[1:][places].tolist()
        content = self.bytes.data
        return [str(content[begin:end], "utf-8", "replace") for begin, end in zip(begins, ends, strict=True)]

    def __len__(self) -> int:
        return len(self.starts) - 1
