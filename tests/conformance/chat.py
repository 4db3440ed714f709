"""What a platform's driver offers, so that one recorded conversation can be played through every platform.

A driver is the module ``tests/conformance/NAME_chat.py`` (or, for what needs more than a module, the package of that
name) with

    @asynccontextmanager
    async def opened(database: Database, clock: Clock) -> AsyncIterator[Chat]

which attaches the platform's adapter to a road on ``database`` and lets ``wei``, ``mei`` and ``anna`` use it through
the platform's stand-in. Who they are is not the driver's business: the caller ties ``Identity(chat.name, chat.tenant,
chat.user_id(who))`` to a member after ``opened`` has begun, or leaves somebody a stranger. Drivers are found by their
name (``tests/conformance/drivers.py``); there is no list to put a new one into.
"""

from typing import Protocol, runtime_checkable

# What ``Chat.deviations`` speaks of, each: how the platform does it.
FEATURES = (
    "slash command",
    "short commands",
    "private answer",
    "buttons",
    "confirm",
    "menus",
    "forms",
    "typeahead",
    "update in place",
    "live cards",
    "images",
    "save message",
    "direct messages",
    "group",
)
NATIVE = "native"
FALLBACK = "fallback: "
NOT_POSSIBLE = "not possible: "


class Chat(Protocol):
    """A platform played by a stand-in: people type and press there, and see what Kith shows them."""

    name: str
    """The platform's name, as in ``Incoming.platform``."""
    tenant: str
    """The tenant of everybody here, as in ``Incoming.tenant``."""
    deviations: dict[str, str]
    """How each of ``FEATURES`` is done: ``native``, ``fallback: which`` or ``not possible: why``."""

    def user_id(self, who: str) -> str:
        """The platform's id of a person, as in ``Incoming.user``."""
        ...

    async def say(self, who: str, line: str, *, room: bool = False) -> None:
        """A typed command line (``visit Acme: …``), in the private chat or in a room.

        A slash command or a mention, as the platform has it.
        """
        ...

    async def press(self, who: str, label: str) -> None:
        """Presses the newest button or menu entry with this label that ``who`` can see, confirming if asked."""
        ...

    async def fill(self, who: str, values: dict[str, str]) -> None:
        """Fills the form that is open, by input name, and submits it in the platform's way.

        What is not named keeps what stands in it already.
        """
        ...

    async def settle(self) -> None:
        """Until everything taken is carried out and answered."""
        ...

    def seen(self, who: str) -> list[str]:
        """The texts of all messages that ``who`` can see now, oldest first; edited ones as they are now."""
        ...

    def in_room(self) -> list[str]:
        """The texts that everybody in the room can see."""
        ...


@runtime_checkable
class Repeats(Protocol):
    """A driver that can deliver twice. One without is not asked to: the end state is the same, which is the point."""

    async def again(self) -> None:
        """Delivers once more, byte for byte, what was typed or pressed last."""
        ...


@runtime_checkable
class Saves(Protocol):
    """A driver with the platform's message shortcut, or its nearest equivalent."""

    async def save(self, who: str, text: str) -> None:
        """Points at a colleague's message that says ``text`` and asks Kith to save it."""
        ...
