"""What a list is to hold, as people say it: ``tasks overdue team``, 逾期任务, ``deals closing this month``."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache

from commands import values
from commands.model import Context
from core import when
from core.ids import looks_like_id
from core.when import Found

_LONGEST = 60  # characters of a line that may be nothing but a list's name
_ANY_DAY = datetime(2026, 1, 5)  # noqa: DTZ001 - only whether there is a time matters here, not which
_EDGES = " ,，、:：;；"
Vocabulary = Mapping[str, tuple[str, ...]]  # the words of a list by what they mean; "" are those that mean nothing


@dataclass(frozen=True, slots=True)
class ListWords:
    """What was said: words of the vocabulary by their meaning, a stretch of time, and whose list it is to be."""

    said: frozenset[str] = frozenset()
    period: Found | None = None
    whose: str = ""

    @property
    def line(self) -> str:
        """The same as it can be typed."""
        period = self.period.matched if self.period else ""
        return " ".join(filter(None, (*sorted(self.said), period, self.whose)))

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day of the stretch of time."""
        if self.period is None:
            return None
        return self.period.start.date(), max(values.last_day(self.period), self.period.start.date())


def read_list(context: Context, text: str, vocabulary: Vocabulary) -> ListWords:
    """Reads the words behind a list's verb; what is no word of the list is whose it is to be."""
    if ids := [word for word in text.split() if looks_like_id(word)]:
        # Apart from the others: the letters and digits of one in a hundred would be read as a day or a week.
        other = read_list(context, " ".join(word for word in text.split() if word not in ids), vocabulary)
        return replace(other, whose=" ".join(filter(None, (*ids, other.whose))))
    left, said = _take(text, vocabulary)
    if not left.strip(_EDGES):
        return ListWords(said)
    if context.work.names.exact(context.actor.scope, (text,)):
        return ListWords(whose=text)
    period, rest = _period(text, context.local_now, context.locale)
    left, said = _take(rest, vocabulary)
    if not left.strip(_EDGES):
        return ListWords(said, period)
    words = [(word, _meaning(word, vocabulary)) for word in rest.split()]
    whose = " ".join(word for word, meaning in words if meaning is None)
    return ListWords(frozenset(filter(None, (meaning for _, meaning in words))), period, whose.strip(_EDGES))


def names_list(text: str, vocabulary: Vocabulary, nouns: Iterable[str], alone: Iterable[str] = ()) -> bool:
    """Whether a line is nothing but a list's name: a noun and what narrows it, or a meaning that stands ``alone``."""
    lowered = text.casefold()
    begins = any(word in lowered for word in (*nouns, *(word for meaning in alone for word in vocabulary[meaning])))
    if len(text) > _LONGEST or not begins:
        return False
    period, rest = _period(text, _ANY_DAY, "en")
    left, said = _take(rest, vocabulary)
    has_noun = bool(_pattern(tuple(nouns)).search(lowered))
    return not left.strip(_EDGES) and bool(said & set(alone) or (has_noun and (said or period)))


def _period(text: str, now: datetime, language: str) -> tuple[Found | None, str]:
    """The one stretch of time in a text, and the text without it."""
    found = when.find(text, now, language)
    if len(found) != 1 or found[0].kind == "duration":
        return None, text
    start, end = found[0].span
    return found[0], f"{text[:start]} {text[end:]}"


def _take(text: str, vocabulary: Vocabulary) -> tuple[str, frozenset[str]]:
    """The text without the list's words, and what these mean."""
    pattern = _pattern(tuple(word for words in vocabulary.values() for word in words))
    lowered = text.casefold()
    meant = (_meaning(match[0], vocabulary) for match in pattern.finditer(lowered))
    return pattern.sub(" ", lowered), frozenset(filter(None, meant))


def _meaning(word: str, vocabulary: Vocabulary) -> str | None:
    return next((meaning for meaning, words in vocabulary.items() if word.casefold() in words), None)


@lru_cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of some words, the longest first; a Latin one stands alone, a Chinese one may touch others."""
    ordered = sorted(words, key=len, reverse=True)
    return re.compile("|".join(rf"(?<!\w){re.escape(w)}(?!\w)" if w.isascii() else re.escape(w) for w in ordered))
