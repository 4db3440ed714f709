"""What an acknowledgement may carry: nothing, an answer, a changed post, a form's errors, or what a field offers."""

from collections.abc import Iterable
from typing import Any

import msgspec
from starlette.responses import Response

from cards.model import Option
from cards.renderers.mattermost import plain

_ERROR_MAX = 1000

Payload = dict[str, Any]


def acknowledged(body: Payload | None = None) -> Response:
    """The delivery is accepted; ``body`` is what the server shows or does at once."""
    return Response(msgspec.json.encode(body or {}), media_type="application/json")


def refused(status: int = 401) -> Response:
    """Not from the server, or nothing that can be read."""
    return Response(status_code=status)


def for_presser(markdown: str) -> Payload:
    """A line of text that nobody but who pressed sees. Slack's own markup is not looked for in it."""
    return {"ephemeral_text": markdown, "skip_slack_parsing": True}


def for_asker(text: str) -> Payload:
    """A plain line that nobody but who typed the command sees."""
    return {"response_type": "ephemeral", "text": plain(text), "skip_slack_parsing": True}


def at_fields(errors: dict[str, str], fields: Iterable[str]) -> Payload:
    """Errors at their fields; what belongs to none stands below all of them."""
    known = set(fields)
    placed = {name: words[:_ERROR_MAX] for name, words in errors.items() if name in known}
    others = [words for name, words in errors.items() if name not in known]
    made: Payload = {"errors": placed} if placed else {}
    return made | ({"error": "\n".join(others)[:_ERROR_MAX]} if others else {})


def offered(options: Iterable[Option]) -> Payload:
    """What may be chosen in a field."""
    return {"items": [{"text": one.label, "value": one.value} for one in options if one.label and one.value]}


def text_alone(post: Payload) -> str | None:
    """All the words of a post that has neither buttons nor pictures; None for one that has."""
    attachments = post["props"]["attachments"]
    if any(one.get("actions") or one.get("image_url") for one in attachments):
        return None
    return "\n\n".join(filter(None, (post["message"], *(one.get("text", "") for one in attachments))))


def cannot_save(kind: str, text: str) -> Payload:
    """That the database cannot be reached, in the shape that a delivery of this ``kind`` is answered in."""
    match kind:
        case "command":
            return for_asker(text)
        case "action":
            return for_presser(plain(text))
        case "dialog":
            return {"error": text}
        case _:
            return {"items": []}
