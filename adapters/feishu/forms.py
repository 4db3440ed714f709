"""Forms that stand in cards: kept as they were filled, so that they can be mended, and read back whole."""

from datetime import timedelta
from hashlib import sha256

import msgspec

from adapters.feishu.incoming import PLATFORM
from cards.model import Card, Form
from commands.model import Incoming, Quoted
from core.drafts import Draft
from core.work import Database, Work

_LIFE = timedelta(days=14)  # as long as a card can be changed


class Kept(msgspec.Struct, frozen=True, omit_defaults=True):
    """A form with everything in it, its words' language, whose it is, and the message it saves."""

    form: Form
    language: str
    user: str
    quoted: Quoted | None = None


class KeptForms:
    """Keeps forms under their own sealed tokens, each for the one person it was made for."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, incoming: Incoming, card: Card, quoted: Quoted | None) -> None:
        """Keeps every form of a card, before the card goes out."""
        forms = [block for block in card.blocks if isinstance(block, Form)]
        if not forms:
            return
        kept = [(form.token, Kept(form, card.language, incoming.user, quoted)) for form in forms]
        drafts = [(_key(incoming.tenant, token), msgspec.json.encode(each).decode()) for token, each in kept]

        def put(work: Work) -> None:
            for key, data in drafts:
                work.drafts.put(Draft(key, data, work.now + _LIFE))

        await self._database.write(put)

    async def find(self, incoming: Incoming) -> Kept | None:
        """The form that was sent; None for another's, an old one's, or no such form."""
        key = _key(incoming.tenant, incoming.token)
        data = await self._database.read(lambda work: work.drafts.get(key))
        kept = msgspec.json.decode(data, type=Kept) if data else None
        return kept if kept and kept.user == incoming.user else None


def _key(tenant: str, token: str) -> str:
    return f"form:{PLATFORM}:{sha256(f'{tenant}/{token}'.encode()).hexdigest()}"
