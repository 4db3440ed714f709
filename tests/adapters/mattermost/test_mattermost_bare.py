"""What speaks the slash-command format and nothing else is answered there and then, and nothing is lost."""

from collections.abc import AsyncIterator

import pytest

from commands.model import Incoming, Reply
from commands.sending import Address, Sent
from tests.adapters.mattermost.mattermost_world import ROOM, WEI, Office, running
from tests.cards.renderers.examples import receipt

pytestmark = pytest.mark.anyio


@pytest.fixture
async def bare(sqlite_url: str) -> AsyncIterator[Office]:
    """A Kith without the server's address and without a bot."""
    async with running(sqlite_url, api_url="", bot_token="") as made:
        yield made


async def test_writes_are_answered_at_once(bare: Office) -> None:
    """A command that writes is done before it is answered, on the acknowledgement, and nobody is called."""
    answer = await bare.people.command(WEI, ROOM, "visit Northwind: saw it")
    assert answer["response_type"] == "ephemeral"
    assert bare.count("activities") == 1
    assert bare.listening.calls == []


async def test_second_copy_says_nothing(bare: Office) -> None:
    """The same command brought twice is done once."""
    fields = bare.people.typed(WEI, ROOM, "visit Northwind: saw it")
    await bare.people.send_command(fields)
    assert await bare.people.send_command(fields) == {}
    assert bare.count("activities") == 1


async def test_press_is_answered_in_words(bare: Office) -> None:
    """The answer to a press in a private message is words, and its buttons are lines to type."""
    await bare.say("visit Acme: demo")
    answer = await bare.people.press(WEI, "This one")
    assert bare.count("activities") == 1
    assert "Undo: /crm undo" in answer["ephemeral_text"].replace("\\", "")


async def test_form_is_a_line_to_type(bare: Office) -> None:
    """A form cannot be opened: what to type instead is told, without a button that would do nothing."""
    told = await bare.say("new customer")
    assert "/crm new customer" in told.text
    assert told.labels == []


async def test_question_before_a_button(bare: Office) -> None:
    """What a button asks first is told, with the line that does it."""
    await bare.say("new deal Northwind: Cold chain 30万")
    await bare.say("deal Northwind")
    events = bare.count("events")
    answer = await bare.people.press(WEI, "Lost")
    assert "Mark this deal as lost?" in answer["ephemeral_text"]
    assert bare.count("events") == events


async def test_room_answers_are_for_the_room(bare: Office) -> None:
    """What is shared is posted to the channel on the acknowledgement."""
    answer = await bare.people.command(WEI, ROOM, "share Northwind")
    assert answer["response_type"] == "in_channel"
    assert "Northwind" in bare.people.in_channel(ROOM)[0].text


async def test_nothing_is_said_by_itself(bare: Office) -> None:
    """Without a bot there is no way to anybody: what is to be told is given up, not tried for ever."""
    address = Address(platform="mattermost", conversation=ROOM)
    assert (await bare.adapter.tell(address, Reply(cards=(receipt(),)), "k", "")).sent is Sent.GONE
    incoming = Incoming(platform="mattermost", user=WEI, conversation=ROOM, delivery="1")
    assert (await bare.adapter.send(incoming, Reply(cards=(receipt(),)), "k")).sent is Sent.GONE
    assert await bare.adapter.people_in(incoming) == ()
    assert await bare.adapter.verified_email(incoming) == ""


async def test_outgoing_webhook_is_not_answered(bare: Office) -> None:
    """What an outgoing webhook heard could be answered before everybody alone, and so is not."""
    fields = bare.people.typed(WEI, ROOM, "kith Northwind") | {"trigger_word": "kith", "post_id": "p" * 26}
    assert await bare.people.send_command(fields) == {}
