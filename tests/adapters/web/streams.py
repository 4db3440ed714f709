"""An event stream read straight from the app, as a browser reads it."""

import asyncio
import json
from types import TracebackType
from typing import Any, Self

from core.members.model import Member
from tests.adapters.web.house import House

_PATIENCE = 5.0  # seconds until a test gives up


class Stream:
    """A member's page that follows ``/api/v1/events``."""

    def __init__(self, house: House, member: Member, *, after: str = "", last_event_id: str = "") -> None:
        self._runner = house.runner
        self._app = house.app
        self._browser = house.browser(member)
        self._query = f"after={after}".replace("+", "%2B")
        self._last = last_event_id
        self._chunks: list[bytes] = []
        self._came = asyncio.Event()
        self._gone = asyncio.Event()

    @property
    def raw(self) -> str:
        """Everything that has come."""
        return b"".join(self._chunks).decode()

    def __enter__(self) -> Self:
        self._runner.run(self._open())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._runner.run(self._close())

    def messages(self, until: str = "") -> list[dict[str, Any]]:
        """The messages told so far, once one with the text ``until`` has come."""
        if until:
            self._runner.run(self._wait(lambda: f'"text":"{until}"' in self.raw))
        return [json.loads(data) for kind, data in self._events() if kind == "message"]

    def text(self, until: str) -> str:
        """Everything told, once a message with the text ``until`` has come."""
        self.messages(until)
        return self.raw

    def last_event_id(self) -> str:
        """The id of the last event, with which a browser connects again."""
        return self.raw.rpartition("\nid: ")[2].partition("\n")[0]

    def wait_for_end(self) -> None:
        """Waits until the server ends the stream."""

        async def ended() -> None:
            await asyncio.wait_for(asyncio.shield(self._task), _PATIENCE)

        self._runner.run(ended())

    def _events(self) -> list[tuple[str, str]]:
        found = []
        for block in self.raw.split("\n\n"):
            lines = dict(line.partition(": ")[::2] for line in block.splitlines())
            if "event" in lines:
                found.append((lines["event"], lines["data"]))
        return found

    async def _open(self) -> None:
        cookie = f"kith={self._browser.client.cookies['kith']}".encode()
        headers = [(b"host", b"kith.test"), (b"cookie", cookie)]
        if self._last:
            headers.append((b"last-event-id", self._last.encode()))
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": "/api/v1/events",
            "raw_path": b"/api/v1/events",
            "query_string": self._query.encode(),
            "root_path": "",
            "headers": headers,
            "server": ("kith.test", 80),
            "client": ("127.0.0.1", 1),
        }
        self._task = asyncio.create_task(self._app(scope, self._receive, self._send))
        await self._wait(lambda: "event: rooms" in self.raw)

    async def _close(self) -> None:
        self._gone.set()
        await asyncio.wait_for(self._task, _PATIENCE)

    async def _receive(self) -> dict[str, Any]:
        if not self._chunks and not self._gone.is_set() and not self._came.is_set():
            self._came.set()
            return {"type": "http.request", "body": b"", "more_body": False}
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Any) -> None:
        self._chunks.append(message.get("body", b""))
        self._came.set()

    async def _wait(self, there: Any) -> None:
        async with asyncio.timeout(_PATIENCE):
            while not there():
                self._came.clear()
                await self._came.wait()
