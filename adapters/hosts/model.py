"""A host: a platform that shows Kith's page beside a conversation, and how it proves who is looking.

A platform joins by having its ``Chat`` (``bots/platforms/model.py``) be ``Hosting``: its ``hosts`` are mounted by the
web application under ``/sidebar/in/NAME``, framed by no other origins than they name.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from core.conversations.model import Place
from core.conversations.suggesting import Clues
from core.members.model import Identity


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Where somebody sits: who they are on a platform, and the conversation beside the page (empty: there is none).

    ``title`` is what that conversation is called, where the platform vouches for it.
    """

    identity: Identity
    conversation: str = ""
    title: str = ""

    @property
    def place(self) -> Place | None:
        """The conversation, as bindings know it."""
        if not self.conversation:
            return None
        return Place(self.identity.platform, self.identity.tenant, self.conversation)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proven:
    """What a proof proves. ``customer`` is the id of whom to open, ``once`` what tells this proof from any other.

    A proof that comes a second time is taken from the browser that brought it first, and from no other. ``note`` (of
    the catalogue) is said above the page: what the platform would not vouch for, and what to do.
    """

    seat: Seat
    once: str
    customer: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Knock:
    """Somebody opens the way in at ``address``, written as browsers write it, without what follows ``#``.

    ``held`` is what the host last gave this very browser to hold; empty: nothing.
    """

    address: str
    query: Mapping[str, str]
    held: str = ""
    wanted: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What becomes of a knock.

    The browser is sent ``onward``; or reads ``refused`` (of the catalogue); or gets the page, whose script finds
    ``told`` at the form ``#proof`` and shows one of ``troubles`` by its name where it cannot go on. ``alone``: it may
    then offer to go on without the conversation. ``hold`` is for the browser to hold, for minutes; None: as before.
    """

    told: Mapping[str, str] = field(default_factory=dict)
    troubles: Mapping[str, str] = field(default_factory=dict)
    alone: bool = False
    hold: str | None = None
    onward: str = ""
    refused: str = ""


@runtime_checkable
class Preparing(Protocol):
    """A host that has something to do before its script can ask: to send to a page of the vendor's, or to sign."""

    async def prepare(self, knock: Knock) -> Prepared:
        """What becomes of a knock at the way in. ``prove`` gets what the browser holds as the field ``held``."""
        ...


class Host(Protocol):
    """One way of being shown. Everything but ``prove`` and ``clues`` is fixed, and read when the process starts."""

    @property
    def name(self) -> str:
        """The word in its addresses: ``/sidebar/in/NAME``. Lower-case letters."""
        ...

    @property
    def ancestors(self) -> tuple[str, ...]:
        """Origins that may frame the page, as Content-Security-Policy's frame-ancestors takes them; none: nobody."""
        ...

    @property
    def script(self) -> str:
        """The script of ours (in ``adapters/web/static``) that asks the host for its proof; empty: it needs none.

        It puts what ``prove`` wants into the fields of the form ``#proof`` and submits it.
        """
        ...

    @property
    def script_sources(self) -> tuple[str, ...]:
        """Where else scripts may come from on its way in: the vendor's own SDK. Never on the page itself."""
        ...

    @property
    def agents(self) -> tuple[str, ...]:
        """Words in the User-Agent of its built-in browser, in lower case, by which ``/c/ID`` knows where it is opened.

        They choose what is shown first and prove nothing.
        """
        ...

    async def prove(self, proof: Mapping[str, str]) -> Proven | None:
        """Who is looking, from the fields that the script filled in; None for a proof that is forged or stale."""
        ...

    async def clues(self, seat: Seat) -> Clues:
        """Who is in the seat's conversation, as far as the platform tells now."""
        ...


@runtime_checkable
class Hosting(Protocol):
    """A platform that shows the page."""

    @property
    def hosts(self) -> tuple[Host, ...]:
        """Its ways of showing it; none where it is not set up for that."""
        ...
