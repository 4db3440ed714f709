"""What an index of names holds of a name, and what it is asked for when somebody types one.

A name is compared by its letters: a Chinese one by those of its sound, so that 华威, huawei and hua wei meet, and by
its characters. What is typed is first cleared of what people add to a name in the same way (``without_spoken_form``).
"""

from functools import lru_cache
from typing import NamedTuple

from core.names.companies import LEGAL_FORMS, without_leading_place
from core.names.folding import has_han
from core.names.guessing import without_mistyped_form, without_spoken_form
from core.names.keys import query_keys
from core.names.normalising import MAX_LENGTH, NameParts, every_word, normalise, parts
from core.names.pinyin import Reading, readings
from core.patterns import late

# Legal forms that people say and swap like any word of a name.
_PART_OF_NAME = late("group|holdings?")


class Form(NamedTuple):
    """One way of naming a record.

    ``text`` has its words apart and no legal form, which is its ``tail``; ``sound`` is a Chinese name's pinyin in one
    piece, else empty; ``exact`` are the texts that are all of it; ``initials`` those of its sound.
    """

    text: str
    tail: str = ""
    sound: str = ""
    exact: tuple[str, ...] = ()
    initials: tuple[str, ...] = ()


def forms(name: str, *, person: bool = False) -> list[Form]:
    """The forms of a company's or a person's name: with and without the place it begins with; none for a blank."""
    found = parts(name)
    if not found.normal:
        return []
    if not has_han(found.normal):
        form = _latin_form(found)
        kept = _PART_OF_NAME.match(form.tail)
        return [form, Form(f"{form.text} {kept.group()}", form.tail[kept.end() :])] if kept else [form]
    brand = found.normal if person else without_leading_place(found.normal)
    whole = _han_form(found.normal, readings(found.normal, person=person, most=3), found.full)
    if brand == found.normal:
        return [whole]
    return [whole, _han_form(brand, readings(brand, most=2), brand + whole.tail)]


def _latin_form(found: NameParts) -> Form:
    exact = (found.normal,) if found.full == found.normal else (found.normal, found.full)
    return Form(" ".join(found.words) or found.normal, _tail(found.normal, found.full), "", exact)


def _tail(normal: str, full: str) -> str:
    return full[len(normal) :] if full.startswith(normal) else ""


def _han_form(normal: str, heard: list[Reading], full: str) -> Form:
    exact = dict.fromkeys((normal, *(reading.full for reading in heard)))
    initials = dict.fromkeys(reading.initials for reading in heard)
    if full and full != normal:
        exact[full] = None
        said = readings(full, most=1)[0]
        exact[said.full] = None
        initials[said.initials] = None
    return Form(normal, _tail(normal, full), heard[0].full, tuple(exact), tuple(initials))


class Asked(NamedTuple):
    """What was typed, in the forms that are looked for.

    ``texts`` are its readings as a name, the likeliest first; ``letters`` those of each, or its sound; ``words`` the
    words in order of the alphabet, without legal forms; ``exact`` what the whole of a name may be; ``keys`` see
    ``query_keys``.
    """

    texts: tuple[str, ...]
    letters: tuple[str, ...]
    words: str
    exact: tuple[str, ...]
    initials: str
    keys: tuple[str, ...]

    @property
    def is_han(self) -> bool:
        """Whether Chinese characters were typed."""
        return has_han(self.texts[0]) if self.texts else False


@lru_cache(maxsize=64)
def asked(text: str) -> Asked:
    """The forms of a typed text; empty ones where nothing can be seen. Never raises, bounded work for any text."""
    text = text[:MAX_LENGTH]
    found = parts(text)
    keys = query_keys(text)
    if not found.normal:
        return Asked((), (), "", (), "", keys)
    texts = tuple(dict.fromkeys((found.normal, found.full, *_other_texts(found))))
    if not has_han(found.normal):
        words = sorted(word for word in every_word(text) if word not in LEGAL_FORMS)
        return Asked(texts, texts, " ".join(words), (*texts, found.full), _initials(found.normal), keys)
    brand = without_leading_place(found.normal)
    heard = [reading.full for each in dict.fromkeys((found.normal, brand)) for reading in readings(each, most=2)]
    letters = tuple(readings(each, most=1)[0].full for each in texts)
    return Asked(texts, letters, "", tuple(dict.fromkeys((*texts, brand, found.full, *heard))), "", keys)


def _other_texts(found: NameParts) -> list[str]:
    """The typed name without a legal form that was mistyped, or typed as it sounds."""
    if has_han(found.normal):
        return [without_mistyped_form(found.normal)]
    words = without_mistyped_form(" ".join(found.words))
    return [words.replace(" ", ""), normalise(words), without_spoken_form(found.normal)]


def _initials(normal: str) -> str:
    """What may be the initials of a Chinese name: letters that are not a word of English or a syllable alone."""
    return normal if 1 < len(normal) <= 24 else ""
