"""What Teams sends, each kind on its way along the road, and what an invoke is answered with."""

from collections.abc import Iterable

import msgspec
import structlog

from adapters.callbacks.membership import handles_of, words_of
from adapters.callbacks.onward import Onward
from adapters.teams import notices
from adapters.teams.api import Json
from adapters.teams.bodies import card_body, message_body, search_body
from adapters.teams.dialogs import Dialogs
from adapters.teams.incoming import PLATFORM, from_press, from_said, incoming_of
from adapters.teams.invoking import Invokes
from adapters.teams.links import QUERIES, Links
from adapters.teams.outgoing import Outgoing, is_private
from adapters.teams.payloads import Activity
from adapters.teams.references import References
from adapters.teams.searching import found
from adapters.teams.typed import is_called, mentioned
from adapters.teams.views import Views
from adapters.teams.waiting import Waiting, forget_answer
from cards.model import InputKind
from cards.renderers.teams import adaptive
from cards.renderers.teams.elements import REFRESH, VIEW
from cards.words import Words
from commands.model import Command, Incoming, Reply
from commands.road import Accepted, Answered
from core.errors import StoreUnavailableError
from core.work import Database, Work

log = structlog.get_logger()

_ARRIVALS = {"installationUpdate", "conversationUpdate"}
_QUERY_MAX = 200  # letters


def slash_verbs(commands: Iterable[Command[object]]) -> dict[str, str]:
    """The verbs of short commands: ``/visit`` is ``visit``."""
    return {f"/{command.slash}": command.verb for command in commands if command.slash}


