"""Everything that Feishu sends, each kind on its way along the road."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

import msgspec
import structlog

from adapters.callbacks.calls import CallError
from adapters.callbacks.membership import handles_of
from adapters.callbacks.onward import Onward
from adapters.feishu import notices
from adapters.feishu.api import FeishuApi
from adapters.feishu.incoming import PLATFORM, from_menu, from_message, is_direct, mentions
from adapters.feishu.outgoing import Outgoing
from adapters.feishu.payloads import Chosen, Envelope, Header, Looked, Pressed, Said
from adapters.feishu.people import People
from adapters.feishu.pressing import Answer, Pressing
from adapters.feishu.previews import Previews
from adapters.feishu.texts import plain
from commands.model import Incoming, Quoted, Reply
from commands.parsing import Verbs
from core.work import Database, Work

log = structlog.get_logger()

T = TypeVar("T")
_SAVE = "save"
_USER = "user"


class UnreadableError(Exception):
    """The payload has not the shape it says it has."""


class NotNowError(Exception):
    """What is needed to read a message cannot be had now: Feishu is to send it again."""


@dataclass(frozen=True, slots=True)
class Ways:
    """What leads on from here."""

    onward: Onward
    pressing: Pressing
    previews: Previews


class Listener:
    """Hears events that were verified."""

    def __init__(
        self, database: Database, api: FeishuApi, people: People, outgoing: Outgoing, verbs: Verbs, *, language: str
    ) -> None:
        self._database = database
        self._api = api
        self._people = people
        self._outgoing = outgoing
        self._verbs = verbs
        self._language = language
        self._tied: set[str] = set()

    async def hear(self, envelope: Envelope, ways: Ways) -> Answer:
        """Carries one event along the road; on return what it writes is on disk.

        Raises UnreadableError, NotNowError, StoreUnavailableError.
        """
        header = envelope.header
        if header is None:
            raise UnreadableError
        await self._tie(header.tenant_key)
        match header.event_type:
            case "im.message.receive_v1":
                await self._message(header, _read(envelope, Said), ways.onward)
            case "card.action.trigger":
                return await ways.pressing.answer(header, _read(envelope, Pressed))
            case "url.preview.get":
                return Answer(await ways.previews.answer(header, _read(envelope, Looked)))
            case "application.bot.menu_v6":
                incoming = from_menu(header, _read(envelope, Chosen), language=self._language)
                if incoming.text and incoming.user:
                    await ways.onward.take(incoming)
            case _:
                pass  # nothing else is subscribed to
        return Answer({})

    # -- messages ----------------------------------------------------------------------------------

    async def _message(self, header: Header, said: Said, onward: Onward) -> None:
        direct = is_direct(said)
        if said.sender.sender_type != _USER or not (direct or said.message.mentions):
            return
        bot = await self._people.own_open_id() if said.message.mentions else ""
        if not direct and not bot:
            raise NotNowError
        if not direct and not mentions(said, bot):
            return
        handles = await self._handles(header.tenant_key, said)
        incoming = from_message(header, said, bot=bot, handles=handles, language=self._language)
        if not incoming.user:
            return  # nobody that could be answered
        if not incoming.text and not said.message.mentions:
            words = await self._outgoing.words_of(incoming)
            onward.show(incoming, Reply(cards=(notices.wordless(words),)))
            return
        await onward.take(await self._with_quoted(incoming, said))

    async def _with_quoted(self, incoming: Incoming, said: Said) -> Incoming:
        """With the message that "save" answers, for there is no other way to point at one."""
        command = self._verbs.read(incoming.text).command if said.message.parent_id else None
        if command is None or command.verb != _SAVE or not said.message.parent_id:
            return incoming
        try:
            quoted = await self._quoted(said.message.parent_id)
        except CallError as failed:
            log.info("feishu_did_not_tell", method="im.message.get", reason=failed.reason)
            return incoming
        return msgspec.structs.replace(incoming, quoted=quoted)

    async def _quoted(self, message: str) -> Quoted | None:
        found = await self._api.message(message)
        body, sender = found.get("body") or {}, found.get("sender") or {}
        text = plain(str(found.get("msg_type") or ""), str(body.get("content") or ""))
        for one in found.get("mentions") or ():
            text = text.replace(str(one.get("key") or "@_user_?"), f"@{one.get('name') or ''}")
        if not text:
            return None
        author = ""
        if sender.get("sender_type") == _USER and sender.get("id_type") == "open_id":
            author = (await self._people.profile("open_id", str(sender.get("id") or ""))).name
        return Quoted(text=text, author=author, said_at=_instant(str(found.get("create_time") or "")))

    async def _handles(self, tenant: str, said: Said) -> dict[str, str]:
        """What the members mentioned are typed as."""
        users = {one.id.union_id for one in said.message.mentions or () if one.id.union_id}
        return await self._database.read(lambda work: handles_of(work, PLATFORM, tenant, users)) if users else {}

    # -- the company -------------------------------------------------------------------------------

    async def _tie(self, tenant: str) -> None:
        """Ties the company whose app this is to Kith's only workspace, so that its addresses are vouched for."""
        if not tenant or tenant in self._tied:
            return
        if await self._database.read(lambda work: work.members.workspace_of_tenant(PLATFORM, tenant)) is None:
            await self._database.write(lambda work: _tie(work, tenant))
        self._tied.add(tenant)


def _tie(work: Work, tenant: str) -> None:
    workspace = work.members.only_workspace()
    if workspace is not None and work.members.workspace_of_tenant(PLATFORM, tenant) is None:
        work.members.tie_tenant(PLATFORM, tenant, workspace)


def _read(envelope: Envelope, kind: type[T]) -> T:
    try:
        return msgspec.convert(envelope.event, type=kind)
    except msgspec.ValidationError:
        raise UnreadableError from None


def _instant(milliseconds: str) -> datetime | None:
    if not (milliseconds.isascii() and milliseconds.isdigit() and len(milliseconds) <= 14):
        return None
    return datetime.fromtimestamp(int(milliseconds) / 1000, UTC)
