"""English words of time, each with the categories it can stand for."""

from collections.abc import Mapping

from core.when.festivals import FESTIVALS
from core.when.numerals import word_readings
from core.when.values import Clock, Entries, Part, Unit

_ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth"
)
_MONTHS = (
    "january jan", "february feb febr", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
    "september sep sept", "october oct", "november nov", "december dec",
)  # fmt: skip
_WEEKDAYS = (
    "monday mon", "tuesday tue tues", "wednesday wed weds", "thursday thu thur thurs", "friday fri", "saturday sat",
    "sunday sun",
)  # fmt: skip

DIGIT_WORDS = ("2moro", "2morrow", "2mrw", "2mro")  # tomorrow, as typed in a hurry
NUMBERS = {word: value for value, word in enumerate(_ONES.split(), 1)}
NUMBERS |= {word: value for value, word in zip(range(20, 100, 10), _TENS.split(), strict=True)}
MONTHS = {word: month for month, words in enumerate(_MONTHS, 1) for word in words.split()}
WEEKDAYS = {word: day for day, words in enumerate(_WEEKDAYS) for word in words.split()}

_SECOND, _MINUTE, _HOUR = Unit("second", seconds=1), Unit("minute", seconds=60), Unit("hour", seconds=3600)
_DAY, _WORKDAY = Unit("day", days=1), Unit("day", days=1, weekdays=True)
_WEEK, _FORTNIGHT, _WEEKEND = Unit("week", days=7), Unit("week", days=14), Unit("day", days=2)
_MONTH, _QUARTER, _YEAR, _DECADE = (
    Unit("month", months=1), Unit("quarter", months=3), Unit("year", months=12), Unit("year", months=120),
)  # fmt: skip
_UNITS = {
    "second seconds sec secs": _SECOND, "minute minutes min mins": _MINUTE, "hour hours hr hrs h": _HOUR,
    "day days night nights": _DAY, "workday workdays weekday weekdays": _WORKDAY, "week weeks wk wks": _WEEK,
    "fortnight fortnights": _FORTNIGHT, "weekend weekends": _WEEKEND, "month months mth mths mo mos": _MONTH,
    "quarter quarters qtr qtrs": _QUARTER, "year years yr yrs": _YEAR, "decade decades": _DECADE,
}  # fmt: skip
UNITS = {word: unit for words, unit in _UNITS.items() for word in words.split()}

_TABLES: tuple[tuple[str, Mapping[str, object]], ...] = (
    ("W", NUMBERS),
    ("ORD", {word: value for value, word in enumerate(_ORDINALS.split(), 1)} | {"thirtieth": 30}),
    ("MONTH", MONTHS),
    ("WEEKDAY", WEEKDAYS),
    ("WEEKDAYS", {words.split()[0] + "s": day for day, words in enumerate(_WEEKDAYS)}),
    ("DAYWORD", dict.fromkeys(DIGIT_WORDS, 1) | {
        "today": 0, "todays": 0, "tomorrow": 1, "tomorrows": 1, "tmrw": 1, "tmr": 1, "tmw": 1, "tmrrw": 1, "tomo": 1,
        "tomorow": 1, "tommorow": 1, "tommorrow": 1, "tomorrrow": 1, "yesterday": -1, "yesterdays": -1, "yday": -1,
        "yest": -1, "ystrday": -1, "yesterdy": -1,
    }),
    ("UNIT", UNITS),
    ("SHORTUNIT", {"d": _DAY, "w": _WEEK}),
    ("PERIODWORD", {
        "week": "week", "wk": "week", "month": "month", "mth": "month", "quarter": "quarter", "qtr": "quarter",
        "year": "year",
        "yr": "year",
    }),
    ("PART", {
        "morning": Part(9, 12, "am"), "mornings": Part(9, 12, "am"), "lunchtime": Part(12, 14, "noon"),
        "afternoon": Part(14, 18, "pm"), "arvo": Part(14, 18, "pm"), "evening": Part(18, 21, "pm"),
        "night": Part(20, 24, "night"), "nite": Part(20, 24, "night"),
    }),
    ("NOON", {
        "noon": Clock(12), "midday": Clock(12), "noontime": Clock(12), "noonish": Clock(12),
        "midnight": Clock(0, days=1),
    }),
    ("TONIGHT", {"tonight": Part(20, 24, "night"), "tonite": Part(20, 24, "night")}),
    ("REL", {"this": 0, "current": 0, "next": 1, "following": 1, "nxt": 1, "last": -1, "previous": -1, "prev": -1}),
    ("MERIDIEM", {"am": "am", "pm": "pm"}),
    ("AP", {"a": "am", "p": "pm"}),
    ("FESTIVAL", {name: rule for name, rule in FESTIVALS.items() if name.isascii()}),
)  # fmt: skip

# What else a word may be spelt as, for the rules' own words.
SPELLINGS = {
    "about": ("around", "approximately", "approx", "circa", "roughly"), "by": ("b4", "till", "til", "due"),
    "oclock": ("o'clock",),
    "few": ("several", "some"), "couple": ("pair",), "all": ("full", "whole", "entire"),
    "later": ("hence", "afterwards", "out"),
    "at": ("@",), "to": ("till", "until", "til", "thru", "through", "~"), "every": ("each", "ea"),
    "beginning": ("start", "begin"),
    "upcoming": ("coming",), "closest": ("nearest",), "just": ("right",), "business": ("working", "work", "biz"),
    "annually": ("yearly",), "cob": ("eob", "cop"), "mid": ("middle",),
}  # fmt: skip


def entries() -> Entries:
    """Every word with its readings."""
    table: Entries = {}
    for category, words in _TABLES:
        for word, value in words.items():
            table.setdefault(word, []).append((category, value))
    for word, number in NUMBERS.items():
        table[word].extend(word_readings(number))
    return table
