"""Read one line of a log: each part has its own reader, which says how sure it is."""

from dataclasses import replace
from datetime import datetime

from core.capture import marks
from core.capture.followups import followup
from core.capture.line import read_line
from core.capture.model import Captured, Part


def capture(text: str, now: datetime, locale: str = "en", default_currency: str | None = None) -> Captured:
    """The parts of one log line. ``now`` is the member's local wall time.

    An amount without a currency is in ``default_currency``, or without one CNY in a Chinese line and open in others.
    """
    line = read_line(text, now, locale, default_currency)
    todo = followup(line)
    line = replace(line, promised=todo.clause)
    happened, amount = marks.happened(line), marks.amount(line)
    stage, mentions = marks.stage(line), marks.mentions(line)
    parts: dict[str, Part[object]] = {
        "followup": todo,
        "happened": happened,
        "amount": amount,
        "stage": stage,
        "mentions": mentions,
    }
    confidence = {name: round(part.sure, 2) for name, part in parts.items() if part.value is not None}
    return Captured(text, todo.value, happened.value, amount.value, stage.value, mentions.value or (), confidence)
