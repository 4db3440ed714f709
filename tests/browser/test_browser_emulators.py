"""The page of `kith demo --platform`: what is half typed stays, whatever comes meanwhile."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.bots.processes import Machine


def _type(page: Page, place: str, text: str) -> None:
    page.fill(f"[data-place={place}] > form input", text)
    page.press(f"[data-place={place}] > form input", "Enter")


@pytest.mark.parametrize(("name", "field"), [("dingtalk", "[name=field-text]"), ("feishu", "[name$=_text]")])
def test_half_typed_fields_stay(name: str, field: str, chromium: Browser, tmp_path: Path) -> None:
    """A form in a card keeps what was typed into it, and the place that is typed at, while other messages come."""
    with Machine(tmp_path, {}).serving("demo", "--platform", name) as (_, address):
        page = chromium.new_page()
        page.goto(address)
        _type(page, "direct", "visit")
        page.fill(field, "They liked the new")
        sent = 'fetch("say?as=" + person, {method: "POST", body: JSON.stringify({place: "direct", text: "tasks"})})'
        page.evaluate(sent)
        expect(page.locator("[data-place=direct]")).to_contain_text("My tasks (")
        expect(page.locator(field)).to_have_value("They liked the new")
        expect(page.locator(field)).to_be_focused()
        page.close()


def test_wrong_fields_stay(chromium: Browser, tmp_path: Path) -> None:
    """What was typed into a form that was sent back with an error stands in it, beside the error."""
    with Machine(tmp_path, {}).serving("demo", "--platform", "slack") as (_, address):
        page = chromium.new_page()
        page.goto(address)
        _type(page, "room", "/crm new deal Acme Instruments")
        page.locator("#opened [name=name]").fill("Cold chain")
        page.locator("#opened [name=amount]").fill("lots")
        page.locator("#opened button[type=submit]").click()
        expect(page.locator("#opened .wrong").first).to_be_visible()
        expect(page.locator("#opened [name=name]")).to_have_value("Cold chain")
        expect(page.locator("#opened [name=amount]")).to_have_value("lots")
        page.close()
