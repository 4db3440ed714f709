"""Amounts of money as people type them: ``30万``, ``$1.2M``, ``RMB 3000``, ``1,200.50 EUR``, ``两万五``."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from core.money import Money
from core.patterns import late
from core.when.folding import fold
from core.when.values import listed

# Written before or after the number. ¥ is the yuan here, unless yen is said; $ may be the workspace's own dollar.
_CURRENCIES = {
    "CNY": "¥ ￥ rmb cny cn¥ 元 块 块钱 人民币 元人民币 yuan kuai 圆",
    "USD": "$ us$ usd 美元 美金 美刀 dollar dollars bucks",
    "EUR": "€ eur 欧元 euro euros", "GBP": "£ gbp 英镑 pound pounds quid",
    "JPY": "jpy jp¥ 日元 日圆 円 yen", "HKD": "hk$ hkd 港币 港元", "TWD": "nt$ twd ntd 台币 新台币",
    "MOP": "mop 澳门元", "SGD": "s$ sgd 新币 新加坡元", "AUD": "a$ au$ aud 澳元 澳币", "CAD": "c$ ca$ cad 加元 加币",
    "NZD": "nz$ nzd 纽币",
    "KRW": "₩ krw 韩元 韩币", "INR": "₹ inr 卢比 rupee rupees", "CHF": "chf 瑞郎 瑞士法郎", "RUB": "₽ rub 卢布",
    "THB": "฿ thb 泰铢 baht", "MYR": "myr 马币 林吉特 ringgit", "VND": "₫ vnd 越南盾", "IDR": "idr 印尼盾", "PHP": "₱",
    "BRL": "r$ brl", "AED": "aed 迪拉姆", "SEK": "sek", "NOK": "nok", "DKK": "dkk", "PLN": "pln", "ILS": "₪ ils",
    "TRY": "₺", "ZAR": "zar", "SAR": "sar", "MXN": "mx$ mxn",
}  # fmt: skip
_DOLLARS = frozenset({"AUD", "CAD", "HKD", "SGD", "NZD", "TWD", "MXN"})
# Words that stand after a number only.
_ONLY_AFTER = listed(
    "元 块 块钱 圆 円 元人民币",
    "dollar dollars bucks pound pounds quid yuan kuai yen euro euros rupee rupees baht ringgit",
)
_BY_WORD = {word: code for code, words in _CURRENCIES.items() for word in words.split()}

_SCALES = {
    "k": 3, "thousand": 3, "grand": 3, "m": 6, "mm": 6, "mn": 6, "mil": 6, "mio": 6, "million": 6, "millions": 6,
    "b": 9, "bn": 9, "billion": 9, "lakh": 5, "lakhs": 5, "crore": 7, "crores": 7, "w": 4,
    "十": 1, "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "十亿": 9, "百亿": 10, "千亿": 11,
    "万亿": 12,
    "个亿": 8,
}  # fmt: skip
# Scales that are units of something else when no currency is named: 5m, 3b, 100w.
_DOUBTFUL_SCALES = frozenset({"m", "b", "w", "十", "百", "mm", "grand"})
# Words after which a number without currency or scale is still money.
_MONEY_WORDS = listed(
    "worth amount price budget quote quoted value total deal contract fee cost costs paid pay revenue arr acv tcv",
    "mrr 金额 预算 报价 合同 合同额 总价 单价 价格 费用 货款 回款 付款 首付 尾款 定金 订金 总额 签约 成交 成交额",
    "收款 到账 客单价 标的",
)  # fmt: skip
# What is counted right after a number makes it a count, not money.
_COUNTED = (
    "人|个(?!亿)|台|套|件|家|份|次|年(?![底初前内])|月(?![底初中末])|日|号|天|周(?![一二三四五六日天末前内])|小时|分|秒|米|公里|公斤|千克|吨|平|平方|升|瓦|辆|箱|条|张|本|名|位|户|只|字|行|度|层|级|倍|股|用户|"
    "客户|员工|粉丝|页|岁|点(?!\\d)|"
    "%|percent|users?|people|units?|pcs|pieces|customers?|employees|seats?|licen[cs]es?|staff|followers|views|rows|records|"
    "leads?|contacts?|devices?|km|kg|kw|watts?|miles?|meters?|metres?|days?|weeks?|months?|years?|hours?|hrs?|minutes?|mins?|"
    "display|monitor|tv|screen|video|resolution"
)


def _any(words: Iterable[str]) -> str:
    """A pattern for any of some words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_HAN_DIGITS = {digit: Decimal(value) for value, digit in enumerate("零一二三四五六七八九")} | {"两": Decimal(2)}
_HAN_SCALES = {"十": Decimal(10), "百": Decimal(100), "千": Decimal(1000)}
_MYRIADS = (("亿", Decimal(10**8)), ("万", Decimal(10**4)))

