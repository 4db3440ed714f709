"""The JSON that the page itself uses: what comes twice is done once, and everything is as the member may see it."""

from itertools import pairwise

import pytest

from tests.adapters.web.house import Browser, House, fresh


@pytest.fixture
def browser(house: House) -> Browser:
    return house.browser(house.people.wei)


def test_who_asks(house: House, browser: Browser) -> None:
    """The member with language and zone."""
    told = browser.get("/api/v1/me").json()
    assert (told["handle"], told["workspace"], told["language"], told["zone"]) == ("wei", "Harbour", "en", "UTC")
    assert house.browser(house.people.uma).get("/api/v1/me").json()["role"] == "viewer"


def test_command_comes_with_its_answer(house: House, browser: Browser) -> None:
    """What was typed and what answers it, in one response; the customer it is about is named for the sidebar."""
    customer = house.customer(house.people.wei, "Acme")
    said, answer = browser.say(browser.room(), "/visit Acme: saw the plant")
    assert (said["own"], said["text"]) == (True, "/visit Acme: saw the plant")
    assert answer["customer"] == customer
    assert answer["cards"][0]["summary"].startswith("Visit logged")
    assert "Visit logged" in answer["html"]


@pytest.mark.parametrize("text", ["/note Acme: likes tea", "/360 Acme", "just talk"])
def test_same_id_is_one_message(house: House, browser: Browser, text: str) -> None:
    """Sent again under the same id - the answer was lost on the way - nothing is said or done twice."""
    house.customer(house.people.wei, "Acme")
    room = house.group(house.people.wei, house.people.max).id
    browser.open("/")
    first = browser.say(room, text, "the-same-delivery")
    house.clock.move(minutes=5)
    again = browser.say(room, text, "the-same-delivery")
    kept = browser.get(f"/api/v1/rooms/{room}/messages").json()["messages"]
    assert [message["id"] for message in kept] == [message["id"] for message in first]
    assert again[0]["id"] == first[0]["id"]


def test_two_members_may_choose_the_same_id(house: House, browser: Browser) -> None:
    """One member's ids do not stand in the way of another's."""
    room = house.group(house.people.wei, house.people.max).id
    other = house.browser(house.people.max)
    for each in (browser, other):
        each.open("/")
        assert len(each.say(room, "hello", "the-same-delivery")) == 1
    assert len(browser.get(f"/api/v1/rooms/{room}/messages").json()["messages"]) == 2


def test_in_a_group_only_a_slash_speaks_to_kith(house: House, browser: Browser) -> None:
    """Talk is talk; a slash or @kith is a command, private to the one who types it."""
    house.customer(house.people.wei, "Acme")
    room = house.group(house.people.wei, house.people.max).id
    browser.open("/")
    assert len(browser.say(room, "Acme")) == 1
    for line in ("/360 Acme", "/crm Acme", "@kith Acme", "／360 Acme"):
        said, answer = browser.say(room, line)
        assert said["private"]
        assert answer["private"]
        assert answer["summary"].startswith("Acme")


def test_shared_card_is_everybodys(house: House, browser: Browser) -> None:
    """Share shows the card to the room; its buttons work for the others, as themselves."""
    people = house.people
    house.customer(people.wei, "Acme")
    room = house.group(people.wei, people.max).id
    browser.open("/")
    _, card = browser.say(room, "/360 Acme")
    shared = browser.press(card, "Share").json()["messages"][0]
    assert not shared["private"]
    other = house.browser(people.max)
    other.open("/")
    seen = other.get(f"/api/v1/rooms/{room}/messages").json()["messages"]
    assert [message["id"] for message in seen] == [shared["id"]]
    opened = other.press(seen[0], "Open for me").json()["messages"][0]
    assert opened["private"]
    assert opened["id"] != shared["id"]


def test_list_pages_in_place(house: House, browser: Browser) -> None:
    """Next shows the next page in the message whose button was pressed, and marks it as updated."""
    house.customer(house.people.wei, "Acme")
    room = browser.room()
    steps = {f"step {letter}" for letter in "abcdefghijkl"}
    for step in sorted(steps):
        house.clock.move(minutes=1)
        browser.say(room, f"/task Acme: {step} tomorrow")
    _, listed = browser.say(room, "/tasks")
    house.clock.move(seconds=5)
    after = browser.press(listed, "Next").json()["messages"][0]
    assert after["id"] == listed["id"]
    assert after["edited"]
    first, second = ({step for step in steps if f">{step}<" in page["html"]} for page in (listed, after))
    assert first | second == steps
    assert not first & second


