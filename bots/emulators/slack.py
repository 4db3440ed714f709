"""A Slack to play with: a direct message with Kith for each person, and a channel."""

import hashlib
import hmac
import itertools
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import aiohttp
from aiohttp import web
from markupsafe import Markup

from bots.emulators.model import Person, Screen, drawn, said
from bots.emulators.slack_payloads import fields_of, form_of, typed_event
from bots.gallery import slack as drawing
from bots.settings import Secret
from core.members.model import Identity

Payload = dict[str, Any]

_TEAM, _ROOM, _BOT = "T0DEMO", "C0DEMO", "U0KITH"
_SECRET = "a secret of the demo's alone"  # noqa: S105 - signs requests on this machine's loopback
_numbers = itertools.count(int(time.time()))  # another start is not taken for what came before


@dataclass(slots=True)
class _Message:
    """A message in a channel. ``to`` is who alone sees it, ``typed`` what a person said."""

    channel: str
    payload: Payload
    to: str = ""
    typed: str = ""
    gone: bool = False


@dataclass(frozen=True, slots=True)
class _Hook:
    """Where an interaction is answered, and the message that it was about."""

    channel: str
    user: str
    message: int | None = None


class Slack:
    """``bots.emulators.model.Emulator`` for Slack; ``kith`` is where Kith listens."""

    style = drawing.DRAWING.style

    def __init__(self, kith: str, people: Sequence[Person]) -> None:
        self._kith, self._far = kith, ""
        self._people = {_user(person): person for person in people}
        self._messages: list[_Message] = []
        self._hooks: dict[str, _Hook] = {}
        self._asking: dict[str, str] = {}  # by trigger: who may be shown a modal
        self._views: dict[str, tuple[Payload, dict[str, str]]] = {}
        self._session: aiohttp.ClientSession | None = None

    def settings(self, far: str) -> dict[str, Any]:
        """Over HTTP, with one workspace's token."""
        self._far = far
        return {
            "slack_bot_token": Secret("xoxb-demo"),
            "slack_signing_secret": Secret(_SECRET),
            "slack_api_url": f"{far}/slack/api",
        }

    def routes(self) -> list[web.RouteDef]:
        """The Web API's methods that Kith calls, and response_urls."""
        return [
            web.post("/slack/api/{method}", self._api),
            web.get("/slack/api/{method}", self._api),
            web.post("/slack/hooks/{id}", self._hook),
        ]

    def identity(self, person: Person) -> Identity:
        """A user of the one workspace."""
        return Identity("slack", _TEAM, _user(person))

    def screen(self, person: Person) -> Screen:
        """Messages to all, and those to this person alone."""
        user = _user(person)
        seen = [(number, one) for number, one in enumerate(self._messages) if not one.gone and one.to in {"", user}]
        direct = [_shown(*each) for each in seen if each[1].channel == _direct(user)]
        room = [_shown(*each) for each in seen if each[1].channel == _ROOM]
        view, errors = self._views.get(user, ({}, {}))
        return Screen(direct, room, form_of(view, errors) if view else Markup())

    async def say(self, person: Person, text: str, *, room: bool) -> None:
        """A slash command in the channel, a message in the direct conversation."""
        user = _user(person)
        if not room:
            self._messages.append(_Message(_direct(user), {}, typed=text))
            event = typed_event(_TEAM, _BOT, {"user": user, "channel": _direct(user), "text": text}, next(_numbers))
            await self._post(json.dumps(event).encode(), "application/json")
            return
        line = text if text.startswith("/") else f"/crm {text}"
        self._messages.append(_Message(_ROOM, {}, to=user, typed=line))
        command, _, rest = line.partition(" ")
        who = {"team_id": _TEAM, "user_id": user, "user_name": person.handle, "channel_id": _ROOM}
        form = self._where(user, _ROOM) | who | {"command": command, "text": rest}
        answer = await self._post(urlencode(form).encode())
        if answer:
            self._messages.append(_Message(_ROOM, answer, _alone(answer, user)))

    async def press(self, person: Person, pressed: dict[str, str]) -> None:
        """A button, or a menu's entry."""
        user, number = _user(person), int(pressed["message"])
        message = self._messages[number]
        own = message.to or message.channel != _ROOM
        action = {"action_id": pressed["action"], "value": pressed["press"], "action_ts": f"{next(_numbers)}.000001"}
        await self._interact(
            self._interaction(user, message.channel, number)
            | {
                "type": "block_actions",
                "container": {"channel_id": message.channel, "is_ephemeral": bool(own and message.to)},
                "actions": [action],
            }
        )

    async def submit(self, person: Person, values: dict[str, str]) -> None:
        """The modal, its fields filled."""
        user = _user(person)
        view, _ = self._views.pop(user, ({}, {}))
        if not view or not values:
            return
        filled = view | {"id": f"V{next(_numbers)}", "state": {"values": fields_of(view, values)}}
        sent = {"type": "view_submission", "view": filled}
        answer = await self._interact(self._interaction(user, _ROOM) | sent)
        if answer.get("response_action") == "errors":
            self._views[user] = (view, answer["errors"])
        if answer.get("response_action") == "update":
            self._views[user] = (answer["view"], {})

    async def close(self) -> None:
        """Ends the connection to Kith."""
        if self._session:
            await self._session.close()

    # -- to Kith -----------------------------------------------------------------------------------

    def _where(self, user: str, channel: str, message: int | None = None) -> Payload:
        """How something that somebody does may be answered."""
        hook, trigger = f"hook{next(_numbers)}", f"trigger{next(_numbers)}"
        self._hooks[hook] = _Hook(channel, user, message)
        self._asking[trigger] = user
        return {"response_url": f"{self._far}/slack/hooks/{hook}", "trigger_id": trigger}

    def _interaction(self, user: str, channel: str, message: int | None = None) -> Payload:
        who = {"user": {"id": user}, "team": {"id": _TEAM}, "channel": {"id": channel}}
        return self._where(user, channel, message) | who

    async def _interact(self, payload: Payload) -> Payload:
        return await self._post(urlencode({"payload": json.dumps(payload)}).encode())

    async def _post(self, body: bytes, kind: str = "application/x-www-form-urlencoded") -> Payload:
        """What Kith answers; an acknowledgement is nothing."""
        stamp = str(int(time.time()))
        signature = hmac.new(_SECRET.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
        headers = {"Content-Type": kind, "X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={signature}"}
        self._session = self._session or aiohttp.ClientSession()
        async with self._session.post(f"{self._kith}/slack/events", data=body, headers=headers) as answer:
            answered = await answer.read()
        found: Payload = json.loads(answered) if answered.startswith(b"{") else {}
        return found

    # -- from Kith ---------------------------------------------------------------------------------

    async def _api(self, asked: web.Request) -> web.Response:
        sent = await _arguments(asked)
        match asked.match_info["method"]:
            case "auth.test":
                answer: Payload = {"team_id": _TEAM, "user_id": _BOT, "bot_id": "B0KITH"}
            case "users.info":
                answer = {"user": self._profile(sent["user"])}
            case "conversations.members":
                answer = {"members": [*(user for user, person in self._people.items() if person.member), _BOT]}
            case "chat.postMessage" | "chat.postEphemeral":
                answer = self._posted(sent)
            case "chat.update":
                self._messages[int(sent["ts"].partition(".")[0]) - 1].payload = sent
                answer = {"channel": sent["channel"], "ts": sent["ts"]}
            case "views.open":
                self._views[self._asking[sent["trigger_id"]]] = (sent["view"], {})
                answer = {"view": {"id": "V1", "hash": "1"}}
            case _:
                return web.json_response({"ok": False, "error": "unknown_method"})
        return web.json_response({"ok": True, **answer})

    def _posted(self, sent: Payload) -> Payload:
        channel = _direct(sent["channel"]) if sent["channel"] in self._people else sent["channel"]
        self._messages.append(_Message(channel, sent, sent.get("user", "")))
        return {"channel": channel, "ts": f"{len(self._messages)}.000001"}

    def _profile(self, user: str) -> Payload:
        person = self._people[user]
        profile = {"real_name": person.name, "email": ""}
        return {"id": user, "team_id": _TEAM, "real_name": person.name, "locale": person.language, "profile": profile}

    async def _hook(self, asked: web.Request) -> web.Response:
        hook, sent = self._hooks[asked.match_info["id"]], await asked.json()
        message = _Message(hook.channel, sent, _alone(sent, hook.user))
        if sent.get("replace_original") and hook.message is not None:
            self._messages[hook.message] = message
        else:
            self._messages.append(message)
        return web.Response(text="ok")


def _user(person: Person) -> str:
    return f"U{person.handle.upper()}"


def _direct(user: str) -> str:
    return f"D{user[1:]}"


def _alone(message: Payload, user: str) -> str:
    """Who alone sees an answer: nobody alone, where it is for the channel."""
    return "" if message.get("response_type") == "in_channel" else user


def _shown(number: int, message: _Message) -> Markup:
    if message.typed:
        return said(message.typed)
    blocks = message.payload.get("blocks") or [
        {"type": "section", "text": {"type": "mrkdwn", "text": message.payload.get("text", "")}}
    ]
    return drawn(str(number), drawing.draw_blocks(blocks, note="Only visible to you" if message.to else ""))


async def _arguments(asked: web.Request) -> Payload:
    sent: Payload = await asked.json() if asked.content_type == "application/json" else {**await asked.post()}
    sent = {**asked.query, **sent}
    return {name: _decoded(name, value) for name, value in sent.items()}


def _decoded(name: str, value: Any) -> Any:
    return json.loads(value) if name in {"blocks", "view"} and isinstance(value, str) else value
