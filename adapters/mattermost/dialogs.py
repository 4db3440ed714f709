"""Opening dialogs: a form, and the question before a button runs."""

import secrets

import msgspec
import structlog

from adapters.callbacks.calls import CallError
from adapters.mattermost.api import MattermostApi
from adapters.mattermost.bot import Bot
from adapters.mattermost.carried import Carried, Origin
from adapters.mattermost.config import DIALOG_PATH
from adapters.mattermost.incoming import origin_for
from adapters.mattermost.signature import Signing
from cards.model import Button, Form
from cards.renderers.mattermost import confirmation, dialog, shown_values
from commands.model import Incoming
from core.clock import Clock

log = structlog.get_logger()

_FORM, _QUESTION = "kith_form", "kith_question"  # callback_id


class Dialogs:
    """Opens dialogs at the server, which sends them to ``public_url`` when they are filled in."""

    def __init__(self, api: MattermostApi, bot: Bot, signing: Signing, public_url: str, clock: Clock) -> None:
        self._api = api
        self._bot = bot
        self._signing = signing
        self._clock = clock
        self._url = f"{public_url}{DIALOG_PATH}"

    async def open_form(self, incoming: Incoming, form: Form, language: str) -> bool:
        """Opens a form before whoever asked for it; whether that went well."""
        return await self._opened(incoming, self.form(incoming, form, language))

    def form(self, incoming: Incoming, form: Form, language: str) -> dict[str, object]:
        """A form as a dialog that remembers where it was opened from."""
        origin = self._origin(incoming, form.token, shown_values(form))
        return dialog(
            form,
            state=self._signing.signed(origin),
            callback_id=_FORM,
            language=language,
            abilities=self._bot.abilities,
        )

    async def ask(self, incoming: Incoming, carried: Carried) -> bool:
        """Asks what a button asks before it runs; whether that went well."""
        origin = self._origin(incoming, incoming.token, {})
        # The answer may take the place of the message whose button asked.
        pressed = {name: incoming.reply_to[name] for name in ("post",) if name in incoming.reply_to}
        asked = msgspec.structs.replace(origin, reply_to=origin.reply_to | pressed, asked=True)
        button = Button(label=carried.label, command="", confirm=carried.question)
        shown = confirmation(button, state=self._signing.signed(asked), callback_id=_QUESTION)
        return await self._opened(incoming, shown)

    def _origin(self, incoming: Incoming, token: str, shown: dict[str, tuple[str, str]]) -> Origin:
        opened_at = int(self._clock.now().timestamp())
        return msgspec.structs.replace(origin_for(incoming, secrets.token_hex(8), token, shown), opened_at=opened_at)

    async def _opened(self, incoming: Incoming, shown: dict[str, object]) -> bool:
        trigger = incoming.reply_to.get("trigger", "")
        if not trigger:
            return False
        try:
            await self._api.open_dialog(trigger, self._url, shown)
        except CallError as failed:
            log.info("dialog_not_opened", delivery=incoming.key, reason=failed.reason)
            return False
        return True
