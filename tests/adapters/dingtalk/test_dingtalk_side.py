"""DingTalk's panel shows the page to whom DingTalk's own code names, and to nobody else."""

import asyncio
import re
from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest

from adapters.callbacks.script_signature import script_signature
from adapters.dingtalk.api import Api
from adapters.dingtalk.config import DingTalkConfig
from adapters.dingtalk.side import SidePanel
from adapters.hosts.model import Seat
from cards.renderers.dingtalk.opening import opened, side_link
from core.members.model import Identity
from tests.adapters.dingtalk.standin import (
    APP_KEY,
    APP_SECRET,
    CODE_LIFE,
    COOL_APP,
    CORP,
    GROUP,
    TICKET,
    StandIn,
)
from tests.adapters.web.house import Browser, House, MovableClock

DOOR = "/sidebar/in/dingtalk"
PUBLIC = "https://kith.test"


class Panel:
    """Kith, DingTalk, and the panel between them."""

    def __init__(self, url: str, runner: asyncio.Runner, *, cool_app: str = COOL_APP) -> None:
        self.runner = runner
        self.cool_app = cool_app
        self.house = House(url, runner, public_url=PUBLIC, hosts=self._hosts)
        house = self.house
        for member, user, corp in ((house.people.wei, "wei", CORP), (house.people.eve, "wei", "dingother")):
            identity = Identity("dingtalk", corp, user)
            house.write(lambda work, who=identity, whose=member: work.members.tie(who, whose, work.now))

    def _hosts(self, clock: MovableClock) -> list[SidePanel]:
        self.server = StandIn(clock)
        self.runner.run(self.server.start())
        config = DingTalkConfig(
            app_key=APP_KEY,
            app_secret=APP_SECRET,
            corp_id=CORP,
            agent_id="4711",
            cool_app_code=self.cool_app,
            api_url=self.server.url,
            oapi_url=self.server.url,
            public_url=PUBLIC,
        )
        self.api = Api(config, clock)
        self.host = SidePanel(config, self.api, clock)
        return [self.host]

    def enter(self, code: str, browser: Browser | None = None, **fields: str) -> httpx.Response:
        """What the script sends."""
        return (browser or self.house.browser()).send(DOOR, code=code, **fields)

    def close(self) -> None:
        """Ends all of it."""
        self.house.close()
        self.runner.run(self.api.close())
        self.runner.run(self.server.stop())


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    """One event loop for all of a test."""
    with asyncio.Runner() as running:
        yield running


@pytest.fixture
def panel(sqlite_url: str, runner: asyncio.Runner) -> Iterator[Panel]:
    made = Panel(sqlite_url, runner)
    yield made
    made.close()


@pytest.fixture
def plain(sqlite_url: str, runner: asyncio.Runner) -> Iterator[Panel]:
    """Without a cool app."""
    made = Panel(sqlite_url, runner, cool_app="")
    yield made
    made.close()


def test_code_shows_the_page(panel: Panel) -> None:
    """A code opens the customer's page for its person, framed by DingTalk alone, and is spent."""
    acme = panel.house.customer(panel.house.people.wei, "Acme")
    code = panel.server.code("wei")
    answer = panel.enter(code, customer=acme)
    assert answer.status_code == 200
    assert f'data-customer="{acme}"' in answer.text
    assert "frame-ancestors https://*.dingtalk.com;" in answer.headers["content-security-policy"]
    assert "alicdn" not in answer.headers["content-security-policy"]
    assert panel.enter(code).status_code == 401


def test_what_is_no_fresh_code_is_refused(panel: Panel) -> None:
    """A made up code, an old one, none, and an endless one."""
    old = panel.server.code("wei")
    panel.house.clock.move(seconds=CODE_LIFE + 1)
    for code in ("made-up", old, "", "c" * 5000):
        answer = panel.enter(code)
        assert answer.status_code == 401, code
        assert "set-cookie" not in answer.headers


def test_stranger_is_told_how_to_be_known(panel: Panel) -> None:
    """Somebody of the organisation whom Kith does not know opens nothing."""
    answer = panel.enter(panel.server.code("somebody"))
    assert answer.status_code == 403
    assert "link CODE" in answer.text


def test_same_user_id_elsewhere_is_somebody_else(panel: Panel) -> None:
    """The code is of the named organisation: its wei is Wei, though another organisation's wei is Eve."""
    acme = panel.house.customer(panel.house.people.eve, "Theirs")
    answer = panel.enter(panel.server.code("wei"), customer=acme)
    assert answer.status_code == 200
    assert "Theirs" not in answer.text


