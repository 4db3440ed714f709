"""What Feishu's console wants to be told about the app: permissions, events, callbacks, links.

The first part, ``scopes``, is the shape that the console's batch import of permissions takes.
https://open.feishu.cn/document/server-docs/application-scope/scope-list
"""

from typing import Any
from urllib.parse import urlsplit

from adapters.feishu.links import SIDE_PATH
from adapters.feishu.webhook import EVENTS_PATH
from commands.model import Command

SCOPES = (
    "im:message:send_as_bot",  # answers, ephemeral cards, updates
    "im:message.p2p_msg:readonly",  # what is said in the private chat
    "im:message.group_at_msg:readonly",  # what is said to the bot in groups
    "im:message:readonly",  # the message that "save" points at
    "im:chat.members:read",  # who reads along
    "im:chat:readonly",  # what the conversation beside the page is called
    "contact:user.base:readonly",  # names
    "contact:user.email:readonly",  # the address a member is recognised by
    "contact:user.phone:readonly",  # whose number a customer's contact has
    "contact:contact.base:readonly",
)
EVENTS = ("im.message.receive_v1", "application.bot.menu_v6")
CALLBACKS = ("card.action.trigger", "url.preview.get")
# What the console calls it: https://open.feishu.cn/document/server-docs/event-subscription-guide/event-subscription-configure-/request-url-configuration-case
_LINE = "Receive events/callbacks through persistent connection 使用长连接接收事件/回调"
_MENU = ("tasks", "deals", "digest", "help")


def manifest(public_url: str, commands: tuple[Command[Any], ...], *, socket: bool = False) -> dict[str, Any]:
    """The settings of an app whose Kith is reached at ``public_url``; over a long connection with ``socket``."""
    base = public_url or "https://YOUR-ADDRESS"
    known = {command.verb for command in commands}
    return {
        "scopes": {"tenant": list(SCOPES), "user": []},
        **({"subscription_mode": _LINE} if socket else {"request_url": f"{base}{EVENTS_PATH}"}),
        "events": list(EVENTS),
        "callbacks": list(CALLBACKS),
        "link_preview": {"domain": urlsplit(base).netloc, "path": "/c/*"},
        "redirect_urls": [f"{base}{SIDE_PATH}"],
        "h5_trusted_domains": [urlsplit(base).netloc],
        "web_app": {"desktop": f"{base}{SIDE_PATH}", "mobile": f"{base}{SIDE_PATH}"},
        "bot_menu": [{"event_key": verb} for verb in _MENU if verb in known],
    }
