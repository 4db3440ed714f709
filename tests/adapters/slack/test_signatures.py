"""Only Slack is let in, and only now; whoever else calls leaves no trace."""

import json
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest

from adapters.callbacks.bodies import BODY_MAX
from adapters.slack.signature import Signature
from tests.adapters.slack.world import FakeClock, World, recorded, running

pytestmark = pytest.mark.anyio
FORM = "application/x-www-form-urlencoded"
_VECTORS = Path(__file__).parents[4] / "shared" / "bench" / "vectors.json"


@pytest.fixture
def vector() -> dict[str, str]:
    """Slack's own published example of a signed request."""
    if not _VECTORS.exists():
        pytest.skip("no shared vectors here")
    found: dict[str, str] = json.loads(_VECTORS.read_text())["slack_v0"]
    return found


async def test_the_published_request_is_let_in(vector: dict[str, str]) -> None:
    """The example fits its signature at its time, and not with one byte changed or 301 seconds away."""
    clock = FakeClock()
    clock.instant = clock.instant.fromtimestamp(int(vector["timestamp"]), clock.instant.tzinfo)
    signature = Signature(vector["secret"], clock)
    body = vector["body"].encode()
    assert signature.fits(body, vector["timestamp"], vector["signature"])
    assert not signature.fits(body + b" ", vector["timestamp"], vector["signature"])
    assert not signature.fits(body, vector["timestamp"], vector["signature"][:-1] + "0")
    clock.move(seconds=300)
    assert signature.fits(body, vector["timestamp"], vector["signature"])
    clock.move(seconds=1)
    assert not signature.fits(body, vector["timestamp"], vector["signature"])


async def test_the_published_request_goes_all_the_way(vector: dict[str, str], sqlite_url: str) -> None:
    """Sent over HTTP at its time, the example is answered; it comes from nobody Kith knows."""
    async with running(sqlite_url, signing_secret=vector["secret"]) as world:
        headers = {
            "content-type": FORM,
            "x-slack-request-timestamp": vector["timestamp"],
            "x-slack-signature": vector["signature"],
        }
        late = await world.http.post("/slack/events", content=vector["body"], headers=headers)
        world.clock.instant = world.clock.instant.fromtimestamp(int(vector["timestamp"]), world.clock.instant.tzinfo)
        in_time = await world.http.post("/slack/events", content=vector["body"], headers=headers)
    assert (late.status_code, in_time.status_code) == (401, 200)
    assert "link CODE" in str(in_time.json())


@pytest.mark.parametrize(
    ("timestamp", "signature"),
    [
        ("right", "v0=" + "0" * 64),
        ("right", ""),
        ("right", "v0=é"),
        ("right", "another secret"),
        ("", "right"),
        ("not a number", "right"),
        ("9" * 400, "right"),
        ("-5", "right"),
        ("301 seconds ago", "right"),
        ("301 seconds ahead", "right"),
    ],
)
async def test_a_forged_request_leaves_no_trace(world: World, timestamp: str, signature: str) -> None:
    """A signature that is wrong, missing, stale or nonsense is 401; nothing is stored and nobody is called."""
    now = int(world.clock.now().timestamp())
    known = {"right": str(now), "301 seconds ago": str(now - 301), "301 seconds ahead": str(now + 301)}
    timestamp = known.get(timestamp, timestamp)
    body = urlencode(world.typed("visit Northwind: wants a demo")).encode()
    signed = {"right": world.signature(body, timestamp), "another secret": world.signature(body, timestamp, "other")}
    answer = await world.http.post(
        "/slack/events",
        content=body,
        headers={
            "content-type": FORM,
            "x-slack-request-timestamp": timestamp,
            "x-slack-signature": signed.get(signature, signature).encode(),  # type: ignore[dict-item]
        },
    )
    await world.road.settle()
    assert answer.status_code == 401
    assert answer.content == b""
    assert (world.count("deliveries"), world.count("jobs"), world.count("activities")) == (0, 0, 0)
    assert world.slack.calls == []


async def test_without_a_secret_nobody_is_let_in(sqlite_url: str) -> None:
    """In Socket Mode no secret is set, and then the address is closed to everybody."""
    async with running(sqlite_url, signing_secret="") as world:
        assert (await world.command("Northwind")).status_code == 401


async def test_a_flood_is_not_read(world: World) -> None:
    """A body larger than Slack ever sends is refused before it is held, with a length told or not."""
    told = await world.post(b"x" * (BODY_MAX + 1), FORM)

    async def untold() -> httpx.AsyncByteStream:  # type: ignore[misc]
        for _ in range(BODY_MAX // 1024 + 1):
            yield b"x" * 1024

    streamed = await world.http.post("/slack/events", content=untold(), headers={"content-type": FORM})
    assert (told.status_code, streamed.status_code) == (413, 413)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"{", "application/json"),
        (b"[]", "application/json"),
        (b"payload=%7B", FORM),
        (b"payload=%5B%5D", FORM),
        (b"command=%2Fcrm", FORM),
        (b'{"type":"event_callback","event":{"type":"app_mention","user":"U1"}}', "application/json"),
        (b'{"type":"event_callback","event":null}', "application/json"),
        (b'{"type":"event_callback","event":[1]}', "application/json"),
        (b'{"type":"block_actions"}', "application/json"),
        (b'{"type":"block_actions","user":"U1","team":["T1"]}', "application/json"),
        (b'{"type":"block_actions","user":{"id":5},"actions":"none"}', "application/json"),
    ],
)
async def test_a_signed_riddle_is_refused(world: World, body: bytes, content_type: str) -> None:
    """What is signed but no payload is 400, not a crash, and stores nothing."""
    answer = await world.post(body, content_type)
    assert answer.status_code == 400
    assert world.count("deliveries") == 0


@pytest.mark.parametrize("body", [b"\xff\xfe", b"", b"{}"])
async def test_a_signed_nothing_is_harmless(world: World, body: bytes) -> None:
    """Bytes that are no text, no body, and an empty object do no harm."""
    answer = await world.post(body, "application/json")
    assert answer.status_code in {200, 400, 401}
    assert world.count("deliveries") == 0


async def test_the_address_is_verified(world: World) -> None:
    """Slack's challenge is given back to it, and to nobody who did not sign it."""
    body = json.dumps(recorded("url_verification")).encode()
    answer = await world.post(body, "application/json")
    forged = await world.http.post("/slack/events", content=body, headers={"content-type": "application/json"})
    assert answer.json() == {"challenge": recorded("url_verification")["challenge"]}
    assert forged.status_code == 401


async def test_the_certificate_is_looked_at(world: World) -> None:
    """Slack's unsigned look at the certificate is answered; a command does not slip in by calling itself one."""
    headers = {"content-type": FORM}
    looked = await world.http.post("/slack/events", content=b"ssl_check=1&token=legacy", headers=headers)
    slipped = await world.http.post(
        "/slack/events", content=b"ssl_check=1&command=/crm&user_id=U1&text=x", headers=headers
    )
    got = await world.http.get("/slack/events", params={"ssl_check": "1", "token": "legacy"})
    browsed = await world.http.get("/slack/events")
    assert [one.status_code for one in (looked, slipped, got, browsed)] == [200, 401, 200, 405]
