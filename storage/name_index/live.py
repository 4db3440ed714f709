"""The index of one workspace while it changes: a large segment, smaller ones of what is newer, and the newest records.

What is new is kept in memory as it is; when there is enough of it, it becomes a segment, and eight segments of one size
become one of the next, so that a query looks at few.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.names.closeness import closeness
from core.names.indexing import Asked
from storage.name_index.making import Entry, merged, segment_of
from storage.name_index.segment import LEAST, Segment

_NEWEST = 192  # records that are compared one by one
_REMEMBERED = 8_000  # changes
_TOGETHER = 8  # segments that become one


class Near(NamedTuple):
    """A record that may be meant: its number, whether it is a contact, and how near its name is (0 to 1)."""

    number: int
    is_contact: bool
    near: float


@dataclass(frozen=True, slots=True)
class _Held:
    """A segment, which of its records still are what it says, and room to count in."""

    segment: Segment
    alive: NDArray[np.bool_]
    scratch: NDArray[np.uint8]

    @classmethod
    def of(cls, segment: Segment) -> "_Held":
        return cls(segment, np.ones(len(segment), np.bool_), np.zeros(len(segment.records), np.uint8))

    def search(self, asked: Asked) -> list[Near]:
        found = self.segment.search(asked, self.scratch, self.alive)
        numbers, contacts = self.segment.numbers, self.segment.contacts
        return [Near(int(numbers[place]), bool(contacts[place]), near) for place, near in found.items()]


class LiveIndex:
    """Every name of a workspace. Safe between threads.

    ``position`` is the last change it knows of, ``followed`` whether somebody keeps it up to date.
    """

    def __init__(self, base: Segment, position: int) -> None:
        self.position = position
        self.followed = False
        self._base = len(base)
        self._held = [_Held.of(base)]
        self._newest: dict[tuple[int, bool], Entry] = {}
        self._seen: dict[int, None] = {}
        self._lock = Lock()

    def __len__(self) -> int:
        return sum(int(held.alive.sum()) for held in self._held) + len(self._newest)

    @property
    def changed(self) -> int:
        """How many records came after the large segment was made."""
        return sum(len(held.segment) for held in self._held[1:]) + len(self._newest)

    def search(self, asked: Asked, most: int) -> list[Near]:
        """The ``most`` records that come nearest, the best first."""
        with self._lock:
            found = [near for held in self._held for near in held.search(asked)]
            found += self._among_newest(asked)
        found.sort(key=lambda near: -near.near)
        return found[:most]

    def apply(self, since: int, position: int, gone: Iterable[tuple[int, int, bool]], come: Iterable[Entry]) -> bool:
        """Takes the changes from ``since`` up to ``position``; False when it had gone on from there already.

        ``gone`` are ranges of numbers with whether contacts are meant, whose records are forgotten; ``come`` those that
        there are now.
        """
        with self._lock:
            if self.position != since:
                return False
            for first, last, contacts in gone:
                self._forget(first, last, contacts=contacts)
            for entry in come:
                self._newest[entry.number, entry.is_contact] = entry
                if len(self._newest) >= _NEWEST:
                    self._settle()
            self.position = position
            return True

    def has_seen(self, seq: int) -> bool:
        """Whether a change was taken up lately."""
        return seq in self._seen

    def remember(self, seqs: Iterable[int]) -> None:
        """Notes changes as taken up."""
        self._seen.update(dict.fromkeys(seqs))
        for seq in list(self._seen)[: len(self._seen) - _REMEMBERED]:
            self._seen.pop(seq, None)

    def _among_newest(self, asked: Asked) -> list[Near]:
        found = []
        for entry in self._newest.values():
            shapes = [(form.text, form.tail, form.sound) for form in entry.forms]
            near = max(closeness(asked, shapes), default=0.0) if asked.texts else 0.0
            if asked.keys and _has_point(entry, asked.keys):
                near = 1.0
            elif asked.initials and any(asked.initials in form.initials for form in entry.forms):
                near = max(near, LEAST + 0.2)
            if near >= LEAST:
                found.append(Near(entry.number, entry.is_contact, near))
        return found

    def _forget(self, first: int, last: int, *, contacts: bool) -> None:
        for held in self._held:
            held.alive[held.segment.between(first, last, contacts=contacts)] = False
        if first == last:
            self._newest.pop((first, contacts), None)
        else:
            for key in [key for key in self._newest if first <= key[0] <= last and key[1] == contacts]:
                del self._newest[key]

    def _settle(self) -> None:
        self._held.append(_Held.of(segment_of(self._newest.values())))
        self._newest.clear()
        while (size := self._alike()) > 1:
            parts = self._held[-size:]
            whole = _Held.of(merged([part.segment for part in parts]))
            order = np.argsort(np.concatenate([part.segment.numbers for part in parts]), kind="stable")
            whole.alive[:] = np.concatenate([part.alive for part in parts])[order]
            self._held[-size:] = [whole]

    def _alike(self) -> int:
        """How many of the last segments are to become one: eight that are all smaller than twice the last."""
        last = self._held[-_TOGETHER:]
        if len(self._held) <= _TOGETHER or any(len(held.segment) >= 2 * len(last[-1].segment) for held in last):
            return 0
        return _TOGETHER


def _has_point(entry: Entry, keys: tuple[str, ...]) -> bool:
    return any(
        key in entry.addresses or (key.isdecimal() and any(phone.endswith(key) for phone in entry.phones))
        for key in keys
    )
