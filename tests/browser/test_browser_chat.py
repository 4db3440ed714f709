"""A newcomer is a rep within ten seconds: examples, completion, buttons and forms, by keyboard and by pointer."""

from playwright.sync_api import expect

from core.actor import Role
from core.members.service import add_member
from tests.browser.acting import expect_answer, last_answer, say
from tests.browser.conftest import Open
from tests.browser.serving import Server


def test_first_line_takes_three_actions(server: Server, open_page: Open) -> None:
    """An example is clicked, Enter pressed, and the customer is there, in the chat and beside it."""
    page = open_page(server.newcomer())
    page.click(".example >> nth=1")
    name = page.locator("#composer-text").input_value().removeprefix("/360 ").strip()
    page.keyboard.press("Enter")
    expect_answer(page, name)
    expect(page.locator("#customer h2")).to_have_text(name)
    expect(page.locator("#welcome")).to_have_count(0)


def test_completion_by_keyboard(server: Server, open_page: Open) -> None:
    """A slash opens the list; arrows walk it, Tab takes, Escape closes, Enter sends what was typed."""
    page = open_page(server.newcomer())
    box = page.locator("#composer-text")
    page.keyboard.press("/")
    expect(box).to_be_focused()
    options = page.locator("#completions [role=option]")
    expect(options.first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    chosen = page.locator("#completions [aria-selected=true]")
    expect(chosen).to_have_count(1)
    expect(box).to_have_attribute("aria-activedescendant", chosen.get_attribute("id") or "")
    page.keyboard.press("Escape")
    expect(page.locator("#completions")).to_be_hidden()
    expect(box).to_have_attribute("aria-expanded", "false")
    box.fill("/visi")
    expect(options.first).to_contain_text("/visit")
    page.keyboard.press("Tab")
    expect(box).to_have_value("/visit ")
    box.press_sequentially("north")
    expect(options.first).to_contain_text("Northwind Foods")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(box).to_have_value("/visit Northwind Foods: ")
    box.press_sequentially("saw the dock")
    page.keyboard.press("Enter")
    expect_answer(page, "Visit logged")


def test_enter_of_an_input_method_sends_nothing(server: Server, open_page: Open) -> None:
    """While Chinese is composed, Enter takes the word; only the next one sends."""
    page = open_page(server.newcomer("zh_Hans"))
    page.focus("#composer-text")
    page.evaluate(
        """() => document.getElementById('composer-text').dispatchEvent(
            new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true, cancelable: true}))"""
    )
    page.fill("#composer-text", "远航科技")
    expect(page.locator(".message")).to_have_count(0)
    page.press("#composer-text", "Enter")
    expect_answer(page, "远航科技")


def test_button_acts_in_place(server: Server, open_page: Open) -> None:
    """A press is answered where it was pressed or below it, and the sidebar follows."""
    member = server.newcomer()
    server.say(member, "task Northwind Foods: order samples tomorrow")
    page = open_page(member)
    say(page, "/tasks")
    expect_answer(page, "order samples").get_by_role("button", name="Done").click()
    expect(page.locator(".messages")).to_contain_text("Task done")


def test_menu_by_keyboard(server: Server, open_page: Open) -> None:
    """A card's menu opens, closes with Escape, and what is chosen in it is done."""
    member = server.newcomer()
    server.say(member, "new customer Menu Mills")
    server.say(member, "new deal Menu Mills: Looms $40k")
    page = open_page(member)
    say(page, "/deal Menu Mills")
    menu = expect_answer(page, "Looms").locator("details")
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(menu.get_by_role("button", name="Negotiation")).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu.get_by_role("button", name="Negotiation")).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()
    page.keyboard.press("Enter")
    menu.get_by_role("button", name="Negotiation").click()
    expect(page.locator("#customer")).to_contain_text("Negotiation")


def test_form_shows_errors_at_their_fields(server: Server, open_page: Open) -> None:
    """What cannot be read is marked at its field, nothing typed is lost, and mended it becomes a receipt."""
    page = open_page(server.newcomer())
    say(page, "/360 Northwind Foods")
    expect_answer(page, "Northwind Foods").get_by_role("button", name="New task").click()
    form = last_answer(page).locator("form.k-form")
    expect(form.get_by_label("Title")).to_be_focused()
    page.keyboard.type("Call Ada back")
    form.get_by_label("Due").fill("the day that never was")
    form.get_by_role("button", name="Save").click()
    due = page.locator(".k-form [aria-invalid=true]")
    expect(due).to_have_value("the day that never was")
    expect(due).to_be_focused()
    expect(page.locator(".k-form").get_by_label("Title")).to_have_value("Call Ada back")
    due.fill("tomorrow 3pm")
    due.press("Enter")
    expect(page.locator(".k-form")).to_have_count(0)
    expect_answer(page, "Call Ada back")
    expect(page.locator("#customer")).to_contain_text("Call Ada back")


