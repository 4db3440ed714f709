"""What Teams tells about people: who reads a conversation, and the address that their directory has for them."""

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

import structlog

from adapters.callbacks.calls import CallError
from adapters.teams.api import Json, TeamsApi, Where
from adapters.teams.incoming import place_of
from commands.model import Incoming

log = structlog.get_logger()

T = TypeVar("T")

# An invoke is answered within five seconds, and two questions may stand before the answer.
_PATIENCE_SECONDS = 1.0
READERS_MAX = 500  # of a conversation: beyond it, who reads along counts as unknown
_STRANGERS = frozenset({"guest", "anonymous"})  # userRole


class People:
    """Members of conversations."""

    def __init__(self, api: TeamsApi) -> None:
        self._api = api

    async def readers(self, incoming: Incoming) -> tuple[str, ...]:
        """The user ids of everybody in a conversation; empty when they are too many, or Teams tells too late."""
        return tuple(_user(one) for one in await self.listed(incoming) if _user(one))

    async def listed(self, incoming: Incoming) -> list[Json]:
        """As ``readers``, with everything that Teams tells of them."""
        found = await _in_time(self._api.members(_room(incoming)), "members")
        members, whole = found or ([], False)
        return members if whole and len(members) <= READERS_MAX else []

    async def email(self, incoming: Incoming) -> str:
        """The address that the directory of this tenant has for its own person; empty for a guest's."""
        account = incoming.reply_to.get("account", "")
        told = await _in_time(self._api.member(_room(incoming), account), "member") if account else None
        if not told or str(told.get("userRole", "")).casefold() in _STRANGERS:
            return ""
        if not is_user(told, incoming.tenant, incoming.user):
            return ""
        return str(told.get("email") or told.get("userPrincipalName") or "")


def _room(incoming: Incoming) -> Where:
    return Where(incoming.reply_to.get("service", ""), place_of(incoming.reply_to.get("conversation", "")))


def is_user(told: Json, tenant: str, user: str) -> bool:
    """Whether what Teams tells is of this person, as this directory knows them."""
    home = str(told.get("tenantId") or tenant).casefold()
    return home == tenant and _user(told) == user


def _user(member: Json) -> str:
    return str(member.get("aadObjectId") or member.get("objectId") or member.get("id") or "")


async def _in_time(asking: Awaitable[T], what: str) -> T | None:
    """The answer; None when there is none in time."""
    try:
        return await asyncio.wait_for(asking, _PATIENCE_SECONDS)
    except (CallError, TimeoutError) as failed:
        reason = failed.reason if isinstance(failed, CallError) else "too_late"
        log.info("teams_did_not_tell", what=what, reason=reason)
        return None
