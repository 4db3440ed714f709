"""What an acknowledgement may carry: nothing, an answer, a form's errors, or what an input offers."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from slack_bolt.response import BoltResponse

from adapters.callbacks.replies import one_card
from cards.model import Option
from cards.renderers.slack import message
from cards.renderers.slack.objects import OPTION_VALUE_MAX, option
from commands.model import Audience, Reply

_ERROR_MAX = 2000
_JSON: dict[str, str | Sequence[str]] = {"content-type": "application/json;charset=utf-8"}


def acknowledged(body: dict[str, Any] | None = None) -> BoltResponse:
    """Slack's delivery is accepted; ``body`` is what it shows or does at once."""
    if body is None:
        return BoltResponse(status=200)
    return BoltResponse(status=200, body=msgspec.json.encode(body).decode(), headers=_JSON)


def shown_at_once(reply: Reply) -> dict[str, Any]:
    """The answer to a slash command, for the asker alone unless it is for the room."""
    kind = "in_channel" if reply.audience is Audience.ROOM else "ephemeral"
    return {"response_type": kind, **message(one_card(reply.cards))}


def at_fields(errors: dict[str, str], fields: tuple[str, ...]) -> dict[str, Any]:
    """Errors at their fields, and at the first one what belongs to none: Slack takes no others."""
    placed: dict[str, str] = {}
    for name, words in errors.items():
        at = name if name in fields else next(iter(fields), name)
        placed[at] = f"{placed[at]}\n{words}" if at in placed else words
    return {"response_action": "errors", "errors": {at: words[:_ERROR_MAX] for at, words in placed.items()}}


def offered(options: Iterable[Option]) -> dict[str, Any]:
    """What may be chosen; a value too long to come back is left out."""
    return {"options": [option(one.label, one.value) for one in options if len(one.value) <= OPTION_VALUE_MAX]}
