"""Updates brought by Telegram to a public address."""

import json
from collections.abc import Callable
from typing import Any

import structlog
from fastapi import APIRouter, Request, Response

from adapters.callbacks.bodies import limited_body
from adapters.telegram.config import TelegramConfig
from adapters.telegram.intake import Intake
from adapters.telegram.signature import HEADER, is_genuine

log = structlog.get_logger()

PATH = "/telegram/webhook"


def webhook_router(config: TelegramConfig, intake: Callable[[], Intake | None]) -> APIRouter:
    """The route. ``intake`` is None until the bot knows its own name; Telegram then brings the update again."""
    router = APIRouter()

    @router.post(PATH, include_in_schema=False)
    async def receive(request: Request) -> Response:
        if not is_genuine(request.headers.get(HEADER, ""), config):
            log.warning("telegram_webhook_refused")
            return Response(status_code=401)
        body = await limited_body(request)
        if body is None:
            return Response(status_code=413)
        update = _update(body)
        if update is None:
            return Response(status_code=400)
        ready = intake()
        over = ready is not None and (await ready.took([update]))[0]
        return Response(status_code=200 if over else 503)

    return router


def _update(body: bytes) -> dict[str, Any] | None:
    try:
        update = json.loads(body)
    except ValueError:
        return None
    return update if isinstance(update, dict) else None
