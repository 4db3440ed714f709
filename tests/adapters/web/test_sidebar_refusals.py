"""What the page beside a conversation says no with: words for whoever sits in a host's frame, kept by no cache."""

import asyncio
from collections.abc import Iterator

import pytest

from adapters.telegram.mini_app import MiniApp
from adapters.web.sidebar.access import cookie_name
from core.members.model import Identity
from tests.adapters.web.house import House, between, fresh
from tests.adapters.web.telegram_signing import PUBLIC_KEY, TOKEN, init_data

WEI = 1001
NOWHERE = "0000000000000"
JSON = {"accept": "application/json"}


@pytest.fixture
def framed(sqlite_url: str, runner: asyncio.Runner) -> Iterator[House]:
    house = House(
        sqlite_url,
        runner,
        public_url="https://kith.test",
        hosts=lambda clock: [MiniApp(TOKEN, clock, key=PUBLIC_KEY)],
    )
    wei = house.people.wei
    house.write(lambda work: work.members.tie(Identity("telegram", "", str(WEI)), wei, work.now))
    yield house
    house.close()


@pytest.mark.parametrize("path", ["/sidebar/", f"/sidebar/c/{NOWHERE}", "/sidebar/open?t=x", "/sidebar/in/teams"])
def test_refusals_can_be_framed_and_are_not_kept(framed: House, path: str) -> None:
    """A refusal stands in the host's frame, leads nowhere that cannot, and is kept by no cache."""
    answer = framed.browser().get(path)
    assert answer.status_code in {401, 404}
    assert "frame-ancestors https://web.telegram.org" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert 'href="/"' not in answer.text


def test_whoever_has_no_session_is_told_the_way_in(framed: House) -> None:
    """In an app the way in is the conversation; for a browser of one's own there is the one-time link."""
    page = framed.browser().get("/sidebar/").text
    assert "Open Kith again" in page
    assert "from the conversation" in page
    assert "kith sign-in MEMBER" in page
    used = framed.browser().get("/sidebar/open?t=x").text
    assert "used already" in used
    assert "kith sign-in MEMBER" not in used


def test_without_hosts_the_way_in_is_the_link(house: House) -> None:
    """Where no platform shows the page, signing in is all there is."""
    page = house.browser().get("/sidebar/").text
    assert "Sign in to Kith" in page
    assert "kith sign-in MEMBER" in page


def test_what_was_typed_comes_back_when_the_session_is_over(framed: House) -> None:
    """Without script a line sent after the session's end stands on the refusal, to copy."""
    browser = framed.browser()
    answer = browser.send("/sidebar/do", act="note", customer=NOWHERE, text="not to be lost", delivery=fresh())
    assert answer.status_code == 401
    assert "not to be lost" in between(answer.text, "<textarea", "</textarea>")


def test_script_is_told_why(framed: House) -> None:
    """What the page's script sends is refused as JSON, with the reason in the member's words."""
    acme = framed.customer(framed.people.wei, "Acme")
    browser = framed.browser()
    page = browser.send("/sidebar/in/telegram", init_data=init_data(WEI, framed.clock.now()))
    csrf = between(page.text, 'data-csrf="', '"')
    sent = {"act": "note", "customer": acme, "text": "x" * 20_001, "delivery": fresh(), "csrf": csrf}
    answer = framed.runner.run(browser.client.post("/sidebar/do", data=sent, headers=JSON))
    assert answer.status_code == 422
    assert "longer than a message can be" in answer.json()["message"]


def test_way_back_stays_in_the_frame(framed: House) -> None:
    """From what is not there one gets back to the page's own beginning."""
    browser = framed.browser()
    browser.send("/sidebar/in/telegram", init_data=init_data(WEI, framed.clock.now()))
    assert 'href="/sidebar/"' in browser.get(f"/sidebar/c/{NOWHERE}").text


