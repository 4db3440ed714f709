"""What the columns of any sheet hold, and their cells in the form in which they are compared.

Nothing is known of the sheet beforehand: a column is told by its cells, so that customers, people and parts lists in
English or Chinese go the same way.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.names import email_of, host_of, phone_digits
from core.names.companies import without_leading_place
from core.names.contact_points import looks_like_phone, registered_domain
from core.names.folding import fold, has_han
from core.names.normalising import parts
from core.names.pinyin import readings

_SAMPLE = 300  # cells, by which a column is told
_MOST = 0.7  # of the cells that are filled
_PHONE_DIGITS = 8  # the tail in which all ways to write a number agree
_LEGAL = 0.05  # from this share of names with a legal form, a column is one of companies
_NOT_WORD = re.compile(r"[\W_]+")


class Holds(StrEnum):
    """What a column's cells are."""

    WORDS = "words"
    CODE = "code"  # numbers and short signs: postcodes, house numbers, states
    PHONE = "phone"
    EMAIL = "email"
    SITE = "site"


@dataclass(frozen=True, slots=True)
class Column:
    """A column's ``cells`` as they are compared, "" where there is nothing, and how they sound where some are Chinese.

    ``sounds`` is empty when nothing in the column is Chinese.
    """

    header: str
    holds: Holds
    cells: tuple[str, ...]
    sounds: tuple[str, ...] = ()

    @property
    def spelt(self) -> tuple[str, ...]:
        """The cells in letters: as they sound, where that is known."""
        return self.sounds or self.cells


def read_columns(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Column]:
    """The columns that can tell records apart: neither empty nor the same in every row."""
    cells = zip(*rows, strict=True) if rows else ()
    columns = (_column(header, texts) for header, texts in zip(headers, cells, strict=False))
    return [column for column in columns if len(set(column.cells) - {""}) > 1]


def _column(header: str, texts: tuple[str, ...]) -> Column:
    holds = what_it_holds(texts)
    cells = tuple(map(_form(holds, texts), texts))
    if holds is not Holds.WORDS or not any(map(has_han, cells)):
        return Column(header, holds, cells)
    return Column(header, holds, cells, tuple(map(_sound, cells)))


def what_it_holds(texts: Iterable[str]) -> Holds:
    """What most of the cells that are filled look like."""
    filled = [text.strip() for text in texts if text.strip()][:_SAMPLE]
    for holds, fits in _TESTS:
        if filled and sum(map(fits, filled)) >= _MOST * len(filled):
            return holds
    return Holds.WORDS


def _is_code(text: str) -> bool:
    """Digits and what goes with them (12a, B-204), or a sign of at most three letters (nsw)."""
    plain = _NOT_WORD.sub("", text)
    digits = sum(map(str.isdecimal, plain))
    return 2 * digits >= len(plain) > 0 or (len(plain) <= 3 and plain.isascii())


_TESTS: tuple[tuple[Holds, Callable[[str], bool]], ...] = (
    (Holds.EMAIL, lambda text: bool(email_of(text))),
    (Holds.SITE, lambda text: bool(host_of(text))),
    (Holds.PHONE, lambda text: looks_like_phone(text) and len(phone_digits(text)) >= _PHONE_DIGITS),
    (Holds.CODE, _is_code),
)


def _form(holds: Holds, texts: Iterable[str]) -> Callable[[str], str]:
    match holds:
        case Holds.EMAIL:
            return email_of
        case Holds.SITE:
            return lambda text: registered_domain(host_of(text))
        case Holds.PHONE:
            return lambda text: phone_digits(text)[-_PHONE_DIGITS:]
        case Holds.CODE:
            return _code
        case Holds.WORDS:
            return company if _names_companies(texts) else words


def _code(text: str) -> str:
    plain = _NOT_WORD.sub("", fold(text))
    return plain.lstrip("0") or plain  # spreadsheets eat the zeros in front


def words(text: str) -> str:
    """A text's words, folded, with one blank between them."""
    return " ".join(_NOT_WORD.sub(" ", fold(text)).split())


def company(text: str) -> str:
    """A company's own words: without its legal form, and without the place that a Chinese name begins with."""
    return without_leading_place(" ".join(parts(text).words))


def _names_companies(texts: Iterable[str]) -> bool:
    filled = [text for text in texts if text.strip()][:_SAMPLE]
    legal = sum(words(text) != " ".join(parts(text).words) for text in filled)
    return legal > _LEGAL * len(filled)


def _sound(text: str) -> str:
    return readings(text.replace(" ", ""), most=1)[0].full if has_han(text) else text
