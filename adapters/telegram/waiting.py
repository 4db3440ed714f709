"""Private answers for people the bot may not write to yet: kept until they open a chat with it."""

from datetime import timedelta

import msgspec
from msgspec.structs import replace

from commands.model import Incoming, Reply
from core.drafts import Draft
from core.work import Database, Work

LIFE = timedelta(days=1)


class _Kept(msgspec.Struct, frozen=True):
    incoming: Incoming
    reply: Reply


def _key(incoming: Incoming) -> str:
    return f"waiting:{incoming.platform}:{incoming.tenant}:{incoming.user}"


class Waiting:
    """The last answer that could not reach each person."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, incoming: Incoming, reply: Reply) -> None:
        """Keeps an answer until its asker opens the private chat."""
        data = msgspec.json.encode(_Kept(incoming, reply)).decode()
        await self._database.write(lambda work: work.drafts.put(Draft(_key(incoming), data, work.now + LIFE)))

    async def find(self, incoming: Incoming) -> tuple[Incoming, Reply] | None:
        """What waits for the person behind ``incoming``, as if it were asked by this delivery."""
        data = await self._database.read(lambda work: work.drafts.get(_key(incoming)))
        if data is None:
            return None
        kept = msgspec.json.decode(data, type=_Kept)
        return replace(kept.incoming, delivery=incoming.delivery), kept.reply


def forget(work: Work, incoming: Incoming) -> None:
    """Nothing waits any more."""
    work.drafts.drop(_key(incoming))
