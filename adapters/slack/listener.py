"""The one listener: everything that Slack sends, each kind on its way along the road.

It stands in bolt's chain as the last middleware rather than as a registered listener: bolt tries matchers one after
another and builds thirty arguments by name for each call, three times the work of all the rest, and nothing needs them.
"""

import traceback
from collections.abc import Awaitable, Callable
from typing import Any, assert_never

import msgspec
import structlog
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from adapters.callbacks.membership import handles_of
from adapters.slack.acknowledging import acknowledged, at_fields, offered, shown_at_once
from adapters.slack.decoding import Kind, UnreadableError, kind_of, read
from adapters.slack.home import HOME, PICK, Home
from adapters.slack.incoming import (
    PLATFORM,
    Known,
    from_command,
    from_press,
    from_said,
    from_shortcut,
    from_submission,
    from_typeahead,
)
from adapters.slack.installations import Installations
from adapters.slack.notices import cannot_save
from adapters.slack.objects import WorkObjects
from adapters.slack.outgoing import Outgoing
from adapters.slack.payloads import Details, Event, HomeOpened, Interaction, Said, Shared, SlashCommand
from adapters.slack.people import People
from adapters.slack.typed import people_named
from cards.model import InputKind
from cards.words import Words
from commands.model import Incoming, Reply
from commands.road import Accepted, Answered, Repeated, Road
from core.clock import Clock
from core.errors import StoreUnavailableError
from core.work import Database

log = structlog.get_logger()

# How the action_ids of buttons that open a page, and of those that open a form, begin.
_LINK, _FORM = "open", "form"


