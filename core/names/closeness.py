"""How near two names are by the letters that differ: quickly, for hundreds of candidates."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import NamedTuple

from core.names.indexing import Asked

_PREFIX = 0.95  # what was typed so far against as much of the name, a little less sure than the whole
_SOUND = 0.9  # of Chinese: the same sound in other characters


@cache
def similarity() -> Callable[[str, str], float]:
    """From 0 to 1 by the letters added, missing, changed or swapped with their neighbour."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - 70 ms that exact look-ups never need

    return OSA.normalized_similarity


class Shape(NamedTuple):
    """A name to compare, see ``core.names.indexing.Form``."""

    text: str
    tail: str
    sound: str


def closeness(asked: Asked, candidates: Iterable[Shape | tuple[str, str, str]]) -> list[float]:
    """For each candidate, a text with its legal form and its sound, from 0 to 1 how near it is to what was typed."""
    alike = similarity()
    near = _han_closeness if asked.is_han else _letter_closeness
    return [near(asked, text, tail, sound, alike) for text, tail, sound in candidates]


def _letter_closeness(asked: Asked, text: str, tail: str, sound: str, alike: Callable[[str, str], float]) -> float:
    joined = sound or text.replace(" ", "")
    best = max([alike(letters, joined) for letters in asked.letters])
    typed = asked.letters[0]
    if tail and not sound:
        best = max(best, alike(asked.letters[min(1, len(asked.letters) - 1)], joined + tail))
    if len(joined) > len(typed):
        best = max(best, _PREFIX * alike(typed, joined[: len(typed)]))
    if not sound and " " in text and " " in asked.words:
        best = max(best, alike(asked.words, " ".join(sorted(text.split(" ")))))
    return best


def _han_closeness(asked: Asked, text: str, tail: str, sound: str, alike: Callable[[str, str], float]) -> float:
    if not sound:
        return max([alike(letters, text) for letters in asked.texts])
    pairs = zip(asked.texts, asked.letters, strict=True)
    best = max([_both(alike(han, text), alike(letters, sound)) for han, letters in pairs])
    typed = asked.texts[0]
    if tail:
        best = max(best, alike(asked.texts[min(1, len(asked.texts) - 1)], text + tail))
    if len(text) > len(typed):
        letters = asked.letters[0]
        best = max(best, _PREFIX * _both(alike(typed, text[: len(typed)]), alike(letters, sound[: len(letters)])))
    return best


def _both(characters: float, letters: float) -> float:
    return max(characters, (characters + letters) / 2, _SOUND * letters)
