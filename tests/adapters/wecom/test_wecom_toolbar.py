"""The page in WeCom's chat toolbar: who looks is WeCom's word, and so is whose conversation it stands beside."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest

from adapters.callbacks.calls import CallError
from adapters.callbacks.script_signature import script_signature
from adapters.hosts.model import Knock
from adapters.wecom.api import WecomApi
from adapters.wecom.config import WecomConfig
from adapters.wecom.script_signing import Signing
from adapters.wecom.side import Toolbar
from adapters.wecom.side_identity import CODE_LIFE, KNOWN_FOR
from core.contacts.service import add_contact
from core.conversations.model import Place
from core.conversations.service import bind
from core.members.model import Identity
from core.work import Work
from storage.database import open_database
from tests.adapters.web.house import KEY, Browser, House, MovableClock, between
from tests.adapters.wecom.standin import AGENT, CONTACTS_SECRET, CORP, SECRET, StandIn

VECTORS = [found for one in Path(__file__).parents if (found := one / "shared/bench/vectors.json").exists()]
DOOR = "/sidebar/in/wecom"
PUBLIC = "https://kith.test"


class Company:
    """A Kith with a WeCom around it: Wei and Ann are members of both."""

    def __init__(self, url: str, runner: asyncio.Runner) -> None:
        self.runner = runner
        self.house = House(url, runner, public_url=PUBLIC, hosts=lambda clock: [self._toolbar(url, clock)])
        for member, user in ((self.house.people.wei, "Wei"), (self.house.people.eve, "Eve")):
            self.house.write(lambda work, m=member, u=user: work.members.tie(Identity("wecom", CORP, u), m, work.now))

    def _toolbar(self, url: str, clock: MovableClock) -> Toolbar:
        self.clock = clock
        self.wecom = self.runner.run(StandIn(clock).__aenter__())
        self.wecom.members |= {"Wei": {}, "Eve": {}, "Newcomer": {}}
        config = WecomConfig(
            corp_id=CORP,
            agent_id=AGENT,
            secret=SECRET,
            token="t",
            key="k",
            contacts_secret=CONTACTS_SECRET,
            api_url=self.wecom.url,
            public_url=PUBLIC,
        )
        self.api = WecomApi(config, clock)
        self.database = open_database(url, clock)
        return Toolbar(config, self.api, self.database, clock, KEY)

    def asked(self, browser: Browser, path: str = DOOR) -> dict[str, str]:
        """What WeCom is asked with where the way in leads."""
        gone = browser.get(path)
        assert gone.status_code == 303, gone.text
        address = urlsplit(gone.headers["location"])
        assert (address.netloc, address.path) == ("open.weixin.qq.com", "/connect/oauth2/authorize")
        assert address.fragment == "wechat_redirect"
        return dict(parse_qsl(address.query))

    def back(self, browser: Browser, state: str, user: str = "Wei") -> httpx.Response:
        """WeCom sends the browser back."""
        return browser.get(f"{DOOR}?code={self.wecom.code(user)}&state={state}")

    def known(self, user: str = "Wei", path: str = DOOR) -> Browser:
        """A browser in which WeCom has named somebody."""
        browser = self.house.browser()
        sent = self.back(browser, self.asked(browser, path)["state"], user)
        assert sent.status_code == 303
        assert sent.headers["location"] == f"{PUBLIC}{path}"
        return browser

    def follows(self, external: str, *users: str, **contact: str) -> None:
        """Somebody outside whose contact the users have."""
        self.wecom.externals[external] = {
            "external_contact": {"external_userid": external, "name": "Ada", "type": 1, **contact},
            "follow_user": [{"userid": user, "remark_mobiles": ["13800138000"], "tags": []} for user in users],
        }

    def acquainted(self, external: str) -> str:
        """A customer of Wei's, one of whose contacts WeCom knows."""
        customer_id = self.house.customer(self.house.people.wei, "Acme")
        actor = self.house.membership(self.house.people.wei).actor(platform="wecom")

        def add(work: Work) -> None:
            customer = work.customers.by_id(actor.scope, customer_id)
            assert customer
            add_contact(work, actor, customer, name="Ada Bell", external_id=external)

        self.house.write(add)
        return customer_id

    def close(self) -> None:
        """Ends everything."""
        self.house.close()
        self.runner.run(self.api.close())
        self.runner.run(self.database.close())
        self.runner.run(self.wecom.__aexit__(None, None, None))


