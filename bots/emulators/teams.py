"""A Teams to play with: a private chat with Kith for each person, and a channel of everybody.

Kith is told to take this machine's requests without a token, as it is for Microsoft's own tools to try a bot out with.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web
from markupsafe import Markup

from bots.emulators.model import Person, Screen, drawn, said
from bots.emulators.teams_payloads import (
    APP,
    BOT,
    ROOM,
    TENANT,
    account_of,
    action_of,
    activity_of,
    card_of,
    chat_of,
    inputs_of,
    mentioning,
    numbers,
    opens_dialog,
    refresh_of,
    typed_text,
    user_of,
)
from bots.gallery import teams as drawing
from bots.settings import Secret
from core.members.model import Identity

Payload = dict[str, Any]

_CONVERSATION = "/teams/connector/v3/conversations/{conversation}"
_PRIVATE = "Only you can see this message"


@dataclass(slots=True)
class _Message:
    """A message in a conversation. ``to`` is the account that alone sees it, ``typed`` what a person said.

    ``own`` is the card that somebody sees in its place, ``notes`` what stands below it for somebody, both by account.
    """

    conversation: str
    activity: Payload
    to: str = ""
    typed: str = ""
    own: dict[str, Payload] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)


class Teams:
    """``bots.emulators.model.Emulator`` for Teams; ``kith`` is where Kith listens."""

    style = drawing.DRAWING.style

    def __init__(self, kith: str, people: Sequence[Person]) -> None:
        self._kith, self._service = kith, ""
        self._people = {account_of(person): person for person in people}
        self._messages: dict[str, _Message] = {}
        self._dialogs: dict[str, tuple[str, Payload]] = {}  # by account: the message it was opened from, and the dialog
        self._refreshing: set[asyncio.Task[None]] = set()
        self._session: aiohttp.ClientSession | None = None

    def settings(self, far: str) -> dict[str, Any]:
        """One directory's bot, spoken to from this machine."""
        self._service = f"{far}/teams/connector"
        return {
            "teams_app_id": APP,
            "teams_app_password": Secret("password-of-the-demo"),
            "teams_tenant_id": TENANT,
            "teams_api_url": self._service,
            "teams_local": True,
        }

    def routes(self) -> list[web.RouteDef]:
        """The connector's methods that Kith calls."""
        return [
            web.post("/teams/connector/v3/conversations", self._open),
            web.post(f"{_CONVERSATION}/activities", self._post_activity),
            web.put(f"{_CONVERSATION}/activities/{{id}}", self._put_activity),
            web.get(f"{_CONVERSATION}/members/{{id}}", self._member),
            web.get(f"{_CONVERSATION}/pagedmembers", self._members),
        ]

    def identity(self, person: Person) -> Identity:
        """A person of the one directory."""
        return Identity("teams", TENANT, user_of(person))

    def screen(self, person: Person) -> Screen:
        """Messages to all, and those to this person alone."""
        account = account_of(person)
        seen = [(id_, one) for id_, one in self._messages.items() if one.to in {"", account}]
        direct = [_shown(*each, account) for each in seen if each[1].conversation == chat_of(account)]
        room = [_shown(*each, account) for each in seen if each[1].conversation == ROOM]
        _, dialog = self._dialogs.get(account, ("", {}))
        return Screen(direct, room, drawing.draw_dialog(dialog) if dialog else Markup())

    async def say(self, person: Person, text: str, *, room: bool) -> None:
        """A message; in the channel it names the bot, and everybody sees it."""
        place = ROOM if room else chat_of(account_of(person))
        self._put(_Message(place, {}, typed=f"@Kith {text}" if room else text))
        more = mentioning(BOT) if room else {}
        words = typed_text(text, room=room)
        await self._bring(activity_of(person, place, self._service, type="message", text=words, **more))

    async def press(self, person: Person, pressed: dict[str, str]) -> None:
        """A button, or the choice of a menu's entry; the answer changes the card, or stands below it for a while."""
        account, message = account_of(person), self._messages[pressed["message"]]
        message.notes.pop(account, None)
        action = action_of(message.own.get(account) or card_of(message.activity), pressed)
        if not action:
            return
        if opens_dialog(action):
            answer = await self._invoke(person, message.conversation, "task/fetch", {"data": action["data"]})
            self._ask(account, pressed["message"], answer)
            return
        await self._act(person, pressed["message"], action, "manual")

    async def submit(self, person: Person, values: dict[str, str]) -> None:
        """The dialog, its fields filled."""
        account = account_of(person)
        id_, dialog = self._dialogs.pop(account, ("", {}))
        if not dialog or not values:
            return
        card, place = dialog["card"]["content"], self._messages[id_].conversation
        data = dict(card["actions"][0]["data"])
        for one in inputs_of(card):
            data[one["id"]] = await self._filled(person, place, one, values.get(one["id"], ""))
        self._ask(account, id_, await self._invoke(person, place, "task/submit", {"data": data}))

    async def close(self) -> None:
        """Ends the connection to Kith."""
        for task in self._refreshing:
            task.cancel()
        if self._session is not None:
            await self._session.close()

    # -- to Kith -----------------------------------------------------------------------------------

    async def _invoke(self, person: Person, place: str, name: str, value: Payload, **more: Any) -> Payload:
        asked = activity_of(person, place, self._service, type="invoke", name=name, value=value, **more)
        return await self._bring(asked)

    async def _bring(self, activity: Payload) -> Payload:
        """What Kith answers; of a message nothing."""
        self._session = self._session or aiohttp.ClientSession()
        async with self._session.post(f"{self._kith}/teams/messages", json=activity) as answer:
            answered = await answer.read()
            found: Payload = await answer.json() if answer.status == 200 and answered else {}
            return found

    async def _filled(self, person: Person, place: str, one: Payload, value: str) -> str:
        """What a field sends; where Kith is asked for entries, the one that is called as was typed."""
        query = one.get("choices.data")
        if not value or not query:
            return value
        asked = {"queryText": value, "dataset": query["dataset"]}
        answer = await self._invoke(person, place, "application/search", asked)
        offered = answer.get("value", {}).get("results", [])
        called = (each["value"] for each in (*one["choices"], *offered) if each["title"] == value)
        return str(next(called, value))

    def _ask(self, account: str, message: str, answer: Payload) -> None:
        """Shows the dialog that an answer has; words without one stand below the message."""
        task = answer.get("task") or {}
        if task.get("type") == "continue":
            self._dialogs[account] = (message, task["value"])
        elif task:
            self._messages[message].notes[account] = str(task["value"])

    async def _act(self, person: Person, id_: str, action: Payload, trigger: str) -> None:
        """Sends a card's action; the answer is another card for whoever sent it, or words."""
        message, account = self._messages[id_], account_of(person)
        value = {"action": action, "trigger": trigger}
        answer = await self._invoke(person, message.conversation, "adaptiveCard/action", value, replyToId=id_)
        told = answer.get("value")
        if isinstance(told, dict):
            message.own[account] = told
        elif told:
            message.notes[account] = str(told)

    # -- from Kith ---------------------------------------------------------------------------------

    async def _open(self, asked: web.Request) -> web.Response:
        wanted = (await asked.json())["members"][0]["id"]
        account = next((each for each, person in self._people.items() if wanted in {each, user_of(person)}), wanted)
        return web.json_response({"id": chat_of(account)}, status=201)

    async def _post_activity(self, asked: web.Request) -> web.Response:
        sent = await asked.json()
        to = sent["recipient"]["id"] if asked.query.get("isTargetedActivity") == "true" else ""
        id_ = self._put(_Message(asked.match_info["conversation"].partition(";")[0], sent, to))
        self._translate(id_)
        return web.json_response({"id": id_}, status=201)

    async def _put_activity(self, asked: web.Request) -> web.Response:
        id_ = asked.match_info["id"]
        if id_ not in self._messages:
            return web.json_response({"error": {"code": "ActivityNotFoundInConversation"}}, status=404)
        message = self._messages[id_]
        message.activity = await asked.json()
        message.own.clear()
        self._translate(id_)
        return web.json_response({"id": id_})

    async def _member(self, asked: web.Request) -> web.Response:
        account = asked.match_info["id"]
        if account not in self._people:
            return web.json_response({"error": {"code": "MemberNotFoundInConversation"}}, status=404)
        return web.json_response(self._told(account))

    async def _members(self, asked: web.Request) -> web.Response:
        place = asked.match_info["conversation"].partition(";")[0]
        inside = [each for each, person in self._people.items() if person.member or place != ROOM]
        return web.json_response({"members": [self._told(each) for each in inside if place in {ROOM, chat_of(each)}]})

    def _told(self, account: str) -> Payload:
        person = self._people[account]
        return {"id": account, "aadObjectId": user_of(person), "name": person.name, "email": "", "tenantId": TENANT}

    def _put(self, message: _Message) -> str:
        id_ = f"{next(numbers)}"
        self._messages[id_] = message
        return id_

    def _translate(self, id_: str) -> None:
        action, accounts = refresh_of(card_of(self._messages[id_].activity))
        for account in accounts & self._people.keys():
            task = asyncio.get_running_loop().create_task(self._act(self._people[account], id_, action, "automatic"))
            self._refreshing.add(task)
            task.add_done_callback(self._refreshing.discard)


def _shown(id_: str, message: _Message, account: str) -> Markup:
    if message.typed:
        return said(message.typed)
    card = message.own.get(account) or card_of(message.activity)
    above = _PRIVATE if message.to else ""
    return drawn(id_, drawing.draw_card(card, above=above, below=message.notes.get(account, "")))
