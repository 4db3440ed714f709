"""Telegram, from its settings."""

from collections.abc import Iterator

from adapters.telegram.app import TelegramAdapter
from adapters.telegram.config import TelegramConfig
from bots.errors import BadSettingError
from bots.platforms.model import Around, Chat, Finding
from bots.settings import Settings, shown
from commands.registry import VERBS


def build(around: Around) -> Chat:
    """Telegram. Raises BadSettingError for polling in a process that takes nothing."""
    settings = around.settings
    if not around.listens and settings.telegram_mode == "polling":
        raise BadSettingError("KITH_TELEGRAM_MODE is polling, which one process alone can do; kith serve does it")
    config = TelegramConfig(
        token=shown(settings.telegram_token),
        secret=shown(settings.telegram_secret),
        mode=settings.telegram_mode,
        api_url=settings.telegram_api_url,
        public_url=settings.public_url,
    )
    return TelegramAdapter(config, around.database, VERBS, clock=around.clock)


def findings(settings: Settings) -> Iterator[Finding]:
    """How Telegram reaches Kith."""
    if settings.telegram_mode == "webhook" and not settings.public_url:
        yield Finding("Telegram", "warning", "webhook", "set KITH_PUBLIC_URL, or register the webhook by hand")
    else:
        yield Finding("Telegram", "ok", settings.telegram_mode, "")
