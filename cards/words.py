"""A reader's language and zone: message catalogue, dates, numbers and money, all through Babel.

Catalogues are gettext ``.po`` files in ``cards/locale``, read once per process; English needs none, for its
messages are the keys. No sentence is glued together: a message names its values, ``words("Due {day}", day=…)``.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from core.money import Money

LANGUAGES = ("en", "zh_Hans")
_CATALOGUES = Path(__file__).parent / "locale"
_SUNDAY = dt.date(2026, 1, 4)  # any
_JUST_NOW = timedelta(seconds=45)


def mark(message: str) -> str:
    """Marks a message for the catalogue where it stands in a table and is translated later."""
    return message


@lru_cache
def _territory(zone: str) -> str:
    """The country a zone belongs to, by CLDR; nothing for UTC and its like, which belong to none."""
    from babel.core import get_global  # noqa: PLC0415 - see below: most commands name no day

    known: Mapping[str, str] = get_global("zone_territories")
    return known.get(zone, "").replace("ZZ", "").replace("001", "")


@lru_cache
def _catalogue(language: str) -> tuple[Mapping[str, str | tuple[str, ...]], Callable[[int], int]]:
    path = _CATALOGUES / language / "LC_MESSAGES" / "kith.po"
    if language == "en":
        return {}, lambda count: 0 if count == 1 else 1
    from babel.messages.pofile import read_po  # noqa: PLC0415 - a process that speaks English only never needs it

    with path.open("rb") as file:
        messages = read_po(file, locale=language)
    entries: dict[str, str | tuple[str, ...]] = {}
    for message in messages:
        key = message.id if isinstance(message.id, str) else message.id[0]
        if key and message.string and not message.fuzzy:
            entries[key] = message.string if isinstance(message.string, str) else tuple(message.string)
    return entries, lambda _count: 0  # Chinese has one plural form


@lru_cache(maxsize=4096)
def _money(amount: Money, language: str) -> str:
    from babel.numbers import format_currency  # noqa: PLC0415 - see above

    whole = amount.amount == amount.amount.to_integral_value()
    symbols = "¤#,##0" if whole else None
    return format_currency(amount.amount, amount.currency, symbols, locale=language, currency_digits=not whole)


@lru_cache(maxsize=4096)
def _day(day: dt.date, pattern: str, language: str) -> str:
    from babel.dates import format_date  # noqa: PLC0415 - see above

    return format_date(day, pattern, locale=language)


# Babel patterns (CLDR) for a day in this year and in another one.
_PATTERNS = {"en": ("EEE d MMM", "d MMM y"), "zh_Hans": ("M月d日 EEE", "y年M月d日")}


class Words:
    """The words of one reader: call it with an English message to get theirs.

    >>> Words("en")("Due {day}", day="today")
    'Due today'
    """

    __slots__ = ("_entries", "_plural", "language", "zone")

    def __init__(self, language: str = "en", zone: str = "UTC") -> None:
        self.language = language if language in LANGUAGES else "en"
        self.zone = ZoneInfo(zone)
        self._entries, self._plural = _catalogue(self.language)

    def __call__(self, message: str, **values: object) -> str:
        """The message in the reader's language, with its ``{named}`` values filled in."""
        found = self._entries.get(message, message)
        text = found if isinstance(found, str) else found[0]
        return text.format(**values) if values else text

    def many(self, one: str, several: str, count: int, **values: object) -> str:
        """The plural form for ``count``, which the message may name as ``{count}``."""
        forms = self._entries.get(one, (one, several))
        text = forms if isinstance(forms, str) else forms[self._plural(count)]
        return text.format(count=self.number(count), **values)

    @property
    def locale(self) -> str:
        """The reader's language where they live: ``en_GB`` for English in London. Babel knows the zones' countries."""
        territory = _territory(self.zone.key)
        return f"{self.language}_{territory}" if territory else self.language

    def number(self, value: float) -> str:
        """A number with the thousands marked."""
        return f"{value:,}"

    def money(self, amount: Money) -> str:
        """¥300,000 or $1,200.50: without decimals when there are none."""
        return _money(amount, self.language)

    def date(self, day: dt.date, today: dt.date) -> str:
        """A day as people say it: today, tomorrow, yesterday, Tue 2 Dec, 2 Dec 2027."""
        near = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get((day - today).days)
        if near:
            return self(near)
        this_year, other_year = _PATTERNS[self.language]
        return _day(day, this_year if day.year == today.year else other_year, self.language)

    def full_date(self, day: dt.date) -> str:
        """A day with its year: 2 Dec 2027."""
        return _day(day, _PATTERNS[self.language][1], self.language)

    def weekday(self, day: int) -> str:
        """A day of the week, counted from Monday, 1: Mon."""
        return _day(_SUNDAY + timedelta(days=day), "EEE", self.language)

    def today(self, now: datetime) -> dt.date:
        """The reader's calendar day at an instant."""
        return now.astimezone(self.zone).date()

    def moment(self, instant: datetime, now: datetime) -> str:
        """An instant as the reader's day and 24-hour clock time."""
        local = instant.astimezone(self.zone)
        return self("{day} {time}", day=self.date(local.date(), self.today(now)), time=f"{local:%H:%M}")

    def ago(self, instant: datetime, now: datetime) -> str:
        """How long ago: just now, 5 minutes ago, 3 hours ago; beyond a day, the date."""
        past = now.astimezone(UTC) - instant
        if past < _JUST_NOW:
            return self("just now")
        minutes = max(1, round(past.total_seconds() / 60))
        if minutes < 60:
            return self.many("{count} minute ago", "{count} minutes ago", minutes)
        if minutes < 24 * 60:
            return self.many("{count} hour ago", "{count} hours ago", round(minutes / 60))
        return self.date(instant.astimezone(self.zone).date(), self.today(now))
