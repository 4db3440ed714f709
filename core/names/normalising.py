"""Names in the form in which they are compared: equal forms mean the same name, however it was typed."""

from functools import lru_cache
from typing import NamedTuple

from core.names.companies import without_bracketed_place, without_han_form, without_legal_form
from core.names.folding import HAN, fold, is_plain_han
from core.patterns import late

# Longer than any name; what is beyond is not looked at, so that the work for any text is bounded.
MAX_LENGTH = 256
# Folding may bring forth something that folds again (标 A 有限 公司); it settles within a few rounds.
_ROUNDS = 8

_ASCII_WORD = late(r"[a-z0-9]+")
# A run of Chinese characters is a word; in Indic scripts and Thai the marks belong to the letters.
_WORD = late(rf"[{HAN}]+|(?:[^\W_{HAN}]|[\u0900-\u0e7f])+")
_HAN_GAP = late(rf"(?<=[{HAN}])[\s\u00b7・]+(?=[{HAN}])")
_INITIALS = late(r"\b([^\W\d_])[./](?=[^\W\d_]\b)")
_INVISIBLE = late(
    r"[\s\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ud800-\udfff]+"
)


class NameParts(NamedTuple):
    """A name taken apart: as it is compared, in full with its legal form, and its own words."""

    normal: str
    full: str
    words: tuple[str, ...]


def parts(name: str) -> NameParts:
    """``The Acme Labs Co., Ltd.`` is ``acmelabs``, ``theacmelabscoltd`` and the words ``acme``, ``labs``."""
    return _parts(name[:MAX_LENGTH])


def every_word(name: str) -> tuple[str, ...]:
    """All words of a name, those of its legal form too: ``Acme Co., Ltd.`` is ``acme``, ``co``, ``ltd``."""
    return tuple(_split(fold(name[:MAX_LENGTH])))


def normalise(name: str) -> str:
    """The name as it is compared: ``The ACME Co., Ltd.`` is ``acme``, and 華為技術有限公司 is 华为技术.

    Normalising twice changes nothing. Empty only for a text in which nothing can be seen; a name of signs alone
    (``!!!``, an emoji) stays as it is.
    """
    return _parts(name[:MAX_LENGTH]).normal


@lru_cache(maxsize=512)
def _parts(name: str) -> NameParts:
    text = fold(name)
    if is_plain_han(text):  # most Chinese names: one word, and nothing that could fold again
        normal = without_han_form(text)
        return NameParts(normal, text, (normal,))
    found = _take_apart(text)
    if text.isascii():
        return found
    normal = found.normal
    for _ in range(_ROUNDS):
        again = _take_apart(fold(normal)).normal
        if again == normal:
            break
        normal = again
    return found._replace(normal=normal)


def _take_apart(text: str) -> NameParts:
    every = _split(text)
    own = _split(without_bracketed_place(text)) if "(" in text else every
    words = _own_words(without_legal_form(own or every))
    normal = "".join(words) or _INVISIBLE.sub("", text)
    return NameParts(normal[:MAX_LENGTH], "".join(every)[:MAX_LENGTH], tuple(words))


def _split(text: str) -> list[str]:
    """The words of a folded text, without punctuation; dotted initials (S.A.) are one word."""
    if "." in text or "/" in text:
        text = _INITIALS.sub(r"\1", text)
    if text.isascii():
        return _ASCII_WORD.findall(text)
    return _WORD.findall(_HAN_GAP.sub("", text))


def _own_words(words: list[str]) -> list[str]:
    """``words`` without a leading "the" and without "and" between words: Johnson & Johnson, the Johnson and Johnson."""
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    if "and" in words[1:-1]:
        words = [words[0], *(word for word in words[1:-1] if word != "and"), words[-1]]
    return words
