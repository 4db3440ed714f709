"""What the emulated Mattermost refuses by itself, and that whoever plays with it is told."""

from collections.abc import AsyncIterator

import httpx
import pytest

from bots.emulators.mattermost.demo import Mattermost
from bots.emulators.mattermost.server import BOT, BOT_TOKEN, MattermostServer
from bots.emulators.model import Person
from tests.emulated import Listening
from tests.kith import SteppedClock

ROOM, WEI = "r" * 26, "w" * 26
_HEADERS = {"Authorization": f"Bearer {BOT_TOKEN}"}


@pytest.fixture
def server() -> MattermostServer:
    """A server with one person and one channel."""
    made = MattermostServer(SteppedClock())
    made.person(WEI, "wei")
    made.channel(ROOM, "deals", WEI, BOT)
    return made


@pytest.fixture
async def calls(server: MattermostServer) -> AsyncIterator[httpx.AsyncClient]:
    """What Kith calls it by."""
    listening = Listening(server.routes())
    await listening.start()
    async with httpx.AsyncClient(base_url=f"{listening.url}/api/v4", headers=_HEADERS) as client:
        yield client
    await listening.stop()


@pytest.mark.anyio
async def test_more_calls_than_the_limit(server: MattermostServer, calls: httpx.AsyncClient) -> None:
    """A hundred calls at once are taken; the next waits as long as it is told, and is taken then."""
    taken = [(await calls.get("/users/me")).status_code for _ in range(100)]
    refused = await calls.get("/users/me")
    assert (set(taken), refused.status_code, refused.headers["Retry-After"]) == ({200}, 429, "1")
    server.clock.forward(seconds=1)  # type: ignore[attr-defined]  # the test's own clock
    assert (await calls.get("/users/me")).status_code == 200


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("post", "status"),
    [
        ({"channel_id": ROOM, "message": "x" * 16_384}, 400),
        ({"channel_id": ROOM, "message": ""}, 400),
        ({"channel_id": ROOM, "message": "a", "props": {"attachments": [{"color": "greenish"}]}}, 400),
        ({"channel_id": "elsewhere", "message": "a"}, 403),
    ],
)
async def test_wrong_post(server: MattermostServer, calls: httpx.AsyncClient, post: object, status: int) -> None:
    """A post that the real server would not take is not kept, and the refusal is noted."""
    answer = await calls.post("/posts", json=post)
    assert (answer.status_code, server.posts) == (status, {})
    assert server.refusals.lines[-1].startswith("POST /api/v4/posts: ")


@pytest.mark.anyio
async def test_expired_token(server: MattermostServer, calls: httpx.AsyncClient) -> None:
    """A bot's token that was revoked is good for nothing."""
    server.tokens.clear()
    assert (await calls.get("/users/me")).status_code == 401


@pytest.mark.anyio
async def test_whoever_plays_is_told() -> None:
    """What the server refuses stands on the page beside the chat."""
    wei = Person("wei", "Wei", "en")
    played = Mattermost("http://kith.invalid", [wei])
    listening = Listening(played.routes())
    await listening.start()
    async with httpx.AsyncClient(base_url=listening.url, headers=_HEADERS) as client:
        await client.post("/api/v4/posts", json={"channel_id": ROOM, "message": ""})
    assert list(played.screen(wei).refused) == ["POST /api/v4/posts: api.post.empty"]
    await listening.stop()
    await played.close()
