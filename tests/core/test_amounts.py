"""Amounts as people type them are read exactly; other numbers are left alone."""

from decimal import Decimal

import pytest

from core.amounts import find_amounts, read_amount
from core.money import Money


@pytest.mark.parametrize(("text", "value", "currency"), [
    ("30万", "300000", None), ("1.5亿", "150000000", None), ("$1.2M", "1200000", "USD"), ("¥50k", "50000", "CNY"),
    ("1,200.50 EUR", "1200.50", "EUR"), ("1.200,50 EUR", "1200.50", "EUR"), ("RMB 3000", "3000", "CNY"),
    ("3千", "3000", None), ("20k USD", "20000", "USD"), ("50 万元", "500000", "CNY"), ("３０万", "300000", None),
    ("￥３００", "300", "CNY"), ("两万五", "25000", None), ("三千五百万", "35000000", None),
    ("1亿2000万", "120000000", None),
    ("3万5", "35000", None), ("三万零五百", "30500", None), ("30多万", "300000", None), ("3个亿", "300000000", None),
    ("一点五亿", "150000000", None), ("HK$300k", "300000", "HKD"), ("US$5,000", "5000", "USD"),
    ("50万美金", "500000", "USD"),
    ("¥5000 JPY", "5000", "JPY"), ("5000円", "5000", "JPY"), ("¥5000日元", "5000", "JPY"),
    ("人民币3000", "3000", "CNY"),
    ("₹5 lakh", "500000", "INR"), ("1.2 million dollars", "1200000", "USD"), ("5块", "5", "CNY"),
    ("£2.5bn", "2500000000", "GBP"),
    ("三百元", "300", "CNY"), ("十五万", "150000", None), ("30萬", "300000", None),
])  # fmt: skip
def test_amount_alone(text: str, value: str, currency: str | None) -> None:
    """An amount is found, whole, and reads as itself."""
    (found,) = find_amounts(text)
    assert (found.value, found.currency, found.matched) == (Decimal(value), currency, text)
    assert read_amount(text) == found


@pytest.mark.parametrize("text", [
    "call 13800138000", "tel 138-0013-8000", "2026-03-05", "10:30", "30%", "v2.3.1", "10k users", "5万台", "200人",
    "3千个",
    "iPhone 15", "RS232", "4K display", "won 3 deals", "2025年", "千万不要", "一块去", "1.2m cable", "100W LED",
    "A4 paper",
    "18,000 people", "version 10.2", "room 301", "3点", "part 45-300k-7", "第三季度", "9月3日", "1000kg",
])  # fmt: skip
def test_other_numbers(text: str) -> None:
    """Counts, dates, times, percentages, telephones, versions and models are not amounts."""
    assert find_amounts(text) == ()


@pytest.mark.parametrize(("text", "found"), [
    ("拜访 华为 张三 谈报价 下周三跟进 30万", ["30万"]),
    ("拿下合同，金额120万元，首付20万", ["120万元", "20万"]),
    ("budget 5000, worth $45k", ["5000", "$45k"]),
    ("预算300000", ["300000"]),
    ("between 30-50万", ["30", "50万"]),
    ("$30-50k", ["$30", "50k"]),
    ("deal 1.2m closed", ["1.2m"]),
])  # fmt: skip
def test_inside_a_line(text: str, found: list[str]) -> None:
    """In a line, each amount is found with what belongs to it and no more."""
    assert [amount.matched for amount in find_amounts(text)] == found
    assert all(text[slice(*amount.span)] == amount.matched for amount in find_amounts(text))


def test_both_ends_of_a_range() -> None:
    """The ends of a range share scale and currency."""
    lower, upper = find_amounts("$30-50k")
    assert (lower.value, upper.value, lower.currency, upper.currency) == (Decimal(30000), Decimal(50000), "USD", "USD")


def test_default_currency() -> None:
    """Money needs a currency: said, or given; the dollar sign is the workspace's own dollar."""
    assert find_amounts("30万")[0].money is None
    assert find_amounts("30万", "CNY")[0].money == Money(30_000_000, "CNY")
    assert find_amounts("$5", "SGD")[0].currency == "SGD"
    assert find_amounts("$5", "CNY")[0].currency == "USD"
    assert find_amounts("5000円", "CNY")[0].money == Money(5000, "JPY")


@pytest.mark.parametrize(
    ("text", "value"), [("5000", "5000"), ("1,200.5", "1200.5"), ("三百", "300"), ("2m", "2000000"), (" 12 ", "12")]
)
def test_bare_number_in_a_field(text: str, value: str) -> None:
    """Where an amount is asked for, a bare number is one."""
    found = read_amount(text, "CNY")
    assert found is not None
    assert found.value == Decimal(value)


@pytest.mark.parametrize("text", ["", "no", "30万 or so", "12 people", "$", "万", "-"])
def test_not_wholly_an_amount(text: str) -> None:
    """A text that is more, or none, is not read as one."""
    assert read_amount(text, "CNY") is None
