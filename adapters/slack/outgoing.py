"""Answers on their way to Slack: as a modal, through the response_url, to the person alone, or to the conversation."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any

import msgspec
import structlog

from adapters.callbacks.replies import one_card
from adapters.callbacks.waiting import WaitingForms
from adapters.slack.api import DEAD_TOKEN, SlackApi, SlackError
from adapters.slack.incoming import PLATFORM, origin_for
from adapters.slack.installations import Installations
from adapters.slack.notices import form_not_opened, not_in_room
from adapters.slack.people import spoken
from cards.model import Form
from cards.renderers.slack import message, modal
from cards.words import Words
from commands.model import Audience, Incoming, Reply
from commands.parsing import Verbs
from commands.sending import Sending, Sent
from core.clock import Clock
from core.work import Database

log = structlog.get_logger()

FORM = "kith_form"  # callback_id of every modal
# https://docs.slack.dev/interactivity/handling-user-interaction: 30 minutes and five uses; a trigger_id three seconds.
RESPONSE_URL_LIFE = timedelta(minutes=30)
TRIGGER_LIFE = timedelta(seconds=3)
# Our own fault: what Slack would not draw is said in plain words instead.
UNDRAWABLE = {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long", "invalid_attachments"}

Payload = dict[str, Any]
Route = Callable[[Payload], Awaitable[str]]  # returns the reference of what it posted, where Slack tells it


class Outgoing:
    """Sends replies. An answer for the asker alone has no way into the conversation's view."""

    def __init__(
        self, api: SlackApi, installations: Installations, database: Database, verbs: Verbs, clock: Clock
    ) -> None:
        self._api = api
        self._installations = installations
        self._database = database
        self._verbs = verbs
        self._clock = clock
        self.waiting = WaitingForms(database, PLATFORM)

    async def send(self, incoming: Incoming, reply: Reply) -> Sending:
        """Opens the reply's form or shows its cards; what cannot be opened any more is shown as a card."""
        if reply.form is not None:
            if await self._open(incoming, reply.form):
                return Sending(Sent.DELIVERED)
            reply = await self._instead(incoming, reply.form)
        if not reply.cards:
            return Sending(Sent.DELIVERED)
        sending = await self._along(await self._routes(incoming, reply), message(one_card(reply.cards)))
        if sending.reason in DEAD_TOKEN:
            self._installations.doubt(incoming.tenant)
        if sending.sent is Sent.GONE and reply.audience is Audience.ROOM:
            await self._tell_unposted(incoming, reply)
        return sending

    # -- modals ------------------------------------------------------------------------------------

    def view(self, incoming: Incoming, form: Form, language: str) -> Payload:
        """The form as a modal that remembers where it was opened from."""
        kept = msgspec.json.encode(origin_for(incoming, form.token)).decode()
        return modal(form, private_metadata=kept, callback_id=FORM, language=language)

    async def language_of(self, incoming: Incoming) -> str:
        """The asker's language."""
        found = await self._database.read(lambda work: work.members.by_identity(incoming.identity))
        return found.actor(platform=incoming.platform).language if found else spoken(incoming.language_hint)

    async def _open(self, incoming: Incoming, form: Form) -> bool:
        trigger = incoming.reply_to.get("trigger", "")
        installation = await self._installations.of(incoming.tenant)
        if not trigger or installation is None or self._age(incoming) >= TRIGGER_LIFE:
            return False
        view = self.view(incoming, form, await self.language_of(incoming))
        try:
            await self._api.ask(self._api.web.views_open(token=installation.token, trigger_id=trigger, view=view))
        except SlackError as failed:
            log.info("form_not_opened", delivery=incoming.key, reason=failed.reason)
            return False
        return True

    async def _instead(self, incoming: Incoming, form: Form) -> Reply:
        words = Words(await self.language_of(incoming))
        command = self._verbs.read(form.command).command
        usage = words(command.usage) if command else ""
        token = await self.waiting.keep(incoming, form)
        return Reply(cards=(form_not_opened(msgspec.structs.replace(form, token=token), usage, words),))

    # -- messages ----------------------------------------------------------------------------------

    async def _routes(self, incoming: Incoming, reply: Reply) -> list[Route]:
        """The ways to the reader, the best first; every one of them keeps a private answer private."""
        installation = await self._installations.of(incoming.tenant)
        token = installation.token if installation else ""
        routes: list[Route] = []
        if incoming.reply_to.get("url") and self._age(incoming) < RESPONSE_URL_LIFE:
            routes.append(lambda payload: self._respond(incoming, reply, payload))
        if token and incoming.conversation:
            here: Route = lambda payload: self._post_here(token, incoming, reply, payload)  # noqa: E731 - one of three
            # What is to be changed later needs a reference, which a response_url does not give.
            routes.insert(0 if reply.live else len(routes), here)
        if token and reply.audience is Audience.ASKER and not incoming.direct:
            routes.append(lambda payload: self._post(token, incoming.user, payload))
        return routes

    async def _along(self, routes: list[Route], payload: Payload) -> Sending:
        sending = Sending(Sent.GONE, reason="not_installed")
        for route in routes:
            sending = await self._try(route, payload)
            if sending.sent is not Sent.GONE or sending.reason in DEAD_TOKEN:
                return sending
        return sending

    async def _try(self, route: Route, payload: Payload) -> Sending:
        try:
            ref = await route(payload)
        except SlackError as failed:
            if failed.reason in UNDRAWABLE and "blocks" in payload:
                log.warning("message_not_drawn", reason=failed.reason)
                return await self._try(route, {"text": payload["text"]})
            return Sending(Sent.RETRY if failed.again else Sent.GONE, failed.after, failed.reason)
        return Sending(Sent.DELIVERED, ref=ref)

    async def _respond(self, incoming: Incoming, reply: Reply, payload: Payload) -> str:
        """Through the response_url: in place of the message that was pressed, or as a new one."""
        own = bool(incoming.reply_to.get("own"))
        to_room = reply.audience is Audience.ROOM
        # In the person's own chat with Kith a message for all is private, and is still there when Slack starts again.
        kind = "in_channel" if to_room or incoming.direct else "ephemeral"
        await self._api.respond(
            incoming.reply_to["url"],
            {
                **payload,
                "response_type": kind,
                "replace_original": reply.replace and own is not to_room,
                "unfurl_links": False,
                **_thread(incoming),
            },
        )
        return ""

    async def _post_here(self, token: str, incoming: Incoming, reply: Reply, payload: Payload) -> str:
        """To the conversation: as a message where everybody in it may read it, else for the asker's eyes only."""
        if reply.audience is Audience.ROOM or incoming.direct:
            return await self._post(token, incoming.conversation, payload | _thread(incoming))
        await self._api.ask(
            self._api.web.chat_postEphemeral(
                token=token, channel=incoming.conversation, user=incoming.user, **payload, **_thread(incoming)
            )
        )
        return ""

    async def _post(self, token: str, channel: str, payload: Payload) -> str:
        """To a conversation; a user's id stands for the person's own chat with Kith."""
        web = self._api.web
        posted = await self._api.ask(web.chat_postMessage(token=token, channel=channel, unfurl_links=False, **payload))
        return ref_of(posted)

    async def _tell_unposted(self, incoming: Incoming, reply: Reply) -> None:
        notice = Reply(cards=(not_in_room(Words(reply.cards[0].language)),))
        await self._along(await self._routes(incoming, notice), message(notice.cards[0]))

    def _age(self, incoming: Incoming) -> timedelta:
        return timedelta(seconds=self._clock.now().timestamp() - incoming.reply_to.get("at", 0))


def ref_of(posted: Mapping[str, Any]) -> str:
    """What a posted message is changed by: ``CHANNEL/TS``."""
    return f"{posted.get('channel', '')}/{posted.get('ts', '')}"


def _thread(incoming: Incoming) -> Payload:
    thread = incoming.reply_to.get("thread")
    return {"thread_ts": thread} if thread else {}
