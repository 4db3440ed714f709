"""Slack, played by its stand-in: slash commands in a channel, messages in the direct conversation, modals."""

import itertools
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, ClassVar

import httpx

from core.clock import Clock
from core.work import Database
from tests.adapters.slack.standin import Channel, Posted, StandIn
from tests.adapters.slack.world import BOT, ROOM, TEAM, World, person, recorded
from tests.cards.renderers.test_slack_renderer import elements, texts
from tests.conformance.chat import FEATURES, NATIVE

_IDS = {"wei": "U0WEI00001", "mei": "U0MEI00001", "anna": "U0ANNA0001"}
_DIRECT = {who: f"D{user[1:]}" for who, user in _IDS.items()}
_LOCALES = {"mei": "zh-CN"}
_numbers = itertools.count(1)


class SlackChat:
    """``tests.conformance.chat.Chat`` on Slack."""

    name = "slack"
    tenant = TEAM
    deviations: ClassVar[dict[str, str]] = dict.fromkeys(FEATURES, NATIVE)

    def __init__(self, world: World) -> None:
        self._world, self._slack = world, world.slack
        self._replaced: set[int] = set()  # the numbers of messages that another has taken the place of
        self._forms: dict[str, dict[str, Any]] = {}
        self._repeat: Callable[[], Any] | None = None

    def user_id(self, who: str) -> str:
        return _IDS[who]

    async def say(self, who: str, line: str, *, room: bool = False) -> None:
        if not room:
            message = self._message(who, line)
            await self._do(who, lambda: self._world.event(message))
            return
        typed = self._world.typed(line, user=_IDS[who], channel=ROOM)
        answer = await self._do(who, lambda: self._world.form(typed))
        if answer.content:
            self._slack.respond(answer.json(), ROOM, _IDS[who])

    async def press(self, who: str, label: str) -> None:
        number, posted = next(
            (number, one) for number, one in reversed(self._visible(who)) if label in _labels(one.blocks)
        )
        before = len(self._slack.posted)
        pressed = self._pressed(who, posted, posted.button(label))
        await self._do(who, lambda: self._world.interact(pressed))
        if any(one.replaced for one in self._slack.posted[before:]):
            self._replaced.add(number)

    async def fill(self, who: str, values: dict[str, str]) -> None:
        if who not in self._forms:  # Slack opens none after a message: a button does
            _, posted = self._visible(who)[-1]
            (opening,) = (one for one in elements(posted.blocks) if one["action_id"].startswith("form"))
            await self._do(who, lambda: self._world.interact(self._pressed(who, posted, opening)))
        view = self._forms.pop(who)
        sent = self._world.submission(view, values, user=_IDS[who])
        answer = await self._do(who, lambda: self._world.interact(sent))
        assert answer.json()["response_action"] != "errors", answer.json()
        if answer.json()["response_action"] == "update":
            self._forms[who] = answer.json()["view"]

    async def settle(self) -> None:
        await self._world.road.settle()

    def seen(self, who: str) -> list[str]:
        return [_words(posted) for _, posted in self._visible(who)]

    def in_room(self) -> list[str]:
        return [_words(posted) for posted in self._slack.seen_by_all(ROOM)]

    async def again(self) -> None:
        assert self._repeat is not None
        await self._repeat()
        await self.settle()

    async def save(self, who: str, text: str) -> None:
        shortcut = recorded(
            "message_action",
            trigger_id=self._slack.trigger(),
            response_url=self._slack.response_url(ROOM, _IDS[who]),
        )
        shortcut["user"]["id"] = _IDS[who]
        shortcut["message"] |= {"text": text, "user": "U0SAM00001"}
        await self._do(who, lambda: self._world.interact(shortcut))

    # -- steps -------------------------------------------------------------------------------------

    async def _do(self, who: str, send: Callable[[], Any]) -> httpx.Response:
        """Sends it, and remembers the modal that it opened."""
        self._repeat, views = send, len(self._slack.views)
        answer: httpx.Response = await send()
        assert answer.status_code == 200, answer.status_code
        await self.settle()
        if len(self._slack.views) > views:
            self._forms[who] = self._slack.views[-1]
        return answer

    def _message(self, who: str, line: str) -> dict[str, Any]:
        message = recorded("message_im", event_id=f"Ev{next(_numbers):08}")
        message["event"] |= {"user": _IDS[who], "channel": _DIRECT[who], "text": line}
        return message

    def _pressed(self, who: str, posted: Posted, element: dict[str, Any]) -> dict[str, Any]:
        """The press of a button, or the choice of a menu's option."""
        action = str(element.get("action_id") or _menu_of(posted.blocks, element)["action_id"])
        direct = posted.channel != ROOM
        return self._world.press(
            str(element["value"]),
            action=action,
            user=_IDS[who],
            channel=_DIRECT[who] if direct else ROOM,
            own=bool(posted.to),
        )

    def _visible(self, who: str) -> list[tuple[int, Posted]]:
        mine = {_DIRECT[who], _IDS[who]}
        return [
            (number, one)
            for number, one in enumerate(self._slack.posted)
            if number not in self._replaced
            and (one.channel in mine or one.channel == ROOM)
            and one.to in {"", _IDS[who]}
        ]


def _labels(blocks: list[dict[str, Any]]) -> list[str]:
    pressable = elements(blocks)
    options = [option for one in pressable for option in one.get("options", [])]
    return [one["text"]["text"] for one in (*pressable, *options) if "text" in one]


def _menu_of(blocks: list[dict[str, Any]], option: dict[str, Any]) -> dict[str, Any]:
    return next(one for one in elements(blocks) if option in one.get("options", []))


def _words(posted: Posted) -> str:
    return "\n".join(dict.fromkeys(texts(posted.blocks))) or posted.text


@asynccontextmanager
async def opened(database: Database, clock: Clock) -> AsyncIterator[SlackChat]:
    """A workspace of Slack's, and Kith in it."""
    slack = StandIn(clock)
    await slack.start()
    slack.users = {_IDS[who]: person(who.title(), "", locale=_LOCALES.get(who, "en-US")) for who in _IDS}
    slack.users["U0SAM00001"] = person("Sam Lee", "")
    slack.channels = {ROOM: Channel([*_IDS.values(), BOT]), **{direct: Channel() for direct in _DIRECT.values()}}
    world = World(database, clock, slack)
    await world.start()
    try:
        yield SlackChat(world)
    finally:
        await world.road.settle()
        await world.adapter.stop()
        await world.http.aclose()
        await slack.stop()
