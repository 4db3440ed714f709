"""What Feishu tells about people: asked for no longer than an acknowledgement can wait, and remembered for a while."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

import structlog

from adapters.callbacks.calls import CallError
from adapters.feishu.api import FeishuApi
from core.clock import Clock

log = structlog.get_logger()

T = TypeVar("T")

# Two questions may stand between a delivery and its acknowledgement, which is due within a second.
_PATIENCE_SECONDS = 0.4
_REMEMBERED = timedelta(minutes=10)
_REFUSAL_REMEMBERED = timedelta(minutes=1)
_MOST_REMEMBERED = 10_000
READERS_MAX = 200  # of a conversation: beyond it, who reads along counts as unknown


@dataclass(frozen=True, slots=True)
class Profile:
    """A person. ``email`` and ``phone`` are the company's own record of an active member; empty where the app may not
    read them.
    """

    name: str = ""
    email: str = ""
    phone: str = ""
    union_id: str = ""


class People:
    """Profiles by id, who reads a conversation, and who the bot is itself."""

    def __init__(self, api: FeishuApi, clock: Clock) -> None:
        self._api = api
        self._clock = clock
        self._remembered: OrderedDict[tuple[str, str], tuple[Profile, datetime]] = OrderedDict()
        self._asking: dict[tuple[str, str], asyncio.Task[Profile]] = {}
        self._own_id = ""
        self._own: asyncio.Task[str] | None = None

    async def own_open_id(self) -> str:
        """The bot's open_id; empty while Feishu does not tell."""
        if not self._own_id:
            if self._own is None or self._own.done():
                self._own = asyncio.ensure_future(self._ask_own())
            self._own_id = await _in_time(self._own) or ""
        return self._own_id

    async def profile(self, id_type: str, user: str) -> Profile:
        """A person by ``open_id`` or ``union_id``. What takes too long is empty now, and known the next time."""
        found = self._remembered.get((id_type, user))
        if found and found[1] > self._clock.now():
            return found[0]
        return await _in_time(self._asked(id_type, user)) or Profile()

    async def readers(self, chat: str) -> tuple[str, ...]:
        """The union_ids of everybody in a chat; empty if they are too many, or Feishu tells too late."""
        task = asyncio.ensure_future(self._ask_readers(chat))
        found = await _in_time(task)
        if found is None:
            task.cancel()
        return found or ()

    async def close(self) -> None:
        """Stops asking."""
        tasks = [*self._asking.values(), *([self._own] if self._own else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _asked(self, id_type: str, user: str) -> "asyncio.Task[Profile]":
        key = (id_type, user)
        if key not in self._asking:
            self._asking[key] = asyncio.ensure_future(self._ask(id_type, user))
            self._asking[key].add_done_callback(lambda _task: self._asking.pop(key, None))
        return self._asking[key]

    async def _ask(self, id_type: str, user: str) -> Profile:
        told = await self._told(self._api.user(id_type, user), "contact.user.get")
        profile, life = (_profile_of(told), _REMEMBERED) if told else (Profile(), _REFUSAL_REMEMBERED)
        self._remembered[id_type, user] = (profile, self._clock.now() + life)
        while len(self._remembered) > _MOST_REMEMBERED:
            self._remembered.popitem(last=False)
        return profile

    async def _ask_own(self) -> str:
        return await self._told(self._api.own_open_id(), "bot.info") or ""

    async def _ask_readers(self, chat: str) -> tuple[str, ...]:
        people: list[str] = []
        page = ""
        while len(people) <= READERS_MAX:
            told = await self._told(self._api.members(chat, page), "im.chat.members")
            if not told:
                return ()
            people += [str(one.get("member_id") or "") for one in told.get("items") or () if isinstance(one, dict)]
            page = str(told.get("page_token") or "")
            if not told.get("has_more") or not page:
                return tuple(filter(None, people)) if len(people) <= READERS_MAX else ()
        return ()

    async def _told(self, call: Awaitable[T], method: str) -> T | None:
        try:
            return await call
        except CallError as failed:
            log.info("feishu_did_not_tell", method=method, reason=failed.reason)
            return None


async def _in_time(task: "asyncio.Future[T]") -> T | None:
    """The task's result, or None while it goes on."""
    await asyncio.wait({task}, timeout=_PATIENCE_SECONDS)
    return task.result() if task.done() else None


def _profile_of(user: Mapping[str, Any]) -> Profile:
    """Who has left, or whose account is not in use, vouches for no address."""
    status = user.get("status")
    status = status if isinstance(status, dict) else {}
    gone = any(status.get(flag) for flag in ("is_frozen", "is_resigned", "is_exited", "is_unjoin"))
    vouched = not gone and status.get("is_activated", True)
    return Profile(
        name=str(user.get("name") or ""),
        email=str(user.get("enterprise_email") or user.get("email") or "") if vouched else "",
        phone=str(user.get("mobile") or "") if vouched else "",
        union_id=str(user.get("union_id") or ""),
    )
