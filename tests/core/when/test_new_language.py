"""A language is a module of words: a little German, entered for the length of a test."""

from collections.abc import Iterator
from datetime import datetime
from types import SimpleNamespace

import pytest

from core.when import find, lexer
from core.when.values import Entries, Part

NOW = datetime(2026, 3, 2, 10)  # noqa: DTZ001 - a member's wall time; a Monday
WORDS: Entries = {
    "montag": [("WEEKDAY", 0)],
    "freitag": [("WEEKDAY", 4)],
    "heute": [("DAYWORD", 0)],
    "morgen": [("DAYWORD", 1)],
    "nächsten": [("REL", 1)],
    "mai": [("MONTH", 5)],
    "nachmittag": [("PART", Part(14, 18, "pm"))],
}


@pytest.fixture
def german(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    words = SimpleNamespace(entries=lambda: WORDS, SPELLINGS={"at": ("um",), "to": ("bis",)})
    monkeypatch.setattr(lexer, "LANGUAGES", (*lexer.LANGUAGES, words))
    lexer.lexicon.cache_clear()
    yield
    monkeypatch.undo()
    lexer.lexicon.cache_clear()


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize(("text", "start"), [
    ("nächsten Montag 14:30", "2026-03-09T14:30"), ("morgen um 9:00", "2026-03-03T09:00"),
    ("Freitag 15:00 bis 17:00", "2026-03-06T15:00"), ("Freitag nachmittag", "2026-03-06T14:00"),
    ("5. Mai", "2026-05-05"), ("der day after Freitag", "2026-03-07"),
])  # fmt: skip
def test_words_are_enough_for_most_rules(text: str, start: str) -> None:
    """Rules speak of categories, so a language's words make them its own; and it may be mixed with others."""
    (found,) = find(text, NOW, "de_DE")
    assert found.start.isoformat().startswith(start)
