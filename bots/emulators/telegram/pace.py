"""How often a bot may write."""

import math
from datetime import datetime, timedelta

from bots.emulators.rates import Rate
from bots.emulators.telegram.model import Chat, flood

_SECOND, _MINUTE = timedelta(seconds=1), timedelta(minutes=1)
# https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this: a message a second in a chat, of
# which "short bursts" go through; 20 a minute in a group; about 30 a second in all.
_BURST, _GROUP_MAX, _ALL_MAX = 30, 20, 30


class Pace:
    """What one bot has written of late."""

    def __init__(self) -> None:
        self._all = Rate(_SECOND / _ALL_MAX, _ALL_MAX)
        self._chat, self._group = Rate(_SECOND, _BURST), Rate(_MINUTE / _GROUP_MAX, _GROUP_MAX)

    def spend(self, chat: Chat, now: datetime) -> None:
        """Counts a message. Raises BotApiError for one too many."""
        rates = [(self._all, ""), (self._group if chat.type != "private" else self._chat, str(chat.id))]
        wait = max(rate.wait(key, now) for rate, key in rates)
        if wait:
            raise flood(math.ceil(wait.total_seconds()))
