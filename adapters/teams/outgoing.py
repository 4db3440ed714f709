"""Answers on their way to Teams: to the room, to one person in it, to their private chat, or on an invoke's answer."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote

import structlog
from msgspec.structs import replace

from adapters.callbacks.calls import CallError
from adapters.callbacks.membership import words_of
from adapters.teams import notices
from adapters.teams.api import Json, TeamsApi, Where
from adapters.teams.config import TeamsConfig
from adapters.teams.hosts import PUBLIC, origin
from adapters.teams.invoking import Invokes
from adapters.teams.references import References
from adapters.teams.views import Views
from adapters.teams.waiting import Waiting
from cards.model import Block, Card, Form
from cards.renderers.teams import message, plain_message
from commands.model import Audience, Incoming, Reply
from commands.sending import Address, Sending, Sent
from core.clock import Clock
from core.work import Database

log = structlog.get_logger()

_CHAT = "https://teams.microsoft.com/l/chat/0/0?users="
# Ours: how long a connector that refused a message for one person's eyes is not asked for one again.
_UNTARGETED = timedelta(hours=1)
# What is wrong with the message rather than the conversation; then the words go out alone.
_UNDRAWABLE = frozenset({"BadSyntax", "MessageSizeTooBig", "BadArgument", "status_400", "status_413"})


@dataclass(frozen=True, slots=True)
class Ref:
    """What a message is changed by: where it stands, who sees it there, and its id. Kept as words with blanks."""

    conversation: str
    message: str
    account: str = ""

    @classmethod
    def read(cls, text: str) -> "Ref | None":
        """The reference; None for what is none."""
        parts = text.split(" ")
        return cls(*parts) if len(parts) in {2, 3} else None

    def __str__(self) -> str:
        return " ".join(filter(None, (self.conversation, self.message, self.account)))


class Outgoing:
    """Sends replies. An answer for the asker alone has no way into a room but one that they alone see."""

    def __init__(  # noqa: PLR0913 - what sending stands on
        self,
        config: TeamsConfig,
        api: TeamsApi,
        database: Database,
        clock: Clock,
        *,
        references: References,
        waiting: Waiting,
        invokes: Invokes,
        views: Views,
    ) -> None:
        self._config, self._api, self._database, self._clock = config, api, database, clock
        self._references, self._waiting, self._invokes, self._views = references, waiting, invokes, views
        self._untargeted: dict[str, datetime] = {}

    async def send(self, incoming: Incoming, reply: Reply) -> Sending:
        """Shows the cards; a form as a button that opens its dialog. One that an invoke waits for rides on that."""
        reply = await self.openable(incoming, reply)
        if not reply.cards or (self._invokes.tell(incoming, reply) and is_private(incoming, reply)):
            return Sending(Sent.DELIVERED)
        return await self.deliver(incoming, reply)

    async def deliver(self, incoming: Incoming, reply: Reply) -> Sending:
        """As ``send``, always as a message."""
        try:
            if is_private(incoming, reply):
                return await self._privately(incoming, reply)
            return await self._openly(incoming, reply)
        except CallError as failed:
            return failed.sending

    async def tell(self, address: Address, reply: Reply, ref: str) -> Sending:
        """Puts what nobody asked for into a conversation or a private chat, or in the place of a message."""
        if not reply.cards:
            return Sending(Sent.DELIVERED, ref=ref)
        try:
            where, old = await self._addressed(address), Ref.read(ref)
            sent = message(reply.cards)
            if not address.user:
                sent = await self._views.offered(sent, reply, address.tenant, where)
            if old is not None:
                where = Where(where.service, old.conversation, old.account)
            return await self._put(where, old.message if old else "", sent, reply.cards)
        except CallError as failed:
            return failed.sending

    async def openable(self, incoming: Incoming, reply: Reply) -> Reply:
        """The reply with every form in it kept, behind a button that opens it."""
        if reply.form is not None:
            words = await self._database.read(lambda work: words_of(work, incoming))
            form = await self._waiting.keep_form(incoming, reply.form)
            reply = replace(reply, cards=(*reply.cards, notices.form_to_open(form, words)), form=None)
        elif any(isinstance(block, Form) for card in reply.cards for block in card.blocks):
            reply = replace(reply, cards=tuple([await self._with_forms(incoming, card) for card in reply.cards]))
        return reply

    async def _with_forms(self, incoming: Incoming, card: Card) -> Card:
        # One that was kept already, by a try before this one, is kept once more: no harm is done.
        blocks: list[Block] = [
            await self._waiting.keep_form(incoming, block) if isinstance(block, Form) else block
            for block in card.blocks
        ]
        return replace(card, blocks=tuple(blocks))

    # -- ways --------------------------------------------------------------------------------------

    async def _openly(self, incoming: Incoming, reply: Reply) -> Sending:
        """For everybody in the conversation, or in the private chat."""
        place = incoming.reply_to
        where = Where(place["service"], place["conversation"])
        sent = message(reply.cards)
        if not incoming.direct:
            sent = await self._views.offered(sent, reply, incoming.tenant, where)
        pressed = place.get("message", "") if reply.replace and incoming.fields is None else ""
        return await self._put(where, pressed, sent, reply.cards)

    async def _privately(self, incoming: Incoming, reply: Reply) -> Sending:
        """For one person in a room: as a message that they alone see, else in their private chat."""
        place = incoming.reply_to
        where = Where(place["service"], place["conversation"], place.get("account", ""))
        if self._may_target(where):
            try:
                return await self._put(where, "", message(reply.cards), reply.cards)
            except CallError as failed:
                if failed.again:
                    raise
                log.info("teams_untargeted", reason=failed.reason)
                self._untargeted[where.service] = self._clock.now() + _UNTARGETED
        return await self._in_chat(incoming, reply)

    def _may_target(self, where: Where) -> bool:
        """Messages for one person's eyes are known of the public cloud; elsewhere everybody might see them."""
        known = origin(where.service) == origin(self._config.api_url) or origin(where.service)[1] == PUBLIC
        refused_until = self._untargeted.get(where.service)
        asked_now = refused_until is None or self._clock.now() >= refused_until
        return self._config.targeted and known and bool(where.account) and asked_now

    async def _in_chat(self, incoming: Incoming, reply: Reply) -> Sending:
        """In the private chat, and one line in the room that tells nothing; it waits for who has none yet."""
        try:
            chat = await self._chat_of(incoming.tenant, incoming.user, incoming.reply_to)
            sending = await self._put(chat, "", message(reply.cards), reply.cards)
        except CallError as failed:
            if failed.again:
                raise
            await self._waiting.keep_answer(incoming, reply)
            await self._line(incoming, chat_missing=True)
            return Sending(Sent.DELIVERED, reason="waiting")
        await self._line(incoming, chat_missing=False)
        return sending

    async def _line(self, incoming: Incoming, *, chat_missing: bool) -> None:
        words = await self._database.read(lambda work: words_of(work, incoming))
        address = _CHAT + quote(self._config.bot, safe="")
        card = notices.open_chat_first(words, address) if chat_missing else notices.answered_privately(words)
        place = incoming.reply_to
        try:
            await self._api.post(Where(place["service"], place["conversation"]), message([card]))
        except CallError as failed:
            # The answer is where it belongs; that nobody is told so is no loss.
            log.info("teams_line_not_said", reason=failed.reason)

    async def _chat_of(self, tenant: str, user: str, place: Json | None = None) -> Where:
        known = await self._references.find(tenant, user)
        if known is not None:
            return Where(known.service, known.conversation)
        place = place or {}
        service = place.get("service") or self._config.api_url
        return await self._api.open_chat(service, tenant, place.get("account") or user)

    async def _addressed(self, address: Address) -> Where:
        if not address.conversation:
            return await self._chat_of(address.tenant, address.user)
        known = await self._references.find(address.tenant, address.conversation)
        return Where(known.service if known else self._config.api_url, address.conversation)

    # -- putting -----------------------------------------------------------------------------------

    async def _put(self, where: Where, old: str, sent: Json, cards: tuple[Card, ...]) -> Sending:
        """Puts it, as bare words where Teams would not draw it. Raises CallError."""
        try:
            return await self._drawn(where, old, sent)
        except CallError as failed:
            if failed.reason not in _UNDRAWABLE or where.account:
                raise
            log.warning("teams_message_not_drawn", reason=failed.reason)
            return await self._drawn(where, old, plain_message(cards))

    async def _drawn(self, where: Where, old: str, sent: Json) -> Sending:
        if old:
            try:
                await self._api.put(where, old, sent)
            except CallError as failed:
                # It was deleted, or is too old to be changed: it is said anew.
                if failed.again or failed.reason in _UNDRAWABLE:
                    raise
            else:
                return Sending(Sent.DELIVERED, ref=str(Ref(where.conversation, old, where.account)))
        posted = await self._api.post(where, sent)
        ref = str(Ref(where.conversation, posted, where.account)) if posted else ""
        return Sending(Sent.DELIVERED, ref=ref)


def is_private(incoming: Incoming, reply: Reply) -> bool:
    """Whether an answer to something said in front of others is for the asker alone."""
    return reply.audience is Audience.ASKER and not incoming.direct
