"""The page in Feishu's side panel, in a real browser: whom Feishu names sees it, and who is not named reads why."""

import itertools
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.acting import overflow
from tests.browser.framing_feishu import AGENT, ROOM, FeishuServer, client

_NUMBERS = itertools.count(8000)
_SHIFT_MAX = 0.02
_WATCH = """window.shifts = 0; new PerformanceObserver((list) => list.getEntries().forEach((one) => {
  if (!one.hadRecentInput) window.shifts += one.value; })).observe({type: 'layout-shift', buffered: true});"""


@pytest.fixture(scope="module")
def feishu(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FeishuServer]:
    folder = tmp_path_factory.mktemp("feishu")
    shutil.copyfile(sqlite_template, folder / "kith.db")
    server = FeishuServer(f"sqlite:///{folder / 'kith.db'}", folder)
    yield server
    server.close()


@pytest.fixture
def opened(chromium: Browser, complaints: list[str]) -> Iterator[Any]:
    contexts: list[BrowserContext] = []

    def make(locale: str = "en_US", **options: Any) -> BrowserContext:
        context = chromium.new_context(
            viewport={"width": 360, "height": 780},
            ignore_https_errors=True,
            user_agent=AGENT.format(locale=locale),
            locale=locale.replace("_", "-"),
            **options,
        )
        context.set_default_timeout(15_000)
        context.add_init_script(_WATCH)
        context.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
        context.on("weberror", lambda fault: complaints.append(str(fault.error)))
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()
    assert complaints == []


def _person(feishu: FeishuServer, language: str = "en") -> int:
    number = next(_NUMBERS)
    feishu.person(number, language)
    return number


def _picture(page: Page, name: str) -> None:
    """Kept for a person to look at, where ``KITH_PICTURES`` names a folder."""
    if folder := os.environ.get("KITH_PICTURES"):
        page.screenshot(path=str(Path(folder) / f"feishu-{name}.png"), full_page=True)


def _judged(page: Page) -> None:
    found = [one["id"] for one in Axe().run(page).response["violations"] if one["impact"] in {"serious", "critical"}]
    assert found == []
    assert overflow(page) == 0
    assert page.evaluate("window.shifts") <= _SHIFT_MAX


@pytest.mark.parametrize("asks", ["requestAccess", "requestAuthCode"])
def test_deep_link_opens_beside_the_conversation(feishu: FeishuServer, opened: Any, asks: str) -> None:
    """/c/ID in Feishu's client leads through its proof to the page; a logged line is in the database."""
    number, acme = _person(feishu), feishu.customer("Northwind Foods")
    page = client(opened(), feishu, number, old=asks == "requestAuthCode")
    page.goto(f"{feishu.address}/c/{acme}")
    expect(page.locator("#name")).to_have_text("Northwind Foods")
    expect(page.locator("body[data-ready]")).to_be_attached()
    page.locator("#quick").fill(f"side line {number}")
    page.get_by_role("button", name="Log", exact=True).click()
    expect(page.locator("#notes")).to_contain_text("Visit logged")
    expect(page.locator("#timeline")).to_contain_text(f"side line {number}")
    assert "code" not in page.url
    _judged(page)


@pytest.mark.parametrize("query", [f"chat={ROOM}", "bdp_launch_query=" + quote(json.dumps({"__trigger_id__": "c-1"}))])
def test_conversation_suggests_a_customer(feishu: FeishuServer, opened: Any, query: str) -> None:
    """From a link that names it, or from the menu beside the text field: its title suggests a customer."""
    page = client(opened(), feishu, _person(feishu))
    page.goto(f"{feishu.address}/sidebar/in/feishu?{query}")
    expect(page.get_by_text("Is this conversation about Northwind Foods?")).to_be_visible()


def test_conversation_of_others_is_not_opened(feishu: FeishuServer, opened: Any) -> None:
    """Somebody who names a conversation they are not in reads that it counts for nothing."""
    page = client(opened(), feishu, _person(feishu))
    page.goto(f"{feishu.address}/sidebar/in/feishu?chat=oc_elsewhere")
    expect(page.get_by_text("Feishu does not confirm that you are in this conversation")).to_be_visible()
    _judged(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("language", "locale"), [("en", "en_US"), ("zh_Hans", "zh_CN")])
def test_page_and_refusals_are_readable(
    feishu: FeishuServer, opened: Any, complaints: list[str], language: str, locale: str, scheme: str
) -> None:
    """The page, a script out of reach and a client that does not tell: each in the person's words, none white."""
    number = _person(feishu, language)
    acme = feishu.customer("Northwind Foods")
    page = client(opened(locale, color_scheme=scheme), feishu, number)
    page.goto(f"{feishu.address}/sidebar/in/feishu?c={acme}&chat={ROOM}")
    expect(page.locator("body[data-ready]")).to_be_attached()
    _picture(page, f"page-{language}-{scheme}")
    _judged(page)
    for name, options in (("script", {"sdk": False}), ("refused", {"known": False})):
        page = client(opened(locale, color_scheme=scheme), feishu, number, **options)
        page.goto(f"{feishu.address}/sidebar/in/feishu")
        expect(page.locator(f'[data-trouble="{name}"]')).to_be_visible()
        expect(page.locator("#wait")).to_be_hidden()
        _picture(page, f"{name}-{language}-{scheme}")
        _judged(page)
    assert all("ERR_FAILED" in one for one in complaints)  # the browser's own word on the script
    complaints.clear()
