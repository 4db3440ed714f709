"""The token of a single workspace: whose it is, only Slack can tell."""

import asyncio

import structlog

from adapters.slack.api import SlackApi, SlackError
from adapters.slack.installations import Installations

log = structlog.get_logger()

_FIRST_PAUSE, _LONGEST_PAUSE = 2, 300  # seconds between tries


class OwnToken:
    """Asks in the background and ties that Slack workspace to Kith's only one, however long it takes."""

    def __init__(self, token: str, api: SlackApi, installations: Installations) -> None:
        self._token = token
        self._api = api
        self._installations = installations
        self._asking: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begins to ask and returns."""
        if self._token:
            self._asking = asyncio.create_task(self._tie())

    async def stop(self) -> None:
        """Stops asking."""
        if self._asking:
            self._asking.cancel()
            await asyncio.gather(self._asking, return_exceptions=True)

    async def _tie(self) -> None:
        pause = _FIRST_PAUSE
        while not await self._tied():
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)

    async def _tied(self) -> bool:
        """Whether there is nothing left to try."""
        try:
            own = await self._api.ask(self._api.web.auth_test(token=self._token))
        except SlackError as failed:
            log.warning("slack_token_not_confirmed", reason=failed.reason)
            return not failed.again  # a wrong token stays wrong
        tenant = str(own.get("team_id") or own.get("enterprise_id") or "")
        return await self._installations.tie_own(tenant, str(own.get("user_id") or ""))
