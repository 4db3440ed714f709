"""Mattermost, wired together: its routes before the road, and a bot account behind it."""

import asyncio
from datetime import timedelta

from fastapi import APIRouter

from adapters.callbacks.onward import Onward
from adapters.mattermost.api import MattermostApi
from adapters.mattermost.bare import Bare
from adapters.mattermost.bot import Bot
from adapters.mattermost.carried import Contexts
from adapters.mattermost.config import ACTION_PATH, MattermostConfig
from adapters.mattermost.dialogs import Dialogs
from adapters.mattermost.drawing import Drawing
from adapters.mattermost.incoming import PLATFORM, TENANT
from adapters.mattermost.listener import Listener
from adapters.mattermost.outgoing import Outgoing
from adapters.mattermost.people import People
from adapters.mattermost.saving import Saving
from adapters.mattermost.signature import Signing
from adapters.mattermost.webhook import Webhook
from commands.model import Incoming, Reply
from commands.parsing import Verbs
from commands.road import Road
from commands.sending import Address, Sending, Sent
from core.clock import Clock
from core.work import Database, Work

# Ten requests a second, where the limit is switched on: RateLimitSettings.PerSec.
# https://docs.mattermost.com/administration-guide/configure/rate-limiting-configuration-settings.html
_PACE = timedelta(milliseconds=100)
_UNSPEAKABLE = Sending(Sent.GONE, reason="no_bot_token")


class MattermostAdapter:
    """``commands.sending.Platform`` for Mattermost. Without a bot it answers commands, and says nothing by itself."""

    name = PLATFORM

    def __init__(self, config: MattermostConfig, database: Database, verbs: Verbs, clock: Clock) -> None:
        self._config = config
        self._database = database
        self._verbs = verbs
        self._clock = clock
        signing = Signing(config.secret_key)
        contexts = Contexts(signing, f"{config.public_url}{ACTION_PATH}")
        self._drawing = Drawing(contexts)
        self._webhook = Webhook(config.command_tokens, signing, contexts, clock)
        self._api = MattermostApi(config.api_url, config.bot_token)
        self._bot = Bot(self._api, config.public_url, clock)
        self._people = People(self._api, clock, vouched=config.vouched)
        dialogs = Dialogs(self._api, self._bot, signing, config.public_url, clock)
        self._outgoing = Outgoing(
            self._api, self._bot, self._drawing, dialogs, database=database, verbs=verbs, clock=clock
        )
        self._onward: Onward | None = None
        self._introducing: asyncio.Task[str] | None = None

    def attach(self, road: Road) -> None:
        """Gives the road that deliveries take."""
        self._onward = Onward(road, self.send)
        if not self._config.calls:
            self._webhook.taking = Bare(road, self._drawing, self._database, self._clock, self._verbs)
            return
        self._webhook.taking = Listener(
            bot=self._bot,
            people=self._people,
            drawing=self._drawing,
            outgoing=self._outgoing,
            saving=Saving(self._api, self._people, self._verbs, self._config.api_url),
            onward=self._onward,
            database=self._database,
            clock=self._clock,
            verbs={f"/{command.slash}": command.verb for command in self._verbs.commands if command.slash},
        )

    def router(self) -> APIRouter:
        """The routes that the server calls."""
        router = APIRouter()
        self._webhook.add_to(router)
        return router

    async def start(self) -> None:
        """Begins to ask the server who Kith is there; waits for no answer."""
        await self._database.write(_tie_tenant)
        if self._config.calls:
            self._introducing = asyncio.get_running_loop().create_task(self._bot.known_id())

    async def settle(self) -> None:
        """Waits until what was taken is carried out and answered."""
        if self._introducing:
            await asyncio.wait({self._introducing})
        if self._onward:
            await self._onward.settle()

    async def stop(self) -> None:
        """Lets what was taken be answered, and ends every connection."""
        if self._introducing:
            self._introducing.cancel()
            await asyncio.wait({self._introducing})
        if self._onward:
            await self._onward.settle()
        await self._api.close()

    async def send(self, incoming: Incoming, reply: Reply, key: str) -> Sending:
        """Shows the reply where its audience, and nobody else, sees it."""
        return await self._outgoing.send(incoming, reply, key) if self._config.calls else _UNSPEAKABLE

    def pace(self, _conversation: str) -> timedelta:
        """Ten messages a second."""
        return _PACE

    async def tell(self, address: Address, reply: Reply, key: str, ref: str) -> Sending:
        """Posts it where it is addressed to, or puts it in the place of the post ``ref``."""
        return await self._outgoing.tell(address, reply, key, ref) if self._config.calls else _UNSPEAKABLE

    async def verified_email(self, incoming: Incoming) -> str:
        """The address that the server vouches for."""
        return await self._people.verified_email(incoming.user) if self._config.calls else ""

    async def people_in(self, incoming: Incoming) -> tuple[str, ...]:
        """Everybody in the channel; empty when they are 200 or more, or the server does not tell."""
        if not (self._config.calls and incoming.conversation):
            return ()
        return await self._people.readers(incoming.conversation, await self._bot.known_id())


def _tie_tenant(work: Work) -> None:
    """Whoever comes by the one server of this Kith belongs to its one workspace."""
    only = work.members.only_workspace()
    if only is not None and work.members.workspace_of_tenant(PLATFORM, TENANT) is None:
        work.members.tie_tenant(PLATFORM, TENANT, only)
