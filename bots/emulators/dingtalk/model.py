"""What there is at DingTalk: messages and cards in chats, each with what one person sees in it."""

import json
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
Variables = dict[str, str]


@dataclass(slots=True)
class Message:
    """A message or a card in a chat, which is a person's or a group's id.

    ``private`` has what one person's card shows instead, by user; ``typed`` is what a person said.
    """

    id: str
    chat: str
    title: str = ""
    text: str = ""
    card: str = ""
    public: Variables = field(default_factory=dict)
    private: dict[str, Variables] = field(default_factory=dict)
    route_key: str = ""
    typed: str = ""

    def variables(self, who: str) -> Variables:
        """The card's variables as somebody sees them."""
        return self.public | self.private.get(who, {})

    def buttons(self, who: str) -> list[Json]:
        """What somebody can press in a card: first those of a note, which is newer."""
        now = self.variables(who)
        own: list[Json] = json.loads(now["note_btns"]) if now["has_note"] == "true" else []
        made: list[Json] = json.loads(now["btns"])
        return [*own, *made]

    def fields(self, who: str) -> list[Json]:
        """The fields of the form that somebody sees in a card."""
        found: list[Json] = json.loads(self.variables(who)["form"])["fields"]
        return found
