"""The parts of an activity that Kith reads; unknown fields are left alone.

https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference#activity-object
"""

from typing import Any

import msgspec


class Part(msgspec.Struct, frozen=True, rename="camel"):
    """The shape shared by everything below: names are written as in the JSON."""


class Account(Part, frozen=True):
    """Somebody, or the bot: ``id`` is ``29:…`` of a person and ``28:…`` of a bot."""

    id: str = ""
    name: str | None = None
    aad_object_id: str | None = None
    role: str | None = None


class Conversation(Part, frozen=True):
    """Where it was said; of a thread in a channel the id ends in ``;messageid=…``."""

    id: str = ""
    conversation_type: str | None = None
    tenant_id: str | None = None


class Named(Part, frozen=True):
    """A tenant, a team or a channel."""

    id: str = ""


class ChannelData(Part, frozen=True):
    """What Teams adds."""

    tenant: Named | None = None


class Entity(Part, frozen=True):
    """A mention, or what the client tells of itself."""

    type: str = ""
    mentioned: Account | None = None
    text: str | None = None
    locale: str | None = None


class Attachment(Part, frozen=True):
    """Something beside the text; the text as HTML is one, too."""

    content_type: str | None = None


class Activity(Part, frozen=True):
    """One thing that happened."""

    type: str = ""
    id: str = ""
    name: str = ""
    service_url: str = ""
    channel_id: str = ""
    sender: Account = msgspec.field(default=Account(), name="from")
    recipient: Account = Account()
    conversation: Conversation = Conversation()
    channel_data: ChannelData | None = None
    text: str | None = None
    locale: str | None = None
    reply_to_id: str | None = None
    timestamp: str | None = None
    entities: tuple[Entity, ...] | None = None
    attachments: tuple[Attachment, ...] | None = None
    value: Any = None

    @property
    def tenant(self) -> str:
        """The directory of the conversation, in lower case."""
        told = self.channel_data.tenant.id if self.channel_data and self.channel_data.tenant else ""
        return (told or self.conversation.tenant_id or "").casefold()

    @property
    def user(self) -> str:
        """Who did it: their object in the directory, which every app knows them by."""
        return self.sender.aad_object_id or self.sender.id

    @property
    def by_bot(self) -> bool:
        """Whether an app did it, such as another bot in the room."""
        return self.sender.role == "bot" or self.sender.id.startswith("28:")

    @property
    def direct(self) -> bool:
        """Whether nobody else reads along."""
        return self.conversation.conversation_type == "personal"

    @property
    def data(self) -> dict[str, Any]:
        """An invoke's value."""
        return self.value if isinstance(self.value, dict) else {}


class Said(Part, frozen=True):
    """The body of a message that was pointed at; ``content`` is HTML."""

    content: str | None = None
    content_type: str | None = None


class Author(Part, frozen=True):
    """Who wrote it."""

    display_name: str | None = None
    id: str | None = None


class From(Part, frozen=True):
    """A person or an app."""

    user: Author | None = None
    application: Author | None = None


class Pointed(Part, frozen=True):
    """A message that the message extension was called on: ``messagePayload``."""

    id: str = ""
    created_date_time: str | None = None
    link_to_message: str | None = None
    sender: From | None = msgspec.field(default=None, name="from")
    body: Said = Said()
