"""The plain text of a message, with people as Kith knows them.

https://open.feishu.cn/document/server-docs/im-v1/message-content-description/message_content: a mention stands in the
text as ``@_user_1``; a post is a title and lines of pieces.
"""

import re
from collections.abc import Mapping
from typing import Any

import msgspec

_MENTION = re.compile(r"@_user_\d+")


def plain(message_type: str, content: str) -> str:
    """The words of a message; empty for pictures, files and whatever else has none."""
    try:
        said = msgspec.json.decode(content or "{}")
    except (msgspec.DecodeError, UnicodeError):
        return ""
    if not isinstance(said, dict):
        return ""
    if message_type == "text":
        return _text(said.get("text")).strip()
    return _post(said).strip() if message_type == "post" else ""


def named(text: str, names: Mapping[str, str]) -> str:
    """The text with each mention's key replaced by its name; an empty one leaves nothing behind."""
    shown = _MENTION.sub(lambda key: names.get(key[0], key[0]), text) if "@_user_" in text else text
    return " ".join(shown.split(" ")).strip()


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _post(said: dict[str, Any]) -> str:
    lines = [_text(said.get("title"))]
    content = said.get("content")
    for line in content if isinstance(content, list) else ():
        pieces = line if isinstance(line, list) else ()
        lines.append("".join(_piece(piece) for piece in pieces if isinstance(piece, dict)))
    return "\n".join(filter(None, lines))


def _piece(piece: dict[str, Any]) -> str:
    if piece.get("tag") == "at":
        return _text(piece.get("user_id"))
    text, address = _text(piece.get("text")), _text(piece.get("href"))
    return f"{text} ({address})" if address and address != text else text
