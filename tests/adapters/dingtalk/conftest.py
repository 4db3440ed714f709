"""Kith and a DingTalk for it to talk to, with the card template and without."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from core.actor import Role
from core.customers.service import add_customer
from core.members.model import Identity, Membership
from core.members.service import add_member, create_workspace
from core.work import Work
from storage.database import open_database
from tests.adapters.dingtalk.people import World, running
from tests.adapters.dingtalk.standin import CORP
from tests.kith import SteppedClock


@pytest.fixture
def anyio_backend() -> str:
    """Kith runs on asyncio."""
    return "asyncio"


@pytest.fixture
async def cards(sqlite_url: str) -> AsyncIterator[World]:
    """A seeded Kith whose answers are cards."""
    async with seeded(sqlite_url) as made:
        yield made


@pytest.fixture
async def lines(sqlite_url: str) -> AsyncIterator[World]:
    """A seeded Kith without a template, whose answers are markdown."""
    async with seeded(sqlite_url, template="") as made:
        yield made


@pytest.fixture(params=["cards", "lines"])
async def world(request: pytest.FixtureRequest, sqlite_url: str) -> AsyncIterator[World]:
    """Both, one after the other."""
    async with seeded(sqlite_url, **({} if request.param == "cards" else {"template": ""})) as made:
        yield made


@asynccontextmanager
async def seeded(url: str, **settings: Any) -> AsyncIterator[World]:
    """A Kith with people and customers, on a database of its own."""
    clock = SteppedClock()
    database = open_database(url, clock)
    await database.write(hire)
    async with running(database, clock, **settings) as made:
        yield made
    await database.close()


def hire(work: Work) -> None:
    """One workspace, three members of whom DingTalk knows two, four customers."""
    workspace = create_workspace(work, "Sample", language="en", zone="Asia/Shanghai")
    wei = add_member(work, workspace.id, handle="wei", name="Wei", role=Role.MANAGER)
    mei = add_member(work, workspace.id, handle="mei", name="Mei", language="zh_Hans")
    add_member(work, workspace.id, handle="anna", name="Anna", email="anna@kith.example")
    for member in (wei, mei):
        work.members.tie(Identity("dingtalk", CORP, member.handle), member, work.now)
    actor = Membership(wei, workspace).actor(platform="dingtalk")
    for name in ("Northwind", "Acme Industries", "Acme Travel", "远航科技"):
        add_customer(work, actor, name=name, region="Boston", phone="021-5550100")
