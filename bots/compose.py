"""The composition root: settings become one wired process. What is not asked for is not imported."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Protocol

from bots.clock import SystemClock
from bots.keys import secret_key
from bots.settings import Settings
from commands.dispatch import Dispatcher
from commands.registry import VERBS
from commands.road import Platform, Road
from commands.sealing import Sealer
from core.work import Database
from storage.database import open_database
from storage.migrating import is_current, upgrade


class Attached(Platform, Protocol):
    """A platform that is given the road it belongs to."""

    def attach(self, road: Road) -> None:
        """Gives the adapter the road."""
        ...


def bring_up_to_date(settings: Settings) -> None:
    """Makes the database what this release expects. Blocks, and is not for a running event loop."""
    if not is_current(settings.database_url):
        upgrade(settings.database_url)


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Database]:
    """The database, closed at the end."""
    database = open_database(settings.database_url, SystemClock())
    try:
        yield database
    finally:
        await database.close()


def build_road(settings: Settings, database: Database, platforms: Iterable[Attached], *, public_url: str = "") -> Road:
    """The road over ``database`` with every platform attached to it."""
    sealer = Sealer(secret_key(settings))
    dispatcher = Dispatcher(database, VERBS, sealer, public_url=public_url or settings.public_url)
    by_name = {platform.name: platform for platform in platforms}
    road = Road(database, dispatcher, by_name)
    for platform in by_name.values():
        platform.attach(road)
    return road
