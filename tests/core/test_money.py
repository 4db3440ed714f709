"""Money is exact: minor units by ISO 4217, half a unit rounded up, nothing lost in floats."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.money import Money, exponent


@pytest.mark.parametrize(
    ("currency", "places"),
    [("CNY", 2), ("USD", 2), ("JPY", 0), ("KRW", 0), ("KWD", 3), ("TND", 3), ("ISK", 0), ("EUR", 2)],
)
def test_places_of_a_currency(currency: str, places: int) -> None:
    """A currency has the decimal places that ISO 4217 gives it."""
    assert exponent(currency) == places
    assert Money.of(Decimal(1), currency).minor == 10**places


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        ("1.005", "USD", 101),
        ("1.004", "USD", 100),
        ("0.5", "JPY", 1),
        ("2.675", "EUR", 268),
        ("-1.005", "USD", -101),
        ("0.0005", "KWD", 1),
        ("300000", "CNY", 30_000_000),
        ("1E+3", "CNY", 100_000),
    ],
)
def test_half_goes_up(amount: str, currency: str, minor: int) -> None:
    """What is finer than the smallest unit is rounded half up, away from zero."""
    assert Money.of(Decimal(amount), currency) == Money(minor, currency)


@settings(deadline=None, derandomize=True)
@given(st.integers(-(10**17), 10**17), st.sampled_from(["CNY", "JPY", "KWD"]))
def test_amount_comes_back(minor: int, currency: str) -> None:
    """Whatever the amount, to major units and back changes nothing."""
    money = Money(minor, currency)
    assert Money.of(money.amount, currency) == money
    assert Money.of(Decimal(str(money).split()[0]), currency) == money


def test_it_reads_plainly() -> None:
    """As text it is the amount with the currency's places, and the currency."""
    assert str(Money(12_000_050, "USD")) == "120000.50 USD"
    assert str(Money(5, "JPY")) == "5 JPY"
