"""The pages read without script, in the reader's language, and take nothing that people typed for markup."""

import re

import pytest

from tests.adapters.web.house import House, between


def test_first_visit_teaches(house: House) -> None:
    """A newcomer finds a room with Kith, five lines to try, and how to bind a customer."""
    page = house.browser(house.people.wei).open("/")
    assert page.count("data-say=") == 5
    assert "Five lines to try" in page
    assert "No customer here yet" in page
    assert 'role="listbox"' in page


def test_examples_name_customers_that_are_there(house: House) -> None:
    """Where the registry's example customer is unknown, the member's own stands in its place."""
    house.customer(house.people.wei, "Zephyr Mills")
    said = between(house.browser(house.people.wei).open("/"), 'data-say="/visit ', '"')
    assert said.startswith("Zephyr Mills: ")


def test_pages_speak_the_members_language(house: House) -> None:
    """A member who chose Chinese reads Chinese, and the page says that it is."""
    page = house.browser(house.people.uma).open("/")
    assert '<html lang="zh-Hans">' in page
    assert "试试这五句" in page
    assert "/拜访" in page


def test_what_is_typed_stays_text(house: House) -> None:
    """Markup in names and messages is shown, not obeyed."""
    bad = '<img src=x onerror="alert(1)">'
    room = house.group(house.people.wei, house.people.ann, title=bad)
    browser = house.browser(house.people.wei)
    browser.open("/")
    browser.say(room.id, bad)
    customer = house.customer(house.people.wei, bad)
    for path in ("/", f"/r/{room.id}", f"/c/{customer}", f"/r/{room.id}?say=%3Cscript%3E"):
        page = browser.open(path) if path != f"/c/{customer}" else browser.get(path).text
        assert "&lt;img" in page
        assert "<img" not in page
        assert not re.search(r"<script(?! type=\"module\" src=)", page)


def test_every_answer_is_locked_down(house: House) -> None:
    """Pages, refusals and files tell the browser to run, load and frame nothing but our own."""
    browser = house.browser(house.people.wei)
    for path in ("/", "/nowhere", "/healthz", "/api/v1/me"):
        headers = browser.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


def test_pages_hold_no_inline_script_or_style(house: House) -> None:
    """Nothing in a page needs more than the policy allows."""
    browser = house.browser(house.people.wei)
    room = browser.room()
    house.customer(house.people.wei, "Acme")
    browser.say(room, "Acme")
    page = browser.open("/")
    assert not re.search(r"\sstyle=|\son\w+=|<style|javascript:", page)


def test_files_are_kept_by_their_content(house: House) -> None:
    """A file's address changes with its content, so browsers keep it for good; an old address is not kept."""
    browser = house.browser(house.people.wei)
    address = between(browser.open("/"), '<script type="module" src="', '"')
    script = browser.get(address)
    assert script.status_code == 200
    assert "immutable" in script.headers["cache-control"]
    assert script.headers["content-type"].startswith("text/javascript")
    assert browser.get("/static/0123456789ab/base.css").headers["cache-control"] == "no-cache"
    assert browser.get("/static/x/../../app.py").status_code == 404


def test_customer_has_a_page_of_its_own(house: House) -> None:
    """The page that cards link to shows the customer and its timeline."""
    customer = house.customer(house.people.wei, "Acme", industry="steel")
    page = house.browser(house.people.wei).get(f"/c/{customer}")
    assert page.status_code == 200
    assert "Acme" in page.text
    assert "Customer added" in page.text
    assert page.headers["cache-control"] == "no-store"


def test_sidebar_follows_the_bound_customer(house: House) -> None:
    """A room that is bound to a customer shows it; a customer that is asked for stands there instead."""
    acme, other = (house.customer(house.people.wei, name) for name in ("Acme", "Zephyr"))
    browser = house.browser(house.people.wei)
    room = browser.room()
    browser.say(room, "/bind Acme")
    assert "Bound to this conversation" in browser.open(f"/r/{room}")
    assert f'data-customer="{acme}"' in browser.get(f"/sidebar/room/{room}").text
    opened = browser.open(f"/r/{room}?customer={other}")
    assert f'<article class="side" data-customer="{other}"' in opened
    assert "Back to Acme" in opened


def test_sidebar_is_a_page_and_a_part(house: House) -> None:
    """A script asks for the part, a person gets a page."""
    customer = house.customer(house.people.wei, "Acme")
    browser = house.browser(house.people.wei)
    assert "<!doctype html>" in browser.get(f"/sidebar/customer/{customer}").text
    assert "<html" not in browser.get(f"/sidebar/customer/{customer}?part=1").text


@pytest.mark.parametrize(
    "path", ["/nowhere", "/r/nonsense", "/r/0000000000000", "/c/0000000000000", "/sidebar/customer/0000000000000"]
)
def test_unknown_address_says_so(house: House, path: str) -> None:
    """What does not exist and what is not theirs look the same: a page that leads back."""
    answer = house.browser(house.people.wei).get(path)
    assert answer.status_code == 404
    assert "There is nothing here" in answer.text


def test_wrong_method_says_so(house: House) -> None:
    """An address that only reads refuses to write."""
    assert house.browser(house.people.wei).send("/healthz").status_code == 405


def test_earlier_messages_are_a_page_away(house: House) -> None:
    """A long conversation shows its last page and leads to the one before."""
    room = house.group(house.people.wei, house.people.ann)
    browser = house.browser(house.people.wei)
    browser.open("/")
    for number in range(55):
        house.clock.move(seconds=30)
        browser.say(room.id, f"line {number:02}")
    page = browser.open(f"/r/{room.id}")
    assert "line 54" in page
    assert "line 04" not in page
    before = between(page, 'data-before="', '"')
    assert "line 04" in browser.open(f"/r/{room.id}?before={before}")


def test_a_broken_page_is_a_plain_one(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bug answers with a page of ours, and tells nothing of what went wrong."""
    browser = house.browser(house.people.wei)
    browser.open("/")
    monkeypatch.setattr("adapters.web.page_routes.workbench", lambda *_: 1 / 0)
    answer = browser.get("/")
    assert answer.status_code == 500
    assert "Something broke in Kith" in answer.text
    assert "ZeroDivision" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"
