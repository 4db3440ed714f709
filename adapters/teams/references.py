"""Conversations to come back to: where somebody's private chat is, and at which connector a room.

Kept as drafts that live for long and are kept anew when they are used; the platform would tell them again with the next
activity.
"""

from collections import OrderedDict
from datetime import datetime, timedelta

import msgspec

from adapters.teams.incoming import PLATFORM
from commands.model import Incoming
from core.clock import Clock
from core.drafts import Draft
from core.work import Database

_LIFE = timedelta(days=400)
_AGAIN = timedelta(days=30)  # after which a reference that is used is kept anew
_MOST_REMEMBERED = 10_000


class Reference(msgspec.Struct, frozen=True, omit_defaults=True):
    """The connector's address, the conversation there, and the person's account in Teams (``29:…``)."""

    service: str
    conversation: str
    account: str = ""


class References:
    """The references of people and rooms."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._kept: OrderedDict[str, tuple[Reference, datetime]] = OrderedDict()

    async def remember(self, incoming: Incoming) -> bool:
        """Keeps where something came from; whether that was new. Writes only then."""
        place = incoming.reply_to
        if incoming.direct:
            found = Reference(place["service"], incoming.conversation, place["account"])
            return await self._keep(incoming.tenant, incoming.user, found)
        found = Reference(place["service"], incoming.conversation)
        return await self._keep(incoming.tenant, incoming.conversation, found)

    async def _keep(self, tenant: str, who: str, reference: Reference) -> bool:
        key, now = _key(tenant, who), self._clock.now()
        known = self._kept.get(key)
        if known is not None and known[0] == reference and now - known[1] < _AGAIN:
            return False
        is_new = await self._find(key) != reference
        if is_new or known is not None:
            data = msgspec.json.encode(reference).decode()
            await self._database.write(lambda work: work.drafts.put(Draft(key, data, work.now + _LIFE)))
        self._kept[key] = (reference, now)
        while len(self._kept) > _MOST_REMEMBERED:
            self._kept.popitem(last=False)
        return is_new

    async def find(self, tenant: str, who: str) -> Reference | None:
        """The reference of a person or a room."""
        return await self._find(_key(tenant, who))

    async def placed(self, incoming: Incoming) -> Incoming:
        """The same, told how to be answered where it does not tell so itself: what Kith does later has no activity."""
        if incoming.reply_to:
            return incoming
        known = await self.find(incoming.tenant, incoming.conversation)
        if known is None:
            return incoming
        place = {"service": known.service, "conversation": known.conversation, "account": known.account}
        return msgspec.structs.replace(incoming, reply_to=place)

    async def _find(self, key: str) -> Reference | None:
        data = await self._database.read(lambda work: work.drafts.get(key))
        return msgspec.json.decode(data, type=Reference) if data else None


def _key(tenant: str, who: str) -> str:
    return f"reference:{PLATFORM}:{tenant}:{who}"
