"""Who Kith is on the server, and what the server can do: asked once, when it is first needed."""

import asyncio
from collections import OrderedDict
from datetime import timedelta

import structlog

from adapters.callbacks.calls import CallError
from adapters.mattermost.api import MattermostApi, can_look_up, has_dates
from adapters.mattermost.config import LOOKUP_PATH
from cards.renderers.mattermost import Abilities
from core.clock import Clock

log = structlog.get_logger()

_MOST_CHANNELS = 10_000
_ASKED_AGAIN_AFTER = timedelta(minutes=1)


class Bot:
    """The bot account, and its channels with people. ``public_url`` is where the server reaches Kith."""

    def __init__(self, api: MattermostApi, public_url: str, clock: Clock) -> None:
        self._api = api
        self._clock = clock
        self._ask_again_at = clock.now()
        self._lookup = f"{public_url}{LOOKUP_PATH}" if public_url.startswith("https://") else ""  # it wants HTTPS
        self._turn = asyncio.Lock()
        self._channels: OrderedDict[str, str] = OrderedDict()
        self.id = ""  # empty until the server has told
        self.abilities = Abilities()

    async def introduced(self) -> str:
        """The bot's user id. Raises CallError."""
        async with self._turn:
            if not self.id:
                version = await self._api.version()
                lookup = self._lookup if can_look_up(version) else ""
                self.abilities = Abilities(dates=has_dates(version), lookup=lookup)
                self.id = (await self._api.me()).id
                log.info("mattermost_connected", version=".".join(map(str, version)))
        return self.id

    async def known_id(self) -> str:
        """The bot's user id; empty while the server does not tell, which is asked again after a minute."""
        if not self.id and self._clock.now() >= self._ask_again_at:
            try:
                await self.introduced()
            except CallError as failed:
                self._ask_again_at = self._clock.now() + _ASKED_AGAIN_AFTER
                log.warning("mattermost_not_reached", reason=failed.reason)
        return self.id

    async def channel_with(self, user: str) -> str:
        """The channel between the bot and a person. Raises CallError."""
        if user not in self._channels:
            self._channels[user] = await self._api.direct(await self.introduced(), user)
            while len(self._channels) > _MOST_CHANNELS:
                self._channels.popitem(last=False)
        return self._channels[user]
