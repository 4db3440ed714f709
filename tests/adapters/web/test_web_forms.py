"""Without script every form does its work, once, and loses nothing that was typed."""

import re

import pytest

from tests.adapters.web.house import Browser, House, between, fresh, token_of


def _form_of(page: str, label: str) -> tuple[str, str]:
    """The last form's address and token with a button of that label."""
    found = re.findall(r"<form.*?</form>", page, re.DOTALL)
    forms = [form for form in found if f">{label}<" in form and "token" in form]
    assert forms, label
    return between(forms[-1], 'action="', '"').replace("&amp;", "&"), token_of(forms[-1], label)


@pytest.fixture
def browser(house: House) -> Browser:
    return house.browser(house.people.wei)


def test_a_line_is_carried_out_and_answered(house: House, browser: Browser) -> None:
    """What is sent stands in the room with its answer, on the page that follows."""
    house.customer(house.people.wei, "Acme")
    room = browser.room()
    answer = browser.send(f"/r/{room}", text="/visit Acme: saw the plant", delivery=fresh())
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(f"/r/{room}")
    page = browser.open(f"/r/{room}")
    assert "/visit Acme: saw the plant" in page
    assert "Visit logged" in page


def test_sent_twice_is_done_once(house: House, browser: Browser) -> None:
    """The same page sent again - Back, Reload, an impatient finger - says and does nothing again."""
    house.customer(house.people.wei, "Acme")
    room = browser.room()
    for _ in range(3):
        house.clock.move(minutes=1)
        browser.send(f"/r/{room}", text="/note Acme: likes tea", delivery="delivery-twice")
    page = browser.open(f"/r/{room}")
    assert page.count(">/note Acme: likes tea<") == 1
    assert page.count('<h3 class="k-heading" dir="auto">Note written</h3>') <= 1


def test_buttons_work(house: House, browser: Browser) -> None:
    """A card's button acts, and its answer stands on the page; the same button of the same page acts once."""
    house.customer(house.people.wei, "Acme")
    room = browser.room()
    browser.send(f"/r/{room}", text="/task Acme: call back", delivery=fresh())
    browser.send(f"/r/{room}", text="/tasks", delivery=fresh())
    action, token = _form_of(browser.open(f"/r/{room}"), "Done")
    for _ in range(2):
        assert browser.send(action, token=token).status_code == 303
    page = browser.open(f"/r/{room}")
    assert "Task done" in page
    assert "done already" not in page


def test_form_keeps_what_was_typed(house: House, browser: Browser) -> None:
    """A form with an error comes back with the error at its field and every value in place; mended, it is done with."""
    house.customer(house.people.wei, "Acme")
    room = browser.room()
    browser.send(f"/r/{room}", text="/360 Acme", delivery=fresh())
    action, token = _form_of(browser.open(f"/r/{room}"), "New task")
    browser.send(action, token=token)
    action, token = _form_of(browser.open(f"/r/{room}"), "Save")
    browser.send(action, token=token, title="Send the quote", due="the day that never was")
    page = browser.open(f"/r/{room}")
    assert 'value="Send the quote"' in page
    assert 'value="the day that never was"' in page
    assert "could not read" in page
    action, token = _form_of(page, "Save")
    browser.send(action, token=token, title="Send the quote", due="tomorrow")
    page = browser.open(f"/r/{room}")
    assert "k-form" not in page
    assert "Send the quote" in page


def test_quick_log_says_a_line(house: House, browser: Browser) -> None:
    """The field beside the conversation logs with the customer it stands under."""
    customer = house.customer(house.people.wei, "Acme")
    room = browser.room()
    fields = {"before": "/call", "about": customer, "text": "price is fine"}
    browser.send(f"/r/{room}", **fields, delivery=fresh())
    page = browser.open(f"/r/{room}")
    assert "Call logged" in page
    assert "price is fine" in page


