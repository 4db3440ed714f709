"""Every state in both sizes, both schemes and both languages: nothing sticks out, nothing shuts anybody out."""

import itertools
import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.acting import expect_answer, overflow, say
from tests.browser.conftest import Open
from tests.browser.serving import Server

LOOKS = list(itertools.product((360, 1400), ("light", "dark"), ("en", "zh_Hans")))
# Each size with each scheme and each language once.
PAIRS = [look for look in LOOKS if (look[0] == 360) ^ (look[1] == "dark") ^ (look[2] == "en")]
_SEVERE = {"serious", "critical"}


def _fits(page: Page, name: str) -> None:
    """Nothing scrolls sideways; a picture where one is asked for."""
    page.evaluate("() => Promise.all(document.getAnimations().map((each) => each.finished.catch(() => null)))")
    if folder := os.environ.get("KITH_SHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png")
    assert overflow(page) <= 0, name


def _judge(page: Page, name: str) -> None:
    """It fits, and axe finds nothing serious in it."""
    _fits(page, name)
    found = Axe().run(page).response["violations"]
    severe = [
        f"{each['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for each in found
        if each["impact"] in _SEVERE
        for node in each["nodes"]
    ]
    assert severe == [], name


def _tell_a_story(page: Page, look: str) -> None:
    """A receipt, a customer, a form with an error in it, and the list of commands open below them."""
    say(page, "/visit Northwind Foods: saw the new dock, send the quote next Tue 3pm")
    expect_answer(page, "Northwind Foods")
    _fits(page, f"{look}-2-receipt")
    say(page, "/360 Northwind Foods")
    card = expect_answer(page, "Ada Bell")
    _fits(page, f"{look}-3-customer")
    card.locator(".k-actions button").nth(1).click()
    page.locator("form.k-form input:not([type=hidden])").first.fill("x")
    page.locator("form.k-form input[name=due]").fill("never")
    page.locator("form.k-form button[type=submit]").click()
    expect(page.locator(".k-error")).to_be_visible()
    _fits(page, f"{look}-4-form")
    page.fill("#composer-text", "/")
    expect(page.locator("#completions")).to_be_visible()
    page.keyboard.press("ArrowDown")


@pytest.mark.parametrize(("width", "scheme", "language"), LOOKS)
def test_chat_is_fit_to_use(server: Server, open_page: Open, width: int, scheme: str, language: str) -> None:
    """The first visit, and a conversation with Kith in which everything has been shown."""
    look = f"{width}-{scheme}-{language}"
    height = 740 if width == 360 else 900
    page = open_page(server.newcomer(language), width=width, height=height, color_scheme=scheme)
    _judge(page, f"{look}-1-welcome")
    _tell_a_story(page, look)
    _judge(page, f"{look}-5-completion")


@pytest.mark.parametrize(("width", "scheme", "language"), PAIRS)
def test_group_is_fit_to_use(server: Server, open_page: Open, width: int, scheme: str, language: str) -> None:
    """A room of several with talk, a shared card and a private answer; the list of rooms with what opens from it."""
    member, other = server.newcomer(language), server.newcomer()
    room = server.group(member, other, title="Harbour deal 港口")
    server.talk(other, room, "Have you seen this?")
    server.say(other, "share 远航科技", room)
    look = f"{width}-{scheme}-{language}"
    height = 740 if width == 360 else 900
    page = open_page(member, f"/r/{room.id}", width=width, height=height, color_scheme=scheme)
    say(page, "hello, 你好, مرحبا")
    say(page, "/tasks")
    expect(page.locator(".message--private .k-card")).to_be_visible()
    _fits(page, f"{look}-6-group")
    if width == 360:
        page.click(".tab[data-show=list]")
    page.click("#new-room summary")
    _judge(page, f"{look}-7-new-room")
    page.keyboard.press("Escape")
    page.click(".me__summary")
    _judge(page, f"{look}-8-menu")


@pytest.mark.parametrize(("width", "scheme", "language"), LOOKS[::3])
def test_customer_is_fit_to_use(server: Server, open_page: Open, width: int, scheme: str, language: str) -> None:
    """The customer beside the chat, or in its own pane, and on its own page."""
    member = server.newcomer(language)
    page = open_page(member, width=width, color_scheme=scheme)
    say(page, "/360 Northwind Foods")
    expect_answer(page, "Ada Bell")
    if width == 360:
        page.click(".tab[data-show=customer]")
    expect(page.locator("#customer h2")).to_be_visible()
    _judge(page, f"{width}-{scheme}-{language}-9-sidebar")
    page.click("[data-page]")
    expect(page.locator("#timeline")).to_be_visible()
    _judge(page, f"{width}-{scheme}-{language}-10-page")


def test_middling_window_shows_two_columns(server: Server, open_page: Open) -> None:
    """Between telephone and desk the customer takes the chat's place, and gives it back."""
    page = open_page(server.newcomer(), width=900)
    say(page, "/360 Northwind Foods")
    expect_answer(page, "Ada Bell")
    page.click(".chat__customer")
    expect(page.locator("#customer h2")).to_be_visible()
    expect(page.locator("#list")).to_be_visible()
    _judge(page, "900-customer")
    page.keyboard.press("Escape")
    expect(page.locator("#composer-text")).to_be_visible()


def test_long_words_and_other_scripts_stay_inside(server: Server, open_page: Open) -> None:
    """Endless words, Arabic, emoji and markup neither break the layout nor run."""
    member = server.newcomer()
    room = server.group(member, title="مشروع الميناء الجديد " + "W" * 50)
    page = open_page(member, f"/r/{room.id}", width=360, height=740)
    for text in ("W" * 400, "مرحبا بالعالم 🌍", "<img src=x onerror=alert(1)>", "字" * 600):
        say(page, text)
    expect(page.locator(".message .bubble")).to_have_count(4)
    arabic = page.locator(".bubble", has_text="مرحبا")
    assert arabic.evaluate("element => getComputedStyle(element).direction") == "rtl"
    _judge(page, "360-long")


def test_unknown_page_is_fit_to_use(server: Server, open_page: Open, complaints: list[str]) -> None:
    """A refusal is a page, too."""
    page = open_page(server.newcomer(), "/nowhere")
    expect(page.locator("h1")).to_be_visible()
    _judge(page, "refusal")
    complaints.clear()
