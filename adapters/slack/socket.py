"""Socket Mode: Kith calls Slack and is told over that connection, so that it needs no public address."""

import asyncio

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp

from adapters.slack.api import SlackApi, quiet_logger

_PING_SECONDS = 10
# The address that Slack gives for a connection is good for half a minute; the SDK would try a stale one for ever.
_CONNECT_SECONDS = 40


class Socket:
    """One connection, made again by the SDK whenever it ends. What is not acknowledged Slack sends once more."""

    def __init__(self, app: AsyncApp, app_token: str, api: SlackApi) -> None:
        self._app = app
        self._app_token = app_token
        self._api = api
        self._connecting: asyncio.Task[AsyncSocketModeHandler] | None = None

    async def start(self) -> None:
        """Begins to connect and returns: a Slack that cannot be reached is tried until it can."""
        self._connecting = asyncio.create_task(self._connect())

    async def stop(self) -> None:
        """Ends the connection."""
        if self._connecting is None:
            return
        self._connecting.cancel()
        for handler in await asyncio.gather(self._connecting, return_exceptions=True):
            if isinstance(handler, AsyncSocketModeHandler):
                await _close(handler)

    async def _connect(self) -> AsyncSocketModeHandler:
        while True:
            handler = self._new_handler()
            try:
                await asyncio.wait_for(
                    handler.connect_async(),  # type: ignore[no-untyped-call]  # bolt annotates no return
                    _CONNECT_SECONDS,
                )
            except (TimeoutError, asyncio.CancelledError) as ended:
                await _close(handler)
                if isinstance(ended, asyncio.CancelledError):
                    raise
            else:
                return handler

    def _new_handler(self) -> AsyncSocketModeHandler:
        handler = AsyncSocketModeHandler(
            self._app,
            self._app_token,
            logger=quiet_logger(),
            web_client=self._api.new_client(),
            ping_interval=_PING_SECONDS,
        )
        handler.client.proxy = self._api.proxy
        return handler


async def _close(handler: AsyncSocketModeHandler) -> None:
    await handler.close_async()  # type: ignore[no-untyped-call]  # bolt annotates no return
    client = handler.client
    tasks = (client.message_processor, client.current_session_monitor, client.message_receiver)
    await asyncio.gather(*(task for task in tasks if task), return_exceptions=True)
