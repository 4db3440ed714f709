"""Capture: one line of a log read into its parts, in English and Chinese.

What reads it is imported with the first line: most commands are no log.
"""

from datetime import datetime

from core.capture.model import Captured, Followup

__all__ = ["Captured", "Followup", "capture"]


def capture(text: str, now: datetime, locale: str = "en", default_currency: str | None = None) -> Captured:
    """The parts of one log line: see ``core/capture/reading.py``."""
    from core.capture import reading  # noqa: PLC0415 - see the module's docstring

    return reading.capture(text, now, locale, default_currency)
