"""The App Home: a customer to choose, the member's own tasks, and what came of the last press."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import msgspec
import structlog

from adapters.callbacks.replies import one_card
from adapters.slack.api import SlackApi, SlackError
from adapters.slack.incoming import PLATFORM
from adapters.slack.installations import Installations
from adapters.slack.payloads import Action, Event, HomeOpened
from adapters.slack.people import People
from cards.model import Card
from cards.renderers.slack.message import blocks
from cards.words import Words
from commands.model import Incoming, Reply
from commands.road import Road
from core.clock import Clock

log = structlog.get_logger()

PICK = "customer-home"  # a typeahead over customers, as those of forms begin
HOME = "home"

Payload = dict[str, Any]


class Home:
    """Publishes the tab. What is pressed there takes the road and is answered there."""

    def __init__(self, api: SlackApi, installations: Installations, people: People, clock: Clock) -> None:
        self._api = api
        self._installations = installations
        self._people = people
        self._clock = clock
        self._running: set[asyncio.Task[None]] = set()
        self.road: Road | None = None

    def opened(self, event: Event, opened: HomeOpened) -> None:
        """Fills the tab that somebody opened; the messages tab needs nothing."""
        if opened.tab == HOME:
            who = self._asking(event.tenant, opened.user, event.event_id)
            self.start(self._publish(who))

    def picked(self, pressed: Incoming, action: Action) -> None:
        """Shows the customer that was chosen."""
        self.start(self._publish(pressed, f"360 {action.token}"))

    def answered(self, pressed: Incoming, reply: Reply) -> None:
        """Shows what came of a press, with the tasks as they are now."""
        self.start(self._publish(pressed, answer=reply.cards))

    async def settle(self) -> None:
        """Waits until every tab is filled."""
        while self._running:
            await asyncio.gather(*self._running, return_exceptions=True)

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Does it behind the acknowledgement."""
        task = asyncio.get_running_loop().create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    def _asking(self, tenant: str, user: str, delivery: str) -> Incoming:
        hint = self._people.known(tenant, user).locale
        return Incoming(
            platform=PLATFORM,
            tenant=tenant,
            user=user,
            conversation="",
            direct=True,
            delivery=delivery,
            language_hint=hint,
        )

    async def _publish(self, who: Incoming, line: str = "", *, answer: tuple[Card, ...] = ()) -> None:
        installation = await self._installations.of(who.tenant)
        if installation is None or self.road is None:
            return
        asked = self._asking(who.tenant, who.user, who.delivery)
        first = (await self._ask(asked, line)).cards if line else answer
        tasks = await self._ask(asked, "tasks")
        # A stranger is told the same by both.
        shown = first if line and tasks.error == "stranger" else (*first, *tasks.cards)
        view = {"type": HOME, "blocks": [*_head(Words(shown[0].language)), *blocks(one_card(shown))]}
        try:
            await self._api.ask(self._api.web.views_publish(token=installation.token, user_id=who.user, view=view))
        except SlackError as failed:
            log.warning("home_not_published", reason=failed.reason)

    async def _ask(self, asked: Incoming, line: str) -> Reply:
        assert self.road is not None  # noqa: S101 - looked at by who calls
        return await self.road.answer_now(msgspec.structs.replace(asked, text=line))


def _head(words: Words) -> list[Payload]:
    placeholder = {"type": "plain_text", "text": words("Find a customer")}
    pick = {"type": "external_select", "action_id": PICK, "placeholder": placeholder, "min_query_length": 1}
    return [{"type": "actions", "block_id": "home", "elements": [pick]}, {"type": "divider"}]
