"""Slack, from its settings."""

from collections.abc import Iterator

from adapters.hosts.tickets import Tickets
from adapters.slack.app import SlackAdapter, nobody
from adapters.slack.config import SlackConfig
from bots.keys import secret_key
from bots.platforms.model import Around, Chat, Finding
from bots.settings import Settings, shown
from commands.registry import VERBS
from commands.vault import Vault


def build(around: Around) -> Chat:
    """Slack; over Socket Mode where there is an app token and the process listens."""
    settings = around.settings
    config = SlackConfig(
        bot_token=shown(settings.slack_bot_token),
        signing_secret=shown(settings.slack_signing_secret),
        app_token=shown(settings.slack_app_token) if around.listens else "",
        client_id=settings.slack_client_id,
        client_secret=shown(settings.slack_client_secret),
        api_url=f"{settings.slack_api_url}/",
    )
    return SlackAdapter(
        config,
        around.database,
        Vault(secret_key(settings)),
        VERBS,
        around.clock,
        public_url=settings.public_url,
        administrator=around.administrator or nobody,
        tickets=Tickets(secret_key(settings)) if around.listens else None,
    )


def findings(settings: Settings) -> Iterator[Finding]:
    """How Slack reaches Kith."""
    if settings.slack_app_token:
        yield Finding("Slack", "ok", "Socket Mode", "")
    elif settings.public_url:
        about = "the Request URLs at api.slack.com/apps, under Slash Commands, Interactivity and Event Subscriptions"
        yield Finding("Slack", "ok", f"{settings.public_url}/slack/events", about)
    else:
        about = "set KITH_PUBLIC_URL, or KITH_SLACK_APP_TOKEN (api.slack.com/apps, Basic Information, App-Level Tokens)"
        yield Finding("Slack", "warning", "", f"Slack cannot reach this server: {about}")
