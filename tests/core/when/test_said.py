"""What people write, by the tables in ``tables/``: whole expressions, sentences, and what is no date."""

import pytest

from tests.core.when.said import FOLDER, sayings


@pytest.mark.parametrize("table", sorted(path.stem for path in FOLDER.glob("*.txt")))
def test_table(table: str) -> None:
    """Every line reads as it says, but for those marked as misread, which must lose the mark once they are right."""
    said = list(sayings(table))
    assert said
    assert [surprise for saying in said if (surprise := saying.surprise())] == []
