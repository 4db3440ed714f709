"""Who looks at a page, and what every page of theirs needs."""

from dataclasses import dataclass

from adapters.web.incoming import PLATFORM
from cards.reader import Reader
from cards.words import Words
from core.actor import Actor, Role
from core.members.model import Member, Membership, Workspace
from core.work import Work

THEMES = ("", "light", "dark")


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """Somebody who is not signed in. ``base`` stands before every address of a page: ``/as/HANDLE`` in the demo."""

    words: Words
    csrf: str = ""
    theme: str = ""
    base: str = ""

    @property
    def language(self) -> str:
        """The page's language."""
        return self.words.language

    @property
    def html_language(self) -> str:
        """The same as browsers know it (BCP 47)."""
        return self.language.replace("_", "-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer(Guest):
    """A member at a browser."""

    membership: Membership
    demo: bool = False

    @property
    def member(self) -> Member:
        """The member."""
        return self.membership.member

    @property
    def workspace(self) -> Workspace:
        """The member's workspace."""
        return self.membership.workspace

    @property
    def actor(self) -> Actor:
        """The member in the act of doing something in the workbench."""
        return self.membership.actor(platform=PLATFORM)

    @property
    def may_write(self) -> bool:
        """Whether the member is more than somebody who looks on."""
        return self.actor.at_least(Role.REP)

    def reader(self, work: Work, public_url: str = "") -> Reader:
        """For whom cards are built in a unit of work."""
        return Reader(self.words, work.now, public_url)

    def room_url(self, room_id: str) -> str:
        """Where a room is."""
        return f"{self.base}/r/{room_id}"

    def customer_url(self, customer_id: str) -> str:
        """Where a customer's page is."""
        return f"{self.base}/c/{customer_id}"
