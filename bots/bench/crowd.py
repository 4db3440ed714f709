"""Tells whether a typed text means one record alone: whether no other's name is as near to it.

Judged by other means than the index has: tables of whole forms, and distances to every name there is.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence

from bots.bench.names import Made
from core.names import email_of, host_of, normalise, phone_digits
from core.names.companies import without_leading_place
from core.names.folding import has_han
from core.names.normalising import parts
from core.names.pinyin import readings


def sounds_of(text: str) -> tuple[str, str]:
    """The pinyin of a text, and its initials."""
    (reading,) = readings(text, most=1)
    return reading.full, reading.initials


class _Forms:
    """Every form of every name, with the number of the record it is of."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.numbers: list[int] = []
        self.owners: dict[str, set[int]] = {}
        self._by_length: dict[int, list[str]] = {}

    def add(self, text: str, number: int) -> None:
        """One more."""
        self.texts.append(text)
        self.numbers.append(number)
        self.owners.setdefault(text, set()).add(number)

    def is_of(self, text: str, number: int) -> bool:
        """Whether the text is a form of this record's alone."""
        return self.owners.get(text, {number}) <= {number}

    def is_nearest(self, text: str, number: int, own: Iterable[str]) -> bool:
        """Whether no other record has a form as near as the nearest of ``own``."""
        from rapidfuzz.distance import OSA  # noqa: PLC0415 - a benchmark is started by name
        from rapidfuzz.process import extract  # noqa: PLC0415 - see above

        furthest = min(OSA.distance(text, each) for each in own)
        for length in range(len(text) - furthest, len(text) + furthest + 1):
            near = extract(text, self._long(length), scorer=OSA.distance, score_cutoff=furthest, limit=None)
            if any(not self.owners[found] <= {number} for found, *_ in near):
                return False
        return True

    def _long(self, length: int) -> list[str]:
        """The forms of one length: a slip changes it by one at most."""
        if not self._by_length:
            for each in self.owners:
                self._by_length.setdefault(len(each), []).append(each)
        return self._by_length.get(length, [])


class Crowd:
    """All the names there are."""

    def __init__(self, made: Sequence[Made]) -> None:
        self._made = made
        self.full, self.sounds, self.initials, self.bags = _Forms(), _Forms(), _Forms(), _Forms()
        self._phones = [(phone_digits(one.phone), one.number) for one in made if one.phone]
        self._hosts = Counter(host_of(one.website) for one in made if one.website)
        for one in made:
            for name in (one.name, *one.aliases):
                self._add(name, one.number)
        self._sorted = sorted(zip(self.full.texts, self.full.numbers, strict=True))

    def _add(self, name: str, number: int) -> None:
        found = parts(name)
        self.bags.add(" ".join(sorted(found.words)), number)
        for text in forms_of(name):
            self.full.add(text, number)
            if has_han(text):
                full, initials = sounds_of(text)
                self.sounds.add(full, number)
                self.initials.add(initials, number)
                self.initials.add(sounds_of(found.full)[1], number)

    def is_alone(self, kind: str, text: str, number: int) -> bool:  # noqa: PLR0911 - a list of kinds
        """Whether ``text``, a query of this kind for this record, may only mean it."""
        own = self._made[number]
        found = parts(text)
        if kind == "phone tail":
            return sum(digits.endswith(text) for digits, _ in self._phones) == 1
        if kind == "domain":
            return self._hosts[text] == 1
        if kind == "e-mail":
            return email_of(text) == text
        if kind == "swapped words":
            return self.bags.is_of(" ".join(sorted(found.words)), number) and self.full.is_of(found.full, number)
        if kind == "initials":
            return self.initials.is_of(text, number) and self._begin(text) == set()
        if kind == "first words":
            return self._begin(found.normal) <= {number}
        if kind in {"pinyin", "homophones"}:
            return self.sounds.is_of(sounds_of(found.normal)[0], number)
        if kind == "pinyin misspelt":
            spoken = [sounds_of(form)[0] for form in forms_of(own.name)]
            return self.sounds.is_nearest(found.normal, number, spoken) and self.full.is_of(found.normal, number)
        if "typo" in kind:
            own_forms = [form for name in (own.name, *own.aliases) for form in forms_of(name)]
            return self.full.is_nearest(found.full, number, own_forms)
        return self.full.is_of(found.normal, number)

    def _begin(self, start: str) -> set[int]:
        """Those that have a form that begins so."""
        found: set[int] = set()
        for place in range(bisect_left(self._sorted, (start,)), len(self._sorted)):
            text, number = self._sorted[place]
            if not text.startswith(start) or len(found) > 1:
                break
            found.add(number)
        return found


def forms_of(name: str) -> list[str]:
    """A name in full, without its legal form, and without the place it begins with."""
    full, normal = parts(name).full, normalise(name)
    return list(dict.fromkeys((full, normal, without_leading_place(normal), without_leading_place(full))))
