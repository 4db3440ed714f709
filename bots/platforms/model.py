"""What the composition root knows of a platform."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from bots.compose import Attached
from bots.settings import Settings
from core.clock import Clock
from core.ids import WorkspaceId
from core.work import Database

# A browser's request to the workspace whose administrator sent it; the web framework's type, which is not needed here.
Administrator = Callable[[Any], Awaitable[WorkspaceId | None]]


class Chat(Attached, Protocol):
    """A platform that runs for as long as the process does."""

    def router(self) -> Any:
        """Its routes (a ``fastapi.APIRouter``), or None."""
        ...

    async def start(self) -> None:
        """Begins to listen."""
        ...

    async def stop(self) -> None:
        """Takes nothing more, and ends when what was taken is done with."""
        ...


@dataclass(frozen=True, slots=True)
class Around:
    """What a platform is built in. Without ``administrator`` nobody can be asked who is signed in in a browser.

    ``listens`` is false in a process that sends and takes nothing.
    """

    settings: Settings
    database: Database
    clock: Clock
    administrator: Administrator | None = None
    listens: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor's report. ``state`` is ok, off, warning or bad; ``value`` never holds a secret."""

    name: str
    state: str
    value: str
    about: str


class Module(Protocol):
    """One module of ``bots.platforms``."""

    def build(self, around: Around) -> Chat:
        """The platform. Raises BadSettingError where it cannot be run as it is set up."""
        ...

    def findings(self, settings: Settings) -> Iterator[Finding]:
        """What the doctor says of its settings, each with the console page where it is mended; asks nobody."""
        ...
