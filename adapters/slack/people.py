"""What Slack tells about people: asked for no longer than an acknowledgement can wait, and remembered for a while."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog

from adapters.slack.api import SlackApi, SlackError
from adapters.slack.installations import Installation, Installations
from core.clock import Clock

log = structlog.get_logger()

# Two questions may stand between a delivery and its acknowledgement, which is due within a second.
_PATIENCE_SECONDS = 0.4
_REMEMBERED = timedelta(minutes=10)
_REFUSAL_REMEMBERED = timedelta(minutes=1)
_MOST_REMEMBERED = 10_000
READERS_MAX = 200  # of a conversation: beyond it, who reads along counts as unknown


@dataclass(frozen=True, slots=True)
class Profile:
    """A person. ``email`` is confirmed by Slack and of this workspace's own people; ``locale`` is like ``zh-CN``.

    ``address`` is the e-mail address of whoever it is, guests too: good to guess a customer by, never to know a member.
    """

    name: str = ""
    email: str = ""
    locale: str = ""
    address: str = ""

    @property
    def language(self) -> str:
        """The one of Kith's languages that is nearest to theirs."""
        return spoken(self.locale)


@dataclass(frozen=True, slots=True)
class _Remembered:
    profile: Profile
    until: datetime


class People:
    """Profiles by workspace and user, and who reads a conversation."""

    def __init__(self, api: SlackApi, installations: Installations, clock: Clock) -> None:
        self._api = api
        self._installations = installations
        self._clock = clock
        self._remembered: OrderedDict[tuple[str, str], _Remembered] = OrderedDict()
        self._asking: dict[tuple[str, str], asyncio.Task[Profile]] = {}

    def known(self, tenant: str, user: str) -> Profile:
        """What is remembered of a person, without asking; an empty profile when nothing is."""
        found = self._remembered.get((tenant, user))
        return found.profile if found and found.until > self._clock.now() else Profile()

    async def profile(self, tenant: str, user: str) -> Profile:
        """A person's profile. What takes too long is empty now, and known the next time."""
        found = self._remembered.get((tenant, user))
        if found and found.until > self._clock.now():
            return found.profile
        return await _in_time(self._asked(tenant, user)) or Profile()

    async def readers(self, tenant: str, conversation: str) -> tuple[str, ...]:
        """The user ids of everybody in a conversation but Kith; empty if they are too many, or Slack tells too late."""
        task = asyncio.ensure_future(self._ask_readers(tenant, conversation))
        found = await _in_time(task)
        if found is None:
            task.cancel()
        return found or ()

    async def close(self) -> None:
        """Stops asking."""
        for task in self._asking.values():
            task.cancel()
        await asyncio.gather(*self._asking.values(), return_exceptions=True)

    def _asked(self, tenant: str, user: str) -> asyncio.Task[Profile]:
        key = (tenant, user)
        if key not in self._asking:
            self._asking[key] = asyncio.ensure_future(self._ask(tenant, user))
            self._asking[key].add_done_callback(lambda _task: self._asking.pop(key, None))
        return self._asking[key]

    async def _ask(self, tenant: str, user: str) -> Profile:
        installation = await self._installations.of(tenant)
        profile, life = Profile(), _REFUSAL_REMEMBERED
        if installation:
            call = self._api.web.users_info(token=installation.token, user=user, include_locale=True)
            if answer := await self._answer(call, "users.info"):
                profile, life = _profile_of(answer.get("user") or {}, tenant), _REMEMBERED
        self._remembered[tenant, user] = _Remembered(profile, self._clock.now() + life)
        while len(self._remembered) > _MOST_REMEMBERED:
            self._remembered.popitem(last=False)
        return profile

    async def _ask_readers(self, tenant: str, conversation: str) -> tuple[str, ...]:
        installation = await self._installations.of(tenant)
        if not installation:
            return ()
        call = self._api.web.conversations_members(token=installation.token, channel=conversation, limit=READERS_MAX)
        answer = await self._answer(call, "conversations.members") or {}
        return _readers_of(answer, installation)

    async def _answer(self, call: Awaitable[Any], method: str) -> Mapping[str, Any] | None:
        try:
            return await self._api.ask(call)
        except SlackError as failed:
            log.info("slack_did_not_tell", method=method, reason=failed.reason)
            return None


def spoken(locale: str) -> str:
    """The language that a locale such as ``zh-CN``, or a browser's list of them, asks for first."""
    return "zh_Hans" if locale.lower().startswith("zh") else "en"


async def _in_time(task: "asyncio.Future[Any]") -> Any:
    """The task's result, or None while it goes on."""
    await asyncio.wait({task}, timeout=_PATIENCE_SECONDS)
    return task.result() if task.done() else None


def _readers_of(answer: Mapping[str, Any], installation: Installation) -> tuple[str, ...]:
    more = (answer.get("response_metadata") or {}).get("next_cursor")
    return () if more else tuple(user for user in answer.get("members") or () if user != installation.bot_user)


def _profile_of(user: Mapping[str, Any], tenant: str) -> Profile:
    """A guest from another company, a bot, or an address that nobody confirmed vouches for nobody."""
    profile = user.get("profile") or {}
    enterprise = user.get("enterprise_user") or {}
    homes = {user.get("team_id") or tenant, enterprise.get("enterprise_id"), *(enterprise.get("teams") or ())}
    vouched = (
        tenant in homes
        and not any(user.get(flag) for flag in ("deleted", "is_bot", "is_stranger"))
        and user.get("is_email_confirmed", True)
    )
    return Profile(
        name=str(user.get("real_name") or profile.get("real_name") or user.get("name") or ""),
        email=str(profile.get("email") or "") if vouched else "",
        locale=str(user.get("locale") or ""),
        address=str(profile.get("email") or ""),
    )
