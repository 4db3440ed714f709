"""Text made safe to show and cut to size: no control characters, no lone surrogates, never half a grapheme."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from core.patterns import late

ELLIPSIS = "…"
_ATOM_MAX = 8  # letters in the longest escape
NOTHING = "–"  # stands where a platform insists on text and there is none

# C0 but tab and line feed, DEL, C1, line and paragraph separators, lone surrogates, two noncharacters, and the
# nine explicit bidi controls: the latter give orders to what stands around them ("invoice\u202efdp.exe").
_UNSAFE = late("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_LINE_BREAKS = frozenset("\v\f\x85\u2028\u2029")
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _harmless(match: re.Match[str]) -> str:
    letter = match[0]
    if letter in _LINE_BREAKS:
        return "\n"
    if letter in _BIDI:
        return ""
    if letter < " ":
        return chr(0x2400 + ord(letter))  # Control Pictures: an escape is shown as ␛, not obeyed
    return "␡" if letter == "\x7f" else "\ufffd"


def harmless(text: str) -> str:
    """``text`` with everything that is an order to a screen rather than a sign on it replaced or taken out."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNSAFE.sub(_harmless, text)


def _is_visible(letter: str) -> bool:
    return letter.isalnum() or unicodedata.category(letter)[0] not in "CZM"


def clean(text: str) -> str:
    """Harmless text without outer blanks; empty when nothing in it could be seen."""
    if text.isascii() and text.isprintable():
        return text.strip()
    text = harmless(text).strip()
    return text if any(map(_is_visible, text)) else ""


def clean_line(text: str) -> str:
    """``clean`` on one line: every run of white space becomes one blank."""
    return " ".join(clean(text).split())


def units(text: str) -> int:
    """Length in UTF-16 units, as Telegram counts; never less than the number of characters."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def cells(text: str) -> int:
    """Columns on a terminal: two for a Chinese character or an emoji, none for a combining mark."""
    if text.isascii():
        return len(text)
    from wcwidth import width  # noqa: PLC0415 - many cards are plain ASCII and never need its tables

    return width(text)


def graphemes(text: str) -> Iterator[str]:
    """What people see as single signs, a family of four emoji for one."""
    from wcwidth import iter_graphemes  # noqa: PLC0415 - see cells

    return iter_graphemes(text)


def boundary(text: str, limit: int, atom: re.Pattern[str] | None = None) -> int:
    """The last index in the first ``limit`` units where ``text`` may be cut: between graphemes, outside an ``atom``.

    A first grapheme longer than ``limit`` (a letter under a thousand accents) is cut where the limit falls.
    """
    from wcwidth import grapheme_boundary_before  # noqa: PLC0415 - only what is too long needs it

    limit = max(limit, 0)
    end = len(text.encode("utf-16-le", "surrogatepass")[: 2 * limit].decode("utf-16-le", "ignore"))
    place = (grapheme_boundary_before(text, end + 1) if end < len(text) else end) or end
    if atom is None:
        return place
    around = (match for match in atom.finditer(text, max(0, place - _ATOM_MAX)) if match.start() < place < match.end())
    return min((match.start() for match in around), default=place)


def cut(text: str, limit: int, atom: re.Pattern[str] | None = None) -> str:
    """``text`` in at most ``limit`` units; what was cut off is marked by a final …"""
    if 2 * len(text) <= limit or units(text) <= limit:  # a character is two units at the most
        return text
    return text[: boundary(text, limit - 1, atom)].rstrip() + ELLIPSIS


def split(text: str, limit: int) -> list[str]:
    """``text`` in parts of at most ``limit`` units, broken at a line's end or a blank where one is near."""
    if 2 * len(text) <= limit:
        return [text] if text else []
    parts = []
    while units(text) > limit:
        end = boundary(text, limit)
        places = (text.rfind(blank, end // 2, end) for blank in "\n ")
        end = next((place for place in places if place > 0), end)
        parts.append(text[:end].rstrip())
        text = text[end:].lstrip()
    return [part for part in (*parts, text) if part]


@lru_cache(maxsize=2048)  # the same few words stand on every card's buttons
def label(text: str, limit: int) -> str:
    """One line that is never empty and at most ``limit`` units long."""
    return cut(clean_line(text), limit) or NOTHING