def test_field_offers_names(server: Server, open_page: Open) -> None:
    """A customer's field offers names while one types, and sends what was chosen."""
    page = open_page(server.newcomer())
    say(page, "/task")
    form = last_answer(page).locator("form.k-form")
    form.get_by_label("Title").fill("Plan the year")
    form.get_by_label("Customer").press_sequentially("north")
    expect(form.locator("[role=option]").first).to_contain_text("Northwind Foods")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(form.get_by_label("Customer")).to_have_value("Northwind Foods")
    form.get_by_role("button", name="Save").click()
    expect_answer(page, "Plan the year")
    expect(last_answer(page)).to_contain_text("Northwind Foods")


def test_draft_survives_a_reload(server: Server, open_page: Open) -> None:
    """What was typed and not sent is still there after the page was loaded again."""
    page = open_page(server.newcomer())
    page.fill("#composer-text", "half a sentence about")
    page.reload()
    expect(page.locator("#composer-text")).to_have_value("half a sentence about")


def test_half_filled_form_survives_a_reload(server: Server, open_page: Open) -> None:
    """What was typed into a form and not sent is still there after the page was loaded again."""
    page = open_page(server.newcomer())
    say(page, "/task")
    last_answer(page).get_by_label("Title").fill("Think it over")
    page.wait_for_function("() => JSON.stringify(localStorage).includes('Think it over')")
    page.reload()
    expect(last_answer(page).get_by_label("Title")).to_have_value("Think it over")


def test_sidebar_logs_and_ticks_off(server: Server, open_page: Open) -> None:
    """Beside the conversation one line logs, one click finishes a task, one binds."""
    member = server.newcomer()
    server.say(member, "new customer Sidewise Ltd")
    server.say(member, "task Sidewise Ltd: send samples tomorrow")
    page = open_page(member)
    say(page, "Sidewise Ltd")
    side = page.locator("#customer")
    expect(side.locator("h2")).to_have_text("Sidewise Ltd")
    side.get_by_label("What to log").select_option(label="Call")
    side.get_by_label("What happened").fill("they want two")
    side.get_by_role("button", name="Log").click()
    expect_answer(page, "Call logged")
    expect(side).to_contain_text("they want two")
    side.get_by_role("button", name="Done: send samples").click()
    expect_answer(page, "Task done")
    expect(side).to_contain_text("Nothing to do.")
    side.get_by_role("button", name="Bind to this conversation").click()
    expect(side).to_contain_text("Bound to this conversation")


def test_binding_by_name(server: Server, open_page: Open) -> None:
    """Where nothing is bound the sidebar says how, and its field offers names."""
    member = server.newcomer()
    room = server.group(member, title="Unbound")
    page = open_page(member, f"/r/{room.id}")
    field = page.locator("#bind-name")
    field.press_sequentially("north")
    page.locator("#customer [role=option]", has_text="Northwind Foods").first.click()
    page.keyboard.press("Enter")
    expect(page.locator("#customer")).to_contain_text("Bound to this conversation")
    expect(page.locator(".chat__customer span")).to_have_text("Northwind Foods")


def test_page_is_walked_by_keyboard(server: Server, open_page: Open) -> None:
    """The first Tab offers to skip to the box; everything that can be focused shows that it is."""
    page = open_page(server.newcomer())
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#composer-text")).to_be_focused()
    page.locator("body").evaluate("() => document.activeElement.blur()")
    for _ in range(12):
        page.keyboard.press("Tab")
        shown = page.evaluate(
            """() => getComputedStyle(document.activeElement).outlineStyle !== 'none'
                || document.activeElement.matches('body, .composer__box *')"""
        )
        assert shown