@pytest.fixture
def company(sqlite_url: str) -> Iterator[Company]:
    with asyncio.Runner() as runner:
        made = Company(sqlite_url, runner)
        yield made
        made.close()


def test_the_way_in_asks_wecom_who_it_is(company: Company) -> None:
    """A browser that nobody knows is sent to WeCom, with a state of letters and digits that says nothing of anybody."""
    browser = company.house.browser()
    asked = company.asked(browser)
    assert asked["appid"] == CORP
    assert (asked["scope"], asked["response_type"]) == ("snsapi_base", "code")
    assert asked["redirect_uri"] == f"{PUBLIC}{DOOR}"
    assert asked["state"].isalnum()
    assert len(asked["state"]) <= 128
    (held,) = [one for one in browser.client.cookies.jar if one.name == "__Host-kith-door"]
    assert held.secure
    assert held.value not in asked["state"]


def test_page_is_signed_for_its_address(company: Company) -> None:
    """Back from WeCom the code has left the address, and the script finds both signatures for exactly that address."""
    browser = company.known()
    page = browser.get(DOOR)
    told = {name: between(page.text, f'data-{name}="', '"') for name in ("nonce", "stamp", "config", "agentconfig")}
    for kind, name in (("corp", "config"), ("agent", "agentconfig")):
        assert told[name] == company.wecom.signed(kind, f"{PUBLIC}{DOOR}", told["nonce"], told["stamp"])
    policy = page.headers["content-security-policy"]
    assert "script-src 'self' https://wwcdn.weixin.qq.com;" in policy
    assert "frame-ancestors 'none'" in policy


def test_contact_of_a_member_opens_the_customer(company: Company) -> None:
    """A contact that WeCom counts among the member's own is the customer it has in Kith; the note is silent."""
    company.follows("wmADA", "Other", "wei")
    acme = company.acquainted("wmADA")
    page = company.known().send(DOOR, external="wmADA")
    assert page.status_code == 200
    assert f'data-customer="{acme}"' in page.text
    assert "does not count" not in page.text


def test_followers_are_read_to_the_last(company: Company) -> None:
    """Of a contact whom more than 500 have, all who have them are asked for."""
    company.follows("wmADA", *(f"u{number}" for number in range(700)), "Wei")
    acme = company.acquainted("wmADA")
    assert f'data-customer="{acme}"' in company.known().send(DOOR, external="wmADA").text


def test_contact_of_somebody_else_opens_nothing(company: Company) -> None:
    """Whoever names a contact that is not theirs, or none at all, gets the page without it, and reads why."""
    company.follows("wmADA", "Ann")
    acme = company.acquainted("wmADA")
    for named in ("wmADA", "wmNOBODY", "../get?x=", "a" * 100):
        page = company.known().send(DOOR, external=named)
        assert page.status_code == 200
        assert f'data-customer="{acme}"' not in page.text
        assert "does not count this contact among yours" in page.text


def test_binding_by_hand_goes_before(company: Company) -> None:
    """A conversation that somebody bound stays bound, whoever the contact is in Kith."""
    company.follows("wmADA", "Wei")
    company.acquainted("wmADA")
    wei = company.house.people.wei
    other = company.house.customer(wei, "Globex")
    actor = company.house.membership(wei).actor(platform="wecom")

    def tie(work: Work) -> None:
        customer = work.customers.by_id(actor.scope, other)
        assert customer
        bind(work, actor, Place("wecom", CORP, "external/wmADA"), customer)

    company.house.write(tie)
    assert f'data-customer="{other}"' in company.known().send(DOOR, external="wmADA").text


def test_group_is_its_members(company: Company) -> None:
    """A group with customers is a conversation for who is in it as a member, and for nobody else."""
    member, outside = {"userid": "Wei", "type": 1}, {"userid": "wmADA", "type": 2}
    company.wecom.groups["wrG1"] = {"name": "Acme line two", "member_list": [member, outside]}
    company.wecom.groups["wrG2"] = {"name": "g", "member_list": [{"userid": "Wei", "type": 2}]}
    company.acquainted("wmADA")
    browser = company.known()
    assert browser.send(DOOR, chat="wrG1").status_code == 200
    suggested = browser.get("/sidebar/suggestions").text
    assert "Acme" in suggested
    assert "Ada Bell is in this conversation" in suggested
    for named in ("wrG2", "wrG3", "?"):
        assert "does not count you among the members" in company.known().send(DOOR, chat=named).text


