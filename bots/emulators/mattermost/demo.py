"""A Mattermost to play with: direct messages with Kith for each person, and a channel of everybody."""

import re
import time
from collections.abc import Sequence
from typing import Any

import httpx
from aiohttp import web
from markupsafe import Markup

from bots.clock import SystemClock
from bots.emulators.mattermost.client import COMMAND_TOKENS, Client
from bots.emulators.mattermost.model import Dialog, Post
from bots.emulators.mattermost.server import BOT, BOT_TOKEN, MattermostServer
from bots.emulators.model import Person, Screen, drawn, said
from bots.emulators.refusals import RefusedError, WrongAnswerError
from bots.gallery import mattermost as drawing
from bots.settings import Secret
from core.members.model import Identity

_ROOM = "r" * 26
_PRIVATE = "only visible to you"


class Mattermost:
    """``bots.emulators.model.Emulator`` for Mattermost; ``kith`` is where Kith listens."""

    style = drawing.DRAWING.style

    def __init__(self, kith: str, people: Sequence[Person]) -> None:
        # Another start is not taken for what came before: what Kith did once, it does not do again.
        self._server = MattermostServer(SystemClock(), first=int(time.time()))
        self._server.bot_is_admin = True
        self._kith = kith
        self._http = httpx.AsyncClient(base_url=kith, trust_env=False)
        self._client = Client(self._server, self._http)
        self._directs = {person.handle: self._join(person) for person in people}
        members = [_user(person) for person in people if person.member]
        self._server.channel(_ROOM, "sales", *members, BOT)

    def settings(self, far: str) -> dict[str, Any]:
        """Two commands' tokens, and a bot; buttons carry Kith's whole address."""
        return {
            "public_url": self._kith,
            "mattermost_command_tokens": Secret(" ".join(COMMAND_TOKENS)),
            "mattermost_bot_token": Secret(BOT_TOKEN),
            "mattermost_api_url": far,
        }

    def routes(self) -> list[web.RouteDef]:
        """The API's methods that Kith calls, and response_urls."""
        return self._server.routes()

    def identity(self, person: Person) -> Identity:
        """A user of the one server."""
        return Identity("mattermost", "", _user(person))

    def screen(self, person: Person) -> Screen:
        """Posts to all, and those to this person alone."""
        user = _user(person)
        seen, direct = self._server.seen_by(user), self._directs[person.handle]
        dialog = self._server.dialog_of(user)
        return Screen(
            [_shown(one) for one in seen if one.channel == direct],
            [_shown(one) for one in seen if one.channel == _ROOM],
            _drawn(dialog) if dialog else Markup(),
            self._server.refusals.lines,
        )

    async def say(self, person: Person, text: str, *, room: bool) -> None:
        """A slash command, which nobody else sees."""
        user, channel = _user(person), _ROOM if room else self._directs[person.handle]
        line = text if text.startswith("/") else f"/crm {text}"
        self._server.post(channel, user, line, {}, to=user, typed=True)
        command, _, rest = line.partition(" ")
        try:
            await self._client.command(user, channel, rest, command=command)
        except (RefusedError, WrongAnswerError) as failed:
            self._server.refusals.note(line, str(failed))

    async def press(self, person: Person, pressed: dict[str, str]) -> None:
        """A button, or a menu's line, which comes with the menu as ``action``."""
        post = self._server.posts[pressed["message"]]
        wanted = pressed.get("action") or pressed["press"]
        action = next(one for one in post.actions if one["id"] == wanted)
        try:
            await self._client.send_action(post, self._client.request_of(_user(person), post, action, pressed["press"]))
        except (RefusedError, WrongAnswerError) as failed:
            self._server.refusals.note(action["name"], str(failed))

    async def submit(self, person: Person, values: dict[str, str]) -> None:
        """The dialog, its fields filled; what is wrong with them stands above them."""
        shown = self._server.dialog_of(_user(person))
        if shown is None:
            return
        if not values and shown.dialog["elements"]:
            self._server.dialogs.remove(shown)
            return
        try:
            await self._client.submit(shown, values)
        except (RefusedError, WrongAnswerError) as failed:
            self._server.refusals.note(shown.dialog["title"], str(failed))
        shown.dialog["elements"] = [{**one, "default": values.get(one["name"], "")} for one in shown.dialog["elements"]]

    async def close(self) -> None:
        """Ends the connection to Kith."""
        await self._http.aclose()

    def _join(self, person: Person) -> str:
        locale = "zh-CN" if person.language.startswith("zh") else "en"
        self._server.person(_user(person), person.handle, locale=locale)
        return self._server.direct(_user(person))


def _user(person: Person) -> str:
    """A user id from a handle: letters and digits alone."""
    return re.sub("[^a-z0-9]", "", person.handle.casefold())[:20].ljust(26, "u")


def _drawn(shown: Dialog) -> Markup:
    """What is wrong stands in place of the introduction."""
    wrong = "\n".join(filter(None, (*shown.errors.values(), shown.error)))
    return drawing.draw_dialog(shown.dialog | {"introduction_text": wrong or shown.dialog["introduction_text"]})


def _shown(post: Post) -> Markup:
    if post.typed:
        return said(post.message)
    note = _PRIVATE if post.to else ""
    return drawn(post.id, drawing.draw_post({"message": post.message, "props": post.props}, note))
