"""Over the long connection everything goes the same road: answered when it is on disk, once however often it comes."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from structlog.testing import capture_logs

from adapters.feishu.api import FeishuApi
from adapters.feishu.app import FeishuAdapter
from adapters.feishu.config import FeishuConfig
from adapters.feishu.line_frames import Frame
from adapters.feishu.line_wishes import Wishes
from adapters.feishu.socket import Socket
from bots.emulators.feishu.server import APP_ID, APP_SECRET
from commands.model import Incoming, Reply
from commands.registry import VERBS
from core.errors import StoreUnavailableError
from tests.adapters.feishu.hands import action
from tests.adapters.feishu.socket_standin import PING_SECONDS, Exchange
from tests.adapters.feishu.test_feishu_previews import northwind
from tests.adapters.feishu.world import LIN, PUBLIC_URL, ROOM, WEI, World, open_id, running

pytestmark = pytest.mark.anyio
_PINGS = {90.0, float(PING_SECONDS)}
_REFUSED = 300.0


class Held:
    """Kith on the exchange, beside a world whose HTTP sides are used for sending alone."""

    def __init__(self, world: World, exchange: Exchange, secret: str = APP_SECRET) -> None:
        self.exchange = exchange
        self.pauses: list[float] = []  # between two tries
        self.pings: list[float] = []  # between two pings
        self.next_ping = asyncio.Event()
        self.enough = 1_000  # tries
        config = FeishuConfig(app_id=APP_ID, app_secret=secret, encrypt_key="", api_url=exchange.url)
        self._api = FeishuApi(config, world.clock)
        hear = world.adapter._hearing.hear
        self.socket = Socket(self._api, exchange.url, hear, world.clock, pause=self._pause, jitter=lambda: 0.5)

    async def _pause(self, seconds: float) -> None:
        if seconds in _PINGS:
            self.pings.append(seconds)
            self.exchange.changed()
            await self.next_ping.wait()
            self.next_ping.clear()
            return
        self.pauses.append(seconds)
        self.exchange.changed()
        if len(self.pauses) >= self.enough:
            await asyncio.Event().wait()

    async def close(self) -> None:
        await self.socket.stop()
        await self._api.close()


@asynccontextmanager
async def held(
    world: World, *, secret: str = APP_SECRET, prepare: Callable[[Held], None] = lambda _held: None
) -> AsyncIterator[Held]:
    exchange = Exchange()
    await exchange.start()
    one = Held(world, exchange, secret)
    prepare(one)
    one.socket.start()
    try:
        yield one
    finally:
        await one.close()
        await exchange.stop()


async def brought(line: Held, payload: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An event and its answer."""
    await line.exchange.until(lambda: line.exchange.opened)
    return await line.exchange.answered(await line.exchange.bring(payload, **more))


async def test_message_is_answered(world: World) -> None:
    """A line that came over the connection is a receipt in the chat; in a group only a mention is."""
    async with held(world) as line:
        said = world.message(WEI, "visit Northwind: wants a demo")
        assert await brought(line, said) == {"code": 200, "headers": {}, "data": {}}
        await brought(line, world.message(WEI, "visit Northwind: no", chat=ROOM))
        await world.settle()
        assert "Visit logged" in world.newest(WEI).words
        assert await world.count("activities") == 1
        assert line.exchange.refused == []


async def test_menu_entry_and_what_nobody_asked_for(world: World) -> None:
    """An entry of the bot's menu is a line; an event that nothing is known of is taken, and leaves nothing."""
    async with held(world) as line:
        ids = {"union_id": WEI, "open_id": open_id(WEI)}
        chosen = {"operator": {"operator_id": ids}, "event_key": "Northwind"}
        await brought(line, world.event("application.bot.menu_v6", chosen))
        assert (await brought(line, world.event("im.chat.updated_v1", {})))["code"] == 200
        await world.settle()
        assert "Owner" in world.newest(WEI).words


async def test_pieces_are_one_event(world: World) -> None:
    """An event in five frames, in any order, is one visit, and one of the frames is answered."""
    async with held(world) as line:
        said = world.message(WEI, "拜访 远航科技 谈二期报价")
        await brought(line, said, parts=5, order=(4, 1, 0, 1, 3, 2))
        await world.settle()
        assert await world.count("activities") == 1
        assert len(line.exchange.answers) == 1
        assert line.exchange.refused == []


async def test_press_is_answered_on_the_line(world: World) -> None:
    """A press gets toast and card in its answer, as over HTTP; the same press again, over either way, does nothing."""
    receipt = await world.says(WEI, "visit Northwind: saw the line")
    pressed = world.callback(WEI, receipt, action(receipt, "Undo"))
    async with held(world) as line:
        told = (await brought(line, pressed, kind="card"))["data"]
        assert told["toast"] == {"type": "success", "content": "Undone"}
        world.feishu.replace(receipt.id, told["card"]["data"])
        assert "Activity taken back" in world.newest(WEI).words
        assert (await brought(line, pressed))["data"] == {}
        assert (await world.post(pressed)).json() == {}
        assert await world.count("activities") == 0


