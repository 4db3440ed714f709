"""Forms that a platform would not open in time: kept as filled, until the button in their place is pressed."""

import secrets
from datetime import timedelta

import msgspec

from cards.model import Form
from commands.model import Incoming, Quoted
from core.drafts import Draft
from core.work import Database

_LIFE = timedelta(days=1)


class Waiting(msgspec.Struct, frozen=True, omit_defaults=True):
    """A form with everything in it, whose it is, and the message it saves."""

    form: Form
    user: str
    quoted: Quoted | None = None
    tenant: str = ""


class WaitingForms:
    """Keeps forms under tokens of their own, each for the one person it was to be opened for."""

    def __init__(self, database: Database, platform: str) -> None:
        self._database, self._platform = database, platform

    async def keep(self, incoming: Incoming, form: Form) -> str:
        """The token to open it by."""
        token = secrets.token_urlsafe(24)
        data = msgspec.json.encode(Waiting(form, incoming.user, incoming.quoted, incoming.tenant)).decode()
        await self._database.write(lambda work: work.drafts.put(Draft(self._key(token), data, work.now + _LIFE)))
        return token

    async def find(self, incoming: Incoming) -> Waiting | None:
        """The form behind the token that was pressed; None for another's, an old one's, or no such token."""
        data = await self._database.read(lambda work: work.drafts.get(self._key(incoming.token)))
        waiting = msgspec.json.decode(data, type=Waiting) if data else None
        return waiting if waiting and (waiting.tenant, waiting.user) == (incoming.tenant, incoming.user) else None

    def _key(self, token: str) -> str:
        return f"form:{self._platform}:{token}"
