"""What people type when they mean a name: a kind of slip each, and only where no other name is as near."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from bots.bench.names import Made
from core.names import email_of, host_of, normalise, phone_digits
from core.names.companies import without_leading_place
from core.names.folding import has_han
from core.names.pinyin import readings

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
# Characters that the fingers are used to.
_COMMON = (
    "的一是不了人我在有他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小么心多天而能好都然没"
    "日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长"
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A typed text, the kind of slip in it, and the number of the one record that it means."""

    text: str
    kind: str
    number: int


class QueryMaker:
    """Draws slips of known names; ``seed`` decides all of them."""

    def __init__(self, made: list[Made], seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 - the same queries every time, nothing secret
        self._made = made
        self._latin = [one for one in made if one.name.isascii() and one.customer is None]
        self._han = [one for one in made if has_han(one.name) and one.customer is None]
        self.kinds: dict[str, Callable[[], tuple[str, Made] | None]] = {
            "exact": self._exact,
            "one typo": lambda: self._typos(1),
            "two typos": lambda: self._typos(2),
            "one typo, Chinese": lambda: self._han_typos(1),
            "two typos, Chinese": lambda: self._han_typos(2),
            "swapped words": self._swapped,
            "missing suffix": self._without_suffix,
            "first words": self._first_words,
            "pinyin": lambda: self._pinyin(" " if self.random.random() < 0.5 else "", 0),
            "pinyin misspelt": lambda: self._pinyin(
                " " if self.random.random() < 0.5 else "", self.random.choice((1, 2))
            ),
            "initials": self._initials,
            "homophones": self._homophones,
            "traditional": self._traditional,
            "alias": self._alias,
            "contact": self._contact,
            "phone tail": self._phone,
            "e-mail": lambda: self._field("email"),
            "domain": self._domain,
        }

    def make(self, kind: str, most: int) -> Iterator[Wanted]:
        """At most ``most`` queries of one kind."""
        for _ in range(most):
            drawn = self.kinds[kind]()
            if drawn is not None and drawn[0].strip():
                yield Wanted(drawn[0], kind, drawn[1].number)

    def _exact(self) -> tuple[str, Made]:
        one = self.random.choice(self._made)
        return (one.name.lower() if self.random.random() < 0.3 else one.name), one

    def _typos(self, count: int) -> tuple[str, Made]:
        text, one = self._name(han=False)
        text = text.lower() if self.random.random() < 0.5 else text
        for _ in range(count):
            text = self._slip(text, _LETTERS)
        return text, one

    def _han_typos(self, count: int) -> tuple[str, Made]:
        text, one = self._name(han=True)
        for _ in range(count):
            text = self._slip(text, _COMMON)
        return text, one

    def _name(self, *, han: bool) -> tuple[str, Made]:
        """Any name of anybody in one of the languages: a company's, an alias, a contact's."""
        while True:
            one = self.random.choice(self._made)
            name = self.random.choice((one.name, *one.aliases))
            if has_han(name) == han:
                return name, one

    def _slip(self, text: str, letters: str) -> str:
        at = self.random.randrange(len(text))
        other = self.random.choice(letters)
        return self.random.choice(
            (
                text[:at] + text[at + 1 :],
                text[:at] + other + text[at:],
                text[:at] + other + text[at + 1 :],
                text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :],
            )
        )

    def _swapped(self) -> tuple[str, Made] | None:
        one = self.random.choice(self._latin)
        words = one.name.split()
        at = self.random.randrange(len(words) - 1) if len(words) > 1 else -1
        if at < 0:
            return None
        words[at : at + 2] = [words[at + 1], words[at]]
        return " ".join(words), one

    def _without_suffix(self) -> tuple[str, Made]:
        one = self.random.choice(self._latin if self.random.random() < 0.5 else self._han)
        if has_han(one.name):
            return normalise(one.name), one
        words = one.name.replace("Co., Ltd.", "").replace(",", "").split()
        return " ".join(words[:-1] if len(words) > 2 else words), one

    def _first_words(self) -> tuple[str, Made]:
        one = self.random.choice(self._latin if self.random.random() < 0.5 else self._han)
        if has_han(one.name):
            brand = without_leading_place(normalise(one.name))
            return brand[: self.random.choice((3, 4, 5))], one
        words = one.name.split()
        return " ".join(words[: self.random.choice((1, 2))]), one

    def _pinyin(self, blank: str, slips: int) -> tuple[str, Made]:
        one = self.random.choice(self._han)
        name = normalise(one.name)
        if self.random.random() < 0.5:
            name = without_leading_place(name)
        text = blank.join(readings(character, most=1)[0].full for character in name)
        for _ in range(slips):
            text = self._slip(text, _LETTERS)
        return text, one

    def _initials(self) -> tuple[str, Made]:
        one = self.random.choice(self._han)
        name = self.random.choice((one.name, normalise(one.name), without_leading_place(normalise(one.name))))
        return readings(name, most=1)[0].initials, one

    def _homophones(self) -> tuple[str, Made] | None:
        one = self.random.choice(self._han)
        name = list(self.random.choice((one.name, normalise(one.name))))
        at = self.random.randrange(min(len(name), 6))
        sound = readings(name[at], most=1)[0].full
        others = [other for other in _BY_SOUND.get(sound, "") if other != name[at]]
        if not others:
            return None
        name[at] = self.random.choice(others)
        return "".join(name), one

    def _traditional(self) -> tuple[str, Made] | None:
        from zhconv_rs import zhconv  # noqa: PLC0415 - the table is large

        one = self.random.choice(self._han)
        text = zhconv(one.name, "zh-hant")
        return (text, one) if text != one.name else None

    def _alias(self) -> tuple[str, Made] | None:
        one = self.random.choice(self._made)
        return (one.aliases[0], one) if one.aliases else None

    def _contact(self) -> tuple[str, Made] | None:
        one = self.random.choice(self._made)
        if one.customer is None:
            return None
        return one.name, one

    def _phone(self) -> tuple[str, Made] | None:
        one = self.random.choice(self._made)
        digits = phone_digits(one.phone) if one.phone else ""
        return (digits[-self.random.choice((7, 8, 9)) :], one) if digits else None

    def _field(self, name: str) -> tuple[str, Made] | None:
        one = self.random.choice(self._made)
        value = getattr(one, name)
        return (email_of(value), one) if value else None

    def _domain(self) -> tuple[str, Made] | None:
        one = self.random.choice(self._made)
        return (host_of(one.website), one) if one.website else None


def _by_sound() -> dict[str, str]:
    from bots.bench.names import HAN  # noqa: PLC0415

    found: dict[str, str] = {}
    for character in HAN:
        sound = readings(character, most=1)[0].full
        found[sound] = found.get(sound, "") + character
    return found


_BY_SOUND = _by_sound()
