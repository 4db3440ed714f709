"""What there is in a Teams: messages, and who they are for."""

from dataclasses import dataclass, field

from bots.emulators.teams.cards import Json, words_of

APP, SECRET, TENANT = "11111111-2222-3333-4444-555555555555", "s3cret", "aaaaaaaa-0000-0000-0000-000000000001"
BOT = f"28:{APP}"
ROOM, TEAM = "19:deals@thread.tacv2", "19:team@thread.tacv2"


@dataclass(slots=True)
class Posted:
    """A message as it stands in a conversation: ``to`` is the one account that sees it, empty when all do.

    ``typed`` is what a person said; ``own`` has the card that somebody sees in its place, and ``notes`` what stands
    below it for somebody, both by account.
    """

    id: str
    conversation: str
    activity: Json
    to: str = ""
    edits: int = 0
    typed: str = ""
    own: dict[str, Json] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """The conversation without the thread in it."""
        return place_of(self.conversation)

    @property
    def card(self) -> Json:
        """Its Adaptive Card; empty for plain words."""
        attachments = self.activity.get("attachments") or [{}]
        return attachments[0].get("content") or {}

    @property
    def text(self) -> str:
        """Everything that can be read in it."""
        return "\n".join(words_of(self.card)) if self.card else str(self.activity.get("text", ""))

    def card_for(self, account: str) -> Json:
        """The card that somebody sees."""
        return self.own.get(account) or self.card


def place_of(conversation: str) -> str:
    """A conversation's id without the thread (``;messageid=…``)."""
    return conversation.partition(";")[0]
