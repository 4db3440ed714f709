"""Answers on their way to DingTalk: as a card, in the place of one, or as markdown where there is no template."""

from datetime import timedelta

import structlog

from adapters.callbacks.calls import CallError
from adapters.callbacks.replies import one_card
from adapters.dingtalk.confirming import Confirming
from adapters.dingtalk.forms import Forms
from adapters.dingtalk.incoming import NAME, card_id
from adapters.dingtalk.interactive import Interactive
from adapters.dingtalk.membership import words_of
from adapters.dingtalk.notices import not_for_the_room, not_in_room
from adapters.dingtalk.placing import Place, has_form, place_of
from adapters.dingtalk.robot import Robot, Target
from cards.model import Card
from cards.renderers.dingtalk import message, note_variables, variables
from commands.model import Audience, Incoming, Reply
from commands.sealing import LIFE
from commands.sending import Address, Sending, Sent
from core.drafts import Draft
from core.work import Database

log = structlog.get_logger()

_DELIVERED = Sending(Sent.DELIVERED)
_LIFE = LIFE + timedelta(days=1)  # of where a group's card stands: longer than its buttons


class Outgoing:
    """Sends replies."""

    def __init__(
        self, robot: Robot, interactive: Interactive, forms: Forms, confirming: Confirming, database: Database
    ) -> None:
        self._robot = robot
        self._interactive = interactive
        self._forms = forms
        self._confirming = confirming
        self._database = database

    async def send(self, incoming: Incoming, reply: Reply, key: str) -> Sending:
        """Shows the reply where its audience, and nobody else, sees it."""
        place = place_of(incoming, reply)
        card = await self.card_of(incoming, reply)
        if card is None:
            return _DELIVERED
        if place in {Place.CARD, Place.OWN}:
            changed = await self._changed(incoming, reply, card, own=place is Place.OWN)
            if changed.sent is not Sent.GONE:
                return changed
            place = Place.CHAT if place is Place.OWN or incoming.direct else Place.ROOM
        target = self._robot.target(incoming, direct=place is Place.CHAT)
        sending = await self._put(target, card, key)
        if sending.sent is Sent.GONE and not incoming.direct:
            await self._tell_undelivered(incoming, reply)
        return sending

    async def tell(self, address: Address, reply: Reply, key: str, ref: str) -> Sending:
        """Puts what nobody asked for into a chat, or in the place of the card ``ref``."""
        if not reply.cards:
            return _DELIVERED
        card = await self._confirming.prepared(one_card(reply.cards))
        if ref and self._interactive.on:
            try:
                await self._interactive.change(ref, variables(card))
            except CallError as failed:
                if failed.again:
                    return failed.sending
            else:
                return Sending(Sent.DELIVERED, ref=ref)
        return await self._put(Target.of_id(address.conversation or address.user), card, key)

    async def card_of(self, incoming: Incoming, reply: Reply) -> Card | None:
        """What a reply shows as one card, its form open and its questions kept; None for nothing."""
        reply = await self._forms.opened(incoming, reply)
        return await self._confirming.prepared(one_card(reply.cards)) if reply.cards else None

    async def _changed(self, incoming: Incoming, reply: Reply, card: Card, *, own: bool) -> Sending:
        pressed = str(incoming.reply_to["card"])
        try:
            if own or has_form(reply):
                shown = below(card, form=has_form(reply))
                await (
                    self._interactive.change_for(pressed, incoming.user, shown)
                    if own
                    else self._interactive.change(pressed, shown)
                )
            else:
                await self._interactive.change(pressed, variables(card))
        except CallError as failed:
            return failed.sending
        return Sending(Sent.DELIVERED, ref="" if own else pressed)

    async def _put(self, target: Target, card: Card, key: str) -> Sending:
        if self._interactive.on and target.reachable:
            sending = await self._put_card(target, card, key)
            if sending.sent is not Sent.GONE:
                return sending
            # Better the words alone than nothing; that the template is not to be used is told in the log.
            log.warning("dingtalk_card_refused", reason=sending.reason)
        try:
            await self._robot.send(target, message(card, direct=target.direct))
        except CallError as failed:
            return failed.sending
        return _DELIVERED

    async def _put_card(self, target: Target, card: Card, key: str) -> Sending:
        name = card_id(key, direct=target.direct)
        if not target.direct:
            # Known before it can be pressed: a press does not tell in which group the card stands.
            await self._database.write(lambda work: work.drafts.put(Draft(_key(name), target.id, work.now + _LIFE)))
        try:
            await self._interactive.put(target, name, variables(card), card.summary[:100])
        except CallError as failed:
            return failed.sending
        return Sending(Sent.DELIVERED, ref=name)

    async def room_of(self, card: str) -> str:
        """The group that a card stands in; empty when it is forgotten."""
        return await self._database.read(lambda work: work.drafts.get(_key(card))) or ""

    async def _tell_undelivered(self, incoming: Incoming, reply: Reply) -> None:
        """What could not reach one person is not told to the others; what could not reach a group is told to one."""
        words = await self._database.read(lambda work: words_of(work, incoming))
        to_room = reply.audience is Audience.ROOM
        notice = not_in_room(words) if to_room else not_for_the_room(words)
        target = self._robot.target(incoming, direct=to_room)
        try:
            await self._robot.send(target, message(notice, direct=to_room))
        except CallError as failed:
            log.info("dingtalk_notice_not_sent", reason=failed.reason)


def below(card: Card, *, form: bool) -> dict[str, str]:
    """The variables that show a card below the one that stands there: its form in the fields, all else as a note."""
    if not form:
        return note_variables(card)
    shown = variables(card)
    fields = {name: value for name, value in shown.items() if "form" in name}
    return fields | {
        "has_note": "true" if shown["body"] else "false",
        "note": shown["body"],
        "note_btns": shown["btns"],
    }


def _key(card: str) -> str:
    return f"card:{NAME}:{card}"
