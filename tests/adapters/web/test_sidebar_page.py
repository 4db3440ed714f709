"""The page beside a conversation: what it shows, what its forms do without script, and what it answers a script."""

import asyncio
import re
from collections.abc import Iterator

import httpx
import pytest

from core.members.model import Member
from core.tasks.model import Task
from tests.adapters.web.house import Browser, House, between, fresh

JSON = {"accept": "application/json"}


def _do(browser: Browser, act: str, *, script: bool = False, **fields: str) -> httpx.Response:
    sent = {"act": act, "delivery": fresh(), "csrf": browser._csrf, **fields}
    return browser._runner.run(browser.client.post("/sidebar/do", data=sent, headers=JSON if script else {}))


def _at(house: House, member: Member, path: str) -> Browser:
    browser = house.browser(member)
    browser.open(path)
    return browser


@pytest.fixture(params=["sqlite_url", pytest.param("empty_postgres_url", marks=pytest.mark.postgres)])
def house(request: pytest.FixtureRequest, runner: asyncio.Runner) -> Iterator[House]:
    """A workbench on either database: what the page shows and does is the same on both."""
    house = House(request.getfixturevalue(request.param), runner)
    yield house
    house.close()


@pytest.fixture
def acme(house: House) -> str:
    customer = house.customer(house.people.wei, "Acme", industry="steel", phone="+1 555 0100", team_id=None)
    browser = _at(house, house.people.wei, f"/sidebar/c/{customer}")
    room = browser.room()
    for line in (
        "new contact Acme: Ada Bell, title: Buyer, phone: +1 555 0101, email: ada@acme.example",
        "new deal Acme: Looms $40k, stage: quote",
        "new deal Acme: Yarn $2k, stage: negotiation",
        "task Acme: send samples tomorrow",
        "call Acme: price is fine",
    ):
        browser.say(room, line)
    return customer


def test_page_shows_the_whole_customer(house: House, acme: str) -> None:
    """Facts, health, owner, next step, tasks, deals by stage with amounts, contacts and timeline, in one answer."""
    page = _at(house, house.people.wei, f"/sidebar/c/{acme}").open(f"/sidebar/c/{acme}")
    for said in ("Acme", "steel", "In good shape", "Owner: Wei Chen", "Next: send samples", "Ada Bell", "+1 555 0100"):
        assert said in page, said
    assert re.search(r"Quote<span class=\"sum\">\$40,000|Quote<span class=\"sum\">US\$40,000", page)
    assert page.index("Looms") < page.index("Negotiation<")
    assert "price is fine" in page


def test_page_is_one_request_and_small(house: House, acme: str) -> None:
    """Its styles stand in it; with its script, uncompressed, it stays below 40 KB."""
    browser = house.browser(house.people.wei)
    page = browser.get(f"/sidebar/c/{acme}")
    loads = re.findall(r'(?:src|href)="(/static/[^"]+)"', page.text)
    assert [load.rpartition("/")[2] for load in loads] == ["side.js"]
    assert len(page.content) + sum(len(browser.get(load).content) for load in loads) < 40_000
    assert "unsafe" not in page.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    assert page.headers["cache-control"] == "no-store"


def test_timeline_is_narrowed_and_paged(house: House, acme: str) -> None:
    """A filter shows its kind alone; a long timeline leads on and back."""
    browser = _at(house, house.people.wei, f"/sidebar/c/{acme}")
    talks = between(browser.open(f"/sidebar/c/{acme}?only=talks"), 'id="timeline"', "</section>")
    assert "price is fine" in talks
    assert "Task raised" not in talks
    for number in range(13):
        house.clock.move(seconds=60)
        _do(browser, "note", customer=acme, text=f"line {number:02}")
    first = between(browser.open(f"/sidebar/c/{acme}?only=talks"), 'id="timeline"', "</section>")
    assert "line 12" in first
    assert "line 00" not in first
    second = between(browser.open(f"/sidebar/c/{acme}?only=talks&p=2"), 'id="timeline"', "</section>")
    assert "line 00" in second
    assert 'rel="prev"' in second
    assert browser.get(f"/sidebar/c/{acme}?only=nonsense").status_code == 200


def test_one_line_logs_as_in_the_chat(house: House, acme: str) -> None:
    """The line is read by the chat's own parser, answered with a receipt, and undone from there."""
    browser = _at(house, house.people.wei, f"/sidebar/c/{acme}")
    page = _do(browser, "visit", customer=acme, text="saw the looms, send the quote next Tue 3pm").text
    assert "Visit logged: Acme" in page
    assert "send the quote" in page
    receipt = between(page, 'name="receipt" value="', '"')
    assert "Undone" in _do(browser, "undo", receipt=receipt, customer=acme).text


def test_what_comes_twice_is_done_once(house: House, acme: str) -> None:
    """The same client id is one note, and the second answer says that it is there."""
    browser = _at(house, house.people.wei, f"/sidebar/c/{acme}")
    sent = {"customer": acme, "text": "once and only", "delivery": fresh()}
    assert _do(browser, "note", script=True, **sent).json()["state"] == "done"
    again = _do(browser, "note", script=True, **sent).json()
    assert again["state"] == "done"
    assert "Kith has this already." in again["html"]
    shown = browser.open(f"/sidebar/c/{acme}?only=talks")
    assert shown.count("once and only") == 1


