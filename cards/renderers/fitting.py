"""Which parts of a card go out when not all of them fit on a platform, and how the rest is said."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from cards.words import Words

Content = TypeVar("Content")
Item = TypeVar("Item")
Cost = tuple[int, ...]  # as many numbers as the platform has limits: blocks and letters, or letters and buttons


@dataclass(frozen=True, slots=True)
class Piece(Generic[Content]):
    """One part that is sent whole or not at all.

    ``keep`` marks what must not fall victim to a long text above it, such as buttons. ``rows`` counts the lines of
    a list in it, for "…and 14 more".
    """

    content: Content
    keep: bool = False
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Fitted(Generic[Content]):
    """What goes out ``before`` and ``after`` the first gap, and what was left out (nothing: there is no gap)."""

    before: tuple[Content, ...]
    left: tuple[Piece[Content], ...]
    after: tuple[Content, ...]


def _add(used: Cost, cost: Cost) -> Cost:
    return tuple(a + b for a, b in zip(used, cost, strict=True))


def _within(used: Cost, limits: Cost) -> bool:
    return all(a <= b for a, b in zip(used, limits, strict=True))


def _choose(pieces: list[Piece[Content]], costs: list[Cost], limits: Cost) -> set[int]:
    """Indices of what to send: all that must be kept, then the others down to the first that does not fit."""
    used: Cost = (0,) * len(limits)
    chosen: set[int] = set()
    for keep in (True, False):
        for index, piece in enumerate(pieces):
            if piece.keep is not keep:
                continue
            if _within(more := _add(used, costs[index]), limits):
                used = more
                chosen.add(index)
            elif not keep:
                return chosen  # people shall see the beginning of a list, not a sample of it
    return chosen


def fit(pieces: list[Piece[Content]], cost: Callable[[Content], Cost], limits: Cost, notice: Cost) -> Fitted[Content]:
    """Everything when it is within ``limits``; else what can be sent along with a notice that costs ``notice``."""
    costs = [cost(piece.content) for piece in pieces]
    chosen = _choose(pieces, costs, limits)
    if len(chosen) < len(pieces):
        room = tuple(limit - cost for limit, cost in zip(limits, notice, strict=True))
        chosen = _choose(pieces, costs, room)
    gap = next((index for index in range(len(pieces)) if index not in chosen), len(pieces))
    return Fitted(
        before=tuple(piece.content for piece in pieces[:gap]),
        left=tuple(piece for index, piece in enumerate(pieces) if index not in chosen),
        after=tuple(piece.content for index, piece in enumerate(pieces) if index in chosen and index > gap),
    )


def notice(left: tuple[Piece[Content], ...], words: Words) -> str:
    """The line that says what is not shown: how many lines when only lines of lists are missing."""
    if all(piece.rows for piece in left):
        return words("…and {count} more", count=words.number(sum(piece.rows for piece in left)))
    return words("…the rest does not fit here.")


def grouped(items: Iterable[Item], size: Callable[[Item], int], *, most: int, room: int) -> list[list[Item]]:
    """``items`` in groups of at most ``most`` whose sizes add up to at most ``room`` (or of one that is larger)."""
    groups: list[list[Item]] = []
    free = 0
    for item in items:
        needed = size(item)
        if not groups or needed > free or len(groups[-1]) == most:
            groups.append([])
            free = room
        groups[-1].append(item)
        free -= needed
    return groups
