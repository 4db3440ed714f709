"""A Feishu to play with: a private chat with Kith for each person, and a group; forms are filled in in their cards."""

import itertools
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import aiohttp
from aiohttp import web
from markupsafe import Markup

from bots.emulators.feishu_payloads import action_of, encrypted, signed
from bots.emulators.model import Person, Screen, drawn, said
from bots.gallery import feishu as drawing
from bots.settings import Secret
from core.members.model import Identity

Payload = dict[str, Any]

_KEY, _TOKEN = "encrypt key of the demo", "verification token of the demo"
_TENANT, _ROOM, _BOT = "t_demo", "oc_room", "ou_kith"
_NOT_FOUND = 99991201
_STYLE = """
.feishu-toast { font: 14px/1.5 system-ui, "Noto Sans", "Noto Sans CJK SC", sans-serif; background: #1f2329; color: #fff;
  border-radius: 6px; padding: 6px 14px; width: fit-content; }
.feishu-private { font: 12px/1.5 system-ui, "Noto Sans", "Noto Sans CJK SC", sans-serif; color: #646a73; }
"""
_numbers = itertools.count(int(time.time()))  # another start is not taken for what came before


@dataclass(slots=True)
class _Message:
    """A message in a chat. ``to`` is who alone sees it, ``typed`` what a person said."""

    chat: str
    card: Payload
    to: str = ""
    typed: str = ""