def test_form_is_filled_in_and_done_with(house: House, browser: Browser) -> None:
    """A form opens as a message; errors stand at its fields; sent, its receipt takes its place."""
    house.customer(house.people.wei, "Acme")
    room = browser.room()
    _, card = browser.say(room, "/360 Acme")
    form = browser.press(card, "New task").json()["messages"][0]
    wrong = browser.press(form, "Save", title="Call", due="never ever").json()["messages"][0]
    assert wrong["id"] == form["id"]
    assert "k-error" in wrong["html"]
    assert 'value="Call"' in wrong["html"]
    done = browser.press(wrong, "Save", title="Call", due="tomorrow").json()["messages"][0]
    assert done["id"] == form["id"]
    assert "k-form" not in done["html"]


def test_unread_counts_what_others_said(house: House, browser: Browser) -> None:
    """Others' messages are new until the member has read them; one's own and one's answers never are."""
    people = house.people
    room = house.group(people.wei, people.max).id
    other = house.browser(people.max)
    other.open("/")
    last = [other.say(room, f"news {number}")[0]["id"] for number in range(3)][-1]
    browser.open("/")

    def unread() -> str:
        lines = browser.get("/api/v1/rooms").json()["rooms"]
        return next(line["unread"] for line in lines if line["id"] == room)

    assert unread() == "3"
    assert browser.post(f"/rooms/{room}/read", {"message": last}).status_code == 204
    assert unread() == ""
    browser.say(room, "thanks")
    browser.say(room, "/tasks")
    assert unread() == ""


def test_rooms_stand_in_order(house: House, browser: Browser) -> None:
    """Kith first, then the last spoken in; a room without a title is named after the others."""
    people = house.people
    first = house.group(people.wei, people.ann, title="")
    house.clock.move(seconds=1)
    house.group(people.wei, people.max, title="Later")
    house.clock.move(seconds=1)
    browser.open("/")
    browser.say(first.id, "hello")
    titles = [line["title"] for line in browser.get("/api/v1/rooms").json()["rooms"]]
    assert titles == ["Kith", "Ann Bell", "Later"]


def test_history_pages_backwards(house: House, browser: Browser) -> None:
    """Every message once, in order, page by page."""
    room = house.group(house.people.wei, house.people.ann).id
    browser.open("/")
    for _ in range(60):
        house.clock.move(seconds=30)
        browser.say(room, "x")
    ids: list[str] = []
    before = ""
    while True:
        page = browser.get(f"/api/v1/rooms/{room}/messages", params={"before": before}).json()
        ids = [message["id"] for message in page["messages"]] + ids
        before = page["before"]
        if not before:
            break
    assert len(ids) == 60
    assert all(one < two for one, two in pairwise(ids))


def test_completion_and_suggestions(house: House, browser: Browser) -> None:
    """A line is completed with verbs and names, a field with ids."""
    customer = house.customer(house.people.wei, "Acme")
    room = browser.room()
    lines = browser.get(f"/api/v1/rooms/{room}/completions", params={"line": "vis"}).json()["options"]
    assert lines[0]["value"] == "visit "
    names = browser.get(f"/api/v1/rooms/{room}/completions", params={"line": "visit ac"}).json()["options"]
    assert names[0]["value"].startswith("visit Acme")
    found = browser.get(f"/api/v1/rooms/{room}/suggestions", params={"kind": "customer", "typed": "ac"}).json()
    assert found["options"] == [{"value": customer, "label": "Acme"}]
    assert browser.get(f"/api/v1/rooms/{room}/suggestions", params={"kind": "text"}).status_code == 422


def test_commands_are_those_one_may_use(house: House, browser: Browser) -> None:
    """A viewer is not offered what only reps may do."""
    mine = {command["verb"] for command in browser.get("/api/v1/commands").json()["commands"]}
    uma = house.browser(house.people.uma).get("/api/v1/commands").json()["commands"]
    assert "visit" in mine
    assert "visit" not in {command["verb"] for command in uma}
    assert next(command["title"] for command in uma if command["verb"] == "tasks") == "待办任务"


def test_customer_overview(house: House, browser: Browser) -> None:
    """A customer with what is open."""
    customer = house.customer(house.people.wei, "Acme", phone="+1 555 0100")
    room = browser.room()
    browser.say(room, "/task Acme: call back tomorrow")
    told = browser.get(f"/api/v1/customers/{customer}").json()
    assert told["name"] == "Acme"
    assert [task["title"] for task in told["tasks"]] == ["call back"]
    assert {"label": "Phone", "value": "+1 555 0100"} in told["facts"]


