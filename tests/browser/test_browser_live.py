"""Two members in two windows: live, in order, once; and nothing lost when the line is."""

import pytest
from playwright.sync_api import Page, Route, expect

from core.members.model import Member
from core.rooms.model import Room
from tests.browser.acting import expect_answer, say
from tests.browser.conftest import Open
from tests.browser.serving import Server


@pytest.fixture
def people(server: Server) -> tuple[Member, Member]:
    return server.newcomer(), server.newcomer("zh_Hans")


@pytest.fixture
def room(server: Server, people: tuple[Member, Member]) -> Room:
    return server.group(*people, title="Two windows")


@pytest.fixture
def windows(open_page: Open, people: tuple[Member, Member], room: Room) -> tuple[Page, Page]:
    one, other = people
    return open_page(one, f"/r/{room.id}"), open_page(other, f"/r/{room.id}")


def test_talk_is_live(windows: tuple[Page, Page]) -> None:
    """What one says stands on the other's page, announced to who does not see it."""
    one, other = windows
    say(one, "hello over there")
    expect(other.locator(".message .bubble").last).to_have_text("hello over there")
    expect(other.locator("#news")).to_contain_text("hello over there")
    say(other, "你好")
    expect(one.locator(".message .bubble").last).to_have_text("你好")
    expect(one.locator(".message")).to_have_count(2)


def test_private_until_shared(windows: tuple[Page, Page]) -> None:
    """An answer is the asker's alone, and says so, until Share shows it to the room, where its button works."""
    one, other = windows
    say(one, "/360 Northwind Foods")
    card = expect_answer(one, "Northwind Foods")
    expect(one.locator(".only-you").first).to_contain_text("Only you can see this")
    expect(other.locator(".message")).to_have_count(0)
    card.get_by_role("button", name="Share").click()
    expect(other.locator(".message--answer")).to_contain_text("Northwind Foods")
    expect(other.locator(".only-you")).to_have_count(0)
    other.locator(".message--answer").get_by_role("button", name="我来看看").click()
    expect(other.locator(".message--private .k-card")).to_contain_text("Northwind Foods")
    expect(one.locator(".message--answer")).to_have_count(2)


def test_other_room_is_marked_unread(
    server: Server, open_page: Open, people: tuple[Member, Member], room: Room
) -> None:
    """A message elsewhere marks its room in the list and the window's title; opening it clears the mark."""
    one, other = people
    page = open_page(one)
    line = page.locator(f'[data-room-line="{room.id}"]')
    expect(line.locator(".unread")).to_be_hidden()
    say(open_page(other, f"/r/{room.id}"), "look here")
    expect(line.locator(".unread")).to_contain_text("1")
    expect(page).to_have_title("(1) Kith · Kith")
    line.click()
    expect(page.locator(".message .bubble")).to_have_text("look here")
    page.locator(".room").first.click()
    expect(page.locator(f'[data-room-line="{room.id}"] .unread')).to_be_hidden()


def test_new_room_appears(server: Server, open_page: Open, people: tuple[Member, Member]) -> None:
    """Starting a conversation shows it to the others at once."""
    one, other = people
    watching, page = open_page(other), open_page(one)
    page.click("#new-room summary")
    page.get_by_label("Name", exact=True).fill("Fresh start")
    page.get_by_label(other.name).first.check()
    page.get_by_role("button", name="Start").click()
    expect(page.locator("h1")).to_have_text("Fresh start")
    expect(watching.locator("#rooms")).to_contain_text("Fresh start")


def test_offline_lines_wait_and_go_once(windows: tuple[Page, Page], complaints: list[str]) -> None:
    """A line sent without a connection is shown as not sent, survives a reload of nothing, and goes out once."""
    one, other = windows
    one.context.set_offline(True)
    say(one, "from the tunnel")
    failed = one.locator(".message--failed")
    expect(failed).to_contain_text("Not sent.")
    expect(one.locator("#line-state")).to_be_visible()
    one.context.set_offline(False)
    expect(other.locator(".message .bubble")).to_have_text("from the tunnel")
    expect(one.locator(".message--failed")).to_have_count(0)
    expect(one.locator(".message")).to_have_count(1)
    expect(other.locator(".message")).to_have_count(1)
    complaints[:] = [said for said in complaints if "ERR_INTERNET_DISCONNECTED" not in said]


