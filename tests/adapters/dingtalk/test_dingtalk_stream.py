"""Over Stream everything goes the same road: acknowledged when it is on disk, once however often it is brought."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest

from adapters.dingtalk.api import Api
from adapters.dingtalk.config import DingTalkConfig
from adapters.dingtalk.incoming import Said
from adapters.dingtalk.stream import Stream
from adapters.dingtalk.stream_frames import CARDS, MESSAGES, Frames
from commands.registry import VERBS
from core.errors import StoreUnavailableError
from tests.adapters.dingtalk.conftest import seeded
from tests.adapters.dingtalk.gateway import Gateway
from tests.adapters.dingtalk.people import World
from tests.adapters.dingtalk.standin import APP_KEY, APP_SECRET, CORP, Json

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
        self.frames = Frames(CORP, VERBS, hear=listener.take, presses=presses)
        self.stream = Stream(self._config, self._api, self.frames, pause=self._pause)

    async def _pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.gateway.changed()
        if len(self.pauses) >= 5:
            self.gateway.closed = False

    def hold_back(self) -> tuple[asyncio.Event, asyncio.Event]:
        """The next message is not taken before the second event is set; the first tells that it came."""
        begun, go_on = asyncio.Event(), asyncio.Event()
        hear = self.frames._hear

        async def held(said: Said) -> None:
            self.frames._hear = hear
            begun.set()
            await go_on.wait()
            await hear(said)

        self.frames._hear = held
        return begun, go_on

    async def close(self) -> None:
        await self.stream.stop()
        await self._api.close()


@asynccontextmanager
async def connected(world: World) -> AsyncIterator[Line]:
    gateway = Gateway(world.clock)
    await gateway.start()
    line = Line(world, gateway)
    line.stream.start()
    await gateway.until(lambda: gateway.opened)
    yield line
    await line.close()
    await gateway.stop()


async def _visits(world: World) -> int:
    return sum("Visit logged" in one.seen("wei") for one in world.server.of("wei"))


def pressed(card: str, params: Json) -> Json:
    """Wei's press in a card, as DingTalk pushes it."""
    content = json.dumps({"cardPrivateData": {"actionIds": ["press"], "params": params}})
    return {"type": "actionCallback", "outTrackId": card, "corpId": CORP, "userId": "wei", "content": content}


async def test_message_is_answered_and_acknowledged(world: World) -> None:
    """A line that came over the connection is a receipt in the chat, and its frame is acknowledged."""
    async with connected(world) as line:
        frame = await line.gateway.bring("CALLBACK", MESSAGES, world.message("wei", "visit Northwind: wants a demo"))
        assert await line.gateway.answered(frame) == {"response": None}
        await world.settle()
        assert "Visit logged" in world.server.last("wei").seen("wei")
        assert line.gateway.refused == []


async def test_what_comes_again_is_done_once(world: World) -> None:
    """Brought again under the same or another frame, over the same line or the next, a message is one visit."""
    async with connected(world) as line:
        payload = world.message("wei", "visit Northwind: wants a demo")
        first = await line.gateway.bring("CALLBACK", MESSAGES, payload)
        await line.gateway.answered(first)
        for cut in (False, True):
            if cut:
                line.gateway.cut()
                await line.gateway.until(lambda: line.gateway.opened == 2)
            await line.gateway.again(first)
            await line.gateway.answered(first)
            await line.gateway.answered(await line.gateway.bring("CALLBACK", MESSAGES, payload))
        await world.bring(payload)
        await world.settle()
        assert await _visits(world) == 1
        assert line.gateway.refused == []


async def test_frame_under_way_when_the_line_breaks(world: World) -> None:
    """What was taken before a break is done, though nobody can be told so, and once, though it is brought again."""
    async with connected(world) as line:
        payload = world.message("wei", "visit Northwind: wants a demo")
        begun, go_on = line.hold_back()
        first = await line.gateway.bring("CALLBACK", MESSAGES, payload)
        await begun.wait()
        line.gateway.cut()
        await line.gateway.until(lambda: line.gateway.opened == 2)
        go_on.set()
        await line.gateway.again(first)
        await line.gateway.answered(first)
        await world.settle()
        assert await _visits(world) == 1
        assert first in line.gateway.lines[0].waiting
        assert line.gateway.refused == []


async def test_there_is_a_line_before_one_is_let_go(world: World) -> None:
    """DingTalk takes a line away: the next stands at once, and what was under way is acknowledged on the old one."""
    async with connected(world) as line:
        await line.gateway.answered(await line.gateway.bring("SYSTEM", "ping", {"opaque": "abc"}))
        begun, go_on = line.hold_back()
        first = await line.gateway.bring("CALLBACK", MESSAGES, world.message("wei", "visit Northwind: wants a demo"))
        await begun.wait()
        await line.gateway.bid_goodbye()
        await line.gateway.until(lambda: line.gateway.opened == 2)
        assert (line.pauses, first in line.gateway.answers) == ([], False)
        go_on.set()
        assert await line.gateway.answered(first) == {"response": None}
        await world.settle()
        assert await _visits(world) == 1
        assert line.gateway.refused == []


