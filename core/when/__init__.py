"""When: the dates and times in what people type, in English and Chinese.

The grammar takes a tenth of a second to build, and most commands name no time: it is built at the first reading.
"""

from datetime import datetime

from core.when.found import Found

__all__ = ["Found", "find", "read"]


def find(text: str, now: datetime, locale: str = "en", *, past: bool = False) -> tuple[Found, ...]:
    """Every expression of time in ``text``, in its order: see ``core/when/reading.py``."""
    from core.when import reading  # noqa: PLC0415 - see the module's docstring

    return reading.find(text, now, locale, past=past)


def read(text: str, now: datetime, locale: str = "en", *, past: bool = False) -> Found | None:
    """The one expression that ``text`` wholly is, or None: see ``core/when/reading.py``."""
    from core.when import reading  # noqa: PLC0415 - see the module's docstring

    return reading.read(text, now, locale, past=past)
