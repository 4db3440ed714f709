"""The library that ``kith bench when`` stands beside where it is installed; Kith itself does not use it."""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec

from bots.bench.when_cases import Case

_NAME = "dateparser"


def peer_read() -> Callable[[Case], bool] | None:
    """What reads a date or time as dateparser does, and says whether rightly; None where it is not installed."""
    if find_spec(_NAME) is None:
        return None
    parse = import_module(_NAME).parse

    def read(case: Case) -> bool:
        settings = {"RELATIVE_BASE": case.now, "PREFER_DATES_FROM": "future"}
        start = parse(case.expr, languages=[case.language], settings=settings)
        return start is not None and case.is_at(start.replace(tzinfo=None))

    return read
