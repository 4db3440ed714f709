"""Mattermost, from its settings."""

from collections.abc import Iterator

from adapters.mattermost.app import MattermostAdapter
from adapters.mattermost.config import COMMAND_PATH, MattermostConfig
from bots.errors import BadSettingError
from bots.keys import secret_key
from bots.platforms.model import Around, Chat, Finding
from bots.settings import Settings, shown
from commands.registry import VERBS
from core.patterns import late

_BETWEEN = late(r"[\s,;]+")
_TOKEN_MIN = 20  # characters; the server's own have 26
_PAGE = "Product menu > Integrations"


def build(around: Around) -> Chat:
    """Mattermost. Raises BadSettingError for tokens that are none."""
    settings = around.settings
    tokens = _tokens(settings)
    if not tokens or any(len(token) < _TOKEN_MIN for token in tokens):
        wanted = f"each must have {_TOKEN_MIN} characters or more; see {_PAGE}, Slash Commands"
        raise BadSettingError(f"KITH_MATTERMOST_COMMAND_TOKENS: {wanted}")
    config = MattermostConfig(
        command_tokens=tokens,
        secret_key=secret_key(settings),
        api_url=settings.mattermost_api_url,
        bot_token=shown(settings.mattermost_bot_token),
        public_url=settings.public_url,
        vouched=settings.mattermost_emails == "all",
    )
    return MattermostAdapter(config, around.database, VERBS, around.clock)


def findings(settings: Settings) -> Iterator[Finding]:
    """How Mattermost reaches Kith, and what Kith may do there."""
    tokens = _tokens(settings)
    if any(len(token) < _TOKEN_MIN for token in tokens):
        yield Finding("Mattermost", "bad", "", f"a token is too short to be one: copy it at {_PAGE}, Slash Commands")
    else:
        about = f"the Request URL of each command at {_PAGE}, Slash Commands, with the method POST"
        yield Finding("Mattermost", "ok", f"{settings.public_url}{COMMAND_PATH}", about)
    if not settings.mattermost_bot_token:
        about = f"no bot: nothing but commands is answered. Add one at {_PAGE}, Bot Accounts"
        yield Finding("Mattermost bot", "warning", "", f"{about}, and set KITH_MATTERMOST_BOT_TOKEN and …_API_URL")
    else:
        yield Finding("Mattermost bot", "ok", settings.mattermost_api_url, f"{_PAGE}, Bot Accounts")
    if not settings.public_url.startswith("https://"):
        about = (
            "dialogs look customers up over HTTPS alone: until KITH_PUBLIC_URL begins with it, names are typed there"
        )
        yield Finding("Mattermost dialogs", "warning", settings.public_url, about)


def _tokens(settings: Settings) -> tuple[str, ...]:
    return tuple(filter(None, _BETWEEN.split(shown(settings.mattermost_command_tokens))))
