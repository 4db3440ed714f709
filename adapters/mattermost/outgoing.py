"""Answers on their way to Mattermost: in a dialog, to the person alone, to the conversation, or in place of a post."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import msgspec
import structlog

from adapters.callbacks.calls import CallError
from adapters.callbacks.replies import one_card
from adapters.callbacks.waiting import WaitingForms
from adapters.mattermost.api import MattermostApi, RefusedError
from adapters.mattermost.bot import Bot
from adapters.mattermost.carried import Target
from adapters.mattermost.dialogs import Dialogs
from adapters.mattermost.drawing import Drawing, alone, may_replace, pressed
from adapters.mattermost.incoming import PLATFORM
from adapters.mattermost.notices import form_not_opened, not_in_room
from cards.model import Card, Form
from cards.renderers.mattermost import plain
from cards.words import Words
from commands.model import Audience, Incoming, Reply
from commands.parsing import Verbs
from commands.sending import Address, Sending, Sent
from core.clock import Clock
from core.work import Database

log = structlog.get_logger()

# https://developers.mattermost.com/integrate/slash-commands/custom/#delayed-and-multiple-responses
RESPONSE_URL_LIFE = timedelta(minutes=30)
TRIGGER_LIFE = timedelta(seconds=30)  # ServiceSettings.OutgoingIntegrationRequestsTimeout; 3 s before version 9
_FORBIDDEN, _UNSENDABLE = 403, 400
_FORBIDDEN_REMEMBERED = timedelta(hours=1)

Payload = dict[str, Any]
Route = Callable[[Card], Awaitable[str]]  # returns the reference of what it put there, where it can be changed


class Outgoing:
    """Sends replies. An answer for the asker alone has no way into what everybody in a channel sees."""

    def __init__(  # noqa: PLR0913 - what sending takes
        self,
        api: MattermostApi,
        bot: Bot,
        drawing: Drawing,
        dialogs: Dialogs,
        *,
        database: Database,
        verbs: Verbs,
        clock: Clock,
    ) -> None:
        self._api = api
        self._bot = bot
        self._drawing = drawing
        self._database = database
        self._verbs = verbs
        self._clock = clock
        self.dialogs = dialogs
        self.waiting = WaitingForms(database, PLATFORM)
        self._not_privately_until = clock.now()

    async def send(self, incoming: Incoming, reply: Reply, key: str) -> Sending:
        """Opens the reply's form or shows its cards; what cannot be opened any more is shown as a card."""
        if reply.form is not None:
            if await self._open(incoming, reply.form):
                return Sending(Sent.DELIVERED)
            reply = Reply(cards=(await self.instead(incoming, reply.form),))
        if not reply.cards:
            return Sending(Sent.DELIVERED)
        card = one_card(reply.cards)
        sending = await self._along(self._routes(incoming, reply, key), card)
        if sending.sent is Sent.GONE and reply.audience is Audience.ROOM:
            notice = Reply(cards=(not_in_room(Words(card.language)),))
            await self._along(self._routes(incoming, notice, f"{key} unposted"), notice.cards[0])
        return sending

    async def tell(self, address: Address, reply: Reply, key: str, ref: str) -> Sending:
        """Posts the cards, or puts them in the place of the post ``ref``."""
        card = one_card(reply.cards)
        routes: list[Route] = [lambda card: self._put(address, card, key)]
        if ref:
            user = "" if address.conversation else address.user
            routes.insert(0, lambda card: self._change(Target(address.conversation, user, ref), card))
        return await self._along(routes, card)

    async def language_of(self, incoming: Incoming) -> str:
        """The asker's language."""
        found = await self._database.read(lambda work: work.members.by_identity(incoming.identity))
        if found:
            return found.actor(platform=incoming.platform).language
        return "zh_Hans" if incoming.language_hint.lower().startswith("zh") else "en"

    async def instead(self, incoming: Incoming, form: Form, *, button: bool = True) -> Card:
        """A card in the place of a form that was not opened, with a button that opens it where there can be one."""
        words = Words(await self.language_of(incoming))
        command = self._verbs.read(form.command).command
        usage = words(command.usage) if command else ""
        if button:
            form = msgspec.structs.replace(form, token=await self.waiting.keep(incoming, form))
        return form_not_opened(form, usage, words, button=button)

    # -- steps -------------------------------------------------------------------------------------

    async def _open(self, incoming: Incoming, form: Form) -> bool:
        if self._age(incoming.reply_to.get("at", 0)) >= TRIGGER_LIFE:
            return False
        return await self.dialogs.open_form(incoming, form, await self.language_of(incoming))

    def _routes(self, incoming: Incoming, reply: Reply, key: str) -> list[Route]:
        """The ways to the reader, the best first; every one of them keeps a private answer private."""
        to_room = reply.audience is Audience.ROOM
        routes: list[Route] = []
        if may_replace(incoming, reply):
            routes.append(lambda card: self._change(pressed(incoming), card))
        if to_room or incoming.direct:
            routes.append(lambda card: self._post_here(incoming, card, key, to_room=to_room))
        elif self._clock.now() >= self._not_privately_until:
            routes.append(lambda card: self._post_alone(incoming, card))
        if (hook := self._open_hook(incoming)) and not (reply.live and incoming.direct):
            kind = "in_channel" if to_room else "ephemeral"
            routes.append(lambda card: self._respond(hook, incoming, card, kind))
        if not to_room:
            person = Address(platform=incoming.platform, tenant=incoming.tenant, user=incoming.user)
            routes.append(lambda card: self._put(person, card, key))
        return routes

    async def _along(self, routes: list[Route], card: Card) -> Sending:
        sending = Sending(Sent.GONE, reason="no_way")
        for route in routes:
            sending = await _tried(route, card)
            if sending.sent is not Sent.GONE:
                return sending
        return sending

    async def _change(self, target: Target, card: Card) -> str:
        await self._drawn(card, target, lambda payload: self._api.patch(target.post, payload))
        return target.post

    async def _post_here(self, incoming: Incoming, card: Card, key: str, *, to_room: bool) -> str:
        root = str(incoming.reply_to.get("root", ""))
        target = Target(incoming.conversation, "" if to_room else incoming.user, root=root)
        return await self._drawn(
            card, target, lambda payload: self._api.post(target.channel, payload, root=root, key=key)
        )

    async def _post_alone(self, incoming: Incoming, card: Card) -> str:
        """In the channel, for the asker's eyes only; where the bot may not do that, it is not tried for a while."""
        target, root = alone(incoming), str(incoming.reply_to.get("root", ""))
        channel, user = incoming.conversation, incoming.user
        try:
            await self._api.post_privately(channel, user, self._drawing.post(card, target), root=root)
        except RefusedError as refused:
            if refused.status == _FORBIDDEN:
                self._not_privately_until = self._clock.now() + _FORBIDDEN_REMEMBERED
            raise
        return ""

    async def _respond(self, hook: str, incoming: Incoming, card: Card, kind: str) -> str:
        target = alone(incoming) if kind == "ephemeral" else Target(incoming.conversation)
        await self._api.respond(hook, self._drawing.response(card, target, kind))
        return ""

    async def _put(self, address: Address, card: Card, key: str) -> str:
        channel = address.conversation or await self._bot.channel_with(address.user)
        target = Target(channel, "" if address.conversation else address.user)
        return await self._drawn(card, target, lambda payload: self._api.post(channel, payload, key=key))

    async def _drawn(self, card: Card, target: Target, put: Callable[[Payload], Awaitable[Any]]) -> str:
        """What the server would not take as it was made, which is our own fault, is said in plain words instead."""
        try:
            return str(await put(self._drawing.post(card, target)) or "")
        except RefusedError as refused:
            if refused.status != _UNSENDABLE:
                raise
            log.warning("post_not_drawn", reason=refused.reason)
        return str(await put({"message": plain(card.summary), "props": {}}) or "")

    def _open_hook(self, incoming: Incoming) -> str:
        place = incoming.reply_to
        still = self._age(place.get("hook_at", place.get("at", 0))) < RESPONSE_URL_LIFE
        return str(place.get("hook", "")) if still else ""

    def _age(self, at: float) -> timedelta:
        return timedelta(seconds=self._clock.now().timestamp() - at)


async def _tried(route: Route, card: Card) -> Sending:
    try:
        ref = await route(card)
    except CallError as failed:
        return failed.sending
    return Sending(Sent.DELIVERED, ref=ref)
