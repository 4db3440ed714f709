"""The conversation beside the page: whether somebody is in it, what it is called, and who else is there."""

import asyncio
import re

import structlog

from adapters.callbacks.calls import CallError
from adapters.feishu.api import FeishuApi
from adapters.feishu.people import People
from core.conversations.suggesting import Clues

log = structlog.get_logger()

_CHAT = re.compile(r"oc_[0-9A-Za-z_]{1,64}")
_PAGES_MAX = 20  # of a hundred people
_PATIENCE_SECONDS = 4.0  # somebody waits before a page
_PEOPLE_ASKED = 20  # each is a question to Feishu


class Conversations:
    """Asks Feishu, as the bot: it has to be in the conversation itself."""

    def __init__(self, api: FeishuApi, people: People) -> None:
        self._api = api
        self._people = people

    async def title(self, chat: str, user: str) -> str | None:
        """What the conversation is called; None unless Feishu says that the person (by union_id) is in it."""
        if not _CHAT.fullmatch(chat):
            return None
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                return await self._name(chat) if user in await self._members(chat, until=user) else None
        except (CallError, TimeoutError) as failed:
            log.info("feishu_did_not_tell", method="im.chat", reason=getattr(failed, "reason", "late"))
            return None

    async def clues(self, chat: str, user: str) -> Clues:
        """The addresses and numbers of who is there, as the company has them, and what the conversation is called."""
        title = await self.title(chat, user)
        if title is None:
            return Clues()
        try:
            users = [one for one in await self._members(chat) if one != user][:_PEOPLE_ASKED]
        except CallError:
            users = []
        profiles = await asyncio.gather(*(self._people.profile("union_id", one) for one in users))
        emails = tuple(one.email for one in profiles if one.email)
        phones = tuple(one.phone for one in profiles if one.phone)
        return Clues(emails=emails, phones=phones, texts=(title,) if title else ())

    async def _members(self, chat: str, *, until: str = "") -> list[str]:
        """The union_ids there, a page at a time; ``until`` a person is found, else the first page."""
        people: list[str] = []
        page = ""
        for _ in range(_PAGES_MAX if until else 1):
            told = await self._api.members(chat, page)
            people += [str(one.get("member_id") or "") for one in told.get("items") or () if isinstance(one, dict)]
            page = str(told.get("page_token") or "")
            if until in people or not told.get("has_more") or not page:
                break
        return people

    async def _name(self, chat: str) -> str:
        """Empty where the app may not read it: who is there is enough."""
        try:
            return str((await self._api.chat(chat)).get("name") or "")
        except CallError as failed:
            log.info("feishu_did_not_tell", method="im.chat.get", reason=failed.reason)
            return ""
