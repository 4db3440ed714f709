"""Slack's marked-up text as the plain text that was typed.

https://docs.slack.dev/messaging/formatting-message-text: people, channels and links stand between angle brackets.
"""

import re
from collections.abc import Mapping

_MARK = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")
_PERSON = re.compile(r"<@([A-Z0-9]+)(?:\|[^<>]*)?>")
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}
_ENTITY = re.compile("|".join(_ENTITIES))


def people_named(text: str) -> frozenset[str]:
    """The Slack user ids of everybody mentioned in ``text``."""
    return frozenset(_PERSON.findall(text)) if "<@" in text else frozenset()


def without_mention(text: str, user: str) -> str:
    """``text`` without its first mention of ``user``: what is said to a bot begins with the bot's name."""
    return re.sub(rf"<@{re.escape(user)}(\|[^<>]*)?>", "", text, count=1).strip() if user else text.strip()


def plain(text: str, handles: Mapping[str, str]) -> str:
    """The text as it was typed; a person becomes the handle that Kith knows them by, or else their Slack name."""
    if "<" in text:
        text = _MARK.sub(lambda mark: _shown(mark[1], mark[2] or "", handles), text)
    return _ENTITY.sub(lambda entity: _ENTITIES[entity[0]], text) if "&" in text else text


def _shown(target: str, label: str, handles: Mapping[str, str]) -> str:
    match target[:1]:
        case "@":
            return f"@{handles.get(target[1:]) or label or target[1:]}"
        case "#":
            return f"#{label or target[1:]}"
        case "!":
            return label or f"@{target[1:].partition('^')[0]}"
        case _:
            return _link(target, label)


def _link(address: str, label: str) -> str:
    """An address that Slack made a link of as it was typed; one that somebody put behind words, behind the words."""
    bare = address.removeprefix("mailto:").removeprefix("tel:")
    if not label or label in bare:
        return label or bare
    return f"{label} ({bare})"
