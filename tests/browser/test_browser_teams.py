"""The tab in Teams: entered by Entra ID's token, beside the conversation, and never white."""

import itertools
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, FrameLocator, Page, expect

from tests.browser.acting import overflow
from tests.browser.framing import FramedServer
from tests.browser.framing_teams import context_of, teams_page, told_to
from tests.browser.teams_host import token_of

_NUMBERS = itertools.count(9000)
_SEVERE = {"serious", "critical"}


@pytest.fixture
def opened(chromium: Browser, complaints: list[str]) -> Iterator[Any]:
    contexts: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        context = chromium.new_context(viewport={"width": 360, "height": 780}, ignore_https_errors=True, **options)
        context.set_default_timeout(15_000)
        context.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
        context.on("weberror", lambda fault: complaints.append(str(fault.error)))
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()
    assert complaints == []


def _number(framed: FramedServer, language: str = "en") -> int:
    number = next(_NUMBERS)
    framed.colleague(number, language)
    return number


def _looked_at(page: Page, name: str) -> None:
    """Keeps a picture where somebody wants to look at it, and finds nothing serious with axe."""
    if folder := os.environ.get("KITH_PICTURES"):
        page.screenshot(path=Path(folder) / f"teams-{name}.png")
    assert overflow(page) == 0
    found = Axe().run(page.frames[1]).response["violations"]
    assert [one["id"] for one in found if one["impact"] in _SEVERE] == []


def _shown(frame: FrameLocator, name: str) -> None:
    expect(frame.locator("#name")).to_have_text(name)
    expect(frame.locator("body[data-ready]")).to_be_attached()


@pytest.mark.parametrize(("language", "theme"), [("en", "default"), ("zh_Hans", "dark"), ("en", "contrast")])
def test_tab_shows_the_customer(framed: FramedServer, opened: Any, language: str, theme: str) -> None:
    """The token proves who is looking, the link's customer is shown in Teams' colours, and Teams is told of success."""
    number, northwind = _number(framed, language), framed.customer("Northwind Foods")
    told = context_of(theme=theme, sub_page=northwind)
    page, frame = teams_page(opened(), framed, token_of(number), told=told)
    _shown(frame, "Northwind Foods")
    expected = "light" if theme == "default" else "dark"
    expect(frame.locator("html")).to_have_attribute("data-theme", expected)
    assert {"initialize", "notifySuccess"} <= told_to(page).keys()
    assert page.frames[1].evaluate("typeof window.microsoftTeams") == "undefined"
    assert not page.frames[1].evaluate("document.documentElement.outerHTML").count(token_of(number)[:40])
    _looked_at(page, f"tab-{language}-{theme}")


@pytest.mark.parametrize("kind", ["chat", "channel"])
def test_tab_binds_and_logs(framed: FramedServer, opened: Any, kind: str) -> None:
    """The roster suggests a customer, a yes binds that conversation, and a line logged in the frame is kept."""
    number = _number(framed)
    told = context_of(**{kind: {"id": f"19:{number}@thread.v2"}})
    _, frame = teams_page(opened(), framed, token_of(number), told=told)
    expect(frame.get_by_text("Is this conversation about Northwind Foods?")).to_be_visible()
    frame.get_by_role("button", name="Yes, bind it").click()
    expect(frame.get_by_text("Bound to this conversation")).to_be_visible()
    frame.locator("#quick").fill(f"teams line {number}")
    frame.get_by_role("button", name="Log", exact=True).click()
    expect(frame.locator("#notes")).to_contain_text("Visit logged")
    expect(frame.locator("#timeline")).to_contain_text(f"teams line {number}")


@pytest.mark.parametrize("language", ["en-US", "zh-CN"])
@pytest.mark.parametrize("lacking", ["token", "sdk"])
def test_never_white(framed: FramedServer, opened: Any, complaints: list[str], lacking: str, language: str) -> None:
    """Where Teams gives no token, or its script does not come, the page says so, and is shown."""
    token = "" if lacking == "token" else token_of(_number(framed))
    context = opened(locale=language, color_scheme="dark" if lacking == "sdk" else "light")
    page, frame = teams_page(context, framed, token, loads=lacking != "sdk")
    expect(frame.locator("#unproven" if lacking == "token" else "#unloaded")).to_be_visible()
    expect(frame.locator("#wait")).to_be_hidden()
    if lacking == "token":
        page.wait_for_function("window.told.some(([name]) => name === 'notifyExpectedFailure')")
        assert told_to(page)["notifyExpectedFailure"] == {"reason": "PermissionError", "message": ""}
    complaints.clear()  # of the script that did not come
    _looked_at(page, f"refused-{lacking}-{language}")


def test_forged_token_can_be_read_about(framed: FramedServer, opened: Any, complaints: list[str]) -> None:
    """A token that another signed is refused on a page in the frame, not on a white one."""
    page, frame = teams_page(opened(), framed, token_of(_number(framed), key="evil"))
    expect(frame.locator("body")).to_contain_text("did not prove who you are")
    assert all("401" in said for said in complaints)
    complaints.clear()
    _looked_at(page, "forged")


def test_tab_is_added_to_a_room(framed: FramedServer, opened: Any) -> None:
    """In the settings frame the page says what Save does, and gives Teams the tab to keep."""
    page, frame = teams_page(opened(), framed, "", told=context_of(frame="settings"))
    expect(frame.locator("#setup")).to_be_visible()
    page.wait_for_function("window.told.some(([name]) => name === 'valid')")
    page.evaluate("document.querySelector('iframe').contentWindow.postMessage('save', '*')")
    page.wait_for_function("window.told.some(([name]) => name === 'saved')")
    assert told_to(page)["config"] == {
        "entityId": "kith",
        "contentUrl": f"{framed.address}/sidebar/in/teams",
        "websiteUrl": f"{framed.address}/sidebar/",
        "suggestedDisplayName": "Kith",
    }
    _looked_at(page, "settings")


def test_nobody_else_frames_the_tab(framed: FramedServer, opened: Any, complaints: list[str]) -> None:
    """In a page that is not Teams' the browser shows nothing of it."""
    _, frame = teams_page(opened(), framed, token_of(_number(framed)), origin="https://evil.example")
    expect(frame.locator("#proof")).to_have_count(0)
    complaints.clear()
