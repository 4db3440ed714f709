"""Only what Microsoft signed for this bot, of now, for an address of its own, is heard; the rest leaves no trace."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from adapters.teams.hosts import Hosts, is_loopback, is_microsoft
from bots.emulators.teams.cards import Json
from bots.emulators.teams.model import APP, ROOM
from tests.adapters.teams.teams_hands import fault
from tests.adapters.teams.world import World, running

pytestmark = pytest.mark.anyio


@pytest.fixture
def rows(world: World, sqlite_url: str) -> Callable[[], dict[str, int]]:
    """How many rows there are that a delivery would make."""
    path = sqlite_url.removeprefix("sqlite:///")
    tables = ("activities", "deliveries", "jobs", "drafts", "tenants")
    return lambda: {table: world.count(path, table) for table in tables}


@pytest.mark.parametrize(
    ("key", "claims"),
    [
        ("evil", {}),  # a key that Microsoft has not
        ("evil", {"kid": "one"}),  # a key of another behind the right name
        ("one", {"aud": "another-bot"}),
        ("one", {"iss": "https://evil.example"}),
        ("one", {"exp": 1}),
        ("one", {"exp": None}),
        ("one", {"exp": "soon"}),
        ("one", {"nbf": 99_999_999_999}),
        ("one", {"serviceurl": "https://smba.trafficmanager.net/emea/"}),
        ("one", {"serviceurl": None}),
    ],
)
async def test_forged_tokens(world: World, rows: Callable[[], Any], key: str, claims: Json) -> None:
    """What is not signed, or not for this, is refused, and nothing is kept or said."""
    before = rows()
    answer = await world.post(world.typed("visit Northwind: x"), token=world.teams.token(key, **claims))
    assert answer.status_code == 401
    assert rows() == before
    assert not world.teams.posted


@pytest.mark.parametrize("cut", [slice(0, -1), slice(1, None), slice(0, 20)])
async def test_tampered_tokens(world: World, rows: Callable[[], Any], cut: slice) -> None:
    """A token that lost a letter is none."""
    before = rows()
    answer = await world.post(world.typed("visit Northwind: x"), token=world.teams.token()[cut])
    assert answer.status_code == 401
    assert rows() == before


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer x", "Basic abc", "Bearer " + "x" * 20_000])
async def test_no_token(world: World, header: str) -> None:
    """Without a token nobody is heard, not from this machine either."""
    answer = await world.post(world.typed("Northwind"), token="", authorization=header)
    assert answer.status_code == 401


async def test_every_flipped_byte_is_noticed(world: World) -> None:
    """A token with one letter of its signed part changed is refused."""
    token = world.teams.token()
    for index in range(0, token.rindex("."), 97):
        changed = "A" if token[index] != "A" else "B"
        answer = await world.post(world.typed("Northwind"), token=token[:index] + changed + token[index + 1 :])
        assert answer.status_code == 401
    assert not world.teams.posted


@pytest.mark.parametrize("audience", [APP, f"api://{APP}", f"api://botid-{APP}"])
async def test_audiences(world: World, audience: str) -> None:
    """The bot is named by its id, plainly or as the SDK writes it."""
    answer = await world.post(world.typed("Northwind"), token=world.teams.token(aud=audience))
    assert answer.status_code == 200


async def test_clocks_may_differ(world: World) -> None:
    """Five minutes, and no more."""
    now = int(world.clock.now().timestamp())
    late = await world.post(world.typed("Northwind"), token=world.teams.token(exp=now - 299))
    too_late = await world.post(world.typed("Northwind"), token=world.teams.token(exp=now - 300))
    assert (late.status_code, too_late.status_code) == (200, 401)


async def test_keys_rotate(world: World) -> None:
    """A key that is not known yet is asked for, and one that was taken back is good for nothing."""
    await world.say("Northwind")
    world.teams.keys = ["two"]
    world.clock.forward(minutes=2)  # type: ignore[attr-defined]
    assert (await world.post(world.typed("Northwind"), token=world.teams.token("two"))).status_code == 200
    assert (await world.post(world.typed("Northwind"), token=world.teams.token("one"))).status_code == 401


async def test_unknown_keys_are_not_asked_for_at_will(world: World) -> None:
    """Forged tokens of unknown keys make Kith ask Microsoft once a minute at the most."""
    await world.say("Northwind")
    for number in range(20):
        token = world.teams.token("evil", kid=f"k{number}")
        assert (await world.post(world.typed("Northwind"), token=token)).status_code == 401
    assert world.teams.calls.count("keys") == 1
    world.clock.forward(minutes=1)  # type: ignore[attr-defined]
    await world.post(world.typed("Northwind"), token=world.teams.token("evil"))
    assert world.teams.calls.count("keys") == 2


async def test_many_at_once_fetch_once(world: World) -> None:
    """The first requests of a process wait for one fetch of the keys, and their answers for one token."""
    answers = await asyncio.gather(*(world.post(world.typed("Northwind")) for _ in range(8)))
    assert {answer.status_code for answer in answers} == {200}
    assert (world.teams.calls.count("keys"), world.teams.calls.count("login")) == (1, 1)


async def test_no_keys_no_verdict(world: World) -> None:
    """While the keys cannot be fetched Teams is told to come again, and soon after it is heard."""
    world.teams.fail("keys", fault(500))
    assert (await world.post(world.typed("Northwind"))).status_code == 503
    assert (await world.post(world.typed("Northwind"))).status_code == 503
    world.clock.forward(seconds=11)  # type: ignore[attr-defined]
    assert (await world.post(world.typed("Northwind"))).status_code == 200


async def test_other_channels_keys(world: World) -> None:
    """A key that may not speak for Teams does not."""
    world.teams.endorsements = ["skype"]
    assert (await world.post(world.typed("Northwind"))).status_code == 401


async def test_other_directories(world: World, rows: Callable[[], Any]) -> None:
    """People of a directory that nobody allowed are refused, however well it is signed."""
    before = rows()
    foreign = {"tenant": {"id": "bbbbbbbb-0000-0000-0000-000000000002"}}
    answer = await world.post(world.typed("Northwind", channelData=foreign))
    assert answer.status_code == 403
    assert rows() == before


async def test_token_never_leaves_for_elsewhere(world: World) -> None:
    """An activity that wants its answer at an unknown host is refused, though the token names that host."""
    elsewhere = "https://smba.evil.example/amer/"
    said = world.typed("Northwind", serviceUrl=elsewhere)
    answer = await world.post(said, token=world.teams.token(serviceurl=elsewhere))
    assert answer.status_code == 401
    assert "login" not in world.teams.calls


@pytest.mark.parametrize(
    ("url", "microsoft"),
    [
        ("https://smba.trafficmanager.net/amer/", True),
        ("https://smba.infra.gov.teams.microsoft.us/gcch", True),
        ("http://smba.trafficmanager.net/amer/", False),
        ("https://smba.trafficmanager.net:8443/", False),
        ("https://smba.trafficmanager.net.evil.example/", False),
        ("https://evil.example/smba.trafficmanager.net", False),
        ("https://smba.trafficmanager.net@evil.example/", False),
        ("https://x@smba.trafficmanager.net/", False),
        ("https://[broken", False),
        ("", False),
    ],
)
def test_hosts(url: str, microsoft: bool) -> None:  # noqa: FBT001 - a table
    """Microsoft's connectors are known by scheme, whole name and port."""
    assert is_microsoft(url) is microsoft
    assert Hosts("https://smba.trafficmanager.net/teams", local=True).takes(url) is microsoft


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("http://localhost:3978/", True),
        ("http://127.0.0.1:56150/_connector", True),
        ("http://[::1]:1/", True),
        ("http://localhost.evil.example/", False),
        ("http://10.0.0.1/", False),
        ("ftp://localhost/", False),
    ],
)
def test_loopback(url: str, local: bool) -> None:  # noqa: FBT001 - a table
    """This machine is known by its numbers and its name."""
    assert is_loopback(url) is local


