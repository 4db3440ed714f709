"""What the server tells about people: asked for no longer than an answer can wait, and remembered for a while."""

import asyncio
from collections import OrderedDict
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

import structlog

from adapters.callbacks.calls import CallError
from adapters.mattermost.api import MEMBERS_MAX, MattermostApi
from adapters.mattermost.payloads import User
from core.clock import Clock

log = structlog.get_logger()

T = TypeVar("T")

# Two questions may stand between a delivery and its acknowledgement, which is due within a second.
_PATIENCE_SECONDS = 0.4
_REMEMBERED = timedelta(minutes=10)
_MOST_REMEMBERED = 10_000
_GUEST = "system_guest"


@dataclass(frozen=True, slots=True)
class _Remembered:
    user: User
    until: datetime


class People:
    """Profiles by user id, and who reads a channel."""

    def __init__(self, api: MattermostApi, clock: Clock, *, vouched: bool) -> None:
        self._api = api
        self._clock = clock
        self._vouched = vouched
        self._remembered: OrderedDict[str, _Remembered] = OrderedDict()

    def locale(self, user: str) -> str:
        """The language of somebody's client, as far as it is known without asking."""
        found = self._remembered.get(user)
        return found.user.locale if found and found.until > self._clock.now() else ""

    async def profile(self, user: str) -> User:
        """A person's profile; an empty one when the server does not tell, or too late."""
        found = self._remembered.get(user)
        if found and found.until > self._clock.now():
            return found.user
        asked = await _in_time(self._api.user(user), "user")
        if asked is None:
            return User()
        self._remembered[user] = _Remembered(asked, self._clock.now() + _REMEMBERED)
        while len(self._remembered) > _MOST_REMEMBERED:
            self._remembered.popitem(last=False)
        return asked

    async def verified_email(self, user: str) -> str:
        """The address that the server vouches for: a confirmed one, or where it makes sure of all any one.

        A guest, a bot and somebody who was deactivated vouch for nobody. Who is no administrator is not told whether
        an address was confirmed: server/public/model/user.go, ClearNonProfileFields.
        """
        found = await self.profile(user)
        ours = not (found.is_bot or found.delete_at or _GUEST in found.roles.split())
        return found.email if ours and (found.email_verified or self._vouched) else ""

    async def readers(self, channel: str, bot: str) -> tuple[str, ...]:
        """The user ids of everybody in a channel but Kith; empty if they are too many, or nobody tells in time."""
        found = await _in_time(self._api.members(channel), "members") or ()
        return () if len(found) >= MEMBERS_MAX else tuple(user for user in found if user != bot)


async def _in_time(asking: Coroutine[Any, Any, T], what: str) -> T | None:
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            return await asking
    except (CallError, TimeoutError) as failed:
        log.info("mattermost_did_not_tell", what=what, reason=getattr(failed, "reason", "late"))
        return None
