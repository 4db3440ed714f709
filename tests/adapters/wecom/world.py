"""Kith with WeCom attached to it, called as WeCom calls: over HTTP, encrypted and signed."""

import asyncio
import json
import sqlite3
from contextlib import closing
from typing import Any
from xml.sax.saxutils import escape

import httpx
from fastapi import FastAPI

from adapters.callbacks.envelope import Envelope
from adapters.wecom.app import WecomAdapter
from adapters.wecom.config import WecomConfig
from bots.compose import wire
from commands.registry import VERBS
from commands.road import Road
from commands.sealing import Sealer
from core.clock import Clock
from core.work import Database
from tests.adapters.wecom.standin import AGENT, CONTACTS_SECRET, CORP, SECRET, Message, StandIn

TOKEN, KEY = "QDG6eK", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
ROBOT_TOKEN, ROBOT_KEY = "robottoken", "4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3ij"
ROOM = "wrGROUP0001"
PUBLIC_URL = "https://kith.example"

Json = dict[str, Any]


def xml_of(value: Json, name: str = "xml") -> str:
    """The elements, nested ones for dictionaries."""
    inside = "".join(
        xml_of(one, key) if isinstance(one, dict) else f"<{key}>{escape(str(one))}</{key}>"
        for key, one in value.items()
    )
    return f"<{name}>{inside}</{name}>"


