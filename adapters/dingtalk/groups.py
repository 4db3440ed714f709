"""Groups that have Kith's cool app: who is in one, and what it is called. Of others DingTalk tells nothing.

https://open.dingtalk.com/document/orgapp/queries-all-members-in-a-group (members) and
https://open.dingtalk.com/document/orgapp/queries-the-basic-information-of-a-scenario-group (title).
"""

import asyncio
from typing import Any

import structlog

from adapters.callbacks.calls import CallError
from adapters.dingtalk.api import Api
from adapters.dingtalk.config import DingTalkConfig

log = structlog.get_logger()

_MEMBERS, _GROUP = "/v1.0/im/sceneGroups/members/batchQuery", "/v1.0/im/sceneGroups/query"
_PAGE = 1000  # a group of up to that many comes at once
_PAGES_MAX = 5
_ID_MAX = 128  # characters
_PATIENCE = 4.0  # seconds


def may_be_group(conversation: str) -> bool:
    """Whether it is written as an openConversationId of a group is."""
    return conversation.startswith("cid") and len(conversation) <= _ID_MAX


class Groups:
    """Asks DingTalk about groups."""

    def __init__(self, config: DingTalkConfig, api: Api) -> None:
        self._code = config.cool_app_code
        self._api = api

    async def has(self, conversation: str, user: str) -> bool:
        """Whether DingTalk says that the person is in the group."""
        if not self._code or not may_be_group(conversation):
            return False
        try:
            async with asyncio.timeout(_PATIENCE):
                return await self._has(conversation, user)
        except (CallError, TimeoutError) as failed:
            log.info("dingtalk_group_not_told", reason=getattr(failed, "reason", "timeout"))
            return False

    async def title(self, conversation: str) -> str:
        """What the group is called; empty where DingTalk does not tell."""
        if not self._code or not may_be_group(conversation):
            return ""
        try:
            async with asyncio.timeout(_PATIENCE):
                told = await self._api.call("POST", _GROUP, self._of(conversation))
        except (CallError, TimeoutError) as failed:
            log.info("dingtalk_group_not_told", reason=getattr(failed, "reason", "timeout"))
            return ""
        title = told.get("title")
        return title if isinstance(title, str) else ""

    async def _has(self, conversation: str, user: str) -> bool:
        asked: dict[str, Any] = self._of(conversation) | {"maxResults": _PAGE}
        for _ in range(_PAGES_MAX):
            told = await self._api.call("POST", _MEMBERS, asked)
            members, onward = told.get("memberUserIds"), told.get("nextToken")
            if isinstance(members, list) and user in members:
                return True
            if not told.get("hasMore") or not onward:
                return False
            asked["nextToken"] = onward
        return False

    def _of(self, conversation: str) -> dict[str, Any]:
        return {"openConversationId": conversation, "coolAppCode": self._code}
