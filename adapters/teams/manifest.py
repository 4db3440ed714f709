"""The app package that an administrator uploads to Teams: it says the same as the registry, so nothing is typed twice.

https://learn.microsoft.com/microsoft-365/extensibility/schema, whose limits stand below.
"""

import io
import json
import zipfile
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from adapters.teams.entra import resource
from adapters.teams.icons import color_icon, outline_icon
from adapters.teams.links import ENTITY
from adapters.teams.tab import PATH
from cards.renderers.cutting import cut
from cards.words import Words, mark
from commands.model import Command

Json = dict[str, Any]

VERSION = "1.19"
SCHEMA = f"https://developer.microsoft.com/json-schemas/teams/v{VERSION}/MicrosoftTeams.schema.json"
NAME_MAX, FULL_NAME_MAX = 30, 100
SHORT_MAX, FULL_MAX = 80, 4000
COMMANDS_MAX = 10
TITLE_MAX, DESCRIPTION_MAX = 32, 128
FIND, SAVE = "find", "save"
# The zip's entries bear one date, so that the same app makes the same package.
_DATE = (2026, 1, 1, 0, 0, 0)
_CHINESE = "zh-cn"
_NAME = "Kith"
_VERSION = "1.1.0"  # Teams takes a package anew only with a higher one
# What is offered while somebody types to the bot, most used first.
_OFFERED = ("help", "visit", "note", "task", "tasks", "deal", "deals", "timeline", "share", "digest")
_SHORT = mark("A CRM that lives in the chat: type one line, and the visit is logged.")
_FULL = mark(
    "Type a customer's name to see them, or a line such as “visit Acme: wants a demo, call back Friday”. Kith logs the"
    " visit, files the task and says what it did, with a way to take it back. Every answer is yours alone until you"
    " share it."
)
_FIND_TITLE, _FIND_ABOUT = mark("Find a customer"), mark("Looks a customer up and puts them into your message")
_SAVE_TITLE, _SAVE_ABOUT = mark("Save to CRM"), mark("Saves this message to a customer's timeline")
_CUSTOMER = mark("Customer")


def package(app_id: str, public_url: str, commands: Iterable[Command[Any]]) -> bytes:
    """The package: manifest, its Chinese, and two icons, as a zip."""
    files = {
        "manifest.json": _json(manifest(app_id, public_url, commands)),
        f"{_CHINESE}.json": _json(localized(manifest(app_id, public_url, commands, "zh_Hans"))),
        "color.png": color_icon(),
        "outline.png": outline_icon(),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _DATE), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _json(value: Json) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode()


def manifest(app_id: str, public_url: str, commands: Iterable[Command[Any]], language: str = "en") -> Json:
    """The manifest in a language. ``public_url`` is where people learn more; Teams insists on HTTPS there."""
    words = Words(language)
    host = urlsplit(public_url).hostname or ""
    pages = public_url.rstrip("/")
    return {
        "$schema": SCHEMA,
        "manifestVersion": VERSION,
        "version": _VERSION,
        "id": app_id,
        "developer": {"name": _NAME, "websiteUrl": pages, "privacyUrl": pages, "termsOfUseUrl": pages},
        "name": {"short": _NAME, "full": _NAME},
        "description": {"short": cut(words(_SHORT), SHORT_MAX), "full": cut(words(_FULL), FULL_MAX)},
        "icons": {"color": "color.png", "outline": "outline.png"},
        "accentColor": "#1F4E5F",
        "localizationInfo": {
            "defaultLanguageTag": "en",
            "additionalLanguages": [{"languageTag": _CHINESE, "file": f"{_CHINESE}.json"}],
        },
        "bots": [_bot(app_id, commands, words)],
        "staticTabs": [_own_tab(pages)],
        "configurableTabs": [_room_tab(pages)],
        "composeExtensions": [_extension(app_id, host, words)],
        "permissions": ["identity", "messageTeamMembers"],
        "validDomains": [host] if host else [],
        "webApplicationInfo": {"id": app_id, "resource": resource(app_id, public_url)},
    }


