"""``/crm save`` in a thread, or with a message's link: the message that is meant, read for whoever may read it.

Only a plugin can add to a message's menu, so this is how a message is pointed at.
"""

import structlog
from msgspec.structs import replace

from adapters.callbacks.calls import CallError
from adapters.mattermost.api import MattermostApi
from adapters.mattermost.incoming import pointed_at, quoted_from
from adapters.mattermost.people import People
from commands.model import Incoming
from commands.parsing import Verbs

log = structlog.get_logger()

_SAVE = "save"


class UnreadableError(Exception):
    """The message cannot be read, by Kith or by whoever asks: the two look the same."""


class Saving:
    """Fetches the message that a line points at."""

    def __init__(self, api: MattermostApi, people: People, verbs: Verbs, api_url: str) -> None:
        self._api = api
        self._people = people
        self._verbs = verbs
        self._api_url = api_url

    async def pointed(self, incoming: Incoming) -> Incoming:
        """The same with the message that is to be saved, if it is about one. Raises UnreadableError."""
        line = self._verbs.read(incoming.text)
        if line.command is None or line.command.verb != _SAVE:
            return incoming
        post, text = pointed_at(incoming.text)
        # In a thread a bare `save`, or one with nothing but a name behind it, means what the thread began with.
        post = post or ("" if ":" in line.text or "：" in line.text else str(incoming.reply_to.get("root", "")))
        return await self._with_message(replace(incoming, text=text), post) if post else incoming

    async def _with_message(self, incoming: Incoming, id_: str) -> Incoming:
        try:
            post = await self._api.read_post(id_)
            here = post.channel_id == incoming.conversation
            readable = here or await self._api.is_member(post.channel_id, incoming.user)
        except CallError as failed:
            log.info("message_not_read", delivery=incoming.key, reason=failed.reason)
            raise UnreadableError from None
        if not readable or post.delete_at or not post.message:
            raise UnreadableError
        author = await self._people.profile(post.user_id)
        return replace(incoming, quoted=quoted_from(post, author, self._api_url))
