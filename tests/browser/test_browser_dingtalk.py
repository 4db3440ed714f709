"""The page in DingTalk's side panel: from its script's code to a line in the database, and never white."""

import itertools
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from adapters.dingtalk.side import DOOR_PATH
from tests.browser.acting import overflow
from tests.browser.framing_dingtalk import AGENT_WORDS, GROUP, DingTalkServer, dingtalk_page, is_signed

_NUMBERS = itertools.count(7000)


@pytest.fixture(scope="module")
def dingtalk(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DingTalkServer]:
    folder = tmp_path_factory.mktemp("dingtalk")
    shutil.copyfile(sqlite_template, folder / "kith.db")
    server = DingTalkServer(f"sqlite:///{folder / 'kith.db'}", folder)
    yield server
    server.close()


@pytest.fixture
def opened(chromium: Browser, complaints: list[str]) -> Iterator[Any]:
    contexts = []

    def make(scheme: str = "light") -> Any:
        context = chromium.new_context(
            viewport={"width": 360, "height": 780},
            ignore_https_errors=True,
            user_agent=AGENT_WORDS,
            color_scheme=scheme,  # type: ignore[arg-type]
        )
        context.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
        context.on("weberror", lambda thrown: complaints.append(str(thrown.error)))
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()
    assert complaints == []


def _judge(page: Page, name: str) -> None:
    if folder := os.environ.get("KITH_SHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
    assert overflow(page) <= 0, name
    violations = Axe().run(page).response["violations"]
    assert [one["id"] for one in violations if one["impact"] in {"serious", "critical"}] == [], name


@pytest.mark.parametrize(("scheme", "language"), [("light", "en"), ("dark", "zh_Hans")])
def test_group_panel_logs_a_line(dingtalk: DingTalkServer, opened: Any, scheme: str, language: str) -> None:
    """Opened in a group: signed, proven, the group's title suggests a customer, a line is logged."""
    number = next(_NUMBERS)
    code = dingtalk.known(number, language)
    path = f"{DOOR_PATH}?openConversationId={GROUP}"
    page = dingtalk_page(opened(scheme), dingtalk, path, code=code)
    expect(page.locator("body[data-ready]")).to_be_attached()
    page.goto(f"{dingtalk.address}/c/{dingtalk.customer('Northwind Foods')}")
    expect(page.locator("#name")).to_have_text("Northwind Foods")
    expect(page.locator("body[data-ready]")).to_be_attached()
    page.fill("#quick", f"from the panel {number}")
    page.locator(".quick .main").click()
    expect(page.locator("#timeline")).to_contain_text(f"from the panel {number}")
    _judge(page, f"dingtalk-{scheme}-{language}")


def test_script_is_configured_for_the_address(dingtalk: DingTalkServer, opened: Any) -> None:
    """What dd.config gets is signed for the very address; a refused code says what an administrator checks."""
    page = dingtalk_page(opened(), dingtalk)
    expect(page.locator('[data-trouble="refused"]')).to_be_visible()
    assert is_signed(page.evaluate("window.asked"), f"{dingtalk.address}{DOOR_PATH}")
    _judge(page, "dingtalk-refused")


def test_no_script_is_no_white_page(dingtalk: DingTalkServer, opened: Any, complaints: list[str]) -> None:
    """Where DingTalk's script does not load, or the page is opened elsewhere, the person reads why."""
    page = dingtalk_page(opened(), dingtalk, platform="")
    expect(page.locator('[data-trouble="script"]')).to_be_visible()
    _judge(page, "dingtalk-no-script")
    page = dingtalk_page(opened(), dingtalk, platform="notInDingTalk")
    expect(page.locator('[data-trouble="outside"]')).to_be_visible()
    complaints[:] = [said for said in complaints if "ERR_FAILED" not in said]
