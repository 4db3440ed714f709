"""acquaint - a chat platform's contact of a customer becomes one of Kith's. Sent by adapters, never typed."""

from collections.abc import Mapping

from cards.model import Button
from cards.receipts import receipt
from cards.words import mark
from commands.model import Command, Context, Reply, always
from commands.subjects import names_of
from core.actor import Role
from core.contacts.acquaintance import Acquaintance, keep_acquaintance
from core.errors import InvalidInputError

TAGS_BETWEEN = "\n"
_FIELDS = ("external_id", "name", "company", "title", "phone", "wechat")


def parse(_text: str, fields: Mapping[str, str]) -> Acquaintance:
    """The fields as the platform gave them."""
    known = {name: fields.get(name, "").strip() for name in _FIELDS}
    tags = frozenset(filter(None, (tag.strip() for tag in fields.get("tags", "").split(TAGS_BETWEEN))))
    return Acquaintance(tags=tags, **known)


def handle(known: Acquaintance, context: Context) -> Reply:
    """Keeps it, and says what changed; nothing when nothing did. Raises NotAllowedError, InvalidInputError."""
    if not known.external_id:
        raise InvalidInputError("external_id", "missing")
    kept = keep_acquaintance(context.work, context.actor, known)
    events = context.work.events.recorded
    if not events:
        return Reply()
    card = receipt(
        context.words("Contact taken over from the chat"),
        f"{kept.contact.name} · {kept.customer.name}",
        events,
        context.reader,
        names=names_of(context),
        follow_ups=(Button(label=context.words("Open"), command=f"360 {kept.customer.id}"),),
    )
    return Reply(cards=(card,))


COMMAND = Command(
    verb="acquaint",
    aliases=("同步联系人",),
    title=mark("Take over a contact from the chat"),
    usage=mark("acquaint: sent by the chat itself"),
    examples=(),
    parse=parse,
    handle=handle,
    writes=always,
    role=Role.REP,
    hidden=True,
    repeatable=True,
)
