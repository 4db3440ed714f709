"""Installation by the workspaces themselves: OAuth 2 with a state that is used once, by the browser it was made for.

https://docs.slack.dev/authentication/installing-with-oauth
"""

import hashlib
import secrets
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode, urljoin

import msgspec
import structlog
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from adapters.slack.api import SlackApi, SlackError
from adapters.slack.config import SlackConfig
from adapters.slack.installations import Installation, Installations, OtherWorkspaceError
from adapters.slack.manifest import REDIRECT_PATH, SCOPES
from adapters.slack.pages import page
from adapters.slack.people import spoken
from cards.words import Words
from core.clock import Clock
from core.drafts import Draft
from core.ids import WorkspaceId
from core.work import Database, Work

log = structlog.get_logger()

_COOKIE = "kith_slack_install"
_STATE_LIFE = timedelta(minutes=10)

# The workspace of Kith whose administrator is signed in in this browser, if one is.
Administrator = Callable[[Request], Awaitable[WorkspaceId | None]]


class _Begun(msgspec.Struct, frozen=True):
    """An installation that was begun: into which workspace, and whether by an administrator of it."""

    workspace_id: str
    vouched: bool


class Installing:
    """The two pages: one that leads to Slack, and one that Slack leads back to."""

    def __init__(  # noqa: PLR0913 - what an installation passes through
        self,
        config: SlackConfig,
        api: SlackApi,
        installations: Installations,
        database: Database,
        clock: Clock,
        *,
        public_url: str,
        administrator: Administrator,
    ) -> None:
        self._config = config
        self._api = api
        self._installations = installations
        self._database = database
        self._clock = clock
        self._redirect = public_url.rstrip("/") + REDIRECT_PATH
        self._administrator = administrator

    def add_to(self, router: APIRouter) -> None:
        """Mounts both pages."""
        router.add_api_route("/slack/install", self.begin, methods=["GET"], include_in_schema=False)
        router.add_api_route(REDIRECT_PATH, self.finish, methods=["GET"], include_in_schema=False)

    async def begin(self, request: Request) -> Response:
        """Leads to Slack's own page, where somebody allows Kith into their workspace."""
        words = _words(request)
        begun = await self._begun_by(request)
        if begun is None:
            text = words("There are several workspaces here. Sign in as an administrator of one, then come back.")
            return page(words("Add Kith to Slack"), text, words, status=409)
        state = secrets.token_urlsafe(32)
        draft = Draft(_key(state), msgspec.json.encode(begun).decode(), self._clock.now() + _STATE_LIFE)
        await self._database.write(lambda work: work.drafts.put(draft))
        response = RedirectResponse(self._authorize_url(state), status_code=302)
        response.set_cookie(
            _COOKIE,
            state,
            max_age=int(_STATE_LIFE.total_seconds()),
            path="/slack",
            secure=self._redirect.startswith("https:"),
            httponly=True,
            samesite="lax",  # it has to come back with the redirect from Slack
        )
        return response

    async def finish(self, request: Request) -> Response:
        """Trades the code that Slack sent along for a token and keeps it."""
        words = _words(request)
        state, kept = request.query_params.get("state", ""), request.cookies.get(_COOKIE, "")
        begun = await self._database.write(lambda work: _take(work, state)) if _same(state, kept) else None
        if begun is None:
            text = words("This link has been used or is too old. Begin the installation again.")
            return page(words("Add Kith to Slack"), text, words, status=400)
        code = request.query_params.get("code", "")
        if not code:
            return page(words("Add Kith to Slack"), words("Slack was told not to install Kith."), words, status=400)
        response = await self._installed(code, begun, words)
        response.delete_cookie(_COOKIE, path="/slack")
        return response

    async def _installed(self, code: str, begun: _Begun, words: Words) -> Response:
        title = words("Add Kith to Slack")
        try:
            granted = await self._exchanged(code)
            tenant, installation = _read(granted, vouched=begun.vouched)
            kept = await self._installations.keep(tenant, WorkspaceId(begun.workspace_id), installation)
        except (SlackError, KeyError) as failed:
            log.warning("installation_failed", reason=failed.reason if isinstance(failed, SlackError) else "no_token")
            text = words("Slack did not complete the installation. Begin again; if it keeps failing, ask the operator.")
            return page(title, text, words, status=502)
        except OtherWorkspaceError:
            text = words("This Slack workspace belongs to another workspace of Kith already.")
            return page(title, text, words, status=409)
        log.info("installation_kept", tenant=tenant, vouched=kept.vouched)
        return page(words("Kith is in Slack"), _next_step(kept, words), words)

    async def _exchanged(self, code: str) -> Mapping[str, Any]:
        # Not by the SDK's own method: it makes the deprecated BasicAuth of aiohttp.
        given = {
            "client_id": self._config.client_id,
            "client_secret": self._config.client_secret,
            "code": code,
            "redirect_uri": self._redirect,
        }
        return await self._api.ask(self._api.web.api_call("oauth.v2.access", data=given))

    async def _begun_by(self, request: Request) -> _Begun | None:
        workspace_id = await self._administrator(request)
        if workspace_id is not None:
            return _Begun(workspace_id, vouched=True)
        only = await self._database.read(lambda work: work.members.only_workspace())
        return _Begun(only, vouched=False) if only is not None else None

    def _authorize_url(self, state: str) -> str:
        asked = {
            "client_id": self._config.client_id,
            "scope": ",".join(SCOPES),
            "redirect_uri": self._redirect,
            "state": state,
        }
        return f"{urljoin(self._config.api_url, '/oauth/v2/authorize')}?{urlencode(asked)}"


def _words(request: Request) -> Words:
    return Words(spoken(request.headers.get("accept-language", "")))


def _key(state: str) -> str:
    return f"slack-install:{hashlib.sha256(state.encode()).hexdigest()}"


def _same(state: str, kept: str) -> bool:
    return bool(state) and secrets.compare_digest(state.encode(), kept.encode())


def _take(work: Work, state: str) -> _Begun | None:
    """What was begun with this state; a second time there is nothing."""
    data = work.drafts.get(_key(state))
    if data is None:
        return None
    work.drafts.drop(_key(state))
    return msgspec.json.decode(data, type=_Begun)


def _read(granted: Mapping[str, Any], *, vouched: bool) -> tuple[str, Installation]:
    """The workspace, or the enterprise of an installation for all of its workspaces. Raises KeyError for less."""
    home = granted["enterprise"] if granted.get("is_enterprise_install") else granted["team"]
    installation = Installation(
        token=granted["access_token"], bot_user=str(granted.get("bot_user_id") or ""), vouched=vouched
    )
    return str(home["id"]), installation


def _next_step(kept: Installation, words: Words) -> str:
    if kept.vouched:
        return words("Type /crm in any conversation. People are recognised by their e-mail address.")
    return words("Type /crm in any conversation. Each person says once who they are, with a code from “link”.")
