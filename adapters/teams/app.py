"""The Teams adapter: one bot, wired to the road."""

from datetime import timedelta

from fastapi import APIRouter

from adapters.callbacks.onward import Onward
from adapters.hosts.model import Host
from adapters.teams.api import TeamsApi
from adapters.teams.config import TeamsConfig
from adapters.teams.dialogs import Dialogs
from adapters.teams.entra import KEYS_PATH, Entra
from adapters.teams.incoming import PLATFORM
from adapters.teams.invoking import PATIENCE_SECONDS, Invokes
from adapters.teams.keys import SigningKeys
from adapters.teams.links import Links
from adapters.teams.listener import Listener, slash_verbs
from adapters.teams.outgoing import Outgoing
from adapters.teams.people import People
from adapters.teams.references import References
from adapters.teams.signature import Signature
from adapters.teams.tab import TeamsTab
from adapters.teams.views import Views
from adapters.teams.waiting import Waiting
from adapters.teams.webhook import Webhook
from commands.model import Incoming, Reply
from commands.parsing import Verbs
from commands.road import Road
from commands.sending import Address, Sending
from core.clock import Clock
from core.work import Database

# Of a bot in one conversation Teams takes 7 messages in a second, 8 in two, 60 in thirty and 1,800 in an hour; what the
# last one refuses is sent later. https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit
PACE = timedelta(milliseconds=500)


class TeamsAdapter:
    """``commands.sending.Platform`` for Teams. ``attach`` it to the road, then ``start`` it.

    ``patience`` is how many seconds an invoke may wait for its answer.
    """

    name = PLATFORM

    def __init__(
        self,
        config: TeamsConfig,
        database: Database,
        verbs: Verbs,
        clock: Clock,
        *,
        patience: float = PATIENCE_SECONDS,
    ) -> None:
        self._config, self._clock = config, clock
        self._database, self._verbs = database, verbs
        self._api = TeamsApi(config, clock)
        self._people = People(self._api)
        self._references = References(database, clock)
        self._waiting = Waiting(database)
        self._invokes = Invokes(patience)
        self._views = Views(self._api, database, self._waiting)
        self._outgoing = Outgoing(
            config,
            self._api,
            database,
            clock,
            references=self._references,
            waiting=self._waiting,
            invokes=self._invokes,
            views=self._views,
        )
        signature = Signature(config, SigningKeys(self._api.caller, config.keys_url, clock), clock)
        self._webhook = Webhook(config, signature, lambda: self._listener)
        self._listener: Listener | None = None
        self._onward: Onward | None = None

    def attach(self, road: Road) -> None:
        """Gives it the road, which had to be made after the platforms."""
        self._onward = Onward(road, self.send)
        dialogs = Dialogs(self._database, road, waiting=self._waiting, outgoing=self._outgoing, invokes=self._invokes)
        self._listener = Listener(
            self._database,
            self._onward,
            verbs=slash_verbs(self._verbs.commands),
            dialogs=dialogs,
            outgoing=self._outgoing,
            invokes=self._invokes,
            references=self._references,
            waiting=self._waiting,
            views=self._views,
            links=Links(self._config.app_id, self._config.public_url),
        )

    @property
    def hosts(self) -> tuple[Host, ...]:
        """The tab, where Kith is an app of Teams at an address that Teams may frame."""
        config = self._config
        if not config.app_id or not config.public_url.startswith("https://"):
            return ()
        keys = SigningKeys(self._api.caller, f"{config.login_url}{KEYS_PATH}", self._clock)
        return (TeamsTab(config, self._api, Entra(config, keys, self._clock), self._references),)

    def router(self) -> APIRouter:
        """The route that Teams calls."""
        return self._webhook.router()

    async def start(self) -> None:
        """Nothing is to be begun: Teams calls."""

    async def stop(self) -> None:
        """Lets what was heard be answered, and ends every connection."""
        await self.settle()
        await self._api.close()

    async def settle(self) -> None:
        """Waits until what was heard is carried out and answered."""
        if self._onward is not None:
            await self._onward.settle()

    async def send(self, incoming: Incoming, reply: Reply, key: str) -> Sending:  # noqa: ARG002 - Teams takes no key
        """Shows the reply where its audience, and nobody else, sees it."""
        return await self._outgoing.send(incoming, reply)

    def pace(self, _conversation: str) -> timedelta:
        """See ``PACE``."""
        return PACE

    async def tell(self, address: Address, reply: Reply, key: str, ref: str) -> Sending:  # noqa: ARG002 - see above
        """Posts it where it is addressed to, or puts it in the place of the message ``ref``."""
        return await self._outgoing.tell(address, reply, ref)

    async def verified_email(self, incoming: Incoming) -> str:
        """The address that the directory of an allowed tenant has for its own person."""
        return await self._people.email(incoming)

    async def people_in(self, incoming: Incoming) -> tuple[str, ...]:
        """Everybody in the conversation; empty when they are more than 500 or Teams does not tell."""
        return await self._people.readers(await self._references.placed(incoming))
