"""Nobody gets before the page but by a host's fresh proof, a ticket that is used once, or a session of their own."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import parse_qsl, urlencode

import httpx
import pytest

from adapters.hosts.model import Seat
from adapters.hosts.tickets import LIFE as TICKET_LIFE
from adapters.hosts.tickets import Tickets
from adapters.telegram.mini_app import AGE_LIMIT, MiniApp
from adapters.web.sidebar.seats import LIFE
from core.conversations.service import bind
from core.members.model import CodePurpose, Identity, Member
from core.members.service import issue_code
from core.work import Work
from tests.adapters.web.house import KEY, Browser, House
from tests.adapters.web.telegram_signing import PUBLIC_KEY, TOKEN, init_data

WEI, EVE = 1001, 1002


@pytest.fixture
def framed(sqlite_url: str, runner: asyncio.Runner) -> Iterator[House]:
    house = House(
        sqlite_url,
        runner,
        public_url="https://kith.test",
        hosts=lambda clock: [MiniApp(TOKEN, clock, key=PUBLIC_KEY)],
    )
    for member, user in ((house.people.wei, WEI), (house.people.eve, EVE)):
        _tie(house, member, str(user))
    yield house
    house.close()


def _tie(house: House, member: Member, user: str) -> None:
    house.write(lambda work: work.members.tie(Identity("telegram", "", user), member, work.now))


def _enter(browser: Browser, proof: str, **fields: str) -> httpx.Response:
    return browser.send("/sidebar/in/telegram", init_data=proof, **fields)


def _ticket(house: House, user: int, customer: str = "") -> str:
    seat = Seat(identity=Identity("telegram", "", str(user)))
    return Tickets(KEY).write("telegram", seat, house.clock.now(), customer=customer)


def _code(house: House, member: Member) -> str:
    return house.write(lambda work: issue_code(work, member.workspace_id, member.id, CodePurpose.SIGN_IN))


def test_proof_shows_the_page_at_once(framed: House) -> None:
    """The answer to the proof is the customer's page, framed by Telegram alone, with a partitioned cookie."""
    acme = framed.customer(framed.people.wei, "Acme")
    browser = framed.browser()
    answer = _enter(browser, init_data(WEI, framed.clock.now(), start_param=f"c_{acme}"), theme="dark")
    assert answer.status_code == 200
    assert f'data-customer="{acme}"' in answer.text
    assert 'data-theme="dark"' in answer.text
    policy = answer.headers["content-security-policy"]
    assert "frame-ancestors https://web.telegram.org;" in policy
    assert "unsafe" not in policy
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-kith-side=")
    assert all(word in cookie for word in ("Secure", "HttpOnly", "SameSite=None", "Partitioned", "Path=/"))
    assert "Acme" in browser.get(f"/sidebar/c/{acme}").text


def test_the_signature_of_telegram_is_enough(framed: House) -> None:
    """Who has no hash to show is known by Telegram's own signature."""
    assert _enter(framed.browser(), init_data(WEI, framed.clock.now(), hashed=False)).status_code == 200


@pytest.mark.parametrize("field", ["user", "auth_date", "hash", "signature", "query_id"])
def test_changed_proof_is_refused(framed: House, field: str) -> None:
    """Whatever field is changed, the proof is none."""
    for hashed in (True, False):
        if field == "hash" and not hashed:
            continue
        fields = dict(parse_qsl(init_data(WEI, framed.clock.now(), hashed=hashed)))
        fields[field] = fields[field].replace(fields[field][3], "7" if fields[field][3] != "7" else "8")
        answer = _enter(framed.browser(), urlencode(fields))
        assert answer.status_code == 401, (field, hashed)
        assert "set-cookie" not in answer.headers


def test_other_bots_proof_is_refused(framed: House) -> None:
    """What Telegram signed for another bot proves nothing here."""
    for hashed in (True, False):
        proof = init_data(WEI, framed.clock.now(), token="99:other", hashed=hashed)
        assert _enter(framed.browser(), proof).status_code == 401


