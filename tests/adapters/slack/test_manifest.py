"""The manifest says what the registry says, within Slack's limits."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from adapters.slack import manifest as limits
from adapters.slack.manifest import EVENTS, SCOPES, manifest, slash_verbs
from commands.registry import COMMANDS, VERBS

DOCS = Path(__file__).parents[3] / "docs" / "slack.md"


@pytest.fixture(params=[False, True], ids=["http", "socket"])
def made(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Both manifests."""
    return manifest("https://kith.example/", COMMANDS, socket_mode=request.param)


def test_every_short_command_is_in_it(made: dict[str, Any]) -> None:
    """`/crm` first, then each that the registry gives a short form, with its title; and nothing else."""
    commands = made["features"]["slash_commands"]
    wanted = {f"/{one.slash}": one.title for one in COMMANDS if one.slash and not one.hidden}
    assert commands[0]["command"] == "/crm"
    assert {one["command"]: one["description"] for one in commands[1:]} == wanted
    for command, verb in slash_verbs(COMMANDS).items():
        assert VERBS.get(verb) is not None, command


def test_slacks_limits_are_kept(made: dict[str, Any]) -> None:
    """Names, descriptions and hints fit, and commands are written as Slack wants them."""
    about, features = made["display_information"], made["features"]
    assert len(about["name"]) <= limits.NAME_MAX
    assert len(about["description"]) <= limits.DESCRIPTION_MAX
    assert re.fullmatch(r"#[0-9a-f]{6}", about["background_color"])
    assert re.fullmatch(r"[a-z0-9._-]{1,80}", features["bot_user"]["display_name"])
    assert len(features["slash_commands"]) <= limits.COMMANDS_MAX
    for command in features["slash_commands"]:
        assert re.fullmatch(r"/[a-z0-9_-]+", command["command"])
        assert len(command["command"]) <= limits.COMMAND_MAX
        assert 0 < len(command["description"]) <= limits.COMMAND_DESCRIPTION_MAX
        assert len(command.get("usage_hint", "")) <= limits.USAGE_HINT_MAX
        assert command["should_escape"]
    assert len(made["settings"]["event_subscriptions"]["bot_events"]) <= 100
    (shortcut,) = features["shortcuts"]
    assert len(shortcut["name"]) <= limits.SHORTCUT_NAME_MAX
    assert len(shortcut["description"]) <= 150
    assert (shortcut["type"], shortcut["callback_id"]) == ("message", "save_to_crm")
    assert json.loads(json.dumps(made)) == made


def test_over_http_every_address_is_the_public_one() -> None:
    """Commands, events, interactivity and typeahead all come to one address; browsers come back to theirs."""
    made = manifest("https://kith.example/", COMMANDS, socket_mode=False)
    address = "https://kith.example/slack/events"
    assert {one["url"] for one in made["features"]["slash_commands"]} == {address}
    assert made["settings"]["event_subscriptions"]["request_url"] == address
    assert made["settings"]["interactivity"]["request_url"] == address
    assert made["settings"]["interactivity"]["message_menu_options_url"] == address
    assert made["oauth_config"]["redirect_urls"] == ["https://kith.example/slack/oauth_redirect"]
    assert made["settings"]["socket_mode_enabled"] is False


def test_over_the_socket_there_is_no_address() -> None:
    """Slack is given nothing to call, and no public address is needed."""
    made = manifest("", COMMANDS, socket_mode=True)
    assert "slack/events" not in json.dumps(made)
    assert "redirect_urls" not in made["oauth_config"]
    assert made["settings"]["socket_mode_enabled"] is True
    assert made["settings"]["interactivity"]["is_enabled"] is True


def test_the_chat_with_kith_is_open(made: dict[str, Any]) -> None:
    """People can write to Kith directly."""
    assert made["features"]["app_home"]["messages_tab_enabled"]
    assert not made["features"]["app_home"]["messages_tab_read_only_enabled"]


def test_every_scope_is_explained() -> None:
    """The page for administrators says what each scope and event is for, and names no other."""
    text = DOCS.read_text()
    assert re.findall(r"^\| `([a-z:._]+)` \|", text, re.MULTILINE) == [*SCOPES, *EVENTS]
