"""Festivals people name instead of a date, as the date they fall on in a year."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

_MONDAY, _THURSDAY, _SUNDAY = 0, 3, 6
_DAY = timedelta(days=1)

# The first day of the Chinese year, Dragon Boat and Mid-Autumn, month and day; the lunar calendar has no short rule.
_LUNAR = {
    2016: ("0208", "0609", "0915"), 2017: ("0128", "0530", "1004"), 2018: ("0216", "0618", "0924"),
    2019: ("0205", "0607", "0913"), 2020: ("0125", "0625", "1001"), 2021: ("0212", "0614", "0921"),
    2022: ("0201", "0603", "0910"),
    2023: ("0122", "0622", "0929"), 2024: ("0210", "0610", "0917"), 2025: ("0129", "0531", "1006"),
    2026: ("0217", "0619", "0925"), 2027: ("0206", "0609", "0915"), 2028: ("0126", "0528", "1003"),
    2029: ("0213", "0616", "0922"), 2030: ("0203", "0605", "0912"), 2031: ("0123", "0624", "1001"),
    2032: ("0211", "0612", "0919"), 2033: ("0131", "0601", "0908"), 2034: ("0219", "0620", "0927"),
    2035: ("0208", "0610", "0916"),
}  # fmt: skip


def _fixed(month: int, day: int) -> Callable[[int], date | None]:
    return lambda year: date(year, month, day)


def _nth(month: int, weekday: int, nth: int, plus: int = 0) -> Callable[[int], date | None]:
    def on(year: int) -> date:
        first = date(year, month, 1)
        return first + _DAY * ((weekday - first.weekday()) % 7 + 7 * (nth - 1) + plus)

    return on


def _last_monday_of_may(year: int) -> date:
    last = date(year, 5, monthrange(year, 5)[1])
    return last - _DAY * last.weekday()


def _easter(plus: int = 0) -> Callable[[int], date | None]:
    """Easter Sunday and days around it, by Gauss's rule with Lichtenberg's correction."""

    def on(year: int) -> date:
        century = year // 100
        moon = (15 + (3 * century + 3) // 4 - (8 * century + 13) // 25 + 19 * (year % 19)) % 30
        moon -= moon // 29 + (moon // 28 - moon // 29) * (year % 19 // 11)
        full = 21 + moon
        sunday = 7 - (year + year // 4 + 2 - (3 * century + 3) // 4) % 7
        return date(year, 3, 1) + _DAY * (full + 7 - (full - sunday) % 7 - 1 + plus)

    return on


def _lunar(which: int, plus: int = 0) -> Callable[[int], date | None]:
    def on(year: int) -> date | None:
        known = _LUNAR.get(year)
        return date(year, int(known[which][:2]), int(known[which][2:])) + _DAY * plus if known else None

    return on


def _qingming(year: int) -> date:
    """Clear and Bright, 4 or 5 April in this century."""
    return date(year, 4, int(year % 100 * 0.2422 + 4.81) - year % 100 // 4)


FESTIVALS: dict[str, Callable[[int], date | None]] = {
    "christmas": _fixed(12, 25), "xmas": _fixed(12, 25), "christmas day": _fixed(12, 25),
    "christmas eve": _fixed(12, 24),
    "boxing day": _fixed(12, 26), "new year's day": _fixed(1, 1), "new years day": _fixed(1, 1),
    "new year": _fixed(1, 1),
    "new year's": _fixed(1, 1), "new years": _fixed(1, 1), "new year's eve": _fixed(12, 31),
    "new years eve": _fixed(12, 31),
    "nye": _fixed(12, 31), "valentine's day": _fixed(2, 14), "valentines day": _fixed(2, 14),
    "halloween": _fixed(10, 31), "xmas eve": _fixed(12, 24), "xmas day": _fixed(12, 25), "april fools": _fixed(4, 1),
    "april fools' day": _fixed(4, 1), "april fool's day": _fixed(4, 1), "st patrick's day": _fixed(3, 17),
    "st. patrick's day": _fixed(3, 17), "saint patrick's day": _fixed(3, 17), "st patricks day": _fixed(3, 17),
    "mother's day": _nth(5, _SUNDAY, 2), "mothers day": _nth(5, _SUNDAY, 2), "father's day": _nth(6, _SUNDAY, 3),
    "fathers day": _nth(6, _SUNDAY, 3), "women's day": _fixed(3, 8), "earth day": _fixed(4, 22),
    "juneteenth": _fixed(6, 19), "veterans day": _fixed(11, 11), "columbus day": _nth(10, _MONDAY, 2),
    "martin luther king day": _nth(1, _MONDAY, 3), "presidents' day": _nth(2, _MONDAY, 3),
    "president's day": _nth(2, _MONDAY, 3), "labour day": _nth(9, _MONDAY, 1), "singles day": _fixed(11, 11),
    "singles' day": _fixed(11, 11), "ash wednesday": _easter(-46), "palm sunday": _easter(-7),
    "maundy thursday": _easter(-3), "whit sunday": _easter(49), "whit monday": _easter(50),
    "groundhog day": _fixed(2, 2), "valentine's": _fixed(2, 14), "valentine day": _fixed(2, 14),
    "thanks giving": _nth(11, _THURSDAY, 4), "new year eve": _fixed(12, 31), "new year day": _fixed(1, 1),
    "mid-autumn festival": _lunar(2), "dragon boat festival": _lunar(1), "lantern festival": _lunar(0, 14),
    "independence day": _fixed(7, 4), "mlk day": _nth(1, _MONDAY, 3), "presidents day": _nth(2, _MONDAY, 3),
    "memorial day": _last_monday_of_may, "labor day": _nth(9, _MONDAY, 1), "thanksgiving": _nth(11, _THURSDAY, 4),
    "thanksgiving day": _nth(11, _THURSDAY, 4), "black friday": _nth(11, _THURSDAY, 4, 1),
    "cyber monday": _nth(11, _THURSDAY, 4, 4), "easter": _easter(), "easter sunday": _easter(),
    "easter monday": _easter(1),
    "good friday": _easter(-2), "chinese new year": _lunar(0), "lunar new year": _lunar(0),
    "spring festival": _lunar(0),
    "元旦": _fixed(1, 1), "情人节": _fixed(2, 14), "妇女节": _fixed(3, 8), "三八节": _fixed(3, 8),
    "愚人节": _fixed(4, 1),
    "劳动节": _fixed(5, 1), "五一": _fixed(5, 1), "五一节": _fixed(5, 1), "青年节": _fixed(5, 4),
    "儿童节": _fixed(6, 1), "六一": _fixed(6, 1),
    "建军节": _fixed(8, 1), "教师节": _fixed(9, 10), "国庆": _fixed(10, 1), "国庆节": _fixed(10, 1),
    "十一黄金周": _fixed(10, 1), "十一假期": _fixed(10, 1), "十一长假": _fixed(10, 1), "十一期间": _fixed(10, 1),
    "三八妇女节": _fixed(3, 8), "植树节": _fixed(3, 12), "母亲节": _nth(5, _SUNDAY, 2), "父亲节": _nth(6, _SUNDAY, 3),
    "万圣节": _fixed(10, 31), "光棍节": _fixed(11, 11), "建党节": _fixed(7, 1), "消费者权益日": _fixed(3, 15),
    "复活节": _easter(), "正月初一": _lunar(0), "正月十五": _lunar(0, 14), "小年": _lunar(0, -7),
    "黑色星期五": _nth(11, _THURSDAY, 4, 1),
    "双十一": _fixed(11, 11), "双11": _fixed(11, 11), "双十二": _fixed(12, 12), "双12": _fixed(12, 12),
    "平安夜": _fixed(12, 24),
    "圣诞": _fixed(12, 25), "圣诞节": _fixed(12, 25), "感恩节": _nth(11, _THURSDAY, 4), "春节": _lunar(0),
    "大年初一": _lunar(0),
    "除夕": _lunar(0, -1), "大年三十": _lunar(0, -1), "元宵": _lunar(0, 14), "元宵节": _lunar(0, 14), "清明": _qingming,
    "清明节": _qingming, "端午": _lunar(1), "端午节": _lunar(1), "中秋": _lunar(2), "中秋节": _lunar(2),
}  # fmt: skip