def test_leading_on_is_not_kept(framed: House) -> None:
    """Where ``/c/ID`` leads depends on who asks, so that nobody keeps it."""
    inside = framed.browser(**{"user-agent": "Mozilla/5.0 Telegram-Android/12.1"})
    assert inside.get(f"/c/{NOWHERE}").headers["cache-control"] == "no-store"


def test_nothing_but_its_own_kind_of_request(framed: House) -> None:
    """A ticket is not spent by asking for headers alone, and an act is not done by an address."""
    browser = framed.browser()
    for method, path in (
        ("HEAD", "/sidebar/open?t=x"),
        ("POST", "/sidebar/open?t=x"),
        ("GET", "/sidebar/do"),
        ("PUT", "/sidebar/do"),
        ("DELETE", "/sidebar/in/telegram"),
    ):
        assert framed.runner.run(browser.client.request(method, path)).status_code == 405, (method, path)


def test_two_at_once_bring_one_proof(framed: House) -> None:
    """Of two browsers that bring the same proof in the same moment one is let in."""
    proof = init_data(WEI, framed.clock.now())
    browsers = [framed.browser() for _ in range(6)]

    async def race() -> list[int]:
        answers = await asyncio.gather(
            *(each.client.post("/sidebar/in/telegram", data={"init_data": proof}) for each in browsers)
        )
        return sorted(answer.status_code for answer in answers)

    assert framed.runner.run(race()) == [200, 401, 401, 401, 401, 401]


def test_other_peoples_cookies_do_not_mix(framed: House) -> None:
    """A form made in one member's session is refused in another's, so that nothing goes out under another name."""
    acme = framed.customer(framed.people.max, "Acme", team_id=None)
    maxs, weis = framed.browser(), framed.browser()
    framed.write(lambda work: work.members.tie(Identity("telegram", "", "1002"), framed.people.max, work.now))
    maxs.send("/sidebar/in/telegram", init_data=init_data(1002, framed.clock.now()))
    mine = maxs.open(f"/sidebar/c/{acme}")
    weis.send("/sidebar/in/telegram", init_data=init_data(WEI, framed.clock.now()))
    sent = {"act": "note", "customer": acme, "text": "whose?", "delivery": fresh()}
    sent["csrf"] = between(mine, 'data-csrf="', '"')
    assert framed.runner.run(weis.client.post("/sidebar/do", data=sent)).status_code == 403
    assert "whose?" not in maxs.open(f"/sidebar/c/{acme}?only=talks")
    assert weis.client.cookies.get(cookie_name(framed.web))


HOSTILE = "\"><img src=x onerror=alert(1)>'</script><script>alert(2)</script>{{7*7}}"


def test_names_are_never_markup(house: House) -> None:
    """A hostile name stands as text in the page, its attributes, its notes and what is to be decided."""
    acme = house.customer(house.people.wei, HOSTILE, industry=HOSTILE, region=HOSTILE, team_id=None)
    browser = house.browser(house.people.wei)
    page = browser.open(f"/sidebar/c/{acme}")
    say = browser.room()
    for line in (f"task {acme}: {HOSTILE} tomorrow", f"new contact {acme}: {HOSTILE[:40]}", f"note {acme}: {HOSTILE}"):
        browser.say(say, line)
    page = browser.open(f"/sidebar/c/{acme}")
    found = browser.open("/sidebar/?q=img%20src")
    fields = {"act": "done", "customer": acme, "csrf": browser._csrf, "delivery": fresh()}
    fields |= {name: between(page, f'name="{name}" value="', '"') for name in ("task", "seen")}
    house.clock.move(minutes=5)
    other = house.browser(house.people.max)
    other.say(other.room(), f"edit {fields['task']} due: 2030-02-01")
    decide = house.runner.run(browser.client.post("/sidebar/do", data=fields, headers=JSON)).json()
    assert decide["state"] == "conflict"
    for shown in (page, found, decide["html"]):
        assert "onerror=alert(1)" in shown
        assert "<img" not in shown
        assert "<script>alert" not in shown
        assert "49" not in shown.partition("onerror")[2][:120]
