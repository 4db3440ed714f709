"""What DingTalk brings over a Stream connection, and how it is acknowledged.

A frame has ``type`` (SYSTEM, CALLBACK, EVENT), ``headers`` with ``topic`` and ``messageId``, and ``data``, which is
JSON in a text. Its acknowledgement repeats the id: ``{code, message, headers: {messageId, contentType}, data}``, where
``data`` is ``{"response": null}`` of a message, ``{"response": CHANGE}`` of a press, ``{status, message}`` of an event
and what came of a ping: https://open-dingtalk.github.io/developerpedia/docs/learn/stream/protocol.
"""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import structlog

from adapters.dingtalk import incoming
from adapters.dingtalk.incoming import Said, read
from adapters.dingtalk.presses import Presses
from commands.parsing import Verbs
from core.errors import StoreUnavailableError

log = structlog.get_logger()

MESSAGES, CARDS = "/v1.0/im/bot/messages/get", "/v1.0/card/instances/callback"
SUBSCRIPTIONS = (
    {"type": "CALLBACK", "topic": MESSAGES},
    {"type": "CALLBACK", "topic": CARDS},
    {"type": "EVENT", "topic": "*"},
)
_OK, _BAD, _UNKNOWN = 200, 400, 404
_PING, _DISCONNECT = "ping", "disconnect"


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """What DingTalk is answered, and what is begun once it is."""

    acknowledgement: dict[str, Any]
    behind: Callable[[], Awaitable[None]] | None = None


class Frames:
    """Takes frames. ``corp_id`` is the one organisation that is answered; empty: whichever the app is of."""

    subscriptions = SUBSCRIPTIONS

    def __init__(
        self, corp_id: str, verbs: Verbs, *, hear: Callable[[Said], Awaitable[None]], presses: Presses
    ) -> None:
        self._corp_id = corp_id
        self._verbs = verbs
        self._hear = hear
        self._presses = presses

    async def take(self, frame: dict[str, Any]) -> Acknowledged | None:
        """Takes a frame; on return what it writes is on disk. None for one that is to be brought again."""
        message_id, topic, data = message_id_of(frame), _headers(frame).get("topic"), str(frame.get("data") or "")
        try:
            match frame.get("type"), topic:
                case "SYSTEM", topic_ if topic_ == _PING:
                    return Acknowledged(_ack(message_id, _OK, read(data.encode())))
                case "CALLBACK", topic_ if topic_ == MESSAGES:
                    return await self._message(message_id, data)
                case "CALLBACK", topic_ if topic_ == CARDS:
                    return await self._press(message_id, data)
                case "EVENT", _:
                    return Acknowledged(_ack(message_id, _OK, {"status": "SUCCESS", "message": "success"}))
                case _:
                    return Acknowledged(_ack(message_id, _UNKNOWN, {}))
        except StoreUnavailableError:
            return None

    async def _message(self, message_id: str, data: str) -> Acknowledged:
        payload = read(data.encode())
        said = incoming.message(payload, self._verbs)
        if said is None or self._is_foreign(said.incoming.tenant):
            return _refused(message_id, "robot")
        await self._hear(said)
        return Acknowledged(_ack(message_id, _OK, {"response": None}))

    async def _press(self, message_id: str, data: str) -> Acknowledged:
        """A press has no id of its own, and no time: it is known by the id of its frame.

        That id names one push. Of pushing a press again DingTalk's protocol says nothing.
        """
        pressed = incoming.press(data.encode(), message_id)
        if pressed is None or self._is_foreign(pressed.incoming.tenant):
            return _refused(message_id, "card")
        taken = await self._presses.take(pressed)
        return Acknowledged(_ack(message_id, _OK, {"response": taken.answer}), partial(self._presses.start, taken))

    def _is_foreign(self, tenant: str) -> bool:
        return bool(self._corp_id) and tenant != self._corp_id


def says_goodbye(frame: dict[str, Any]) -> bool:
    """Whether DingTalk takes the line away. It pushes nothing more there, and wants no answer."""
    return frame.get("type") == "SYSTEM" and _headers(frame).get("topic") == _DISCONNECT


def message_id_of(frame: dict[str, Any]) -> str:
    """The id that its acknowledgement repeats; empty for what is no frame."""
    return str(_headers(frame).get("messageId") or "")


def _headers(frame: dict[str, Any]) -> dict[str, Any]:
    headers = frame.get("headers")
    return headers if isinstance(headers, dict) else {}


def _ack(message_id: str, code: int, data: dict[str, Any]) -> dict[str, Any]:
    return {
        "code": code,
        "message": "OK" if code == _OK else "refused",
        "headers": {"messageId": message_id, "contentType": "application/json"},
        "data": json.dumps(data, ensure_ascii=False),
    }


def _refused(message_id: str, what: str) -> Acknowledged:
    log.warning("dingtalk_request_refused", what=what)
    return Acknowledged(_ack(message_id, _BAD, {}))
