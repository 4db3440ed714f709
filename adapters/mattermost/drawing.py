"""Cards as posts and answers, with buttons bound to where they are put."""

from typing import Any

from adapters.mattermost.acknowledging import text_alone
from adapters.mattermost.carried import Contexts, Target
from cards.model import Card
from cards.renderers.mattermost import message
from commands.model import Audience, Incoming, Reply

Payload = dict[str, Any]


class Drawing:
    """Renders cards for their targets."""

    def __init__(self, contexts: Contexts) -> None:
        self._contexts = contexts

    def post(self, card: Card, target: Target) -> Payload:
        """A card as ``message`` and ``props`` of a post."""
        return message(card, lambda press: self._contexts.integration(press, target, card.language))

    def response(self, card: Card, target: Target, kind: str) -> Payload:
        """A card as the answer to a command, ``ephemeral`` or ``in_channel``.

        Slack's own markup is not looked for in it: people may have typed some.
        """
        post = self.post(card, target)
        attachments = post["props"]["attachments"]
        return {"response_type": kind, "text": post["message"], "attachments": attachments, "skip_slack_parsing": True}

    def at_once(self, incoming: Incoming, card: Card) -> Payload:
        """The private answer to a command, on its acknowledgement."""
        return self.response(card, alone(incoming), "ephemeral")

    def in_place(self, incoming: Incoming, card: Card) -> Payload:
        """What takes the place of the post that was pressed, on the acknowledgement of the press."""
        return self.post(card, pressed(incoming))

    def words_alone(self, incoming: Incoming, card: Card) -> str | None:
        """A card that is nothing but words, for the acknowledgement of a press; None for one with buttons."""
        return text_alone(self.post(card, alone(incoming)))


def may_replace(incoming: Incoming, reply: Reply) -> bool:
    """Whether an answer is to stand in the place of the message that was pressed, and has the same readers.

    A message that one person alone sees in a channel is not kept by the server, and cannot be changed.
    """
    same = incoming.direct or reply.audience is Audience.ROOM
    return reply.replace and same and bool(incoming.reply_to.get("post"))


def pressed(incoming: Incoming) -> Target:
    """The place of the post that was pressed."""
    place, user = incoming.reply_to, incoming.user if incoming.direct else ""
    return Target(incoming.conversation, user, str(place["post"]), str(place.get("root", "")))


def alone(incoming: Incoming) -> Target:
    """In the conversation, for the asker's eyes only."""
    place = incoming.reply_to
    return Target(
        incoming.conversation,
        incoming.user,
        root=str(place.get("root", "")),
        alone=True,
        hook=str(place.get("hook", "")),
        at=int(place.get("hook_at", place.get("at", 0))),
    )
