"""Ids: 64 bits, sortable by time, written as 13 characters that people can read out and type.

The first 42 bits are milliseconds since 2020, the last 22 count on from a random start, so that ids made by one
process in one millisecond stay in order and two processes all but never meet; the primary key catches the rest.
"""

import secrets
from datetime import UTC, datetime
from functools import lru_cache
from threading import Lock
from typing import NewType

from core.patterns import late

WorkspaceId = NewType("WorkspaceId", str)
TeamId = NewType("TeamId", str)
MemberId = NewType("MemberId", str)
CustomerId = NewType("CustomerId", str)
ContactId = NewType("ContactId", str)
ActivityId = NewType("ActivityId", str)
TaskId = NewType("TaskId", str)
DealId = NewType("DealId", str)
EventId = NewType("EventId", str)
ReceiptId = NewType("ReceiptId", str)

LENGTH = 13
# Crockford's alphabet: no i, l, o, u, so that nothing is misread over the telephone.
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_FORM = late(f"[0-9a-f][{_ALPHABET}]{{12}}")
_TO_BASE_32 = str.maketrans(_ALPHABET, "0123456789abcdefghijklmnopqrstuv")  # as int() reads it
_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
_TAIL_BITS = 22
_PAIRS = tuple(high + low for high in _ALPHABET for low in _ALPHABET)


def encode(number: int) -> str:
    """13 characters for a number below 2**64."""
    return _beginning(number >> 20) + _PAIRS[number >> 10 & 1023] + _PAIRS[number & 1023]


@lru_cache(maxsize=16)  # those of one millisecond have it in common
def _beginning(number: int) -> str:
    return _ALPHABET[number >> 40] + "".join([_PAIRS[number >> shift & 1023] for shift in range(30, -1, -10)])


def decode(text: str) -> int:
    """The number behind an id; ValueError when ``text`` is none."""
    if not looks_like_id(text):
        raise ValueError("not an id")
    return int(text.translate(_TO_BASE_32), 32)


def looks_like_id(text: str) -> bool:
    """Whether ``text`` has the form of an id, so that it may be looked up as one."""
    return len(text) == LENGTH and _FORM.fullmatch(text) is not None


class IdMaker:
    """Makes ids that sort by the time they were made at, also within one millisecond. Safe between threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._last = 0
        self._now: datetime | None = None
        self._milliseconds = 0

    def __call__(self, now: datetime) -> str:
        """A new id for the instant ``now``."""
        with self._lock:
            if now is not self._now:
                self._now, self._milliseconds = now, int((now - _EPOCH).total_seconds() * 1000)
            if self._last >> _TAIL_BITS == self._milliseconds:
                self._last += 1
            else:
                self._last = (self._milliseconds << _TAIL_BITS) + secrets.randbits(_TAIL_BITS - 2)
            return encode(self._last)


new_id = IdMaker()
