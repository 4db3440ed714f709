"""How often Feishu lets itself be called.

https://open.feishu.cn/document/server-docs/api-call-guide/frequency-control and the pages of each call.
"""

import math
from datetime import datetime, timedelta

from bots.emulators.feishu.model import FeishuError
from bots.emulators.rates import Rate

_SECOND, _MINUTE = timedelta(seconds=1), timedelta(minutes=1)
_APP_SECOND, _APP_MINUTE = 50, 1000  # messages of an app
_CHAT = 5  # messages to a person or a group, and changes of one message, a second
_WHISPERS = 40  # a second, in a group
_APP_TOO_FAST, _TOO_FAST, _WHISPER_TOO_FAST = 99991400, 230020, 11232


class Limits:
    """What is counted of one app."""

    def __init__(self) -> None:
        self._app = (Rate(_SECOND / _APP_SECOND, _APP_SECOND), Rate(_MINUTE / _APP_MINUTE, _APP_MINUTE))
        self._chats, self._changes = Rate(_SECOND / _CHAT, _CHAT), Rate(_SECOND / _CHAT, _CHAT)
        self._whispers = Rate(_SECOND / _WHISPERS, _WHISPERS)

    def sent(self, chat: str, now: datetime) -> None:
        """Counts a message. Raises FeishuError for one too many of the app, or in the chat."""
        for rate in self._app:
            if wait := rate.wait("", now):
                pause = str(math.ceil(wait.total_seconds()))
                headers = {"x-ogw-ratelimit-limit": str(_APP_MINUTE), "x-ogw-ratelimit-reset": pause}
                raise FeishuError(_APP_TOO_FAST, "request trigger frequency limit", status=429, headers=headers)
        if self._chats.wait(chat, now):
            raise FeishuError(_TOO_FAST, "more than 5 messages a second in a chat")

    def changed(self, message: str, now: datetime) -> None:
        """Counts a change. Raises FeishuError for one too many of the message."""
        if self._changes.wait(message, now):
            raise FeishuError(_TOO_FAST, "more than 5 changes a second of a message")

    def whispered(self, chat: str, now: datetime) -> None:
        """Counts a card for one person. Raises FeishuError for one too many in the group."""
        if self._whispers.wait(chat, now):
            raise FeishuError(_WHISPER_TOO_FAST, "more than 40 private cards a second in a group")