def test_posts_need_the_pages_proof(house: House, browser: Browser) -> None:
    """No token, no effect; another site's page gets nothing either."""
    room = browser.room()
    line = {"id": fresh(), "text": "hello"}
    assert browser.post(f"/rooms/{room}/messages", line, **{"x-csrf-token": ""}).status_code == 403
    assert browser.post(f"/rooms/{room}/messages", line, origin="http://evil.test").status_code == 403
    assert browser.post(f"/rooms/{room}/messages", line, origin="null").status_code == 403
    browser.client.headers.pop("origin")
    assert browser.post(f"/rooms/{room}/messages", line, **{"sec-fetch-site": "cross-site"}).status_code == 403
    assert browser.get(f"/api/v1/rooms/{room}/messages").json()["messages"] == []


def test_refusals_are_clear(browser: Browser) -> None:
    """Whatever cannot be used is refused with words."""
    room = browser.room()
    wrong: tuple[dict[str, object], ...] = (
        {"id": "short", "text": "x"},
        {"id": fresh(), "text": ""},
        {"id": fresh(), "text": "x", "more": 1},
        {"id": fresh()},
    )
    for body in wrong:
        answer = browser.post(f"/rooms/{room}/messages", body)
        assert answer.status_code == 422
        assert answer.json()["message"]
    assert browser.post("/rooms/nonsense/messages", wrong[0]).status_code == 422
    endless = browser.post(f"/rooms/{room}/messages", {"id": fresh(), "text": "x" * 2_000_000})
    assert (endless.status_code, endless.json()["status"]) == (413, 413)
    unknown = browser.post("/rooms/0000000000000/messages", {"id": fresh(), "text": "x"})
    assert unknown.json() == {"status": 404, "message": "It does not exist, or it is not yours to see."}


def test_a_runaway_script_is_slowed_down(house: House, browser: Browser) -> None:
    """After a burst the next post waits and is told how long; then it goes on."""
    room = house.group(house.people.wei, house.people.max).id
    browser.open("/")
    answers = [browser.post(f"/rooms/{room}/messages", {"id": fresh(), "text": "x"}) for _ in range(41)]
    assert [answer.status_code for answer in answers[-2:]] == [201, 429]
    house.clock.move(seconds=int(answers[-1].headers["retry-after"]))
    assert browser.post(f"/rooms/{room}/messages", {"id": fresh(), "text": "x"}).status_code == 201


def test_bad_tokens_do_nothing(house: House, browser: Browser) -> None:
    """A forged button is answered with a card that says so."""
    room = browser.room()
    _, message = browser.say(room, "help")
    answer = browser.post(f"/rooms/{room}/messages/{message['id']}/press", {"id": fresh(), "token": "mforged"})
    assert answer.status_code == 201
    assert "not yours to press" in answer.json()["messages"][0]["html"]


def test_conversation_needs_a_name_or_somebody(house: House) -> None:
    """Neither makes a room; each of the two does."""
    wei, ann = house.people.wei, house.people.ann
    browser = house.browser(wei)
    browser.open("/")
    refused = browser.post("/rooms", {"title": " ", "members": [wei.id]})
    assert (refused.status_code, refused.json()["message"]) == (
        422,
        "Give the conversation a name, or choose somebody to talk with.",
    )
    assert len(browser.get("/api/v1/rooms").json()["rooms"]) == 1
    for wanted in ({"title": "Plans"}, {"members": [ann.id]}):
        assert browser.post("/rooms", wanted).status_code == 201


def test_pressed_command_stands_in_its_words(house: House) -> None:
    """A button beside the chat says its words there, and its line is carried out; a line to others is what it is."""
    people = house.people
    browser = house.browser(people.wei)
    browser.open("/")
    customer = house.customer(people.wei, "Acme")
    room = house.group(people.wei, people.ann)
    pressed = {"id": fresh(), "text": f"/360 {customer}", "shown": "Open · Acme"}
    said, answer = browser.post(f"/rooms/{room.id}/messages", pressed).json()["messages"]
    assert said["text"] == "Open · Acme"
    assert "Acme" in answer["summary"]
    (talk,) = browser.post(f"/rooms/{room.id}/messages", {"id": fresh(), "text": "hi", "shown": "bye"}).json()[
        "messages"
    ]
    assert talk["text"] == "hi"
