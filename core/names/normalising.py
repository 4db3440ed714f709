"""Names in the form in which they are compared: equal forms mean the same name, however it was typed."""

import re
from functools import lru_cache

from core.names.companies import without_bracketed_place, without_legal_form
from core.names.folding import HAN, fold

# Longer than any name; what is beyond is not looked at, so that the work for any text is bounded.
MAX_LENGTH = 256
# Folding may bring forth something that folds again (标 A 有限 公司); it settles within a few rounds.
_ROUNDS = 8

_ASCII_WORD = re.compile(r"[a-z0-9]+")
# A run of Chinese characters is a word; in Indic scripts and Thai the marks belong to the letters.
_WORD = re.compile(rf"[{HAN}]+|(?:[^\W_{HAN}]|[\u0900-\u0e7f])+")
_HAN_GAP = re.compile(rf"(?<=[{HAN}])[\s\u00b7・]+(?=[{HAN}])")
_INITIALS = re.compile(r"\b([^\W\d_])[./](?=[^\W\d_]\b)")
_INVISIBLE = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ud800-\udfff]+")


def split_words(text: str) -> list[str]:
    """The words of a folded text, without punctuation; dotted initials (S.A.) are one word."""
    if "." in text or "/" in text:
        text = _INITIALS.sub(r"\1", text)
    if text.isascii():
        return _ASCII_WORD.findall(text)
    return _WORD.findall(_HAN_GAP.sub("", text))


def name_words(name: str) -> list[str]:
    """A name's own words: no legal form, no place in brackets, no leading "the", no "and" between words."""
    text = fold(name[:MAX_LENGTH])
    words = split_words(without_bracketed_place(text)) if "(" in text or not text.isascii() else split_words(text)
    words = without_legal_form(words or split_words(text))
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    if "and" in words[1:-1]:
        words = [words[0], *(word for word in words[1:-1] if word != "and"), words[-1]]
    return words


def _once(name: str) -> str:
    return "".join(name_words(name))[:MAX_LENGTH] or _INVISIBLE.sub("", fold(name[:MAX_LENGTH]))[:MAX_LENGTH]


@lru_cache(maxsize=8192)
def normalise(name: str) -> str:
    """The name as it is compared: ``The ACME Co., Ltd.`` and ``acme`` are equal, and so are 華為技術有限公司 and 华为技术.

    Normalising twice changes nothing. Empty only for a text in which nothing can be seen; a name of signs alone
    (``!!!``, an emoji) stays as it is.
    """
    text = _once(name)
    if text.isascii():
        return text
    for _ in range(_ROUNDS):
        if (again := _once(text)) == text:
            break
        text = again
    return text


def compact(name: str) -> str:
    """The full name with its legal form, folded and without spaces: what somebody pastes from a contract."""
    return "".join(split_words(fold(name[:MAX_LENGTH])))[:MAX_LENGTH]


def spaced(name: str) -> str:
    """The name's own words with a space between them, for comparisons in which words may change places."""
    return " ".join(name_words(name))[:MAX_LENGTH]