def test_what_wecom_does_not_say_is_not_believed(company: Company) -> None:
    """While WeCom cannot be asked, or forbids it, no customer is opened, and the person reads what to do."""
    company.follows("wmADA", "Wei")
    acme = company.acquainted("wmADA")
    for fault, said in ((48002, "可调用接口的应用"), (-1, "Open Kith again in a moment")):
        browser = company.known()
        company.wecom.fail("externalcontact/get", [fault])
        page = browser.send(DOOR, external="wmADA")
        assert said in page.text
        assert f'data-customer="{acme}"' not in page.text


def test_state_is_good_once_and_in_its_browser(company: Company) -> None:
    """Another browser's state, a forged, a used and an old one are refused before WeCom is asked."""
    browser, other = company.house.browser(), company.house.browser()
    state, foreign = company.asked(browser)["state"], company.asked(other)["state"]
    changed = state[:20] + ("0" if state[20] != "0" else "1") + state[21:]
    for wrong in (foreign, changed, "", "1x2x3", "99999999999x", f"{state}x"):
        assert company.back(browser, wrong).status_code == 401, wrong
    assert company.back(company.house.browser(), state).status_code == 401
    assert company.wecom.called("auth/getuserinfo") == 0
    assert company.back(browser, state).status_code == 303
    # A view that loads the address twice goes on; whoever saw it pass by does not.
    assert browser.get(f"{DOOR}?code=x&state={state}").headers["location"] == f"{PUBLIC}{DOOR}"
    assert company.wecom.called("auth/getuserinfo") == 1
    late = company.house.browser()
    state = company.asked(late)["state"]
    company.clock.move(seconds=CODE_LIFE.total_seconds())
    assert company.back(late, state).status_code == 401


def test_view_that_loads_twice_at_once_begins_anew(company: Company) -> None:
    """WeCom's view may show the second of two loads, which came before the first was answered: it is led on, too."""
    acme = company.house.customer(company.house.people.wei, "Acme")
    for wanted in ("", f"?c={acme}"):
        browser = company.house.browser()
        state = company.asked(browser, f"{DOOR}{wanted}")["state"]
        before = browser.client.cookies["__Host-kith-door"]
        assert company.back(browser, state).status_code == 303
        asked = company.wecom.called("auth/getuserinfo")
        again = company.back(browser, state)
        assert (again.status_code, again.headers["location"]) == (303, f"{PUBLIC}{DOOR}{wanted}")
        browser.client.cookies.clear()
        browser.client.cookies.set("__Host-kith-door", before, domain="kith.test")
        again = company.back(browser, state)
        assert (again.status_code, again.headers["location"]) == (303, f"{PUBLIC}{DOOR}{wanted}")
        assert company.wecom.called("auth/getuserinfo") == asked
        assert browser.send(DOOR).status_code == 401


def test_code_of_nobody_is_refused(company: Company) -> None:
    """A code that WeCom does not know, one of somebody outside, and a WeCom that is down open nothing."""
    browser = company.house.browser()
    state = company.asked(browser)["state"]
    assert browser.get(f"{DOOR}?code=forged&state={state}").status_code == 401
    browser = company.house.browser()
    refused = company.back(browser, company.asked(browser)["state"], "openid-of-a-guest")
    assert refused.status_code == 401
    assert "names no member of this company" in refused.text
    browser = company.house.browser()
    state = company.asked(browser)["state"]
    company.wecom.down = True
    assert "could not be asked who you are" in company.back(browser, state).text


def test_what_is_held_ends_and_is_nobody_elses(company: Company) -> None:
    """After ten minutes WeCom is asked again; a forged cookie, another key's and no cookie prove nothing."""
    browser = company.known()
    assert browser.get(DOOR).status_code == 200
    company.clock.move(seconds=KNOWN_FOR.total_seconds())
    assert browser.send(DOOR).status_code == 401
    company.asked(browser)
    assert company.house.browser().send(DOOR, held="x", external="wmADA").status_code == 401
    forged = company.house.browser()
    forged.client.cookies.set("__Host-kith-door", "AAAA", domain="kith.test")
    assert forged.send(DOOR).status_code == 401


