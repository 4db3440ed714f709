"""The route that Teams calls: the token is checked first, then what it is for, then whose it is."""

import json
from collections.abc import Callable

import msgspec
import structlog
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from adapters.callbacks.bodies import limited_body
from adapters.teams.config import TeamsConfig
from adapters.teams.hosts import Hosts, is_loopback, is_own_machine
from adapters.teams.keys import KeysUnavailableError
from adapters.teams.links import ANONYMOUS_LINK
from adapters.teams.listener import Listener
from adapters.teams.payloads import Activity
from adapters.teams.signature import CHANNEL, ForgedError, Signature, is_for
from core.errors import StoreUnavailableError

log = structlog.get_logger()

PATH = "/teams/messages"
# Who stands between hides who asks: with any of these a request is not from this machine.
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


class Webhook:
    """Takes activities for ``listener``, which is made when the adapter has its road."""

    def __init__(self, config: TeamsConfig, signature: Signature, listener: Callable[[], Listener | None]) -> None:
        self._config = config
        self._signature = signature
        self._listener = listener
        self._hosts = Hosts(config.api_url, local=config.local)

    def router(self) -> APIRouter:
        """The one route."""
        router = APIRouter()
        router.add_api_route(PATH, self._receive, methods=["POST"], include_in_schema=False)
        return router

    async def _receive(self, request: Request) -> Response:
        body = await limited_body(request)
        if body is None:
            return PlainTextResponse("", status_code=413)
        local = self._is_local(request)
        try:
            claimed = "" if local else await self._signature.verified(request.headers.get("authorization", ""))
            activity = _read(body)
            self._check(activity, claimed, local=local)
        except ForgedError as forged:
            log.warning("signature_refused", step=str(forged))
            return PlainTextResponse("", status_code=401)
        except KeysUnavailableError:
            return PlainTextResponse("", status_code=503)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return PlainTextResponse("", status_code=400)
        if not self._is_welcome(activity, local=local):
            log.warning("teams_tenant_refused")
            return PlainTextResponse("", status_code=403)
        return await self._heard(activity)

    def _is_local(self, request: Request) -> bool:
        """Whether it came without a token from this machine, and Kith is told to take that."""
        peer = request.client.host if request.client else ""
        forwarded = any(name in request.headers for name in _FORWARDED)
        unsigned = "authorization" not in request.headers
        return self._config.local and unsigned and is_own_machine(peer) and not forwarded

    def _check(self, activity: Activity, claimed: str, *, local: bool) -> None:
        """Raises ForgedError for an answer that would go anywhere but to whom the token names."""
        if local:
            if not is_loopback(activity.service_url):
                raise ForgedError("not_local")
            return
        if not is_for(activity.service_url, claimed):
            raise ForgedError("service_url")
        if not self._hosts.takes(activity.service_url):
            raise ForgedError("unknown_host")
        if activity.channel_id != CHANNEL:
            raise ForgedError("channel")

    def _is_welcome(self, activity: Activity, *, local: bool) -> bool:
        # A link written by who has not installed the app: Teams tells neither who nor where, and nothing is looked up.
        if activity.name == ANONYMOUS_LINK:
            return True
        return activity.tenant in self._config.tenants or (local and not self._config.tenants)

    async def _heard(self, activity: Activity) -> Response:
        listener = self._listener()
        if listener is None or not activity.user or not activity.conversation.id:
            return PlainTextResponse("", status_code=503 if listener is None else 200)
        try:
            if activity.type != "invoke":
                await listener.hear(activity)
                return PlainTextResponse("")
            answer = await listener.answer(activity)
        except msgspec.ValidationError:
            return PlainTextResponse("", status_code=400)
        except StoreUnavailableError:
            log.warning("delivery_refused", kind=activity.type, reason="store_unavailable")
            return PlainTextResponse("", status_code=503)
        if answer is None:
            return PlainTextResponse("", status_code=501)
        return Response(msgspec.json.encode(answer) if answer else b"", media_type="application/json")


def _read(body: bytes) -> Activity:
    # The standard library takes halves of surrogate pairs, which msgspec refuses; the road mends them.
    try:
        return msgspec.convert(json.loads(body), Activity)
    except (ValueError, RecursionError):
        raise msgspec.DecodeError from None
