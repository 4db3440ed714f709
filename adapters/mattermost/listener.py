"""What comes in, verified by now, each kind on its way along the road."""

from typing import Any

import structlog
from msgspec.structs import replace

from adapters.callbacks.onward import Onward
from adapters.callbacks.replies import one_card
from adapters.mattermost.acknowledging import at_fields, for_presser, offered
from adapters.mattermost.bot import Bot
from adapters.mattermost.carried import Carried, Origin
from adapters.mattermost.drawing import Drawing, may_replace
from adapters.mattermost.incoming import (
    PLATFORM,
    TENANT,
    Known,
    from_command,
    from_dialog,
    from_heard,
    from_press,
    from_question,
)
from adapters.mattermost.notices import CANCEL, asks_first, not_done, not_readable
from adapters.mattermost.outgoing import Outgoing
from adapters.mattermost.payloads import ActionRequest, SlashCommand, Submission
from adapters.mattermost.people import People
from adapters.mattermost.saving import Saving, UnreadableError
from cards.model import InputKind
from cards.words import Words
from commands.model import Audience, Incoming, Reply
from core.clock import Clock
from core.members.model import Identity
from core.work import Database, Work

log = structlog.get_logger()

Payload = dict[str, Any]


class Listener:
    """Takes what people do; each returns what the acknowledgement carries. Raises StoreUnavailableError."""

    def __init__(  # noqa: PLR0913 - everything a delivery may call for
        self,
        *,
        bot: Bot,
        people: People,
        drawing: Drawing,
        outgoing: Outgoing,
        saving: Saving,
        onward: Onward,
        database: Database,
        clock: Clock,
        verbs: dict[str, str],
    ) -> None:
        self._bot = bot
        self._people = people
        self._drawing = drawing
        self._outgoing = outgoing
        self._saving = saving
        self._onward = onward
        self._database = database
        self._clock = clock
        self._verbs = verbs

    async def command(self, command: SlashCommand) -> Payload:
        """A slash command, or a message that an outgoing webhook heard."""
        known = Known(
            at=self._clock.now(),
            bot=await self._bot.known_id(),
            verbs=self._verbs,
            handles=await self._handles(command),
        )
        heard = bool(command.trigger_word)
        incoming = self._hinted(from_heard(command, known) if heard else from_command(command, known))
        try:
            incoming = await self._saving.pointed(incoming)
        except UnreadableError:
            reply: Reply | None = Reply(cards=(not_readable(await self._words(incoming)),))
        else:
            reply = await self._ready(incoming)
        if reply is None:
            return {}
        if reply.cards and not (heard or incoming.direct or reply.form or reply.audience is Audience.ROOM):
            return self._drawing.at_once(incoming, one_card(reply.cards))
        self._onward.show(incoming, reply)
        return {}

    async def press(self, request: ActionRequest, carried: Carried, token: str) -> Payload:
        """A pressed button, or a menu's line."""
        incoming = self._hinted(
            from_press(request, carried, token, Known(at=self._clock.now(), bot=await self._bot.known_id()))
        )
        if token == CANCEL:
            return self._beside(incoming, Reply(cards=(not_done(await self._words(incoming)),), replace=True))
        if carried.question:
            return await self._asked(incoming, carried)
        if carried.form and (waiting := await self._outgoing.waiting.find(incoming)):
            self._onward.show(replace(incoming, quoted=waiting.quoted), Reply(form=waiting.form))
            return {}
        reply = await self._ready(incoming)
        return self._beside(incoming, reply) if reply else {}

    async def submitted(self, dialog: Submission, origin: Origin) -> Payload:
        """A dialog that was filled in, or a question that was answered with yes."""
        incoming = self._hinted(from_dialog(dialog, origin))
        if origin.asked:
            return await self._confirmed(incoming)
        reply, accepted = await self._onward.road.answer_form(incoming)
        if accepted:
            self._onward.road.start(accepted)
        if not reply.ok:
            # The dialog stays open with all that was typed into it.
            return at_fields(reply.errors or {"": reply.cards[0].summary}, incoming.fields or ())
        if reply.form:
            language = await self._outgoing.language_of(incoming)
            return {"type": "form", "form": self._outgoing.dialogs.form(incoming, reply.form, language)}
        return {}

    async def looked_up(self, question: Submission, origin: Origin, kind: InputKind) -> Payload:
        """What a field offers for what is typed into it."""
        incoming, typed = from_question(question, origin)
        return offered(await self._onward.road.suggest(incoming, kind, typed))

    # -- steps -------------------------------------------------------------------------------------

    async def _ready(self, incoming: Incoming) -> Reply | None:
        reply = await self._onward.ready(incoming)
        hinted = self._hinted(incoming)
        if reply and reply.error == "stranger" and hinted != incoming:
            # The server has just told the stranger's language: the welcome is said again in it.
            return await self._onward.ready(hinted)
        return reply

    def _beside(self, incoming: Incoming, reply: Reply) -> Payload:
        """On the acknowledgement what it can hold: a post changed in place, or words for the presser alone."""
        if not reply.cards or reply.form:
            self._onward.show(incoming, reply)
            return {}
        card = one_card(reply.cards)
        if may_replace(incoming, reply):
            return {"update": self._drawing.in_place(incoming, card)}
        if (
            not incoming.direct
            and reply.audience is Audience.ASKER
            and (text := self._drawing.words_alone(incoming, card))
        ):
            return for_presser(text)
        self._onward.show(incoming, reply)
        return {}

    async def _asked(self, incoming: Incoming, carried: Carried) -> Payload:
        """A button that asks before it runs: in a dialog, or where none opens by two buttons."""
        if await self._outgoing.dialogs.ask(incoming, carried):
            return {}
        words = Words(carried.language or await self._outgoing.language_of(incoming))
        card = asks_first(carried.label, carried.question, incoming.token, words)
        self._onward.show(incoming, Reply(cards=(card,)))
        return {}

    async def _confirmed(self, incoming: Incoming) -> Payload:
        reply = await self._ready(incoming)
        if reply and not reply.ok and reply.cards:
            return {"error": reply.cards[0].summary}
        if reply:
            self._onward.show(incoming, reply)
        return {}

    def _hinted(self, incoming: Incoming) -> Incoming:
        locale = self._people.locale(incoming.user)
        return replace(incoming, language_hint=locale) if locale else incoming

    async def _words(self, incoming: Incoming) -> Words:
        return Words(await self._outgoing.language_of(incoming))

    async def _handles(self, command: SlashCommand) -> dict[str, str]:
        """What the members mentioned in a command are typed as, by Mattermost username."""
        named = dict(zip(command.user_mentions, command.user_mentions_ids, strict=False))
        return await self._database.read(lambda work: _handles(work, named)) if named else {}


def _handles(work: Work, named: dict[str, str]) -> dict[str, str]:
    found = {name: work.members.by_identity(Identity(PLATFORM, TENANT, user)) for name, user in named.items()}
    return {name.casefold(): membership.member.handle for name, membership in found.items() if membership}