class Listener(AsyncMiddleware):
    """Hears payloads that were verified, by HTTP or Socket Mode alike."""

    def __init__(  # noqa: PLR0913 - what each kind of payload is answered with
        self,
        database: Database,
        installations: Installations,
        people: People,
        outgoing: Outgoing,
        clock: Clock,
        *,
        verbs: dict[str, str],
        home: Home,
        objects: WorkObjects,
    ) -> None:
        self._database = database
        self._installations = installations
        self._people = people
        self._outgoing = outgoing
        self._clock = clock
        self._verbs = verbs
        self.home = home
        self._objects = objects
        self.road: Road | None = None

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,  # noqa: ARG002 - bolt calls it by these names
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002, ARG002 - bolt calls it by these names
    ) -> BoltResponse:
        """Answers what bolt has let through."""
        return await self.hear(req.body)

    async def hear(self, payload: dict[str, Any]) -> BoltResponse:
        """Carries one payload along the road; the answer acknowledges it."""
        kind = kind_of(payload)
        try:
            return await self._by_kind(kind, payload)
        except UnreadableError:
            log.warning("payload_refused", kind=kind)
            return BoltResponse(status=400)
        except StoreUnavailableError:
            log.warning("delivery_refused", kind=kind, reason="store_unavailable")
            return self._cannot_save(kind, payload)

    async def _by_kind(self, kind: Kind, payload: dict[str, Any]) -> BoltResponse:  # noqa: PLR0911 - one per kind
        match kind:
            case Kind.COMMAND:
                return await self._command(read(payload, SlashCommand))
            case Kind.PRESS:
                return await self._press(read(payload, Interaction))
            case Kind.SHORTCUT:
                return await self._shortcut(read(payload, Interaction))
            case Kind.SUBMISSION:
                return await self._submission(read(payload, Interaction))
            case Kind.TYPEAHEAD:
                return await self._typeahead(read(payload, Interaction))
            case Kind.MESSAGE:
                return await self._message(read(payload, Event))
            case Kind.REMOVAL:
                await self._installations.forget(read(payload, Event).tenant)
                return acknowledged()
            case Kind.HOME | Kind.LINKS | Kind.DETAILS:
                return await self._beside(kind, read(payload, Event))
            case Kind.OTHER:
                return acknowledged()
            case _:
                assert_never(kind)

    # -- one per kind ------------------------------------------------------------------------------

    async def _command(self, command: SlashCommand) -> BoltResponse:
        tenant = command.team_id or command.enterprise_id
        handles = await self._handles(tenant, command.text)
        incoming = from_command(command, Known(at=self._clock.now(), verbs=self._verbs, handles=handles))
        outcome = await self._received(incoming)
        if isinstance(outcome, Answered) and outcome.reply.cards and outcome.reply.form is None:
            return acknowledged(shown_at_once(outcome.reply))
        return await self._later(incoming, outcome)

    async def _press(self, press: Interaction) -> BoltResponse:
        incoming = from_press(press, Known(at=self._clock.now()))
        action_id = press.actions[0].action_id if press.actions else ""
        if not incoming.token or action_id.startswith(_LINK):
            return acknowledged()
        if press.view and press.view.type == HOME:
            return await self._press_at_home(press, incoming)
        if action_id.startswith(_FORM) and (waiting := await self._outgoing.waiting.find(incoming)):
            incoming = msgspec.structs.replace(incoming, quoted=waiting.quoted)
            return await self._later(incoming, Answered(Reply(form=waiting.form)))
        return await self._later(incoming, await self._received(incoming))

    async def _press_at_home(self, press: Interaction, incoming: Incoming) -> BoltResponse:
        """A press on Kith's own tab is answered there: nothing is said in any conversation."""
        if press.actions[0].action_id == PICK:
            self.home.picked(incoming, press.actions[0])
            return acknowledged()
        reply = await self._the_road.answer_now(self._hinted(incoming))
        if reply.form:
            return await self._later(incoming, Answered(reply))
        self.home.answered(incoming, reply)
        return acknowledged()

    async def _beside(self, kind: Kind, event: Event) -> BoltResponse:
        """What stands beside conversations: acknowledged first, for nothing of it is to be kept."""
        match kind:
            case Kind.HOME:
                self.home.opened(event, read(event.event, HomeOpened))
            case Kind.LINKS:
                self.home.start(self._objects.unfurl(event, read(event.event, Shared)))
            case _:
                self.home.start(self._objects.present(event, read(event.event, Details)))
        return acknowledged()

    async def _shortcut(self, shortcut: Interaction) -> BoltResponse:
        said = shortcut.message
        named = people_named(said.text) if said else frozenset()
        names = {user: self._people.known(shortcut.tenant, user).name for user in named}
        if said and said.user:
            names[said.user] = (await self._people.profile(shortcut.tenant, said.user)).name
        incoming = from_shortcut(shortcut, Known(at=self._clock.now(), names=names))
        return await self._later(incoming, await self._received(incoming))

    async def _submission(self, submission: Interaction) -> BoltResponse:
        incoming = self._hinted(from_submission(submission))
        reply, accepted = await self._the_road.answer_form(incoming)
        if accepted:
            self._the_road.start(accepted)
        if not reply.ok:
            # The modal stays open with all that was typed into it.
            errors = reply.errors or {"": reply.cards[0].summary}
            return acknowledged(at_fields(errors, tuple(incoming.fields or ())))
        if reply.form:
            view = self._outgoing.view(incoming, reply.form, await self._outgoing.language_of(incoming))
            return acknowledged({"response_action": "update", "view": view})
        return acknowledged({"response_action": "clear"})

    async def _typeahead(self, question: Interaction) -> BoltResponse:
        # An action_id is the input's kind and a number: customer-1.
        kind = InputKind.MEMBER if question.action_id.startswith(InputKind.MEMBER) else InputKind.CUSTOMER
        found = await self._the_road.suggest(from_typeahead(question), kind, question.value)
        return acknowledged(offered(found))

    async def _message(self, event: Event) -> BoltResponse:
        said = read(event.event, Said)
        tenant = event.tenant
        names = {said.user: self._people.known(tenant, said.user).name}
        handles = await self._handles(tenant, said.text)
        incoming = from_said(event, said, Known(at=self._clock.now(), handles=handles, names=names))
        return await self._later(incoming, await self._received(incoming))

    async def settle(self) -> None:
        """Waits until what was heard is carried out and answered."""
        if self.road is not None:
            await self.road.settle()
        await self.home.settle()

    # -- steps -------------------------------------------------------------------------------------

    @property
    def _the_road(self) -> Road:
        if self.road is None:
            raise StoreUnavailableError("the adapter is not attached yet")
        return self.road

    async def _received(self, incoming: Incoming) -> Answered | Accepted | Repeated:
        incoming = self._hinted(incoming)
        outcome = await self._the_road.receive(incoming)
        hinted = self._hinted(incoming)
        if isinstance(outcome, Answered) and outcome.reply.error == "stranger" and hinted != incoming:
            # Slack has just told the stranger's language: the welcome is said again in it.
            return await self._the_road.receive(hinted)
        return outcome

    def _hinted(self, incoming: Incoming) -> Incoming:
        locale = self._people.known(incoming.tenant, incoming.user).locale
        return msgspec.structs.replace(incoming, language_hint=locale) if locale else incoming

    async def _later(self, incoming: Incoming, outcome: Answered | Accepted | Repeated) -> BoltResponse:
        """Acknowledges with nothing; the answer is on disk by then, and goes out behind it."""
        if isinstance(outcome, Answered):
            outcome = await self._the_road.keep(incoming, outcome.reply)
        if isinstance(outcome, Accepted):
            self._the_road.start(outcome)
        return acknowledged()

    async def _handles(self, tenant: str, text: str) -> dict[str, str]:
        """What the members mentioned in ``text`` are typed as."""
        users = people_named(text)
        return await self._database.read(lambda work: handles_of(work, PLATFORM, tenant, users)) if users else {}

    def _cannot_save(self, kind: Kind, payload: dict[str, Any]) -> BoltResponse:
        if kind is Kind.COMMAND:
            command = read(payload, SlashCommand)
            words = Words(self._people.known(command.team_id, command.user_id).language)
            return acknowledged({"response_type": "ephemeral", "text": cannot_save(words)})
        if kind is Kind.SUBMISSION:
            incoming = from_submission(read(payload, Interaction))
            words = Words(self._people.known(incoming.tenant, incoming.user).language)
            return acknowledged(at_fields({"": cannot_save(words)}, tuple(incoming.fields or ())))
        # Slack delivers events again; a press shows a warning sign.
        return BoltResponse(status=503)

    async def on_bug(self, error: Exception) -> None:
        """Told by bolt of what was raised here and should not have been: the trace has our own lines only."""
        where = "".join(traceback.format_tb(error.__traceback__))
        log.error("delivery_crashed", error=type(error).__name__, where=where)
