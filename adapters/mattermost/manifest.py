"""The slash commands that an administrator adds to a team, as ``POST /api/v4/commands`` takes them.

They say the same as the registry, so nothing is typed twice. Limits: server/public/model/command.go.
"""

from collections.abc import Iterable
from typing import Any

from adapters.mattermost.config import COMMAND_PATH
from commands.model import Command

TRIGGER_MAX = 128
HINT_MAX = 1024
DESCRIPTION_MAX = 128


def slash_commands(public_url: str, commands: Iterable[Command[Any]]) -> list[dict[str, Any]]:
    """``/crm`` and the short commands, each to be sent with the team's ``team_id``; the answer holds its token."""
    url = f"{public_url.rstrip('/')}{COMMAND_PATH}"
    main = _slash(url, "crm", "Look up a customer, or do anything else by its verb", "[verb] [customer: text]")
    short = (
        _slash(url, one.slash, one.title, one.usage.removeprefix(one.verb).strip())
        for one in commands
        if one.slash and not one.hidden
    )
    return [main, *short]


def _slash(url: str, trigger: str, description: str, hint: str) -> dict[str, Any]:
    return {
        "trigger": trigger[:TRIGGER_MAX],
        "method": "P",
        "url": url,
        "username": "kith",
        "display_name": "Kith",
        "description": description[:DESCRIPTION_MAX],
        "auto_complete": True,
        "auto_complete_desc": description[:HINT_MAX],
        "auto_complete_hint": hint[:HINT_MAX],
    }
