"""The chat platforms that are set up, each imported only then."""

from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from bots.compose import Attached
from bots.errors import BadSettingError
from bots.keys import secret_key
from bots.settings import Secret, Settings
from commands.registry import VERBS
from core.clock import Clock
from core.ids import WorkspaceId
from core.work import Database

# A browser's request to the workspace whose administrator sent it; the web framework's type, which is not needed here.
Administrator = Callable[[Any], Awaitable[WorkspaceId | None]]


class Chat(Attached, Protocol):
    """A platform that runs for as long as the process does."""

    def router(self) -> Any:
        """Its routes (a ``fastapi.APIRouter``), or None."""
        ...

    async def start(self) -> None:
        """Begins to listen."""
        ...

    async def stop(self) -> None:
        """Takes nothing more, and ends when what was taken is done with."""
        ...


def build_chats(settings: Settings, database: Database, clock: Clock, administrator: Administrator) -> list[Chat]:
    """Every platform that has settings."""
    chats: list[Chat] = []
    if settings.slack_on:
        chats.append(_slack(settings, database, clock, administrator=administrator, app_token=settings.slack_app_token))
    if settings.telegram_on:
        chats.append(_telegram(settings, database))
    return chats


def build_senders(settings: Settings, database: Database, clock: Clock) -> list[Chat]:
    """The platforms of a process that sends and does not listen. Raises BadSettingError where one cannot do that."""
    chats: list[Chat] = []
    if settings.slack_on:
        chats.append(_slack(settings, database, clock))
    if settings.telegram_on:
        if settings.telegram_mode == "polling":
            raise BadSettingError("KITH_TELEGRAM_MODE is polling, which one process alone can do; kith serve does it")
        chats.append(_telegram(settings, database))
    return chats


def _slack(
    settings: Settings,
    database: Database,
    clock: Clock,
    *,
    administrator: Administrator | None = None,
    app_token: Secret | None = None,
) -> Chat:
    from adapters.slack.app import SlackAdapter, nobody  # noqa: PLC0415 - a platform that is off costs nothing
    from adapters.slack.config import SlackConfig  # noqa: PLC0415 - see above
    from commands.vault import Vault  # noqa: PLC0415 - see above

    config = SlackConfig(
        bot_token=_shown(settings.slack_bot_token),
        signing_secret=_shown(settings.slack_signing_secret),
        app_token=_shown(app_token),
        client_id=settings.slack_client_id,
        client_secret=_shown(settings.slack_client_secret),
        api_url=f"{settings.slack_api_url}/",
    )
    vault = Vault(secret_key(settings))
    return SlackAdapter(
        config,
        database,
        vault,
        VERBS,
        clock,
        public_url=settings.public_url,
        administrator=administrator or nobody,
    )


def _telegram(settings: Settings, database: Database) -> Chat:
    from adapters.telegram.app import TelegramAdapter  # noqa: PLC0415 - a platform that is off costs nothing
    from adapters.telegram.config import TelegramConfig  # noqa: PLC0415 - see above

    config = TelegramConfig(
        token=_shown(settings.telegram_token),
        secret=_shown(settings.telegram_secret),
        mode=settings.telegram_mode,
        api_url=settings.telegram_api_url,
        public_url=settings.public_url,
    )
    return TelegramAdapter(config, database, VERBS)


def _shown(secret: Secret | None) -> str:
    return secret.value if secret else ""
