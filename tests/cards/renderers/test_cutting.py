"""Text is made harmless and cut to size without breaking what people see as one sign."""

import re

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from cards.renderers.cutting import clean, clean_line, cut, harmless, label, split, units
from tests.cards.renderers.examples import FAMILY
from tests.cards.renderers.strategies import texts

# Signs that join their neighbours; regex's \X judges, and Unicode's newest prepended letters are left to it alone.
JOINING = st.text(alphabet="ae\u0301\u200d👩👨🏽❤\ufe0f🇨🇳🇺각\u1100\u1161\u11a8क\u094dष\u0e33&;\n ", max_size=60)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "␛[31mred␛[0m"),
        ("bell\x07 null\x00 del\x7f", "bell␇ null␀ del␡"),
        ("c1 \x9b31m", "c1 \ufffd31m"),
        ("a\r\nb\rc\u2028d\x0be", "a\nb\nc\nd\ne"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("\u2066isolated\u2069", "isolated"),
        ("lone \ud83d half", "lone \ufffd half"),
        (f"{FAMILY}\u200f.\tx", f"{FAMILY}\u200f.\tx"),
    ],
)
def test_orders_become_signs(typed: str, shown: str) -> None:
    """What a screen would obey is shown or taken out; what people need to write their languages stays."""
    assert harmless(typed) == shown


@pytest.mark.parametrize("nothing", ["", "  \n\t", "\u200b\u2060", "\u3000\u00a0", "\u0301\ufe0f"])
def test_invisible_text_is_nothing(nothing: str) -> None:
    """Text without a visible sign counts as none, and a label still says something."""
    assert clean(nothing) == ""
    assert label(nothing, 10) == "–"


def test_one_line() -> None:
    """Line breaks and runs of blanks become one blank where one line is shown."""
    assert clean_line(" a\r\n b\t\u3000c ") == "a b c"


@given(JOINING, st.integers(1, 60))
def test_cut_keeps_graphemes_whole(text: str, limit: int) -> None:
    """A cut text is within its limit, begins as the text does, and ends between two graphemes, with …"""
    shorter = cut(text, limit)
    assert units(shorter) <= limit
    if shorter != text:
        assert shorter.endswith("…")
        kept = shorter[:-1]
        ends = {0}
        for grapheme in regex.findall(r"\X", text):
            ends.add(max(ends) + len(grapheme))
        first = min(ends - {0})
        # Blanks before the … are dropped; a first grapheme that is larger than all the room has to be cut.
        whole = any(text[:end].rstrip() == kept for end in ends)
        assert whole or units(text[:first]) >= limit


@given(st.text(alphabet="a&<>e\u0301👩🏽\u200d", max_size=40), st.integers(1, 60))
def test_cut_keeps_escapes_whole(text: str, limit: int) -> None:
    """A text escaped first and then cut can be read back: no escape is left half."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    shorter = cut(escaped, limit, re.compile("&(?:amp|lt|gt);"))
    assert units(shorter) <= limit
    assert "&" not in re.sub("&(?:amp|lt|gt);", "", shorter)


def test_giant_grapheme_is_cut_all_the_same() -> None:
    """One letter under ten thousand accents does not break a limit."""
    assert units(cut("e" + "\u0301" * 10_000, 100)) == 100


@given(texts, st.integers(20, 400))
def test_split_loses_only_blanks(text: str, limit: int) -> None:
    """The parts of a long text are within the limit and say the same."""
    text = harmless(text)
    parts = split(text, limit)
    assert all(0 < units(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_split_prefers_line_ends() -> None:
    """A text is split where a line ends rather than within a word."""
    assert split("first line\nsecond word here", 20) == ["first line", "second word here"]
    assert split("one two three four", 10) == ["one two", "three four"]
