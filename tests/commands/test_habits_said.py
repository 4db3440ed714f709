"""How people write when they want to be reminded, and when they work."""

import pytest

from commands.habits import lead_text, read_hours, read_lead
from core.errors import InvalidInputError


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("30 min", 30),
        ("30", 30),
        ("1h", 60),
        ("1.5 hours", 90),
        ("an hour before", 60),
        ("half an hour", 30),
        ("1 day", 1440),
        ("2 days before", 2880),
        ("on time", 0),
        ("0", 0),
        ("off", -1),
        ("Never", -1),
        ("default", None),
        ("", None),
        ("30分钟", 30),
        ("提前30分钟", 30),
        ("1小时", 60),
        ("一个小时前", 60),
        ("半小时", 30),
        ("两天", 2880),
        ("准时", 0),
        ("关", -1),
        ("默认", None),
    ],
)
def test_how_long_before(typed: str, minutes: int | None) -> None:
    """It is read in both languages, and what is shown in a form reads back."""
    assert read_lead(typed) == minutes
    assert read_lead(lead_text(minutes)) == minutes


@pytest.mark.parametrize("typed", ["soon", "-5 min", "99 days", "1 week or so", "7 bananas", "9" * 500])
def test_no_reminder(typed: str) -> None:
    """What is none is refused."""
    with pytest.raises(InvalidInputError):
        read_lead(typed)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("9:00-18:00 Mon-Fri", ""),
        ("9-18", ""),
        ("8:30 to 17:30 mon-sat", "08:30-17:30 012345"),
        ("9am-6pm Mon, Wed, Fri", "09:00-18:00 024"),
        ("10:00-19:00 Sun-Thu", "10:00-19:00 01236"),
        ("9:00-18:00 every day", "09:00-18:00 0123456"),
        ("9:00-18:00 周一至周五", ""),
        ("9点到18点 周一至周六", "09:00-18:00 012345"),
        ("8:30-17:30 周一、周三、周日", "08:30-17:30 026"),
        ("9:00-18:00 每天", "09:00-18:00 0123456"),
        ("9:00-18:00 Monday to Thursday", "09:00-18:00 0123"),
        ("default", ""),
    ],
)
def test_working_hours(typed: str, kept: str) -> None:
    """They are read in both languages."""
    assert read_hours(typed) == kept


@pytest.mark.parametrize("typed", ["18:00-9:00", "9", "25:00-26:00", "9-18 someday", "late", "9:00-9:00 Mon"])
def test_no_working_hours(typed: str) -> None:
    """What is none is refused."""
    with pytest.raises(InvalidInputError):
        read_hours(typed)
