"""A Teams to play with: a private chat with Kith for each person, and a channel of everybody."""

import asyncio
import time
from collections.abc import Sequence
from typing import Any

import httpx
from aiohttp import web
from markupsafe import Markup

from bots.clock import SystemClock
from bots.emulators.model import Person, Screen, drawn, said
from bots.emulators.refusals import WrongAnswerError
from bots.emulators.teams.cards import Json, action_of, inputs_of, opens_dialog, refresh_of
from bots.emulators.teams.client import Client
from bots.emulators.teams.model import APP, ROOM, SECRET, TENANT, Posted
from bots.emulators.teams.server import TeamsServer
from bots.gallery import teams as drawing
from bots.settings import Secret
from core.members.model import Identity

_PRIVATE = "Only you can see this message"


class Teams:
    """``bots.emulators.model.Emulator`` for Teams; ``kith`` is where Kith listens."""

    style = drawing.DRAWING.style

    def __init__(self, kith: str, people: Sequence[Person]) -> None:
        # Another start is not taken for what came before: what Kith did once, it does not do again.
        self._server = TeamsServer(SystemClock(), first=int(time.time()))
        self._server.shown = self._translate
        self._http = httpx.AsyncClient(base_url=kith, trust_env=False)
        self._client = Client(self._server, self._http)
        self._people = {_account(person): person for person in people}
        for account, person in self._people.items():
            self._server.add(account, _user(person), person.name, chat=_chat(account), room=person.member)
        self._dialogs: dict[str, tuple[Posted, Json]] = {}  # by account: the message it was opened from, and the dialog
        self._refreshing: set[asyncio.Task[None]] = set()

    def settings(self, far: str) -> dict[str, Any]:
        """One directory's bot, whose login, keys and connector are all on this machine."""
        self._server.base = far
        return {
            "teams_app_id": APP,
            "teams_app_password": Secret(SECRET),
            "teams_tenant_id": TENANT,
            "teams_api_url": self._server.service.rstrip("/"),
            "teams_login_url": f"{far}/login",
            "teams_keys_url": f"{far}/keys",
        }

    def routes(self) -> list[web.RouteDef]:
        """The login, the keys, and the connector's methods that Kith calls."""
        return self._server.routes()

    def identity(self, person: Person) -> Identity:
        """A person of the one directory."""
        return Identity("teams", TENANT, _user(person))

    def screen(self, person: Person) -> Screen:
        """Messages to all, and those to this person alone."""
        account = _account(person)
        seen = [one for one in self._server.posted if one.to in {"", account}]
        direct = [_shown(one, account) for one in seen if one.place == _chat(account)]
        room = [_shown(one, account) for one in seen if one.place == ROOM]
        form = drawing.draw_dialog(self._dialogs[account][1]) if account in self._dialogs else Markup()
        return Screen(direct, room, form, self._server.refusals.lines)

    async def say(self, person: Person, text: str, *, room: bool) -> None:
        """A message; in the channel it names the bot, and everybody sees it."""
        account = _account(person)
        self._server.put(ROOM if room else _chat(account), {}, typed=f"@Kith {text}" if room else text)
        try:
            await self._client.bring(self._client.line(account, text, ROOM if room else "", locale=_locale(person)))
        except WrongAnswerError as failed:
            self._server.refusals.note(text, str(failed))

    async def press(self, person: Person, pressed: dict[str, str]) -> None:
        """A button, or the choice of a menu's entry; the answer changes the card, or stands below it for a while."""
        account = _account(person)
        posted = next(one for one in self._server.posted if one.id == pressed["message"])
        action = action_of(posted.card_for(account), pressed)
        if not action:
            return
        try:
            if opens_dialog(action):
                task = await self._client.fetch(posted, action, account, locale=_locale(person))
                self._ask(account, posted, task)
            else:
                await self._client.act(posted, action, account, locale=_locale(person))
        except WrongAnswerError as failed:
            self._server.refusals.note(action["type"], str(failed))

    async def submit(self, person: Person, values: dict[str, str]) -> None:
        """The dialog, its fields filled; without values it is closed."""
        account = _account(person)
        if account not in self._dialogs:
            return
        posted, dialog = self._dialogs.pop(account)
        if not values:
            return
        try:
            filled = {
                one["id"]: await self._filled(person, posted, one, values.get(one["id"], ""))
                for one in inputs_of(dialog["card"]["content"])
            }
            place = posted.conversation
            task = await self._client.submit(place, dialog, filled, account, locale=_locale(person))
            self._ask(account, posted, task)
        except WrongAnswerError as failed:
            self._server.refusals.note(dialog.get("title", "task/submit"), str(failed))

    async def close(self) -> None:
        """Ends the connection to Kith."""
        for task in self._refreshing:
            task.cancel()
        await self._http.aclose()

    async def _filled(self, person: Person, posted: Posted, one: Json, value: str) -> str:
        """What a field sends; where Kith is asked for entries, the one that is called as was typed."""
        if not value or not one.get("choices.data"):
            return value
        place, locale = posted.conversation, _locale(person)
        offered = await self._client.offered(place, one, value, _account(person), locale=locale)
        called = (each["value"] for each in (*one["choices"], *offered) if each["title"] == value)
        return str(next(called, value))

    def _ask(self, account: str, posted: Posted, task: Json) -> None:
        """Shows the dialog that an answer has; words without one stand below the message."""
        posted.notes.pop(account, None)
        if task.get("type") == "continue":
            self._dialogs[account] = (posted, task["value"])
        elif task:
            posted.notes[account] = str(task["value"])

    def _translate(self, posted: Posted) -> None:
        """Each reader whom a card names has it fetched in their own language."""
        action, accounts = refresh_of(posted.card)
        for account in accounts & self._people.keys():
            task = asyncio.get_running_loop().create_task(self._refresh(posted, action, account))
            self._refreshing.add(task)
            task.add_done_callback(self._refreshing.discard)

    async def _refresh(self, posted: Posted, action: Json, account: str) -> None:
        locale = _locale(self._people[account])
        try:
            await self._client.act(posted, action, account, "automatic", locale=locale)
        except WrongAnswerError as failed:
            self._server.refusals.note("refresh", str(failed))


def _user(person: Person) -> str:
    return f"user-{person.handle}"


def _account(person: Person) -> str:
    return f"29:{person.handle}"


def _chat(account: str) -> str:
    return f"a:{account.removeprefix('29:')}"


def _locale(person: Person) -> str:
    return "zh-CN" if person.language.startswith("zh") else "en-US"


def _shown(posted: Posted, account: str) -> Markup:
    if posted.typed:
        return said(posted.typed)
    card = posted.card_for(account) or _bare(posted)
    above = _PRIVATE if posted.to else ""
    return drawn(posted.id, drawing.draw_card(card, above=above, below=posted.notes.get(account, "")))


def _bare(posted: Posted) -> Json:
    """A card that says a message's bare words."""
    lines = posted.text.split("\n")
    return {"body": [{"type": "RichTextBlock", "inlines": [{"text": line}]} for line in lines]}
