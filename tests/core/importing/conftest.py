"""A desk for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk import Desk


@pytest.fixture
def desk(sqlite_url: str, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(sqlite_url, tmp_path)
    yield desk
    desk.close()
