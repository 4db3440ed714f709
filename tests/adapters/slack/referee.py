"""What Slack refuses to draw, as far as its own SDK and documentation tell."""

from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.metadata import EntityMetadata
from slack_sdk.models.views import View


def fault_of_blocks(message: dict[str, Any]) -> str:
    """Slack's word for what is wrong with a message's blocks; empty for good ones."""
    return "invalid_blocks" if _misshapen(message["blocks"]) else ""


def fault_of_entity(entity: dict[str, Any]) -> str:
    """Raises what Slack's own model of a Work Object says of one that is none."""
    EntityMetadata(**entity)
    return ""


def fault_of_modal(view: dict[str, Any]) -> str:
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
