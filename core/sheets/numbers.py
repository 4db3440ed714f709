"""Numbers, shares and amounts of money in cells."""

import re
from decimal import Decimal
from unicodedata import normalize

from core.amounts import read_amount
from core.errors import InvalidInputError
from core.money import Money
from core.sheets.model import Cell, Column

# Beyond this an amount is a slip of the hand, and a signed 64-bit column of minor units still holds it.
LARGEST_MINOR = 10**17

_PLAIN = re.compile(r"[-+]?\d+(?:\.\d+)?")
_GROUPED = re.compile(r"[-+]?\d{1,3}(?:[,'\s]\d{3})+(?:\.\d+)?")
# 1.234.567,89 and 12,5: the comma is the decimal point where what follows it cannot be thousands.
_COMMA_DECIMAL = re.compile(r"[-+]?(?:\d{1,3}(?:[.'\s]\d{3})+|\d+),\d{1,2}")
_NEGATIVE = re.compile(r"\((.*)\)")  # as accountants write it

_CODES = (
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF "
    "CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD "
    "HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD "
    "MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN "
    "PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY "
    "TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG"
)
ISO_4217 = frozenset(_CODES.split())


def as_number(cell: Cell) -> Decimal | None:
    """The number a cell is or spells, thousands marked in any way; None when it is none."""
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, int | float | Decimal):
        number = Decimal(str(cell))
        return number if number.is_finite() else None
    text = normalize("NFKC", str(cell)).strip().replace("−", "-")  # the minus sign of word processors
    if (negative := _NEGATIVE.fullmatch(text)) is not None:
        text = f"-{negative.group(1)}"
    if _PLAIN.fullmatch(text):
        return Decimal(text)
    if _GROUPED.fullmatch(text):
        return Decimal(re.sub(r"[,'\s]", "", text))
    if _COMMA_DECIMAL.fullmatch(text):
        return Decimal(re.sub(r"[.'\s]", "", text).replace(",", "."))
    return None


def read_money(cell: Cell, column: Column, currency: str) -> Money:
    """The amount in a cell; a bare number is in the header's unit. Raises InvalidInputError."""
    currency = column.currency or currency
    number = as_number(cell)
    found = read_amount(str(cell), currency) if number is None else None
    money = found.money if found else None
    if number is not None:
        money = Money.of(number * column.multiplier, currency)
    if money is None:
        raise InvalidInputError(column.field, "unknown_amount", value=str(cell))
    if not 0 <= money.minor <= LARGEST_MINOR:
        raise InvalidInputError(column.field, "out_of_range", value=str(cell))
    return money


def read_percent(cell: Cell, column: Column) -> int:
    """A share in whole per cent: 60, 60%, and 0.6 where all of the column is below 1. Raises InvalidInputError."""
    text = str(cell).strip()
    marked = text.endswith(("%", "％"))
    number = as_number(text[:-1] if marked else cell)
    if number is None:
        raise InvalidInputError(column.field, "not_a_number", value=text)
    if not marked and (column.fraction or 0 < number < 1):
        number *= 100
    if not 0 <= number <= 100:
        raise InvalidInputError(column.field, "out_of_range", value=text)
    return round(number)


def read_currency(text: str) -> str | None:
    """The ISO 4217 code that a word or sign means: USD, 人民币, €; None when it means none."""
    word = normalize("NFKC", text).strip()
    if word.upper() in ISO_4217:
        return word.upper()
    found = (read_amount(f"1{word}") or read_amount(f"{word}1")) if word else None
    return found.currency if found else None
