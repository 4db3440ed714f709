"""What the road asks of a platform: to put an answer, or something Kith says by itself, before its readers."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Protocol

from commands.model import Incoming, Reply, Struct
from core.conversations.model import Place
from core.members.model import Identity


class Sent(StrEnum):
    """How sending went."""

    DELIVERED = "delivered"
    RETRY = "retry"
    GONE = "gone"  # nobody will ever receive it: the conversation is gone, the permission withdrawn


@dataclass(frozen=True, slots=True)
class Sending:
    """The result of sending.

    ``after`` is how long the platform asks to wait before the next try, and ``everywhere`` whether that goes for all
    its conversations. ``ref`` is the platform's own reference to what was put there, to change it by.
    """

    sent: Sent
    after: timedelta | None = None
    reason: str = ""
    ref: str = ""
    everywhere: bool = False


class Address(Struct, frozen=True, kw_only=True):
    """Where Kith says something by itself: a conversation, or, where there is none, a person's own chat."""

    platform: str
    tenant: str = ""
    user: str = ""
    conversation: str = ""

    @classmethod
    def of_person(cls, identity: Identity) -> "Address":
        """The person's own chat with Kith."""
        return cls(platform=identity.platform, tenant=identity.tenant, user=identity.user_id)

    @classmethod
    def of_place(cls, place: Place) -> "Address":
        """A conversation, for everybody in it."""
        return cls(platform=place.platform, tenant=place.tenant, conversation=place.conversation)

    @property
    def lane(self) -> str:
        """The lane that keeps the order of what is said there."""
        return Place(self.platform, self.tenant, self.conversation or self.user).key


class Platform(Protocol):
    """The half of the road that an adapter builds. ``name`` is the platform's, as in ``Incoming.platform``."""

    @property
    def name(self) -> str:
        """The platform's name."""
        ...

    def pace(self, conversation: str) -> timedelta:
        """What the platform wants between two messages in a conversation, or in a person's own chat."""
        ...

    async def send(self, incoming: Incoming, reply: Reply, key: str) -> Sending:
        """Renders and sends the answer to ``incoming``; ``key`` is the same for every try at the same answer."""
        ...

    async def tell(self, address: Address, reply: Reply, key: str, ref: str) -> Sending:
        """Renders and sends what nobody asked for; with ``ref`` in the place of that message, where it still stands.

        ``key`` is the same for every try.
        """
        ...

    async def verified_email(self, incoming: Incoming) -> str:
        """The address that the platform vouches for, or an empty string."""
        ...

    async def people_in(self, incoming: Incoming) -> tuple[str, ...]:
        """The platform user ids of everybody who reads the conversation; empty when the platform does not tell."""
        ...