async def test_press_whose_answer_is_a_message(world: World) -> None:
    """What a button opens as a message of its own comes when the press was answered."""
    shown = await world.says(WEI, "Northwind")
    async with held(world) as line:
        await brought(line, world.callback(WEI, shown, action(shown, "New task")))
        await world.settle()
        assert world.newest(WEI).id != shown.id
        assert "Northwind" in world.newest(WEI).words


async def test_link_preview(world: World) -> None:
    """A link to a customer is answered on the line with what may be seen of it."""
    world.feishu.chats[ROOM].members.remove(LIN)
    operator = {"open_id": open_id(WEI), "tenant_key": "t_kith"}
    url = f"{PUBLIC_URL}/c/{await northwind(world)}"
    looked = {"operator": operator, "context": {"url": url, "open_chat_id": ROOM, "preview_token": "p"}}
    event = world.event("url.preview.get", looked)
    expected = (await world.post(event)).json()
    async with held(world) as line:
        assert (await brought(line, event))["data"] == expected
        assert expected["inline"]["title"] == "Northwind"


def slowly(world: World, monkeypatch: pytest.MonkeyPatch) -> tuple[asyncio.Event, asyncio.Event]:
    """Whether an event is on disk by now, and whether it may be answered."""
    hear = world.adapter._hearing._listener.hear
    taken, go_on = asyncio.Event(), asyncio.Event()

    async def slow(*given: Any) -> Any:
        answer = await hear(*given)
        taken.set()
        await go_on.wait()
        return answer

    monkeypatch.setattr(world.adapter._hearing._listener, "hear", slow)
    return taken, go_on


async def test_broken_line_loses_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line that breaks before its answer has gone is made anew; the event comes again, and is done once."""
    taken, go_on = slowly(world, monkeypatch)
    said = world.message(WEI, "visit Northwind: wants a demo")
    async with held(world) as line:
        await line.exchange.until(lambda: line.exchange.opened)
        first = await line.exchange.bring(said)
        await taken.wait()
        await line.exchange.cut()
        go_on.set()
        await line.exchange.until(lambda: line.exchange.opened == 2)
        assert first not in line.exchange.answers
        assert (await brought(line, said))["code"] == 200
        await world.settle()
        assert await world.count("activities") == 1
        assert sum("Visit logged" in one.words for one in world.feishu.posted) == 1
        assert line.pauses == [15.0]  # half of the 30 within which Feishu wants everybody back


async def test_end_answers_what_was_taken(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that ends answers what it has taken before it hangs up."""
    taken, go_on = slowly(world, monkeypatch)
    async with held(world) as line:
        await line.exchange.until(lambda: line.exchange.opened)
        message = await line.exchange.bring(world.message(WEI, "visit Northwind: wants a demo"))
        await taken.wait()
        stopping = asyncio.ensure_future(line.socket.stop())
        go_on.set()
        await stopping
        assert (await line.exchange.answered(message))["code"] == 200


