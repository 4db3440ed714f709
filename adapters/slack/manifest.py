"""The manifest that an administrator gives Slack: it says the same as the registry, so nothing is typed twice.

Limits: https://docs.slack.dev/reference/app-manifest
"""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from commands.model import Command

EVENTS_PATH = "/slack/events"
REDIRECT_PATH = "/slack/oauth_redirect"
SHORTCUT = "save_to_crm"
NAME_MAX = 35
DESCRIPTION_MAX = 140
COMMAND_MAX = 32
COMMANDS_MAX = 50
COMMAND_DESCRIPTION_MAX = 2000
USAGE_HINT_MAX = 1000
SHORTCUT_NAME_MAX = 24

# What each one is for stands in docs/slack.md, in the same order.
SCOPES = (
    "commands",
    "chat:write",
    "app_mentions:read",
    "im:history",
    "users:read",
    "users:read.email",
    "channels:read",
    "groups:read",
    "im:read",
    "mpim:read",
    "links:read",
    "links:write",
)
EVENTS = (
    "app_mention",
    "message.im",
    "app_uninstalled",
    "tokens_revoked",
    "app_home_opened",
    "link_shared",
    "entity_details_requested",
)


def manifest(public_url: str, commands: Iterable[Command[Any]], *, socket_mode: bool) -> dict[str, Any]:
    """The manifest as JSON. ``public_url`` is where Slack reaches Kith; with Socket Mode it may be empty.

    Slack knows one language here, so the words are English.
    """
    address = "" if socket_mode else public_url.rstrip("/") + EVENTS_PATH
    redirects = [public_url.rstrip("/") + REDIRECT_PATH] if public_url else []
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": "Kith",
            "description": "A CRM that lives in the chat: type one line, and the visit is logged.",
            "background_color": "#1f4e5f",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "kith", "always_online": True},
            "shortcuts": [_shortcut()],
            "slash_commands": [command | _url(address) for command in _slash_commands(commands)],
        }
        | _unfurls(public_url),
        "oauth_config": {"scopes": {"bot": list(SCOPES)}} | ({"redirect_urls": redirects} if redirects else {}),
        "settings": {
            "event_subscriptions": {"bot_events": list(EVENTS)} | _url(address, "request_url"),
            "interactivity": {"is_enabled": True}
            | _url(address, "request_url")
            | _url(address, "message_menu_options_url"),
            "org_deploy_enabled": False,
            "socket_mode_enabled": socket_mode,
            "token_rotation_enabled": False,
        },
    }


def slash_verbs(commands: Iterable[Command[Any]]) -> dict[str, str]:
    """The verbs of the short slash commands: ``/visit`` is ``visit``."""
    return {f"/{command.slash}": command.verb for command in commands if command.slash}


def _url(address: str, name: str = "url") -> dict[str, str]:
    return {name: address} if address else {}


def _unfurls(public_url: str) -> dict[str, list[str]]:
    """The domain whose links Slack tells Kith of; it takes no port, and none without a dot in it."""
    host = urlsplit(public_url).hostname or ""
    return {"unfurl_domains": [host]} if "." in host else {}


def _shortcut() -> dict[str, str]:
    return {
        "name": "Save to CRM",
        "type": "message",
        "callback_id": SHORTCUT,
        "description": "Saves this message to a customer's timeline",
    }


def _slash_commands(commands: Iterable[Command[Any]]) -> list[dict[str, Any]]:
    main = _slash("/crm", "Look up a customer, or do anything else by its verb", "[verb] [customer: text]")
    short = (
        _slash(f"/{one.slash}", one.title, one.usage.removeprefix(one.verb).strip())
        for one in commands
        if one.slash and not one.hidden
    )
    return [main, *short][:COMMANDS_MAX]


def _slash(command: str, description: str, usage: str) -> dict[str, Any]:
    """``should_escape`` has Slack name mentioned people by their ids, which is how members are known."""
    hint = {"usage_hint": usage[:USAGE_HINT_MAX]} if usage else {}
    return {"command": command, "description": description[:COMMAND_DESCRIPTION_MAX], "should_escape": True} | hint
