"""Teams, played by its stand-in: private chats, a channel where the bot is named, dialogs, the message extension."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import ClassVar

from bots.emulators.teams.cards import Json, walked, words_of
from bots.emulators.teams.model import ROOM, TENANT, Posted
from core.clock import Clock
from core.work import Database
from tests.adapters.teams.teams_hands import PlayedTeams, pressed
from tests.adapters.teams.world import World

_IDS = {"wei": "0000-wei", "mei": "0000-mei", "anna": "0000-anna"}
_LOCALES = {"mei": "zh-CN"}
_FILL = ("Fill in…", "填写……")


class TeamsChat:
    """``tests.conformance.chat.Chat`` on Teams."""

    name = "teams"
    tenant = TENANT
    deviations: ClassVar[dict[str, str]] = {
        "slash command": "fallback: the bot is named (@Kith visit …), or written to in the private chat; its commands"
        " are offered while one types",
        "short commands": "native",
        "private answer": "native",
        "buttons": "native",
        "confirm": "fallback: the question unfolds below the button, with the button in it",
        "menus": "native",
        "forms": "native",
        "typeahead": "native",
        "update in place": "native",
        "live cards": "native",
        "images": "native",
        "save message": "native",
        "direct messages": "native",
        "group": "native",
    }

    def __init__(self, world: World) -> None:
        self._world, self._teams = world, world.teams
        self._views: dict[tuple[str, str], Json] = {}  # who sees which message as another card
        self._forms: dict[str, Json] = {}
        self._last: Json = {}

    def user_id(self, who: str) -> str:
        return _IDS[who]

    async def say(self, who: str, line: str, *, room: bool = False) -> None:
        said = self._world.typed(line, _account(who), room=room, locale=_LOCALES.get(who, "en-US"))
        await self._send(who, said)

    async def press(self, who: str, label: str) -> None:
        posted = next(one for one in reversed(self._visible(who)) if label in words_of(self._card(who, one)))
        action = pressed(self._card(who, posted), label)
        body = await self._send(who, self._world.press_of(action, posted, _account(who)))
        if body["type"].endswith("card.adaptive") and posted.conversation.startswith(ROOM):
            self._views[who, posted.id] = body["value"]

    async def fill(self, who: str, values: dict[str, str]) -> None:
        if who not in self._forms:
            await self._open(who)
        card = self._forms.pop(who)["card"]["content"]
        (submit,) = card["actions"]
        sent = {"data": submit["data"] | await self._typed(who, card, submit["data"]["form"], dict(values))}
        body = await self._send(who, self._world.invoke("task/submit", sent, _account(who)))
        if "task" in body:
            value = body["task"]["value"]
            wrong = [words for words in words_of(value["card"]["content"]) if words.startswith("❌")]
            assert not wrong, wrong
            self._forms[who] = value

    async def settle(self) -> None:
        await self._world.settle()

    def seen(self, who: str) -> list[str]:
        return [self._text(who, one) for one in self._visible(who)]

    def in_room(self) -> list[str]:
        return [one.text for one in self._teams.seen_in(ROOM)]

    async def again(self) -> None:
        answer = await self._world.post(self._last)
        assert answer.status_code == 200, answer.status_code

    async def save(self, who: str, text: str) -> None:
        pointed = {"from": {"user": {"displayName": "Sam Lee"}}, "body": {"contentType": "text", "content": text}}
        value = {"commandId": "save", "messagePayload": pointed}
        body = await self._send(who, self._world.invoke("composeExtension/fetchTask", value, _account(who), room=True))
        if body["task"]["type"] == "continue":
            self._forms[who] = body["task"]["value"]

    # -- steps -------------------------------------------------------------------------------------

    async def _send(self, who: str, activity: Json) -> Json:
        self._last = activity
        answer = await self._world.post(activity)
        assert answer.status_code == 200, (who, answer.status_code)
        body: Json = answer.json() if answer.content else {}
        return body

    async def _open(self, who: str) -> None:
        """Presses the button of the newest message that opens a form."""
        cards = (self._card(who, one) for one in reversed(self._visible(who)))
        card, label = next((card, label) for card in cards for label in _FILL if label in words_of(card))
        value = {"data": pressed(card, label)["data"]}
        body = await self._send(who, self._world.invoke("task/fetch", value, _account(who)))
        self._forms[who] = body["task"]["value"]

    async def _typed(self, who: str, card: Json, token: str, values: dict[str, str]) -> Json:
        """The dialog's fields by their ids: people know them by their labels, the conversation by their names."""
        key = f"form:teams:{token}"
        kept = await self._world.database.read(lambda work: work.drafts.get(key))
        assert kept is not None, who
        names = {f"in{number}": one["name"] for number, one in enumerate(_inputs(kept))}
        shown = {one["id"]: one.get("value", "") for one in walked(card) if one["type"].startswith("Input.")}
        filled = {each: values.pop(names[each], value) for each, value in shown.items()}
        assert not values, f"never asked: {values}"
        return filled

    def _visible(self, who: str) -> list[Posted]:
        account = _account(who)
        mine = self._teams.seen_by(account)
        return [one for one in self._teams.posted if one in mine or (one.conversation.startswith(ROOM) and not one.to)]

    def _card(self, who: str, posted: Posted) -> Json:
        return self._views.get((who, posted.id), posted.card)

    def _text(self, who: str, posted: Posted) -> str:
        view = self._views.get((who, posted.id))
        return "\n".join(words_of(view)) if view else posted.text


def _inputs(kept: str) -> list[Json]:
    inputs: list[Json] = json.loads(kept)["form"]["inputs"]
    return inputs


def _account(who: str) -> str:
    return f"29:{who}"


@asynccontextmanager
async def opened(database: Database, clock: Clock) -> AsyncIterator[TeamsChat]:
    """A directory with a bot of ``database``'s own, and its Teams."""
    teams = PlayedTeams(clock)
    await teams.start()
    for who, user in _IDS.items():
        teams.add(_account(who), user, who.title(), chat=f"a:{who}")
    world = World(database, clock, teams)
    try:
        yield TeamsChat(world)
    finally:
        await world.close()
        await teams.stop()
