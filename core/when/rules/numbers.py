"""Numbers spelt out: ``twenty one``, ``nineteen eighty six``, ``a couple of``."""

from fractions import Fraction

from core.when.grammar import SEVERAL, Context, Reading, rule
from core.when.numerals import word_readings


@rule(SEVERAL, "W [-] W", "W and W")
def tens_and_ones(_context: Context, tens: int, ones: int) -> list[Reading] | None:
    """``June twenty-one`` is 2026-06-21; ``twenty and four hours`` is 86400s."""
    return word_readings(tens + ones) if tens >= 20 and ones < 10 else None


@rule(SEVERAL, "a|one hundred")
def hundred(_context: Context) -> list[Reading]:
    """``a hundred days`` is 8640000s."""
    return [("INT", 100)]


@rule("ORD", "W [-] ORD")
def ordinal_tens(_context: Context, tens: int, ones: int) -> int | None:
    """``Mar twenty-first`` is 2026-03-21."""
    return tens + ones if tens in {20, 30} and ones < 10 else None


@rule("ANYYEAR", "YEAR [年]")
def year_in_digits(_context: Context, year: int) -> int:
    """``Jan 3 2028`` is 2028-01-03; ``2028年5月3日`` is 2028-05-03."""
    return year


@rule("ANYYEAR", "INT 年")
def short_year(_context: Context, year: int) -> int | None:
    """``28年3月5日`` is 2028-03-05."""
    return 2000 + year if 10 <= year < 50 else None


@rule("ANYYEAR", "' INT")
def clipped_year(_context: Context, year: int) -> int | None:
    """``Jan 3 '28`` is 2028-01-03; ``Q3 '27`` is 2027-07-01."""
    return 2000 + year if 10 <= year < 100 else None


@rule("ANYYEAR", "W W W")
def year_in_three(_context: Context, century: int, tens: int, ones: int) -> int | None:
    """``Jan 25 nineteen eighty six`` is 1986-01-25."""
    return century * 100 + tens + ones if 10 <= century <= 21 and tens >= 20 and ones < 10 else None


@rule("ANYYEAR", "W W", "W zero|oh|o W")
def year_in_two(_context: Context, century: int, rest: int) -> int | None:
    """``Jan 25 nineteen eighty`` is 1980-01-25; ``Sep 10 nineteen zero one`` is 1901-09-10."""
    return century * 100 + rest if 15 <= century <= 20 and rest != century and (rest >= 10 or century < 20) else None


@rule("ANYYEAR", "W hundred", "W hundred [and] INT")
def year_in_hundreds(_context: Context, century: int, rest: int = 0) -> int | None:
    """``Aug 15 nineteen hundred ninety three`` is 1993-08-15."""
    return century * 100 + rest if 10 <= century <= 21 and rest < 100 else None


@rule("ANYYEAR", "W thousand", "W thousand [and] INT")
def year_in_thousands(_context: Context, thousands: int, rest: int = 0) -> int | None:
    """``Sep 10 two thousand and eighteen`` is 2018-09-10."""
    return thousands * 1000 + rest if thousands == 2 and rest < 100 else None


@rule("COUNT", "INT")
def count(_context: Context, value: int) -> Fraction:
    """``3 days`` is 259200s; ``三天`` is 259200s."""
    return Fraction(value)


@rule("COUNT", "INT and a|an half", "INT and half [a|an]")
def and_a_half(_context: Context, value: int) -> Fraction:
    """``2 and a half hours`` is 9000s."""
    return value + Fraction(1, 2)


@rule("COUNT", "INT and a quarter")
def and_a_quarter(_context: Context, value: int) -> Fraction:
    """``three and a quarter hours`` is 11700s."""
    return value + Fraction(1, 4)


@rule("COUNT", "[a] couple [of]")
def a_couple(_context: Context) -> Fraction:
    """``a couple of days`` is 172800s."""
    return Fraction(2)


@rule("COUNT", "[a] few", "几 [个]")
def a_few(_context: Context) -> Fraction:
    """``a few minutes`` is 180s; ``几天`` is 259200s."""
    return Fraction(3)


@rule("COUNT", "[a] quarter of a|an", "a quarter")
def a_quarter(_context: Context) -> Fraction:
    """``a quarter of an hour`` is 900s."""
    return Fraction(1, 4)


@rule("COUNT", "three [-] quarters of a|an")
def three_quarters(_context: Context) -> Fraction:
    """``three quarters of an hour`` is 2700s."""
    return Fraction(3, 4)


@rule("COUNT", "[a] half [a|an]", "半 [个]")
def a_half(_context: Context) -> Fraction:
    """``half an hour`` is 1800s; ``半小时`` is 1800s."""
    return Fraction(1, 2)


@rule("COUNT", "PAIR", "INT to|or|到 INT")
def the_longer(_context: Context, pair: tuple[int, int] | int, last: int = 0) -> Fraction | None:
    """``2-3 days`` is 259200s; ``two to three weeks`` is 1814400s."""
    first, second = (pair, last) if isinstance(pair, int) else pair
    return Fraction(second) if first < second else None
