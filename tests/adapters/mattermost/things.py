"""What there is on the stand-in for a Mattermost server: posts, channels, dialogs, and what goes wrong."""

import html
import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Json = dict[str, Any]


@dataclass
class Post:
    """A message as it stands in a channel: ``to`` is the one person who sees it, empty when everybody there does."""

    id: str
    channel: str
    user: str
    message: str
    props: Json
    to: str = ""
    root: str = ""
    edits: int = 0
    at: int = 0

    @property
    def attachments(self) -> list[Json]:
        found: list[Json] = (self.props or {}).get("attachments", [])
        return found

    @property
    def actions(self) -> list[Json]:
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


@dataclass
class Channel:
    """A conversation: its name tells of whom a direct one is."""

    id: str
    name: str
    members: set[str] = field(default_factory=set)
    archived: bool = False


@dataclass
class Hook:
    """Where a command may be answered again."""

    channel: str
    user: str
    root: str
    made_at: datetime
    uses: int = 0


@dataclass
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


@dataclass
class Fault:
    """What to answer instead of doing it."""

    status: int
    id: str = "api.error"
    headers: dict[str, str] = field(default_factory=dict)


class RefusedError(Exception):
    """What the server answers instead of a result."""

    def __init__(self, status: int, id_: str) -> None:
        super().__init__(id_)
        self.status, self.id = status, id_


def labels_of(action: Json) -> list[str]:
    """What can be pressed or chosen."""
    return [each["text"] for each in action["options"]] if action["type"] == "select" else [action["name"]]
