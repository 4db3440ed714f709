"""WeCom's app around Kith's page: a view of its own; OAuth names the member, WeCom's script the conversation."""

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, Route

from adapters.hosts.model import Host
from adapters.wecom.api import WecomApi
from adapters.wecom.config import SDK_URL, WecomConfig
from adapters.wecom.side import Toolbar
from core.contacts.service import add_contact
from core.members.model import Identity, Member, Membership
from core.work import Work
from tests.adapters.wecom.standin import AGENT, CONTACTS_SECRET, CORP, SECRET, SIGNED_IN, StandIn
from tests.browser.framing import FramedServer
from tests.browser.serving import KEY, SystemClock

_PATIENCE = 10.0  # seconds
AGENT_WORDS = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) AppleWebKit/605 MicroMessenger/7.0.1 wxwork/4.1.36 Language/zh"
# The calls of WeCom's script with its names and shapes; the app answers them when it has checked both signatures.
_SDK = """(() => {
  let registered = null, checking = null;
  const fail = (name, why, code) => { throw { errMsg: `${name}:fail ${why}`, errCode: code }; };
  async function checked() {
    const o = registered;
    const url = location.href.split("#")[0];
    const made = { config: await o.getConfigSignature(url), agent: await o.getAgentConfigSignature(url) };
    const answer = await window.appChecks({ url, corpId: o.corpId, agentId: String(o.agentId), made });
    if (answer.config) o.onConfigFail?.({ errMsg: `config:fail ${answer.config}`, errCode: 40093 });
    if (answer.agent) o.onAgentConfigFail?.({ errMsg: `agentConfig:fail ${answer.agent}`, errCode: 40093 });
    return answer;
  }
  async function call(name) {
    if (!registered) fail(name, "not registered", 1);
    const answer = await (checking ??= checked());
    if (answer.config || answer.agent) fail(name, "no permission", 2);
    if (!registered.jsApiList.includes(name)) fail(name, "the permission value is offline verifying", 3);
    const result = await window.appCalls(name);
    if (result.fail) fail(name, result.fail, 4);
    return { errMsg: `${name}:ok`, errCode: 0, ...result };
  }
  window.ww = {
    SDK_VERSION: "stand-in",
    register(options) {
      const known = ["config", "getContext", "getCurExternalContact", "getCurExternalChat", "sendChatMessage"];
      if (typeof options.corpId !== "string" || !options.corpId) throw new TypeError("corpId");
      if (options.jsApiList.some((one) => !known.includes(one))) throw new TypeError("jsApiList");
      registered = options;
    },
    getContext: () => call("getContext"),
    getCurExternalContact: () => call("getCurExternalContact"),
    getCurExternalChat: () => call("getCurExternalChat"),
  };
})();"""


@dataclass
class App:
    """WeCom's app of one member, standing at one conversation. ``faults`` break a part of it by its name."""

    user: str
    entry: str = "single_chat_tools"
    external: str = ""
    chat: str = ""
    faults: frozenset[str] = frozenset()


class WecomServer(FramedServer):
    """Kith with WeCom's toolbar, whose API is a stand-in."""

    def __init__(self, url: str, folder: Path) -> None:
        self.wecom = StandIn(SystemClock())
        started = threading.Event()
        self._of_wecom = threading.Thread(target=lambda: asyncio.run(self._run_wecom(started)), daemon=True)
        self._of_wecom.start()
        assert started.wait(_PATIENCE)
        super().__init__(url, folder)

    def close(self) -> None:
        """Stops the server, and its WeCom."""
        self._await(self._api.close())
        super().close()
        self._loop_of_wecom.call_soon_threadsafe(self._ended.set)
        self._of_wecom.join(_PATIENCE)

    async def _run_wecom(self, started: threading.Event) -> None:
        self._loop_of_wecom, self._ended = asyncio.get_running_loop(), asyncio.Event()
        async with self.wecom:
            started.set()
            await self._ended.wait()

    def _hosts(self) -> list[Host]:
        clock = SystemClock()
        config = WecomConfig(
            corp_id=CORP,
            agent_id=AGENT,
            secret=SECRET,
            token="t",
            key="k",
            contacts_secret=CONTACTS_SECRET,
            public_url=self.address,
            api_url=self.wecom.url,
            oauth_url=f"{self.wecom.url}/connect/oauth2/authorize",
        )
        self._api = WecomApi(config, clock)
        return [Toolbar(config, self._api, self._database, clock, KEY)]

    def member(self, user: str, language: str = "en") -> Member:
        """A new member whom WeCom knows by this id."""
        number = sum(map(ord, user)) * 1000 + len(self.wecom.members)
        member = self.colleague(number, language)
        self.write(lambda work: work.members.tie(Identity("wecom", CORP, user), member, work.now))
        self.wecom.members[user] = {}
        return member

    def contact(self, external: str, member: Member, *users: str, customer: str = "") -> None:
        """Somebody outside whom these users have; with ``customer`` a contact of it in Kith."""
        self.wecom.externals[external] = {
            "external_contact": {"external_userid": external, "name": "Lin", "type": 1},
            "follow_user": [{"userid": user, "remark_corp_name": "Northwind Foods", "tags": []} for user in users],
        }

        def add(work: Work) -> None:
            workspace = work.members.workspace(member.workspace_id)
            assert workspace
            actor = Membership(member, workspace).actor(platform="wecom")
            found = work.customers.by_id(actor.scope, customer)  # type: ignore[arg-type]
            assert found
            add_contact(work, actor, found, name=f"Lin {external}", external_id=external)

        if customer:
            self.write(add)


def wecom_page(context: BrowserContext, server: WecomServer, app: App, path: str = "/sidebar/in/wecom") -> Page:
    """The page in the app's view, opened from the entry; ``context`` has the app's User-Agent."""
    page = context.new_page()
    page.expose_function("appChecks", lambda asked: _check(server, app, asked))
    page.expose_function("appCalls", lambda name: _answer(app, name))
    context.set_extra_http_headers({SIGNED_IN: app.user})  # as the app's own cookies tell WeCom
    context.route(SDK_URL, _script(app))
    page.goto(f"{server.address}{path}")
    return page


def _script(app: App) -> Callable[[Route], None]:
    def answer(route: Route) -> None:
        if "script" in app.faults:
            route.abort()
        else:
            route.fulfill(body=_SDK, content_type="text/javascript")

    return answer


def _check(server: WecomServer, app: App, asked: dict[str, Any]) -> dict[str, str]:
    """What the app refuses of each configuration: another company or application, an address that was not signed."""
    found = {}
    for name, kind in (("config", "corp"), ("agent", "agent")):
        made = asked["made"][name]
        wanted = server.wecom.signed(kind, asked["url"], made["nonceStr"], str(made["timestamp"]))
        fits = made["signature"] == wanted and asked["corpId"] == CORP and asked["agentId"] == str(AGENT)
        found[name] = "" if fits and name not in app.faults else "invalid signature"
    return found


def _answer(app: App, name: str) -> dict[str, str]:
    if name in app.faults:
        return {"fail": "no permission"}
    match name:
        case "getContext":
            return {"entry": app.entry}
        case "getCurExternalContact" if app.external:
            return {"userId": app.external}
        case "getCurExternalChat" if app.chat:
            return {"chatId": app.chat}
        case _:
            return {"fail": "without context of external contact"}
