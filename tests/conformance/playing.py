"""Plays a recorded conversation on a platform and looks at what people see on the way."""

import json
import shutil
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from core.actor import Role
from core.contacts.service import add_contact
from core.customers.service import add_customer
from core.members.model import CodePurpose, Identity, Membership
from core.members.service import add_member, create_team, create_workspace, issue_code
from core.work import Database, Work
from storage.database import open_database
from tests.conformance.chat import Chat, Repeats
from tests.conformance.drivers import drivers
from tests.kith import SteppedClock

CONVERSATION = Path(__file__).parent / "conversation.json"
# Between two things that people do; Slack's triggers, Telegram's queries and the like are fresh by then.
_PAUSE = timedelta(seconds=20)

Step = dict[str, Any]


def conversation() -> list[Step]:
    """The recorded steps. Each has ``who`` and one of ``say`` (with ``room``), ``press``, ``fill``, ``again`` and
    ``join``, which is to become a member's identity by a one-time code.

    ``sees`` are words in what is new to ``who``, ``blind`` words that are not; ``room_sees`` and ``hides`` say the same
    of everybody in the room. ``not_on`` names the platforms that have no such thing, with the reason.
    """
    steps: list[Step] = json.loads(CONVERSATION.read_text(encoding="utf-8"))["steps"]
    return steps


@dataclass(frozen=True)
class Stage:
    """A platform with people on it, on a database of its own."""

    chat: Chat
    database: Database
    clock: SteppedClock
    path: Path


@asynccontextmanager
async def stage(
    name: str, template: Path, folder: Path, *, members: tuple[str, ...] = ("wei", "mei")
) -> AsyncIterator[Stage]:
    """The platform ``name`` on a copy of the migrated ``template``, with ``members`` known there."""
    path = folder / f"{name}.db"
    shutil.copyfile(template, path)
    async with stage_on(f"sqlite:///{path}", name, path, members=members) as here:
        yield here


@asynccontextmanager
async def stage_on(
    url: str, name: str, path: Path = Path(), *, members: tuple[str, ...] = ("wei", "mei")
) -> AsyncIterator[Stage]:
    """The platform ``name`` on the empty migrated database at ``url``, which may be PostgreSQL's."""
    clock = SteppedClock()
    database = open_database(url, clock)
    await database.write(_hire)
    async with drivers()[name](database, clock) as chat:
        for who in members:
            await database.write(lambda work, who=who: _tie(work, chat, who))
        yield Stage(chat, database, clock, path)
    await database.close()  # type: ignore[attr-defined] # of the storage's own class


def _hire(work: Work) -> None:
    workspace = create_workspace(work, "Sample", language="en", zone="Asia/Shanghai")
    team = create_team(work, workspace.id, "North").id
    wei = add_member(work, workspace.id, handle="wei", name="Wei", role=Role.MANAGER, team_id=team)
    add_member(work, workspace.id, handle="mei", name="Mei", language="zh_Hans", team_id=team)
    add_member(work, workspace.id, handle="anna", name="Anna", team_id=team)
    actor = Membership(wei, workspace).actor(platform="conformance")
    for name, industry in (("Northwind", "food"), ("Acme Industries", "machines"), ("Acme Travel", "travel")):
        add_customer(work, actor, name=name, industry=industry, region="Boston")
    far = add_customer(work, actor, name="远航科技", industry="软件", region="杭州")
    add_contact(work, actor, far, name="林晓", title="采购经理")


def _tie(work: Work, chat: Chat, who: str) -> None:
    workspace = work.members.only_workspace()
    assert workspace is not None
    member = work.members.by_handle(workspace, who)
    assert member is not None
    identity = Identity(chat.name, chat.tenant, chat.user_id(who))
    if work.members.by_identity(identity) is None:
        work.members.tie(identity, member, work.now)


def _code(work: Work, who: str) -> str:
    workspace = work.members.only_workspace()
    assert workspace is not None
    member = work.members.by_handle(workspace, who)
    assert member is not None
    return issue_code(work, workspace, member.id, CodePurpose.LINK)


async def play(stage: Stage, steps: list[Step]) -> None:
    """Plays the steps. AssertionError, with what was seen instead, where somebody does not see what they should."""
    for number, step in enumerate(steps, 1):
        if stage.chat.name not in step.get("not_on", ()):
            await _step(stage, f"{stage.chat.name}, step {number} ({_told(step)})", step)
        stage.clock.forward(seconds=_PAUSE.total_seconds())


async def _step(stage: Stage, where: str, step: Step) -> None:
    before = _texts(stage, step)
    await _do(stage, step)
    await stage.chat.settle()
    seen, in_room = (_new(*pair) for pair in zip(before, _texts(stage, step), strict=True))
    _look(where, step, seen, in_room)


async def _do(stage: Stage, step: Step) -> None:
    chat, who = stage.chat, step.get("who", "")
    match step:
        case {"say": line}:
            await chat.say(who, line, room=step.get("room", False))
        case {"press": label}:
            await chat.press(who, label)
        case {"fill": values}:
            await chat.fill(who, values)
        case {"again": _}:
            if isinstance(chat, Repeats):
                await chat.again()
        case {"join": _}:
            await chat.say(who, f"link {await stage.database.write(lambda work: _code(work, who))}")
        case _:
            raise AssertionError(f"no such step: {step}")


def _texts(stage: Stage, step: Step) -> tuple[list[str], list[str]]:
    return stage.chat.seen(step["who"]), stage.chat.in_room()


def _new(before: list[str], after: list[str]) -> str:
    """What was not there before; a message that has changed is new."""
    return "\n".join((Counter(after) - Counter(before)).elements())


def _look(where: str, step: Step, seen: str, in_room: str) -> None:
    for words in step.get("sees", ()):
        assert words in seen, f"{where}: no {words!r} in {seen!r}"
    for words in step.get("blind", ()):
        assert words not in seen, f"{where}: {words!r} in {seen!r}"
    for words in step.get("room_sees", ()):
        assert words in in_room, f"{where}: no {words!r} in the room: {in_room!r}"
    for words in step.get("hides", ()):
        assert words not in in_room, f"{where}: {words!r} in the room: {in_room!r}"


def _told(step: Step) -> str:
    return " ".join(
        f"{name}={step[name]!r}" for name in ("who", "say", "press", "fill", "again", "join") if name in step
    )