def test_task_buttons(house: House, acme: str) -> None:
    """A task is put off until the instant on its button, and done."""
    browser = _at(house, house.people.wei, f"/sidebar/c/{acme}")
    task, seen, until = _task(browser, acme)
    page = _do(browser, "snooze", customer=acme, task=task, seen=seen, until=until).text
    assert "Task snoozed" in page
    task, seen, _ = _task(browser, acme)
    assert "Task done" in _do(browser, "done", customer=acme, task=task, seen=seen).text
    assert "Nothing to do." in browser.open(f"/sidebar/c/{acme}")


def _task(browser: Browser, customer: str) -> tuple[str, str, str]:
    page = browser.open(f"/sidebar/c/{customer}")
    return tuple(between(page, f'name="{name}" value="', '"') for name in ("task", "seen", "until"))  # type: ignore[return-value]


def _moved_by_max(house: House, task: str) -> None:
    house.clock.move(minutes=5)
    other = _at(house, house.people.max, "/")
    other.say(other.room(), f"edit {task} due: 2030-02-01")


def test_change_meanwhile_is_decided_field_by_field(house: House, acme: str) -> None:
    """A snooze of a task that was moved meanwhile changes nothing, shows both, and does what is decided."""
    browser = _at(house, house.people.wei, f"/sidebar/c/{acme}")
    task, seen, _until = _task(browser, acme)
    _moved_by_max(house, task)
    answer = _do(browser, "snooze", script=True, customer=acme, task=task, seen=seen, until="2030-03-01 09:00").json()
    assert answer["state"] == "conflict"
    assert "by Max Ray" in answer["html"] or "As Max Ray made it" in answer["html"]
    assert {"take_snoozed_until", "take_due_on"} <= set(re.findall(r'name="(take_\w+)"', answer["html"]))
    assert str(_state(house, task).due_on) == "2030-02-01"
    assert _state(house, task).snoozed_until is None
    now = between(answer["html"], 'name="seen" value="', '"')
    decided = {"take_snoozed_until": "mine", "take_due_on": "theirs", "until": "2030-03-01 09:00"}
    done = _do(browser, "decide", script=True, customer=acme, task=task, seen=now, **decided).json()
    assert done["state"] == "done"
    assert str(_state(house, task).snoozed_until).startswith("2030-03-01 09:00")
    assert str(_state(house, task).due_on) == "2030-02-01"


def test_decision_on_an_old_state_is_asked_again(house: House, acme: str) -> None:
    """What changes while somebody decides is a conflict of its own."""
    browser = _at(house, house.people.wei, f"/sidebar/c/{acme}")
    task, seen, _ = _task(browser, acme)
    _moved_by_max(house, task)
    asked = {"customer": acme, "task": task, "seen": seen}
    assert _do(browser, "done", script=True, **asked).json()["state"] == "conflict"
    again = _do(browser, "decide", script=True, **asked, take_done_at="mine").json()
    assert again["state"] == "conflict"
    assert _state(house, task).done_at is None
    now = between(again["html"], 'name="seen" value="', '"')
    _do(browser, "decide", script=True, customer=acme, task=task, seen=now, take_done_at="mine")
    assert _state(house, task).done_at is not None


def test_done_by_somebody_else_is_told(house: House, acme: str) -> None:
    """A task that a colleague finished meanwhile is not done twice, and it is said who did it."""
    browser = _at(house, house.people.wei, f"/sidebar/c/{acme}")
    task, seen, _ = _task(browser, acme)
    house.clock.move(minutes=5)
    other = _at(house, house.people.max, "/")
    other.say(other.room(), f"done {task}")
    answer = _do(browser, "done", script=True, customer=acme, task=task, seen=seen).json()
    assert answer["state"] == "refused" or "Max Ray" in answer["html"]


def _state(house: House, task: str) -> Task:
    scope = house.membership(house.people.max).actor(platform="web").scope
    found = house.read(lambda work: work.tasks.by_id(scope, task))
    assert found is not None
    return found


def test_search_finds_and_leads(house: House, acme: str) -> None:
    """A name, a telephone number and a contact lead to the customer; nothing found says so."""
    browser = _at(house, house.people.wei, "/sidebar/")
    assert "Acme" in browser.open("/sidebar/")
    for query in ("acm", "5550100", "Ada Bell", "ada@acme.example"):
        assert f"/sidebar/c/{acme}" in browser.open(f"/sidebar/?q={query}"), query
    assert "Nothing fits" in browser.open("/sidebar/?q=zzzzzz")


