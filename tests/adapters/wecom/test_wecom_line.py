"""A robot over a long connection: one line among all processes, nothing lost and nothing twice when it breaks."""

from collections.abc import AsyncIterator

import pytest

from adapters.callbacks.calls import CallError
from adapters.wecom.turns import LENGTH
from cards.model import Card, Heading
from commands.model import Reply
from commands.sending import Address, Sent
from core.work import Database
from tests.adapters.wecom.line_standin import BOT, BOT_SECRET, LineStandIn, Waits
from tests.adapters.wecom.standin import CORP, StandIn
from tests.adapters.wecom.world import ROOM, World, rows
from tests.kith import SteppedClock

pytestmark = pytest.mark.anyio
TICK = LENGTH.total_seconds() / 2
ROBOT = {"robot_id": BOT, "robot_secret": BOT_SECRET}


@pytest.fixture
async def line(wecom: StandIn) -> AsyncIterator[LineStandIn]:
    standin = LineStandIn(wecom)
    await standin.start()
    yield standin
    await standin.stop()


@pytest.fixture
def waits(anyio_backend: str) -> Waits:
    return Waits()


@pytest.fixture
async def lined(world: World, line: LineStandIn, waits: Waits) -> AsyncIterator[World]:
    """Kith with a line that is open, over the database of ``world``."""
    made = _process(world.database, world, line, waits)
    await made.start()
    await line.heard("aibot_subscribe")
    yield made
    await made.stop()


def _process(database: Database, like: World, line: LineStandIn, waits: Waits, **more: str) -> World:
    settings = ROBOT | {"socket_url": line.url} | more
    made = World(database, like.clock, like.wecom, pause=waits, **settings)
    made.path = like.path
    return made


def _card(text: str) -> Reply:
    return Reply(cards=(Card(summary=text, blocks=(Heading(text=text),)),))


async def test_answer_goes_over_the_line(lined: World, line: LineStandIn) -> None:
    """What is asked over the line is answered on it, and a press changes the card in its place."""
    await line.bring(lined.typed("Wei", "visit Globex: over the line", room=False) | {"chatid": "robot-Wei"})
    await line.heard("aibot_respond_msg")
    assert "over the line" in lined.wecom.last("robot-Wei").text
    message = lined.wecom.last("robot-Wei")
    await line.bring(
        lined.robot_press("Wei", message, "Undo", room=False) | {"chatid": "robot-Wei"}, "aibot_event_callback"
    )
    await line.heard("aibot_respond_update_msg")
    assert message.updates == 1


async def test_group_is_told_nothing(lined: World, line: LineStandIn) -> None:
    """In a group an answer is private over the line, too."""
    await line.bring(lined.typed("Wei", "Globex"))
    await line.heard("aibot_respond_msg")
    await lined.settle()
    assert "Globex" in lined.wecom.last("Wei").text
    assert "Globex" not in "".join(one.text for one in lined.wecom.to(ROOM))


async def test_same_message_both_ways_is_done_once(lined: World, line: LineStandIn) -> None:
    """A message that comes over the line, again over the next, and by the callback writes one visit."""
    payload = lined.typed("Wei", "visit Globex: once", room=False)
    await line.bring(payload)
    await line.heard("aibot_respond_msg")
    await line.bring(payload)
    await lined.settle()
    await lined.robot(payload)
    assert rows(lined.path, "activities") == 1


async def test_answer_that_was_not_taken_is_said_once(lined: World, line: LineStandIn) -> None:
    """The line breaks under the answer: the visit is kept, and its receipt comes by the message's own address, once."""
    line.deaf = True
    await line.bring(lined.typed("Wei", "visit Globex: in the tunnel", room=False))
    await line.heard("closed")
    await lined.settle()
    await lined.work_off()
    assert rows(lined.path, "activities") == 1
    receipts = [one for one in lined.wecom.to("robot-Wei") if "in the tunnel" in one.text]
    assert len(receipts) == 1
    assert not line.answers


