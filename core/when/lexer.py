"""A text into tokens, each with the readings its spelling allows; a token without readings is a barrier to every rule."""

import re
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from core.when import chinese, english
from core.when.grammar import Context, Reading, literals
from core.when.values import Clock, Day

Readings = list[Reading]


class Token(NamedTuple):
    """A stretch of the text and what it can stand for."""

    start: int
    end: int
    readings: Readings


_TOKEN = re.compile(
    r"(?P<money>[$¥€£#]\s?\d[\d,.]*)"
    r"|(?P<number>\d+(?:,\d{3}(?!\d))*(?:[-./:]\d+)*)"
    r"|(?P<meridiem>(?<![a-z])[ap]\s?\.?\s?m(?![a-z])(?:\s?\.)?)"
    r"|(?P<word>o'clock|[a-z\u00c0-\u024f]+)"
    r"|(?P<han>[\u3400-\u9fff]+)"
    r"|(?P<mark>'s\b|\n|[^\s])"
)
_SUFFIX = re.compile(r"(?:st|nd|rd|th)(?![a-z])")
_COUNTED = re.compile(r"\s?(?:[万亿元块%‰]|k(?![a-z])|percent\b)")
_VULGAR = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4)}
_GLUED_AFTER = frozenset({*english.UNITS, *english.SHORT_UNITS, *english.MONTHS, *english.WEEKDAYS, "am", "pm", "a", "p", "t", "q", "ish", "oclock", "o'clock"})
_GLUED_BEFORE = frozenset({*english.MONTHS, "h", "q", "w", "t"})
_LEXICON: dict[str, Readings] = {}
_LONGEST = 5


def lexicon() -> dict[str, Readings]:
    """All words of both languages; built once, when every rule is known."""
    if not _LEXICON:
        table: dict[str, Readings] = {}
        for entries in (english.entries(), chinese.entries()):
            for word, readings in entries.items():
                table.setdefault(word, []).extend(readings)
        for word in literals():
            if word not in chinese.OPAQUE:
                table.setdefault(word, []).append((word, None))
        for word, value in english.NUMBERS.items():
            table.setdefault(word, []).extend([*number_readings(value, spelt=True), ("W", value)])
        _LEXICON.update({word: list(dict.fromkeys(readings)) for word, readings in table.items()})
    return _LEXICON


