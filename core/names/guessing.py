"""Legal forms as they come out when they are mistyped, or typed as they sound."""

from core.names.companies import LEGAL_FORMS
from core.patterns import late

# As the end of a Chinese name sounds, the longest first.
_SPOKEN = (
    "gufenyouxianzerengongsi youxianzerengongsi gufenyouxiangongsi jituanyouxiangongsi youxianhehuo "
    "youxiangongsi gufengongsi zonggongsi jituangongsi gongsi jituan gufen"
)
_SPOKEN_FORM = late(f"(?:{'|'.join(_SPOKEN.split())})+$")
# Shorter legal forms resemble too many words.
_LONG_FORMS = tuple(form for form in LEGAL_FORMS if form.isascii() and len(form) > 2)
_HAN_FORMS = ("有限公司", "有限责任公司", "股份有限公司")


def without_spoken_form(letters: str) -> str:
    """``huaweijishuyouxiangongsi`` is ``huaweijishu``; three letters at least stay."""
    found = _SPOKEN_FORM.search(letters, 3)
    return letters[: found.start()] if found else letters


def without_mistyped_form(text: str) -> str:
    """A name without a last word, or last characters, that nearly are a legal form: Acme Lmited, 华为有限公思."""
    if not text.isascii():
        return _without_mistyped_han(text)
    head, _, last = text.rpartition(" ")
    return head if head and any(_nearly(last, form) for form in _LONG_FORMS) else text


def _without_mistyped_han(text: str) -> str:
    for form in _HAN_FORMS:
        for length in (len(form), len(form) - 1, len(form) + 1):
            if len(text) >= length + 2 and _shared(text[-length:], form) >= len(form) - 1:
                return text[:-length]
    return text


def _shared(left: str, right: str) -> int:
    """How many characters of ``right`` stand in ``left``, in the same order."""
    place = found = 0
    for character in right:
        at = left.find(character, place)
        if at >= 0:
            place, found = at + 1, found + 1
    return found


def _nearly(word: str, form: str) -> bool:
    """One slip away: a letter missing, added, changed, or two swapped."""
    if abs(len(word) - len(form)) > 1 or len(word) < 3:
        return False
    if word == form:
        return True
    start = 0
    while start < min(len(word), len(form)) and word[start] == form[start]:
        start += 1
    left, right = word[start:], form[start:]
    return left[1:] == right[1:] or left[1:] == right or left == right[1:] or left == right[1:2] + right[:1] + right[2:]
