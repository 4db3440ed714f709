"""What people say they follow, and how they want to hear of it, is read in both languages."""

import pytest

from commands.following import read_hours
from commands.followwords import Wanted, read_wanted
from core.alerts.model import Way
from core.deals.model import DealStage
from core.errors import InvalidInputError
from core.money import Money

_100K = Money(10_000_000, "CNY")


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("Northwind", Wanted("Northwind")),
        ("Northwind now", Wanted("Northwind", Way.NOW)),
        ("Northwind, in the digest", Wanted("Northwind", Way.DIGEST)),
        ("Northwind: never", Wanted("Northwind", Way.NEVER)),
        ("Digest Media", Wanted("Digest Media")),
        ("Knownow", Wanted("Knownow")),
        ("远航科技 放日报", Wanted("远航科技", Way.DIGEST)),
        ("远航科技，立即", Wanted("远航科技", Way.NOW)),
        ("远航科技从不", Wanted("远航科技", Way.NEVER)),
        ("@lin digest", Wanted("@lin", Way.DIGEST)),
        ("stage quote", Wanted("stage quote", stage=DealStage.QUOTE)),
        ("the stage negotiation never", Wanted("the stage negotiation", Way.NEVER, stage=DealStage.NEGOTIATION)),
        ("quote stage", Wanted("quote stage", stage=DealStage.QUOTE)),
        ("报价阶段", Wanted("报价阶段", stage=DealStage.QUOTE)),
        ("阶段 谈判", Wanted("阶段 谈判", stage=DealStage.NEGOTIATION)),
        ("Stage Lighting", Wanted("Stage Lighting")),
        ("deals over 100k", Wanted("deals over 100k", amount=_100K)),
        ("deals over 100000", Wanted("deals over 100000", amount=_100K)),
        ("deals above $50k at once", Wanted("deals above $50k", Way.NOW, amount=Money(5_000_000, "USD"))),
        ("超过10万的商机", Wanted("超过10万的商机", amount=_100K)),
        ("10万以上的商机 放日报", Wanted("10万以上的商机", Way.DIGEST, amount=_100K)),
        ("金额大于10万", Wanted("金额大于10万", amount=_100K)),
        ("deal Sensors", Wanted("deal Sensors", deal="Sensors")),
        ("商机 二期扩容", Wanted("商机 二期扩容", deal="二期扩容")),
    ],
)
def test_what_is_followed(typed: str, wanted: Wanted) -> None:
    """A name that only looks like one of our words stays a name."""
    assert read_wanted(typed, "CNY") == wanted


@pytest.mark.parametrize(
    ("typed", "hours"),
    [
        ("20:00-8:00", (1200, 480)),
        ("9pm - 7:30am", (1260, 450)),
        ("22 to 7", (1320, 420)),
        ("12am-6am", (0, 360)),
        ("21：30到7：00", (1290, 420)),
        ("晚上21点至7点", (1260, 420)),
        ("24:00-8:00", (0, 480)),
        ("none", (0, 0)),
        ("无", (0, 0)),
    ],
)
def test_hours(typed: str, hours: tuple[int, int]) -> None:
    """Begin and end in minutes after midnight."""
    assert read_hours(typed) == hours


@pytest.mark.parametrize("typed", ["", "at night", "25:00-8:00", "20:61-8:00", "8:00"])
def test_no_hours(typed: str) -> None:
    """What cannot be read as hours is said to be none."""
    with pytest.raises(InvalidInputError):
        read_hours(typed)
