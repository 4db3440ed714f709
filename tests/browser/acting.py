"""What a person does on the page, in one word each."""

from playwright.sync_api import Locator, Page, expect


def say(page: Page, text: str) -> None:
    """Types a line and sends it."""
    page.fill("#composer-text", text)
    page.keyboard.press("Escape")
    page.press("#composer-text", "Enter")


def last_answer(page: Page) -> Locator:
    """The last card that Kith answered."""
    return page.locator(".message--answer .k-card").last


def expect_answer(page: Page, text: str) -> Locator:
    """Waits until the last answer says ``text``."""
    expect(last_answer(page)).to_contain_text(text)
    return last_answer(page)


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
