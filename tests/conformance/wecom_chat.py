"""WeCom, played by its stand-in: the application's chat with each member, and a robot in the group."""

import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import ClassVar

import msgspec

from adapters.callbacks.asking.question import press_of
from adapters.callbacks.asking.steps import State
from cards.renderers.wecom import token_of
from core.clock import Clock
from core.work import Database
from tests.adapters.wecom.standin import CORP, Message, StandIn
from tests.adapters.wecom.world import ROOM, World

_IDS = {"wei": "Wei", "mei": "Mei", "anna": "Anna"}
_MOST_STEPS = 30


class WecomChat:
    """``tests.conformance.chat.Chat`` on WeCom."""

    name = "wecom"
    tenant = CORP
    deviations: ClassVar[dict[str, str]] = {
        "slash command": "fallback: typed lines, with or without /crm, and the application's menu",
        "short commands": "fallback: typed lines, with or without a slash",
        "private answer": "fallback: the application's own chat; the group gets one line that tells nothing",
        "buttons": "native",
        "confirm": "fallback: a card that asks, in the application's chat",
        "menus": "native",
        "forms": "fallback: question by question in the application's chat",
        "typeahead": "fallback: buttons for what was typed",
        "update in place": "native",
        "live cards": "not possible: a robot that is called back may not change what stands in a group",
        "images": "fallback: a news message below the card",
        "save message": "fallback: quote it and tell the robot to save it",
        "direct messages": "native",
        "group": "native",
    }

    def __init__(self, world: World) -> None:
        self._world, self._wecom = world, world.wecom

    def user_id(self, who: str) -> str:
        return _IDS[who]

    async def say(self, who: str, line: str, *, room: bool = False) -> None:
        if room:
            await self._world.robot(self._world.typed(_IDS[who], line))
        else:
            await self._world.post(self._world.message(_IDS[who], f"/crm {line}"))

    async def press(self, who: str, label: str) -> None:
        fits = _pressable(label)
        message = next(one for one in reversed(self._messages(who)) if any(map(fits, one.presses)))
        await self._press(who, message, next(filter(fits, message.presses)))
        asked = self._wecom.to(_IDS[who])[-1:]
        for question in asked:
            yes = next((one for one, (key, _) in question.presses.items() if token_of(key).startswith("!")), None)
            if yes is not None:
                await self._press(who, question, yes)

    async def fill(self, who: str, values: dict[str, str]) -> None:
        left = dict(values)
        for _ in range(_MOST_STEPS):
            form = await self._open_form(who)
            if form is None:
                assert not left, f"never asked: {left}"
                return
            await self._answer(who, form, left)
        raise AssertionError("the form was never sent")

    async def settle(self) -> None:
        await self._world.settle()

    def seen(self, who: str) -> list[str]:
        return [message.text for message in self._messages(who)]

    def in_room(self) -> list[str]:
        return [message.text for message in self._wecom.to(ROOM)]

    async def again(self) -> None:
        await self._world.again()

    async def save(self, who: str, text: str) -> None:
        quote = {"msgtype": "text", "text": {"content": text}}
        await self._world.robot(self._world.typed(_IDS[who], "save", quote=quote))

    # -- steps -------------------------------------------------------------------------------------

    def _messages(self, who: str) -> list[Message]:
        return [message for message in self._wecom.messages if message.to in {_IDS[who], ROOM}]

    async def _press(self, who: str, message: Message, label: str) -> None:
        if message.to == ROOM:
            await self._world.robot(self._world.robot_press(_IDS[who], message, label))
        else:
            await self._world.post(self._world.press(_IDS[who], message, label))

    async def _answer(self, who: str, form: State, left: dict[str, str]) -> None:
        """Types what is asked for, else sends the form or goes on to the next question."""
        names = [one.name for one in form.form.inputs]
        asked = form.input.name if form.input else ""
        question = self._wecom.last(_IDS[who])
        if asked in left:
            await self._world.post(self._world.message(_IDS[who], left.pop(asked)))
        elif not left:
            await self._press(who, question, _button(question, "send"))
        elif asked:
            await self._press(who, question, _button(question, "skip"))
        else:  # the page that shows every answer
            await self._press(who, question, _button(question, "ask", names.index(next(iter(left)))))

    async def _open_form(self, who: str) -> State | None:
        """The form that is open: people know its questions by their words, the conversation by their names."""
        key = f"form:wecom:{CORP}:{_IDS[who]}"
        data = await self._world.database.read(lambda work: work.drafts.get(key))
        state = msgspec.json.decode(data, type=State) if data else None
        return None if state is None or state.closed else state


def _pressable(label: str) -> Callable[[str], bool]:
    """Whether a button is the one of this label: the button of a list's line begins with the line's number."""
    shape = re.compile(rf"(?:\d+ )?{re.escape(label)}")
    return lambda shown: shape.fullmatch(shown) is not None


def _button(question: Message, choice: str, index: int | None = None) -> str:
    """The label of the question's button for a choice."""
    for label, (key, option) in question.presses.items():
        said = press_of(token_of(option or key))
        if said and said.choice == choice and index in {None, said.index}:
            return label
    raise AssertionError(f"no {choice!r} among {list(question.presses)} in {question.text!r}")


@asynccontextmanager
async def opened(database: Database, clock: Clock) -> AsyncIterator[WecomChat]:
    """An application and a robot of ``database``'s own, and their WeCom."""
    async with StandIn(clock) as wecom:
        wecom.members |= {user: {} for user in _IDS.values()}
        world = World(database, clock, wecom)
        await world.start()
        try:
            yield WecomChat(world)
        finally:
            await world.stop()
