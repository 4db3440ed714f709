"""The server calling: its token or our own signature is checked before anything else is made of a request."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, Protocol

import structlog
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from adapters.callbacks.bodies import limited_body
from adapters.callbacks.freshness import is_fresh
from adapters.mattermost.acknowledging import acknowledged, cannot_save, refused
from adapters.mattermost.carried import Carried, Contexts, Origin
from adapters.mattermost.config import ACTION_PATH, COMMAND_PATH, DIALOG_PATH, LOOKUP_PATH
from adapters.mattermost.decoding import UnreadableError, read_action, read_command, read_submission
from adapters.mattermost.notices import cannot_save as cannot_save_words
from adapters.mattermost.payloads import ActionRequest, SlashCommand, Submission
from adapters.mattermost.signature import ForgedError, Signing, is_from_server
from adapters.mattermost.trigger import read_trigger
from cards.model import InputKind
from cards.words import Words
from core.clock import Clock
from core.errors import StoreUnavailableError

log = structlog.get_logger()

Payload = dict[str, Any]
DIALOG_LIFE = timedelta(days=1)
_KINDS = {"customer": InputKind.CUSTOMER, "member": InputKind.MEMBER}


class Taking(Protocol):
    """What carries verified deliveries along the road; each returns what the acknowledgement carries."""

    async def command(self, command: SlashCommand) -> Payload:
        """A slash command."""
        ...

    async def press(self, request: ActionRequest, carried: Carried, token: str) -> Payload:
        """A pressed button, or a menu's line."""
        ...

    async def submitted(self, dialog: Submission, origin: Origin) -> Payload:
        """A dialog that was filled in."""
        ...

    async def looked_up(self, question: Submission, origin: Origin, kind: InputKind) -> Payload:
        """What a field offers."""
        ...


class Webhook:
    """The routes. ``taking`` is there once the adapter is attached to the road."""

    def __init__(self, tokens: tuple[str, ...], signing: Signing, contexts: Contexts, clock: Clock) -> None:
        self._tokens = tokens
        self._signing = signing
        self._contexts = contexts
        self._clock = clock
        self.taking: Taking | None = None

    def add_to(self, router: APIRouter) -> None:
        """Mounts them, as plain routes: nothing of a request is for FastAPI to read."""
        routes = (
            (COMMAND_PATH, self.command),
            (ACTION_PATH, self.action),
            (DIALOG_PATH, self.dialog),
            (f"{LOOKUP_PATH}/{{kind}}", self.lookup),
        )
        for path, handler in routes:
            router.add_route(path, handler, methods=["POST"], include_in_schema=False)

    async def command(self, request: Request) -> Response:
        """Slash commands, and what outgoing webhooks heard."""
        return await self._verified("command", request, self._command)

    async def action(self, request: Request) -> Response:
        """Buttons and menus."""
        return await self._verified("action", request, self._action)

    async def dialog(self, request: Request) -> Response:
        """Dialogs that were filled in."""
        return await self._verified("dialog", request, self._dialog)

    async def lookup(self, request: Request) -> Response:
        """What a dialog's field offers while somebody types."""
        return await self._verified("lookup", request, self._lookup)

    # -- steps -------------------------------------------------------------------------------------

    async def _verified(
        self, kind: str, request: Request, take: Callable[[Request, bytes], Awaitable[Payload]]
    ) -> Response:
        """401 for what does not come from the server, or cannot be read to tell; 413 for what is too large."""
        body = await limited_body(request)
        if body is None:
            return refused(413)
        try:
            return acknowledged(await take(request, body))
        except (ForgedError, UnreadableError):
            log.warning("mattermost_request_refused", kind=kind)
            return refused()
        except StoreUnavailableError:
            log.warning("delivery_refused", kind=kind, reason="store_unavailable")
            # Who it is, and so which language they read, the database would have told.
            return acknowledged(cannot_save(kind, cannot_save_words(Words("en"))))

    async def _command(self, request: Request, body: bytes) -> Payload:
        command = read_command(body, request.headers.get("content-type", ""))
        if not is_from_server(self._tokens, command.token, request.headers.get("authorization", "")):
            raise ForgedError
        self._check_freshness(command.trigger_id, command.user_id)
        return await self._the_taking.command(command)

    async def _action(self, _request: Request, body: bytes) -> Payload:
        action = read_action(body)
        carried, token = self._contexts.opened(action)
        self._check_freshness(action.trigger_id, action.user_id)
        return await self._the_taking.press(action, carried, token)

    async def _dialog(self, _request: Request, body: bytes) -> Payload:
        dialog, origin = self._opened(body)
        return {} if dialog.cancelled else await self._the_taking.submitted(dialog, origin)

    async def _lookup(self, request: Request, body: bytes) -> Payload:
        question, origin = self._opened(body)
        kind = _KINDS.get(request.path_params["kind"])
        return await self._the_taking.looked_up(question, origin, kind) if kind else {"items": []}

    def _opened(self, body: bytes) -> tuple[Submission, Origin]:
        """A dialog and what it carried. Raises ForgedError unless it was opened for whoever sends it, of late."""
        dialog = read_submission(body)
        origin = self._signing.opened(dialog.state, Origin)
        # The state passes through the browser, where it could be kept to look customers up by for ever.
        fresh = is_fresh(str(origin.opened_at), self._clock.now(), DIALOG_LIFE)
        if origin.user != dialog.user_id or not fresh:
            raise ForgedError
        return dialog, origin

    def _check_freshness(self, trigger: str, user: str) -> None:
        if not read_trigger(trigger).fits(user, self._clock.now()):
            raise ForgedError

    @property
    def _the_taking(self) -> Taking:
        if self.taking is None:
            raise StoreUnavailableError("the adapter is not attached yet")
        return self.taking
