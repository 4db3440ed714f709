"""What is said to a robot, in a group and in its own chat: who reads what, and where an answer goes."""

import pytest

from cards.model import Actions, Button, Card, Heading, Text
from commands.model import Audience, Incoming, Reply
from commands.sending import Address, Sent
from tests.adapters.wecom.standin import CORP
from tests.adapters.wecom.world import ROOM, World, rows
from tests.kith import SteppedClock

pytestmark = pytest.mark.anyio

PRIVATE = "This answer is for you alone"


def texts(world: World, place: str) -> str:
    """All that stands in a chat."""
    return "\n".join(one.text for one in world.wecom.to(place))


async def test_answer_in_a_group_is_private(world: World) -> None:
    """The asker reads the answer in the application's chat; the group gets one line that tells nothing."""
    await world.robot(world.typed("Wei", "Globex"))
    assert "Globex" in texts(world, "Wei")
    assert texts(world, ROOM).startswith(PRIVATE)
    assert "Globex" not in texts(world, ROOM)


async def test_what_is_written_in_a_group_is_private(world: World) -> None:
    """A visit's receipt goes to the writer; the group is told nothing of it."""
    await world.robot(world.typed("Wei", "visit Globex: behind closed doors"))
    assert "behind closed doors" in texts(world, "Wei")
    assert PRIVATE in texts(world, ROOM)
    assert "closed doors" not in texts(world, ROOM)


async def test_stranger_in_a_group(world: World) -> None:
    """A stranger is answered privately too, and the group learns nothing."""
    await world.robot(world.typed("Anna", "Globex"))
    assert "link" in texts(world, "Anna").lower()
    assert "Globex" not in texts(world, "Anna") + texts(world, ROOM)


async def test_asker_out_of_sight(world: World) -> None:
    """Somebody whom the application may not write to is told so in the group, and nothing else."""
    await world.robot(world.typed("Nobody", "visit Globex: x"))
    assert not world.wecom.to("Nobody")
    assert "Globex" not in texts(world, ROOM)


async def test_own_chat_is_answered_at_once(world: World) -> None:
    """In the robot's own chat an answer rides on the acknowledgement: a text with a card of buttons, or one of them."""
    answer = await world.robot(world.typed("Wei", "Globex", room=False))
    assert world.opened(answer.json())["msgtype"] in {"stream", "template_card", "stream_with_template_card"}
    assert "Globex" in texts(world, "robot-Wei")
    assert world.wecom.called("response_url") == 0


async def test_what_is_written_in_its_own_chat(world: World) -> None:
    """What writes is on disk when its receipt rides on the acknowledgement; a second copy does nothing."""
    await world.robot(world.typed("Wei", "visit Globex: alone", room=False))
    assert "alone" in texts(world, "robot-Wei")
    assert (await world.again()).content == b""
    assert rows(world.path, "activities") == 1


async def test_press_changes_the_card_at_once(world: World) -> None:
    """A press in the robot's own chat is answered by the card in its place, within the acknowledgement."""
    await world.robot(world.typed("Wei", "visit Globex: to be undone", room=False))
    message = world.wecom.last("robot-Wei")
    answer = await world.robot(world.robot_press("Wei", message, "Undo", room=False))
    assert world.opened(answer.json())["response_type"] == "update_template_card"
    assert message.updates == 1


async def test_form_is_filled_in_with_the_application(world: World) -> None:
    """A form that a group's line opens is asked in the application's chat, and answered there."""
    await world.robot(world.typed("Wei", "new customer"))
    assert "Question 1 of" in texts(world, "Wei")
    assert PRIVATE in texts(world, ROOM)


async def test_quoted_message_is_saved(world: World) -> None:
    """Quoting a colleague's message and telling the robot to save it keeps it, for whom it was said."""
    quote = {"msgtype": "text", "text": {"content": "Globex wants the large one"}}
    await world.robot(world.typed("Wei", "save Globex", quote=quote))
    assert "Globex wants the large one" in texts(world, "Wei")
    assert "large one" not in texts(world, ROOM)


