"""Whole numbers, in digits, English words or Chinese numerals, and what in a time they can stand for."""

from core.when.grammar import Reading
from core.when.values import Clock

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2}
_SCALES = {"十": 10, "百": 100, "千": 1000}
_TENS = {"廿": 20, "卅": 30}
CHARACTERS = frozenset([*_DIGITS, *_SCALES, *_TENS])


def chinese(text: str) -> int | None:
    """A Chinese numeral below ten thousand: 二十五, 两千零四, 二零一五, 廿三; None when it is none."""
    if not any(char in _SCALES or char in _TENS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text)) if len(text) <= 4 else None
    total, digit = 0, None
    for char in text:
        if char in _SCALES:
            total += (1 if digit is None else digit) * _SCALES[char]
            digit = None
        elif char in _TENS:
            total += _TENS[char]
        elif digit:
            return None
        else:
            digit = _DIGITS[char]
    return total + (digit or 0)


def chinese_readings(text: str) -> list[Reading]:
    """The readings of a Chinese numeral; two neighbours (两三) are a guess, and the larger is taken."""
    value = chinese(text)
    if value is None:
        return []
    if len(text) == 2 and text[1] in _DIGITS and text[0] in _DIGITS and value % 10 == value // 10 + 1:
        return [("INT", value % 10)]
    return digit_readings(f"{value:02}" if text[0] == "零" else str(value))


def digit_readings(text: str) -> list[Reading]:
    """The readings of up to four digits: a count, a day, an hour, minutes, a month, a year, a time without a mark."""
    value = int(text)
    readings: list[Reading] = [("INT", value)]
    if len(text) <= 2:
        readings.extend(_of_a_day(value, is_open=text[0] != "0"))
    if len(text) == 2 and value <= 59:
        readings.append(("MIN", value))
    if len(text) <= 2 and 1 <= value <= 12:
        readings.append(("MM", value))
    if len(text) == 4 and 1000 <= value < 2200:
        readings.append(("YEAR", value))
    if len(text) >= 3 and value // 100 <= 23 and value % 100 <= 59:
        hour = value // 100
        readings.append(("HHMM", Clock(hour, value % 100, open=1 <= hour <= 12 and text[0] != "0", grain="minute")))
    return readings


def word_readings(value: int) -> list[Reading]:
    """The readings of a number spelt in English."""
    readings: list[Reading] = [("INT", value), *_of_a_day(value, is_open=True)]
    return [*readings, ("MIN", value)] if 10 <= value <= 59 else readings


def _of_a_day(value: int, *, is_open: bool) -> list[Reading]:
    readings: list[Reading] = []
    if 1 <= value <= 31:
        readings.append(("DAY", value))
    if value <= 24:
        readings.append(("HOUR", Clock(value % 24, open=is_open and 1 <= value <= 12, days=value // 24)))
    return readings
