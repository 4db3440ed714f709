"""One recorded conversation, played through every platform that has a driver: the core ends in the same state."""

from pathlib import Path

import pytest

from tests.conformance.chat import FALLBACK, FEATURES, NATIVE, NOT_POSSIBLE, Saves
from tests.conformance.drivers import FIRST, drivers
from tests.conformance.playing import conversation, play, stage, stage_on
from tests.conformance.state import LEFT_OUT, Rows, differences, jobs_of, postgres_state_of, state_of

pytestmark = pytest.mark.anyio

OTHERS = [name for name in drivers() if name != FIRST]


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


async def _played(name: str, template: Path, folder: Path) -> tuple[dict[str, Rows], dict[str, int]]:
    async with stage(name, template, folder) as here:
        await play(here, conversation())
    return state_of(str(here.path)), jobs_of(str(here.path))


@pytest.fixture(scope="module")
async def first(
    anyio_backend: str, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[dict[str, Rows], dict[str, int]]:
    """What the conversation leaves on the platform that the others are compared with."""
    return await _played(FIRST, sqlite_template, tmp_path_factory.mktemp("first"))


async def test_the_conversation_is_about_everything(first: tuple[dict[str, Rows], dict[str, int]]) -> None:
    """What people do leaves rows in every table that a chat can fill, so that the comparison compares something."""
    state, _ = first
    for table in ("customers", "contacts", "activities", "tasks", "deals", "events", "event_subjects", "receipts"):
        assert state[table], table
    assert not state.keys() & LEFT_OUT.keys()


@pytest.mark.parametrize("name", OTHERS)
async def test_the_core_ends_in_the_same_state(
    name: str, first: tuple[dict[str, Rows], dict[str, int]], sqlite_template: Path, tmp_path: Path
) -> None:
    """Everybody sees what they should on the way, and every row of every table is what it is on the first platform."""
    state, jobs = await _played(name, sqlite_template, tmp_path)
    assert not differences(first[0], state)
    assert jobs == first[1]


@pytest.mark.postgres
@pytest.mark.parametrize("name", drivers())
async def test_postgres_ends_in_the_same_state(
    name: str, first: tuple[dict[str, Rows], dict[str, int]], empty_postgres_url: str
) -> None:
    """Played on PostgreSQL, every row of every table is what it is on SQLite on the first platform."""
    async with stage_on(empty_postgres_url, name) as here:
        await play(here, conversation())
    state, jobs = await postgres_state_of(empty_postgres_url)
    assert not differences(first[0], state)
    assert jobs == first[1]


@pytest.mark.parametrize("name", drivers())
async def test_a_message_is_saved(name: str, sqlite_template: Path, tmp_path: Path) -> None:
    """What a colleague wrote is pointed at, and asked about in the platform's way; then it is on the timeline."""
    async with stage(name, sqlite_template, tmp_path) as here:
        if not isinstance(here.chat, Saves):
            pytest.skip("the driver points at no messages")
        await here.chat.save("wei", "We can sign at 280k if you deliver in March")
        await here.chat.fill("wei", {"customer": "Northwind"})
        (seen,) = [text for text in here.chat.seen("wei") if "Message saved" in text]
        assert "Northwind" in seen
    (activity,) = state_of(str(here.path))["activities"]
    assert "We can sign at 280k if you deliver in March" in activity["text"]


@pytest.mark.parametrize("name", drivers())
async def test_a_driver_tells_of_every_feature(name: str, sqlite_template: Path, tmp_path: Path) -> None:
    """Each feature is native, a fallback with its name, or not possible with the reason."""
    async with stage(name, sqlite_template, tmp_path) as here:
        said = here.chat.deviations
    assert set(said) == set(FEATURES)
    for how in said.values():
        assert how == NATIVE or how.removeprefix(FALLBACK).removeprefix(NOT_POSSIBLE) not in {"", how}
