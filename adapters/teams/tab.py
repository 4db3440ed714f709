"""Kith's page as a tab in Teams: who is looking, by a token of Entra ID, and the conversation beside it, as Teams' own
server confirms it.

What ``getContext`` tells in the browser proves nothing; the bot asks whether this person is in that conversation.
"""

import asyncio
from collections.abc import Awaitable, Mapping
from dataclasses import replace
from typing import TypeVar

import structlog

from adapters.callbacks.calls import CallError
from adapters.hosts.model import Proven, Seat
from adapters.teams.api import TeamsApi, Where
from adapters.teams.config import TeamsConfig
from adapters.teams.entra import Entra, Person
from adapters.teams.incoming import PLATFORM, place_of
from adapters.teams.keys import KeysUnavailableError
from adapters.teams.people import is_user
from adapters.teams.references import References
from adapters.teams.signature import ForgedError
from core.conversations.suggesting import Clues
from core.ids import looks_like_id
from core.members.model import Identity

log = structlog.get_logger()

T = TypeVar("T")

# Where Teams frames tabs: today's address, the one it moves to, and the government clouds'.
# https://devblogs.microsoft.com/microsoft365dev/action-required-ensure-your-microsoft-teams-apps-are-ready-for-upcoming-domain-changes/
ANCESTORS = (
    "https://teams.microsoft.com",
    "https://*.teams.microsoft.com",
    "https://*.cloud.microsoft",
    "https://*.teams.microsoft.us",
)
SDK_ORIGIN = "https://res.cdn.office.net"  # of TeamsJS; the address with its version stands in host-teams.js
PATH = f"/sidebar/in/{PLATFORM}"
_PATIENCE_SECONDS = 2.0  # Teams' own answers; without them the page opens without a conversation
_LONGEST = 512  # characters of a conversation's id
_ASKED = 50  # of a conversation's people


class TeamsTab:
    """``adapters.hosts.model.Host`` for Teams."""

    name = PLATFORM
    ancestors = ANCESTORS
    script = "host-teams.js"
    script_sources = (SDK_ORIGIN,)
    agents = ("teams/", "teamsmobile")

    def __init__(self, config: TeamsConfig, api: TeamsApi, entra: Entra, references: References) -> None:
        self._config = config
        self._api = api
        self._entra = entra
        self._references = references

    async def prove(self, proof: Mapping[str, str]) -> Proven | None:
        """Who is looking, from the token in ``token``; None when it is forged, old, or cannot be looked at."""
        try:
            person = await self._entra.verified(proof.get("token", ""))
        except ForgedError as forged:
            log.warning("signature_refused", step=str(forged))
            return None
        except KeysUnavailableError:
            return None
        seat = Seat(identity=Identity(PLATFORM, person.tenant, person.user))
        conversation = place_of(proof.get("conversation", ""))
        if conversation and len(conversation) <= _LONGEST and await self._is_in(person, conversation):
            title = await self._title(person, conversation, proof.get("team", "")[:_LONGEST])
            seat = replace(seat, conversation=conversation, title=title)
        wanted = proof.get("page", "")
        return Proven(seat=seat, once=person.once, customer=wanted if looks_like_id(wanted) else "")

    async def clues(self, seat: Seat) -> Clues:
        """The addresses that Teams' roster has of who is in the conversation, and the channel's name."""
        if not seat.conversation:
            return Clues()
        where = await self._where(seat.identity.tenant, seat.conversation)
        listed, _ = await _in_time(self._api.members(where), "members") or ([], True)
        emails = (str(one.get("email") or "") for one in listed[:_ASKED])
        return Clues(emails=tuple(filter(None, emails)), texts=(seat.title,) if seat.title else ())

    async def _is_in(self, person: Person, conversation: str) -> bool:
        where = await self._where(person.tenant, conversation)
        told = await _in_time(self._api.member(where, person.user), "member")
        return told is not None and is_user(told, person.tenant, person.user)

    async def _title(self, person: Person, conversation: str, team: str) -> str:
        """What the channel is called, where it is one of the team's that the browser named."""
        if not team:
            return ""
        where = await self._where(person.tenant, conversation)
        channels = await _in_time(self._api.channels(where.service, team), "channels") or []
        names = (str(one.get("name") or "") for one in channels if one.get("id") == conversation)
        return next(names, "")

    async def _where(self, tenant: str, conversation: str) -> Where:
        known = await self._references.find(tenant, conversation)
        return Where(known.service if known else self._config.api_url, conversation)


async def _in_time(asking: Awaitable[T], what: str) -> T | None:
    try:
        return await asyncio.wait_for(asking, _PATIENCE_SECONDS)
    except (CallError, TimeoutError) as failed:
        reason = failed.reason if isinstance(failed, CallError) else "too_late"
        log.info("teams_did_not_tell", what=what, reason=reason)
        return None
