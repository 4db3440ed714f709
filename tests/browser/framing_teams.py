"""Teams around Kith's tab: its page with the frame it gives tabs, and TeamsJS as far as the tab calls it.

The stand-in refuses what the real one refuses: a call before ``initialize``, a token without leave to fetch
one, and settings outside of the settings frame. What the tab tells Teams is collected in the page's ``told``.
"""

import json
import re
from typing import Any

from playwright.sync_api import BrowserContext, FrameLocator, Page, Route

from adapters.teams.tab import SDK_ORIGIN
from tests.browser.framing import FramedServer, host_page

ORIGIN = "https://teams.microsoft.com"
# As Teams in a browser frames a tab.
_SANDBOX = (
    "allow-forms allow-modals allow-popups allow-popups-to-escape-sandbox allow-pointer-lock allow-scripts "
    "allow-same-origin allow-downloads"
)
_SDK = f"{SDK_ORIGIN}/teams-js/2.23.0/js/MicrosoftTeams.min.js"
_SDK_SCRIPT = """
(() => {
  const given = GIVEN;
  let ready = false;
  const tell = (name, value) => parent.postMessage({ told: name, value: value ?? null }, "*");
  const needed = () => { if (!ready) throw new Error("The library has not yet been initialized"); };
  const settings = () => {
    needed();
    if (given.context.page.frameContext !== "settings") throw new Error("This call is only allowed in settings");
  };
  let saving;
  addEventListener("message", (event) => {
    const answer = { notifySuccess: () => tell("saved"), notifyFailure: (why) => tell("unsaved", why) };
    if (event.data === "save") saving?.(answer);
  });
  window.microsoftTeams = {
    app: {
      initialize: async () => { if (given.mute) await new Promise(() => {}); ready = true; tell("initialize"); },
      getContext: async () => { needed(); return given.context; },
      notifySuccess: () => { needed(); tell("notifySuccess"); },
      notifyFailure: (why) => { needed(); tell("notifyFailure", why); },
      notifyExpectedFailure: (why) => { needed(); tell("notifyExpectedFailure", why); },
    },
    authentication: {
      getAuthToken: async () => {
        needed();
        if (!given.token) throw new Error("resourceDisabled");
        return given.token;
      },
    },
    pages: { config: {
      registerOnSaveHandler: (handler) => { settings(); saving = handler; },
      setValidityState: (valid) => { settings(); tell("valid", valid); },
      setConfig: async (config) => { settings(); tell("config", config); },
    } },
  };
})();
"""


def context_of(*, theme: str = "default", frame: str = "content", **more: Any) -> dict[str, Any]:
    """What ``app.getContext`` tells: the parts that the tab reads."""
    page = {"id": "kith", "frameContext": frame, "subPageId": more.pop("sub_page", "")}
    return {"app": {"theme": theme, "locale": "en-us"}, "page": page, **more}


def teams_page(
    context: BrowserContext,
    server: FramedServer,
    token: str,
    *,
    told: dict[str, Any] | None = None,
    loads: bool = True,
    origin: str = ORIGIN,
) -> tuple[Page, FrameLocator]:
    """Teams with the tab open in it; with ``loads`` false Microsoft's script does not come."""
    given = {"context": told or context_of(), "token": token}

    def sdk(route: Route) -> None:
        if not loads:
            route.abort()
            return
        script = _SDK_SCRIPT.replace("GIVEN", json.dumps(given))
        route.fulfill(body=script, content_type="text/javascript", headers={"access-control-allow-origin": "*"})

    def ours(route: Route) -> None:
        # The hash of Microsoft's own file is the one thing that no stand-in has.
        answer = route.fetch()
        route.fulfill(response=answer, body=re.sub(r"integrity: INTEGRITY, ", "", answer.text()))

    context.route(f"{SDK_ORIGIN}/**", lambda route: route.abort())
    context.route(_SDK, sdk)
    context.route("**/host-teams*.js*", ours)
    context.add_init_script(
        "if (top === window) { window.told = [];"
        " addEventListener('message', ({data}) => data?.told && window.told.push([data.told, data.value])); }"
    )
    page = host_page(context, origin, f"{server.address}/sidebar/in/teams", _SANDBOX)
    return page, page.frame_locator("iframe")


def told_to(page: Page) -> dict[str, Any]:
    """What the tab told Teams so far, by the call's name."""
    return dict(page.evaluate("window.told"))
