"""The commands Telegram offers while people type, in each language, and how they are called there."""

import re
from collections.abc import Iterable
from itertools import product

from telegram import (
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    MenuButtonWebApp,
    WebAppInfo,
)
from telegram.constants import BotCommandLimit

from adapters.telegram.bot import Connection
from cards.renderers.cutting import cut
from cards.words import Words, mark
from commands.model import Command

PAGE_PATH = "/sidebar/in/telegram"
CRM, CANCEL, START = "crm", "cancel", "start"

_NAME = re.compile(rf"[a-z0-9_]{{1,{int(BotCommandLimit.MAX_COMMAND)}}}")
# Telegram's code for each of Kith's languages; the empty one is for everybody else.
_LANGUAGES = {"": "en", "zh": "zh_Hans"}
_PERSONAL = frozenset({"whoami", "settings", "link"})  # nobody needs them in front of others
_ANYTHING = mark("A customer's name, or a verb and its words")
_LEAVE = mark("Leave the form you are in")


def verbs_by_name(commands: Iterable[Command[object]]) -> dict[str, str]:
    """What each name in Telegram's menu stands for: ``new_customer`` for ``new customer``, as names hold no blanks."""
    names = {}
    for command in commands:
        for said in (command.slash.removeprefix("/"), command.verb):
            name = said.replace(" ", "_")
            if _NAME.fullmatch(name):
                names[name] = command.verb
    return names


def offered(commands: Iterable[Command[object]], language: str, *, private: bool) -> list[BotCommand]:
    """The menu in a language: the private chat's, or the groups'."""
    words = Words(language)
    menu = {CRM: _ANYTHING}
    for command in commands:
        name = command.verb.replace(" ", "_")
        if _NAME.fullmatch(name) and not command.hidden and (private or command.verb not in _PERSONAL):
            menu[name] = command.title
    if private:
        menu[CANCEL] = _LEAVE
    limit = int(BotCommandLimit.MAX_DESCRIPTION)
    return [BotCommand(name, cut(words(title), limit)) for name, title in menu.items()][
        : BotCommandLimit.MAX_COMMAND_NUMBER
    ]


async def register(bot: Connection, commands: Iterable[Command[object]]) -> None:
    """Tells Telegram. Raises TelegramError."""
    commands = tuple(commands)
    scopes: tuple[tuple[BotCommandScope, bool], ...] = (
        (BotCommandScopeAllPrivateChats(), True),
        (BotCommandScopeAllGroupChats(), False),
    )
    for (code, language), (scope, private) in product(_LANGUAGES.items(), scopes):
        menu = offered(commands, language, private=private)
        await bot.set_my_commands(menu, scope=scope, language_code=code or None)


async def offer_page(bot: Connection, public_url: str) -> None:
    """Puts the page beside a conversation on the button beside the text field. Raises TelegramError."""
    page = WebAppInfo(f"{public_url}{PAGE_PATH}")
    await bot.set_chat_menu_button(menu_button=MenuButtonWebApp("Kith", page))
