"""DingTalk, played by its stand-in: a robot in private chats and a group, with cards from the template."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import ClassVar

from core.clock import Clock
from core.work import Database
from tests.adapters.dingtalk.people import World, running
from tests.adapters.dingtalk.standin import CORP, Message


class DingTalkChat:
    """``tests.conformance.chat.Chat`` on DingTalk."""

    name = "dingtalk"
    tenant = CORP
    deviations: ClassVar[dict[str, str]] = {
        "slash command": "fallback: a message to the robot, in a group with its name before it",
        "short commands": "fallback: the same",
        "private answer": "fallback: the private chat with Kith, or in a card that was pressed, for that person alone",
        "buttons": "native",
        "confirm": "fallback: a question with two buttons, below the card",
        "menus": "fallback: a button for each entry",
        "forms": "native",
        "typeahead": "not possible: the form component asks nobody while something is typed; names are typed",
        "update in place": "native",
        "live cards": "native",
        "images": "native",
        "save message": "fallback: reply to it with save",
        "direct messages": "native",
        "group": "native",
    }

    def __init__(self, world: World) -> None:
        self.world = world

    def user_id(self, who: str) -> str:
        """The person's staff id."""
        return who

    async def say(self, who: str, line: str, *, room: bool = False) -> None:
        """A line to the robot."""
        answer = await self.world.bring(self.world.message(who, f"/crm {line}", room=room))
        assert answer.status_code == 200, answer.status_code
        await self.settle()

    async def press(self, who: str, label: str) -> None:
        """The newest button of that label, and its question answered with yes."""
        message = next(one for one in reversed(self._messages(who)) if label in _labels(one, who))
        await self.world.press(who, message, label)
        asked = message.buttons(who)[:2]
        if len(asked) == 2 and asked[0]["event"]["params"].get("params", {}).get("token", "").startswith("!"):
            await self.world.press(who, message, asked[0]["text"])

    async def fill(self, who: str, values: dict[str, str]) -> None:
        """The newest form that is open."""
        message = next(one for one in reversed(self._messages(who)) if one.variables(who)["has_form"] == "true")
        await self.world.fill(who, message, values)

    async def settle(self) -> None:
        """Until everything taken is carried out."""
        await self.world.settle()

    def seen(self, who: str) -> list[str]:
        """What the person reads."""
        return [one.seen(who) for one in self._messages(who)]

    def in_room(self) -> list[str]:
        """What somebody reads in the group who has pressed nothing there."""
        return [one.seen("") for one in self.world.server.in_group()]

    async def again(self) -> None:
        """The last delivery once more."""
        assert (await self.world.again()).status_code == 200
        await self.settle()

    async def save(self, who: str, text: str) -> None:
        """A reply to a colleague's message with nothing but ``save``."""
        replied = {"msgType": "text", "senderId": "$:LWCP_v1:$sam", "senderNick": "Sam Lee", "content": {"text": text}}
        said = {"content": " save", "isReplyMsg": True, "repliedMsg": replied}
        answer = await self.world.bring(self.world.message(who, "save", room=True) | {"text": said})
        assert answer.status_code == 200, answer.status_code
        await self.settle()

    def _messages(self, who: str) -> list[Message]:
        return self.world.server.of(who)


def _labels(message: Message, who: str) -> list[str]:
    """What somebody can press in a message; the button of a list's line begins with the line's number."""
    if not message.card:
        return []
    shown = [button["text"] for button in message.buttons(who)]
    return [*shown, *(label.partition(" ")[2] for label in shown if label.partition(" ")[0].isdigit())]


@asynccontextmanager
async def opened(database: Database, clock: Clock) -> AsyncIterator[DingTalkChat]:
    """An organisation with one robot, and its cards."""
    async with running(database, clock) as world:
        yield DingTalkChat(world)
