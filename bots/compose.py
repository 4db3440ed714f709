"""The composition root: settings become one wired process. What is not asked for is not imported."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Protocol

from bots.clock import SystemClock
from bots.keys import secret_key
from bots.leases import own_name
from bots.settings import Settings
from commands.carrying import Carrier
from commands.dispatch import Dispatcher
from commands.leases import EXTEND_EVERY
from commands.mailing import Mailer
from commands.notices import Notifier
from commands.registry import VERBS
from commands.road import Road
from commands.sealing import Sealer
from commands.sending import Platform
from core.work import Database
from storage.database import open_database
from storage.migrating import is_current, upgrade

if TYPE_CHECKING:
    from storage.name_index.holding import NameIndexes


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
async def opened(settings: Settings, indexes: "NameIndexes | None" = None) -> AsyncIterator[Database]:
    """The database, closed at the end. ``indexes`` are the names that the process is to hold in memory."""
    database = open_database(settings.database_url, SystemClock(), indexes)
    try:
        yield database
    finally:
        await database.close()


def build_road(settings: Settings, database: Database, platforms: Iterable[Attached], *, public_url: str = "") -> Road:
    """The road over ``database`` with every platform attached to it."""
    by_name = {platform.name: platform for platform in platforms}
    road = wire(database, Sealer(secret_key(settings)), by_name, public_url=public_url or settings.public_url)
    for platform in by_name.values():
        platform.attach(road)
    return road


def wire(  # noqa: PLR0913 - time and chance are parameters
    database: Database,
    sealer: Sealer,
    platforms: Mapping[str, Platform],
    *,
    public_url: str = "",
    chance: Callable[[], float] = random.random,
    rest: Callable[[float], Awaitable[None]] = asyncio.sleep,
    extend_every: float = EXTEND_EVERY,
) -> Road:
    """The road of one process. ``chance`` (0 to 1) spreads the waits before a job is tried again, ``rest`` waits."""
    dispatcher = Dispatcher(database, VERBS, sealer, public_url=public_url)
    notifier = Notifier(sealer, public_url=public_url)
    mailer = Mailer(database, platforms, chance=chance, rest=rest)
    return Road(
        database,
        dispatcher,
        Carrier(database, dispatcher, notifier, mailer, holder=own_name(), extend_every=extend_every),
    )
