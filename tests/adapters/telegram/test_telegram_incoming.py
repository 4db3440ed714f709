"""Recorded updates (names and numbers replaced) and what each says."""

import json
from pathlib import Path

import msgspec
import pytest
from telegram import Update

from adapters.telegram.addressing import Me
from adapters.telegram.incoming import decode
from adapters.telegram.menu import verbs_by_name
from bots.emulators.telegram.model import Json
from commands.registry import COMMANDS, VERBS

_RECORDED = sorted((Path(__file__).parents[2] / "recorded" / "telegram").glob("*.json"))
_ME = Me(4242, "kith_test_bot")


def _decoded(update: Json) -> Json | None:
    event = decode(Update.de_json(update), _ME, VERBS, verbs_by_name(COMMANDS))
    if event is None:
        return None
    told = {name: getattr(event, name) for name in event.__slots__ if getattr(event, name)}
    return {"event": type(event).__name__} | told | {"incoming": msgspec.to_builtins(event.incoming)}


@pytest.mark.parametrize("recorded", _RECORDED, ids=[path.stem for path in _RECORDED])
def test_update_becomes_what_was_meant(recorded: Path) -> None:
    """Each recorded update decodes to exactly what stands beside it; ``null`` is for nobody here."""
    case = json.loads(recorded.read_text())
    assert _decoded(case["update"]) == case["becomes"]


def test_there_are_recorded_updates() -> None:
    """The table above is not empty."""
    assert len(_RECORDED) > 20


def test_decoding_leaves_the_update_alone() -> None:
    """The same update decodes to the same again, so that a second delivery is known by its id."""
    update = json.loads((_RECORDED[0]).read_text())["update"]
    assert _decoded(update) == _decoded(update)


@pytest.mark.parametrize("text", ["/start", "/start k7m2p9x4qa", "/cancel", "/cancel@kith_test_bot", "/help_me"])
def test_commands_every_bot_has_are_another_bots_in_a_group(text: str) -> None:
    """/start and /cancel in a group are not answered unless this bot is named, so that two bots can share it."""
    message = {"message_id": 1, "date": 1, "chat": {"id": -5, "type": "group", "title": "Sales"}, "text": text}
    sender = {"id": 5, "is_bot": False, "first_name": "Mei"}
    assert _decoded({"update_id": 1, "message": message | {"from": sender}}) is None


@pytest.mark.parametrize(
    ("start", "line"),
    [
        ("/start", ""),
        ("/start open", ""),
        ("/start k7m2p9x4qa", "link k7m2p9x4qa"),
        ("/start@kith_test_bot k7m2p9x4qa", "link k7m2p9x4qa"),
        ("/START k7m2p9x4qa", "link k7m2p9x4qa"),
        ("/crm", ""),
        ("/crm 360 Northwind", "360 Northwind"),
        ("/new_customer Initech", "new customer Initech"),
        ("/new_deal", "new deal"),
        ("/拜访 远航科技：聊了续约", "拜访 远航科技：聊了续约"),
        ("/", ""),
    ],
)
def test_commands_become_lines(start: str, line: str) -> None:
    """Telegram's spelling of a command becomes the line that everybody else types."""
    message = {"message_id": 1, "date": 1, "chat": {"id": 5, "type": "private"}, "text": start}
    sender = {"id": 5, "is_bot": False, "first_name": "Mei"}
    decoded = _decoded({"update_id": 1, "message": message | {"from": sender}})
    assert decoded is not None
    assert decoded["incoming"].get("text", "") == line
