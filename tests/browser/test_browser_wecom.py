"""The page in WeCom's chat toolbar, in a view such as WeCom's app is: from its button to a logged visit; refusals."""

import itertools
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.acting import overflow
from tests.browser.framing_wecom import AGENT_WORDS, App, WecomServer, wecom_page

_NUMBERS = itertools.count(1)
# What is read where a part fails, in English and in Chinese.
_REFUSED = {
    "script": ("own script did not load", "脚本未能加载"),
    "config": ("可信域名", "可信域名"),
    "agent": ("可信域名", "可信域名"),
    "getCurExternalContact": ("may use 客户联系", "可使用客户联系"),
}
_SHIFT_MAX = 0.02
_WATCH = """() => { window.shifts = 0; new PerformanceObserver((list) => list.getEntries().forEach((one) => {
  if (!one.hadRecentInput) window.shifts += one.value; })).observe({type: 'layout-shift', buffered: true}); }"""


@pytest.fixture(scope="module")
def wecom(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WecomServer]:
    folder = tmp_path_factory.mktemp("wecom")
    shutil.copyfile(sqlite_template, folder / "kith.db")
    server = WecomServer(f"sqlite:///{folder / 'kith.db'}", folder)
    yield server
    server.close()


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complained of; empty at the end."""
    return []


@pytest.fixture
def opened(chromium: Browser, complaints: list[str]) -> Iterator[Any]:
    contexts: list[BrowserContext] = []

    def make(language: str = "en", **options: Any) -> BrowserContext:
        context = chromium.new_context(
            viewport={"width": 360, "height": 780},
            ignore_https_errors=True,
            user_agent=AGENT_WORDS,
            locale="zh-CN" if language == "zh_Hans" else "en-GB",
            **options,
        )
        context.set_default_timeout(15_000)
        context.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
        context.on("weberror", lambda fault: complaints.append(str(fault.error.stack)))
        context.add_init_script(f"({_WATCH})()")
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()
    assert complaints == []


def _user() -> str:
    return f"user{next(_NUMBERS)}"


def _judge(page: Page, name: str) -> None:
    if folder := os.environ.get("KITH_SHOTS"):
        page.screenshot(path=Path(folder) / f"wecom-{name}.png", full_page=True)
    assert overflow(page) <= 0
    assert page.evaluate("window.shifts") <= _SHIFT_MAX
    severe = [
        f"{each['id']}: {node['html'][:160]}"
        for each in Axe().run(page).response["violations"]
        if each["impact"] in {"serious", "critical"}
        for node in each["nodes"]
    ]
    assert severe == []


@pytest.mark.parametrize(("scheme", "language"), list(itertools.product(("light", "dark"), ("en", "zh_Hans"))))
def test_toolbar_opens_the_contacts_customer(wecom: WecomServer, opened: Any, scheme: str, language: str) -> None:
    """From the toolbar's button through WeCom to the customer of the contact, where a line logged is kept."""
    user = _user()
    member = wecom.member(user, language)
    northwind = wecom.customer("Northwind Foods")
    wecom.contact(f"wm{user}", member, user, customer=northwind)
    page = wecom_page(opened(language, color_scheme=scheme), wecom, App(user, external=f"wm{user}"))
    expect(page.locator("body[data-ready]")).to_be_attached()
    expect(page.locator("#name")).to_have_text("Northwind Foods")
    assert page.url == f"{wecom.address}/sidebar/c/{northwind}"
    _judge(page, f"page-{scheme}-{language}")
    page.fill("#quick", f"from the toolbar {user}")
    page.locator(".quick .main").click()
    expect(page.locator("#notes .note")).to_be_visible()
    expect(page.locator("#timeline")).to_contain_text(f"from the toolbar {user}")
    cookies = {one["name"]: one for one in page.context.cookies()}
    assert all(
        cookies[name]["httpOnly"] and cookies[name]["secure"] for name in ("__Host-kith-side", "__Host-kith-door")
    )


