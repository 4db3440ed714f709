"""The routes that DingTalk calls. What is not DingTalk's is a 401 and leaves nothing behind."""

from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from starlette.background import BackgroundTask

from adapters.callbacks.bodies import limited_body
from adapters.callbacks.envelope import ForgedError
from adapters.dingtalk import incoming
from adapters.dingtalk.config import CARD_PATH, EVENTS_PATH, ROBOT_PATH, DingTalkConfig
from adapters.dingtalk.events import Events
from adapters.dingtalk.incoming import Said, read
from adapters.dingtalk.presses import Presses
from adapters.dingtalk.signature import (
    CARD_SIGN,
    CARD_TIMESTAMP,
    ROBOT_SIGN,
    ROBOT_TIMESTAMP,
    card_signature,
    is_recent,
    robot_signature,
    same,
)
from commands.parsing import Verbs
from core.clock import Clock
from core.errors import StoreUnavailableError

log = structlog.get_logger()

_NOTHING: dict[str, Any] = {"msgtype": "empty"}  # what a robot answers that has sent, or will send, its answer itself


class Webhook:
    """Verifies what comes in and hands it on."""

    def __init__(
        self,
        config: DingTalkConfig,
        verbs: Verbs,
        clock: Clock,
        *,
        hear: Callable[[Said], Awaitable[None]],
        presses: Presses,
    ) -> None:
        self._config = config
        self._verbs = verbs
        self._clock = clock
        self._hear = hear
        self._presses = presses
        self._events = Events(config) if config.aes_key else None

    def router(self) -> APIRouter:
        """The routes."""
        router = APIRouter(include_in_schema=False)
        router.add_api_route(ROBOT_PATH, self.robot, methods=["POST"])
        router.add_api_route(f"{ROBOT_PATH}/{{secret}}", self.robot, methods=["POST"])
        router.add_api_route(f"{CARD_PATH}/{{secret}}", self.card, methods=["POST"])
        if self._events is not None:
            router.add_api_route(EVENTS_PATH, self.event, methods=["POST"])
        return router

    async def robot(self, request: Request) -> Response:
        """A message to the robot."""
        timestamp, sign = request.headers.get(ROBOT_TIMESTAMP, ""), request.headers.get(ROBOT_SIGN, "")
        expected = robot_signature(timestamp, self._config.app_secret)
        if not self._genuine(request, self._config.robot_path, timestamp, sign, expected):
            return _refused("robot")
        body = await limited_body(request)
        if body is None:
            return Response(status_code=413)
        payload = read(body)
        if self._config.corp_id and payload.get("chatbotCorpId") != self._config.corp_id:
            return _refused("robot")
        said = incoming.message(payload, self._verbs)
        if said is None:
            return Response(status_code=400)
        try:
            await self._hear(said)
        except StoreUnavailableError:
            return Response(status_code=503)
        return JSONResponse(_NOTHING)

    async def card(self, request: Request) -> Response:
        """A press in a card."""
        timestamp, sign = request.headers.get(CARD_TIMESTAMP, ""), request.headers.get(CARD_SIGN, "")
        expected = card_signature(timestamp, self._config.card_secret)
        if not self._genuine(request, self._config.card_path, timestamp, sign, expected):
            return _refused("card")
        body = await limited_body(request)
        if body is None:
            return Response(status_code=413)
        pressed = incoming.press(body, timestamp)
        if pressed is None:
            return Response(status_code=400)
        if self._config.corp_id and pressed.incoming.tenant != self._config.corp_id:
            return _refused("card")
        try:
            taken = await self._presses.take(pressed)
        except StoreUnavailableError:
            return Response(status_code=503)
        return JSONResponse(taken.answer, background=BackgroundTask(self._presses.start, taken))

    async def event(self, request: Request) -> Response:
        """An event of the organisation."""
        assert self._events is not None  # noqa: S101 - there is no such route otherwise
        body = await limited_body(request)
        if body is None:
            return Response(status_code=413)
        try:
            return JSONResponse(self._events.answer(request.query_params, body, self._clock.now()))
        except ForgedError:
            return _refused("event")

    def _genuine(self, request: Request, path: str, timestamp: str, sign: str, expected: str) -> bool:
        """Every check is made, whichever fails: how long it takes tells nothing."""
        here, signed = same(request.url.path, path), same(sign, expected)
        return here & signed & is_recent(timestamp, self._clock.now())


def _refused(what: str) -> Response:
    log.warning("dingtalk_request_refused", what=what)
    return Response(status_code=401)
