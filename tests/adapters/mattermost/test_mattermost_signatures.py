"""What does not come from the server is a 401 and leaves no trace: forged, changed, moved, or kept for later."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest

from adapters.mattermost.carried import Carried, Origin
from adapters.mattermost.signature import ForgedError, Signing, is_from_server
from adapters.mattermost.trigger import read_trigger
from bots.emulators.mattermost.client import COMMAND_TOKENS
from tests.adapters.mattermost.mattermost_world import LIN, OTHER, ROOM, SECRET, WEI, Office

pytestmark = pytest.mark.anyio

Json = dict[str, Any]
GOOD, BAD = COMMAND_TOKENS[0], "z" * 26
_TABLES = ("deliveries", "jobs", "activities", "events", "drafts")


@pytest.mark.parametrize(
    ("field", "header", "fits"),
    [
        (GOOD, f"Token {GOOD}", True),
        (GOOD, "", True),
        ("", f"Token {GOOD}", True),
        ("", f"token {GOOD}", True),
        ("", f"Bearer {GOOD}", True),
        (COMMAND_TOKENS[1], f"Token {COMMAND_TOKENS[1]}", True),
        (GOOD, "Bearer of-an-oauth-connection", True),
        (GOOD, f"Token {BAD}", False),
        (BAD, f"Token {GOOD}", False),
        (BAD, "", False),
        ("", f"Token {BAD}", False),
        ("", f"Basic {GOOD}", False),
        ("", "", False),
        (GOOD[:-1], "", False),
        (GOOD + "x", "", False),
        (GOOD.upper(), "", False),
        ("\ud800", "Token \udcff", False),
    ],
)
async def test_tokens_both_ways(field: str, header: str, *, fits: bool) -> None:
    """A token counts in the field, in the header or in both; a wrong one beside a right one does not pass."""
    assert is_from_server(COMMAND_TOKENS, field, header) is fits


async def test_no_tokens_let_nobody_in() -> None:
    """Without any token set nothing is from the server, least of all what brings none."""
    assert not is_from_server((), "", "")
    assert not is_from_server(("",), "", "Token ")


async def test_signed_context_opens_once_whole() -> None:
    """What was signed opens as it was; with one sign changed, cut short, of another key or another kind it does not."""
    signing = Signing(SECRET)
    signed = signing.signed(Carried(("t1",), user=WEI, channel=ROOM))
    assert signing.opened(signed, Carried).tokens == ("t1",)
    changed = [
        signed[:index] + ("0" if signed[index] != "0" else "1") + signed[index + 1 :] for index in range(len(signed))
    ]
    for wrong in (*changed, signed[:-1], signed[1:], "", ".", signed.partition(".")[2], f"{signed} "):
        with pytest.raises(ForgedError):
            signing.opened(wrong, Carried)
    with pytest.raises(ForgedError):
        Signing("another key").opened(signed, Carried)
    with pytest.raises(ForgedError):
        signing.opened(signed, Origin)


async def test_trigger_is_read() -> None:
    """A trigger tells which one it is, whose and when; anything else tells nothing."""
    assert read_trigger("eDE6dTE6MTc5NTQyMDAwMDAwMDpzaWc=").id == "x1"
    for other in ("", "plain", "eA==", "////", "ÿ", "eDE6dTE6MTc5NTQyMDAwMDAwMA=="):
        assert read_trigger(other).id == ""


async def _refused(world: Office, path: str, content: bytes, content_type: str, **headers: str) -> None:
    before = [world.count(table) for table in _TABLES]
    answer = await world.http.post(path, content=content, headers={"content-type": content_type} | headers)
    await world.settle()
    assert answer.status_code == 401
    assert answer.content == b""
    assert [world.count(table) for table in _TABLES] == before
    assert world.listening.calls == []


async def test_forged_command(world: Office) -> None:
    """A command without the token, with a wrong one, an old one, or another's trigger does nothing."""
    fields = world.people.typed(WEI, ROOM, "visit Northwind: forged")
    lins = world.server.trigger(LIN, ROOM)
    for changed in ({"token": BAD}, {"token": ""}, {"trigger_id": lins}):
        content = urlencode(fields | changed, doseq=True).encode()
        await _refused(world, "/mattermost/command", content, "application/x-www-form-urlencoded")
    world.clock.forward(minutes=6)
    content = urlencode(fields, doseq=True).encode()
    await _refused(world, "/mattermost/command", content, "application/x-www-form-urlencoded")
    await _refused(world, "/mattermost/command", b"\xff\xfe", "application/x-www-form-urlencoded")
    await _refused(world, "/mattermost/command", b"[1", "application/json")


@pytest.mark.parametrize(
    "forge",
    [
        lambda one: one | {"user_id": LIN},
        lambda one: one | {"channel_id": OTHER},
        lambda one: one | {"context": {}},
        lambda one: one | {"context": None},
        lambda one: one | {"context": {"kith": 7}},
        lambda one: one | {"context": {"kith": one["context"]["kith"][:-1]}},
        lambda one: one | {"context": {"kith": one["context"]["kith"].replace(WEI, LIN)}, "user_id": LIN},
        lambda one: one | {"context": one["context"] | {"selected_option": "5"}},
        lambda one: one | {"context": one["context"] | {"selected_option": "-1"}},
        lambda one: one | {"context": one["context"] | {"selected_option": 0}},
    ],
)
async def test_forged_press(world: Office, forge: Callable[[Json], Json]) -> None:
    """A press with somebody else's name, from elsewhere, or with a context that was not made here does nothing."""
    receipt = await world.say("visit Northwind: saw it")
    request = world.people.request(WEI, receipt, "Undo")
    world.listening.calls.clear()
    await _refused(world, "/mattermost/action", json.dumps(forge(request)).encode(), "application/json")


async def test_late_press(world: Office) -> None:
    """A press that somebody kept and sends again later does nothing, and neither does what is no press at all."""
    receipt = await world.say("visit Northwind: saw it")
    request = json.dumps(world.people.request(WEI, receipt, "Undo")).encode()
    world.listening.calls.clear()
    world.clock.forward(minutes=6)
    await _refused(world, "/mattermost/action", request, "application/json")
    for content in (b"", b"null", b"[]", b'{"user_id": 5}', b"\xff", b"[" * 100_000):
        await _refused(world, "/mattermost/action", content, "application/json")


async def test_forged_dialog(world: Office) -> None:
    """A dialog that was not opened here, or was opened for somebody else, is not taken, and offers nothing."""
    await world.people.command(WEI, ROOM, "new customer")
    await world.settle()
    world.listening.calls.clear()
    sent = world.people.submission_of(world.server.dialog_of(WEI), {"name": "Forged"})
    for forged in ({"state": ""}, {"state": sent["state"][:-1]}, {"user_id": LIN}, {"state": "a.{}"}):
        content = json.dumps(sent | forged).encode()
        await _refused(world, "/mattermost/dialog", content, "application/json")
        await _refused(world, "/mattermost/lookup/customer", content, "application/json")


async def test_too_large(world: Office) -> None:
    """More than a megabyte is not read."""
    answer = await world.http.post("/mattermost/action", content=b"x" * (1024 * 1024 + 1))
    assert answer.status_code == 413
