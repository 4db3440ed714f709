"""Calls to the Mattermost server, with every way they fail told as one error: https://api.mattermost.com/."""

from collections.abc import Mapping
from datetime import timedelta
from hashlib import sha256
from typing import Any, TypeVar
from urllib.parse import quote

import msgspec
import structlog

from adapters.callbacks.calls import Answer, Caller, CallError
from adapters.mattermost.payloads import Post, User

log = structlog.get_logger()

T = TypeVar("T")
Payload = Mapping[str, Any]

MEMBERS_MAX = 200  # of a page
_UNAUTHORIZED, _REFUSED_FROM = 401, 400
_TOKEN_PAUSE = timedelta(minutes=5)  # until a bot's token that was revoked is tried again
_DIALOG_LOOKUPS, _DIALOG_DATES = (11, 0), (11, 1)


class RefusedError(CallError):
    """The server would not do it, now or later; ``status`` is 400, 403, 404 or the like."""

    def __init__(self, reason: str, status: int) -> None:
        super().__init__(reason)
        self.status = status


class MattermostApi:
    """The methods that Kith uses, at the server ``api_url`` and as the bot ``token``. Used in one event loop."""

    def __init__(self, api_url: str, token: str) -> None:
        self._caller = Caller(api_url)
        self._headers = {"Authorization": f"Bearer {token}"}

    async def me(self) -> User:
        """The bot."""
        return await self._get("/api/v4/users/me", User)

    async def user(self, user: str) -> User:
        """Somebody."""
        return await self._get(f"/api/v4/users/{quote(user, safe='')}", User)

    async def version(self) -> tuple[int, int]:
        """The server's version, as far as dialogs differ by it; (0, 0) for one that does not say."""
        answer = await self._ask("GET", "/api/v4/config/client", params={"format": "old"})
        major, minor, *_ = (*str(answer.body.get("Version", "")).split("."), "", "")
        return (int(major), int(minor)) if major.isdecimal() and minor.isdecimal() else (0, 0)

    async def post(self, channel: str, message: Payload, *, root: str = "", key: str = "") -> str:
        """Posts to a channel; the post's id. Within half a minute the same ``key`` is one post."""
        body = {**message, "channel_id": channel, "root_id": root}
        if key:
            body["pending_post_id"] = sha256(key.encode()).hexdigest()
        answer = await self._ask("POST", "/api/v4/posts", json=body)
        return str(answer.body.get("id", ""))

    async def patch(self, post: str, message: Payload) -> None:
        """Changes a post of the bot's own."""
        await self._ask("PUT", f"/api/v4/posts/{quote(post, safe='')}/patch", json=dict(message))

    async def post_privately(self, channel: str, user: str, message: Payload, *, root: str = "") -> None:
        """Shows a post to one person in a channel. The bot needs the permission create_post_ephemeral."""
        post = {**message, "channel_id": channel, "root_id": root}
        await self._ask("POST", "/api/v4/posts/ephemeral", json={"user_id": user, "post": post})

    async def direct(self, bot: str, user: str) -> str:
        """The id of the channel between the bot and a person, made if there is none."""
        answer = await self._ask("POST", "/api/v4/channels/direct", json=[bot, user])
        return str(answer.body.get("id", ""))

    async def read_post(self, post: str) -> Post:
        """A message that the bot may read."""
        return await self._get(f"/api/v4/posts/{quote(post, safe='')}", Post)

    async def is_member(self, channel: str, user: str) -> bool:
        """Whether somebody is in a channel."""
        try:
            await self._ask("GET", f"/api/v4/channels/{quote(channel, safe='')}/members/{quote(user, safe='')}")
        except RefusedError:
            return False
        return True

    async def members(self, channel: str) -> tuple[str, ...]:
        """The user ids of the first ``MEMBERS_MAX`` people in a channel."""
        path = f"/api/v4/channels/{quote(channel, safe='')}/members"
        answer = await self._ask("GET", path, params={"page": "0", "per_page": str(MEMBERS_MAX)})
        return tuple(str(row.get("user_id", "")) for row in answer.rows if isinstance(row, dict))

    async def open_dialog(self, trigger: str, url: str, dialog: Payload) -> None:
        """Opens a dialog before whoever did what brought the ``trigger``; good for as long as the server is set to."""
        body = {"trigger_id": trigger, "url": url, "dialog": dict(dialog)}
        await self._ask("POST", "/api/v4/actions/dialogs/open", json=body)

    async def respond(self, hook: str, message: Payload) -> None:
        """Answers a command once more: five times within 30 minutes. ``hook`` is the end of its response_url."""
        await self._ask("POST", f"/hooks/commands/{quote(hook, safe='')}", json=dict(message), headers={})

    async def close(self) -> None:
        """Ends every connection."""
        await self._caller.close()

    async def _get(self, path: str, type_: type[T]) -> T:
        answer = await self._ask("GET", path)
        try:
            return msgspec.convert(answer.body, type=type_)
        except msgspec.ValidationError:
            raise RefusedError("unreadable_answer", answer.status) from None

    async def _ask(
        self,
        method: str,
        path: str,
        *,
        json: Any = None,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """One call. Raises CallError for what a later try may mend, and RefusedError for what none will."""
        sent = self._headers if headers is None else headers
        try:
            answer = await self._caller.call(method, path, json=json, params=params, headers=sent)
        except CallError as failed:
            # The server limits an address, not a channel: RateLimitSettings.VaryByRemoteAddr.
            again, after = failed.again, failed.after
            raise CallError(failed.reason, again=again, after=after, everywhere=after is not None) from None
        if answer.status == _UNAUTHORIZED:
            log.warning("mattermost_token_refused")
            raise CallError("token_refused", again=True, after=_TOKEN_PAUSE, everywhere=True)
        if answer.status >= _REFUSED_FROM:
            raise RefusedError(_reason(answer), answer.status)
        return answer


def can_look_up(version: tuple[int, int]) -> bool:
    """Whether a dialog's field can be asked for while somebody types: from 11.0."""
    return version >= _DIALOG_LOOKUPS


def has_dates(version: tuple[int, int]) -> bool:
    """Whether a dialog has a calendar: from 11.1."""
    return version >= _DIALOG_DATES


def _reason(answer: Answer) -> str:
    """The error's id (``api.context.permissions.app_error``), never its words."""
    said = str(answer.body.get("id", ""))
    plain = said.isascii() and said.replace(".", "").replace("_", "").isalnum()
    return said[:100] if plain else f"status_{answer.status}"
