"""Slack, wired together: bolt in the middle, HTTP or Socket Mode before it, the road behind it."""

from datetime import timedelta

from fastapi import APIRouter
from starlette.requests import Request

from adapters.hosts.model import Host
from adapters.hosts.tickets import Tickets
from adapters.slack.api import SlackApi
from adapters.slack.bolt import bolt_app
from adapters.slack.config import SlackConfig
from adapters.slack.flexpane import Flexpane
from adapters.slack.home import Home
from adapters.slack.incoming import PLATFORM
from adapters.slack.installations import Installations
from adapters.slack.installing import Administrator, Installing
from adapters.slack.listener import Listener
from adapters.slack.manifest import slash_verbs
from adapters.slack.objects import WorkObjects
from adapters.slack.outgoing import Outgoing
from adapters.slack.own_token import OwnToken
from adapters.slack.people import People
from adapters.slack.signature import Signature
from adapters.slack.socket import Socket
from adapters.slack.telling import Telling
from adapters.slack.webhook import Webhook
from commands.model import Incoming, Reply
from commands.parsing import Verbs
from commands.road import Road
from commands.sending import Address, Sending
from commands.vault import Vault
from core.clock import Clock
from core.ids import WorkspaceId
from core.work import Database

_PACE = timedelta(seconds=1)


async def nobody(_request: Request) -> WorkspaceId | None:
    """For a Kith whose pages know no administrators."""
    return None


class SlackAdapter:
    """``commands.sending.Platform`` for Slack. ``administrator`` tells who is signed in, in a browser.

    With ``tickets`` the page beside a conversation is shown in Slack's own side pane.
    """

    name = PLATFORM

    def __init__(  # noqa: PLR0913 - what the adapter stands on
        self,
        config: SlackConfig,
        database: Database,
        vault: Vault,
        verbs: Verbs,
        clock: Clock,
        *,
        public_url: str = "",
        administrator: Administrator = nobody,
        tickets: Tickets | None = None,
    ) -> None:
        self._config = config
        self._api = SlackApi(config.api_url)
        self._installations = Installations(config, database, vault, clock)
        self._people = People(self._api, self._installations, clock)
        self._outgoing = Outgoing(self._api, self._installations, database, verbs, clock)
        self._home = Home(self._api, self._installations, self._people, clock)
        objects = WorkObjects(
            self._api,
            self._installations,
            self._people,
            database,
            clock,
            public_url=public_url,
            tickets=tickets,
        )
        self._listener = Listener(
            database,
            self._installations,
            self._people,
            self._outgoing,
            clock,
            verbs=slash_verbs(verbs.commands),
            home=self._home,
            objects=objects,
        )
        self.hosts: tuple[Host, ...] = (Flexpane(self._api, self._installations, self._people),) if tickets else ()
        self._telling = Telling(self._api, self._installations)
        app = bolt_app(self._listener)
        self._webhook = Webhook(app, Signature(config.signing_secret, clock) if config.signing_secret else None)
        self._socket = Socket(app, config.app_token, self._api) if config.app_token else None
        self._own_token = OwnToken(config.bot_token, self._api, self._installations)
        self._installing = Installing(
            config, self._api, self._installations, database, clock, public_url=public_url, administrator=administrator
        )

    def attach(self, road: Road) -> None:
        """Gives the road that deliveries take."""
        self._listener.road = road
        self._home.road = road

    def router(self) -> APIRouter:
        """The routes that Slack and an installing browser call."""
        router = APIRouter()
        self._webhook.add_to(router)
        if self._config.installs:
            self._installing.add_to(router)
        return router

    async def start(self) -> None:
        """Begins to listen where Slack is called, and to learn whose token it is; waits for neither."""
        await self._own_token.start()
        if self._socket:
            await self._socket.start()

    async def stop(self) -> None:
        """Hears nothing more, lets what was heard be answered, and ends every connection."""
        if self._socket:
            await self._socket.stop()
        await self._own_token.stop()
        await self._listener.settle()
        await self._people.close()
        await self._api.close()

    async def send(self, incoming: Incoming, reply: Reply, key: str) -> Sending:  # noqa: ARG002 - Slack takes no key
        """Shows the reply where its audience, and nobody else, sees it."""
        return await self._outgoing.send(incoming, reply)

    def pace(self, _conversation: str) -> timedelta:
        """One message a second: https://docs.slack.dev/apis/web-api/rate-limits."""
        return _PACE

    async def tell(self, address: Address, reply: Reply, key: str, ref: str) -> Sending:  # noqa: ARG002 - see above
        """Posts it where it is addressed to, or puts it in the place of the message ``ref``."""
        return await self._telling.tell(address, reply, ref)

    async def verified_email(self, incoming: Incoming) -> str:
        """The address that Slack confirmed, from a workspace that an administrator of Kith vouched for."""
        profile = await self._people.profile(incoming.tenant, incoming.user)
        installation = await self._installations.of(incoming.tenant)
        return profile.email if installation and installation.vouched else ""

    async def people_in(self, incoming: Incoming) -> tuple[str, ...]:
        """Everybody in the conversation; empty when they are more than 200 or Slack does not tell."""
        return await self._people.readers(incoming.tenant, incoming.conversation) if incoming.conversation else ()
