"""From a request's bytes to a payload: commands come as forms, everything else as JSON."""

from typing import Any, TypeVar
from urllib.parse import parse_qs

import msgspec

from adapters.mattermost.payloads import ActionRequest, SlashCommand, Submission

T = TypeVar("T")

_LISTS = {"user_mentions", "user_mentions_ids"}
_FIELDS_MAX = 1000


class UnreadableError(Exception):
    """Nothing can be made of it."""


def read_command(body: bytes, content_type: str) -> SlashCommand:
    """A command's form; an outgoing webhook may be set to JSON. Raises UnreadableError."""
    if content_type.startswith("application/json"):
        return _read(body, SlashCommand)
    try:
        fields = parse_qs(body.decode(), keep_blank_values=True, max_num_fields=_FIELDS_MAX)
    except ValueError:
        raise UnreadableError from None
    single: dict[str, Any] = {name: values if name in _LISTS else values[0] for name, values in fields.items()}
    try:
        return msgspec.convert(single, type=SlashCommand)
    except msgspec.ValidationError:
        raise UnreadableError from None


def read_action(body: bytes) -> ActionRequest:
    """A press. Raises UnreadableError."""
    return _read(body, ActionRequest)


def read_submission(body: bytes) -> Submission:
    """A dialog. Raises UnreadableError."""
    return _read(body, Submission)


def _read(body: bytes, type_: type[T]) -> T:
    try:
        return msgspec.json.decode(body, type=type_)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise UnreadableError from None
