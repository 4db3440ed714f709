"""English words of time: each with the categories it can stand for."""

from fractions import Fraction

from core.when.values import Clock, Part, Unit

Entry = tuple[str, object]

_ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
NUMBERS = {word: value for value, word in enumerate(_ONES.split(), 1)}
NUMBERS |= {word: value * 10 for value, word in enumerate(_TENS.split(), 2)}

_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth"
)
ORDINALS = {word: value for value, word in enumerate(_ORDINALS.split(), 1)} | {"thirtieth": 30}

_MONTHS = (
    "january jan", "february feb febr", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
    "september sep sept", "october oct", "november nov", "december dec",
)  # fmt: skip
_WEEKDAYS = (
    "monday mon", "tuesday tue tues", "wednesday wed weds", "thursday thu thur thurs", "friday fri", "saturday sat",
    "sunday sun",
)  # fmt: skip
MONTHS = {word: month for month, words in enumerate(_MONTHS, 1) for word in words.split()}
WEEKDAYS = {word: day for day, words in enumerate(_WEEKDAYS) for word in words.split()}
PLURAL_WEEKDAYS = {words.split()[0] + "s": day for day, words in enumerate(_WEEKDAYS)}

# Words that are names of time only in company: "may be", "sat down", "march on", "the sun".
AMBIGUOUS = frozenset({"may", "march", "mar", "dec", "jan", "sat", "sun", "mon", "wed", "august"})

DAYS = {
    "today": 0, "tonite": 0, "tod": 0, "tomorrow": 1, "tmrw": 1, "tmr": 1, "tmw": 1, "tomorow": 1, "tommorow": 1,
    "tommorrow": 1, "tomo": 1, "2moro": 1, "yesterday": -1, "yday": -1, "tomorrows": 1, "yesterdays": -1, "todays": 0,
}  # fmt: skip

_SECOND, _MINUTE, _HOUR = Unit("second", seconds=1), Unit("minute", seconds=60), Unit("hour", seconds=3600)
_DAY, _WEEK, _MONTH = Unit("day", days=1), Unit("week", days=7), Unit("month", months=1)
_QUARTER, _YEAR = Unit("quarter", months=3), Unit("year", months=12)
UNITS = {
    "second": _SECOND, "seconds": _SECOND, "sec": _SECOND, "secs": _SECOND,
    "minute": _MINUTE, "minutes": _MINUTE, "min": _MINUTE, "mins": _MINUTE,
    "hour": _HOUR, "hours": _HOUR, "hr": _HOUR, "hrs": _HOUR, "h": _HOUR,
    "day": _DAY, "days": _DAY, "night": _DAY, "nights": _DAY,
    "week": _WEEK, "weeks": _WEEK, "wk": _WEEK, "wks": _WEEK, "fortnight": Unit("week", days=14),
    "fortnights": Unit("week", days=14), "month": _MONTH, "months": _MONTH, "mth": _MONTH, "mths": _MONTH, "mo": _MONTH,
    "mos": _MONTH, "year": _YEAR, "years": _YEAR, "quarter": _QUARTER, "quarters": _QUARTER, "yr": _YEAR, "yrs": _YEAR, "decade": Unit("year", months=120),
    "decades": Unit("year", months=120), "weekend": Unit("day", days=2), "weekends": Unit("day", days=2),
    "workday": Unit("day", days=1, weekdays=True), "workdays": Unit("day", days=1, weekdays=True),
    "weekday": Unit("day", days=1, weekdays=True), "weekdays": Unit("day", days=1, weekdays=True),
}  # fmt: skip
SHORT_UNITS = {"d": _DAY, "w": _WEEK, "wk": _WEEK}

PARTS = {
    "morning": Part(9, 12, "am"), "mornings": Part(9, 12, "am"), "lunchtime": Part(12, 14, "noon"),
    "lunch": Part(12, 14, "noon"), "afternoon": Part(14, 18, "pm"), "arvo": Part(14, 18, "pm"),
    "evening": Part(18, 21, "pm"), "eve": Part(18, 21, "pm"), "night": Part(20, 24, "night"),
    "nite": Part(20, 24, "night"),
}  # fmt: skip
TONIGHT = Part(20, 24, "night")
NOONS = {"noon": Clock(12), "midday": Clock(12), "noontime": Clock(12), "noonish": Clock(12), "midnight": Clock(0, days=1)}

RELATIVE = {
    "this": 0, "current": 0, "next": 1, "following": 1, "nxt": 1, "last": -1, "previous": -1, "prev": -1,
}  # fmt: skip

# Words that stand for another: the rules know the first.
SYNONYMS = {
    "about": ("around", "approximately", "approx", "circa", "roughly", "ca"),
    "by": ("before", "b4", "until", "till", "til", "due"),
    "oclock": ("o'clock",),
    "few": ("several", "some"),
    "couple": ("pair",),
    "all": ("full", "whole", "entire"),
    "from now": ("hence",),
    "at": ("@",),
    "later": ("afterwards",),
    "to": ("till", "until", "til", "thru", "through", "~"),
    "every": ("each",),
    "beginning": ("start", "begin"),
    "middle": ("mid",),
    "upcoming": ("coming",),
    "&": ("n",),
}

FIXED_DAYS = {
    "christmas": (12, 25), "xmas": (12, 25), "halloween": (10, 31),
}  # fmt: skip

HALF = Fraction(1, 2)


def entries() -> dict[str, list[Entry]]:
    """Every word with its readings."""
    table: dict[str, list[Entry]] = {}

    def put(words: dict[str, object], category: str) -> None:
        for word, value in words.items():
            table.setdefault(word, []).append((category, value))

    put(dict(ORDINALS), "ORD")
    put(dict(MONTHS), "MONTH")
    put(dict(WEEKDAYS), "WEEKDAY")
    put(dict(PLURAL_WEEKDAYS), "WEEKDAYS")
    put(dict(DAYS), "DAYWORD")
    put(dict(UNITS), "UNIT")
    put(dict(SHORT_UNITS), "SHORTUNIT")
    put(dict(PARTS), "PART")
    put(dict(NOONS), "NOON")
    put(dict(RELATIVE), "REL")
    put({"tonight": TONIGHT, "tonite": TONIGHT}, "TONIGHT")
    put({"am": "am", "pm": "pm"}, "MERIDIEM")
    put({"a": "am", "p": "pm"}, "AP")
    for first, others in SYNONYMS.items():
        for other in others:
            table.setdefault(other, []).append((first, None))
    return {word: list(dict.fromkeys(readings)) for word, readings in table.items()}
