"""DingTalk, wired together."""

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog
from fastapi import APIRouter

from adapters.callbacks.calls import CallError
from adapters.callbacks.onward import Onward
from adapters.dingtalk.api import Api
from adapters.dingtalk.config import DingTalkConfig
from adapters.dingtalk.confirming import Confirming
from adapters.dingtalk.forms import Forms
from adapters.dingtalk.incoming import NAME
from adapters.dingtalk.interactive import Interactive
from adapters.dingtalk.listener import Listener
from adapters.dingtalk.outgoing import Outgoing
from adapters.dingtalk.people import People
from adapters.dingtalk.presses import Presses
from adapters.dingtalk.robot import Robot, Target
from adapters.dingtalk.side import SidePanel
from adapters.dingtalk.webhook import Webhook
from adapters.hosts.model import Host
from commands.model import Incoming, Reply
from commands.parsing import Verbs
from commands.road import Road
from commands.sending import Address, Sending
from core.clock import Clock
from core.work import Database, Work

if TYPE_CHECKING:
    from adapters.dingtalk.stream import Stream

log = structlog.get_logger()

# A robot may send 20 messages a minute to a group, and is held back for ten minutes beyond that.
_GROUP_PACE, _PACE = timedelta(seconds=3), timedelta(seconds=1)
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 300.0  # seconds between tries to register


class DingTalkAdapter:
    """``commands.sending.Platform`` for DingTalk. ``attach`` it to the road, then ``start`` it."""

    name = NAME

    def __init__(
        self, config: DingTalkConfig, database: Database, verbs: Verbs, clock: Clock, *, listens: bool = True
    ) -> None:
        self._config = config
        self._listens = listens
        self._database = database
        self._verbs = verbs
        self._clock = clock
        self._api = Api(config, clock)
        self._people = People(self._api)
        self._interactive = Interactive(self._api, config)
        self._forms = Forms(database, verbs)
        self._confirming = Confirming(database)
        robot = Robot(self._api, config, clock)
        self._outgoing = Outgoing(robot, self._interactive, self._forms, self._confirming, database)
        self._registering: asyncio.Task[None] | None = None
        self._stream: Stream | None = None
        self.onward: Onward | None = None
        self._listener: Listener | None = None
        self._presses: Presses | None = None

    def attach(self, road: Road) -> None:
        """Gives the road that deliveries take."""
        self.onward = Onward(road, self._outgoing.send)
        self._presses = Presses(self.onward, self._outgoing, self._forms, self._confirming, self._database)
        self._listener = Listener(self.onward, self._forms, self._confirming, self._presses, self._database)

    def router(self) -> APIRouter:
        """The routes that DingTalk calls."""
        assert self._listener is not None and self._presses is not None  # noqa: S101, PT018 - attached before
        webhook = Webhook(self._config, self._verbs, self._clock, hear=self._listener.take, presses=self._presses)
        return webhook.router()

    @property
    def hosts(self) -> tuple[Host, ...]:
        """The page beside a conversation, for the organisation that is named: a code does not say of which it is."""
        ready = self._config.corp_id and self._config.public_url.startswith("https://")
        return (SidePanel(self._config, self._api, self._clock),) if ready else ()

    async def start(self) -> None:
        """Begins to tell DingTalk where presses are to be brought; waits for nothing."""
        if self._config.corp_id:
            await self._database.write(self._tie_tenant)
        if self._config.stream and self._listens:
            self._stream = self._connected()
            self._stream.start()
        elif self._interactive.on and not self._config.stream:
            self._registering = asyncio.get_running_loop().create_task(self._register())

    async def stop(self) -> None:
        """Lets what was heard be answered, and ends every connection."""
        if self._stream is not None:
            await self._stream.stop()
        if self._registering is not None:
            self._registering.cancel()
            await asyncio.gather(self._registering, return_exceptions=True)
        if self.onward is not None:
            await self.onward.settle()
        await self._api.close()

    async def send(self, incoming: Incoming, reply: Reply, key: str) -> Sending:
        """Shows the reply where its audience, and nobody else, sees it."""
        return await self._outgoing.send(incoming, reply, key)

    def pace(self, conversation: str) -> timedelta:
        """20 messages a minute in a group: https://open.dingtalk.com/document/orgapp/custom-robot-access."""
        return _PACE if Target.of_id(conversation).direct else _GROUP_PACE

    async def tell(self, address: Address, reply: Reply, key: str, ref: str) -> Sending:
        """Puts what nobody asked for into a chat, or in the place of the card ``ref``."""
        return await self._outgoing.tell(address, reply, key, ref)

    async def verified_email(self, incoming: Incoming) -> str:
        """The mailbox that the organisation gave out, for an organisation that an administrator of Kith named."""
        if not self._config.corp_id or incoming.tenant != self._config.corp_id:
            return ""
        return await self._people.organisation_email(incoming)

    async def people_in(self, incoming: Incoming) -> tuple[str, ...]:  # noqa: ARG002 - no robot is told
        """DingTalk tells a robot who is in a group only of groups that an app made from a template of its own."""
        return ()

    def _connected(self) -> "Stream":
        from adapters.dingtalk.stream import Stream  # noqa: PLC0415 - aiohttp takes a while, and HTTP needs none of it
        from adapters.dingtalk.stream_frames import Frames  # noqa: PLC0415 - see above

        assert self._listener is not None and self._presses is not None  # noqa: S101, PT018 - attached before
        frames = Frames(self._config.corp_id, self._verbs, hear=self._listener.take, presses=self._presses)
        return Stream(self._config, self._api, frames)

    async def _register(self) -> None:
        pause = _FIRST_PAUSE
        while True:
            try:
                await self._interactive.register()
            except CallError as failed:
                log.warning("dingtalk_callback_not_registered", reason=failed.reason)
                if not failed.again:
                    return
            else:
                return
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)

    def _tie_tenant(self, work: Work) -> None:
        """The one organisation of this app belongs to the one workspace of this Kith."""
        only = work.members.only_workspace()
        if only is not None and work.members.workspace_of_tenant(NAME, self._config.corp_id) is None:
            work.members.tie_tenant(NAME, self._config.corp_id, only)
