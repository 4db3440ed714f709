"""A Kith with WeCom against the stand-in, and people to talk to it."""

from collections.abc import AsyncIterator

import pytest

from core.actor import Role
from core.customers.service import add_customer
from core.members.model import Identity, Membership
from core.members.service import add_member, create_workspace
from core.work import Work
from storage.database import open_database
from tests.adapters.wecom.standin import CORP, StandIn
from tests.adapters.wecom.world import World
from tests.kith import SteppedClock


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def clock() -> SteppedClock:
    return SteppedClock()


@pytest.fixture
async def wecom(anyio_backend: str, clock: SteppedClock) -> AsyncIterator[StandIn]:
    async with StandIn(clock) as running:
        running.members |= {"Wei": {"biz_mail": "wei@kith.example"}, "Mei": {}, "Anna": {}}
        yield running


@pytest.fixture
async def world(sqlite_url: str, clock: SteppedClock, wecom: StandIn) -> AsyncIterator[World]:
    database = open_database(sqlite_url, clock)
    await database.write(_hired)
    made = World(database, clock, wecom)
    made.path = sqlite_url.removeprefix("sqlite:///")
    await made.start()
    yield made
    await made.stop()
    await database.close()


def _hired(work: Work) -> None:
    workspace = create_workspace(work, "Northwind Sales", language="en", zone="Asia/Shanghai")
    wei = add_member(work, workspace.id, handle="wei", name="Wei", role=Role.MANAGER)
    mei = add_member(work, workspace.id, handle="mei", name="Mei", language="zh")
    for member, user in ((wei, "Wei"), (mei, "Mei")):
        work.members.tie(Identity("wecom", CORP, user), member, work.now)
    actor = Membership(wei, workspace).actor(platform="wecom")
    known = (
        ("Globex", "Retail", "Shanghai"),
        ("Acme Industries", "Machines", "Berlin"),
        ("Acme Motors", "Cars", "Rome"),
    )
    for name, industry, region in known:
        add_customer(work, actor, name=name, industry=industry, region=region, phone="021-5550100")
