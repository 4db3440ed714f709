"""From a request's verified bytes to a payload, and what kind of payload it is."""

from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import parse_qsl

import msgspec

T = TypeVar("T")


class UnreadableError(Exception):
    """Signed, but not a payload: nothing can be made of it."""


class Kind(StrEnum):
    """What a payload is."""

    COMMAND = "command"
    PRESS = "press"
    SHORTCUT = "shortcut"
    SUBMISSION = "submission"
    TYPEAHEAD = "typeahead"
    MESSAGE = "message"
    REMOVAL = "removal"
    HOME = "home"
    LINKS = "links"
    DETAILS = "details"
    OTHER = "other"  # of no concern: closed modals, edits, other bots


_INTERACTIONS = {
    "block_actions": Kind.PRESS,
    "message_action": Kind.SHORTCUT,
    "view_submission": Kind.SUBMISSION,
    "block_suggestion": Kind.TYPEAHEAD,
}
_BY_EVENT = {
    "app_home_opened": Kind.HOME,
    "link_shared": Kind.LINKS,
    "entity_details_requested": Kind.DETAILS,
}
_OBJECTS = ("event", "team", "enterprise", "user", "channel", "container", "view", "message")
# An edited or deleted message, a join, a bot's message have a subtype; a file with words does too.
_SAID = {None, "", "file_share", "thread_broadcast"}


def decode(body: bytes, content_type: str) -> dict[str, Any]:
    """The payload in a verified body: a form, JSON in a form's field, or JSON. Raises UnreadableError."""
    try:
        payload = _decoded(body, content_type)
    except (msgspec.DecodeError, ValueError) as unreadable:
        raise UnreadableError from unreadable
    # Bolt looks into these without asking what they are.
    if not all(isinstance(payload.get(name) or {}, dict) for name in _OBJECTS):
        raise UnreadableError
    return payload


def _decoded(body: bytes, content_type: str) -> dict[str, Any]:
    if content_type.startswith("application/json"):
        return msgspec.json.decode(body, type=dict[str, Any])
    fields: dict[str, Any] = dict(parse_qsl(body.decode(), keep_blank_values=True))
    return msgspec.json.decode(fields["payload"], type=dict[str, Any]) if "payload" in fields else fields


def kind_of(payload: dict[str, Any]) -> Kind:
    """What a payload is, before its fields are read."""
    if "command" in payload and "type" not in payload:
        return Kind.COMMAND
    if payload.get("type") == "event_callback" and isinstance(event := payload.get("event"), dict):
        return _event_kind(event, payload)
    return _INTERACTIONS.get(str(payload.get("type")), Kind.OTHER)


def _event_kind(event: dict[str, Any], payload: dict[str, Any]) -> Kind:
    if kind := _BY_EVENT.get(str(event.get("type"))):
        return kind
    match event.get("type"):
        case "app_uninstalled":
            return Kind.REMOVAL
        case "tokens_revoked":
            tokens = event.get("tokens")
            return Kind.REMOVAL if isinstance(tokens, dict) and tokens.get("bot") else Kind.OTHER
        case "app_mention":
            return Kind.MESSAGE if _by_person(event, payload) else Kind.OTHER
        case "message" if event.get("channel_type") == "im":
            return Kind.MESSAGE if _by_person(event, payload) else Kind.OTHER
        case _:
            return Kind.OTHER


def _by_person(event: dict[str, Any], payload: dict[str, Any]) -> bool:
    """Whether a person said it, and now: not a bot (above all not Kith itself), no edit, no deletion."""
    ours = {one.get("user_id") for one in payload.get("authorizations") or () if isinstance(one, dict)}
    return (
        bool(event.get("user"))
        and not event.get("bot_id")
        and event.get("subtype") in _SAID
        and event["user"] not in ours
        and event["user"] != "USLACKBOT"
    )


def read(payload: dict[str, Any], type_: type[T]) -> T:
    """The payload as one of the types in payloads.py. Raises UnreadableError."""
    try:
        return msgspec.convert(payload, type=type_)
    except msgspec.ValidationError:
        return _read_without_nulls(payload, type_)


def _read_without_nulls(payload: dict[str, Any], type_: type[T]) -> T:
    """Slack sends null for much of what is absent, and does not say for what."""
    try:
        return msgspec.convert(_without_nulls(payload), type=type_)
    except msgspec.ValidationError as unreadable:
        raise UnreadableError from unreadable


def _without_nulls(value: Any) -> Any:
    match value:
        case dict():
            return {key: _without_nulls(one) for key, one in value.items() if one is not None}
        case list():
            return [_without_nulls(one) for one in value if one is not None]
        case _:
            return value
