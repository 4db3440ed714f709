"""The chat platforms that are set up, each imported only then."""

from importlib import import_module
from typing import cast

from bots.platforms.model import Administrator, Around, Chat, Module
from bots.settings import Settings
from core.clock import Clock
from core.work import Database


def build_chats(settings: Settings, database: Database, clock: Clock, administrator: Administrator) -> list[Chat]:
    """Every platform that has settings. Raises BadSettingError where one cannot be run as it is set up."""
    around = Around(settings, database, clock, administrator)
    return [platform(name).build(around) for name in settings.platforms_on]


def build_senders(settings: Settings, database: Database, clock: Clock) -> list[Chat]:
    """The platforms of a process that sends and does not listen. Raises BadSettingError where one cannot do that."""
    around = Around(settings, database, clock, listens=False)
    return [platform(name).build(around) for name in settings.platforms_on]


def platform(name: str) -> Module:
    """How a platform is set up, imported now: one that is off costs nothing."""
    return cast("Module", import_module(f"bots.platforms.{name}"))
