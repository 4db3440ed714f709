"""Putting messages before members, in the chat that the application has with each of them."""

import hashlib
from collections.abc import Sequence
from typing import Any

import structlog

from adapters.callbacks.calls import CallError
from adapters.wecom.api import WecomApi
from cards.model import Card
from cards.renderers.wecom import messages, summary_card
from commands.sending import Sending, Sent

log = structlog.get_logger()

Payload = dict[str, Any]


class Sender:
    """Sends cards to members, or puts one into the place of another."""

    def __init__(self, api: WecomApi) -> None:
        self._api = api
        self._sent: dict[str, int] = {}  # how many messages of an answer have gone out, by its key

    async def deliver(self, user: str, cards: Sequence[Card], key: str, *, code: str = "") -> Sending:
        """Sends all of the cards; tried again with the same ``key`` it goes on with the first that is missing.

        With ``code`` what can be one card takes the place of the one that the code is of; what cannot be stands below,
        and the old card shows its title and has no buttons any more. ``ref`` is the code of the last card that has one.
        """
        bodies = [numbered(body, key, place) for place, body in enumerate(_bodies(cards))]
        number, ref = self._sent.pop(key, 0), ""
        try:
            if code and number == 0:
                changed = await self._changed(user, code, bodies, cards[0])
                if changed is not None:
                    return Sending(Sent.DELIVERED, ref=changed)
            for body in bodies[number:]:
                ref = str((await self._api.send(user, body)).get("response_code") or ref)
                number += 1
        except CallError as failed:
            if number and failed.again:
                self._sent[key] = number
            _tell(failed)
            return failed.sending
        return Sending(Sent.DELIVERED, ref=ref)

    async def _changed(self, user: str, code: str, bodies: list[Payload], card: Card) -> str | None:
        """The new code when all of it is in the old card's place; None when it is to be sent. Raises CallError."""
        alone = len(bodies) == 1 and "template_card" in bodies[0]
        new = bodies[0]["template_card"] if alone else summary_card(card)
        try:
            answer = await self._api.update(user, code, new)
        except CallError as failed:
            if failed.again:
                raise
            # A code is good once and for 72 hours (page 94888): what cannot be changed is said again.
            log.info("wecom_card_not_changed", reason=failed.reason)
            return None
        return str(answer.get("response_code") or "") if alone else None


def numbered(body: Payload, key: str, number: int) -> Payload:
    """The body with a ``task_id``, unique in the application, where it is a card (128 bytes of ``0-9A-Za-z_-@``)."""
    if "template_card" not in body:
        return body
    task = f"{hashlib.sha256(key.encode()).hexdigest()[:40]}-{number}"
    return body | {"template_card": body["template_card"] | {"task_id": task}}


def _bodies(cards: Sequence[Card]) -> list[Payload]:
    return [body for card in cards for body in messages(card)]


def _tell(failed: CallError) -> None:
    if not failed.again:
        log.warning("wecom_message_refused", reason=failed.reason)