async def test_what_could_not_be_kept_comes_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the database is away an event is answered 500, and done when it comes again."""

    async def away(_incoming: Incoming) -> Reply:
        raise StoreUnavailableError("gone")

    said = world.message(WEI, "visit Northwind: wants a demo")
    async with held(world) as line:
        with monkeypatch.context() as patched:
            patched.setattr(world.road, "receive", away)
            assert await brought(line, said) == {"code": 500, "headers": {}}
        assert (await brought(line, said))["code"] == 200
        await world.settle()
        assert await world.count("activities") == 1


async def test_pings_and_what_pongs_tell(world: World) -> None:
    """A ping goes out at once and in the rhythm that Feishu names, first with the address and then with a pong."""
    async with held(world) as line:
        await line.exchange.until(lambda: line.exchange.pings == 1 and line.pings)
        await brought(line, world.message(WEI, "help"))  # what came before is read by now
        line.next_ping.set()
        await line.exchange.until(lambda: line.exchange.pings == 2 and len(line.pings) == 2)
        assert line.pings == [90.0, float(PING_SECONDS)]
        assert line.exchange.refused == []


async def test_nonsense_ends_nothing(world: World) -> None:
    """Bytes that are no frame, pieces that fit nowhere, strange kinds and unreadable events leave the line standing."""
    async with held(world) as line:
        await line.exchange.until(lambda: line.exchange.opened)
        await line.exchange.send_raw(b"\xff\xff")
        await line.exchange.send(Frame(method=1, headers=(("type", "event"), ("sum", "2"), ("seq", "7"))))
        await line.exchange.send(Frame(method=1, headers=(("type", "letter"),)))
        await line.exchange.send(Frame(headers=(("type", "pong"),), payload=b"{"))
        await line.exchange.send(Frame(method=9))
        assert (await brought(line, {"header": None}))["code"] == 500
        assert (await brought(line, world.message(WEI, "Northwind")))["code"] == 200
        assert line.exchange.opened == 1


async def test_wrong_secret_is_told_and_not_hammered(world: World) -> None:
    """A secret that is refused is told with what to look at, never itself, and tried again after minutes."""
    with capture_logs() as logs:
        async with held(world, secret="not-the-secret", prepare=lambda one: setattr(one, "enough", 2)) as line:
            await line.exchange.until(lambda: len(line.pauses) == 2)
            assert line.pauses == [_REFUSED, _REFUSED]
            assert line.exchange.opened == 0
    told = next(one for one in logs if one["event"] == "feishu_line_refused")
    assert told["reason"] == "line_514"
    assert "KITH_FEISHU_APP_SECRET" in told["look_at"]
    assert "not-the-secret" not in str(logs)


async def test_too_many_connections_are_told(world: World) -> None:
    """The fifty-first connection is refused at the door; that is said, and tried again after minutes."""

    def full(one: Held) -> None:
        door = {"handshake-status": "514", "handshake-msg": "exceed", "handshake-autherrcode": "1000040350"}
        one.exchange.handshakes = [door, {"handshake-status": "514", "handshake-msg": "ticket"}]

    with capture_logs() as logs:
        async with held(world, prepare=full) as line:
            await line.exchange.until(lambda: line.exchange.opened)
            assert line.pauses == [_REFUSED, 2.0]
    assert "50 connections" in next(one for one in logs if one["event"] == "feishu_line_refused")["look_at"]
    assert "ticket-" not in str(logs)


async def test_pauses_grow_while_feishu_is_busy(world: World) -> None:
    """Feishu that is busy is asked less and less often, up to the interval that it named, and found when it is back."""
    async with held(world) as line:
        await brought(line, world.message(WEI, "help"))
        line.exchange.busy = 6
        await line.exchange.cut()
        await line.exchange.until(lambda: line.exchange.opened == 2)
        assert line.pauses == [15.0, 1.0, 2.0, 4.0, 8.0, 8.0, 8.0]


async def test_only_feishu_is_connected_to(world: World) -> None:
    """An address at another's host is not gone to."""

    def astray(one: Held) -> None:
        one.exchange.elsewhere = "wss://elsewhere.example"
        one.enough = 2

    async with held(world, prepare=astray) as line:
        await line.exchange.until(lambda: len(line.pauses) == 2)
        assert line.exchange.opened == 0
    config = FeishuConfig(app_id="", app_secret="", encrypt_key="")
    socket = Socket(FeishuApi(config, world.clock), config.api_url, world.adapter._hearing.hear, world.clock)
    addresses = ("wss://msg-frontier.feishu.cn/ws/v2", "ws://msg-frontier.feishu.cn/ws", "wss://xfeishu.cn/ws")
    assert [socket._is_feishus(one) for one in addresses] == [True, False, False]


async def test_without_http_there_is_no_route(sqlite_url: str) -> None:
    """Beside a long connection nothing is taken over HTTP, where there need be no key to verify it by."""
    async with running(sqlite_url, socket=True, encrypt_key="", verification_token="") as world:
        assert (await world.sent(world.message(WEI, "visit Northwind: x"))).status_code == 404


def test_wishes_that_make_no_sense() -> None:
    """What Feishu does not say, or says as what is no number of seconds, leaves what was."""
    wishes = Wishes()
    for told in (None, [], {"PingInterval": 0}, {"PingInterval": "5"}, {"ReconnectNonce": -1}, {"PingInterval": True}):
        wishes.take(told)
    assert (wishes.ping, wishes.nonce, wishes.interval) == (120.0, 30.0, 120.0)
    wishes.take({"PingInterval": 60, "ReconnectNonce": 0, "ReconnectInterval": 10, "ReconnectCount": 3})
    assert (wishes.ping, wishes.nonce, wishes.interval) == (60.0, 0.0, 10.0)


async def test_adapter_holds_a_line(sqlite_url: str) -> None:
    """Set to it, the adapter holds a connection from its start to its stop; in a process that only sends, none."""
    exchange = Exchange()
    await exchange.start()
    async with running(sqlite_url, socket=True, encrypt_key="", api_url=exchange.url) as world:
        await world.adapter.start()
        await exchange.until(lambda: exchange.opened)
        message = await exchange.bring(world.message(WEI, "visit Northwind: wants a demo"))
        assert (await exchange.answered(message))["code"] == 200
        await world.settle()
        assert await world.count("activities") == 1
        silent = FeishuConfig(app_id=APP_ID, app_secret="", encrypt_key="", socket=True, listens=False)
        assert FeishuAdapter(silent, world.database, VERBS, world.clock)._socket is None
    await exchange.stop()