def _own_tab(pages: str) -> Json:
    """Kith's own tab; its id and the customer's are what links into it name."""
    return {
        "entityId": ENTITY,
        "name": _NAME,
        "contentUrl": f"{pages}{PATH}",
        "websiteUrl": f"{pages}/sidebar/",
        "scopes": ["personal"],
    }


def _room_tab(pages: str) -> Json:
    """The tab that people add to a channel, a chat or a meeting: the same page, which asks Teams where it stands."""
    return {
        "configurationUrl": f"{pages}{PATH}",
        "canUpdateConfiguration": False,
        "scopes": ["team", "groupChat"],
        "context": ["channelTab", "privateChatTab", "meetingChatTab", "meetingSidePanel"],
    }


def _extension(app_id: str, host: str, words: Words) -> Json:
    """Search, "Save to CRM", and links to customers; those also of people who have not installed the app."""
    link = {"type": "link", "value": {"domains": [host], "supportsAnonymizedPayloads": True}}
    return {"botId": app_id, "commands": [_find(words), _save(words)], "messageHandlers": [link]}


def _bot(app_id: str, commands: Iterable[Command[Any]], words: Words) -> Json:
    return {
        "botId": app_id,
        "scopes": ["personal", "team", "groupChat"],
        "supportsFiles": False,
        "isNotificationOnly": False,
        "commandLists": [{"scopes": ["personal", "team", "groupChat"], "commands": _offered(commands, words)}],
    }


def _offered(commands: Iterable[Command[Any]], words: Words) -> list[Json]:
    by_verb = {command.verb: command for command in commands if not command.hidden}
    listed = [by_verb[verb] for verb in _OFFERED if verb in by_verb][:COMMANDS_MAX]
    return [
        {"title": cut(_said(command, words), TITLE_MAX), "description": cut(words(command.title), DESCRIPTION_MAX)}
        for command in listed
    ]


def _said(command: Command[Any], words: Words) -> str:
    """What is put into the message: the verb as it is said in the language."""
    chinese = (alias for alias in command.aliases if not alias.isascii())
    return command.verb if words.language == "en" else next(chinese, command.verb)


def _find(words: Words) -> Json:
    parameter = {
        "name": "name",
        "title": cut(words(_CUSTOMER), TITLE_MAX),
        "description": cut(words(_FIND_ABOUT), DESCRIPTION_MAX),
        "inputType": "text",
    }
    return {
        "id": FIND,
        "type": "query",
        "title": cut(words(_FIND_TITLE), TITLE_MAX),
        "description": cut(words(_FIND_ABOUT), DESCRIPTION_MAX),
        "context": ["compose", "commandBox"],
        "initialRun": True,
        "parameters": [parameter],
    }


def _save(words: Words) -> Json:
    return {
        "id": SAVE,
        "type": "action",
        "title": cut(words(_SAVE_TITLE), TITLE_MAX),
        "description": cut(words(_SAVE_ABOUT), DESCRIPTION_MAX),
        "context": ["message"],
        "fetchTask": True,
    }


_LOCALIZATION = "https://developer.microsoft.com/json-schemas/teams/v1.19/MicrosoftTeams.Localization.schema.json"


def localized(translated: Json) -> Json:
    """The words of a manifest in another language, by where they stand in it."""
    texts = {"$schema": _LOCALIZATION}
    texts |= {f"name.{key}": value for key, value in translated["name"].items()}
    texts |= {f"description.{key}": value for key, value in translated["description"].items()}
    for index, command in enumerate(translated["bots"][0]["commandLists"][0]["commands"]):
        at = f"bots[0].commandLists[0].commands[{index}]"
        texts |= {f"{at}.{key}": command[key] for key in ("title", "description")}
    for index, command in enumerate(translated["composeExtensions"][0]["commands"]):
        at = f"composeExtensions[0].commands[{index}]"
        texts |= {f"{at}.{key}": command[key] for key in ("title", "description")}
        for number, parameter in enumerate(command.get("parameters", ())):
            texts |= {f"{at}.parameters[{number}].{key}": parameter[key] for key in ("title", "description")}
    return texts
