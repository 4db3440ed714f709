"""What there is in a Slack workspace: messages, conversations, and where an interaction may be answered."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Json = dict[str, Any]


@dataclass(slots=True)
class Posted:
    """A message as it stands in a channel. ``to`` is the one person who sees it, empty when everybody there does;

    ``replaced`` tells that it took another's place, ``typed`` that a person said it.
    """

    channel: str
    text: str
    blocks: list[Json]
    to: str = ""
    thread: str = ""
    replaced: bool = False
    typed: bool = False

    @property
    def words(self) -> str:
        """All the words in it."""
        return json.dumps([self.text, self.blocks], ensure_ascii=False)

    def token_of(self, label: str) -> str:
        """The value behind the button that says ``label``."""
        return str(self.button(label)["value"])

    def button(self, label: str) -> Json:
        """The button or menu option that says ``label``. Raises KeyError where there is none."""
        for element in _elements(self.blocks):
            if element.get("text", {}).get("text") == label:
                return element
        raise KeyError(label)


@dataclass(slots=True)
class Channel:
    """A conversation: who is in it, and whether Kith's bot is."""

    members: list[str] = field(default_factory=list)
    with_bot: bool = True
    archived: bool = False


@dataclass(slots=True)
class ResponseUrl:
    """Where one interaction may be answered, and the number of the message that it was about, if it was about one."""

    channel: str
    user: str
    made_at: datetime
    message: int | None = None
    uses: int = 0


class SlackError(Exception):
    """What a method answers instead of a result: its word is in the answer's ``error``."""


def _elements(blocks: list[Json]) -> list[Json]:
    found = [block["accessory"] for block in blocks if "accessory" in block]
    found += [element for block in blocks if block["type"] == "actions" for element in block["elements"]]
    return found + [option for element in found for option in element.get("options", [])]
