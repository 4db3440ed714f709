"""Over Stream everything goes the same road: acknowledged when it is on disk, once however often it is brought."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from adapters.dingtalk.api import Api
from adapters.dingtalk.config import DingTalkConfig
from adapters.dingtalk.stream import Stream
from adapters.dingtalk.stream_frames import CARDS, MESSAGES, Frames
from commands.registry import VERBS
from core.errors import StoreUnavailableError
from tests.adapters.dingtalk.gateway import Gateway
from tests.adapters.dingtalk.people import World
from tests.adapters.dingtalk.standin import APP_KEY, APP_SECRET, CORP

pytestmark = pytest.mark.anyio


class Line:
    """Kith on the gateway, beside a world whose HTTP sides are used for sending alone."""

    def __init__(self, world: World, gateway: Gateway, secret: str = APP_SECRET) -> None:
        self.gateway = gateway
        self.pauses: list[float] = []
        self._config = DingTalkConfig(app_key=APP_KEY, app_secret=secret, corp_id=CORP, api_url=gateway.url)
        self._api = Api(self._config, world.clock)
        listener, presses = world.adapter._listener, world.adapter._presses
        assert listener is not None
        assert presses is not None
        frames = Frames(CORP, VERBS, hear=listener.take, presses=presses)
        self.stream = Stream(self._config, self._api, frames, pause=self._pause)

    async def _pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.gateway._changed.set()
        if len(self.pauses) >= 5:
            self.gateway.closed = False

    async def close(self) -> None:
        await self.stream.stop()
        await self._api.close()


@asynccontextmanager
async def connected(world: World) -> AsyncIterator[Line]:
    gateway = Gateway()
    await gateway.start()
    line = Line(world, gateway)
    line.stream.start()
    await gateway.until(lambda: gateway.opened)
    yield line
    await line.close()
    await gateway.stop()


async def _visits(world: World) -> int:
    return sum("Visit logged" in one.seen("wei") for one in world.server.of("wei"))


async def test_message_is_answered_and_acknowledged(world: World) -> None:
    """A line that came over the connection is a receipt in the chat, and its frame is acknowledged."""
    async with connected(world) as line:
        frame = await line.gateway.bring("CALLBACK", MESSAGES, world.message("wei", "visit Northwind: wants a demo"))
        assert await line.gateway.answered(frame) == {"response": {}}
        await world.settle()
        assert "Visit logged" in world.server.last("wei").seen("wei")
        assert line.gateway.refused == []


async def test_what_comes_again_is_done_once(world: World) -> None:
    """Brought again under the same or another frame, over the same line or the next, a message is one visit."""
    async with connected(world) as line:
        payload = world.message("wei", "visit Northwind: wants a demo")
        first = await line.gateway.bring("CALLBACK", MESSAGES, payload)
        frame = line.gateway.waiting.get(first, "")
        await line.gateway.answered(first)
        await line.gateway.cut()
        await line.gateway.until(lambda: line.gateway.opened == 2)
        if frame:
            await line.gateway.again(first, frame)
            await line.gateway.answered(first)
        await line.gateway.answered(await line.gateway.bring("CALLBACK", MESSAGES, payload))
        await world.bring(payload)
        await world.settle()
        assert await _visits(world) == 1


async def test_press_is_answered_on_the_line(cards: World) -> None:
    """A press gets its change of the card in the acknowledgement; the same frame again does nothing twice."""
    message = await cards.say("wei", "new task Northwind: call them tomorrow")
    button = next(one for one in message.buttons("wei") if one["text"] == "Undo")
    params = button["event"]["params"]["params"]
    content = json.dumps({"cardPrivateData": {"actionIds": ["press"], "params": params}})
    payload = {
        "type": "actionCallback",
        "outTrackId": message.card,
        "corpId": CORP,
        "userId": "wei",
        "content": content,
    }
    async with connected(cards) as line:
        frame = await line.gateway.bring("CALLBACK", CARDS, payload)
        assert set(await line.gateway.answered(frame)) == {"response"}
        await cards.settle()
        shown = [one.seen("wei") for one in cards.server.of("wei")]
        text = json.dumps({"specVersion": "1.0", "type": "CALLBACK", "data": json.dumps(payload)})
        again = json.loads(text) | {"headers": {"topic": CARDS, "messageId": frame}}
        await line.gateway.again(frame, json.dumps(again))
        await line.gateway.answered(frame)
        await cards.settle()
        assert [one.seen("wei") for one in cards.server.of("wei")] == shown


async def test_ping_event_and_strangers(world: World) -> None:
    """A ping comes back as it came, events are taken, another organisation's message is refused and leaves nothing."""
    async with connected(world) as line:
        ping = await line.gateway.bring("SYSTEM", "ping", {"opaque": "abc"})
        assert await line.gateway.answered(ping) == {"opaque": "abc"}
        event = await line.gateway.bring("EVENT", "chat_update_title", {"eventId": "1"})
        assert (await line.gateway.answered(event))["status"] == "SUCCESS"
        before = len(world.server.messages)
        foreign = world.message("wei", "visit Northwind: no", chatbotCorpId="dingother")
        assert await line.gateway.answered(await line.gateway.bring("CALLBACK", MESSAGES, foreign)) == {}
        await world.settle()
        assert line.gateway.refused == ["code 400"]
        assert len(world.server.messages) == before


async def test_line_is_made_anew(world: World) -> None:
    """After a break, and after DingTalk says goodbye, there is another line with another ticket."""
    async with connected(world) as line:
        await line.gateway.cut()
        await line.gateway.until(lambda: line.gateway.opened == 2)
        await line.gateway.bring("SYSTEM", "disconnect", {"reason": "persistentConn"})
        await line.gateway.until(lambda: line.gateway.opened == 3)
        frame = await line.gateway.bring("CALLBACK", MESSAGES, world.message("wei", "Northwind"))
        await line.gateway.answered(frame)


async def test_pauses_grow_while_nobody_answers(world: World) -> None:
    """A gateway that is away is asked less and less often, and found when it is back."""
    async with connected(world) as line:
        line.gateway.closed = True
        await line.gateway.cut()
        await line.gateway.until(lambda: line.gateway.opened == 2)
        assert line.pauses[:5] == [1.0, 2.0, 4.0, 8.0, 16.0]


async def test_what_could_not_be_kept_is_not_acknowledged(world: World) -> None:
    """While the database is away nothing is acknowledged, so that DingTalk brings it again."""

    async def away(_said: Any) -> None:
        raise StoreUnavailableError

    frames = Frames(CORP, VERBS, hear=away, presses=world.adapter._presses)  # type: ignore[arg-type]
    data = json.dumps(world.message("wei", "visit Northwind: later"))
    frame = {"type": "CALLBACK", "headers": {"topic": MESSAGES, "messageId": "1"}, "data": data}
    assert await frames.take(frame) is None
