"""The conversation beside the toolbar's page: what the browser names is believed only when WeCom confirms it.

``getCurExternalContact`` and ``getCurExternalChat`` answer in the browser, so that whoever sits there may say what they
like. Pages 92114 (whose contact somebody is) and 92122 (who is in a group).
"""

import re
from dataclasses import dataclass, field

import structlog

from adapters.callbacks.calls import CallError
from adapters.wecom.api import WecomApi
from adapters.wecom.contacts import followers
from adapters.wecom.reading import Payload, text_of
from adapters.wecom.robot_incoming import GROUP
from cards.words import mark
from core.conversations.suggesting import Clues

log = structlog.get_logger()

EXTERNAL = "external/"  # before a contact's id: the conversation with them, whoever of the company has it
NOT_YOURS = mark("WeCom does not count this contact among yours, so that Kith opens nothing of theirs here.")
NOT_IN_IT = mark("WeCom does not count you among the members of this group, so that Kith opens nothing of it here.")
NOT_ASKED = mark("WeCom did not say whose conversation this is. Open Kith again in a moment, or search below.")
NOT_ALLOWED = mark(
    "WeCom does not let Kith ask about customers' contacts. An administrator mends it under 可调用接口的应用."
)
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_PAGES = 10  # of 500 members each that have one contact
_MEMBER, _OUTSIDE = 1, 2  # kinds of people in a group
# No such contact, or none of the company's any more; no such group (page 90313).
_UNKNOWN = frozenset({"errcode_84061", "errcode_40096", "errcode_40050", "errcode_90501"})
_FORBIDDEN = frozenset({"errcode_48002", "errcode_60011", "errcode_48003", "errcode_49008"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A conversation that WeCom vouches for. ``contact`` is the id of the one person outside, in a chat of two.

    Without one ``note`` says why. ``clues`` tell whom it may be about.
    """

    conversation: str = ""
    title: str = ""
    contact: str = ""
    note: str = ""
    clues: Clues = field(default_factory=Clues)


class Conversations:
    """Asks WeCom about conversations."""

    def __init__(self, api: WecomApi) -> None:
        self._api = api

    async def with_contact(self, user: str, external: str) -> Beside:
        """A member's chat with a contact of theirs."""
        if not _ID.fullmatch(external):
            return Beside(note=NOT_YOURS)
        try:
            own, contact = await self._followed(user, external)
        except CallError as failed:
            return Beside(note=_note(failed, NOT_YOURS))
        if not own:
            return Beside(note=NOT_YOURS)
        return Beside(conversation=f"{EXTERNAL}{external}", contact=external, clues=_clues(own, contact, external))

    async def in_group(self, user: str, chat: str) -> Beside:
        """A group with customers that the member is in."""
        if not _ID.fullmatch(chat):
            return Beside(note=NOT_IN_IT)
        try:
            group = await self._api.group_chat(chat)
        except CallError as failed:
            return Beside(note=_note(failed, NOT_IN_IT))
        people = [one for one in group.get("member_list") or [] if isinstance(one, dict)]
        if not any(one.get("type") == _MEMBER and _same(text_of(one, "userid"), user) for one in people):
            return Beside(note=NOT_IN_IT)
        outside = tuple(text_of(one, "userid") for one in people if one.get("type") == _OUTSIDE)
        title = text_of(group, "name")
        clues = Clues(contacts=outside, texts=(title,) if title else ())
        return Beside(conversation=f"{GROUP}{chat}", title=title, clues=clues)

    async def again(self, user: str, conversation: str) -> Beside:
        """What WeCom says of a conversation now that was believed before."""
        if conversation.startswith(EXTERNAL):
            return await self.with_contact(user, conversation.removeprefix(EXTERNAL))
        if conversation.startswith(GROUP):
            return await self.in_group(user, conversation.removeprefix(GROUP))
        return Beside()

    async def _followed(self, user: str, external: str) -> tuple[Payload, Payload]:
        """What the member noted of the contact, empty when it is none of theirs; the contact. Raises CallError."""
        cursor = ""
        for _ in range(_PAGES):
            found = await self._api.external_contact(external, cursor)
            own = next((one for one in followers(found) if _same(text_of(one, "userid"), user)), None)
            cursor = text_of(found, "next_cursor")
            if own is not None or not cursor:
                contact = found.get("external_contact")
                return own or {}, contact if isinstance(contact, dict) else {}
        return {}, {}


def _clues(own: Payload, contact: Payload, external: str) -> Clues:
    phones = own.get("remark_mobiles")
    names = (
        text_of(own, "remark_corp_name"),
        text_of(contact, "corp_full_name"),
        text_of(contact, "corp_name"),
        text_of(own, "remark"),
    )
    return Clues(
        contacts=(external,),
        phones=tuple(str(one) for one in phones) if isinstance(phones, list) else (),
        texts=tuple(dict.fromkeys(filter(None, names))),
    )


def _same(one: str, other: str) -> bool:
    """Ids of members are the same in capitals and small letters (page 90196)."""
    return bool(one) and one.casefold() == other.casefold()


def _note(failed: CallError, unknown: str) -> str:
    if failed.reason in _UNKNOWN:
        return unknown
    log.warning("wecom_conversation_not_read", reason=failed.reason)
    return NOT_ALLOWED if failed.reason in _FORBIDDEN else NOT_ASKED