def test_theme_and_language_from_the_menu(server: Server, open_page: Open) -> None:
    """Dark is one click and stays; Chinese is one click and the page speaks it."""
    page = open_page(server.newcomer())
    page.click(".me__summary")
    with page.expect_response(lambda answer: answer.url.endswith("/settings/theme")):
        page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.click(".me__summary")
    page.get_by_role("button", name="中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    expect(page.locator("#composer-text")).to_have_attribute("placeholder", "说说发生了什么，或输入 /")


def test_sidebar_lets_go_of_what_was_taken_back(server: Server, open_page: Open) -> None:
    """A customer whose adding is undone leaves the sidebar, which then says how to bind one."""
    page = open_page(server.newcomer())
    say(page, "new customer Gone Ltd")
    expect(page.locator("#side-name")).to_have_text("Gone Ltd")
    expect_answer(page, "Customer added").get_by_role("button", name="Undo").click()
    expect_answer(page, "Undone")
    expect(page.locator("#customer .side--empty")).to_be_visible()
    expect(page.locator(".chat__customer span")).to_have_text("Customer")


def test_buttons_beside_the_chat_speak_in_words(server: Server, open_page: Open) -> None:
    """What was pressed stands in the conversation as it was labelled, without an id, and so does what was logged."""
    member = server.newcomer()
    server.say(member, "new customer Quill Works")
    server.say(member, "task Quill Works: send samples tomorrow")
    page = open_page(member)
    page.get_by_role("button", name="Done: send samples").click()
    expect(page.locator(".message--own .bubble").last).to_have_text("Done: send samples · Quill Works")
    page.fill("#quick-text", "they like it")
    page.locator("[data-quick] button").click()
    expect(page.locator(".message--own .bubble").last).to_have_text("/visit Quill Works: they like it")
    expect_answer(page, "Visit logged")


def test_first_page_is_read_from_its_beginning(server: Server, open_page: Open) -> None:
    """On a small screen the greeting stands whole below the header."""
    page = open_page(server.newcomer(), width=360, height=640)
    greeting, header = page.locator("#welcome h2").bounding_box(), page.locator(".chat__head").bounding_box()
    assert greeting is not None
    assert header is not None
    assert greeting["y"] >= header["y"] + header["height"]


def test_nameless_conversation_is_not_started(server: Server, open_page: Open) -> None:
    """The form says what it lacks, and nothing is sent."""
    page = open_page(server.newcomer())
    page.click("#new-room summary")
    page.get_by_role("button", name="Start").click()
    assert page.locator("#new-room-title").evaluate("box => box.validationMessage").startswith("Give the conversation")
    expect(page.locator("#rooms li")).to_have_count(1)


def test_viewer_has_nothing_to_press_that_writes(server: Server, open_page: Open) -> None:
    """Beside the chat a viewer sees what everybody sees, and no form."""
    viewer = server.write(
        lambda work: add_member(work, server.workspace_id, handle="looker", name="Vera", role=Role.VIEWER)
    )
    page = open_page(viewer)
    say(page, "Northwind Foods")
    expect(page.locator("#side-name")).to_have_text("Northwind Foods")
    expect(page.locator("#customer form button:not(.line__button)")).to_have_count(0)
    expect(page.locator("#customer")).to_contain_text("Open tasks")


def test_first_wrong_field_is_seen(server: Server, open_page: Open) -> None:
    """A refused form shows the first of its wrong fields, which has the focus, and marks the others."""
    page = open_page(server.newcomer())
    say(page, "visit")
    form = page.locator("form.k-form")
    form.locator("[name=customer]").fill("Nowhere Ltd")
    form.locator("[name=text]").fill("x")
    form.locator("[name=due]").fill("yesterday")
    form.get_by_role("button").last.click()
    expect(form.locator("[aria-invalid=true]")).to_have_count(2)
    expect(form.locator("[name=customer]")).to_be_focused()
    expect(form.locator(".k-field", has=page.locator("[name=customer]"))).to_be_in_viewport(ratio=1)


_HELD = """
const real = window.fetch;
window.fetch = async (...asked) => {
  const answer = await real(...asked);
  if (window.hold && asked[1]?.method === "POST") await new Promise((go) => { window.release = go; });
  return answer;
};
"""


def test_who_types_already_keeps_the_focus(server: Server, open_page: Open) -> None:
    """The stream shows what is wrong before the form was answered: what is typed meanwhile is not interrupted."""
    page = open_page(server.newcomer("en"))
    page.add_init_script(_HELD)
    page.reload()
    say(page, "/360 Northwind Foods")
    card = expect_answer(page, "Ada Bell")
    card.locator(".k-actions button").nth(1).click()
    page.locator("form.k-form input:not([type=hidden])").first.fill("x")
    page.locator("form.k-form input[name=due]").fill("never")
    page.evaluate("window.hold = true")
    page.locator("form.k-form button[type=submit]").click()
    expect(page.locator(".k-error")).to_be_visible()
    page.wait_for_function("Boolean(window.release)")
    page.fill("#composer-text", "/")
    expect(page.locator("#completions")).to_be_visible()
    page.evaluate("window.hold = false; window.release()")
    page.wait_for_function("new Promise((go) => setTimeout(() => requestAnimationFrame(() => go(true))))")
    expect(page.locator("#composer-text")).to_be_focused()
    expect(page.locator("#completions")).to_be_visible()
