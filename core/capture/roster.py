"""Whom a line may name: customers and people, by everything they are called."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from core.capture.surnames import LATIN_TITLES
from core.names import normalise
from core.names.companies import without_leading_place
from core.names.folding import fold as fold_name
from core.names.folding import has_han
from core.names.normalising import parts
from core.when.folding import fold
from core.when.values import listed

_LATIN = re.compile(r"[a-z0-9]+")
_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
_LEAST_FIRST_WORD = 4  # letters of a name's first word that stand for the whole: Northwind
_BANK, _ABBREVIATED = 4, ("银行", "大学")
_PROBE = "某某某某"  # behind a place it shows whether the place would be left out
# First words that many names have; alone they name none.
_SAY_LITTLE = listed(
    "first global national united american general blue green red white black golden silver royal north south east "
    "west "
    "northern southern great new call meeting visit note deal quote the best smart digital data open total prime alpha "
    "city central world pacific atlantic advanced applied"
)
FULL, SHORT, PART, SOUND = 1.0, 0.9, 0.85, 0.75


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at a customer."""

    id: str
    name: str
    customer_id: str


@dataclass(frozen=True, slots=True)
class Company:
    """A customer with everything it is called."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class Meant:
    """A record that a spelling means, and how surely, 0 to 1."""

    record: Company | Person
    sure: float


@lru_cache(maxsize=4096)
def _simple(character: str) -> str:
    folded = fold_name(character)
    return folded if len(folded) == 1 else character


def spell(text: str) -> str:
    """Lower case, half width, simplified; as long as ``text``, so that positions stay."""
    folded = fold(text)
    return folded if folded.isascii() else "".join(_simple(each) if each > "\u00bf" else each for each in folded)


@dataclass(slots=True)
class Roster:
    """The spellings of what is known. Build it once for many lines about the same customers."""

    companies: Sequence[Company] = ()
    members: Sequence[str] = ()  # handles, each with its @
    spellings: dict[str, list[Meant]] = field(init=False, default_factory=dict)
    _sounds: dict[str, list[Meant]] | None = field(init=False, default=None)
    longest: int = field(init=False, default=0)  # words of the longest Latin spelling

    def __post_init__(self) -> None:
        """Files every spelling."""
        for company in self.companies:
            for name in (company.name, *company.aliases):
                self._file(self.spellings, company, company_spellings(name))
            for person in company.people:
                self._file(self.spellings, person, person_spellings(person.name))
        self.longest = max((key.count(" ") + 1 for key in self.spellings if key.isascii()), default=0)

    @property
    def people(self) -> Iterator[Person]:
        """Everybody known."""
        return (person for company in self.companies for person in company.people)

    def sounds(self) -> dict[str, list[Meant]]:
        """Chinese names by their sound, as ``zhang san`` and ``zhangsan``; worked out when first asked for."""
        if self._sounds is None:
            self._sounds = {}
            for company in self.companies:
                for name in (company.name, *company.aliases):
                    self._file(self._sounds, company, _company_sounds(name))
                for person in company.people:
                    self._file(self._sounds, person, _person_sounds(person.name))
        return self._sounds

    @staticmethod
    def _file(into: dict[str, list[Meant]], record: Company | Person, spelt: Iterable[tuple[str, float]]) -> None:
        for spelling, sure in spelt:
            meant = into.setdefault(spelling, [])
            if all(other.record is not record for other in meant):
                meant.append(Meant(record, sure))


def company_spellings(name: str) -> Iterator[tuple[str, float]]:
    """What a customer is called in a line: in full, without its legal form, by its first words or characters."""
    spelt = spell(name)
    yield " ".join(_LATIN.findall(spelt)) if spelt.isascii() else spelt, FULL
    taken = parts(name)
    words = [word for word in taken.words if word not in {"and", "the"}]
    latin = [word for word in words if word.isascii()]
    if latin:
        yield " ".join(latin), FULL if len(latin) == len(words) else PART
        yield "".join(latin), SHORT
        for count in range(len(latin) - 1, 0, -1):
            start = " ".join(latin[:count])
            if count > 1 or (len(start) >= _LEAST_FIRST_WORD and start not in _SAY_LITTLE):
                yield start, SHORT if count > 1 else PART
    for run in _HAN_RUN.findall(normalise(name)):
        yield from _han_spellings(run, whole=not latin)


def _han_spellings(name: str, *, whole: bool) -> Iterator[tuple[str, float]]:
    if len(name) == _BANK and name.endswith(_ABBREVIATED):
        yield name[0] + name[-2 if name.endswith("大学") else -1], SHORT  # 招商银行 is 招行
    yield name, FULL if whole else PART
    for start in dict.fromkeys((without_leading_place(name), name)):
        for length in range(len(start), 1, -1):
            spelling = start[:length]
            if without_leading_place(spelling + _PROBE) != _PROBE:
                yield spelling, SHORT if length > 2 else PART


def person_spellings(name: str) -> Iterator[tuple[str, float]]:
    """A person's name in full, and by one half of it."""
    spelt = spell(name).strip()
    if has_han(spelt):
        yield spelt, FULL
        if len(spelt) > 2:
            yield spelt[1:], PART
        return
    words = [word for word in re.findall(r"[^\W\d_]+(?:['-][^\W\d_]+)*", spelt) if word not in LATIN_TITLES]
    if not words:
        return
    yield " ".join(words), FULL
    if len(words) > 1:
        yield " ".join(reversed(words)), SHORT
        yield words[0], PART
        yield words[-1], PART


def _company_sounds(name: str) -> Iterator[tuple[str, float]]:
    from core.names.pinyin import readings  # noqa: PLC0415 - most lines spell names as they are

    for run in _HAN_RUN.findall(normalise(name)):
        for start in dict.fromkeys((without_leading_place(run), run)):
            for length in range(len(start), 1, -1):
                for reading in readings(start[:length], most=2):
                    yield reading.full, SOUND


def _person_sounds(name: str) -> Iterator[tuple[str, float]]:
    from core.names.pinyin import readings  # noqa: PLC0415 - see above

    spelt = spell(name)
    if has_han(spelt):
        for reading in readings(spelt, person=True, most=2):
            yield reading.full, SOUND
