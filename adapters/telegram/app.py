"""The Telegram adapter: one bot, wired to the road."""

import asyncio
from datetime import timedelta

import structlog
from fastapi import APIRouter
from telegram.error import TelegramError

from adapters.callbacks.confirming import Confirming
from adapters.hosts.model import Host
from adapters.telegram import menu
from adapters.telegram.addressing import Me
from adapters.telegram.bot import ALLOWED_UPDATES, connect
from adapters.telegram.config import Mode, TelegramConfig
from adapters.telegram.forms.conversation import Forms
from adapters.telegram.incoming import NAME
from adapters.telegram.inline import Inline
from adapters.telegram.intake import Intake
from adapters.telegram.listener import Listener
from adapters.telegram.mini_app import MiniApp
from adapters.telegram.onward import Onward
from adapters.telegram.outgoing import Outgoing
from adapters.telegram.pausing import Pauses
from adapters.telegram.polling import Polling
from adapters.telegram.presses import Presses
from adapters.telegram.sender import Sender, sending_of
from adapters.telegram.signature import secret_of
from adapters.telegram.voice import Voice
from adapters.telegram.waiting import Waiting
from adapters.telegram.webhook import PATH, webhook_router
from commands.background import Background
from commands.model import Incoming, Reply
from commands.parsing import Verbs
from commands.road import Road
from commands.sending import Address, Sending
from core.clock import Clock
from core.work import Database, Work

log = structlog.get_logger()

_PACE, _GROUP_PACE = timedelta(seconds=1), timedelta(seconds=3)


class TelegramAdapter:
    """``commands.sending.Platform`` for Telegram. ``attach`` it to the road, then ``start`` it.

    With a ``clock`` to tell stale proofs by, and a public address, it shows the page beside a conversation.
    """

    name = NAME

    def __init__(
        self,
        config: TelegramConfig,
        database: Database,
        verbs: Verbs,
        *,
        first_pause: float = 0.5,
        clock: Clock | None = None,
    ) -> None:
        self._config = config
        self._database = database
        self._verbs = verbs
        self._bot = connect(config)
        self._pauses = Pauses(first_pause)
        self._sender = Sender(self._bot)
        self._road: Road | None = None
        self._background = Background()
        self._outgoing: Outgoing | None = None
        self._intake: Intake | None = None
        self._listening = Background()
        self.ready = asyncio.Event()
        # Telegram opens Mini Apps by https alone.
        by_https = config.public_url.startswith("https://")
        self.hosts: tuple[Host, ...] = (MiniApp(config.token, clock),) if clock and by_https else ()

    def attach(self, road: Road) -> None:
        """Gives it the road, which had to be made after the platforms."""
        self._road = road
        self._background = Background(road.traffic)

    def router(self) -> APIRouter | None:
        """The webhook's route; None when updates are fetched."""
        return webhook_router(self._config, lambda: self._intake) if self._config.mode == Mode.WEBHOOK else None

    async def start(self) -> None:
        """Begins to connect, and goes on trying while Telegram cannot be reached."""
        await self._database.write(_tie_tenant)
        self._listening.start(self._run())

    async def stop(self) -> None:
        """Stops taking updates, and ends when what was taken is done with."""
        self._pauses.stop()
        await self._listening.settle()
        await self._background.settle()
        await self._bot.shutdown()

    async def send(self, incoming: Incoming, reply: Reply, key: str) -> Sending:
        """Renders and sends an answer, also in a process that takes no updates."""
        try:
            outgoing = self._outgoing or await self._introduced()
        except TelegramError as refused:
            return sending_of(refused)
        return await outgoing.send(incoming, reply, key)

    def pace(self, conversation: str) -> timedelta:
        """One message a second, and 20 a minute in a group: https://core.telegram.org/bots/faq#broadcasting-to-users."""
        return _GROUP_PACE if conversation.startswith("-") else _PACE

    async def tell(self, address: Address, reply: Reply, key: str, ref: str) -> Sending:
        """Puts what nobody asked for into a chat, or in the place of a message."""
        try:
            outgoing = self._outgoing or await self._introduced()
        except TelegramError as refused:
            return sending_of(refused)
        return await outgoing.tell(address, reply, key, ref)

    async def verified_email(self, incoming: Incoming) -> str:  # noqa: ARG002 - Telegram vouches for none
        """Telegram knows no addresses."""
        return ""

    async def people_in(self, incoming: Incoming) -> tuple[str, ...]:  # noqa: ARG002 - Telegram tells no bot
        """Telegram tells nobody who is in a group."""
        return ()

    # -- while it runs -----------------------------------------------------------------------------

    async def _run(self) -> None:
        while not self._pauses.stopped and not await self._connected():
            pass
        if not self._pauses.stopped and self._config.mode == Mode.POLLING:
            assert self._intake is not None  # noqa: S101 - made when connected
            await Polling(self._bot, self._intake, self._pauses).run()

    async def _connected(self) -> bool:
        try:
            await self._introduced()
            await self._settle_delivery()
        except TelegramError as refused:
            await self._pauses.after(refused)
            return False
        self._pauses.reset()
        self._background.start(self._offer_commands())
        self.ready.set()
        log.info("telegram_connected", mode=str(self._config.mode))
        return True

    async def _offer_commands(self) -> None:
        try:
            await menu.register(self._bot, self._verbs.commands)
            if self.hosts:
                await menu.offer_page(self._bot, self._config.public_url)
        except TelegramError as refused:
            # The commands work all the same; the menu is set again at the next start.
            log.warning("telegram_menu_not_set", error=type(refused).__name__)

    async def _settle_delivery(self) -> None:
        """Tells Telegram how updates are delivered: it refuses polling while a webhook is set."""
        if self._config.mode == Mode.POLLING:
            await self._bot.delete_webhook()
        elif self._config.public_url:
            await self._bot.set_webhook(
                f"{self._config.public_url}{PATH}",
                secret_token=secret_of(self._config),
                allowed_updates=ALLOWED_UPDATES,
            )
        else:
            log.warning("telegram_webhook_not_set", missing="KITH_PUBLIC_URL")

    async def _introduced(self) -> Outgoing:
        """What sends, once the bot knows its own name. Raises TelegramError."""
        await self._bot.initialize()
        if self._outgoing is None:
            self._outgoing = self._wired(Me(self._bot.id, self._bot.username))
        return self._outgoing

    def _wired(self, me: Me) -> Outgoing:
        assert self._road is not None  # noqa: S101 - attached before anything is sent or taken
        background, sender, database = self._background, self._sender, self._database
        forms = Forms(database, sender, self._road, background)
        confirming, waiting = Confirming(database, NAME), Waiting(database)
        voice = Voice(database, sender, background)
        outgoing = Outgoing(me, sender, forms, confirming, waiting)
        onward = Onward(self._road, forms, outgoing, voice, background)
        listener = Listener(
            bot=self._bot,
            me=me,
            verbs=self._verbs,
            forms=forms,
            presses=Presses(forms, confirming, onward, voice),
            inline=Inline(self._bot, database),
            waiting=waiting,
            onward=onward,
            voice=voice,
            background=background,
        )
        self._intake = Intake(listener.take)
        return outgoing


def _tie_tenant(work: Work) -> None:
    """Whoever comes by the one bot of this Kith belongs to its one workspace."""
    only = work.members.only_workspace()
    if only is not None and work.members.workspace_of_tenant(NAME, "") is None:
        work.members.tie_tenant(NAME, "", only)