def test_stranger_and_other_workspace(company: Company) -> None:
    """A member whom Kith does not know reads how to be known; another workspace's finds nothing of this one."""
    assert "link CODE" in company.known("Newcomer").send(DOOR).text
    company.follows("wmADA", "Eve")
    acme = company.acquainted("wmADA")
    browser = company.known("Eve")
    assert f'data-customer="{acme}"' not in browser.send(DOOR, external="wmADA").text
    assert browser.get(f"/sidebar/c/{acme}").status_code == 404


def test_link_opens_its_customer(company: Company) -> None:
    """``/c/ID`` in WeCom's browser leads through WeCom to that customer, with no conversation to ask for."""
    acme = company.house.customer(company.house.people.wei, "Acme")
    agent = "Mozilla/5.0 (iPhone) MicroMessenger/7.0.1 wxwork/4.1.36 Language/zh"
    inside = company.house.browser(**{"user-agent": agent})
    assert inside.get(f"/c/{acme}").headers["location"] == f"{DOOR}?c={acme}"
    browser = company.known(path=f"{DOOR}?c={acme}")
    page = browser.get(f"{DOOR}?c={acme}").text
    assert 'data-straight="1"' in page
    assert company.wecom.called("ticket/get") == 0
    assert f'data-customer="{acme}"' in browser.send(DOOR, customer=acme).text


def test_without_tickets_the_page_opens_alone(company: Company) -> None:
    """Where WeCom gives no ticket the person reads so, and may go on without the conversation."""
    company.wecom.fail("get_jsapi_ticket", [45009])
    browser = company.known()
    page = browser.get(DOOR).text
    assert 'data-trouble="tickets"' in page
    assert 'id="alone"' in page
    assert browser.send(DOOR).status_code == 200


def test_tickets_are_fetched_once(company: Company) -> None:
    """Many pages at once share one ticket of each kind, anew after two hours; failures do not use the limit up."""
    signing = Signing(company.api, company.clock)

    async def many() -> None:
        await asyncio.gather(*(signing.sign(f"{PUBLIC}/{number}") for number in range(20)))

    company.runner.run(many())
    assert (company.wecom.called("get_jsapi_ticket"), company.wecom.called("ticket/get")) == (1, 1)
    company.clock.move(hours=2)
    company.runner.run(many())
    assert company.wecom.called("ticket/get") == 2
    company.clock.move(hours=2)
    before = company.wecom.called("ticket/get")
    for _ in range(600):  # ten minutes
        company.wecom.fail("ticket/get", [45009])
        with pytest.raises(CallError):
            company.runner.run(signing.sign(PUBLIC))
        company.clock.move(seconds=1)
    assert company.wecom.called("ticket/get") - before <= 100 / 6 + 1


@pytest.mark.skipif(not VECTORS, reason="the published vectors are not on this machine")
def test_published_signature() -> None:
    """The published example, also with what follows ``#`` in the address; anything changed is another signature."""
    one = json.loads(VECTORS[0].read_text(encoding="utf-8"))["wx_jssdk"]
    made = (one["jsapi_ticket"], one["noncestr"], one["timestamp"], one["url"])
    assert script_signature(*made) == one["signature"]
    for place in range(4):
        changed = tuple(value + "x" if number == place else value for number, value in enumerate(made))
        assert script_signature(*changed) != one["signature"]


def test_knock_without_a_code_starts_anew(company: Company) -> None:
    """What a browser holds of another company, or the name it had before, never counts as somebody known."""
    host = Toolbar(
        WecomConfig(corp_id="ww-other", agent_id=1, secret="s", token="t", key="k"),
        company.api,
        company.database,
        company.clock,
        KEY,
    )
    held = next(one.value for one in company.known().client.cookies.jar if one.name == "__Host-kith-door")
    prepared = company.runner.run(host.prepare(Knock(address=f"{PUBLIC}{DOOR}", query={}, held=held or "")))
    assert "appid=ww-other" in prepared.onward
