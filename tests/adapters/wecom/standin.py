"""The emulated WeCom as the tests use it: it listens, and faults can be ordered; time is the test's clock."""

from collections.abc import Iterable
from types import TracebackType
from typing import Self

from aiohttp import web

from bots.emulators.wecom.model import AGENT, CONTACTS_SECRET, CORP, SECRET, Message
from bots.emulators.wecom.server import WecomServer
from bots.emulators.wecom.toolbar import SIGNED_IN
from core.clock import Clock
from tests.emulated import Fault, Listening

__all__ = ["AGENT", "CONTACTS_SECRET", "CORP", "SECRET", "SIGNED_IN", "Message", "StandIn"]


class StandIn(WecomServer):
    """One company with one application and one robot; while it is ``down`` every call fails at its gateway."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self.down = False
        self.externals, self.tags, self.groups = self.contacts.externals, self.contacts.tags, self.contacts.groups
        self.code, self.signed = self.toolbar.code, self.toolbar.signed
        self._listening = Listening(self.routes(), _called)
        self.calls = self._listening.calls

    async def __aenter__(self) -> Self:
        await self._listening.start()
        self.base = self._listening.url
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._listening.stop()

    @property
    def url(self) -> str:
        """Where it is called."""
        return self.base

    def fail(self, method: str, codes: Iterable[int]) -> None:
        """The next calls of a method are answered with these codes, and nothing is done."""
        self._listening.fail(method, *(Fault(body={"errcode": one, "errmsg": "as ordered"}) for one in codes))

    def last(self, who: str) -> Message:
        """The last message in somebody's chat, or in a robot's room."""
        return self.to(who)[-1]

    def called(self, method: str) -> int:
        """How often."""
        return self.calls.count(method)

    async def _api(self, request: web.Request) -> web.Response:
        return _bad_gateway() if self.down else await super()._api(request)

    async def _answered(self, request: web.Request) -> web.Response:
        return _bad_gateway() if self.down else await super()._answered(request)


def _bad_gateway() -> web.Response:
    return web.Response(status=502, text="<html>Bad Gateway</html>")


def _called(request: web.Request) -> str:
    """A method's name, or ``response_url``; the page that sends browsers on is none of both."""
    return request.match_info.get("method", "response_url" if "id" in request.match_info else "")