def test_stale_proof_is_refused(framed: House) -> None:
    """A proof older than a quarter of an hour, or from the future, or without a date."""
    now = framed.clock.now()
    for at in (now - AGE_LIMIT - timedelta(seconds=1), now + timedelta(minutes=5)):
        assert _enter(framed.browser(), init_data(WEI, at)).status_code == 401
    for stamp in ("", "soon", "-1", "99999999999999999999"):
        assert _enter(framed.browser(), init_data(WEI, now, auth_date=stamp)).status_code == 401


def test_doubled_and_endless_proofs_are_refused(framed: House) -> None:
    """A field that comes twice, and more than Telegram ever sends, are no proof."""
    proof = init_data(WEI, framed.clock.now())
    assert _enter(framed.browser(), f"{proof}&user=%7B%22id%22%3A1002%7D").status_code == 401
    assert _enter(framed.browser(), "a=" + "b" * 10_000).status_code == 401
    assert _enter(framed.browser(), "").status_code == 401


def test_replayed_proof_is_refused_elsewhere(framed: House) -> None:
    """A proof opens once; loading the page again works in the browser that brought it, and in no other."""
    proof = init_data(WEI, framed.clock.now())
    browser = framed.browser()
    assert _enter(browser, proof).status_code == 200
    assert _enter(browser, proof).status_code == 200
    assert _enter(framed.browser(), proof).status_code == 401


def test_stranger_is_told_how_to_be_known(framed: House) -> None:
    """A proof of somebody Kith does not know opens nothing, and says what to do."""
    answer = _enter(framed.browser(), init_data(31337, framed.clock.now()))
    assert answer.status_code == 403
    assert "link CODE" in answer.text
    assert "frame-ancestors https://web.telegram.org" in answer.headers["content-security-policy"]


def test_proof_from_another_site_is_refused(framed: House) -> None:
    """Nobody can be made to sit in somebody else's seat by a page elsewhere."""
    proof = init_data(WEI, framed.clock.now())
    answer = _enter(framed.browser(origin="https://evil.test"), proof)
    assert answer.status_code == 403


def test_ticket_opens_once(framed: House) -> None:
    """A ticket shows the page the first time, and is refused from then on, by whomever it is brought."""
    acme = framed.customer(framed.people.wei, "Acme")
    path = f"/sidebar/open?t={_ticket(framed, WEI, acme)}"
    browser = framed.browser()
    opened = browser.get(path)
    assert opened.status_code == 200
    assert f'data-at="/sidebar/c/{acme}"' in opened.text
    for again in (browser, framed.browser()):
        assert again.get(path).status_code == 401


def test_tickets_are_refused_forged_stale_and_foreign(framed: House) -> None:
    """A changed ticket, an old one, and one written with another key."""
    ticket = _ticket(framed, WEI)
    middle = len(ticket) // 2
    changed = ticket[:middle] + ("A" if ticket[middle] != "A" else "B") + ticket[middle + 1 :]
    other = Tickets("another key").write(
        "telegram", Seat(identity=Identity("telegram", "", str(WEI))), framed.clock.now()
    )
    for wrong in (changed, other, "", "x" * 400):
        assert framed.browser().get(f"/sidebar/open?t={wrong}").status_code == 401
    framed.clock.move(seconds=TICKET_LIFE.total_seconds())
    assert framed.browser().get(f"/sidebar/open?t={ticket}").status_code == 401


def test_tickets_tell_nothing(framed: House) -> None:
    """No id and no word of whom it is for or about stands in an address."""
    acme = framed.customer(framed.people.wei, "Acme")
    ticket = _ticket(framed, WEI, acme)
    assert acme not in ticket
    assert str(WEI) not in ticket