async def test_it_connects_again(lined: World, line: LineStandIn, waits: Waits) -> None:
    """A broken line is made anew after a second; the pause doubles while WeCom does not let it in."""
    await line.hang_up()
    await line.heard("closed")
    await waits.end(1.0)
    await line.heard("aibot_subscribe")
    await line.bring(lined.typed("Wei", "Globex", room=False))
    await line.heard("aibot_respond_msg")


async def test_wrong_secret_is_tried_ever_less(world: World, line: LineStandIn, waits: Waits) -> None:
    """Who is not let in asks after one, two, four seconds, and never more often than once a minute in the end."""
    made = _process(world.database, world, line, waits, robot_secret="wrong")
    await made.start()
    for seconds in (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0):
        await waits.end(seconds)
    assert not line.answers
    await made.stop()


async def test_one_process_holds_the_line(lined: World, line: LineStandIn, clock: SteppedClock) -> None:
    """Another process waits for its turn; when the first has ended and its turns are over, it connects."""
    waits = Waits()
    other = _process(lined.database, lined, line, waits)
    await other.start()
    await waits.end(TICK)
    with pytest.raises(CallError, match="no_line"):
        await _speak(other)
    await lined.stop()
    await line.heard("closed")
    clock.forward(seconds=2 * LENGTH.total_seconds())
    await waits.end(TICK)
    await line.heard("aibot_subscribe")
    await other.stop()


async def _speak(world: World) -> None:
    assert world.adapter._socket is not None
    await world.adapter._socket.speak("x", {"msgtype": "markdown", "markdown": {"content": "x"}})


async def test_turns_go_on_and_the_heart_beats(
    lined: World, line: LineStandIn, waits: Waits, clock: SteppedClock
) -> None:
    """While the line is open its turns are taken ahead, and every half a minute WeCom hears that it is."""
    for _ in range(3):
        clock.forward(seconds=TICK)
        await waits.end(TICK)
    await line.heard("ping")
    assert lined.adapter._socket is not None
    assert lined.adapter._socket._line is not None


async def test_other_program_with_the_robot(lined: World, line: LineStandIn, waits: Waits) -> None:
    """Who is hung up on for another program waits a minute: two that take a robot from each other serve nobody."""
    await line.kick()
    await line.heard("closed")
    await waits.end(60.0)
    await line.heard("aibot_subscribe")
    assert 1.0 not in waits.asked
    assert lined.adapter.name == "wecom"


async def test_speaks_first_where_it_was_spoken_to(lined: World, line: LineStandIn) -> None:
    """A group that has mentioned the robot can be told something unasked; another refuses, without a line it waits."""
    await line.bring(lined.typed("Wei", "Globex"))
    await line.heard("aibot_respond_msg")
    address = Address(platform="wecom", tenant=CORP, conversation=f"group/{ROOM}")
    assert (await lined.adapter.tell(address, _card("Digest"), "k1", "")).sent is Sent.DELIVERED
    assert [chat for chat, _ in line.spoken] == [ROOM]
    other = Address(platform="wecom", tenant=CORP, conversation="group/wrOTHER")
    assert (await lined.adapter.tell(other, _card("Digest"), "k2", "")).sent is Sent.GONE
    await line.hang_up()
    await line.heard("closed")
    sending = await lined.adapter.tell(address, _card("Digest"), "k3", "")
    assert sending.sent is Sent.RETRY


async def test_what_is_no_frame_is_let_pass(lined: World, line: LineStandIn) -> None:
    """Text that is no JSON, frames without a body and events that are not for us do no harm."""
    assert line._socket is not None
    for text in ("nonsense", "[]", '{"cmd":"aibot_msg_callback"}', '{"headers":{"req_id":"nobody"},"errcode":0}'):
        await line._socket.send_str(text)
    await line.bring(
        {"from": {"userid": "Wei"}, "msgid": "m", "msgtype": "event", "event": {"eventtype": "enter_chat"}}
    )
    await line.bring(lined.typed("Wei", "Globex", room=False))
    await line.heard("aibot_respond_msg")
