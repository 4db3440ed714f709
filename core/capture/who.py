"""Which of the known customers and people a line names, and where."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from core.capture.line import Span
from core.capture.roster import FULL, SOUND, Company, Meant, Person, Roster
from core.capture.surnames import COMPOUND, LATIN_TITLES, NOT_TITLE, TITLES
from core.when.values import listed

_WORD = re.compile(r"[^\W_\u3400-\u9fff]+(?:['-](?!s\b)[^\W_\u3400-\u9fff]+)*")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_LONGEST_HAN = 20
_MOST_WORDS = 6
_SHORTEST_SLIP = 5  # letters; a shorter word resembles too much
_SHORTEST_SOUND = 4
_SHORTEST_HAN_SLIP = 4
_RESEMBLES = 84  # of 100
# First and last names that are words as well: only with a capital, and not at the start.
_ALSO_WORDS = listed(
    "will may mark bill grace art faith hope rich drew chase sue pat rob frank april june august ray dean grant jay "
    "lane "
    "miles max page penny rose summer victor cash cook price sage bush hall park white brown green young long best day "
    "king bell berg stone field rush case chance guy jack josh joy lily love major nick pace ping rock skip sunny "
    "van sun "
    "song lin an yang tan he she you wei hale may man son ran"
)
_TITLE = "|".join(sorted(TITLES, key=len, reverse=True))
TITLED = re.compile(rf"(?P<surname>{'|'.join(COMPOUND)}|[\u3400-\u9fff])(?P<title>{_TITLE})")
FAMILIAR = re.compile(r"[老小](?P<surname>[\u3400-\u9fff])(?![\u3400-\u9fff]*(?:板|总|师|区|型|组|时|户))")


@dataclass(frozen=True, slots=True)
class Named:
    """A stretch of a line and what it may mean, the surest first; ``whole`` when all of the name stands there."""

    span: Span
    meant: tuple[Meant, ...]

    @property
    def sure(self) -> float:
        """How surely it means the first; of several, none is sure."""
        return self.meant[0].sure / len(self.meant)


def find_named(spelt: str, text: str, roster: Roster, taken: Sequence[Span] = ()) -> list[Named]:
    """The names in a line, in their order, none over another; ``spelt`` is the text as the roster spells."""
    words = [match.span() for match in _WORD.finditer(spelt)]
    found = [*_latin(spelt, text, words, roster), *_han(spelt, roster)]
    free = [named for named in found if not any(_meet(named.span, span) for span in taken)]
    return _apart(free)


def slips(spelt: str, roster: Roster, taken: Sequence[Span]) -> list[Named]:
    """Names with a slip of the finger or by their sound, where nothing was found as it is spelt."""
    words = [match.span() for match in _WORD.finditer(spelt) if not any(_meet(match.span(), span) for span in taken)]
    return _apart(
        [*_sounding(spelt, words, roster), *_misspelt(spelt, words, roster), *_misspelt_han(spelt, roster, taken)]
    )


def _latin(spelt: str, text: str, words: Sequence[Span], roster: Roster) -> Iterator[Named]:
    for first in range(len(words)):
        for count in range(min(max(roster.longest, 1), _MOST_WORDS, len(words) - first), 0, -1):
            span = words[first][0], words[first + count - 1][1]
            key = re.sub(r"[\s.,&'’-]+(?:and\s+)?", " ", spelt[span[0] : span[1]])
            meant = roster.spellings.get(key) or roster.spellings.get(spelt[span[0] : span[1]])
            if meant and _may_name(spelt[span[0] : span[1]], text, span, meant):
                yield Named(span, _ordered(meant))
                break


def _may_name(key: str, text: str, span: Span, meant: Sequence[Meant]) -> bool:
    """Whether a word that is also an ordinary one is written as a name."""
    if key not in _ALSO_WORDS or all(each.sure == FULL for each in meant):
        return True
    return text[span[0]].isupper()


def _han(spelt: str, roster: Roster) -> Iterator[Named]:
    for run in _HAN.finditer(spelt):
        position = run.start()
        while position < run.end():
            longest = min(_LONGEST_HAN, run.end() - position)
            for length in range(longest, 1, -1):
                meant = roster.spellings.get(spelt[position : position + length])
                if meant:
                    yield Named((position, position + length), _ordered(meant))
                    position += length - 1
                    break
            position += 1
    for match in (
        re.finditer(r"[\u3400-\u9fffa-z0-9·]*[a-z0-9·][\u3400-\u9fffa-z0-9·]*", spelt) if not spelt.isascii() else ()
    ):
        if meant := roster.spellings.get(match[0]):
            yield Named(match.span(), _ordered(meant))


def _ordered(meant: Sequence[Meant]) -> tuple[Meant, ...]:
    """The surest first; one that fits clearly better stands alone."""
    best = max(each.sure for each in meant)
    return tuple(
        sorted((each for each in meant if each.sure > best - 0.04), key=lambda each: isinstance(each.record, Person))
    )


def _apart(found: Sequence[Named]) -> list[Named]:
    """The longest of those that meet, in the order of the line."""
    kept: list[Named] = []
    for named in sorted(found, key=lambda each: (each.span[0] - each.span[1], -each.meant[0].sure)):
        if not any(_meet(named.span, other.span) for other in kept):
            kept.append(named)
    return sorted(kept, key=lambda each: each.span)


def _meet(span: Span, other: Span) -> bool:
    return span[0] < other[1] and other[0] < span[1]


# --- slips


def _sounding(spelt: str, words: Sequence[Span], roster: Roster) -> Iterator[Named]:
    """Pinyin: one word, or one for each character."""
    if not words or all(ascii_name(company.name) for company in roster.companies):
        return
    sounds = roster.sounds()
    for first in range(len(words)):
        for count in range(min(4, len(words) - first), 0, -1):
            span = words[first][0], words[first + count - 1][1]
            key = spelt[span[0] : span[1]].replace(" ", "")
            if len(key) >= _SHORTEST_SOUND and (meant := sounds.get(key)):
                yield Named(span, _ordered(meant))
                break


def ascii_name(name: str) -> bool:
    """Whether a name has no sound but its letters."""
    return name.isascii()


def _misspelt(spelt: str, words: Sequence[Span], roster: Roster) -> Iterator[Named]:
    keys = [key for key in roster.spellings if key.isascii() and len(key) >= _SHORTEST_SLIP]
    if not keys:
        return
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - 70 ms that exact names never need

    for first in range(len(words)):
        for count in range(min(3, len(words) - first), 0, -1):
            span = words[first][0], words[first + count - 1][1]
            typed = spelt[span[0] : span[1]]
            if len(typed) < _SHORTEST_SLIP or typed.isdigit():
                continue
            near = process.extractOne(
                typed, keys, scorer=fuzz.ratio, score_cutoff=_RESEMBLES + (6 if len(typed) < 7 else 0)
            )
            if near and near[0][0] == typed[0] and abs(len(near[0]) - len(typed)) < 3:
                share = near[1] / 100
                meant = [replace(each, sure=round(each.sure * share * 0.85, 2)) for each in roster.spellings[near[0]]]
                yield Named(span, _ordered(meant))
                break


def _misspelt_han(spelt: str, roster: Roster, taken: Sequence[Span]) -> Iterator[Named]:
    keys = [key for key in roster.spellings if len(key) >= _SHORTEST_HAN_SLIP and not key.isascii()]
    for run in _HAN.finditer(spelt) if keys else ():
        for key in keys:
            for start in range(run.start(), run.end() - len(key) + 1):
                window = spelt[start : start + len(key)]
                if sum(map(str.__ne__, window, key)) == 1 and not any(
                    _meet((start, start + len(key)), each) for each in taken
                ):
                    meant = [replace(each, sure=SOUND) for each in roster.spellings[key]]
                    yield Named((start, start + len(key)), _ordered(meant))


# --- people by surname and title


def titled(spelt: str) -> Iterator[tuple[Span, str]]:
    """Stretches such as 王总, 李经理, 老方 and Dr. Quinn, with the surname in each."""
    for match in TITLED.finditer(spelt):
        follows = spelt[match.end() : match.end() + 1]
        if not (follows and follows in NOT_TITLE.get(match["title"], "")):
            yield match.span(), match["surname"]
    for match in FAMILIAR.finditer(spelt):
        yield match.span(), match["surname"]
    for match in re.finditer(rf"\b(?:{'|'.join(LATIN_TITLES)})\b\.?\s+(?P<surname>[^\W\d_]+)", spelt):
        yield match.span(), match["surname"]


def bears(person: Person, surname: str) -> bool:
    """Whether a person's surname it is."""
    name = person.name.casefold()
    return name.startswith(surname) if not surname.isascii() else surname in name.split()


def company_of(named: Named) -> Company | None:
    """The customer that a name means before anything else."""
    return next((each.record for each in named.meant if isinstance(each.record, Company)), None)


def people_of(named: Named) -> list[Meant]:
    """The people it may mean."""
    return [each for each in named.meant if isinstance(each.record, Person)]
