"""Where lines come from and answers go to when nobody can be asked back, and what is asked of any terminal."""

import sys
from collections.abc import Awaitable, Callable
from typing import Protocol

from adapters.console.outgoing import WIDTH
from cards.model import Option

Completing = Callable[[str], Awaitable[tuple[Option, ...]]]


class Terminal(Protocol):
    """What a conversation needs. ``interactive`` is false where nobody can be asked back."""

    @property
    def interactive(self) -> bool:
        """Whether a person sits there."""
        ...

    @property
    def width(self) -> int:
        """Columns of a line."""
        ...

    async def line(self, complete: Completing) -> str:
        """The next line. Raises EOFError at the end, KeyboardInterrupt when the person breaks off."""
        ...

    async def field(self, label: str, default: str = "", complete: Completing | None = None) -> str:
        """One value, with ``default`` already typed. Raises as ``line``."""
        ...

    def show(self, text: str) -> None:
        """Prints a text."""
        ...


class Pipe:
    """Standard input and output without a person: one line is one command."""

    interactive = False
    width = WIDTH

    async def line(self, complete: Completing) -> str:  # noqa: ARG002 - there is nobody to offer anything to
        """The next line."""
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        return line.rstrip("\n")

    async def field(self, label: str, default: str = "", complete: Completing | None = None) -> str:  # noqa: ARG002 - as there
        """Nothing: a pipe holds commands, not the values of a form that may never open."""
        raise EOFError

    def show(self, text: str) -> None:
        """Prints a text at once, for whoever reads at the other end."""
        print(text, flush=True)  # noqa: T201 - this is what it is for
