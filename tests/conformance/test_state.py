"""The comparison sees what is different, and only that."""

from pathlib import Path

import pytest

from tests.conformance.playing import play, stage
from tests.conformance.state import differences, state_of

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def _after(line: str, template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    async with stage("web", template, tmp_path_factory.mktemp("played")) as here:
        await play(here, [{"who": "wei", "say": line}])
    return here.path


async def test_the_same_is_the_same(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Two runs of one conversation, with other ids in every row, are alike."""
    one, other = [await _after("note Northwind: blue", sqlite_template, tmp_path_factory) for _ in range(2)]
    assert one.read_bytes() != other.read_bytes()
    assert differences(state_of(str(one)), state_of(str(other))) == []


async def test_another_word_is_seen(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A word that is another one is seen, in the record and in what tells of it; so is a row that is missing."""
    one, other = [
        await _after(f"note Northwind: {word}", sqlite_template, tmp_path_factory) for word in ("blue", "green")
    ]
    found = differences(state_of(str(one)), state_of(str(other)))
    assert {line.split()[1] for line in found} >= {"activities", "events"}
    lacking = state_of(str(one)) | {"activities": []}
    assert [line.split()[:2] for line in differences(state_of(str(one)), lacking)] == [["-", "activities"]]


async def test_what_is_not_shown_fails(sqlite_template: Path, tmp_path: Path) -> None:
    """A step whose words are not seen fails, and tells which step and what was seen instead."""
    async with stage("web", sqlite_template, tmp_path) as here:
        with pytest.raises(AssertionError, match=r"web, step 1 .*Northwind"):
            await play(here, [{"who": "wei", "say": "Northwind", "sees": ["nowhere to be seen"]}])