async def test_local_switch(sqlite_url: str) -> None:
    """Told to, Kith takes unsigned requests of this machine for a conversation on this machine, and nothing else."""
    async with running(sqlite_url, app_id="", password="", tenant_id="", local=True) as world:
        world.teams.needs_token = False
        said = world.typed("Northwind")
        assert (await world.post(said, token="")).status_code == 200
        elsewhere = said | {"serviceUrl": "https://smba.trafficmanager.net/amer/"}
        assert (await world.post(elsewhere, token="")).status_code == 401
        proxied = await world.post(said, token="", **{"x-forwarded-for": "203.0.113.9"})
        assert proxied.status_code == 401
        signed = await world.post(said, token="x.y.z")
        assert signed.status_code == 401


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b'{"type": 3}', b"[" * 100_000])
async def test_unreadable_bodies(world: World, body: bytes) -> None:
    """What is signed and no activity is refused without a stumble."""
    headers = {"authorization": f"Bearer {world.teams.token()}"}
    answer = await world.http.post("/teams/messages", content=body, headers=headers)
    assert answer.status_code == 400


async def test_too_large(world: World) -> None:
    """Nothing beyond a megabyte is read."""
    answer = await world.http.post("/teams/messages", content=b"x" * 2_000_000)
    assert answer.status_code == 413


async def test_bot_is_not_called(world: World) -> None:
    """What people say to each other in a room is none of Kith's business."""
    said = world.activity("message", room=True, text="Northwind is late again")
    assert (await world.post(said)).status_code == 200
    assert not world.teams.seen_in(ROOM)
    assert not world.teams.posted
