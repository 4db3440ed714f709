"""Signals between processes, by PostgreSQL's LISTEN and NOTIFY."""

import asyncio
from contextlib import suppress
from typing import Any

import asyncpg

from storage.errors import DatabaseError
from storage.postgres_connection import connect
from storage.signals import Subscribers

CHANNEL = "kith"
# Seconds before a lost connection is made anew, and at most between two tries.
_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 10.0


class Listener:
    """Hears every signal on a connection of its own, which it makes anew when it is lost."""

    def __init__(self, url: str, subscribers: Subscribers) -> None:
        self._url = url
        self._subscribers = subscribers
        self._task = asyncio.get_running_loop().create_task(self._listen(), name="kith-listener")

    async def close(self) -> None:
        """Stops listening."""
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task

    async def _listen(self) -> None:
        pause = _FIRST_PAUSE
        while True:
            try:
                await self._listen_until_lost()
                pause = _FIRST_PAUSE
            except (DatabaseError, asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
                pause = min(pause * 2, _LONGEST_PAUSE)
            await asyncio.sleep(pause)

    async def _listen_until_lost(self) -> None:
        lost = asyncio.Event()
        connection = await connect(self._url)
        try:
            connection.add_termination_listener(lambda _: lost.set())
            await connection.add_listener(CHANNEL, self._hear)
            # What was signalled while nobody listened is looked for.
            self._subscribers.tell_everybody()
            await lost.wait()
        finally:
            with suppress(asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
                await connection.close(timeout=1)

    def _hear(self, _connection: Any, _process: int, _channel: str, payload: str) -> None:
        topic, _, rest = payload.partition(" ")
        self._subscribers.tell([(topic, rest)])
