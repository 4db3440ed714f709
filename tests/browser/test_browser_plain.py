"""Without script the pages still read and send."""

from playwright.sync_api import Page, expect

from tests.browser.acting import overflow
from tests.browser.conftest import Open
from tests.browser.serving import Server


def _send(page: Page, text: str) -> None:
    page.fill("#composer-text", text)
    page.click(".composer__send")


def test_a_line_is_sent_and_answered(server: Server, open_page: Open) -> None:
    """An example fills the box, Send sends it, the answer is in view and the customer beside it."""
    page = open_page(server.newcomer(), java_script_enabled=False)
    page.click(".example >> nth=1")
    name = page.locator("#composer-text").input_value().removeprefix("/360 ").strip()
    page.click(".composer__send")
    expect(page.locator(".k-card h3")).to_have_text(name)
    expect(page.locator(".k-card")).to_be_in_viewport()
    expect(page.locator("#customer h2")).to_have_text(name)


def test_buttons_and_forms_work(server: Server, open_page: Open) -> None:
    """A button opens a form, the form saves, the receipt can be undone."""
    page = open_page(server.newcomer(), java_script_enabled=False)
    _send(page, "/360 Northwind Foods")
    page.locator(".k-card").get_by_role("button", name="New task").click()
    page.get_by_label("Title").fill("Without script")
    page.locator(".k-form").get_by_role("button", name="Save").click()
    expect(page.locator(".message--answer").last).to_contain_text("Without script")
    page.locator(".message--answer").last.get_by_role("button", name="Undo").click()
    expect(page.locator(".messages")).to_contain_text("Undone")


def test_panes_are_links(server: Server, open_page: Open) -> None:
    """On a telephone the tabs are links, so every part can be reached."""
    page = open_page(server.newcomer(), width=360, height=740, java_script_enabled=False)
    for name, part in (("list", "#rooms"), ("customer", "#customer"), ("chat", "#composer-text")):
        page.click(f".tab[data-show={name}]")
        expect(page.locator(part)).to_be_visible()
        assert overflow(page) <= 0


def test_new_conversation(server: Server, open_page: Open) -> None:
    """A conversation is started and spoken in."""
    other = server.newcomer()
    page = open_page(server.newcomer(), java_script_enabled=False)
    page.click("#new-room summary")
    page.get_by_label("Name", exact=True).fill("Plain")
    page.get_by_label(other.name).check()
    page.get_by_role("button", name="Start").click()
    expect(page.locator("h1")).to_have_text("Plain")
    _send(page, "hello")
    expect(page.locator(".bubble")).to_have_text("hello")
