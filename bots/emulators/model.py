"""What an emulator is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from aiohttp import web
from markupsafe import Markup

from core.members.model import Identity


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who types; who is no ``member`` of the workspace is not in the room either."""

    handle: str
    name: str
    language: str
    member: bool = True


@dataclass(frozen=True, slots=True)
class Screen:
    """What somebody sees: their own chat with Kith, the room, and the form that is open, if one is.

    ``refused`` tells what the platform refused of late, oldest first.
    """

    direct: Sequence[Markup]
    room: Sequence[Markup]
    form: Markup = Markup()  # noqa: RUF009 - a text that never changes
    refused: Iterable[str] = ()


class Emulator(Protocol):
    """One platform with a few people, a chat of each with Kith, and a room of all of them."""

    @property
    def style(self) -> str:
        """The rules that its messages are drawn by."""
        ...

    def settings(self, far: str) -> dict[str, Any]:
        """The fields of ``Settings`` that connect Kith to the emulator, which listens at ``far``."""
        ...

    def routes(self) -> list[web.RouteDef]:
        """The platform's own methods."""
        ...

    def identity(self, person: Person) -> Identity:
        """Who somebody is there."""
        ...

    def screen(self, person: Person) -> Screen:
        """What somebody sees now."""
        ...

    async def say(self, person: Person, text: str, *, room: bool) -> None:
        """Somebody types a line."""
        ...

    async def press(self, person: Person, pressed: dict[str, str]) -> None:
        """Somebody presses what was drawn with these ``data-`` attributes."""
        ...

    async def submit(self, person: Person, values: dict[str, str]) -> None:
        """Somebody sends the open form; without values they close it."""
        ...

    async def close(self) -> None:
        """Ends its connections."""
        ...


def said(text: str) -> Markup:
    """What somebody typed, as it stands in every chat."""
    return Markup('<div class="said">{}</div>').format(text)


def drawn(message: str, body: Markup) -> Markup:
    """A message of Kith's; what is pressed in it is pressed in the message of that number."""
    return Markup('<div class="told" data-message="{}">{}</div>').format(message, body)
