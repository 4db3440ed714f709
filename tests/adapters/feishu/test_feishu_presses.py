"""What is pressed and filled in in cards, answered within three seconds with a toast and a card."""

import asyncio
import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest

from bots.emulators.feishu.model import Posted
from commands.model import Incoming, Reply
from commands.road import Accepted
from core.errors import StoreUnavailableError
from tests.adapters.feishu.hands import action, submission
from tests.adapters.feishu.standin import broken, refusing
from tests.adapters.feishu.world import LIN, ROOM, WEI, World, open_id, running

pytestmark = pytest.mark.anyio


def value_of(posted: Posted, label: str) -> dict[str, Any]:
    """What the button of this label sends back."""
    value: dict[str, Any] = action(posted, label)["value"]
    return value


async def test_buttons_carry_nothing_but_a_token(world: World) -> None:
    """A button's value is a sealed token of at most 64 bytes and the place of its card."""
    shown = await world.says(WEI, "Northwind")
    value = value_of(shown, "Timeline")
    assert set(value) == {"token", "at"}
    assert len(value["token"].encode()) <= 64
    assert "timeline" not in json.dumps(shown.card)


async def test_somebody_elses_button(world: World) -> None:
    """A private card's button does nothing for anybody else; who pressed learns it in a toast."""
    receipt = await world.says(WEI, "visit Northwind: saw the line")
    await world.says(LIN, "help")
    told = await world.acts(LIN, receipt, action(receipt, "Undo"))
    assert told["toast"]["type"] == "warning"
    assert "card" not in told
    assert await world.count("activities") == 1


async def test_forged_token(world: World) -> None:
    """A token that nobody sealed is told from none."""
    shown = await world.says(WEI, "Northwind")
    told = await world.acts(WEI, shown, {"tag": "button", "value": {"token": "m" + "A" * 40, "at": "direct"}})
    assert told["toast"]["type"] == "warning"
    for value in ({}, "text", None, {"token": 5}):
        assert await world.acts(WEI, shown, {"tag": "button", "value": value}) == {}


async def test_press_that_comes_twice(world: World) -> None:
    """A press delivered twice is done once, and the second copy is answered with nothing."""
    receipt = await world.says(WEI, "visit Northwind: saw the line")
    await world.presses(WEI, receipt, "Undo")
    assert (await world.again()).json() == {}
    assert await world.count("activities") == 0


async def test_form_in_the_private_chat(world: World) -> None:
    """A form stands in a card; sent, its receipt takes the form's place."""
    form = await world.says(WEI, "new customer")
    told = await world.fills(WEI, form, {"name": "Globex", "phone": "021-5550100", "stage": "Prospect"})
    assert told["toast"]["type"] == "success"
    assert "Globex" in world.newest(WEI).words
    assert world.newest(WEI).id == form.id
    assert await world.count("customers") == 5


async def test_form_is_mended(world: World) -> None:
    """What was wrong stands at its field, beside everything that was typed; mended, it is saved once."""
    form = await world.says(WEI, "new deal")
    filled = {"customer": "Northwind", "name": "Line 2", "amount": "a lot"}
    told = await world.fills(WEI, form, filled)
    assert told["toast"]["type"] == "error"
    again = world.newest(WEI)
    assert "❌" in again.words
    assert "Line 2" in again.words
    assert await world.count("deals") == 0
    told = await world.fills(WEI, again, {"amount": "30万"})
    assert told["toast"]["type"] == "success"
    assert await world.count("deals") == 1


async def test_form_behind_a_button(world: World) -> None:
    """A button that needs more opens a form that knows its customer; a menu in it comes back by its value."""
    shown = await world.says(WEI, "Northwind")
    await world.presses(WEI, shown, "New task")
    form = world.newest(WEI)
    assert "Northwind" in form.words
    told = await world.fills(WEI, form, {"title": "Send the quote", "due": "next Tue 3pm", "priority": "High"})
    assert told["toast"]["type"] == "success"
    assert await world.count("tasks") == 1


async def test_form_in_a_group_is_for_one(world: World) -> None:
    """A form asked for in a group is filled in there, seen by nobody else, and its receipt too."""
    form = await world.says(WEI, "@Kith new customer", chat=ROOM)
    assert form.to == open_id(WEI)
    told = await world.fills(WEI, form, {"name": "Globex"})
    assert told["card"]["data"]["config"]["enable_forward"] is False
    assert world.feishu.seen(LIN, ROOM) == []
    assert await world.count("customers") == 5