def test_same_link_shows_each_what_is_theirs(framed: House) -> None:
    """Another workspace's member, and one of another team, find nothing where a colleague finds a customer."""
    acme = framed.customer(framed.people.wei, "Acme")
    _tie(framed, framed.people.ann, "1003")
    for user, status in ((WEI, 200), (EVE, 404), (1003, 404)):
        browser = framed.browser()
        assert browser.get(f"/sidebar/open?t={_ticket(framed, user, acme)}").status_code == 200
        shown = browser.get(f"/sidebar/c/{acme}")
        assert shown.status_code == status
        assert ("Acme" in shown.text) == (status == 200)


def test_session_ends(framed: House) -> None:
    """A session is over after a working day, and at once when the identity becomes somebody else's."""
    for end in (
        lambda: framed.clock.move(seconds=LIFE.total_seconds()),
        lambda: _tie(framed, framed.people.max, "1001"),
    ):
        browser = framed.browser()
        assert _enter(browser, init_data(WEI, framed.clock.now())).status_code == 200
        assert browser.get("/sidebar/").status_code == 200
        end()
        assert browser.get("/sidebar/").status_code == 401


def test_signing_out_ends_the_session_of_the_page_too(framed: House) -> None:
    """Who signs out of the workbench has left the page beside a conversation as well, for whoever comes next."""
    browser = framed.browser()
    assert browser.sign_in(_code(framed, framed.people.wei)).status_code == 303
    assert _enter(browser, init_data(WEI, framed.clock.now())).status_code == 200
    kept = browser.client.cookies["__Host-kith-side"]
    browser.open("/")
    assert browser.send("/sign-out").status_code == 303
    browser.client.cookies.set("__Host-kith-side", kept)
    assert browser.get("/sidebar/").status_code == 401


def test_page_is_of_who_signed_in_last(framed: House) -> None:
    """Who signs in where somebody else sat before the page is not shown it as that person; their own seat stays."""
    acme = framed.customer(framed.people.wei, "Acme")
    for member, status in ((framed.people.wei, 200), (framed.people.eve, 404)):
        browser = framed.browser()
        assert _enter(browser, init_data(WEI, framed.clock.now(), query_id=member.id)).status_code == 200
        assert browser.sign_in(_code(framed, member)).status_code == 303
        assert browser.get(f"/sidebar/c/{acme}").status_code == status


def test_deep_link_opens_the_right_view(framed: House) -> None:
    """``/c/ID`` leads into the host in its own browser, to the page where there is a session, else to the web."""
    acme = framed.customer(framed.people.wei, "Acme")
    inside = framed.browser(**{"user-agent": "Mozilla/5.0 (Linux; Android 15) Telegram-Android/12.1"})
    assert inside.get(f"/c/{acme}").headers["location"] == f"/sidebar/in/telegram?c={acme}"
    assert f'name="customer" value="{acme}"' in inside.get(f"/sidebar/in/telegram?c={acme}").text
    assert _enter(inside, init_data(WEI, framed.clock.now()), customer=acme).status_code == 200
    assert inside.get(f"/c/{acme}").headers["location"] == f"/sidebar/c/{acme}"
    assert framed.browser().get(f"/c/{acme}").status_code == 401


def test_unknown_host_is_nowhere(framed: House) -> None:
    """There is no way in through a host that is not set up."""
    assert framed.browser().get("/sidebar/in/teams").status_code == 404
    assert framed.browser().send("/sidebar/in/teams").status_code == 404


def test_conversation_comes_with_the_proof(framed: House) -> None:
    """The chat that Telegram vouches for is the one whose customer is shown."""
    acme = framed.customer(framed.people.wei, "Acme")
    chat = {"id": -100123, "type": "supergroup", "title": "Cold chain"}
    seat = Seat(identity=Identity("telegram", "", str(WEI)), conversation="-100123")
    actor = framed.membership(framed.people.wei).actor(platform="telegram")

    def tie(work: Work) -> None:
        customer = work.customers.by_id(actor.scope, acme)
        assert seat.place
        assert customer
        bind(work, actor, seat.place, customer)

    framed.write(tie)
    answer = _enter(framed.browser(), init_data(WEI, framed.clock.now(), chat=chat))
    assert "Bound to this conversation" in answer.text
