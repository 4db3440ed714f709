"""What Slack's adapter is told: plain values, none of them shown when it is printed."""

from dataclasses import dataclass, field

API_URL = "https://slack.com/api/"


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackConfig:
    """``bot_token`` serves one workspace; ``client_id`` and ``client_secret`` let several install Kith themselves.

    ``signing_secret`` is needed to be called over HTTP, ``app_token`` (``xapp-…``) to be called over Socket Mode.
    """

    bot_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    app_token: str = field(default="", repr=False)
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    api_url: str = API_URL

    @property
    def installs(self) -> bool:
        """Whether workspaces can install Kith themselves."""
        return bool(self.client_id and self.client_secret)
