"""What the emulated Slack refuses by itself, without Slack's own library."""

from typing import Any

import httpx
import pytest

from bots.emulators.model import Person
from bots.emulators.slack.demo import Slack
from bots.emulators.slack.rules import fault_of_message, fault_of_view
from tests.emulated import Listening


def _section(**of: Any) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": "Acme"}} | of


def _button(**of: Any) -> dict[str, Any]:
    return {"type": "button", "action_id": "a", "value": "v", "text": {"type": "plain_text", "text": "Undo"}} | of


@pytest.mark.parametrize(
    ("message", "fault"),
    [
        ({"text": "", "blocks": []}, "no_text"),
        ({"text": "x" * 40_001}, "msg_too_long"),
        ({"blocks": [_section()] * 51}, "invalid_blocks"),
        ({"blocks": [_section(text={"type": "mrkdwn", "text": "x" * 3001})]}, "invalid_blocks"),
        ({"blocks": [_section(fields=[{"type": "mrkdwn", "text": "x"}] * 11)]}, "invalid_blocks"),
        ({"blocks": [{"type": "actions", "elements": [_button(), _button()]}]}, "invalid_blocks"),
        ({"blocks": [{"type": "actions", "elements": [_button(value="x" * 2001)]}]}, "invalid_blocks"),
        ({"blocks": [_section(text={"type": "mrkdwn", "text": "x" * 3000})] * 5}, "msg_blocks_too_long"),
        ({"blocks": [_section(), {"type": "actions", "elements": [_button()]}]}, ""),
    ],
)
def test_messages_beyond_the_limits(message: dict[str, Any], fault: str) -> None:
    """What the real Slack would not draw has its word for the reason, and a good message none."""
    assert fault_of_message(message) == fault


def test_modal_without_a_way_to_send_it() -> None:
    """A modal that asks for something has a button, and a title that fits."""
    asked = {"type": "input", "label": {"type": "plain_text", "text": "Name"}, "element": {"type": "plain_text_input"}}
    title, submit = {"type": "plain_text", "text": "Visit"}, {"type": "plain_text", "text": "Log it"}
    assert fault_of_view({"type": "modal", "title": title, "blocks": [asked]}) == "invalid_arguments"
    assert fault_of_view({"type": "modal", "title": title, "submit": submit, "blocks": [asked]}) == ""
    long = {"type": "plain_text", "text": "x" * 25}
    assert fault_of_view({"type": "modal", "title": long, "submit": submit, "blocks": [asked]}) == "invalid_arguments"


@pytest.mark.anyio
async def test_whoever_plays_is_told() -> None:
    """A token that is none, and more messages at once than a channel takes, are refused and stand on the page."""
    wei = Person("wei", "Wei", "en")
    played = Slack("http://kith.invalid", [wei])
    listening = Listening(played.routes())
    await listening.start()
    async with httpx.AsyncClient(base_url=f"{listening.url}/api") as client:
        refused = await client.post("/chat.postMessage", json={"channel": "UWEI", "text": "x"})
        allowed = {"Authorization": "Bearer xoxb-one"}
        many = [
            (await client.post("/chat.postMessage", json={"channel": "UWEI", "text": "x"}, headers=allowed)).status_code
            for _ in range(40)
        ]
    assert refused.json() == {"ok": False, "error": "invalid_auth"}
    assert (many[0], many[-1]) == (200, 429)
    lines = list(played.screen(wei).refused)
    assert (lines[0], lines[-1]) == ("chat.postMessage: invalid_auth", "chat.postMessage: ratelimited")
    await listening.stop()
    await played.close()