class Feishu:
    """``bots.emulators.model.Emulator`` for Feishu; ``kith`` is where Kith listens."""

    style = drawing.DRAWING.style + _STYLE

    def __init__(self, kith: str, people: Sequence[Person]) -> None:
        self._kith = kith
        self._people = {_union(person): person for person in people}
        self._messages: dict[str, _Message] = {}
        self._toasts: dict[str, tuple[str, str]] = {}  # by person: the chat, and what flashed up at the last press
        self._session: aiohttp.ClientSession | None = None

    def settings(self, far: str) -> dict[str, Any]:
        """One app, encrypted and signed."""
        return {
            "feishu_app_id": "cli_demo",
            "feishu_app_secret": Secret("demo"),
            "feishu_encrypt_key": Secret(_KEY),
            "feishu_verification_token": Secret(_TOKEN),
            "feishu_api_url": f"{far}/feishu",
        }

    def routes(self) -> list[web.RouteDef]:
        """The open API."""
        return [web.route("*", "/feishu/open-apis/{path:.*}", self._api)]

    def identity(self, person: Person) -> Identity:
        """A person of the one company."""
        return Identity("feishu", _TENANT, _union(person))

    def screen(self, person: Person) -> Screen:
        """The private chat, and the group with what only this person sees in it."""
        return Screen(self._shown(person, _direct(_union(person))), self._shown(person, _ROOM))

    async def say(self, person: Person, text: str, *, room: bool) -> None:
        """A message; in the group one that mentions Kith, and that everybody there reads."""
        user, chat = _union(person), _ROOM if room else _direct(_union(person))
        self._toasts.pop(user, None)
        line = f"@Kith {text}" if room else text
        number = self._put(_Message(chat, {}, typed=line))
        mentioned = {"key": "@_user_1", "id": {"open_id": _BOT}, "name": "Kith"}
        message = {
            "message_id": number,
            "chat_id": chat,
            "chat_type": "group" if room else "p2p",
            "message_type": "text",
            "content": json.dumps({"text": f"@_user_1 {text}" if room else text}),
            "mentions": [mentioned] if room else [],
        }
        sender = {"sender_id": {"union_id": user, "open_id": _open(user)}, "sender_type": "user"}
        await self._bring("im.message.receive_v1", {"sender": sender, "message": message})

    async def press(self, person: Person, pressed: dict[str, str]) -> None:
        """A button, a menu's entry, or the button of a form, with which come its fields."""
        user, number = _union(person), pressed["message"]
        self._toasts.pop(user, None)
        message = self._messages[number]
        event = {
            "operator": {"union_id": user, "open_id": _open(user)},
            "action": action_of(message.card, pressed),
            "context": {"open_message_id": number, "open_chat_id": message.chat},
        }
        answer = await self._bring("card.action.trigger", event)
        if "card" in answer:
            message.card = answer["card"]["data"]
        if "toast" in answer:
            self._toasts[user] = (message.chat, answer["toast"]["content"])

    async def submit(self, person: Person, values: dict[str, str]) -> None:
        """Forms stand in cards: there is none to send."""

    async def close(self) -> None:
        """Ends the connection to Kith."""
        if self._session is not None:
            await self._session.close()

    # -- to Kith -----------------------------------------------------------------------------------

    async def _bring(self, kind: str, event: Payload) -> Payload:
        header = {"event_id": f"ev{next(_numbers)}", "event_type": kind, "tenant_key": _TENANT, "token": _TOKEN}
        body = encrypted({"schema": "2.0", "header": header, "event": event}, _KEY)
        if self._session is None:
            self._session = aiohttp.ClientSession()
        url, headers = f"{self._kith}/feishu/events", signed(body, _KEY, time.time())
        async with self._session.post(url, data=body, headers=headers) as answer:
            found: Payload = await answer.json() if answer.status == 200 else {}
            return found

    # -- from Kith ---------------------------------------------------------------------------------

    async def _api(self, asked: web.Request) -> web.Response:
        body = await asked.json() if asked.can_read_body else {}
        answer = self._answer(asked.method, asked.match_info["path"], body)
        if answer is None:
            return web.json_response({"code": _NOT_FOUND}, status=404)
        return web.json_response({"code": 0, **answer})

    def _answer(self, method: str, path: str, body: Payload) -> Payload | None:  # noqa: PLR0911 - one line per method
        match (method, *path.split("/")):
            case ("POST", "auth", "v3", "tenant_access_token", "internal"):
                return {"tenant_access_token": "t-demo", "expire": 7200}
            case ("GET", "bot", "v3", "info"):
                return {"bot": {"open_id": _BOT}}
            case ("POST", "im", "v1", "messages"):
                return self._posted(_place(body["receive_id"]), json.loads(body["content"]))
            case ("PATCH", "im", "v1", "messages", number) if number in self._messages:
                self._messages[number].card = json.loads(body["content"])
                return {"data": {}}
            case ("POST", "ephemeral", "v1", "send"):
                return self._posted(body["chat_id"], body["card"], to=body["open_id"].replace("ou_", "on_", 1))
            case ("GET", "contact", "v3", "users", user) if user.replace("ou_", "on_", 1) in self._people:
                union = user.replace("ou_", "on_", 1)
                known = {"union_id": union, "open_id": _open(union), "name": self._people[union].name}
                return {"data": {"user": known}}
            case ("GET", "im", "v1", "chats", _, "members"):
                members = [{"member_id": user} for user, person in self._people.items() if person.member]
                return {"data": {"items": members, "has_more": False}}
            case _:
                return None

    def _posted(self, chat: str, card: Payload, *, to: str = "") -> Payload:
        return {"data": {"message_id": self._put(_Message(chat, card, to))}}

    def _put(self, message: _Message) -> str:
        number = f"om_{next(_numbers)}"
        self._messages[number] = message
        return number

    def _shown(self, person: Person, chat: str) -> list[Markup]:
        user = _union(person)
        seen = [
            _draw(number, one) for number, one in self._messages.items() if one.chat == chat and one.to in {"", user}
        ]
        place, toast = self._toasts.get(user, ("", ""))
        return [*seen, Markup('<div class="feishu-toast">{}</div>').format(toast)] if place == chat else seen


def _union(person: Person) -> str:
    return f"on_{person.handle}"


def _open(union: str) -> str:
    """The app's own id of a person."""
    return union.replace("on_", "ou_", 1)


def _direct(union: str) -> str:
    return f"oc_{union}"


def _place(receiver: str) -> str:
    """The chat that is meant by its id, or by the person's whose it is."""
    return _direct(receiver) if receiver.startswith("on_") else receiver


def _draw(number: str, message: _Message) -> Markup:
    if message.typed:
        return said(message.typed)
    note = Markup('<div class="feishu-private">Only visible to you</div>') if message.to else Markup()
    return drawn(number, note + drawing.draw_message(message.card))
