"""Numbers spelt out: ``twenty one``, ``nineteen eighty six``, ``second``."""

from fractions import Fraction

from core.when.grammar import Context, Reading, rule
from core.when.lexer import number_readings


@rule("*", "W [-] W", "W and W", examples="May twenty-one -> 2026-05-21; twenty and four hours -> 86400")
def tens_and_ones(_context: Context, tens: int, ones: int) -> list[Reading] | None:
    return number_readings(tens + ones, spelt=True) if tens >= 20 and ones < 10 else None


@rule("*", "a hundred [and] INT", "W hundred", "a hundred", examples="in a hundred days -> 2026-06-10")
def hundreds(_context: Context, count: int = 1) -> list[Reading]:
    return [("INT", 100 * count)]


@rule("ORD", "W [-] ORD", examples="Mar twenty-first -> 2026-03-21")
def ordinal_tens(_context: Context, tens: int, ones: int) -> int | None:
    return tens + ones if tens in {20, 30} and ones < 10 else None


@rule("SPELTYEAR", "W W W", examples="Jan 25 nineteen eighty six -> 1986-01-25")
def year_in_three(_context: Context, century: int, tens: int, ones: int) -> int | None:
    return century * 100 + tens + ones if 10 <= century <= 21 and tens >= 20 and ones < 10 else None


@rule("SPELTYEAR", "W [-] W", "W zero|oh|o W", examples="Sep 10 nineteen zero one -> 1901-09-10")
def year_in_two(_context: Context, century: int, rest: int) -> int | None:
    return century * 100 + rest if 15 <= century <= 21 and rest < 100 and century != rest else None


@rule("SPELTYEAR", "W hundred [and] INT", "W hundred", examples="Aug 15 nineteen hundred ninety three -> 1993-08-15")
def year_in_hundreds(_context: Context, century: int, rest: int = 0) -> int | None:
    return century * 100 + rest if 10 <= century <= 21 and rest < 100 else None


@rule("SPELTYEAR", "W thousand [and] INT", "W thousand", examples="Sep 10 two thousand and eighteen -> 2018-09-10")
def year_in_thousands(_context: Context, thousands: int, rest: int = 0) -> int | None:
    return thousands * 1000 + rest if thousands == 2 and rest < 100 else None


@rule("ANYYEAR", "YEAR", "SPELTYEAR", "YEAR 年", examples="Jan 3 2028 -> 2028-01-03")
def any_year(_context: Context, year: int) -> int:
    return year


@rule("ANYYEAR", "INT 年", examples="15年3月5日 -> 2015-03-05")
def short_year(_context: Context, year: int) -> int | None:
    return 2000 + year if 0 <= year < 50 else None


@rule("COUNT", "INT", examples="3 days -> 259200")
def count(_context: Context, value: int) -> Fraction:
    return Fraction(value)


@rule("COUNT", "INT and a|an half", "INT and half [a|an]", examples="in 2 and a half hours -> 2026-03-02T12:30")
def and_a_half(_context: Context, value: int) -> Fraction:
    return value + Fraction(1, 2)


@rule("COUNT", "a|an [good] couple [of]", "couple [of]", "a pair of", examples="a couple of days -> 172800")
def a_couple(_context: Context) -> Fraction:
    return Fraction(2)


@rule("COUNT", "a few", "few", "几 [个]", examples="a few minutes -> 180; 几天后 -> 2026-03-05")
def a_few(_context: Context) -> Fraction:
    return Fraction(3)


@rule("COUNT", "a quarter [of] [a|an]", examples="in a quarter of an hour -> 2026-03-02T10:15")
def a_quarter(_context: Context) -> Fraction:
    return Fraction(1, 4)


@rule("COUNT", "three [-] quarters [of] [a|an]", examples="in three quarters of an hour -> 2026-03-02T10:45")
def three_quarters(_context: Context) -> Fraction:
    return Fraction(3, 4)


@rule("COUNT", "half [a|an]", "a half [a|an]", examples="half an hour -> 1800")
def a_half(_context: Context) -> Fraction:
    return Fraction(1, 2)
