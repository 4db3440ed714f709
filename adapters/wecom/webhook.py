"""The two routes that WeCom calls: the application's, with XML, and the robot's, with JSON.

Pages 90968 (application) and 101033 (robot). A forged request is a 401 and leaves no trace.
"""

import json
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from fastapi import APIRouter, Request, Response

from adapters.callbacks.bodies import limited_body
from adapters.callbacks.envelope import ForgedError
from adapters.wecom.reading import Payload, UnreadableError, json_object, text_of, xml
from adapters.wecom.robot import Spoken
from adapters.wecom.signature import Gate, sealed_of
from core.errors import StoreUnavailableError

log = structlog.get_logger()

PATH, ROBOT_PATH = "/wecom/callback", "/wecom/robot"
DOMAIN_FILE = "WW_verify_{}.txt"
_FORGED, _TOO_LARGE, _LATER = 401, 413, 503

Take = Callable[[Payload], Awaitable[None]]
TakeRobot = Callable[[Payload], Awaitable[Spoken | None]]
TakeAny = Take | TakeRobot
Lost = Callable[[Spoken], Awaitable[None]]


def application_router(gate: Gate, take: Take) -> APIRouter:
    """The application's route; ``take`` is given the plain payload."""
    router = APIRouter()

    @router.get(PATH, include_in_schema=False)
    async def check(request: Request) -> Response:
        return _echo(gate, request)

    @router.post(PATH, include_in_schema=False)
    async def receive(request: Request) -> Response:
        return await _received(request, gate, _from_xml, take)

    return router


def robot_router(gate: Gate, take: TakeRobot, lost: Lost) -> APIRouter:
    """The robot's route; ``lost`` is given the answer that WeCom did not wait for."""
    router = APIRouter()

    @router.get(ROBOT_PATH, include_in_schema=False)
    async def check(request: Request) -> Response:
        return _echo(gate, request)

    @router.post(ROBOT_PATH, include_in_schema=False)
    async def receive(request: Request) -> Response:
        return await _received(request, gate, json_object, take, lost)

    return router


def domain_router(proof: str) -> APIRouter:
    """The file by which WeCom knows whose domain it is: at the root, with the word of its name in it and no more."""
    router = APIRouter()

    @router.get(f"/{DOMAIN_FILE.format(proof)}", include_in_schema=False)
    async def proven() -> Response:
        return Response(proof, media_type="text/plain")

    return router


def _echo(gate: Gate, request: Request) -> Response:
    """Proves to WeCom's console who answers: the plain text, within a second, with nothing around it."""
    try:
        plain = gate.opened(request.query_params.get("echostr", ""), sealed_of(request.query_params))
    except ForgedError as forged:
        return _refused(str(forged))
    return Response(plain, media_type="text/plain")


async def _received(
    request: Request, gate: Gate, read: Callable[[str], Payload], take: TakeAny, lost: Lost | None = None
) -> Response:
    body = await limited_body(request)
    if body is None:
        return Response(status_code=_TOO_LARGE)
    try:
        outside = read(body.decode())
        name = "Encrypt" if read is _from_xml else "encrypt"
        payload = read(gate.opened(text_of(outside, name), sealed_of(request.query_params)))
    except (ForgedError, UnreadableError, UnicodeDecodeError) as forged:
        return _refused(str(forged) if isinstance(forged, ForgedError) else "unreadable")
    try:
        answer = await take(payload)
    except StoreUnavailableError:
        return Response(status_code=_LATER)  # WeCom brings it again
    if answer is None:
        return Response(status_code=200)
    if lost is not None and await request.is_disconnected():
        await lost(answer)
        return Response(status_code=200)
    sealed = gate.sealed(json.dumps(answer.payload, ensure_ascii=False), request.query_params.get("nonce", ""))
    return _json(sealed)


def _from_xml(text: str) -> Payload:
    return xml(text)


def _json(body: dict[str, Any]) -> Response:
    return Response(json.dumps(body), media_type="application/json")


def _refused(why: str) -> Response:
    log.warning("wecom_callback_refused", reason=why)
    return Response(status_code=_FORGED)
