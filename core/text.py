"""What people typed, made safe to keep: no control characters, bounded length, markup left as the text it is."""

import unicodedata

from core.errors import InvalidInputError

LINE_LIMIT = 200  # a name, a title, one field
TEXT_LIMIT = 10_000  # a note
_KEPT_CONTROLS = frozenset("\n\t")
_QUOTES = {'"': '"', "“": "”", "「": "」", "《": "》"}


def _is_kept(letter: str) -> bool:
    # Cf holds the joiners that emoji and Arabic need; Cc, Cs and Co show nothing or break what shows them.
    return letter in _KEPT_CONTROLS or unicodedata.category(letter) not in {"Cc", "Cs", "Co"}


def clean_text(text: str) -> str:
    r"""``text`` without control characters and outer blanks, line breaks as ``\n``, composed (NFC)."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isprintable():
        text = "".join(filter(_is_kept, text))
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return text.strip()


def clean_line(text: str) -> str:
    """``clean_text`` on one line: every run of white space becomes one blank."""
    if text.isprintable() and "  " not in text:  # most lines; an import cleans a million
        return (text if text.isascii() else unicodedata.normalize("NFC", text)).strip()
    return " ".join(clean_text(text).split())


def line(field: str, text: str, *, limit: int = LINE_LIMIT) -> str:
    """A one-line value for ``field``. Raises InvalidInputError when it is longer than ``limit`` characters."""
    cleaned = clean_line(text)
    if len(cleaned) > limit:
        raise InvalidInputError(field, "too_long", value=cleaned[:40], limit=limit)
    return cleaned


def required_line(field: str, text: str, *, limit: int = LINE_LIMIT) -> str:
    """``line``, and InvalidInputError when nothing is left that can be seen."""
    cleaned = line(field, text, limit=limit)
    if not any(letter.isprintable() for letter in cleaned):
        raise InvalidInputError(field, "missing")
    return cleaned


def paragraph(field: str, text: str, *, limit: int = TEXT_LIMIT) -> str:
    """A text of several lines. Raises InvalidInputError when it is longer than ``limit`` characters."""
    cleaned = clean_text(text)
    if len(cleaned) > limit:
        raise InvalidInputError(field, "too_long", value=cleaned[:40], limit=limit)
    return cleaned


def split_quoted(text: str) -> tuple[str, str] | None:
    """What stands between the quotation marks a text begins with, and what follows; None when it begins with none."""
    text = text.strip()
    end = text.find(_QUOTES[text[0]], 1) if text[:1] in _QUOTES else -1
    inside = text[1:end].strip() if end > 0 else ""
    return (inside, text[end + 1 :].strip()) if inside else None


def unquote_beginning(text: str) -> str:
    """``text`` without the pair of quotation marks that it begins with: ``"Cold chain" won`` is Cold chain won."""
    quoted = split_quoted(text)
    return f"{quoted[0]} {quoted[1]}".strip() if quoted else text.strip()


def unquote(text: str) -> str:
    """``text`` without a pair of quotation marks around it; a single one is left as it is typed."""
    quoted = split_quoted(text)
    return quoted[0] if quoted and not quoted[1] else text.strip()
