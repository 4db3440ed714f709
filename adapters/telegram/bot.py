"""The connection to the Bot API: python-telegram-bot's Bot, kept quiet, with updates left as they came."""

import logging
import os
import ssl
from datetime import timedelta
from functools import cache
from typing import Any, cast

import httpx
from telegram import Bot
from telegram.constants import UpdateType
from telegram.error import RetryAfter
from telegram.request import HTTPXRequest

from adapters.telegram.config import TelegramConfig

# Edited messages, posts in channels and everything else are not asked for.
ALLOWED_UPDATES = (UpdateType.MESSAGE, UpdateType.CALLBACK_QUERY, UpdateType.INLINE_QUERY)
BATCH = 100  # the most that getUpdates returns

_CONNECTIONS = 32
_READ_SECONDS = 10.0
# Their messages quote the address, which holds the token, and the payload, which holds people's words.
_TALKATIVE = {"httpx": logging.WARNING, "httpcore": logging.WARNING, "telegram": logging.CRITICAL + 1}
# Without this the library warns of a change to come each time Telegram asks it to wait.
_DURATIONS = "PTB_TIMEDELTA"


class Connection(Bot):
    """A bot that hands out updates undecoded, so that one it cannot read does not hold back those behind it."""

    async def take_updates(self, offset: int, wait: timedelta, *, limit: int = BATCH) -> list[dict[str, Any]]:
        """Updates from ``offset`` on, waiting for the first one; asking for an offset confirms what is before it."""
        asked = {
            "offset": offset,
            "limit": limit,
            "timeout": int(wait.total_seconds()),
            "allowed_updates": ALLOWED_UPDATES,
        }
        taken = await self._post("getUpdates", asked, read_timeout=_READ_SECONDS + wait.total_seconds())
        return cast("list[dict[str, Any]]", taken)


def connect(config: TelegramConfig) -> Connection:
    """The bot of ``config``; nothing is sent yet."""
    os.environ.setdefault(_DURATIONS, "true")
    for name, level in _TALKATIVE.items():
        logging.getLogger(name).setLevel(level)
    return Connection(
        config.token,
        base_url=f"{config.api_url}/bot",
        base_file_url=f"{config.api_url}/file/bot",
        request=_requests(_CONNECTIONS),
        get_updates_request=_requests(2),
    )


def asked_wait(refused: RetryAfter) -> timedelta:
    """How long Telegram asks to wait; the library tells it in one of two ways, by its settings."""
    wait = refused.retry_after
    return wait if isinstance(wait, timedelta) else timedelta(seconds=wait)


def _requests(connections: int) -> HTTPXRequest:
    return HTTPXRequest(
        connection_pool_size=connections,
        read_timeout=_READ_SECONDS,
        pool_timeout=_READ_SECONDS,
        httpx_kwargs={"verify": _trusted()},
    )


@cache
def _trusted() -> ssl.SSLContext:
    """The certificates to trust, read once: that takes longer than everything else here together."""
    return httpx.create_ssl_context()
