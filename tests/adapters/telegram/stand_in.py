"""The emulated Telegram on a free port, with faults to order, and what tests ask of it."""

import asyncio
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Self

from aiohttp import web

from bots.emulators.telegram.model import BotApiError, Json, Message
from bots.emulators.telegram.server import BOT, TelegramServer, loaded
from core.clock import Clock

PATIENCE = 10.0  # seconds before a test that waits for the bot gives up
DATE = 1_795_485_600  # 24 November 2026


class StandIn(TelegramServer):
    """It listens. ``faults`` are answered, once each, instead of carrying a method out: "gateway", "broken" or a
    refusal; ``calls`` has what was called.
    """

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self.calls: list[tuple[str, Json]] = []
        self.faults: dict[str, list[BotApiError | str]] = {}
        self.url = ""
        app = web.Application(middlewares=[self._faulty])
        app.add_routes(self.routes())
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._runner.cleanup()

    async def until(self, happened: Callable[[], bool]) -> None:
        """Waits, without polling, until something has happened here."""
        async with asyncio.timeout(PATIENCE), self.updates.changed:
            await self.updates.changed.wait_for(happened)

    def said(self, chat_id: int) -> list[Message]:
        """The bot's messages in a chat, in order."""
        return [message for message in self.chats[chat_id].messages.values() if message.by_bot]

    def last(self, chat_id: int) -> Message:
        """The bot's last message in a chat."""
        return self.said(chat_id)[-1]

    def called(self, method: str) -> list[Json]:
        """What a method was called with, each time."""
        return [parameters for name, parameters in self.calls if name == method]

    @web.middleware
    async def _faulty(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        method = request.match_info["method"]
        self.calls.append((method, loaded(await request.post())))
        faults = self.faults.get(method)
        return _failed(faults.pop(0), request) if faults else await handler(request)


def _failed(fault: BotApiError | str, request: web.Request) -> web.Response:
    if isinstance(fault, BotApiError):
        return fault.response()
    if fault == "gateway":
        return web.Response(status=502, text="<html>Bad Gateway</html>")
    assert request.transport is not None
    request.transport.close()  # the connection breaks
    return web.Response()


def from_bot(message: Message) -> Json:
    """One of the bot's messages, as the target of a reply."""
    chat = {"id": message.chat, "type": "group"}
    return {"message_id": message.id, "date": DATE, "from": BOT, "chat": chat, "text": message.text}
