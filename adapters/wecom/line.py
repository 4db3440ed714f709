"""One long connection of a robot (长连接): frames out and their acknowledgements, frames in. Page 101463.

A frame is JSON: ``cmd``, ``headers.req_id`` and ``body``; what acknowledges one has its ``req_id``, ``errcode`` and no
``cmd``. Nothing is encrypted inside: the line itself is TLS, and only who has the robot's secret gets one.
"""

import asyncio
import json
import secrets
from collections.abc import Callable
from typing import Any

import aiohttp

from adapters.callbacks.calls import CallError
from adapters.wecom.api import check
from adapters.wecom.reading import Payload, UnreadableError, json_object, text_of

SUBSCRIBE, PING = "aibot_subscribe", "ping"
MESSAGE, EVENT = "aibot_msg_callback", "aibot_event_callback"
RESPOND, UPDATE, SEND = "aibot_respond_msg", "aibot_respond_update_msg", "aibot_send_msg"
ACKNOWLEDGED_WITHIN = 5.0  # seconds
_ID_BYTES = 8


class Line:
    """An open connection; ``told`` is given each callback's frame, in the order in which they come."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, told: Callable[["Line", Payload], None]) -> None:
        self._socket = socket
        self._told = told
        self._waiting: dict[str, asyncio.Future[Payload]] = {}

    async def read(self) -> None:
        """Reads until the line ends; whoever waits for an acknowledgement then learns that there is none."""
        try:
            async for message in self._socket:
                if message.type is aiohttp.WSMsgType.TEXT:
                    self._read_one(message.data)
        finally:
            for waiting in self._waiting.values():
                if not waiting.done():
                    waiting.set_exception(CallError("line_ended", again=True))

    async def ask(self, command: str, body: Payload | None = None, request: str = "") -> None:
        """Sends a frame and waits until WeCom has taken it. ``request`` names the callback that is answered.

        Raises CallError: what was not acknowledged may have been taken or not.
        """
        number = request or f"{command}_{secrets.token_hex(_ID_BYTES)}"
        frame: dict[str, Any] = {"cmd": command, "headers": {"req_id": number}} | ({"body": body} if body else {})
        waiting = self._waiting[number] = asyncio.get_running_loop().create_future()
        try:
            await self._socket.send_str(json.dumps(frame, ensure_ascii=False))
            async with asyncio.timeout(ACKNOWLEDGED_WITHIN):
                check(await waiting)
        except (aiohttp.ClientError, OSError, TimeoutError) as failed:
            raise CallError(type(failed).__name__, again=True) from None
        finally:
            self._waiting.pop(number, None)

    async def close(self) -> None:
        """Hangs up."""
        await self._socket.close()

    def _read_one(self, text: str) -> None:
        try:
            frame = json_object(text)
        except UnreadableError:
            return  # not a frame: WeCom sends none such, and nothing can be said to it
        if text_of(frame, "cmd") in {MESSAGE, EVENT}:
            self._told(self, frame)
            return
        waiting = self._waiting.get(text_of(frame, "headers", "req_id"))
        if waiting is not None and not waiting.done():
            waiting.set_result(frame)
