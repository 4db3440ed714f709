"""Feishu, wired together: the webhook or the long connection before the road, cards and calls behind it."""

from datetime import timedelta

from fastapi import APIRouter

from adapters.callbacks.onward import Onward
from adapters.feishu.api import FeishuApi
from adapters.feishu.config import FeishuConfig
from adapters.feishu.forms import KeptForms
from adapters.feishu.hearing import Hearing
from adapters.feishu.incoming import PLATFORM
from adapters.feishu.links import SideLinks
from adapters.feishu.listener import Listener, Ways
from adapters.feishu.outgoing import Outgoing
from adapters.feishu.people import People
from adapters.feishu.pressing import PATIENCE_SECONDS, Pressing
from adapters.feishu.previews import Previews
from adapters.feishu.sealing import Seal
from adapters.feishu.side import SidePanel
from adapters.feishu.socket import Socket
from adapters.feishu.webhook import Webhook
from adapters.hosts.model import Host
from commands.model import Incoming, Reply
from commands.parsing import Verbs
from commands.road import Road
from commands.sending import Address, Sending
from core.clock import Clock
from core.work import Database

# Five a second to a person or a group, the latter shared by all bots in it:
# https://open.feishu.cn/document/server-docs/im-v1/message/create
_PACE = timedelta(milliseconds=200)


class FeishuAdapter:
    """``commands.sending.Platform`` for Feishu and Lark. ``patience`` is how long a press is waited for, in seconds.

    Without ``secret_key`` there is no page beside the conversation. A long connection is held where the
    config says that this process listens.
    """

    name = PLATFORM

    def __init__(
        self,
        config: FeishuConfig,
        database: Database,
        verbs: Verbs,
        clock: Clock,
        *,
        patience: float = PATIENCE_SECONDS,
        secret_key: str = "",
    ) -> None:
        self._config = config
        self._patience = patience
        self._api = FeishuApi(config, clock)
        self._people = People(self._api, clock)
        self._forms = KeptForms(database)
        self._database = database
        self._links = SideLinks(config)
        self._outgoing = Outgoing(self._api, self._forms, database, self._links)
        listener = Listener(database, self._api, self._people, self._outgoing, verbs, language=config.language)
        self._hearing = Hearing(listener)
        held = config.socket and config.listens
        self._socket = Socket(self._api, config.api_url, self._hearing.hear, clock) if held else None
        self._webhook = Webhook(listener, Seal(config.encrypt_key), config.verification_token, clock)
        side = SidePanel(config, self._api, self._people, database, clock, secret_key=secret_key)
        self._side: tuple[Host, ...] = (side,) if config.has_side and secret_key else ()

    @property
    def hosts(self) -> tuple[Host, ...]:
        """Its side panel, where Kith is reached by https."""
        return self._side

    def attach(self, road: Road) -> None:
        """Gives the road that deliveries take."""
        language = self._config.language
        self._webhook.ways = self._hearing.ways = Ways(
            Onward(road, self.send),
            Pressing(road, self._forms, self._outgoing, language=language, patience=self._patience),
            Previews(self._database, self._people, self._links, public_url=self._config.public_url),
        )

    def router(self) -> APIRouter:
        """The route that Feishu calls; none beside a long connection, where there need be no key to verify by."""
        router = APIRouter()
        if not self._config.socket:
            self._webhook.add_to(router)
        return router

    async def start(self) -> None:
        """Begins to open the long connection, where there is one; else Feishu calls."""
        if self._socket is not None:
            self._socket.start()

    async def settle(self) -> None:
        """Waits until what was heard is carried out and answered."""
        if (ways := self._webhook.ways) is not None:
            await ways.pressing.settle()
            await ways.onward.settle()

    async def stop(self) -> None:
        """Lets what was heard be answered, and ends every connection."""
        if self._socket is not None:
            await self._socket.stop()
        await self.settle()
        await self._people.close()
        await self._api.close()

    async def send(self, incoming: Incoming, reply: Reply, key: str) -> Sending:
        """Shows the reply where its audience, and nobody else, sees it."""
        return await self._outgoing.send(incoming, reply, key)

    def pace(self, _conversation: str) -> timedelta:
        """Five messages a second."""
        return _PACE

    async def tell(self, address: Address, reply: Reply, key: str, ref: str) -> Sending:
        """Posts it where it is addressed to, or puts it in the place of the message ``ref``."""
        return await self._outgoing.tell(address, reply, key, ref)

    async def verified_email(self, incoming: Incoming) -> str:
        """The address in the company's directory, where the app may read it."""
        return (await self._people.profile("union_id", incoming.user)).email

    async def people_in(self, incoming: Incoming) -> tuple[str, ...]:
        """Everybody in the conversation; empty when they are more than 200 or Feishu does not tell."""
        return await self._people.readers(incoming.conversation) if incoming.conversation else ()