def test_unknown_contact_is_suggested_and_bound(wecom: WecomServer, opened: Any) -> None:
    """A contact whom Kith does not know is suggested by the company on the note, and bound when the person says yes."""
    user = _user()
    member = wecom.member(user)
    wecom.contact(f"wm{user}", member, user)
    page = wecom_page(opened(), wecom, App(user, external=f"wm{user}"))
    page.get_by_role("button", name="Yes, bind it").first.click()
    expect(page.get_by_text("Bound to this conversation")).to_be_visible()


def test_group_with_customers(wecom: WecomServer, opened: Any) -> None:
    """In a group with customers its name suggests whom it is about."""
    user = _user()
    wecom.member(user)
    people = [{"userid": user, "type": 1}, {"userid": "wmX", "type": 2}]
    wecom.wecom.groups[f"wr{user}"] = {"name": "Northwind Foods line", "member_list": people}
    page = wecom_page(opened(), wecom, App(user, entry="group_chat_tools", chat=f"wr{user}"))
    expect(page.get_by_text("Is this conversation about Northwind Foods?")).to_be_visible()


@pytest.mark.parametrize("fault", ["script", "config", "agent", "getCurExternalContact"])
@pytest.mark.parametrize("language", ["en", "zh_Hans"])
def test_refusals_are_read(wecom: WecomServer, opened: Any, complaints: list[str], fault: str, language: str) -> None:
    """Where WeCom's script does not load or its app refuses, the person reads why, and may go on without it."""
    user = _user()
    wecom.member(user, language)
    scheme = "dark" if language == "en" else "light"
    context = opened(language, color_scheme=scheme)
    page = wecom_page(context, wecom, App(user, external="wmX", faults=frozenset({fault})))
    expect(page.locator("[data-trouble]:visible")).to_contain_text(_REFUSED[fault][language == "zh_Hans"])
    _judge(page, f"refused-{fault}-{language}")
    page.locator("#alone").click()
    expect(page.locator("body[data-ready]")).to_be_attached()
    expect(page.locator("#main h1")).to_be_visible()
    complaints[:] = [one for one in complaints if "ERR_FAILED" not in one]


def test_somebody_elses_contact(wecom: WecomServer, opened: Any) -> None:
    """A contact that WeCom does not count among the member's is said so above a page that shows nothing of theirs."""
    user, other = _user(), _user()
    wecom.member(user)
    wecom.contact(f"wm{other}", wecom.member(other), other, customer=wecom.customer("Northwind Foods"))
    page = wecom_page(opened(), wecom, App(user, external=f"wm{other}"))
    expect(page.locator("#notes")).to_contain_text("does not count this contact among yours")
    expect(page.locator("#name")).to_have_count(0)
    _judge(page, "not-yours")


def test_used_way_in_is_refused(wecom: WecomServer, opened: Any, complaints: list[str]) -> None:
    """The address with the code, opened in another browser, is a page that says so; waiting is a page with words."""
    user = _user()
    wecom.member(user)
    seen: list[str] = []
    first = opened()
    first.on("request", lambda asked: seen.append(asked.url))
    page = wecom_page(first, wecom, App(user, entry="normal"))
    expect(page.locator("body[data-ready]")).to_be_attached()
    (passed_by,) = {one for one in seen if "code=" in one}
    other = opened().new_page()
    other.goto(passed_by)
    expect(other.locator("body")).to_contain_text("began in another browser")
    _judge(other, "used")
    complaints[:] = [one for one in complaints if "401" not in one]


def test_link_opens_in_the_same_view(wecom: WecomServer, opened: Any) -> None:
    """A link on a card leads through WeCom to that customer, without WeCom's script."""
    user = _user()
    wecom.member(user)
    northwind = wecom.customer("Northwind Foods")
    app = App(user, entry="normal", faults=frozenset({"script"}))
    page = wecom_page(opened(), wecom, app, f"/c/{northwind}")
    expect(page.locator("#name")).to_have_text("Northwind Foods")
    expect(page.locator("body[data-ready]")).to_be_attached()
