"""The emulated Feishu as the tests use it: on a port of its own, with faults to order."""

from aiohttp import web

from bots.emulators.feishu.calls import named
from bots.emulators.feishu.server import FeishuServer
from core.clock import Clock
from tests.emulated import Fault, Listening


def refusing(code: int, *, status: int = 400, headers: dict[str, str] | None = None) -> Fault:
    """What Feishu answers instead of a result."""
    return Fault(status, {"code": code, "msg": "refused"}, headers or {})


def broken(status: int) -> Fault:
    """What something in between answers."""
    return Fault(status, text="<html>bad gateway</html>")


class StandIn(FeishuServer):
    """One Feishu with one company. Time is the test's clock."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self.listening = Listening(self.routes(), _called)
        self.start, self.stop = self.listening.start, self.listening.stop
        self.calls, self.fail = self.listening.calls, self.listening.fail

    @property
    def url(self) -> str:
        """For KITH_FEISHU_API_URL."""
        return self.listening.url

    def revoke(self) -> None:
        """Every token is over at once."""
        self.tokens.clear()


def _called(request: web.Request) -> str:
    name, _ = named(request.method, request.path.removeprefix("/open-apis/"))
    return name