async def test_room_answer_is_for_all(world: World) -> None:
    """What was shared stands in the group: by the address of the message, and when that is over, nowhere."""
    reply = Reply(cards=(Card(summary="s", blocks=(Heading(text="Acme"),)),), audience=Audience.ROOM)
    url = world.wecom.response_url(ROOM)
    shared = Incoming(
        platform="wecom",
        tenant=CORP,
        user="Wei",
        conversation=f"group/{ROOM}",
        delivery="d1",
        reply_to={"robot": True, "url": url},
    )
    assert (await world.adapter.send(shared, reply, "k1")).sent is Sent.DELIVERED
    assert "Acme" in texts(world, ROOM)
    again = await world.adapter.send(shared, reply, "k2")
    assert (again.sent, again.reason) == (Sent.GONE, "no_response_url")


async def test_address_ends_after_an_hour(world: World, clock: SteppedClock) -> None:
    """An answer that comes too late for the robot's chat is said in the application's."""
    reply = Reply(cards=(Card(summary="s", blocks=(Text(text="late"),)),))
    late = Incoming(
        platform="wecom",
        tenant=CORP,
        user="Wei",
        conversation="robot/Wei",
        direct=True,
        delivery="d1",
        reply_to={"robot": True, "url": world.wecom.response_url("robot-Wei")},
    )
    clock.forward(minutes=61)
    assert (await world.adapter.send(late, reply, "k1")).sent is Sent.DELIVERED
    assert "late" in texts(world, "Wei")


async def test_groups_are_not_told_unasked(world: World) -> None:
    """A robot that is called back may not speak first; its own chat's owner is told by the application."""
    reply = Reply(cards=(Card(summary="s", blocks=(Text(text="news"),)),))
    group = Address(platform="wecom", tenant=CORP, conversation=f"group/{ROOM}")
    assert (await world.adapter.tell(group, reply, "k1", "")).sent is Sent.GONE
    own = Address(platform="wecom", tenant=CORP, conversation="robot/Wei")
    assert (await world.adapter.tell(own, reply, "k2", "")).sent is Sent.DELIVERED
    assert "news" in texts(world, "Wei")


async def test_confirm_is_asked_in_private(world: World) -> None:
    """A button that asks first asks whoever pressed it, not the group."""
    button = Button(label="Drop", command="tasks", confirm="Really?", token="t9")
    card = Card(summary="s", blocks=(Heading(text="Task"), Actions(elements=(button,))))
    asked = Incoming(
        platform="wecom",
        tenant=CORP,
        user="Wei",
        conversation=f"group/{ROOM}",
        delivery="d1",
        reply_to={"robot": True, "url": world.wecom.response_url(ROOM)},
    )
    await world.adapter.send(asked, Reply(cards=(card,), audience=Audience.ROOM), "k1")
    await world.robot(world.robot_press("Wei", world.wecom.last(ROOM), "Drop"))
    assert "Really?" in texts(world, "Wei")
    assert "Really?" not in texts(world, ROOM)


async def test_wordless_and_nothing(world: World) -> None:
    """A picture in the robot's own chat is answered; what says nothing is acknowledged alone."""
    picture = world.typed("Wei", "", room=False) | {"msgtype": "image", "image": {"url": "x"}}
    await world.robot(picture)
    assert "text only" in texts(world, "robot-Wei")
    entered = picture | {"msgtype": "event", "event": {"eventtype": "enter_chat"}}
    assert (await world.robot(entered)).content == b""
    poll = picture | {"msgtype": "stream", "stream": {"id": "x"}}
    assert (await world.robot(poll)).content == b""


async def test_mixed_message(world: World) -> None:
    """The words among pictures are the line."""
    mixed = {"msg_item": [{"msgtype": "text", "text": {"content": "Globex"}}, {"msgtype": "image", "image": {}}]}
    await world.robot(world.typed("Wei", "", room=False) | {"msgtype": "mixed", "mixed": mixed})
    assert "Globex" in texts(world, "robot-Wei")


async def test_answer_that_nobody_waits_for_is_said_another_way(world: World) -> None:
    """WeCom has hung up before the receipt was ready: the visit is kept, and its receipt comes by the response_url."""
    payload = world.typed("Wei", "visit Globex: hung up", room=False)
    await world.robot_hangs_up(payload)
    await world.work_off()
    assert rows(world.path, "activities") == 1
    assert world.wecom.called("response_url") == 1
    assert sum("hung up" in one.text for one in world.wecom.to("robot-Wei")) == 1
