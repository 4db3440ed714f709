"""What Kith says in Slack by itself: posted to a conversation or a person's own chat, and changed in place."""

from typing import Any

import structlog

from adapters.callbacks.replies import one_card
from adapters.slack.api import DEAD_TOKEN, SlackApi, SlackError
from adapters.slack.installations import Installations
from adapters.slack.outgoing import UNDRAWABLE, ref_of
from cards.renderers.slack import message
from commands.model import Reply
from commands.sending import Address, Sending, Sent

log = structlog.get_logger()

Payload = dict[str, Any]
# The message is there no more, or too old to be changed: https://docs.slack.dev/reference/methods/chat.update#errors
_NOT_TO_CHANGE = {
    "cant_update_message",
    "channel_not_found",
    "edit_window_closed",
    "message_not_found",
    "is_inactive",
}


class Telling:
    """Posts and changes messages that answer nothing."""

    def __init__(self, api: SlackApi, installations: Installations) -> None:
        self._api = api
        self._installations = installations

    async def tell(self, address: Address, reply: Reply, ref: str) -> Sending:
        """Posts the cards, or puts them in the place of the message ``ref`` (``CHANNEL/TS``)."""
        installation = await self._installations.of(address.tenant)
        if installation is None:
            return Sending(Sent.GONE, reason="not_installed")
        payload = message(one_card(reply.cards))
        try:
            return await self._put(installation.token, address, payload, ref)
        except SlackError as failed:
            if failed.reason in DEAD_TOKEN:
                self._installations.doubt(address.tenant)
            # Slack's limits are a workspace's, whichever conversation came upon them.
            return Sending(
                Sent.RETRY if failed.again else Sent.GONE, failed.after, failed.reason, everywhere=bool(failed.after)
            )

    async def _put(self, token: str, address: Address, payload: Payload, ref: str) -> Sending:
        try:
            return await self._drawn(token, address, payload, ref)
        except SlackError as failed:
            if failed.reason not in UNDRAWABLE:
                raise
            log.warning("message_not_drawn", reason=failed.reason)
            return await self._drawn(token, address, {"text": payload["text"]}, ref)

    async def _drawn(self, token: str, address: Address, payload: Payload, ref: str) -> Sending:
        channel, _, stamp = ref.partition("/")
        if stamp:
            try:
                await self._api.ask(self._api.web.chat_update(token=token, channel=channel, ts=stamp, **payload))
            except SlackError as failed:
                if failed.reason not in _NOT_TO_CHANGE:
                    raise
            else:
                return Sending(Sent.DELIVERED, ref=ref)
        # A user's id stands for the person's own chat with Kith.
        channel = address.conversation or address.user
        posted = await self._api.ask(
            self._api.web.chat_postMessage(token=token, channel=channel, unfurl_links=False, **payload)
        )
        return Sending(Sent.DELIVERED, ref=ref_of(posted))
