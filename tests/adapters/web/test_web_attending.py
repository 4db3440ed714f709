"""Which requests others' work lets pass: those that somebody waits for, from when all of it has come."""

import asyncio
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from adapters.web.attending import Attending
from commands.traffic import Traffic

_BODY, _END = b"a line of a form", b""


class _Counting(Traffic):
    """Tells how many wait."""

    def __init__(self) -> None:
        super().__init__(patience=60)
        self.asking = self.most = 0

    def enter(self) -> None:
        super().enter()
        self.asking += 1
        self.most = max(self.most, self.asking)

    def leave(self) -> None:
        super().leave()
        self.asking -= 1


class _Asked:
    """One request to an application, its body in parts."""

    def __init__(self, app: Any, method: str = "POST") -> None:
        self.traffic = _Counting()
        self._app = Attending(app, traffic=self.traffic)
        self._scope = {"type": "http", "method": method}
        self._parts = [(_BODY, True), (_END, False)]
        self.waiting: list[int] = []

    async def _receive(self) -> Message:
        self.waiting.append(self.traffic.asking)
        body, more = self._parts.pop(0)
        return {"type": "http.request", "body": body, "more_body": more}

    async def _send(self, _message: Message) -> None:
        self.waiting.append(self.traffic.asking)

    async def _run(self) -> None:
        await self._app(self._scope, self._receive, self._send)

    def run(self) -> None:
        asyncio.run(self._run())


async def _answers(_scope: Scope, receive: Receive, send: Send) -> None:
    while (await receive())["more_body"]:
        pass
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"", "more_body": True})


async def _breaks(_scope: Scope, receive: Receive, _send: Send) -> None:
    while (await receive())["more_body"]:
        pass
    raise LookupError


async def _answers_unread(_scope: Scope, _receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 413, "headers": []})


def test_a_request_is_waited_for_from_its_last_byte_to_its_answers_first() -> None:
    """Two parts come before anybody waits; the answer's beginning is waited for, and what streams after it is not."""
    asked = _Asked(_answers)
    asked.run()
    assert asked.waiting == [0, 0, 1, 0]


def test_what_only_asks_is_waited_for_at_once() -> None:
    """A page has no body to wait for."""
    asked = _Asked(_answers_unread, "GET")
    asked.run()
    assert (asked.waiting, asked.traffic.asking) == ([1], 0)


def test_a_request_that_breaks_is_no_more_waited_for() -> None:
    """A fault of ours does not hold up everybody's work for good."""
    asked = _Asked(_breaks)
    with pytest.raises(LookupError):
        asked.run()
    assert (asked.traffic.most, asked.traffic.asking) == (1, 0)


def test_a_request_that_is_refused_unread_was_never_waited_for() -> None:
    """Nor does one that nobody reads to its end."""
    asked = _Asked(_answers_unread)
    asked.run()
    assert (asked.traffic.most, asked.traffic.asking) == (0, 0)
