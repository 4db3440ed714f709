"""What people typed is made safe to keep: nothing that shows nothing or breaks what shows it, within bounds."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import InvalidInputError
from core.text import clean_line, clean_text, line, paragraph, required_line, split_quoted, unquote


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  a  b  ", "a  b"),
        ("a\r\nb\rc\n", "a\nb\nc"),
        ("a\tb", "a\tb"),
        ("\x1b[31mred\x00\x07", "[31mred"),
        ("\ud83d", ""),
        ("\ue000private", "private"),
        ("e\u0301", "é"),
        ("👨‍👩‍👧‍👦", "👨‍👩‍👧‍👦"),
        ("<b>&amp;</b>", "<b>&amp;</b>"),
        ("شركة\u200f", "شركة\u200f"),
        ("", ""),
    ],
)
def test_text_is_cleaned(typed: str, kept: str) -> None:
    """Control characters go, line breaks become one kind, joiners and markup stay."""
    assert clean_text(typed) == kept


@settings(deadline=None, derandomize=True)
@given(st.text(max_size=60))
def test_cleaning_is_done_once(typed: str) -> None:
    """Cleaned twice is cleaned once; what is left is composed and holds nothing that was to go."""
    for clean in (clean_text, clean_line):
        cleaned = clean(typed)
        assert clean(cleaned) == cleaned
        assert unicodedata.is_normalized("NFC", cleaned)
        assert not [letter for letter in cleaned if unicodedata.category(letter) in {"Cs", "Co"}]
        assert not [letter for letter in cleaned if unicodedata.category(letter) == "Cc" and letter not in "\n\t"]
    assert "\n" not in clean_line(typed)
    assert "  " not in clean_line(typed)


def test_limits_are_told() -> None:
    """A value beyond its limit is refused with the limit, one that is missing as missing."""
    assert line("name", "x" * 200) == "x" * 200
    with pytest.raises(InvalidInputError) as long:
        line("name", "x" * 201)
    assert (long.value.field, long.value.reason, long.value.limit) == ("name", "too_long", 200)
    with pytest.raises(InvalidInputError) as longer:
        paragraph("text", "x" * 10_001)
    assert longer.value.limit == 10_000
    assert paragraph("text", "a\nb ") == "a\nb"


@pytest.mark.parametrize("typed", ["", "  ", "\x00", "\u200b\u2060", "\ufeff"])
def test_nothing_to_see_is_missing(typed: str) -> None:
    """What holds nothing that can be seen is no name."""
    with pytest.raises(InvalidInputError) as missing:
        required_line("name", typed)
    assert missing.value.reason == "missing"


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ('"Acme: East" saw', ("Acme: East", "saw")),
        ("“华为” 谈", ("华为", "谈")),
        ("「华为」谈", ("华为", "谈")),
        ('"Acme', None),
        ('""', None),
        ('" " x', None),
        ("Acme", None),
        ("", None),
    ],
)
def test_quotation_marks(typed: str, parts: tuple[str, str] | None) -> None:
    """A pair of marks at the beginning holds a name; one alone holds nothing."""
    assert split_quoted(typed) == parts


def test_quotation_marks_around_all() -> None:
    """Marks around a whole text are taken off, marks around a part are not."""
    assert unquote(' "Acme" ') == "Acme"
    assert unquote('"Acme" East') == '"Acme" East'
    assert unquote('Acme "') == 'Acme "'
