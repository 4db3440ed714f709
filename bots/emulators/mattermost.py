"""A Mattermost to play with: direct messages with Kith for each person, and a channel of everybody."""

import itertools
import re
import time
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import aiohttp
from aiohttp import web
from markupsafe import Markup

from bots.emulators.model import Person, Screen, drawn, said
from bots.gallery import mattermost as drawing
from bots.settings import Secret
from core.members.model import Identity

Payload = dict[str, Any]

_TOKEN = "command-token-of-the-demo"  # noqa: S105 - of this machine's loopback
_BOT, _ROOM, _TEAM = "b" * 26, "r" * 26, "t" * 26
_PRIVATE = "only visible to you"
_numbers = itertools.count(int(time.time()))  # another start is not taken for what came before


@dataclass(slots=True)
class _Post:
    """A post in a channel. ``to`` is who alone sees it, ``typed`` what a person said."""

    channel: str
    payload: Payload
    to: str = ""
    typed: str = ""


class Mattermost:
    """``bots.emulators.model.Emulator`` for Mattermost; ``kith`` is where Kith listens."""

    style = drawing.DRAWING.style

    def __init__(self, kith: str, people: Sequence[Person]) -> None:
        self._kith = kith
        self._people = {_user(person): person for person in people}
        self._posts: dict[str, _Post] = {}
        self._hooks: dict[str, tuple[str, str]] = {}
        self._asking: dict[str, tuple[str, str]] = {}  # by trigger: who may be shown a dialog, and where
        self._dialogs: dict[str, tuple[str, Payload]] = {}
        self._session: aiohttp.ClientSession | None = None

    def settings(self, far: str) -> dict[str, Any]:
        """One command's token, and a bot."""
        return {
            "mattermost_command_tokens": Secret(_TOKEN),
            "mattermost_bot_token": Secret("bot-token-of-the-demo"),
            "mattermost_api_url": f"{far}/mattermost",
        }

    def routes(self) -> list[web.RouteDef]:
        """The API's methods that Kith calls, and response_urls."""
        return [
            web.route("*", "/mattermost/api/v4/{path:.*}", self._api),
            web.post("/mattermost/hooks/commands/{id}", self._hook),
        ]

    def identity(self, person: Person) -> Identity:
        """A user of the one server."""
        return Identity("mattermost", "", _user(person))

    def screen(self, person: Person) -> Screen:
        """Posts to all, and those to this person alone."""
        user = _user(person)
        seen = [(id_, one) for id_, one in self._posts.items() if one.to in {"", user}]
        direct = [_shown(*each) for each in seen if each[1].channel == _direct(user)]
        room = [_shown(*each) for each in seen if each[1].channel == _ROOM]
        _, dialog = self._dialogs.get(user, ("", {}))
        return Screen(direct, room, drawing.draw_dialog(dialog) if dialog else Markup())

    async def say(self, person: Person, text: str, *, room: bool) -> None:
        """A slash command, which nobody else sees."""
        user, channel = _user(person), _ROOM if room else _direct(_user(person))
        line = text if text.startswith("/") else f"/crm {text}"
        self._put(channel, {}, to=user, typed=line)
        command, _, rest = line.partition(" ")
        hook = f"h{next(_numbers):025}"
        self._hooks[hook] = (channel, user)
        form = self._where(user, channel) | {
            "token": _TOKEN,
            "command": command,
            "text": rest,
            "response_url": f"http://127.0.0.1/hooks/commands/{hook}",
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        self._respond(await self._post("/mattermost/command", urlencode(form).encode(), headers), channel, user)

    async def press(self, person: Person, pressed: dict[str, str]) -> None:
        """A button, or a menu's line, which comes with the menu as ``action``."""
        user, post = _user(person), self._posts[pressed["message"]]
        wanted = pressed.get("action") or pressed["press"]
        attachments = post.payload["props"]["attachments"]
        action = next(one for each in attachments for one in each.get("actions", ()) if one["id"] == wanted)
        context = dict(action["integration"]["context"])
        if "action" in pressed:
            context["selected_option"] = pressed["press"]
        sent = self._where(user, post.channel) | {"post_id": pressed["message"], "context": context}
        answer = await self._post("/mattermost/action", sent)
        if answer.get("update"):
            post.payload = answer["update"]
        if answer.get("ephemeral_text"):
            self._put(post.channel, {"message": answer["ephemeral_text"]}, to=user)

    async def submit(self, person: Person, values: dict[str, str]) -> None:
        """The dialog, its fields filled; what is wrong with them stands above them."""
        user = _user(person)
        channel, dialog = self._dialogs.pop(user, ("", {}))
        if not dialog or (not values and dialog["elements"]):
            return
        sent = self._where(user, channel) | {"state": dialog["state"], "submission": values}
        answer = await self._post("/mattermost/dialog", sent)
        wrong = "\n".join(filter(None, (*answer.get("errors", {}).values(), answer.get("error", ""))))
        if wrong:
            filled = [{**one, "default": values.get(one["name"], "")} for one in dialog["elements"]]
            self._dialogs[user] = (channel, {**dialog, "elements": filled, "introduction_text": wrong})
        elif answer.get("type") == "form":
            self._dialogs[user] = (channel, answer["form"])

    async def close(self) -> None:
        """Ends the connection to Kith."""
        if self._session is not None:
            await self._session.close()

    # -- to Kith -----------------------------------------------------------------------------------

    def _where(self, user: str, channel: str) -> Payload:
        trigger = b64encode(f"x{next(_numbers):025}:{user}:{int(time.time() * 1000)}:signature".encode()).decode()
        self._asking[trigger] = (user, channel)
        name = "sales" if channel == _ROOM else "__".join(sorted((_BOT, user)))
        return {
            "user_id": user,
            "user_name": self._people[user].handle,
            "channel_id": channel,
            "channel_name": name,
            "team_id": _TEAM,
            "trigger_id": trigger,
        }

    async def _post(self, path: str, body: bytes | Payload, headers: dict[str, str] | None = None) -> Payload:
        if self._session is None:
            self._session = aiohttp.ClientSession()
        given: dict[str, Any] = {"data": body, "headers": headers} if isinstance(body, bytes) else {"json": body}
        async with self._session.post(f"{self._kith}{path}", **given) as answer:
            found: Payload = await answer.json() if answer.status == 200 else {}
            return found

    # -- from Kith ---------------------------------------------------------------------------------

    async def _api(self, asked: web.Request) -> web.Response:
        path, method = asked.match_info["path"], asked.method
        body = await asked.json() if asked.can_read_body else {}
        found = self._answer(method, path, body)
        return web.json_response(found) if found is not None else web.json_response({"id": "api.404"}, status=404)

    def _answer(self, method: str, path: str, body: Any) -> Any:  # noqa: PLR0911 - one line per method
        match (method, *path.split("/")):
            case ("GET", "config", "client"):
                return {"Version": "11.10.0"}
            case ("GET", "users", "me"):
                return {"id": _BOT, "username": "kith", "is_bot": True}
            case ("GET", "users", user) if user in self._people:
                locale = "zh-CN" if self._people[user].language.startswith("zh") else "en"
                return {"id": user, "username": self._people[user].handle, "locale": locale}
            case ("POST", "posts"):
                return {"id": self._put(body["channel_id"], body)}
            case ("POST", "posts", "ephemeral"):
                return {"id": self._put(body["post"]["channel_id"], body["post"], to=body["user_id"])}
            case ("PUT", "posts", id_, "patch") if id_ in self._posts:
                self._posts[id_].payload = body
                return {"id": id_}
            case ("POST", "channels", "direct"):
                return {"id": _direct(body[1])}
            case ("GET", "channels", _, "members"):
                members = [user for user, person in self._people.items() if person.member]
                return [{"user_id": user} for user in (*members, _BOT)]
            case ("POST", "actions", "dialogs", "open") if body["trigger_id"] in self._asking:
                user, channel = self._asking[body["trigger_id"]]
                self._dialogs[user] = (channel, body["dialog"])
                return {"status": "OK"}
            case _:
                return None

    async def _hook(self, asked: web.Request) -> web.Response:
        channel, user = self._hooks[asked.match_info["id"]]
        self._respond(await asked.json(), channel, user)
        return web.json_response({"status": "ok"})

    def _respond(self, body: Payload, channel: str, user: str) -> None:
        if body.get("text") or body.get("attachments"):
            to = "" if body.get("response_type") == "in_channel" else user
            props = {"attachments": body.get("attachments", [])}
            self._put(channel, {"message": body.get("text", ""), "props": props}, to=to)

    def _put(self, channel: str, payload: Payload, *, to: str = "", typed: str = "") -> str:
        id_ = f"p{next(_numbers):025}"
        self._posts[id_] = _Post(channel, payload, to, typed)
        return id_


def _user(person: Person) -> str:
    """A user id from a handle: letters and digits alone."""
    return re.sub("[^a-z0-9]", "", person.handle.casefold())[:20].ljust(26, "u")


def _direct(user: str) -> str:
    return f"direct{user}"


def _shown(id_: str, post: _Post) -> Markup:
    if post.typed:
        return said(post.typed)
    note = _PRIVATE if post.to else ""
    return drawn(id_, drawing.draw_post(post.payload, note))
