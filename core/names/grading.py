"""How well one name fits another: bands by the kind of match, and within a band by how much of the name was typed."""

from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from core.names.closeness import Shape, closeness, similarity
from core.names.companies import LEGAL_FORMS, without_leading_place
from core.names.folding import has_han
from core.names.indexing import asked
from core.names.normalising import every_word, parts
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
    """A name in the forms that are compared: normalised, in full, as words, without its place, and as it sounds.

    ``bag`` are all its words in order of the alphabet; ``shapes`` see ``core.names.closeness``.
    """

    name: str
    normal: str
    full: str
    words: str
    brand: str
    sounds: tuple[str, ...] = ()
    initials: tuple[str, ...] = ()
    bag: tuple[str, ...] = ()
    shapes: tuple[Shape, ...] = ()


# The bands do not overlap: a longer piece of a name never makes up for a worse kind of match.
_SAME, _SAME_BUT_PLACE, _SAME_BUT_FORM, _TYPED_SOUND = 1.0, 0.95, 0.94, 0.94
_PREFIX, _INITIALS, _SOUND_PREFIX = 0.86, 0.885, 0.84
_HOMOPHONE, _HOMOPHONE_PREFIX = 0.83, 0.78
_WORD, _INSIDE, _SOUND_INSIDE = 0.73, 0.70, 0.68
_FUZZY = 0.67
_BY_FORM = 0.06
# One letter is the beginning of too many names to say anything.
_ONE_LETTER = 0.5


@lru_cache(maxsize=16384)
def forms_of(name: str) -> Forms:
    """The forms of a name, remembered: the same candidates come back with every further letter."""
    normal, full, words = parts(name)
    joined = " ".join(words)
    if not has_han(normal):
        bag, shape = tuple(sorted(every_word(name))), Shape(joined or normal, "", "")
        return Forms(name, normal, full, joined, normal, bag=bag, shapes=(shape,))
    brand = without_leading_place(normal)
    whole = readings(normal, person=brand == normal, most=2)
    heard = [*(readings(brand) if brand != normal else ()), *whole, *readings(full, most=1)]
    sounds = tuple(dict.fromkeys(reading.full for reading in heard))
    initials = tuple(dict.fromkeys(reading.initials for reading in heard))
    shapes = dict.fromkeys((Shape(normal, "", whole[0].full), Shape(brand, "", heard[0].full)))
    return Forms(name, normal, full, joined, brand, sounds, initials, (full,), tuple(shapes))


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
    length = len(typed.normal)
    if length < 2 or typed.full != typed.normal:  # whoever typed the legal form typed the whole name
        return None
    # Character by character: 技 (ji) is not how 酒 (jiu) begins.
    begins = any(typed.sounds[0] == readings(whole[:length], most=1)[0].full for whole in (name.normal, name.brand))
    return Grade(_HOMOPHONE_PREFIX + 0.04 * length / len(name.normal), Match.SOUND) if begins else None


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


def _fuzzy(typed: Forms, name: Forms) -> Grade:
    query = asked(typed.name)
    if not query.texts:
        return Grade(0.0, Match.FUZZY)
    near = max(closeness(query, name.shapes))
    whole = 1.0 if typed.bag == name.bag else similarity()(typed.full, name.full)
    if len(query.texts) == 1 and LEGAL_FORMS.isdisjoint(typed.bag):  # no legal form was typed
        whole = max(near, whole)
    # Names that differ in their legal form alone are told apart by it, were it mistyped too.
    return Grade(_FUZZY * ((1 - _BY_FORM) * max(near, whole) + _BY_FORM * whole), Match.FUZZY)
