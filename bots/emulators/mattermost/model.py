"""What there is on a Mattermost server: posts, channels, dialogs."""

import html
import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Json = dict[str, Any]


@dataclass(slots=True)
class Post:
    """A message as it stands in a channel. ``to`` is the one person who sees it, empty when everybody there does;

    ``typed`` tells that it is a command, of which the server keeps nothing.
    """

    id: str
    channel: str
    user: str
    message: str
    props: Json
    to: str = ""
    root: str = ""
    edits: int = 0
    at: int = 0
    typed: bool = False

    @property
    def attachments(self) -> list[Json]:
        """Its attachments."""
        found: list[Json] = (self.props or {}).get("attachments", [])
        return found

    @property
    def actions(self) -> list[Json]:
        """Its buttons and menus."""
        return [action for one in self.attachments for action in one.get("actions", [])]

    @property
    def text(self) -> str:
        """All the words in it, as they are read."""
        raw = "\n".join([self.message, *(one.get("text", "") for one in self.attachments)])
        return html.unescape(re.sub(r"\\([^\w\s])", r"\1", raw)).replace("\u2060", "").strip()

    @property
    def labels(self) -> list[str]:
        """What can be pressed or chosen."""
        return [each for action in self.actions for each in labels_of(action)]


@dataclass(slots=True)
class Channel:
    """A conversation: its name tells of whom a direct one is."""

    id: str
    name: str
    members: set[str] = field(default_factory=set)
    archived: bool = False


@dataclass(slots=True)
class Hook:
    """Where a command may be answered again."""

    channel: str
    user: str
    root: str
    made_at: datetime
    uses: int = 0


@dataclass(slots=True)
class Dialog:
    """A dialog that is open before somebody."""

    user: str
    channel: str
    url: str
    dialog: Json
    errors: dict[str, str] = field(default_factory=dict)
    error: str = ""

    @property
    def values(self) -> dict[str, Any]:
        """What stands in its fields."""
        return {one["name"]: one.get("default") or None for one in self.dialog["elements"]}


def labels_of(action: Json) -> list[str]:
    """What can be pressed or chosen."""
    return [each["text"] for each in action["options"]] if action["type"] == "select" else [action["name"]]
