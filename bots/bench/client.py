"""A small HTTP/1.1 client that costs next to nothing, so that what is measured is the server."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered, and how long it took from the first byte sent to the last received, in seconds."""

    status: int
    body: bytes
    seconds: float


class Connection:
    """One kept-alive connection."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port

    async def __aenter__(self) -> Self:
        self._reader, self._writer = await asyncio.open_connection(self._host, self._port)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._writer.close()
        await self._writer.wait_closed()

    async def send(self, request: bytes) -> Answer:
        """Sends a whole request and reads its answer, which must say its Content-Length."""
        started = time.perf_counter()
        self._writer.write(request)
        head = await self._reader.readuntil(b"\r\n\r\n")
        length = next(int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        body = await self._reader.readexactly(length)
        return Answer(int(head[9:12]), body, time.perf_counter() - started)


async def one_by_one(host: str, port: int, count: int, make: Callable[[int], bytes]) -> list[Answer]:
    """``count`` requests over one connection, each after the answer to the one before."""
    async with Connection(host, port) as connection:
        return [await connection.send(make(number)) for number in range(count)]


async def per_second(host: str, port: int, count: int, make: Callable[[int], bytes], *, clients: int = 10) -> float:
    """Requests a second with several clients at once."""

    async def some(first: int) -> None:
        async with Connection(host, port) as connection:
            for number in range(first, count, clients):
                await connection.send(make(number))

    started = time.perf_counter()
    await asyncio.gather(*(some(first) for first in range(clients)))
    return count / (time.perf_counter() - started)
