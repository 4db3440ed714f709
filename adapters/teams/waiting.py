"""What is kept until somebody comes for it: forms until their dialog is opened, answers until there is a private chat,
and a card in the languages of those who read it.
"""

import secrets
from datetime import timedelta
from typing import Any, TypeVar

import msgspec

from adapters.teams.incoming import PLATFORM
from cards.model import Card, Form
from commands.model import Incoming, Quoted, Reply
from core.drafts import Draft
from core.work import Database, Work

T = TypeVar("T")

_LIFE = timedelta(days=1)
_VIEW_LIFE = timedelta(days=14)  # as long as the buttons on it


class KeptForm(msgspec.Struct, frozen=True, omit_defaults=True):
    """A form with everything in it, whose it is, the message it saves, and where it was asked for."""

    form: Form
    tenant: str
    user: str
    quoted: Quoted | None = None
    conversation: str = ""
    direct: bool = False
    reply_to: dict[str, Any] = {}


class KeptAnswer(msgspec.Struct, frozen=True):
    """An answer that has not reached its asker."""

    incoming: Incoming
    reply: Reply


class KeptView(msgspec.Struct, frozen=True):
    """A room's card by language, and the room."""

    tenant: str
    conversation: str
    cards: dict[str, tuple[Card, ...]]


class Waiting:
    """Keeps them, each under a token of its own or its person."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep_form(self, incoming: Incoming, form: Form) -> Form:
        """The form as it is shown: with the token to open its dialog by."""
        token = secrets.token_urlsafe(24)
        kept = KeptForm(
            form,
            incoming.tenant,
            incoming.user,
            incoming.quoted,
            incoming.conversation,
            incoming.direct,
            {name: value for name, value in incoming.reply_to.items() if name != "message"},
        )
        await self._put(_form_key(token), kept, _LIFE)
        return msgspec.structs.replace(form, token=token)

    async def form(self, incoming: Incoming, token: str) -> KeptForm | None:
        """The form behind a token; None for another's, an old one's, or no such token."""
        kept = await self._get(_form_key(token), KeptForm)
        return kept if kept and (kept.tenant, kept.user) == (incoming.tenant, incoming.user) else None

    async def keep_answer(self, incoming: Incoming, reply: Reply) -> None:
        """Keeps an answer until its asker opens the private chat; the last one counts."""
        await self._put(_answer_key(incoming), KeptAnswer(incoming, reply), _LIFE)

    async def answer(self, incoming: Incoming) -> KeptAnswer | None:
        """What waits for a person."""
        return await self._get(_answer_key(incoming), KeptAnswer)

    async def keep_view(self, view: KeptView) -> str:
        """The token that a card is asked for by."""
        token = secrets.token_urlsafe(16)
        await self._put(_view_key(token), view, _VIEW_LIFE)
        return token

    async def view(self, incoming: Incoming, token: str) -> KeptView | None:
        """The card behind a token; None outside of its room."""
        kept = await self._get(_view_key(token), KeptView)
        here = (incoming.tenant, incoming.conversation)
        return kept if kept and (kept.tenant, kept.conversation) == here else None

    async def _put(self, key: str, kept: msgspec.Struct, life: timedelta) -> None:
        data = msgspec.json.encode(kept).decode()
        await self._database.write(lambda work: work.drafts.put(Draft(key, data, work.now + life)))

    async def _get(self, key: str, kind: type[T]) -> T | None:
        data = await self._database.read(lambda work: work.drafts.get(key))
        return msgspec.json.decode(data, type=kind) if data else None


def forget_answer(work: Work, incoming: Incoming) -> None:
    """Nothing waits for the person any more."""
    work.drafts.drop(_answer_key(incoming))


def _form_key(token: str) -> str:
    return f"form:{PLATFORM}:{token}"


def _answer_key(incoming: Incoming) -> str:
    return f"waiting:{PLATFORM}:{incoming.tenant}:{incoming.user}"


def _view_key(token: str) -> str:
    return f"view:{PLATFORM}:{token}"