def test_starting_a_conversation(house: House, browser: Browser) -> None:
    """The members that were ticked are in the room, and see what is said there."""
    browser.open("/")
    people = house.people
    answer = browser.send("/rooms", title="Plan", member=people.ann.id, delivery=fresh())
    where = answer.headers["location"].partition("#")[0]
    browser.open(where)
    browser.send(where, text="hello there", delivery=fresh())
    assert "hello there" in house.browser(people.ann).open(where)
    assert house.browser(people.max).get(where).status_code == 404


def test_language_is_changed_with_a_receipt(house: House, browser: Browser) -> None:
    """The menu changes the language for good."""
    browser.open("/")
    answer = browser.send("/settings/language", language="zh_Hans", back="/nowhere", delivery=fresh())
    assert answer.headers["location"] == "/#end"
    assert "试试这五句" in browser.open("/")
    assert browser.send("/settings/language", language="tlh", delivery=fresh()).status_code == 422


def test_theme_is_kept_in_the_browser(browser: Browser) -> None:
    """Light or dark is this browser's choice, and goes back to a page of ours only."""
    browser.open("/")
    answer = browser.send("/settings/theme", theme="dark", back="//evil.test/r/")
    assert answer.headers["location"] == "/#end"
    assert 'data-theme="dark"' in browser.open("/")
    assert browser.send("/settings/theme", theme="pink").status_code == 422


def test_forged_posts_are_refused(house: House, browser: Browser) -> None:
    """Without the page's own token or from another site nothing is done, and what was typed is shown."""
    room = browser.room()
    other = house.browser(house.people.ann)
    other.open("/")
    forged = (
        browser.send(f"/r/{room}", text="precious words", csrf="", delivery=fresh()),
        browser.send(f"/r/{room}", text="precious words", csrf=other._csrf, delivery=fresh()),
        house.browser(house.people.wei, origin="http://evil.test").send(f"/r/{room}", text="precious words"),
    )
    for answer in forged:
        assert answer.status_code == 403
        assert "precious words" in answer.text
    browser.client.headers["origin"] = "null"
    assert browser.send(f"/r/{room}", text="precious words", delivery=fresh()).status_code == 403
    assert "precious words" not in house.browser(house.people.wei).open(f"/r/{room}")


def test_signed_out_in_the_middle_loses_nothing(house: House, browser: Browser) -> None:
    """Who is signed out while typing gets their words back with the refusal."""
    room = browser.room()
    house.clock.move(days=15)
    answer = browser.send(f"/r/{room}", text="half an hour of typing", delivery=fresh())
    assert answer.status_code == 401
    assert "half an hour of typing" in answer.text


def test_too_much_is_refused_with_words(house: House, browser: Browser) -> None:
    """Empty, endless and oversized input is told what is wrong with it."""
    room = browser.room()
    assert "Type something first" in browser.send(f"/r/{room}", text=" \x00 ", delivery=fresh()).text
    endless = browser.send(f"/r/{room}", text="x" * 20_001, delivery=fresh())
    assert endless.status_code == 422
    assert "shorten it" in endless.text
    assert "x" * 20_001 in endless.text
    assert browser.send(f"/r/{room}", text="x" * 2_000_000).status_code == 413
    assert browser.send(f"/r/{room}", text="hello", delivery="?").status_code == 422


def test_ten_thousand_characters_are_answered(house: House, browser: Browser) -> None:
    """A very long line is kept, and answered with a card."""
    room = browser.room()
    assert browser.send(f"/r/{room}", text="字" * 10_000, delivery=fresh()).status_code == 303
    page = browser.open(f"/r/{room}")
    assert "字" * 10_000 in page
    assert "message--answer" in page


def test_saving_a_message(house: House, browser: Browser) -> None:
    """A colleague's words can be saved to a customer's timeline."""
    people = house.people
    house.customer(people.wei, "Acme")
    room = house.group(people.wei, people.max)
    other = house.browser(people.max)
    other.open("/")
    said = other.say(room.id, "They approved the budget")[0]
    browser.open(f"/r/{room.id}")
    browser.send(f"/r/{room.id}/save", message=said["id"], delivery=fresh())
    page = browser.open(f"/r/{room.id}")
    assert "k-form" in page
    assert "They approved the budget" in page.partition("k-form")[2]
