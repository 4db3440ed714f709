"""DingTalk as its client shows a page: its User-Agent, its script, and codes that are good once."""

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, Route

from adapters.callbacks.calls import CallError
from adapters.callbacks.script_signature import script_signature
from adapters.dingtalk.config import SDK_URL, DingTalkConfig
from adapters.dingtalk.side import DOOR_PATH, SidePanel
from adapters.hosts.model import Host
from core.members.model import Identity
from tests.browser.framing import FramedServer
from tests.browser.serving import SystemClock

CORP, CLIENT, AGENT, TICKET, GROUP = "dingcorp", "dingapp", "4711", "a-jsapi-ticket", "cidGROUP=="
AGENT_WORDS = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120 Safari/537.36 DingTalk(7.6.0-Release.1) nw"
# Its calls by their names and shapes; what is asked wrongly is refused as the real one refuses it.
_SDK = """(() => {
  const given = %s;
  let ready, failed, configured;
  const settle = () => configured === false ? failed?.({ errorCode: "9" }) : ready?.();
  window.dd = {
    env: { platform: given.platform },
    config(asked) {
      const known = ["runtime.permission.requestAuthCode"];
      window.asked = asked;
      configured = asked.corpId === given.corp && asked.agentId === given.agent && asked.type === 0
        && asked.jsApiList.every((one) => known.includes(one))
        && Boolean(asked.timeStamp && asked.nonceStr && asked.signature);
      setTimeout(settle);
    },
    ready(then) { ready = then; },
    error(then) { failed = then; },
    runtime: { permission: { requestAuthCode({ corpId, clientId, onSuccess, onFail }) {
      if (corpId !== given.corp || clientId !== given.client || !given.code) onFail({ errorCode: 3 });
      else onSuccess({ code: given.code });
    } } },
  };
})();"""


class Directory:
    """DingTalk's interface, for the panel: a code is somebody's, once; one group."""

    def __init__(self) -> None:
        self.codes: dict[str, str] = {}
        self.members: list[str] = []

    async def ask(self, _path: str, body: Any) -> dict[str, Any]:
        """Whose code it is."""
        user = self.codes.pop(body["code"], "")
        if not user:
            raise CallError("40078")
        return {"userid": user}

    async def call(self, _method: str, path: str, body: Any) -> dict[str, Any]:
        """The ticket, the group's people and its title."""
        if path.endswith("jsapiTickets"):
            return {"jsapiTicket": TICKET, "expireIn": 7200}
        if body["openConversationId"] != GROUP:
            raise CallError("invalidParameter.openConversationId.invalid")
        return {"memberUserIds": self.members, "hasMore": False, "title": "Northwind Foods deal"}


class DingTalkServer(FramedServer):
    """Kith with DingTalk's panel."""

    def __init__(self, url: str, folder: Path) -> None:
        self.directory = Directory()
        super().__init__(url, folder)

    def _hosts(self) -> list[Host]:
        config = DingTalkConfig(
            app_key=CLIENT, app_secret="s", corp_id=CORP, agent_id=AGENT, cool_app_code="COOL", public_url=self.address
        )
        return [SidePanel(config, self.directory, SystemClock())]  # type: ignore[arg-type]

    def known(self, number: int, language: str = "en") -> str:
        """A new member whom DingTalk knows; their code."""
        member, user = self.colleague(number, language), f"user{number}"
        self.write(lambda work: work.members.tie(Identity("dingtalk", CORP, user), member, work.now))
        self.directory.members.append(user)
        self.directory.codes[f"code{number}"] = user
        return f"code{number}"


def dingtalk_page(
    context: BrowserContext, server: DingTalkServer, path: str = DOOR_PATH, *, code: str = "", platform: str = "pc"
) -> Page:
    """The page as DingTalk opens it; with no ``platform`` its script does not load."""
    given = {"corp": CORP, "client": CLIENT, "agent": AGENT, "code": code, "platform": platform}

    def script(route: Route) -> None:
        if platform:
            route.fulfill(body=_SDK % json.dumps(given), content_type="text/javascript")
        else:
            route.abort()

    context.route(SDK_URL, script)
    page = context.new_page()
    page.goto(f"{server.address}{path}", wait_until="commit")
    return page


def is_signed(asked: dict[str, Any], url: str) -> bool:
    """Whether what dd.config was given is signed for the address."""
    made: str = script_signature(TICKET, asked["nonceStr"], asked["timeStamp"], url)
    return made == asked["signature"]
