"""Whether an update was brought by Telegram: the secret that only Telegram and this bot know."""

import hashlib
import hmac

from adapters.telegram.config import TelegramConfig

HEADER = "X-Telegram-Bot-Api-Secret-Token"


def secret_of(config: TelegramConfig) -> str:
    """The secret to register with the webhook: the configured one, or 64 hexadecimal digits derived from the token."""
    return config.secret or hmac.digest(config.token.encode(), b"kith telegram webhook 1", hashlib.sha256).hex()


def is_genuine(sent: str, config: TelegramConfig) -> bool:
    """Compares the header's value in constant time."""
    return hmac.compare_digest(sent.encode("utf-8", "surrogateescape"), secret_of(config).encode())