_DIGITS = r"(?:\d{1,3}(?:\.\d{3})+,\d{2}(?!\d)|\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?)"
_HAN = "[零一二两三四五六七八九十百千]+"
# A number, then scales, each with the number it scales or with a last digit of its own: 1亿2000万, 三万五, 30多万.
_QUANTITY = late(
    rf"(?:{_DIGITS}|{_HAN}(?:点{_HAN})?)"
    rf"(?:[多来余几]?\s?个?[十百千万亿]+(?:\s?(?:{_DIGITS}|{_HAN})(?=[十百千万亿])|[1-9一二三四五六七八九](?![\d.,十百千万亿]))?)*"
)
_LATIN_SCALE = late(rf"\s?({_any(_SCALES)})(?![a-z0-9])")
_BEFORE = late(rf"(?<![a-z])({_any(word for word in _BY_WORD if word not in _ONLY_AFTER)})[\s:]?$")
_AFTER = late(rf"\s?({_any(_BY_WORD)})(?![a-z0-9])")
_MONEY_BEFORE = late(
    rf"(?<![a-z])(?:{_any(_MONEY_WORDS)})(?:\s?(?:size|is|of|was|at|for|about|around|to|为|是|约|大概|大约|在))*[\s:=]*$"
)
# … but not what begins a day: 30万 月底, 30万 本周五.
_DAY_AFTER = "月[底初末中]|年[底初末中前内]|本[月周季年次]|周[一二三四五六日天末]|次[日月年]"
_COUNTED_AFTER = late(rf"[\s-]?(?!{_DAY_AFTER})(?:{_COUNTED})(?![a-z])")
_RANGE = late(r"\s?(?:-|~|到|至|to)\s?(?=\d)")
_LEAST_BARE = 100  # after a word for money, a smaller number is a count
_LEFT = 24  # characters before a number that may say it is money


@dataclass(frozen=True, slots=True)
class FoundAmount:
    """An amount in a text: ``value`` in major units; ``currency`` (ISO 4217) and ``money`` None when none was said
    or given.
    """

    money: Money | None
    value: Decimal
    currency: str | None
    span: tuple[int, int]
    matched: str


@dataclass(frozen=True, slots=True)
class _Quantity:
    """A number as written, its scale applied."""

    value: Decimal
    start: int
    end: int
    scale: str  # the last scale word, "" when none
    factor: Decimal


def find_amounts(text: str, default_currency: str | None = None) -> tuple[FoundAmount, ...]:
    """Every amount in ``text``, in its order; both ends of ``30-50万``.

    Counts, dates, times, percentages, telephone, version and model numbers are left alone; a bare number is an amount
    only after a word for money (``budget 5000``).
    """
    folded = fold(text)
    found: list[FoundAmount] = []
    position = 0
    while match := _QUANTITY.search(folded, position):
        amounts, position = _read_at(text, folded, match, default_currency)
        found.extend(amounts)
    return tuple(found)


def read_amount(text: str, default_currency: str | None = None) -> FoundAmount | None:
    """The amount that ``text`` wholly is, or None; a bare number counts here: ``5000`` in a field for an amount."""
    stripped = text.strip()
    for found in find_amounts(stripped, default_currency):
        if found.matched == stripped:
            return found
    quantity = _quantity(fold(stripped), 0)
    if quantity is None or quantity.end != len(stripped):
        return None
    return _amount(stripped, quantity, (0, quantity.end), default_currency, default_currency)


def _read_at(text: str, folded: str, match: re.Match[str], default: str | None) -> tuple[list[FoundAmount], int]:
    quantity = _quantity(folded, match.start())
    if quantity is None or not _starts_free(folded, quantity.start):
        return [], match.end()
    upper = _upper_end(folded, quantity)
    last = upper or quantity
    before = _BEFORE.search(folded, max(0, quantity.start - _LEFT), quantity.start)
    after = _AFTER.match(folded, last.end)
    start = before.start() if before else quantity.start
    end = after.end() if after else last.end
    currency = _currency(before, after, default)
    if not _is_money(text, folded, last, named=bool(before or after), start=start, end=end):
        return [], quantity.end
    if upper is None:
        return [_amount(text, quantity, (start, end), currency, default)], end
    lower = quantity if quantity.scale else _scaled(quantity, upper.factor)
    first = _amount(text, lower, (start, quantity.end), currency, default)
    return [first, _amount(text, upper, (upper.start, end), currency, default)], end


def _quantity(folded: str, start: int) -> _Quantity | None:
    match = _QUANTITY.match(folded, start)
    if match is None:
        return None
    value = _han_value(match[0])
    if value is None:
        return None
    scales = [char for char in match[0] if char in "十百千万亿"]
    scale, end = max(scales, key=lambda each: _SCALES[each], default=""), match.end()
    factor = Decimal(10) ** _SCALES[scale] if scale else Decimal(1)
    latin = None if scales else _LATIN_SCALE.match(folded, end)
    if latin:
        scale, end = latin[1], latin.end()
        factor = Decimal(10) ** _SCALES[scale]
        value *= factor
    return _Quantity(value, start, end, scale, factor)


