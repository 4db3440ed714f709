"""What Slack refuses to draw: https://docs.slack.dev/reference/block-kit/ and the methods' own pages."""

from collections.abc import Iterable, Iterator
from typing import Any

from bots.emulators.slack.model import Json

_TEXT_MAX = 40_000  # of a message
_BLOCKS_MAX = {"message": 50, "modal": 100, "home": 100}
_BLOCK_LETTERS_MAX = 13_200  # in all the blocks of a message
_METADATA_MAX = 3000
# Letters in the text at each place: in a block or element, and in what it is nested in.
_LETTERS = {
    ("section", "text"): 3000,
    ("header", "text"): 150,
    ("button", "text"): 75,
    ("button", "value"): 2000,
    ("button", "url"): 3000,
    ("option", "text"): 75,
    ("option", "value"): 150,
    ("option", "description"): 75,
    ("confirm", "title"): 100,
    ("confirm", "text"): 300,
    ("confirm", "confirm"): 30,
    ("confirm", "deny"): 30,
    ("input", "label"): 2000,
    ("input", "hint"): 2000,
    ("image", "alt_text"): 2000,
    ("image", "image_url"): 3000,
    ("view", "title"): 24,
    ("view", "submit"): 24,
    ("view", "close"): 24,
}
_EVERYWHERE = {"block_id": 255, "action_id": 255, "placeholder": 150}
_MOST = {("section", "fields"): 10, ("actions", "elements"): 25, ("context", "elements"): 10}
_OPTIONS_MAX, _FIELD_MAX = 100, 2000


def fault_of_message(message: Json) -> str:
    """Slack's word for what is wrong with a message; empty for a good one."""
    text, blocks = message.get("text") or "", message.get("blocks") or []
    if not text and not blocks:
        return "no_text"
    if len(text) > _TEXT_MAX:
        return "msg_too_long"
    if _letters(blocks) > _BLOCK_LETTERS_MAX:
        return "msg_blocks_too_long"
    return "invalid_blocks" if len(blocks) > _BLOCKS_MAX["message"] or _misshapen(blocks) else ""


def fault_of_view(view: Json) -> str:
    """Slack's word for what is wrong with a modal or a home; empty for a good one."""
    blocks, kind = view["blocks"], view.get("type", "")
    wrong = (
        len(blocks) > _BLOCKS_MAX.get(kind, 0)
        or _misshapen(blocks)
        or (kind == "modal" and not view.get("title"))
        or any(_too_long("view", name, value) for name, value in view.items())
        or len(view.get("private_metadata", "")) > _METADATA_MAX
        or (kind == "modal" and not view.get("submit") and any(block["type"] == "input" for block in blocks))
    )
    return "invalid_arguments" if wrong else ""


def fault_of_entities(entities: Iterable[Json], *, unfurl: bool = True) -> str:
    """What does not make a Work Object: https://docs.slack.dev/messaging/work-objects/."""
    for entity in entities:
        known = {"entity_type", "url", "external_ref", "entity_payload"} | ({"app_unfurl_url"} if unfurl else set())
        if set(entity) != known or entity["entity_type"] != "slack#/entities/item":
            return "invalid_metadata"
        payload = entity["entity_payload"]
        keys = [field["key"] for field in payload["custom_fields"]]
        if payload["display_order"] != keys or len(set(keys)) != len(keys):
            return "invalid_metadata"
        preview = payload["attributes"]["full_size_preview"]
        if unfurl and "preview_url" in preview:
            return "invalid_metadata"  # everybody sees an unfurl; a page is one reader's
    return ""


def _misshapen(blocks: list[Json]) -> bool:
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    return len(ids) != len(set(ids)) or any(_wrong(part, kind) for block in blocks for kind, part in _parts(block))


def _parts(part: Json, kind: str = "") -> Iterator[tuple[str, Json]]:
    """A block and all that is in it, each with the name that its limits go by."""
    kind = kind or part.get("type", "")
    yield kind, part
    for name, value in part.items():
        inner = {"options": "option", "initial_option": "option", "confirm": "confirm"}.get(name, "")
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict) and kind != "rich_text" and not (name == "confirm" and kind == "confirm"):
                yield from _parts(one, inner)


def _wrong(part: Json, kind: str) -> bool:
    if any(_too_long(kind, name, value) for name, value in part.items()):
        return True
    if kind == "section" and any(len(field["text"]) > _FIELD_MAX for field in part.get("fields", ())):
        return True
    if kind.endswith("_select") and "options" in part and not 0 < len(part["options"]) <= _OPTIONS_MAX:
        return True
    pressed = [one["action_id"] for one in part.get("elements", ()) if kind == "actions" and "action_id" in one]
    return len(pressed) != len(set(pressed)) or part.get("text") == {} or kind == ""


def _too_long(kind: str, name: str, value: Any) -> bool:
    if isinstance(value, list):
        return len(value) > _MOST.get((kind, name), len(value))
    text = value.get("text") if isinstance(value, dict) else value
    most = _LETTERS.get((kind, name), _EVERYWHERE.get(name, 0))
    return bool(most) and isinstance(text, str) and not 0 < len(text) <= most


def _letters(value: Any) -> int:
    if isinstance(value, dict):
        own = value.get("text")
        return (len(own) if isinstance(own, str) else 0) + sum(map(_letters, value.values()))
    return sum(map(_letters, value)) if isinstance(value, list) else 0