def test_who_only_reads_has_no_buttons(house: House, acme: str) -> None:
    """A viewer reads the page in Chinese and finds nothing to press; what is sent all the same is refused."""
    browser = house.browser(house.people.uma)
    page = browser.open(f"/sidebar/c/{acme}")
    assert "负责人" in page
    assert 'action="/sidebar/do"' not in page
    answer = _do(browser, "note", script=True, customer=acme, text="hello").json()
    assert answer["state"] == "refused"


def test_others_customers_are_nowhere(house: House) -> None:
    """Neither the page nor an act tells a customer of another team from one that is not there."""
    south = house.customer(house.people.ann, "Southern")
    browser = _at(house, house.people.wei, "/sidebar/")
    assert browser.get(f"/sidebar/c/{south}").status_code == browser.get("/sidebar/c/0000000000000").status_code == 404
    answers = [_do(browser, "note", script=True, customer=one, text="x").json() for one in (south, "0000000000000")]
    assert {answer["state"] for answer in answers} == {"refused"}
    assert not any("Southern" in answer["html"] for answer in answers)


@pytest.mark.parametrize(
    "fields",
    [
        {"act": "share", "customer": "0000000000000"},
        {"act": "note", "customer": "Acme", "text": "x"},
        {"act": "note", "text": "x"},
        {"act": "note", "customer": "0000000000000", "text": "  "},
        {"act": "done", "task": "0000000000000"},
        {"act": "snooze", "task": "0000000000000", "seen": "2030-01-01T00:00:00+00:00"},
        {"act": "done", "task": "0000000000000", "seen": "x" * 65},
        {"act": "undo", "receipt": "last"},
        {"act": "note", "customer": "0000000000000", "text": "x", "delivery": "short"},
        {"act": "notthis", "customer": "x"},
    ],
)
def test_what_no_button_sends_is_refused(house: House, fields: dict[str, str]) -> None:
    """Nothing but what the page's own buttons send is carried out."""
    browser = _at(house, house.people.wei, "/sidebar/")
    sent = dict(fields)
    assert _do(browser, sent.pop("act"), script=True, **sent).status_code == 422


def test_bad_states_are_refused_kindly(house: House, acme: str) -> None:
    """A state that is no instant changes nothing and breaks nothing."""
    browser = _at(house, house.people.wei, f"/sidebar/c/{acme}")
    task, seen, _ = _task(browser, acme)
    for wrong in ("yesterday", "2030-01-01T00:00:00"):
        assert _do(browser, "done", script=True, customer=acme, task=task, seen=wrong).json()["state"] == "refused"
    assert (
        _do(browser, "snooze", script=True, customer=acme, task=task, seen=seen, until="whenever").json()["state"]
        == "refused"
    )
    assert _state(house, task).done_at is None


def test_posts_need_the_pages_proof(house: House, acme: str) -> None:
    """Without the page's token, or from another site, nothing is done."""
    browser = _at(house, house.people.wei, f"/sidebar/c/{acme}")
    assert _do(browser, "note", customer=acme, text="x", csrf="wrong").status_code == 403
    elsewhere = house.browser(house.people.wei, origin="https://evil.test")
    elsewhere._csrf = browser._csrf
    assert _do(elsewhere, "note", customer=acme, text="x").status_code == 403


def test_timeline_filters_hold_for_merged_customers(house: House, acme: str) -> None:
    """What happened to a customer that was merged into this one is narrowed down the same way."""
    twin = house.customer(house.people.wei, "Acme Twin", team_id=None)
    browser = _at(house, house.people.max, "/")
    browser.say(browser.room(), f"note {twin}: from the twin")
    merge = browser.say(browser.room(), f"merge {acme} {twin}")
    if "from the twin" not in browser.open(f"/sidebar/c/{acme}"):
        answer = browser.press(merge[-1], "Merge")
        assert answer.status_code == 201
    shown = browser.open(f"/sidebar/c/{acme}?only=talks")
    assert "from the twin" in shown
    assert "Customers merged" not in between(shown, 'id="timeline"', "</section>")


def test_many_of_everything_can_all_be_seen(house: House, acme: str) -> None:
    """Of many tasks, deals and contacts the first stand there, each stage's sum is whole, all are a touch away."""
    browser = _at(house, house.people.wei, "/")
    room = browser.room()
    for number in range(22):
        house.clock.move(seconds=20)
        browser.say(room, f"task {acme}: crate {number:02} tomorrow")
        browser.say(room, f"new deal {acme}: Spool {number:02} $1k, stage: lead")
        browser.say(room, f"new contact {acme}: Person {chr(65 + number)}. Reed")
    page = browser.open(f"/sidebar/c/{acme}")
    assert page.count('class="tick"') == 20
    assert "Show all 23" in between(page, 'id="tasks"', "</section>")
    assert "Show all 24" in between(page, 'id="deals"', "</section>")
    assert "$22,000" in page
    assert "More contacts" in page
    page = browser.open(f"/sidebar/c/{acme}?all=1")
    assert page.count('class="tick"') == 23
    assert between(page, 'id="deals"', "</section>").count(">Spool ") == 22
    assert between(page, 'id="contacts"', "</section>").count(". Reed<") == 22
    assert "Show all" not in page
    assert "More contacts" not in page
