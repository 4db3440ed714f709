"""What a platform brings to ``kith bench mixed``."""

from dataclasses import dataclass
from typing import Protocol

from aiohttp import web

from core.members.model import Identity


@dataclass(frozen=True, slots=True)
class Typed:
    """Somebody types a command line: ``user`` is the number of who, ``number`` that of the delivery."""

    number: int
    user: int
    line: str


class Mix(Protocol):
    """One platform. ``calls`` and ``forgeries`` make whole HTTP/1.1 requests, to be sent as they are."""

    name: str

    def environment(self, far: str) -> dict[str, str]:
        """The settings that switch the platform on; ``far`` is where its own methods are called."""
        ...

    def routes(self) -> list[web.RouteDef]:
        """The platform's own methods, as far as Kith calls them; each answers that all is well."""
        ...

    def identity(self, user: int) -> Identity:
        """Who the user of that number is."""
        ...

    def call(self, typed: Typed) -> bytes:
        """The request that the platform would make, rightly signed now."""
        ...

    def forgeries(self, typed: Typed) -> list[bytes]:
        """The same request, wrong in each way that there is: each must be answered 401."""
        ...


def request(path: str, headers: dict[str, str], body: bytes) -> bytes:
    """A POST as bytes."""
    told = {"Host": "127.0.0.1", **headers, "Content-Length": str(len(body))}
    head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return f"POST {path} HTTP/1.1\r\n{head}\r\n".encode() + body
