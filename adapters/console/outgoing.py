"""An answer as text for a terminal, or as one line of JSON for a script."""

import json
from typing import Any

import msgspec

from adapters.console.choices import Numbering
from cards.renderers import text
from commands.model import Reply

WIDTH = 80  # columns, where nobody says how many there are


def as_text(reply: Reply, numbering: Numbering, width: int) -> str:
    """The answer's cards in lines of at most ``width`` columns, their buttons numbered."""
    shown = [text.render(numbering.card(card), width) for card in reply.cards]
    return "\n\n".join([*shown, *reply.errors.values()])


def as_json(reply: Reply) -> str:
    """The neutral answer: ``{"ok", "cards", "receipt", "error"}``, with ``form`` and ``errors`` where there are any."""
    neutral: dict[str, Any] = {
        "ok": reply.ok,
        "cards": msgspec.to_builtins(reply.cards),
        "receipt": reply.receipt or None,
        "error": reply.error or None,
    }
    if reply.form is not None:
        neutral["form"] = msgspec.to_builtins(reply.form)
    if reply.errors:
        neutral["errors"] = reply.errors
    return json.dumps(neutral, ensure_ascii=False)
