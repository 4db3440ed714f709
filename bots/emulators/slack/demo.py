"""A Slack to play with: a direct message with Kith for each person, and a channel."""

import hashlib
import hmac
import itertools
import json
import time
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import httpx
from aiohttp import web
from markupsafe import Markup

from bots.clock import SystemClock
from bots.emulators.model import Person, Screen, drawn, said
from bots.emulators.slack.model import Channel, Json, Posted, SlackError
from bots.emulators.slack.payloads import fields_of, form_of, typed_event
from bots.emulators.slack.server import SlackServer
from bots.gallery import slack as drawing
from bots.settings import Secret
from core.members.model import Identity

_TEAM, _ROOM = "T0KITH0001", "C0DEALS001"
_SECRET = "a secret of the demo's alone"  # noqa: S105 - signs requests on this machine's loopback
_numbers = itertools.count(int(time.time()))  # another start is not taken for what came before


class Slack:
    """``bots.emulators.model.Emulator`` for Slack; ``kith`` is where Kith listens."""

    style = drawing.DRAWING.style

    def __init__(self, kith: str, people: Sequence[Person]) -> None:
        self._server = server = SlackServer(SystemClock(), epoch=int(time.time()))
        server.users = {_user(person): _profile(person) for person in people}
        members = [_user(person) for person in people if person.member]
        server.channels = {_direct(_user(person)): Channel([_user(person)]) for person in people}
        server.channels[_ROOM] = Channel([*members, server.bot])
        self._views: dict[str, tuple[Json, dict[str, str]]] = {}
        self._http = httpx.AsyncClient(base_url=kith, trust_env=False)

    def settings(self, far: str) -> dict[str, Any]:
        """Over HTTP, with one workspace's token."""
        self._server.base = far
        return {
            "slack_bot_token": Secret(next(iter(self._server.tokens))),
            "slack_signing_secret": Secret(_SECRET),
            "slack_api_url": f"{far}/api",
        }

    def routes(self) -> list[web.RouteDef]:
        """The Web API's methods that Kith calls, and response_urls."""
        return self._server.routes()

    def identity(self, person: Person) -> Identity:
        """A user of the one workspace."""
        return Identity("slack", _TEAM, _user(person))

    def screen(self, person: Person) -> Screen:
        """Messages to all, and those to this person alone."""
        user = _user(person)
        self._take_opened()
        seen = [(number, one) for number, one in enumerate(self._server.posted) if one.to in {"", user}]
        direct = [_shown(*each) for each in seen if each[1].channel in {_direct(user), user}]
        room = [_shown(*each) for each in seen if each[1].channel == _ROOM]
        view, errors = self._views.get(user, ({}, {}))
        form = form_of(view, errors) if view else Markup()
        return Screen(direct, room, form, self._server.refusals.lines)

    async def say(self, person: Person, text: str, *, room: bool) -> None:
        """A slash command in the channel, a message in the direct conversation."""
        user = _user(person)
        if not room:
            self._server.posted.append(Posted(_direct(user), text, [], typed=True))
            told = {"user": user, "channel": _direct(user), "text": text}
            event = typed_event(_TEAM, self._server.bot, told, next(_numbers))
            await self._post(json.dumps(event).encode(), "application/json")
            return
        line = text if text.startswith("/") else f"/crm {text}"
        self._server.posted.append(Posted(_ROOM, line, [], user, typed=True))
        command, _, rest = line.partition(" ")
        who = {"team_id": _TEAM, "user_id": user, "user_name": person.handle, "channel_id": _ROOM}
        form = self._where(user, _ROOM) | who | {"command": command, "text": rest}
        answer = await self._post(urlencode(form).encode())
        if answer:
            self._respond(answer, user, line)

    async def press(self, person: Person, pressed: dict[str, str]) -> None:
        """A button, or a menu's entry."""
        user, number = _user(person), int(pressed["message"])
        message = self._server.posted[number]
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
        self._take_opened()
        view, _ = self._views.get(user, ({}, {}))
        if not view or not values:
            self._views.pop(user, None)
            return
        filled = view | {"id": f"V{next(_numbers)}", "state": {"values": fields_of(view, values)}}
        sent = {"type": "view_submission", "view": filled}
        answer = await self._interact(self._interaction(user, _ROOM) | sent)
        match answer.get("response_action"):
            case "errors":
                self._views[user] = (view, answer["errors"])
            case "update":
                self._update(user, answer["view"])
            case _:
                del self._views[user]

    async def close(self) -> None:
        """Ends the connection to Kith."""
        await self._http.aclose()

    # -- to Kith -----------------------------------------------------------------------------------

    def _where(self, user: str, channel: str, message: int | None = None) -> Json:
        """How something that somebody does may be answered."""
        hook = self._server.response_url(channel, user, message)
        return {"response_url": hook, "trigger_id": self._server.trigger(user)}

    def _interaction(self, user: str, channel: str, message: int | None = None) -> Json:
        who = {"user": {"id": user}, "team": {"id": _TEAM}, "channel": {"id": channel}}
        return self._where(user, channel, message) | who

    async def _interact(self, payload: Json) -> Json:
        return await self._post(urlencode({"payload": json.dumps(payload)}).encode())

    async def _post(self, body: bytes, kind: str = "application/x-www-form-urlencoded") -> Json:
        """What Kith answers; an acknowledgement is nothing."""
        stamp = str(int(time.time()))
        signature = hmac.new(_SECRET.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
        headers = {"Content-Type": kind, "X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={signature}"}
        answer = await self._http.post("/slack/events", content=body, headers=headers)
        found: Json = answer.json() if answer.content.startswith(b"{") else {}
        return found

    def _update(self, user: str, view: Json) -> None:
        try:
            self._server.judge_view(view)
            self._views[user] = (view, {})
        except SlackError as refused:
            self._server.refusals.note("response_action", str(refused))

    def _respond(self, answer: Json, user: str, line: str) -> None:
        try:
            self._server.respond(answer, _ROOM, user)
        except SlackError as refused:
            self._server.refusals.note(line, str(refused))

    def _take_opened(self) -> None:
        """What was opened since is before its people now."""
        while self._server.opened:
            user, view = self._server.opened.pop(0)
            self._views[user] = (view, {})


def _user(person: Person) -> str:
    return f"U{person.handle.upper()}"


def _direct(user: str) -> str:
    return f"D{user[1:]}"


def _profile(person: Person) -> Json:
    profile = {"real_name": person.name, "email": ""}
    return {"real_name": person.name, "locale": person.language, "profile": profile}


def _shown(number: int, message: Posted) -> Markup:
    if message.typed:
        return said(message.text)
    blocks = message.blocks or [{"type": "section", "text": {"type": "mrkdwn", "text": message.text}}]
    return drawn(str(number), drawing.draw_blocks(blocks, note="Only visible to you" if message.to else ""))
