"""Chromium, the workbench it opens, and pages that must not complain."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from core.members.model import Member
from tests.browser.framing import FramedServer
from tests.browser.serving import Server

# A page that is shown is not waited for; on a busy machine it may take a while to be shown.
expect.set_options(timeout=20_000)

CHROMIUM = "/usr/bin/chromium"
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A stand-in's page under a public name frames a server of this machine, which browsers ask people about.
    "--disable-features=LocalNetworkAccessChecks,PrivateNetworkAccessForNavigations",
)
_HERE = Path(__file__).parent
Open = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here needs Chromium; without it the tests are skipped aloud, or fail where it is required."""
    lacking = not Path(CHROMIUM).exists()
    for item in items:
        if _HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if lacking and os.environ.get("KITH_REQUIRE_BROWSER") != "1":
                item.add_marker(pytest.mark.skip(reason=f"there is no Chromium at {CHROMIUM}"))


@pytest.fixture(scope="session")
def server(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    path = tmp_path_factory.mktemp("browser") / "kith.db"
    shutil.copyfile(sqlite_template, path)
    server = Server(f"sqlite:///{path}")
    yield server
    server.close()


@pytest.fixture(scope="session")
def framed(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FramedServer]:
    folder = tmp_path_factory.mktemp("framed")
    shutil.copyfile(sqlite_template, folder / "kith.db")
    server = FramedServer(f"sqlite:///{folder / 'kith.db'}", folder)
    yield server
    server.close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    # Not longer than a module: while it lives this thread runs its event loop, and other tests need their own.
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(_ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def complaints() -> list[str]:
    """What pages said to their console, errors they threw and requests they lost; a test that expects any clears it."""
    return []


@pytest.fixture
def open_page(server: Server, chromium: Browser, complaints: list[str]) -> Iterator[Open]:
    """Opens a member's page in a browser of its own: ``open_page(member, "/", width=360, color_scheme="dark")``."""
    contexts = []

    def noted(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(message.text)

    def opened(member: Member, path: str = "/", *, width: int = 1400, height: int = 900, **options: Any) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", noted)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{server.address}/as/{member.handle}{path}")
        if options.get("java_script_enabled", True) and (path == "/" or path.startswith("/r/")):
            page.wait_for_selector("body[data-ready]")  # its script has taken hold
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []
