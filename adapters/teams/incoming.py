"""From Teams' activities to ``Incoming``: pure, without asking anybody.

``reply_to`` holds where the answer goes: ``service`` (the address of the connector), ``conversation`` (with its
thread), ``account`` (who asked, as Teams counts), and ``message`` (the card that was pressed).
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec

from adapters.teams.payloads import Activity, Pointed
from adapters.teams.typed import plain, words_of_html
from cards.renderers.teams.elements import MENU, TOKEN
from commands.model import Incoming, Quoted

PLATFORM = "teams"
_SAVE = "save"
_NO_NAMES: Mapping[str, str] = {}


def place_of(conversation: str) -> str:
    """A conversation without the thread in it: what is bound, and what has members."""
    return conversation.partition(";")[0]


def incoming_of(activity: Activity, **more: Any) -> Incoming:
    """What every activity tells: who, where, and how to answer."""
    reply_to = {
        "service": activity.service_url,
        "conversation": activity.conversation.id,
        "account": activity.sender.id,
    }
    return Incoming(
        platform=PLATFORM,
        tenant=activity.tenant,
        user=activity.user,
        user_name=activity.sender.name or "",
        conversation=place_of(activity.conversation.id),
        direct=activity.direct,
        delivery=_delivery(activity),
        language_hint=_language(activity),
        reply_to=reply_to,
        **more,
    )


def _delivery(activity: Activity) -> str:
    """A message's id is the millisecond it was sent in: another conversation may have the same."""
    told = activity.id or f"{activity.user}.{activity.timestamp}.{activity.name}"
    return f"{told}/{activity.conversation.id}"


def from_said(
    activity: Activity, handles: Mapping[str, str] = _NO_NAMES, verbs: Mapping[str, str] = _NO_NAMES
) -> Incoming:
    """A message: a line typed in the private chat, or behind the bot's name. ``/visit Acme`` is ``visit Acme``."""
    text = plain(activity, handles)
    first, _, rest = text.partition(" ")
    if first.casefold() in verbs:
        text = f"{verbs[first.casefold()]} {rest}".strip()
    return incoming_of(activity, text=text)


def from_press(activity: Activity) -> Incoming:
    """A pressed button, or the choice of a menu, known by its token."""
    action = activity.data.get("action")
    data = action.get("data") if isinstance(action, dict) else None
    data = data if isinstance(data, dict) else {}
    token = data.get(str(data[MENU])) if MENU in data else data.get(TOKEN)
    incoming = incoming_of(activity, token=str(token or ""))
    pressed = {"message": activity.reply_to_id} if activity.reply_to_id else {}
    return msgspec.structs.replace(incoming, reply_to=incoming.reply_to | pressed)


def from_pointed(activity: Activity) -> Incoming:
    """The message extension's "Save to CRM", called on a message. Raises msgspec.ValidationError."""
    pointed = msgspec.convert(activity.data.get("messagePayload") or {}, Pointed)
    said = pointed.body.content or ""
    text = said if pointed.body.content_type == "text" else words_of_html(said)
    quoted = Quoted(
        text=text,
        author=_author(pointed),
        said_at=_instant(pointed.created_date_time or ""),
        link=pointed.link_to_message or "",
    )
    return incoming_of(activity, text=_SAVE, quoted=quoted)


def _author(pointed: Pointed) -> str:
    sides = (pointed.sender.user, pointed.sender.application) if pointed.sender else ()
    return next((one.display_name for one in sides if one and one.display_name), "")


def _language(activity: Activity) -> str:
    told = (one.locale for one in activity.entities or () if one.type == "clientInfo" and one.locale)
    return activity.locale or next(told, "")


def _instant(stamp: str) -> datetime | None:
    try:
        said = datetime.fromisoformat(stamp)
    except ValueError:
        return None
    return said.astimezone(UTC) if said.tzinfo else said.replace(tzinfo=UTC)
