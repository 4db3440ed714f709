"""Feishu's client as a browser: its User-Agent, its script with the calls that pages have there, its company behind it.

https://open.feishu.cn/document/uYjL24iN/uQjMuQjMuQjM/authentication/h5sdkconfig and
https://open.feishu.cn/document/uYjL24iN/uUzMuUzMuUzM/requestaccess
"""

import hashlib
import itertools
from typing import Any, cast

from playwright.sync_api import BrowserContext, Page, Route

from adapters.callbacks.calls import CallError
from adapters.feishu.api import FeishuApi
from adapters.feishu.config import SDK_URL, FeishuConfig
from adapters.feishu.people import People
from adapters.feishu.side import SidePanel
from adapters.hosts.model import Host
from core.members.model import Identity, Member
from core.work import Work
from tests.browser.framing import FramedServer
from tests.browser.serving import KEY, SystemClock

APP_ID, TENANT, TICKET, ROOM = "cli_kith", "t_kith", "a ticket for scripts", "oc_room"
AGENT = "Mozilla/5.0 (Macintosh) AppleWebKit/537.36 Chrome/118 Safari/537.36 Lark/7.20.5 LarkLocale/{locale}"
# What the client refuses is told as it tells it: by a call of `fail`.
_SDK = """(() => {
  let allowed = [], ready = null, failed = null;
  const answer = (given, found) => (found.code || found.content ? given.success(found) : given.fail(found));
  window.h5sdk = {
    ready: (then) => { ready = then; },
    error: (then) => { failed = then; },
    config: async (given) => {
      const wrong = await window.feishuConfigured(given.appId, given.timestamp, given.nonceStr, given.signature,
                                                  given.jsApiList, location.href.split("#")[0]);
      if (wrong) { failed?.({ errorMessage: wrong }); given.onFail({ errorMessage: wrong }); return; }
      allowed = given.jsApiList; ready?.(); given.onSuccess({});
    },
  };
  window.tt = {
    requestAccess: async (given) => {
      if (!Array.isArray(given.scopeList)) return given.fail({ errno: 104 });
      answer(given, { ...(await window.feishuCode(given.appID)), state: given.state });
    },
    requestAuthCode: async (given) => answer(given, await window.feishuCode(given.appId)),
    getTriggerContext: (given) => answer(given, allowed.includes("getTriggerContext") && given.triggerCode
      ? { content: { openChatId: "oc_room" } } : { errno: 2602001 }),
  };
  %s
})();"""


class Company:
    """As much of Feishu's API as the page asks; a code is good once."""

    def __init__(self) -> None:
        self.codes: dict[str, str] = {}
        self.members_of = {ROOM: ["on_ada"]}
        self._numbers = itertools.count(1)

    def code(self, user: str) -> str:
        """What the client is given for a person."""
        code = f"code-{next(self._numbers)}"
        self.codes[code] = user
        return code

    async def ticket(self) -> str:
        return TICKET

    async def who(self, code: str) -> dict[str, Any]:
        if code not in self.codes:
            raise CallError("feishu_20003")
        return {"union_id": self.codes.pop(code), "tenant_key": TENANT}

    async def members(self, chat: str, _page: str = "") -> dict[str, Any]:
        if chat not in self.members_of:
            raise CallError("feishu_232011")
        return {"items": [{"member_id": one} for one in self.members_of[chat]], "has_more": False}

    async def chat(self, _chat: str) -> dict[str, Any]:
        return {"name": "Northwind Foods deal"}

    async def user(self, _id_type: str, user: str) -> dict[str, Any]:
        return {"union_id": user, "name": user, "status": {"is_activated": True}}


class FeishuServer(FramedServer):
    """The page for whom Feishu names."""

    def _hosts(self) -> list[Host]:
        self.company = Company()
        api, clock = cast("FeishuApi", self.company), SystemClock()
        config = FeishuConfig(APP_ID, "secret", "key", public_url=self.address)
        return [SidePanel(config, api, People(api, clock), self._database, clock, secret_key=KEY)]

    def person(self, number: int, language: str = "en") -> Member:
        """A new member whom Feishu knows by ``on_NUMBER``, in the room."""
        member = self.colleague(number, language)

        def tie(work: Work) -> None:
            work.members.tie(Identity("feishu", TENANT, f"on_{number}"), member, work.now)

        self.write(tie)
        self.company.members_of[ROOM].append(f"on_{number}")
        return member


def client(
    context: BrowserContext,
    server: FeishuServer,
    number: int,
    *,
    old: bool = False,
    sdk: bool = True,
    known: bool = True,
) -> Page:
    """Feishu's client with this person signed in; ``old``: before 6.9; without ``sdk`` its script is out of reach."""

    def configured(app: str, stamp: float, nonce: str, signature: str, apis: list[str], address: str) -> str:
        text = f"jsapi_ticket={TICKET}&noncestr={nonce}&timestamp={int(stamp)}&url={address}"
        if app != APP_ID or signature != hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest():
            return "signature_fail"
        return "" if set(apis) <= {"getTriggerContext"} else "no_such_api"

    def code(app: str) -> dict[str, Any]:
        return {"code": server.company.code(f"on_{number}")} if app == APP_ID and known else {"errno": 2601002}

    def script(route: Route) -> None:
        if sdk:
            body = _SDK % ("delete window.tt.requestAccess;" if old else "")
            route.fulfill(body=body, content_type="text/javascript")
        else:
            route.abort()

    context.expose_function("feishuConfigured", configured)
    context.expose_function("feishuCode", code)
    context.route(SDK_URL, script)
    return context.new_page()