async def test_form_of_somebody_else(world: World) -> None:
    """What is kept of a form is for who it was made for: another cannot send it."""
    form = await world.says(WEI, "new customer")
    await world.says(LIN, "help")
    told = await world.acts(LIN, form, submission(form, {"name": "Globex"}))
    assert told["toast"]["type"] == "warning"
    assert await world.count("customers") == 4


async def test_old_form_still_works(world: World) -> None:
    """A form that is kept no more is read by its names; what was wrong is said in a toast."""
    form = await world.says(WEI, "new deal")
    world.clock.forward(days=13)  # type: ignore[attr-defined] # the test's clock
    drop = "form:feishu:"

    def forget(work: Any) -> None:
        for one in form.components:
            if one.get("form_action_type") == "submit":
                work.drafts.drop(drop + _hash(one["behaviors"][0]["value"]["token"]))

    await world.database.write(forget)
    told = await world.fills(WEI, form, {"customer": "Northwind", "name": "Line 2", "amount": "a lot"})
    assert told["toast"]["type"] == "error"
    assert "card" not in told
    told = await world.fills(WEI, form, {"customer": "Northwind", "name": "Line 2", "amount": "30万"})
    assert await world.count("deals") == 1


def _hash(token: str) -> str:
    return sha256(f"t_kith/{token}".encode()).hexdigest()


async def test_room_card_answers_in_private(world: World) -> None:
    """A button of a card that everybody sees never shows its answer in that card."""
    shown = await world.says(WEI, "@Kith Northwind", chat=ROOM)
    await world.presses(WEI, shown, "Share")
    (shared,) = world.feishu.seen(LIN, ROOM)
    await world.says(LIN, "help")
    label = next((each for each in shared.labels if each != "Open"), "")
    if label:
        told = await world.presses(LIN, shared, label)
        assert "card" not in told
        assert world.newest(LIN, ROOM).to == open_id(LIN)
        assert world.newest(WEI, ROOM).to != open_id(LIN)


async def test_answer_that_takes_too_long_follows(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not there in time is promised in a toast, and comes as a message."""
    async with running(sqlite_url, patience=0.01) as world:
        receipt = await world.says(WEI, "visit Northwind: saw the line")
        go_on, before = asyncio.Event(), world.road.answer_apart

        async def slow(incoming: Incoming, apart: Callable[[Reply], bool]) -> tuple[Reply, Accepted | None]:
            await go_on.wait()
            return await before(incoming, apart)

        monkeypatch.setattr(world.road, "answer_apart", slow)
        told = (await world.sent(world.callback(WEI, receipt, action(receipt, "Undo")))).json()
        go_on.set()
        await world.settle()
        assert told["toast"]["content"] == "This takes a moment; the answer follows."
        assert "Activity taken back" in world.newest(WEI).words
        assert await world.count("activities") == 0


async def test_press_while_the_database_is_away(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing was done, and the toast says so: Feishu does not repeat a press."""
    receipt = await world.says(WEI, "visit Northwind: saw the line")

    async def away(_incoming: Incoming, _apart: Callable[[Reply], bool]) -> Reply:
        raise StoreUnavailableError("gone")

    monkeypatch.setattr(world.road, "answer_apart", away)
    told = await world.presses(WEI, receipt, "Undo")
    assert told["toast"]["type"] == "error"


async def test_message_while_the_database_is_away(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A message is refused, for Feishu sends it again in 15 seconds."""

    async def away(_incoming: Incoming) -> Reply:
        raise StoreUnavailableError("gone")

    monkeypatch.setattr(world.road, "receive", away)
    assert (await world.post(world.message(WEI, "visit Northwind: x"))).status_code == 503
    monkeypatch.undo()
    assert (await world.again()).status_code == 200
    assert await world.count("activities") == 1


async def test_looking_on_stays_in_the_card(world: World) -> None:
    """Another view of what stands there takes its place, without a toast or a new message."""
    shown = await world.says(WEI, "Northwind")
    told = await world.presses(WEI, shown, "Timeline")
    assert set(told) == {"card"}
    assert len(world.feishu.posted) == 1
    await world.presses(WEI, shown, "Back to Northwind")
    assert "Owner" in world.newest(WEI).words


async def test_answer_waits_while_feishu_is_down(world: World) -> None:
    """An answer that could not be sent at once goes out later, once."""
    shown = await world.says(WEI, "Northwind")
    world.feishu.fail("send", broken(502), refusing(230020))
    count = len(world.feishu.posted)
    await world.presses(WEI, shown, "Edit")
    assert len(world.feishu.posted) == count
    for _ in range(4):
        world.clock.forward(minutes=1)  # type: ignore[attr-defined] # the test's clock
        await world.road.work_off()
        await world.settle()
    assert len(world.feishu.posted) == count + 1
