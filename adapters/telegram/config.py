"""What the Telegram adapter is told by the settings."""

from dataclasses import dataclass, field
from enum import StrEnum

API_URL = "https://api.telegram.org"


class Mode(StrEnum):
    """How updates reach Kith: fetched from Telegram, or brought by Telegram to a public address."""

    POLLING = "polling"
    WEBHOOK = "webhook"


@dataclass(frozen=True, slots=True, kw_only=True)
class TelegramConfig:
    """``token`` is BotFather's. ``secret`` is what Telegram sends along with each update (1-256 of ``A-Za-z0-9_-``);
    when empty, one is derived from the token. ``api_url`` and ``public_url`` have no slash at the end; without
    ``public_url`` the webhook must be registered by hand.
    """

    token: str = field(repr=False)
    secret: str = field(default="", repr=False)
    mode: str = Mode.POLLING
    api_url: str = API_URL
    public_url: str = ""

    def __post_init__(self) -> None:
        """Refuses a mode there is none of, by name."""
        Mode(self.mode)
