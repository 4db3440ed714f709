"""The stretches of a line that may be names: what is left without the words of doing, dates and small words."""

import re
from collections.abc import Iterator
from datetime import datetime

from core.amounts import find_amounts
from core.capture import deeds, words
from core.capture.newcomers import unknown_company
from core.capture.roster import spell
from core.capture.surnames import HAN_ROLES, NO_NAMES, TITLES
from core.when import find

_HAN = re.compile(r"[\u3400-\u9fff]")
_SMALL_HAN = "跟和与给在到对向刚的了找去我您你他她今天昨天明天"
_SPLIT = re.compile(rf"[\s,，、;；:：。.!！?？()（）“”\"{_SMALL_HAN}]+")
_LEAST_LATIN = 4
_TABLES = (
    *deeds.DONE.values(), *deeds.NAMED.values(), deeds.NOTED, deeds.PLANS, deeds.TASKS, *words.STAGES.values(),
    ("谈", "聊", "说", "讨论", "确认", *HAN_ROLES, *(title for title in TITLES if len(title) > 1)),
)  # fmt: skip


def pieces(text: str, now: datetime, locale: str) -> Iterator[str]:
    """What may be a customer's name, the likeliest first: what stands behind "at", then what stands apart."""
    if company := unknown_company(text, spell(text), ()):
        yield company
    yield from filter(_may_be_name, _SPLIT.split(_without_words(text, now, locale)))


def _without_words(text: str, now: datetime, locale: str) -> str:
    folded = spell(text)
    spans = [found.span for found in find(text, now, locale)] + [found.span for found in find_amounts(text, "CNY")]
    spans += [match.span() for table in _TABLES for match in words.pattern(table).finditer(folded)]
    spans += [match.span() for match in re.finditer(r"@\S+", text)]
    chars = list(text)
    for start, end in spans:
        chars[start:end] = " " * (end - start)
    return "".join(chars)


def _may_be_name(piece: str) -> bool:
    if _HAN.search(piece):
        return len(piece) > 1
    return len(piece) >= _LEAST_LATIN and not piece.isdigit() and piece.casefold() not in NO_NAMES
