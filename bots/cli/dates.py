"""``kith when``: dates and times in what people type, for machines."""

import sys
import time
from argparse import ArgumentParser, Namespace
from datetime import datetime
from typing import Any

from bots.cli.lines import objects, put
from bots.errors import OperatorError
from core.when import Found, find

_SOME_TIME = datetime(2026, 1, 1)  # noqa: DTZ001 - local, as all that is read


def declare(_command: str, _parser: ArgumentParser) -> None:
    """No arguments: standard input is read."""


def run(_options: Namespace) -> int:
    """Reads ``{"text", "now", "locale"}`` from each line.

    Answers ``{"text", "found": [{"start", "end", "grain", "kind", "matched", "confidence"}], "ms"}``; times are local
    and ISO, a duration has its ``seconds`` as well, and what recurs its RFC 5545 rule as ``recurring``.
    Returns 1 when a line could not be used; such a line is answered with its ``error``.
    """
    find("", _SOME_TIME)  # builds the grammar before the first line is timed
    lines = objects(sys.stdin, "text", "now")
    for asked in lines:
        try:
            text, now, locale = _words(asked, "text"), _local(_words(asked, "now")), _words(asked, "locale", "en")
        except OperatorError as unusable:
            lines.refuse(unusable)
            continue
        started = time.perf_counter()
        put({"text": text, "found": [_shown(each) for each in find(text, now, locale)]}, started)
    return lines.exit_code


def _words(asked: dict[str, Any], name: str, default: str = "") -> str:
    value = asked.get(name)
    if value is None and default:
        return default
    if not isinstance(value, str):
        raise OperatorError(f"{name} must be a string, not {str(value)[:40]}: {str(asked)[:80]}")
    return value


def _shown(found: Found) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "start": found.start.isoformat(),
        "end": found.end.isoformat() if found.end else None,
        "grain": found.grain,
        "kind": found.kind,
        "matched": found.matched,
        "confidence": round(found.confidence, 3),
    }
    if found.seconds is not None:
        shown["seconds"] = found.seconds
    if found.recurring:
        shown["recurring"] = found.recurring
    return shown


def _local(value: str) -> datetime:
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        raise OperatorError(f"now must be a local ISO time like 2026-03-09T10:00:00, not {value[:40]!r}") from None
