"""The tab knows who is looking by Entra ID's word alone, and where it stands by Teams' own server."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import jwt
import pytest

from adapters.hosts.model import Host, Proven
from adapters.teams.tab import TeamsTab
from bots.emulators.teams.cards import Json
from bots.emulators.teams.entra import DESKTOP, Entra
from bots.emulators.teams.model import APP, ROOM, TEAM, TENANT
from core.conversations.model import Binding, Place
from core.work import Work
from tests.adapters.teams.teams_hands import fault
from tests.adapters.teams.world import MEI, PUBLIC_URL, SAM, USERS, WEI, World, running

pytestmark = pytest.mark.anyio
ACME = "0000000000abc"
OTHER = "bbbbbbbb-0000-0000-0000-000000000002"


@pytest.fixture
def tab(world: World) -> Host:
    (host,) = world.adapter.hosts
    return host


@pytest.fixture
def entra(world: World) -> Entra:
    return Entra(APP, TENANT, world.config.login_url)


async def test_both_versions_prove(world: World, tab: Host, entra: Entra) -> None:
    """A token of either version is somebody of the directory, and each token is told from any other."""
    now = world.clock.now()
    seen = []
    for token in (
        entra.token(USERS[WEI], now),
        entra.token(USERS[WEI], now, azp=DESKTOP, aud=f"api://kith.example/{APP}"),
        entra.first(USERS[WEI], now),
    ):
        proven = await tab.prove({"token": token, "page": ACME})
        assert proven
        who = proven.seat.identity
        assert (who.platform, who.tenant, who.user_id) == ("teams", TENANT, USERS[WEI])
        assert (proven.customer, proven.seat.conversation) == (ACME, "")
        seen.append(proven.once)
    assert len(set(seen)) == len(seen)
    assert world.teams.calls.count("entra keys") == 1


@pytest.mark.parametrize(
    "claims",
    [
        {"key": "evil"},
        {"key": "evil", "kid": "entra"},
        {"aud": "another-app"},
        {"aud": "00000003-0000-0000-c000-000000000000"},  # a token for Microsoft Graph
        {"iss": "https://evil.example/v2.0"},
        {"iss": f"https://login.microsoftonline.com/{OTHER}/v2.0"},
        {"tid": OTHER},
        {"tid": None},
        {"ver": "1.0"},
        {"oid": None},
        {"oid": ""},
        {"scp": None},  # an app's own token: nobody is looking
        {"scp": "User.Read"},
        {"azp": "99999999-0000-0000-0000-000000000000"},  # another app that was allowed to ask for one
        {"exp": None},
        {"exp": 1},
        {"exp": "soon"},
        {"nbf": 99_999_999_999},
    ],
)
async def test_forged_tokens_prove_nobody(world: World, tab: Host, entra: Entra, claims: Json) -> None:
    """What is signed by another, for another, of another directory or another time is no proof."""
    assert await tab.prove({"token": entra.token(USERS[WEI], world.clock.now(), **claims)}) is None


async def test_other_directory_proves_nobody_unless_named(sqlite_url: str) -> None:
    """A directory's people are let in where its id is named, each as that directory's own."""
    async with running(sqlite_url, more_tenants=(OTHER.upper(),)) as world:
        (tab,) = world.adapter.hosts
        theirs = Entra(APP, OTHER, world.config.login_url)
        proven = await tab.prove({"token": theirs.token(USERS[WEI], world.clock.now())})
        assert proven
        assert proven.seat.identity.tenant == OTHER
        third = Entra(APP, "cccccccc-0000-0000-0000-000000000003", world.config.login_url)
        assert await tab.prove({"token": third.token(USERS[WEI], world.clock.now())}) is None


@pytest.mark.parametrize(
    "damage", [lambda text: text[:-2], lambda text: text[1:], lambda _: "", lambda _: "x" * 20_000]
)
async def test_damaged_tokens_prove_nobody(world: World, tab: Host, entra: Entra, damage: Callable[[str], str]) -> None:
    """A token that lost letters, none at all, and an endless one."""
    assert await tab.prove({"token": damage(entra.token(USERS[WEI], world.clock.now()))}) is None


async def test_unsigned_and_misused_keys_prove_nobody(world: World, tab: Host, entra: Entra) -> None:
    """No signature is no proof, and neither is the connector's, which signs other things."""
    claims = jwt.decode(entra.token(USERS[WEI], world.clock.now()), options={"verify_signature": False})
    assert await tab.prove({"token": jwt.encode(claims, "", algorithm="none")}) is None
    assert await tab.prove({"token": world.teams.token()}) is None
    symmetric = jwt.encode(claims, "a public key is no secret, whoever uses it", "HS256", headers={"kid": "entra"})
    assert await tab.prove({"token": symmetric}) is None


