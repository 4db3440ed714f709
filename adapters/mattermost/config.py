"""What the Mattermost adapter is told by its settings."""

from dataclasses import dataclass

COMMAND_PATH = "/mattermost/command"
ACTION_PATH = "/mattermost/action"
DIALOG_PATH = "/mattermost/dialog"
LOOKUP_PATH = "/mattermost/lookup"


@dataclass(frozen=True, slots=True, repr=False)
class MattermostConfig:
    """``command_tokens`` are those of the slash commands (each has its own) and outgoing webhooks.

    ``api_url`` is where the server is called and ``bot_token`` the bot account's; without them nothing but the answer
    to a command is said. ``public_url`` is where the server reaches Kith. ``vouched`` tells that the server makes sure
    of its members' addresses. ``secret_key`` signs what comes back with a press.
    """

    command_tokens: tuple[str, ...]
    secret_key: str
    api_url: str = ""
    bot_token: str = ""
    public_url: str = ""
    vouched: bool = False

    @property
    def calls(self) -> bool:
        """Whether Kith can call the server."""
        return bool(self.api_url and self.bot_token)