class Listener:
    """Hears activities that were verified."""

    def __init__(  # noqa: PLR0913 - everything an activity may call for
        self,
        database: Database,
        onward: Onward,
        *,
        verbs: dict[str, str],
        dialogs: Dialogs,
        outgoing: Outgoing,
        invokes: Invokes,
        references: References,
        waiting: Waiting,
        views: Views,
        links: Links,
    ) -> None:
        self._database, self._onward, self._road = database, onward, onward.road
        self._verbs, self._dialogs, self._outgoing = verbs, dialogs, outgoing
        self._invokes, self._references, self._waiting, self._views = invokes, references, waiting, views
        self._links = links
        self._tied: set[str] = set()
        self._answers = {
            "adaptiveCard/action": self._press,
            "application/search": self._suggest,
            "task/fetch": dialogs.fetch,
            "task/submit": dialogs.submit,
            "composeExtension/fetchTask": dialogs.point,
            "composeExtension/submitAction": dialogs.submit,
            "composeExtension/query": self._search,
        }

    async def hear(self, activity: Activity) -> None:
        """Takes what is acknowledged with nothing; on return what it writes is on disk.

        Raises StoreUnavailableError.
        """
        if activity.by_bot:
            return
        if activity.type == "message" and (activity.direct or is_called(activity)):
            await self._said(activity)
        elif activity.type in _ARRIVALS and activity.direct:
            await self._arrived(incoming_of(activity))

    async def answer(self, activity: Activity) -> Json | None:
        """The answer to an invoke; None where there is no such. Raises msgspec.ValidationError."""
        if activity.name in QUERIES:
            # Asked of nobody and told to everybody: whoever has not installed the app comes without a directory.
            return self._links.unfurled(activity.data.get("url"), _hinted(activity))
        answering = self._answers.get(activity.name)
        if answering is None:
            return None
        try:
            await self._tie(activity.tenant)
            return await answering(activity)
        except StoreUnavailableError:
            log.warning("delivery_refused", kind=activity.name, reason="store_unavailable")
            return _unsaved(activity)

    # -- one per kind ------------------------------------------------------------------------------

    async def _said(self, activity: Activity) -> None:
        await self._tie(activity.tenant)
        users = {one.mentioned.aad_object_id or one.mentioned.id for one in mentioned(activity) if one.mentioned}
        handles = (
            await self._database.read(lambda work: handles_of(work, PLATFORM, activity.tenant, users)) if users else {}
        )
        incoming = from_said(activity, handles, self._verbs)
        if not incoming.text and any(one.content_type != "text/html" for one in activity.attachments or ()):
            await self._wordless(incoming)
            return
        await self._onward.take(incoming)
        # Behind the acknowledgement: what is not kept now is told again with the next activity.
        self._onward.behind(self._arrived(incoming))

    async def _wordless(self, incoming: Incoming) -> None:
        if incoming.direct:
            words = await self._words(incoming)
            self._onward.show(incoming, Reply(cards=(notices.wordless(words),)))

    async def _arrived(self, incoming: Incoming) -> None:
        """Remembers where it came from; to somebody whose private chat is new, an answer may be waiting."""
        is_new = await self._references.remember(incoming)
        kept = await self._waiting.answer(incoming) if is_new and incoming.direct else None
        if kept is None:
            return
        here = msgspec.structs.replace(
            kept.incoming,
            delivery=f"{incoming.delivery}.waiting",
            conversation=incoming.conversation,
            direct=True,
            reply_to=incoming.reply_to,
        )
        outcome = await self._road.keep(here, kept.reply, beside=lambda work: forget_answer(work, incoming))
        if isinstance(outcome, Accepted):
            self._road.start(outcome)

    async def _press(self, activity: Activity) -> Json:
        action = activity.data.get("action")
        if isinstance(action, dict) and action.get("verb") == REFRESH:
            return await self._refresh(activity, action)
        incoming = from_press(activity)
        if (before := self._invokes.remembered(incoming)) is not None:
            return before
        if (running := self._invokes.running(incoming)) is not None:
            reply = await self._invokes.outcome(incoming, running)
            return await self._answered(incoming, reply, late=True)
        future = self._invokes.expect(incoming)
        try:
            outcome = await self._road.receive(incoming)
            if isinstance(outcome, Accepted):
                self._road.start(outcome)
                reply = await self._invokes.outcome(incoming, future)
            else:
                reply = await self._shown(incoming, outcome.reply) if isinstance(outcome, Answered) else None
        finally:
            self._invokes.forget(incoming)
        return await self._answered(incoming, reply, late=isinstance(outcome, Accepted))

    async def _answered(self, incoming: Incoming, reply: Reply | None, *, late: bool) -> Json:
        """``late`` tells why there is no reply: it is still being made, or the press had come before."""
        if reply is None:
            words = await self._words(incoming)
            return message_body(notices.on_its_way(words) if late else notices.sent_already(words))
        return self._invokes.remember(incoming, _body(incoming, reply))

    async def _shown(self, incoming: Incoming, reply: Reply) -> Reply | None:
        """What only was read: for the presser's eyes it rides on the answer, else it is a message as well."""
        self._invokes.forget(incoming)
        reply = await self._outgoing.openable(incoming, reply)
        if not is_private(incoming, reply):
            self._onward.show(incoming, reply)
        return reply

    async def _refresh(self, activity: Activity, action: Json) -> Json:
        data = action.get("data")
        view = str(data.get(VIEW) or "") if isinstance(data, dict) else ""
        card = await self._views.seen_by(incoming_of(activity), view)
        return message_body("") if card is None else card_body(card)

    async def _suggest(self, activity: Activity) -> Json:
        kind = InputKind.MEMBER if activity.data.get("dataset") == InputKind.MEMBER else InputKind.CUSTOMER
        typed = str(activity.data.get("queryText") or "")[:_QUERY_MAX]
        return search_body(await self._road.suggest(incoming_of(activity), kind, typed))

    async def _search(self, activity: Activity) -> Json:
        return await found(self._database, activity)

    # -- steps -------------------------------------------------------------------------------------

    async def _tie(self, tenant: str) -> None:
        """Whoever comes from a directory that may speak to this Kith belongs to its one workspace."""
        if tenant in self._tied:
            return
        known = await self._database.read(lambda work: work.members.workspace_of_tenant(PLATFORM, tenant) is not None)
        if known or await self._database.write(lambda work: _tie_tenant(work, tenant)):
            self._tied.add(tenant)

    async def _words(self, incoming: Incoming) -> Words:
        return await self._database.read(lambda work: words_of(work, incoming))


def _tie_tenant(work: Work, tenant: str) -> bool:
    """False while there is no workspace, or more than one."""
    only = work.members.only_workspace()
    if only is None:
        return False
    if work.members.workspace_of_tenant(PLATFORM, tenant) is None:
        work.members.tie_tenant(PLATFORM, tenant, only)
    return True


def _body(incoming: Incoming, reply: Reply) -> Json:
    """In a room the presser alone sees the answer; in the private chat the message itself changes, or one follows."""
    if not reply.cards:
        return message_body("")
    if reply.ok and (is_private(incoming, reply) or reply.replace):
        return card_body(adaptive(reply.cards))
    return message_body(reply.cards[0].summary)


def _hinted(activity: Activity) -> Words:
    """The language of the client, for whoever is not looked up."""
    language = incoming_of(activity).language_hint.lower()
    return Words("zh_Hans" if language.startswith("zh") else "en")


def _unsaved(activity: Activity) -> Json:
    said = notices.cannot_save(_hinted(activity))
    if activity.name.startswith("task/") or activity.name in {
        "composeExtension/fetchTask",
        "composeExtension/submitAction",
    }:
        return {"task": {"type": "message", "value": said}}
    if activity.name == "composeExtension/query":
        return {"composeExtension": {"type": "message", "text": said}}
    return message_body(said)
