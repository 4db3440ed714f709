"""The table of docs/platforms.md is what the stand-ins have shown."""

import asyncio
import os
from pathlib import Path
from typing import Any

import pytest

from bots.sample.filling import fill
from cards.examples import examples
from commands.model import Command
from commands.registry import COMMANDS
from core.members.model import Identity
from core.work import Work
from storage.database import open_database
from tests.cards.every_renderer import JUDGES
from tests.conformance.drivers import drivers
from tests.conformance.playing import stage
from tests.conformance.table import BEGIN, END, Found, needs_of, table
from tests.kith import FakePlatform, Kith, People, SteppedClock

PAGE = Path(__file__).parents[2] / "docs" / "platforms.md"
SPOKEN = [command for command in COMMANDS if not command.hidden]


def _lines(command: Command[Any]) -> list[str]:
    """How it is called: alone, and as its English examples show."""
    return [command.verb, *(example for example in command.examples if example.isascii())]


def _settle(work: Work) -> People:
    fill(work, language="en", zone="Asia/Shanghai")
    workspace = work.members.only_workspace()
    assert workspace is not None
    member = work.members.by_handle(workspace, "wei")
    assert member is not None
    work.members.tie(Identity("fake", "t", "wei"), member, work.now)
    work.members.tie_tenant("fake", "t", workspace)
    return People(workspace, {"wei": member})


@pytest.fixture(scope="module")
def needs(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """What the answers to each command use, on the sample workspace."""
    path = tmp_path_factory.mktemp("needs") / "kith.db"
    path.write_bytes(sqlite_template.read_bytes())
    found = {}
    with asyncio.Runner() as runner:
        clock = SteppedClock()
        database = open_database(f"sqlite:///{path}", clock)
        kith = Kith(database, clock, FakePlatform(), runner.run(database.write(_settle)), runner)
        for command in SPOKEN:
            replies = []
            for line in _lines(command):
                for room in ("dm", "sales"):
                    replies.append(kith.say(line, user="wei", room=room))
                    clock.forward(seconds=20)
            found[command.verb] = {need for reply in replies for need in needs_of(reply)}
        runner.run(database.close())
    return found


@pytest.fixture(scope="module")
def deviations(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    """How each platform does each feature."""

    async def asked(name: str) -> dict[str, str]:
        async with stage(name, sqlite_template, tmp_path_factory.mktemp(name)) as here:
            return here.chat.deviations

    with asyncio.Runner() as runner:
        return {name: runner.run(asked(name)) for name in drivers()}


def test_the_page_is_up_to_date(deviations: dict[str, dict[str, str]], needs: dict[str, set[str]]) -> None:
    """Regenerated, the tables are the ones on the page; KITH_TABLE=1 writes them there."""
    shown = {judge.name: judge for judge in JUDGES if judge.name in deviations}
    pressable = {
        name: {example: frozenset(judge.pressable(card)) for example, card in examples("en").items()}
        for name, judge in shown.items()
    }
    made = table(Found(deviations=deviations, needs=needs, commands=SPOKEN, pressable=pressable))
    page = PAGE.read_text(encoding="utf-8")
    before, rest = page.split(BEGIN)
    _, after = rest.split(END)
    if os.environ.get("KITH_TABLE") == "1":
        PAGE.write_text(before + made + after, encoding="utf-8")
        page = PAGE.read_text(encoding="utf-8")
    assert page == before + made + after


@pytest.mark.parametrize("name", drivers())
def test_every_command_is_answered(
    name: str, needs: dict[str, set[str]], sqlite_template: Path, tmp_path: Path
) -> None:
    """Each command, as its example has it, is answered on the platform: with words, or by the form it opens."""

    async def said() -> list[str]:
        silent = []
        async with stage(name, sqlite_template, tmp_path, members=("wei", "mei", "anna")) as here:
            for command in SPOKEN:
                before = here.chat.seen("wei")
                await here.chat.say("wei", _lines(command)[-1])
                await here.chat.settle()
                here.clock.forward(seconds=20)
                if here.chat.seen("wei") == before and "forms" not in needs[command.verb]:
                    silent.append(command.verb)
        return silent

    with asyncio.Runner() as runner:
        assert runner.run(said()) == []