def test_lost_answer_does_not_say_it_twice(windows: tuple[Page, Page], complaints: list[str]) -> None:
    """The server took the line but its answer was lost: tried again, it is still one message."""
    one, other = windows

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    one.route("**/messages", lose)
    say(one, "only once, please")
    expect(other.locator(".message .bubble")).to_have_text("only once, please")
    one.unroute("**/messages")
    if one.locator("[data-retry]").is_visible():
        one.click("[data-retry]")
    expect(one.locator(".message")).to_have_count(1)
    one.reload()
    expect(one.locator("body[data-ready]")).to_be_visible()
    expect(one.locator(".message")).to_have_count(1)
    expect(other.locator(".message")).to_have_count(1)
    complaints.clear()


def test_refused_line_comes_back_to_edit(windows: tuple[Page, Page], complaints: list[str]) -> None:
    """A line that the server will not take is shown with the reason, and Edit puts it back into the box."""
    one, _ = windows
    refusal = {"status": 422, "json": {"status": 422, "message": "Too long for a message."}}
    one.route("**/messages", lambda route: route.fulfill(**refusal))
    say(one, "a very long story")
    expect(one.locator(".not-sent")).to_contain_text("Too long for a message.")
    one.click("[data-discard]")
    expect(one.locator("#composer-text")).to_have_value("a very long story")
    expect(one.locator(".message")).to_have_count(0)
    complaints.clear()


def test_reading_back_is_not_disturbed(
    server: Server, windows: tuple[Page, Page], people: tuple[Member, Member], room: Room
) -> None:
    """Who has scrolled back stays there when something new comes, and is told of it."""
    one, other = windows
    server.talk(people[0], room, *(f"line {number}" for number in range(30)))
    expect(one.locator(".message")).to_have_count(30)
    one.locator("#scroll").evaluate("element => element.scrollTo(0, -element.scrollHeight)")
    place = one.locator(".message").nth(3)
    before = place.bounding_box()
    say(other, "news")
    expect(one.locator("#to-end")).to_be_visible()
    after = place.bounding_box()
    assert before
    assert after
    assert abs(before["y"] - after["y"]) < 2
    one.click("#to-end")
    expect(one.locator(".message").last).to_be_in_viewport()
    expect(one.locator("#to-end")).to_be_hidden()


def test_saving_a_colleagues_words(windows: tuple[Page, Page]) -> None:
    """A message in a room can be saved to a customer's timeline from its own button."""
    one, other = windows
    say(other, "They signed the letter of intent")
    message = one.locator(".message").first
    message.hover()
    message.get_by_role("button", name="Save to CRM").click()
    form = one.locator("form.k-form")
    expect(form).to_contain_text("They signed the letter of intent")
    expect(other.locator("form.k-form")).to_have_count(0)


def test_each_reads_what_is_shared_in_their_language(windows: tuple[Page, Page]) -> None:
    """One card, shared by who reads English, is Chinese for who reads Chinese, and its button works."""
    one, other = windows
    say(one, "/share Northwind Foods")
    expect(one.locator(".message--answer")).to_contain_text("Shared by")
    card = other.locator(".message--answer .k-card")
    expect(card).to_contain_text("分享")
    expect(card).not_to_contain_text("Owner")
    card.get_by_role("button").first.click()
    expect(other.locator(".message--private .k-card")).to_contain_text("Northwind Foods")


def test_page_follows_the_language(server: Server, open_page: Open) -> None:
    """Settings change the whole page at once, and what was half typed stays."""
    page = open_page(server.newcomer())
    say(page, "settings 中文")
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    expect(page.locator("#composer-text")).to_have_attribute("placeholder", "说说发生了什么，或输入 /")
    page.wait_for_selector("body[data-ready]")
    expect_answer(page, "设置已保存")