async def test_stale_token_proves_nobody(world: World, tab: Host, entra: Entra) -> None:
    """When its hour is over, clocks' difference included, a token is none."""
    token = entra.token(USERS[WEI], world.clock.now() - timedelta(seconds=4299))
    assert await tab.prove({"token": token})
    assert await tab.prove({"token": entra.token(USERS[WEI], world.clock.now() - timedelta(seconds=4301))}) is None


async def test_keys_are_fetched_anew(world: World, tab: Host, entra: Entra) -> None:
    """A new key is found, one that was taken away is good no more, and without keys nobody is let in."""
    world.teams.fail("entra keys", fault(503))
    now = world.clock.now()
    assert await tab.prove({"token": entra.token(USERS[WEI], now)}) is None
    world.clock.forward(seconds=61)
    assert await tab.prove({"token": entra.token(USERS[WEI], now)})
    world.teams.entra_keys = ["next"]
    world.clock.forward(seconds=61)
    assert await tab.prove({"token": entra.token(USERS[WEI], now, key="next")})
    assert await tab.prove({"token": entra.token(USERS[WEI], now)}) is None


async def _entered(world: World, tab: Host, entra: Entra, who: str, **fields: str) -> Proven:
    proven = await tab.prove({"token": entra.token(USERS[who], world.clock.now()), **fields})
    assert proven
    return proven


def _bound(work: Work, place: Place) -> Binding | None:
    workspace = work.members.only_workspace()
    assert workspace
    return work.bindings.of(workspace, place)


async def test_conversation_is_the_adapters_own(world: World, tab: Host, entra: Entra) -> None:
    """What is bound in a channel by command is what the tab beside it shows: one place, thread or not."""
    await world.post(world.typed("bind Northwind", room=True, thread=";messageid=17"))
    proven = await _entered(world, tab, entra, WEI, conversation=ROOM, team=TEAM)
    place = proven.seat.place
    assert place
    found = await world.database.read(lambda work: _bound(work, place))
    assert found
    assert proven.seat.title == "Acme Industries deal"


@pytest.mark.parametrize("fields", [{"conversation": "19:other@thread.v2"}, {"conversation": "x" * 600}])
async def test_conversation_is_not_believed(world: World, tab: Host, entra: Entra, fields: Json) -> None:
    """A conversation that the person, or the bot, is not in is none, whatever the browser says."""
    assert (await _entered(world, tab, entra, WEI, **fields)).seat.conversation == ""


async def test_outsider_sees_no_conversation(world: World, tab: Host, entra: Entra) -> None:
    """Who is not in the channel does not get its binding by naming it; nor does anybody while Teams is silent."""
    world.teams.rooms[ROOM].remove(MEI)
    assert (await _entered(world, tab, entra, MEI, conversation=ROOM)).seat.conversation == ""
    world.teams.fail("member", fault(500), fault(500))
    assert (await _entered(world, tab, entra, WEI, conversation=ROOM)).seat.conversation == ""


async def test_clues_are_the_rosters(world: World, tab: Host, entra: Entra) -> None:
    """Addresses of who is in the conversation come from Teams' roster, its name from the team's list of channels."""
    world.teams.people[SAM]["email"] = "sam@northwind.example"
    proven = await _entered(world, tab, entra, WEI, conversation=ROOM, team=TEAM)
    clues = await tab.clues(proven.seat)
    assert "sam@northwind.example" in clues.emails
    assert clues.texts == ("Acme Industries deal",)
    world.teams.fail("members", fault(403, "BotNotInConversationRoster"))
    assert (await tab.clues(proven.seat)).emails == ()
    alone = await _entered(world, tab, entra, WEI)
    assert (await tab.clues(alone.seat)).emails == ()


async def test_channel_name_is_not_believed(world: World, tab: Host, entra: Entra) -> None:
    """A team that the browser made up names nothing."""
    assert (await _entered(world, tab, entra, WEI, conversation=ROOM, team="19:made-up")).seat.title == ""


async def test_no_tab_without_an_address(sqlite_url: str) -> None:
    """Without an address by https, or without an app, there is no tab."""
    given: tuple[dict[str, Any], ...] = ({"public_url": "http://kith.example"}, {"app_id": ""}, {"public_url": ""})
    for settings in given:
        async with running(sqlite_url, **settings) as world:
            assert world.adapter.hosts == ()


def test_framed_by_teams_alone() -> None:
    """Nobody but Teams frames the page, by https."""
    assert all(one.startswith("https://") and "microsoft" in one for one in TeamsTab.ancestors)
    assert PUBLIC_URL.startswith("https://")
