"""Cells as text, and the readings that need nothing but the cell."""

import re
from datetime import datetime, time
from decimal import Decimal

from core.errors import InvalidInputError
from core.sheets.model import Cell
from core.text import line

# What stands in a cell that should be empty.
_NOTHING = frozenset(
    {
        "",
        "-",
        "--",
        "—",
        "——",
        "/",
        "n/a",
        "na",
        "#n/a",
        "null",
        "none",
        "nil",
        "无",
        "暂无",
        "没有",
        "空",
        "未填",
        "未填写",
    }
)
_NAMES_APART = re.compile(r"[;；|、\n]+")
_TAGS_APART = re.compile(r"[;；|、,，\n]+")
_MOST_IN_LIST = 20


def as_text(cell: Cell) -> str:
    """A cell as it is shown: whole numbers without a point, midnight without a time, true and false as yes and no."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else _native_text(cell)


def _native_text(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "seconds")
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def is_nothing(text: str) -> bool:
    """Whether a cell holds only what people put where there is nothing: -, N/A, 无."""
    return len(text) < 5 and text.strip().lower() in _NOTHING


def read_names(field: str, text: str) -> tuple[str, ...]:
    """Several names, parted by ; or 、 but not by commas, which names have in them (Acme, Inc.)."""
    return _read_list(field, _NAMES_APART.split(text))


def read_tags(field: str, text: str) -> tuple[str, ...]:
    """Several tags, with or without #."""
    return _read_list(field, [part.strip().lstrip("#＃") for part in _TAGS_APART.split(text)])


def _read_list(field: str, parts: list[str]) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(filter(None, (line(field, part) for part in parts))))
    if len(found) > _MOST_IN_LIST:
        raise InvalidInputError(field, "too_many", limit=_MOST_IN_LIST)
    return found
