"""Messages of the robot: through a conversation's sessionWebhook, to a person, to a group.

https://open.dingtalk.com/document/orgapp/chatbots-send-one-on-one-chat-messages-in-batches and
https://open.dingtalk.com/document/orgapp/the-robot-sends-a-group-message.
"""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from adapters.callbacks.calls import CallError
from adapters.dingtalk.api import Api
from adapters.dingtalk.config import DingTalkConfig
from commands.model import Incoming
from core.clock import Clock

_TO_PEOPLE, _TO_GROUP = "/v1.0/robot/oToMessages/batchSend", "/v1.0/robot/groupMessages/send"
_MARKDOWN = "sampleMarkdown"
# A hook lives for about 90 minutes; in its last one it is not used, for clocks differ.
_MARGIN = timedelta(minutes=1)
_CONTROLLED = timedelta(minutes=1)
_GROUP = "cid"  # how the ids of conversations begin, and no person's


@dataclass(frozen=True, slots=True)
class Target:
    """A person's own chat, by their user id, or a group, by its openConversationId. ``hook`` is a way there, or empty.

    ``staff`` is false for a person whom only the hook can reach.
    """

    id: str
    direct: bool
    hook: str = ""
    staff: bool = True

    @property
    def reachable(self) -> bool:
        """Whether there is a way beside the hook: a group always, a person of this organisation."""
        return self.staff or not self.direct

    @classmethod
    def of_id(cls, id_: str) -> "Target":
        """Whatever the id is of."""
        return cls(id_, direct=not id_.startswith(_GROUP))


class Robot:
    """Sends markdown."""

    def __init__(self, api: Api, config: DingTalkConfig, clock: Clock) -> None:
        self._api = api
        self._config = config
        self._clock = clock

    def target(self, incoming: Incoming, *, direct: bool) -> Target:
        """Where an answer goes: the asker's own chat, or the group it was asked in."""
        id_, how = (incoming.user if direct else incoming.conversation), incoming.reply_to
        there = how.get("hook_at") == id_ and bool(how.get("hook"))
        fresh = (self._clock.now() + _MARGIN).timestamp() * 1000 < how.get("hook_until", 0)
        return Target(id_, direct, str(how["hook"]) if there and fresh else "", staff=bool(how.get("staff", True)))

    async def send(self, target: Target, message: dict[str, Any]) -> None:
        """Sends ``title`` and ``text``. Raises CallError."""
        if target.hook:
            try:
                await self._api.respond(target.hook, {"msgtype": "markdown", "markdown": message})
            except CallError as failed:
                if failed.again or not target.reachable:
                    raise
            else:
                return
        if not target.reachable:
            raise CallError("no_staff")
        await self._send(target, message)

    async def _send(self, target: Target, message: dict[str, Any]) -> None:
        said = json.dumps(message, ensure_ascii=False)
        body: dict[str, Any] = {"robotCode": self._config.robot, "msgKey": _MARKDOWN, "msgParam": said}
        if not target.direct:
            await self._api.call("POST", _TO_GROUP, {**body, "openConversationId": target.id})
            return
        told = await self._api.call("POST", _TO_PEOPLE, {**body, "userIds": [target.id]})
        if told.get("flowControlledStaffIdList"):
            raise CallError("flow_controlled", again=True, after=_CONTROLLED)
        if told.get("invalidStaffIdList"):
            raise CallError("invalid_staff")
