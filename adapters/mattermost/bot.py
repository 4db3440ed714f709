"""Who Kith is on the server, and what the server can do: asked once, when it is first needed."""

import asyncio
from collections import OrderedDict

import structlog

from adapters.callbacks.calls import CallError
from adapters.mattermost.api import MattermostApi, can_look_up, has_dates
from adapters.mattermost.config import LOOKUP_PATH
from cards.renderers.mattermost import Abilities

log = structlog.get_logger()

_MOST_CHANNELS = 10_000


class Bot:
    """The bot account, and its channels with people. ``public_url`` is where the server reaches Kith."""

    def __init__(self, api: MattermostApi, public_url: str) -> None:
        self._api = api
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

    async def try_to_introduce(self) -> None:
        """As ``introduced``, at the start: a server that cannot be reached yet is asked again when it is needed."""
        try:
            await self.introduced()
        except CallError as failed:
            log.warning("mattermost_not_reached", reason=failed.reason)

    async def channel_with(self, user: str) -> str:
        """The channel between the bot and a person. Raises CallError."""
        if user not in self._channels:
            self._channels[user] = await self._api.direct(await self.introduced(), user)
            while len(self._channels) > _MOST_CHANNELS:
                self._channels.popitem(last=False)
        return self._channels[user]
