"""A card that each reader of a room sees in their own language: kept, and asked for by Teams as they look.

https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/universal-actions-for-adaptive-cards/user-specific-views
"""

import structlog

from adapters.callbacks.calls import CallError
from adapters.callbacks.membership import words_of
from adapters.teams.api import Json, TeamsApi, Where
from adapters.teams.incoming import place_of
from adapters.teams.membership import languages_of
from adapters.teams.waiting import KeptView, Waiting
from cards.renderers.teams import adaptive, refreshed_for
from commands.model import Incoming, Reply
from core.work import Database

log = structlog.get_logger()


class Views:
    """Offers them with a message, and answers when Teams asks."""

    def __init__(self, api: TeamsApi, database: Database, waiting: Waiting) -> None:
        self._api = api
        self._database = database
        self._waiting = waiting

    async def offered(self, sent: Json, reply: Reply, tenant: str, where: Where) -> Json:
        """The message for a room, with a card of their own for those of its readers who read another language."""
        if not reply.translations or not reply.cards:
            return sent
        try:
            members, _ = await self._api.members(Where(where.service, place_of(where.conversation)))
        except CallError as failed:
            log.info("teams_did_not_tell", what="members", reason=failed.reason)
            return sent
        accounts = {str(one.get("aadObjectId") or one.get("id")): str(one.get("id") or "") for one in members}
        spoken = await self._database.read(lambda work: languages_of(work, tenant, accounts))
        shown = reply.cards[0].language
        others = [
            accounts[user] for user, language in spoken.items() if language in reply.translations and language != shown
        ]
        if not any(others):
            return sent
        by_language = dict(reply.translations) | {shown: reply.cards}
        view = await self._waiting.keep_view(KeptView(tenant, place_of(where.conversation), by_language))
        return refreshed_for(sent, view, list(filter(None, others)))

    async def seen_by(self, incoming: Incoming, view: str) -> Json | None:
        """The card as this person reads it; None when it is forgotten, or of another room."""
        kept = await self._waiting.view(incoming, view)
        if kept is None:
            return None
        words = await self._database.read(lambda work: words_of(work, incoming))
        cards = kept.cards.get(words.language) or next(iter(kept.cards.values()))
        return adaptive(cards)
