"""How well one name fits another: bands by the kind of match, and within a band by how much of the name was typed."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache
from typing import NamedTuple

from core.names.companies import without_leading_place
from core.names.folding import has_han
from core.names.normalising import parts
from core.names.pinyin import readings


class Match(IntEnum):
    """How a candidate fits, best first."""

    EXACT = 0
    PREFIX = 1
    SOUND = 2  # a homophone: 华威 for 华为
    CONTAINS = 3
    FUZZY = 4


class Grade(NamedTuple):
    """A score from 0 to 1 and the kind of match it stands for."""

    score: float
    match: Match


@dataclass(frozen=True, slots=True)
class Forms:
    """A name in the forms that are compared: normalised, in full, as words, without its place, and as it sounds."""

    normal: str
    full: str
    words: str
    brand: str
    sounds: tuple[str, ...] = ()
    initials: tuple[str, ...] = ()


# The bands do not overlap: a longer piece of a name never makes up for a worse kind of match.
_SAME, _SAME_BUT_PLACE, _SAME_BUT_FORM, _TYPED_SOUND = 1.0, 0.95, 0.94, 0.94
_PREFIX, _INITIALS, _SOUND_PREFIX = 0.86, 0.86, 0.84
_HOMOPHONE, _HOMOPHONE_PREFIX = 0.83, 0.78
_WORD, _INSIDE, _SOUND_INSIDE = 0.73, 0.70, 0.68
_FUZZY = 0.67
# One letter is the beginning of too many names to say anything.
_ONE_LETTER = 0.5


@lru_cache(maxsize=16384)
def forms_of(name: str) -> Forms:
    """The forms of a name, remembered: the same candidates come back with every further letter."""
    normal, full, words = parts(name)
    if not has_han(normal):
        return Forms(normal, full, " ".join(words), normal)
    brand = without_leading_place(normal)
    heard = [*readings(brand), *readings(normal, person=brand == normal, most=2)]
    sounds = tuple(dict.fromkeys(reading.full for reading in heard))
    initials = tuple(dict.fromkeys(reading.initials for reading in heard))
    return Forms(normal, full, " ".join(words), brand, sounds, initials)


def grade_name(typed: Forms, name: Forms) -> Grade:
    """How well ``typed`` fits ``name``; never raises, and 0 when one of them is empty."""
    if not typed.normal or not name.normal:
        return Grade(0.0, Match.FUZZY)
    known = _exact(typed, name) or _prefix(typed, name) or _homophone(typed, name) or _inside(typed, name)
    return known or _fuzzy(typed, name)


def _exact(typed: Forms, name: Forms) -> Grade | None:
    if typed.normal == name.normal:
        other_form = typed.full not in (typed.normal, name.full)
        return Grade(_SAME_BUT_FORM if other_form else _SAME, Match.EXACT)
    if typed.full == name.full:
        return Grade(_SAME, Match.EXACT)
    if typed.normal == name.brand or typed.brand == name.normal:
        return Grade(_SAME_BUT_PLACE, Match.EXACT)
    return Grade(_TYPED_SOUND, Match.EXACT) if typed.normal in name.sounds else None


def _prefix(typed: Forms, name: Forms) -> Grade | None:
    text = typed.normal
    if len(text) == 1 and text.isascii():
        return Grade(_ONE_LETTER, Match.PREFIX) if name.normal.startswith(text) else None
    for whole in (name.normal, name.brand, name.full):
        if whole.startswith(text):
            return Grade(_PREFIX + 0.06 * len(text) / len(whole), Match.PREFIX)
    if text in name.initials:
        return Grade(_INITIALS, Match.PREFIX)
    return _share(text, name.sounds + name.initials, _SOUND_PREFIX, Match.PREFIX)


def _homophone(typed: Forms, name: Forms) -> Grade | None:
    if not typed.sounds or not name.sounds:
        return None
    if not set(typed.sounds).isdisjoint(name.sounds):
        return Grade(_HOMOPHONE, Match.SOUND)
    return _share(typed.sounds[0], name.sounds, _HOMOPHONE_PREFIX, Match.SOUND) if len(typed.normal) > 1 else None


def _share(text: str, wholes: tuple[str, ...], base: float, match: Match) -> Grade | None:
    shares = [len(text) / len(whole) for whole in wholes if whole.startswith(text)]
    return Grade(base + 0.04 * max(shares), match) if shares else None


def _inside(typed: Forms, name: Forms) -> Grade | None:
    text = typed.normal
    if len(text) < 2:
        return None
    if any(word.startswith(text) for word in name.words.split(" ")):
        return Grade(_WORD + 0.04 * len(text) / len(name.normal), Match.CONTAINS)
    if text in name.normal:
        return Grade(_INSIDE + 0.06 * len(text) / len(name.normal), Match.CONTAINS)
    inside = len(text) > 3 and any(text in sound for sound in name.sounds)
    return Grade(_SOUND_INSIDE, Match.CONTAINS) if inside else None


@cache
def _ratios() -> tuple[Callable[[str, str], float], Callable[[str, str], float]]:
    from rapidfuzz.fuzz import ratio, token_sort_ratio  # noqa: PLC0415 - 70 ms that exact look-ups never need

    return ratio, token_sort_ratio


def _fuzzy(typed: Forms, name: Forms) -> Grade:
    ratio, token_sort_ratio = _ratios()
    text = typed.normal
    best = ratio(text, name.normal)
    if " " in typed.words and " " in name.words:
        best = max(best, token_sort_ratio(typed.words, name.words))
    if len(name.normal) > len(text):
        # What was typed so far against as much of the name, a little less sure than the whole.
        best = max(best, 0.95 * ratio(text, name.brand[: len(text)]), ratio(text, name.brand))
    if name.sounds:
        heard = typed.sounds[0] if typed.sounds else text
        best = max(best, *(ratio(heard, sound) for sound in name.sounds[:2]))
    return Grade(_FUZZY * best / 100, Match.FUZZY)
