"""What Slack refuses to draw, as far as its own SDK and documentation tell."""

from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

_TEXT_MAX = 40_000
_BLOCKS_MAX = 50
_BLOCK_LETTERS_MAX = 13_200


def fault_of_message(message: dict[str, Any]) -> str:
    """Slack's word for what is wrong with a message; empty for a good one."""
    text, blocks = message.get("text") or "", message.get("blocks") or []
    if not text and not blocks:
        return "no_text"
    if len(text) > _TEXT_MAX:
        return "msg_too_long"
    if _letters(blocks) > _BLOCK_LETTERS_MAX:
        return "msg_blocks_too_long"
    return "invalid_blocks" if len(blocks) > _BLOCKS_MAX or _misshapen(blocks) else ""


def fault_of_view(view: dict[str, Any]) -> str:
    """Slack's word for what is wrong with a modal; empty for a good one."""
    ids = [block["block_id"] for block in view["blocks"] if "block_id" in block]
    if view.get("type") != "modal" or _misshapen(view["blocks"]) or len(ids) != len(set(ids)):
        return "invalid_arguments"
    try:
        View(**view).validate_json()
    except (SlackObjectFormationError, TypeError):
        return "invalid_arguments"
    needs_submit = any(block["type"] == "input" for block in view["blocks"])
    return "invalid_arguments" if needs_submit and not view.get("submit") else ""


def _misshapen(blocks: list[dict[str, Any]]) -> bool:
    try:
        parsed = Block.parse_all(blocks)
        for block in parsed:
            block.validate_json()
    except SlackObjectFormationError:
        return True
    return [block.to_dict() for block in parsed] != blocks


def _letters(value: Any) -> int:
    if isinstance(value, dict):
        own = value.get("text")
        return (len(own) if isinstance(own, str) else 0) + sum(map(_letters, value.values()))
    return sum(map(_letters, value)) if isinstance(value, list) else 0