class World:
    """One Kith process, and the WeCom it talks to."""

    def __init__(self, database: Database, clock: Clock, wecom: StandIn, **settings: Any) -> None:
        self.database, self.clock, self.wecom = database, clock, wecom
        given: Json = {
            "contacts_secret": CONTACTS_SECRET,
            "robot_token": ROBOT_TOKEN,
            "robot_key": ROBOT_KEY,
        } | settings
        pause = given.pop("pause", asyncio.sleep)
        config = WecomConfig(
            corp_id=CORP, agent_id=AGENT, secret=SECRET, token=TOKEN, key=KEY, api_url=wecom.url, **given
        )
        self.adapter = WecomAdapter(config, database, VERBS, clock, pause=pause)
        self.road: Road = wire(database, Sealer("test"), {"wecom": self.adapter}, public_url=PUBLIC_URL)
        self.adapter.attach(self.road)
        self.app = app = FastAPI()
        app.include_router(self.adapter.router())
        self.http = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://kith")
        self.envelope, self.robot_envelope = Envelope(TOKEN, KEY, CORP), Envelope(ROBOT_TOKEN, ROBOT_KEY, "")
        self.path = ""  # of the database's file
        self.last: tuple[str, str, str] = ("", "", "")

    async def start(self) -> None:
        """Starts it."""
        await self.adapter.start()
        await self.settle()

    async def stop(self) -> None:
        """Stops it in order."""
        await self.settle()
        await self.adapter.stop()
        await self.http.aclose()

    async def settle(self) -> None:
        """Until nothing is under way."""
        await self.adapter.settle()
        await self.adapter.contacts.settle()

    async def work_off(self) -> None:
        """What the worker does."""
        while await self.road.work_off():
            await self.settle()

    # -- the application ---------------------------------------------------------------------------

    async def post(self, payload: Json, **changes: str) -> httpx.Response:
        """Encrypted and signed XML, as the application's callback gets it."""
        encrypted = self.envelope.sealed(xml_of(payload))
        body = xml_of({"ToUserName": CORP, "Encrypt": encrypted, "AgentID": AGENT})
        self.last = ("/wecom/callback", encrypted, body)
        return await self._posted(self.envelope, **changes)

    async def again(self) -> httpx.Response:
        """Delivers once more, byte for byte, what came last."""
        return await self._posted(self.envelope if self.last[0] == "/wecom/callback" else self.robot_envelope)

    async def _posted(self, envelope: Envelope, **changes: str) -> httpx.Response:
        path, encrypted, body = self.last
        timestamp, nonce = str(int(self.clock.now().timestamp())), "1372623149"
        query = {
            "msg_signature": envelope.signature(timestamp, nonce, encrypted),
            "timestamp": timestamp,
            "nonce": nonce,
        } | changes
        answer = await self.http.post(path, params=query, content=body.encode())
        await self.settle()
        return answer

    def message(self, who: str, text: str) -> Json:
        """A text that somebody typed to the application."""
        return {**self._from(who), "MsgType": "text", "Content": text, "MsgId": self.wecom.number(), "AgentID": AGENT}

    def event(self, who: str, name: str, **more: Any) -> Json:
        """Something else that they did there."""
        return {**self._from(who), "MsgType": "event", "Event": name, "AgentID": AGENT, **more}

    def _from(self, who: str) -> Json:
        return {"ToUserName": CORP, "FromUserName": who, "CreateTime": int(self.clock.now().timestamp())}

    async def said(self, who: str, text: str) -> Message:
        """Somebody types; the last message in their chat then."""
        assert (await self.post(self.message(who, text))).status_code == 200
        return self.wecom.last(who)

    def press(self, who: str, message: Message, label: str) -> Json:
        """A press on what says ``label``."""
        key, option = message.presses[
            next(one for one in message.presses if one == label or label in one.split(" ", 1))
        ]
        chosen = {"SelectedItem": {"QuestionKey": "choose", "OptionIds": {"OptionId": option}}}
        more = {"SelectedItems": chosen} if option else {}
        return self.event(
            who,
            "template_card_event",
            EventKey=key,
            TaskId=message.card.get("task_id", ""),
            CardType=message.card["card_type"],
            ResponseCode=message.code,
            Number=self.wecom.number(),
            **more,
        )

    async def pressed(self, who: str, message: Message, label: str) -> Message:
        """Somebody presses; the last message in their chat then."""
        assert (await self.post(self.press(who, message, label))).status_code == 200
        return self.wecom.last(who)

    # -- the robot ---------------------------------------------------------------------------------

    def typed(self, who: str, text: str, *, room: bool = True, **more: Any) -> Json:
        """A text that mentions the robot in the group, or is typed in its own chat."""
        place = {"chatid": ROOM, "chattype": "group"} if room else {"chattype": "single"}
        return {
            **place,
            "msgid": self.wecom.number(),
            "aibotid": "BOT",
            "from": {"userid": who},
            "response_url": self.wecom.response_url(ROOM if room else f"robot-{who}"),
            "msgtype": "text",
            "text": {"content": f"@Kith {text}" if room else text},
            **more,
        }

    def robot_press(self, who: str, message: Message, label: str, *, room: bool = True, url: bool = True) -> Json:
        """A press on one of the robot's cards."""
        key, option = message.presses[label]
        chosen = {
            "selected_items": {"selected_item": [{"question_key": "choose", "option_ids": {"option_id": [option]}}]}
        }
        card = {"card_type": message.card["card_type"], "event_key": key, "task_id": message.card["task_id"]}
        event = {"eventtype": "template_card_event", "template_card_event": card | (chosen if option else {})}
        pressed = self.typed(who, "", room=room) | {"msgtype": "event", "event": event}
        del pressed["text"]
        return pressed if url else {name: value for name, value in pressed.items() if name != "response_url"}

    async def robot(self, payload: Json, **changes: str) -> httpx.Response:
        """Encrypted and signed JSON, as the robot's callback gets it; what rides on the answer stands in the room."""
        encrypted = self.robot_envelope.sealed(json.dumps(payload))
        self.last = ("/wecom/robot", encrypted, json.dumps({"encrypt": encrypted}))
        answer = await self._posted(self.robot_envelope, **changes)
        if answer.status_code == 200 and answer.content:
            room = payload.get("chatid") or f"robot-{payload['from']['userid']}"
            self.wecom.passive(room, self.opened(answer.json()))
        return answer

    async def robot_hangs_up(self, payload: Json) -> None:
        """The robot's callback, of which WeCom does not wait for the answer."""
        encrypted = self.robot_envelope.sealed(json.dumps(payload))
        timestamp = str(int(self.clock.now().timestamp()))
        signed = self.robot_envelope.signature(timestamp, "n", encrypted)
        body = json.dumps({"encrypt": encrypted}).encode()
        told = iter([{"type": "http.request", "body": body, "more_body": False}])

        async def receive() -> Json:
            return next(told, {"type": "http.disconnect"})

        async def send(_message: Any) -> None:
            """Nobody reads it."""

        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": "POST",
            "path": "/wecom/robot",
            "raw_path": b"/wecom/robot",
            "root_path": "",
            "scheme": "http",
            "query_string": f"msg_signature={signed}&timestamp={timestamp}&nonce=n".encode(),
            "headers": [],
        }
        await self.app(scope, receive, send)
        await self.settle()

    def opened(self, answer: Json) -> Json:
        """What a robot's answer says."""
        plain = self.robot_envelope.opened(
            answer["encrypt"],
            signature=answer["msgsignature"],
            timestamp=str(answer["timestamp"]),
            nonce=answer["nonce"],
        )
        found: Json = json.loads(plain)
        return found


def rows(path: str, table: str) -> int:
    """How many rows a table has."""
    with closing(sqlite3.connect(path)) as connection:
        (found,) = connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()  # noqa: S608 - the test's own word
    return int(found)