def number_readings(value: int, *, spelt: bool = False, text: str = "") -> Readings:
    """What a whole number can stand for: a count, a day, a month, an hour, minutes, a year."""
    readings: Readings = [("INT", value)]
    if 1 <= value <= 31 and len(text) <= 2:
        readings.append(("DAY", value))
    if value <= 24 and len(text) <= 2:
        readings.append(("HOUR", Clock(value, open=1 <= value <= 12 and text[:1] != "0")))
    if value <= 59 and (value >= 10 if spelt else len(text) == 2):
        readings.append(("MIN", value))
    if 1 <= value <= 12 and len(text) <= 2 and not spelt:
        readings.append(("MM", value))
    if len(text) == 4 and 1000 <= value < 2200:
        readings.append(("YEAR", value))
    if len(text) in {3, 4} and value // 100 <= 23 and value % 100 <= 59:
        readings.append(("HHMM", Clock(value // 100, value % 100, open=1 <= value // 100 <= 12 and text[0] != "0", grain="minute")))
    return readings


def tokenize(folded: str, context: Context) -> list[Token]:
    """The tokens of a folded text."""
    words = lexicon()
    tokens: list[Token] = []
    position = 0
    length = len(folded)
    while position < length:
        match = _TOKEN.search(folded, position)
        if match is None:
            break
        start, position = match.span()
        kind = match.lastgroup
        if kind == "word":
            tokens.append(_word(tokens, folded, start, position, words))
        elif kind == "number":
            position = _number(tokens, folded, start, position, context)
        elif kind == "han":
            _han(tokens, folded, start, position, words)
        elif kind == "meridiem":
            tokens.append(Token(start, position, [*words.get("am" if folded[start] == "a" else "pm", ())]))
        elif kind == "money":
            tokens.append(Token(start, position, []))
        else:
            mark = folded[start:position]
            tokens.append(Token(start, position, [("COUNT", _VULGAR[mark])] if mark in _VULGAR else words.get(mark, [])))
    return tokens


def _word(tokens: list[Token], folded: str, start: int, end: int, words: dict[str, Readings]) -> Token:
    word = folded[start:end]
    if start and folded[start - 1].isdigit() and tokens:
        if word not in _GLUED_AFTER:
            tokens[-1] = tokens[-1]._replace(readings=[])
            return Token(start, end, [])
    elif start and folded[start - 1] in "$#_/\\" and not (tokens and tokens[-2:-1] and tokens[-2].readings):
        return Token(start, end, [])
    return Token(start, end, words.get(word, []))


def _number(tokens: list[Token], folded: str, start: int, end: int, context: Context) -> int:
    suffix = _SUFFIX.match(folded, end)
    text = folded[start:end]
    if suffix and text.isdigit():
        value = int(text)
        tokens.append(Token(start, suffix.end(), [("ORD", value)] if 1 <= value <= 366 else []))
        return suffix.end()
    if _COUNTED.match(folded, end) or not _free_before(tokens, folded, start):
        tokens.append(Token(start, end, []))
        return end
    if ":" in text and "-" in text:
        for piece in re.finditer(r"-|[^-]+", text):
            readings = lexicon()["-"] if piece[0] == "-" else shape(piece[0], context)
            tokens.append(Token(start + piece.start(), start + piece.end(), readings))
        return end
    tokens.append(Token(start, end, shape(text, context)))
    return end


def _free_before(tokens: list[Token], folded: str, start: int) -> bool:
    """Whether what stands right before a number lets it be part of a time: ``Feb13`` does, ``A4``, ``+86`` and ``X-10`` do not."""
    if not start or not tokens:
        return True
    before = folded[start - 1]
    if before.isalpha() and before.isascii():
        if folded[tokens[-1].start : start] in _GLUED_BEFORE:
            return True
        tokens[-1] = tokens[-1]._replace(readings=[])
        return False
    if before in "-./" and len(tokens) > 1 and tokens[-2].end == start - 1:
        return bool(tokens[-2].readings)
    return before not in "+_\\#"


def _han(tokens: list[Token], folded: str, start: int, end: int, words: dict[str, Readings]) -> None:
    while start < end:
        stop = min(start + _LONGEST, end)
        while stop > start and folded[start:stop] not in words:
            stop -= 1
        if stop > start:
            tokens.append(Token(start, stop, words[folded[start:stop]]))
        elif folded[start] in chinese.NUMERALS:
            stop = start + 1
            while stop < end and folded[stop] in chinese.NUMERALS:
                stop += 1
            tokens.append(Token(start, stop, [] if _COUNTED.match(folded, stop) else _numeral(folded[start:stop])))
        else:
            stop = start + 1
            tokens.append(Token(start, stop, []))
        start = stop


def _numeral(text: str) -> Readings:
    value = numeral(text)
    if value is None:
        return []
    if len(text) == 2 and value == 10 * (value // 10) + value // 10 + 1 and "十" not in text:
        return [("INT", value % 10)]  # 两三天: a guess, and the longer one
    return number_readings(value, text=f"{value:02}" if text[0] == "零" else str(value))


def numeral(text: str) -> int | None:
    """A Chinese numeral below ten thousand: 二十五, 两千零四, 二零一五, 廿; None when it is none."""
    if not any(char in chinese.SCALES or char in chinese.TWENTIES for char in text):
        return int("".join(str(chinese.DIGITS[char]) for char in text))
    total, digit = 0, None
    for char in text:
        if char in chinese.SCALES:
            total += (1 if digit is None else digit) * chinese.SCALES[char]
            digit = None
        elif char in chinese.TWENTIES:
            total += chinese.TWENTIES[char]
        elif digit:
            return None
        else:
            digit = chinese.DIGITS[char]
    return total + (digit or 0)


def shape(text: str, context: Context) -> Readings:
    """What digits with marks between them can stand for; nothing for the shapes of telephone, part and version numbers."""
    if text.isdigit():
        return _plain(text)
    for pattern, read in _SHAPES:
        match = pattern.fullmatch(text)
        if match:
            return read(match, context)
    return []


def _plain(text: str) -> Readings:
    if len(text) == 8:
        day = _day(int(text[:4]), int(text[4:6]), int(text[6:]))
        return [("DATE", day)] if day and 1950 <= day.date.year < 2100 else []
    return number_readings(int(text), text=text) if len(text) <= 4 else []


def _day(year: int, month: int, day: int) -> Day | None:
    try:
        return Day(date(year, month, day), written=True)
    except ValueError:
        return None


def full_year(year: int) -> int:
    """The year meant by two digits: 68 and below are ours, as POSIX has it."""
    return year if year > 99 else year + (2000 if year <= 68 else 1900)


def _ymd(match: re.Match[str], _context: Context) -> Readings:
    day = _day(int(match[1]), int(match[3]), int(match[4])) or _day(int(match[1]), int(match[4]), int(match[3]))
    return [("DATE", day)] if day else []


def _three(match: re.Match[str], context: Context) -> Readings:
    first, second, third = int(match[1]), int(match[3]), int(match[4])
    american, european = (third, first, second), (third, second, first)
    orders = [european, american] if context.day_first else [american, european]
    if len(match[4]) <= 2:
        chinese_order = (first, second, third)
        orders.insert(0 if context.year_first and match[2] != "/" else 2, chinese_order)
    for index, (year, month, day) in enumerate(orders):
        read = _day(full_year(year), month, day)
        if read:
            clear = index or max(first, second) > 12 or first == second
            return [("DATE", read._replace(sure=0.9 if clear else 0.75))]
    return []


def _pair(category: str) -> Callable[[re.Match[str], Context], Readings]:
    def read(match: re.Match[str], context: Context) -> Readings:
        first, second = int(match[1]), int(match[2])
        readings: Readings = []
        orders = [(second, first), (first, second)] if context.day_first else [(first, second), (second, first)]
        for month, day in orders:
            if 1 <= month <= 12 and 1 <= day <= 31 and (first, second) != (24, 7):
                readings.append((category, (month, day, first > 12 or second > 12 or first == second)))
                break
        if category == "SLASHED" and 0 < first < second <= 4:
            readings.append(("COUNT", Fraction(first, second)))
        if category == "HYPHENED" and first <= 24 and second <= 24:
            readings.append(("HOURS", (first, second)))
        if category == "DOTTED":
            readings.append(("COUNT", Fraction(f"{match[1]}.{match[2]}")))
            if first <= 24 and second <= 59 and len(match[2]) == 2:
                readings.append(("HMM", Clock(first, second, open=1 <= first <= 12 and match[1][0] != "0", grain="minute")))
        return readings

    return read


def _clock(match: re.Match[str], _context: Context) -> Readings:
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    if hour > 24 or minute > 59 or second > 59 or (hour == 24 and (minute or second)):
        return []
    is_open = 1 <= hour <= 12 and match[1][0] != "0"
    grain = "second" if match[3] else "minute"
    return [("TIME", Clock(hour % 24, minute, second, is_open, grain, hour // 24))]


def _year_and_more(match: re.Match[str], _context: Context) -> Readings:
    year, rest = int(match[1]), int(match[2])
    if not 1950 <= year < 2100:
        return []
    readings: Readings = [("DAYYEAR", (rest, year))]
    if 1 <= rest <= 12 and len(match[2]) == 2:
        readings.append(("YEARMONTH", date(year, rest, 1)))
    return readings


def _day_and_year(match: re.Match[str], _context: Context) -> Readings:
    return [("DAYYEAR", (int(match[1]), int(match[2])))]


_SHAPES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Context], Readings]], ...] = (
    (re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})"), _ymd),
    (re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{1,2})"), _three),
    (re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?"), _clock),
    (re.compile(r"(\d{1,2})/(\d{1,2})"), _pair("SLASHED")),
    (re.compile(r"(\d{1,2})-(\d{1,2})"), _pair("HYPHENED")),
    (re.compile(r"(\d{1,2})\.(\d{1,2})"), _pair("DOTTED")),
    (re.compile(r"(\d{4})[-/](\d{1,2})"), _year_and_more),
    (re.compile(r"(\d{1,2})[-/](\d{4})"), _day_and_year),
)
