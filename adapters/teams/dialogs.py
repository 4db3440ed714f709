"""Forms as dialogs: opened, sent, and shown again with what was wrong at the fields."""

from collections.abc import Callable

import msgspec

from adapters.callbacks.membership import context_of, words_of
from adapters.teams import notices
from adapters.teams.api import Json
from adapters.teams.bodies import dialog_body, dialog_message
from adapters.teams.incoming import from_pointed, incoming_of
from adapters.teams.invoking import Invokes
from adapters.teams.outgoing import Outgoing
from adapters.teams.payloads import Activity
from adapters.teams.waiting import KeptForm, Waiting
from cards.model import Form, Input, InputKind
from cards.renderers.teams import dialog, dialog_values
from cards.renderers.teams.elements import FORM
from cards.words import Words
from commands.model import Incoming, Reply
from commands.road import Accepted, Answered, Road
from core.work import Database, Work

_CLOSED: Json = {}


class Dialogs:
    """Answers what Teams asks about dialogs."""

    def __init__(
        self, database: Database, road: Road, *, waiting: Waiting, outgoing: Outgoing, invokes: Invokes
    ) -> None:
        self._database, self._road = database, road
        self._waiting, self._outgoing, self._invokes = waiting, outgoing, invokes

    async def fetch(self, activity: Activity) -> Json:
        """A button asks for its form."""
        incoming = incoming_of(activity)
        token, kept = await self._kept(activity, incoming)
        if kept is None:
            return dialog_message(notices.expired(await self._words(incoming)))
        return await self._shown(incoming, msgspec.structs.replace(kept.form, token=token))

    async def point(self, activity: Activity) -> Json:
        """The message extension's "Save to CRM" on a message: what is still asked for, or that it is done."""
        incoming = from_pointed(activity)
        if (before := self._invokes.remembered(incoming)) is not None:
            return before
        future = self._invokes.expect(incoming)
        outcome = await self._road.receive(incoming)
        reply: Reply | None = None
        if isinstance(outcome, Answered):
            self._invokes.forget(incoming)
            reply = outcome.reply
        elif isinstance(outcome, Accepted):
            self._road.start(outcome)
            reply = await self._invokes.outcome(incoming, future)
        return self._invokes.remember(incoming, await self._pointed(incoming, reply))

    async def _pointed(self, incoming: Incoming, reply: Reply | None) -> Json:
        if reply is not None and reply.form is not None:
            return await self._shown(incoming, await self._waiting.keep_form(incoming, reply.form))
        if reply is not None and reply.cards:
            return dialog_message(reply.cards[0].summary)
        return dialog_message(notices.on_its_way(await self._words(incoming)))

    async def submit(self, activity: Activity) -> Json:
        """A dialog is sent: it closes, or stays with all that was typed into it."""
        asked = incoming_of(activity)
        token, kept = await self._kept(activity, asked)
        if kept is None:
            return dialog_message(notices.expired(await self._words(asked)))
        incoming = _submission(asked, kept, dialog_values(kept.form, _sent(activity)))
        reply, accepted = await self._road.answer_form(incoming)
        if accepted:
            self._road.start(accepted)
        if reply.form is not None:
            return await self._shown(asked, await self._waiting.keep_form(incoming, reply.form))
        if reply.ok:
            return _CLOSED
        errors = reply.errors or {"": reply.cards[0].summary if reply.cards else ""}
        filled = await self._database.read(lambda work: _filled(work, asked, kept.form, incoming.fields or {}))
        return await self._shown(asked, msgspec.structs.replace(filled, token=token), errors)

    async def _kept(self, activity: Activity, incoming: Incoming) -> tuple[str, KeptForm | None]:
        token = str(_sent(activity).get(FORM) or "")
        return token, await self._waiting.form(incoming, token) if token else None

    async def _shown(self, incoming: Incoming, form: Form, errors: dict[str, str] | None = None) -> Json:
        words = await self._words(incoming)
        return dialog_body(dialog(form, words.language, errors=errors))

    async def _words(self, incoming: Incoming) -> Words:
        return await self._database.read(lambda work: words_of(work, incoming))


def _sent(activity: Activity) -> Json:
    data = activity.data.get("data")
    return data if isinstance(data, dict) else {}


def _submission(asked: Incoming, kept: KeptForm, fields: dict[str, str]) -> Incoming:
    """The form's fields, as if they were said where the form was asked for."""
    quoted = kept.quoted and msgspec.structs.replace(kept.quoted, text=fields.get("text", kept.quoted.text))
    return msgspec.structs.replace(
        asked,
        token=kept.form.token,
        fields=fields,
        quoted=quoted,
        conversation=kept.conversation,
        direct=kept.direct,
        reply_to=kept.reply_to,
    )


def _filled(work: Work, incoming: Incoming, form: Form, fields: dict[str, str]) -> Form:
    """The form with what was typed into it; a customer or member who was chosen by name."""
    names = _named(work, incoming)

    def with_value(one: Input) -> Input:
        value = fields.get(one.name, "")
        shown = one.value_label if value == one.value else names(one.kind, value)
        return msgspec.structs.replace(one, value=value, value_label=shown, error="")

    return msgspec.structs.replace(form, inputs=tuple(map(with_value, form.inputs)))


def _named(work: Work, incoming: Incoming) -> Callable[[InputKind, str], str]:
    context = context_of(work, incoming)

    def name(kind: InputKind, value: str) -> str:
        if context is None or not value:
            return ""
        if kind is InputKind.CUSTOMER:
            customer = work.customers.by_id(context.actor.scope, value)
            return customer.name if customer else ""
        if kind is InputKind.MEMBER:
            member = work.members.by_id(context.actor.workspace_id, value)
            return member.name if member else ""
        return ""

    return name
