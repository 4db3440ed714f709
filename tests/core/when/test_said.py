"""What people write, by the tables in ``tables/``: whole expressions, sentences, and what is no date."""

import pytest

from core.when import find, read
from tests.core.when.said import FOLDER, sayings


@pytest.mark.parametrize("table", sorted(path.stem for path in FOLDER.glob("*.txt")))
def test_table(table: str) -> None:
    """Every line reads as it says, but for those marked as misread, which must lose the mark once they are right."""
    said = list(sayings(table))
    assert said
    assert [surprise for saying in said if (surprise := saying.surprise())] == []


@pytest.mark.parametrize("table", sorted(path.stem for path in FOLDER.glob("*.txt")))
def test_what_is_printed_reads_back(table: str) -> None:
    """The start of everything found, as ``kith when`` prints it, reads as that very moment."""
    for saying in sayings(table):
        for found in find(saying.text, saying.now, saying.locale):
            again = read(found.start.isoformat(), saying.now, saying.locale)
            assert again is not None, saying.text
            assert again.start == found.start, saying.text