def test_other_site_cannot_enter(panel: Panel) -> None:
    """Nobody is seated by a page elsewhere, and the code is not even looked at."""
    code = panel.server.code("wei")
    assert panel.enter(code, panel.house.browser(origin="https://evil.test")).status_code == 403
    assert panel.enter(code).status_code == 200


def test_way_in_is_signed_for_its_address(panel: Panel) -> None:
    """The script finds a signature over this very address; one ticket serves two who come at once."""
    address = f"{DOOR}?openConversationId={GROUP}&name=%E8%BF%9C%E8%88%AA"
    pages = [panel.house.browser().get(address) for _ in range(2)]
    for page in pages:
        told = dict(re.findall(r'data-(\w+)="([^"]*)"', page.text.partition('id="proof"')[2]))
        read = f"{PUBLIC}{DOOR}?openConversationId={GROUP}&name=远航"
        made = script_signature(TICKET, told["nonce"], told["stamp"], read)
        assert told["signature"] == made
        assert (told["corp"], told["agent"], told["client"]) == (CORP, "4711", APP_KEY)
        assert "https://g.alicdn.com" in page.headers["content-security-policy"]
        assert TICKET not in page.text
    assert panel.server.paths().count("/v1.0/oauth2/jsapiTickets") == 1


def test_ticket_is_fetched_anew_before_it_ends(panel: Panel) -> None:
    """Two hours later there is another ticket."""
    for _ in range(2):
        panel.house.browser().get(DOOR)
        panel.house.clock.move(seconds=timedelta(hours=2).total_seconds())
    assert panel.server.paths().count("/v1.0/oauth2/jsapiTickets") == 2


def test_group_is_believed_from_dingtalk_alone(panel: Panel) -> None:
    """A group that DingTalk puts the person into suggests a customer by its title, and can be bound."""
    panel.house.customer(panel.house.people.wei, "Northwind")
    browser = panel.house.browser()
    assert panel.enter(panel.server.code("wei"), browser, conversation=GROUP).status_code == 200
    assert "Is this conversation about Northwind?" in browser.get("/sidebar/suggestions").text
    assert "Northwind" in panel.runner.run(panel.host.clues(_seat(panel))).texts[0]


def _seat(panel: Panel) -> Seat:
    proven = panel.runner.run(panel.host.prove({"code": panel.server.code("wei"), "conversation": GROUP}))
    assert proven is not None
    assert proven.seat.conversation == GROUP
    return proven.seat


@pytest.mark.parametrize("claimed", ["cidOTHERS==", "cid" + "x" * 500])
def test_claimed_group_is_not_believed(panel: Panel, claimed: str) -> None:
    """A group of others is not taken from an address; the page opens, and says so."""
    panel.server.people_in["cidOTHERS=="] = ["mei"]
    answer = panel.enter(panel.server.code("wei"), conversation=claimed)
    assert answer.status_code == 200
    assert "Is this conversation about" not in answer.text
    proven = panel.runner.run(panel.host.prove({"code": panel.server.code("wei"), "conversation": claimed}))
    assert proven is not None
    assert proven.seat.conversation == ""


def test_without_a_cool_app_no_group_is_believed(plain: Panel) -> None:
    """Nothing is asked that DingTalk could not answer, and the page says what is missing."""
    answer = plain.enter(plain.server.code("wei"), conversation=GROUP)
    assert "did not confirm" in answer.text
    assert "/v1.0/im/sceneGroups/members/batchQuery" not in plain.server.paths()


def test_link_to_a_customer_knows_dingtalk(panel: Panel) -> None:
    """In DingTalk's own browser /c/ID leads to the way in; in cards it opens the side panel."""
    acme = panel.house.customer(panel.house.people.wei, "Acme")
    agent = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/91 DingTalk(7.6.0-Release.1) nw Channel/201200"
    led = panel.house.browser(**{"user-agent": agent}).get(f"/c/{acme}")
    assert led.headers["location"] == f"{DOOR}?c={acme}"
    page = f"{PUBLIC}/c/{acme}"
    assert opened(page) == side_link(page)
    assert side_link(page).startswith("dingtalk://dingtalkclient/page/link?url=https%3A%2F%2Fkith.test%2Fc%2F")
    assert side_link(page).endswith("&pc_slide=true")
    assert opened("https://example.com/c/d") == "https://example.com/c/d"