async def test_ticket_opens_one_line(world: World) -> None:
    """A ticket that was used, or is older than 90 seconds, opens nothing; each line of Kith's has one of its own."""
    async with connected(world) as line, aiohttp.ClientSession() as session:
        first, second = await line.stream._address(), await line.stream._address()
        async with session.ws_connect(first):
            for used in (first, second):
                world.clock.forward(seconds=91)
                with pytest.raises(aiohttp.WSServerHandshakeError, match="401"):
                    await session.ws_connect(used)


async def test_press_is_answered_on_the_line(cards: World) -> None:
    """A press gets its change of the card in the acknowledgement; the same frame again does nothing twice."""
    message = await cards.say("wei", "new task Northwind: call them tomorrow")
    button = next(one for one in message.buttons("wei") if one["text"] == "Undo")
    payload = pressed(message.card, button["event"]["params"]["params"])
    async with connected(cards) as line:
        frame = await line.gateway.bring("CALLBACK", CARDS, payload)
        assert set(await line.gateway.answered(frame)) == {"response"}
        await cards.settle()
        shown = [one.seen("wei") for one in cards.server.of("wei")]
        await line.gateway.again(frame)
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
        assert await line.gateway.answered(await line.gateway.bring("CALLBACK", MESSAGES, foreign)) == {"code": 400}
        await world.settle()
        assert line.gateway.refused == []
        assert len(world.server.messages) == before


async def test_line_is_made_anew(world: World) -> None:
    """After a break, and after DingTalk says goodbye, there is another line with another ticket."""
    async with connected(world) as line:
        line.gateway.cut()
        await line.gateway.until(lambda: line.gateway.opened == 2)
        await line.gateway.bid_goodbye()
        await line.gateway.until(lambda: line.gateway.opened == 3)
        frame = await line.gateway.bring("CALLBACK", MESSAGES, world.message("wei", "Northwind"))
        await line.gateway.answered(frame)


async def test_card_asks_for_its_presses_on_the_line(sqlite_url: str) -> None:
    """In Stream mode a card names no address: its presses come over the line, and change it as they do otherwise."""
    async with seeded(sqlite_url, stream=True) as world, connected(world) as line:
        message = world.message("wei", "new task Northwind: call them tomorrow")
        await line.gateway.answered(await line.gateway.bring("CALLBACK", MESSAGES, message))
        await world.settle()
        card = world.server.last("wei")
        assert (world.server.callbacks, card.route_key) == ({}, "")
        undo = next(one for one in card.buttons("wei") if one["text"] == "Undo")
        payload = pressed(card.card, undo["event"]["params"]["params"])
        await line.gateway.answered(await line.gateway.bring("CALLBACK", CARDS, payload))
        await world.settle()
        assert any("Undone" in one.seen("wei") for one in world.server.of("wei"))


async def test_pauses_grow_while_nobody_answers(world: World) -> None:
    """A gateway that is away is asked less and less often, and found when it is back."""
    async with connected(world) as line:
        line.gateway.closed = True
        line.gateway.cut()
        await line.gateway.until(lambda: line.gateway.opened == 2)
        assert line.pauses[:5] == [1.0, 2.0, 4.0, 8.0, 16.0]


async def test_what_cannot_be_kept_is_tried_again(world: World) -> None:
    """While the database is away nothing is acknowledged; when it is back, it is done without being brought again."""
    async with connected(world) as line:
        hear, away = line.frames._hear, iter(range(3))

        async def heard(said: Said) -> None:
            if next(away, None) is not None:
                raise StoreUnavailableError
            await hear(said)

        line.frames._hear = heard
        frame = await line.gateway.bring("CALLBACK", MESSAGES, world.message("wei", "visit Northwind: later"))
        await line.gateway.answered(frame)
        assert line.pauses == [1.0] * 3
        await world.settle()
        assert await _visits(world) == 1


async def test_what_cannot_be_kept_is_not_acknowledged(world: World) -> None:
    """A database that stays away for half a minute is not waited for: the frame is left to be brought again."""
    async with connected(world) as line:

        async def away(_said: Said) -> None:
            raise StoreUnavailableError

        line.frames._hear = away
        frame = await line.gateway.bring("CALLBACK", MESSAGES, world.message("wei", "visit Northwind: later"))
        await line.gateway.until(lambda: len(line.pauses) == 30)
        assert frame not in line.gateway.answers


async def test_strange_frames_end_nothing(world: World) -> None:
    """A frame without headers, or that is none, is no message; the line stands, and the next one is taken."""
    async with connected(world) as line:
        for strange in ('{"type": "SYSTEM", "headers": [1]}', "[]", "no JSON"):
            await line.gateway.lines[-1].socket.send_str(strange)
        frame = await line.gateway.bring("CALLBACK", MESSAGES, world.message("wei", "Northwind"))
        await line.gateway.answered(frame)
