"""The WeCom adapter: one company's application and robot, wired to the road."""

import asyncio
from datetime import timedelta

import structlog
from fastapi import APIRouter

from adapters.callbacks.calls import CallError
from adapters.callbacks.confirming import Confirming
from adapters.callbacks.onward import Onward
from adapters.hosts.model import Host
from adapters.wecom.api import WecomApi
from adapters.wecom.config import WecomConfig
from adapters.wecom.contacts import Contacts
from adapters.wecom.forms import Forms
from adapters.wecom.incoming import NAME, decode
from adapters.wecom.listener import Listener
from adapters.wecom.menu import menu
from adapters.wecom.outgoing import Outgoing
from adapters.wecom.reading import Payload
from adapters.wecom.robot import Robot, Spoken
from adapters.wecom.robot_incoming import decode_robot
from adapters.wecom.sender import Sender
from adapters.wecom.side import DOOR_PATH, Toolbar
from adapters.wecom.signature import Gate
from adapters.wecom.socket import Pause, Socket
from adapters.wecom.webhook import application_router, domain_router, robot_router
from commands.model import Incoming, Reply
from commands.parsing import Verbs
from commands.road import Road
from commands.sending import Address, Sending
from core.clock import Clock
from core.work import Database, Work

log = structlog.get_logger()

# At most 30 messages a minute to a member; what is beyond is dropped without a word (page 90236).
_PACE = timedelta(seconds=2)
_PATIENCE = 0.8  # seconds that a stranger's first message may wait for the directory


class WecomAdapter:
    """``commands.sending.Platform`` for WeCom. ``attach`` it to the road, then ``start`` it.

    Raises ValueError for a key that is none.
    """

    name = NAME

    def __init__(
        self,
        config: WecomConfig,
        database: Database,
        verbs: Verbs,
        clock: Clock,
        *,
        secret_key: str = "",
        pause: Pause = asyncio.sleep,
    ) -> None:
        self._config = config
        self._database = database
        self._verbs = verbs
        self._api = WecomApi(config, clock)
        self._sender = Sender(self._api)
        self._gate = Gate(config.token, config.key, config.corp_id, clock)
        self._robot_gate = Gate(config.robot_token, config.robot_key, "", clock) if config.has_robot else None
        self._socket = self._new_socket(clock, pause) if config.has_line else None
        by_https = config.public_url.startswith("https://")
        # Of no other address does WeCom's script tell the conversation, and no other cookie is one browser's alone.
        page = Toolbar(config, self._api, database, clock, secret_key) if secret_key and by_https else None
        self.hosts: tuple[Host, ...] = (page,) if page else ()
        self._starting: asyncio.Task[None] | None = None

    def attach(self, road: Road) -> None:
        """Gives it the road, which had to be made after the platforms."""
        confirming = Confirming(self._database, NAME)
        forms = Forms(self._database, self._sender, road)
        speak = self._socket.speak if self._socket else None
        self._outgoing = Outgoing(self._api, self._sender, forms, confirming, speak)
        self._onward = Onward(road, self._outgoing.send)
        self.contacts = Contacts(self._api, self._database, self._onward)
        self._listener = Listener(
            database=self._database,
            onward=self._onward,
            forms=forms,
            confirming=confirming,
            contacts=self.contacts.take,
        )
        self._robot = Robot(
            database=self._database,
            onward=self._onward,
            outgoing=self._outgoing,
            forms=forms,
            confirming=confirming,
            sender=self._sender,
        )

    def router(self) -> APIRouter:
        """The application's route, and the robot's where there is one."""
        router = APIRouter()
        router.include_router(application_router(self._gate, self._told))
        if self._robot_gate is not None:
            router.include_router(robot_router(self._robot_gate, self._robot_told, self._robot_lost))
        if self._config.domain_proof:
            router.include_router(domain_router(self._config.domain_proof))
        return router

    async def start(self) -> None:
        """Ties the company to the only workspace there is, and puts up the menu beside whatever comes in."""
        language = await self._database.write(self._tie_tenant)
        self._starting = asyncio.get_running_loop().create_task(self._put_up_menu(language))
        self.contacts.start()
        if self._socket is not None and self._config.listens:
            self._socket.start()  # what a process without a line has to say over it, another one says

    async def stop(self) -> None:
        """Ends when what was taken is done with."""
        if self._socket is not None:
            await self._socket.stop()
        await self.contacts.stop()
        await self.settle()
        await self._api.close()

    async def settle(self) -> None:
        """Until nothing is under way."""
        if self._starting is not None:
            await asyncio.wait({self._starting})
        if self._socket is not None:
            await self._socket.settle()
        await self._onward.settle()

    # -- the platform ------------------------------------------------------------------------------

    async def send(self, incoming: Incoming, reply: Reply, key: str) -> Sending:
        """Renders and sends an answer."""
        return await self._outgoing.send(incoming, reply, key)

    async def tell(self, address: Address, reply: Reply, key: str, ref: str) -> Sending:
        """Says what nobody asked for."""
        return await self._outgoing.tell(address, reply, key, ref)

    def pace(self, conversation: str) -> timedelta:  # noqa: ARG002 - the same for everybody
        """What a member may be sent."""
        return _PACE

    async def verified_email(self, incoming: Incoming) -> str:
        """The company's own mailbox, which only an administrator gives: what members may change vouches for nobody."""
        if incoming.tenant != self._config.corp_id:
            return ""
        try:
            async with asyncio.timeout(_PATIENCE):
                found = await self._api.member(incoming.user)
        except (CallError, TimeoutError):
            return ""
        mailbox = found.get("biz_mail")
        return mailbox if isinstance(mailbox, str) else ""

    async def people_in(self, incoming: Incoming) -> tuple[str, ...]:  # noqa: ARG002 - WeCom tells no robot
        """WeCom tells nobody who is in a robot's group."""
        return ()

    # -- what comes in -----------------------------------------------------------------------------

    async def _told(self, payload: Payload) -> None:
        event = decode(payload, self._config.corp_id)
        if event is not None:
            await self._listener.take(event)

    async def _robot_lost(self, spoken: Spoken) -> None:
        await self._robot.lost(spoken)

    def _new_socket(self, clock: Clock, pause: Pause) -> Socket:
        return Socket(self._config, self._database, clock, take=self._robot_told, lost=self._robot_lost, pause=pause)

    async def _robot_told(self, payload: Payload) -> Spoken | None:
        event = decode_robot(payload, self._config.corp_id, self._verbs)
        return await self._robot.take(event) if event is not None else None

    async def _put_up_menu(self, language: str) -> None:
        page = f"{self._config.public_url}{DOOR_PATH}" if self.hosts else ""
        try:
            await self._api.set_menu(menu(language, page=page))
        except CallError as failed:
            # The commands work all the same; the menu is put up again at the next start.
            log.warning("wecom_menu_not_set", reason=failed.reason)

    def _tie_tenant(self, work: Work) -> str:
        """Whoever comes by the one company of this Kith belongs to its one workspace, whose language is returned."""
        only = work.members.only_workspace()
        if only is None:
            return "en"
        if work.members.workspace_of_tenant(NAME, self._config.corp_id) is None:
            work.members.tie_tenant(NAME, self._config.corp_id, only)
        workspace = work.members.workspace(only)
        return workspace.language if workspace else "en"