def _upper_end(folded: str, lower: _Quantity) -> _Quantity | None:
    """The other end of a range, if the two share a scale or a currency: the 50万 of 30-50万."""
    link = _RANGE.match(folded, lower.end)
    upper = _quantity(folded, link.end()) if link else None
    return upper if upper and upper.scale and upper.value > lower.value else None


def _scaled(quantity: _Quantity, factor: Decimal) -> _Quantity:
    return _Quantity(quantity.value * factor, quantity.start, quantity.end, quantity.scale, factor)


def _currency(before: re.Match[str] | None, after: re.Match[str] | None, default: str | None) -> str | None:
    """The currency said, the word after the number having the last say: ¥5000 JPY; $ is the workspace's own dollar."""
    word = after[1] if after else before[1] if before else ""
    if word == "$" and default in _DOLLARS:
        return default
    return _BY_WORD.get(word, default)


def _starts_free(folded: str, start: int) -> bool:
    """Whether a number begins here, rather than the rest of a version, a telephone or a model."""
    before = folded[start - 1] if start else " "
    if before in ".,-/_#:@+" and start > 1 and folded[start - 2].isalnum():
        return before in ",:" and not folded[start - 2].isdigit()
    if before.isascii() and before.isalpha():
        return bool(_BEFORE.search(folded, max(0, start - _LEFT), start))
    return not before.isdigit() and before not in "#_+"


def _is_money(text: str, folded: str, quantity: _Quantity, *, named: bool, start: int, end: int) -> bool:
    follows = folded[end : end + 1]
    if follows.isascii() and (follows.isalnum() or (follows in "-/:." and folded[end + 1 : end + 2].isdigit())):
        return False
    if named:
        return folded[start:end] not in {"一块", "一元"}
    if _COUNTED_AFTER.match(folded, end):
        return False
    if _MONEY_BEFORE.search(folded, max(0, start - _LEFT), start):
        return bool(quantity.scale) or quantity.value >= _LEAST_BARE
    return _scale_is_money(text, quantity)


def _scale_is_money(text: str, quantity: _Quantity) -> bool:
    """Whether a scale alone tells money: 30万 and 20k do, 1.2M does and 1.2m does not, 30w does among Chinese."""
    if quantity.scale in {"m", "b"}:
        return text[quantity.end - 1].isupper()
    if quantity.scale == "w":
        return any(char > "\u2e80" for char in text)
    return bool(quantity.scale) and quantity.scale not in _DOUBTFUL_SCALES


def _amount(
    text: str, quantity: _Quantity, span: tuple[int, int], currency: str | None, default: str | None
) -> FoundAmount:
    currency = currency or default
    money = Money.of(quantity.value, currency) if currency else None
    return FoundAmount(money, quantity.value, currency, span, text[span[0] : span[1]])


def _han_value(written: str) -> Decimal | None:
    """The value of digits, Chinese numerals or both: 1.5亿, 两万五, 三千五百万; None when it is none."""
    run = re.sub(r"[多来余几个\s]", "", written)
    for mark, scale in _MYRIADS:
        left, found, right = run.rpartition(mark)
        if not found:
            continue
        whole = _han_value(left)
        rest = _han_value(right) if right else Decimal(0)
        if whole is None or rest is None:
            return None
        return whole * scale + (rest * scale / 10 if right and rest < 10 and right[0] != "零" else rest)
    return _below_myriad(run)


def _below_myriad(run: str) -> Decimal | None:
    if re.fullmatch(_DIGITS, run):
        european = "," in run and run.rfind(",") > run.rfind(".") > 0
        return Decimal(run.replace(".", "").replace(",", ".") if european else run.replace(",", ""))
    if "点" in run:
        whole, _, part = run.partition("点")
        digits = [_HAN_DIGITS.get(char) for char in part]
        value = _below_myriad(whole)
        return (
            None if value is None or None in digits else value + Decimal("0." + "".join(str(digit) for digit in digits))
        )
    return _han_sum(run)


def _han_sum(run: str) -> Decimal | None:
    total, scale = Decimal(0), Decimal(0)
    pending: Decimal | None = None
    for piece in re.findall(rf"{_DIGITS}|.", run):
        if piece in _HAN_SCALES:
            scale = _HAN_SCALES[piece]
            total += (Decimal(1) if pending is None and piece == "十" else pending or Decimal(0)) * scale
            pending = None
        elif piece == "零":
            scale = Decimal(0)
        elif pending is not None:
            return None
        else:
            pending = _HAN_DIGITS.get(piece) if piece in _HAN_DIGITS else Decimal(piece.replace(",", ""))
    if pending is not None:
        total += pending * (scale / 10 if scale > 10 else 1)
    return total or None
