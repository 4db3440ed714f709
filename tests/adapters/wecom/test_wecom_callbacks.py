"""WeCom's requests are its own, and of now; what is not leaves no trace."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from adapters.callbacks.envelope import ForgedError
from adapters.wecom.reading import UnreadableError, json_object, xml
from adapters.wecom.signature import Gate, Sealed
from tests.adapters.wecom.world import TOKEN, World, rows, xml_of
from tests.kith import SteppedClock

pytestmark = pytest.mark.anyio

_PLACES = (above / "shared" / "bench" / "vectors.json" for above in Path(__file__).parents)
_VECTORS = next((place for place in _PLACES if place.is_file()), None)
_TABLES = ("deliveries", "jobs", "events", "drafts")


@pytest.fixture
def vectors() -> dict[str, Any]:
    if _VECTORS is None:
        pytest.skip("the published vectors are not here")
    found: dict[str, Any] = json.loads(_VECTORS.read_text())["wecom"]
    return found


def _gate(of: dict[str, Any], timestamp: str, **changes: Any) -> Gate:
    given = {"token": of["token"], "key": of["encoding_aes_key"], "receiver": of["receiveid"]} | changes
    clock = SteppedClock(datetime.fromtimestamp(int(timestamp), UTC))
    return Gate(given["token"], given["key"], given["receiver"], clock)


def _sealed(of: dict[str, Any], **changes: str) -> Sealed:
    given = {"signature": of["msg_signature"], "timestamp": of["timestamp"], "nonce": of["nonce"]} | changes
    return Sealed(**given)


def test_published_message_opens(vectors: dict[str, Any]) -> None:
    """WeCom's own example is a text to an application."""
    message = vectors["message"]
    read = xml(_gate(vectors, message["timestamp"]).opened(message["encrypt"], _sealed(message)))
    assert read["MsgType"] == "text"


@pytest.mark.parametrize("tampered", ["flipped", "truncated", "signature", "token", "key", "receiver", "stale"])
def test_tampered_message_is_refused(vectors: dict[str, Any], tampered: str) -> None:
    """One letter changed, the end cut off, a wrong key, a wrong company, last week's: none of them is opened."""
    message, changes, sealed = vectors["message"], {}, _sealed(vectors["message"])
    encrypted, timestamp = message["encrypt"], message["timestamp"]
    match tampered:
        case "flipped":
            encrypted = encrypted[:40] + ("A" if encrypted[40] != "A" else "B") + encrypted[41:]
        case "truncated":
            encrypted = encrypted[:-44]
        case "signature":
            sealed = _sealed(message, signature="0" * 40)
        case "stale":
            timestamp = str(int(timestamp) + 301)
        case "key":
            changes = {"key": "4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3ij"}
        case _:
            changes = {tampered: "another"}
    with pytest.raises(ForgedError):
        _gate(vectors, timestamp, **changes).opened(encrypted, sealed)


async def test_echo(world: World) -> None:
    """The console's check of the address gets the plain text, with nothing around it."""
    for path, envelope in (("/wecom/callback", world.envelope), ("/wecom/robot", world.robot_envelope)):
        encrypted, timestamp = envelope.sealed("1616140317555161061"), str(int(world.clock.now().timestamp()))
        query = {"msg_signature": envelope.signature(timestamp, "n", encrypted), "timestamp": timestamp, "nonce": "n"}
        answer = await world.http.get(path, params=query | {"echostr": encrypted})
        assert (answer.status_code, answer.content) == (200, b"1616140317555161061")
        forged = await world.http.get(path, params=query | {"echostr": encrypted, "msg_signature": "0"})
        assert forged.status_code == 401


@pytest.mark.parametrize("changes", [{"msg_signature": "0" * 40}, {"nonce": "another"}, {"timestamp": "1409659813"}])
async def test_forged_leaves_no_trace(world: World, changes: dict[str, str]) -> None:
    """A forged request is a 401: no row in any table, no call to WeCom, no word of it in the log."""
    before = [rows(world.path, table) for table in _TABLES]
    calls = len(world.wecom.calls)
    with capture_logs() as logs:
        refused = await world.post(world.message("Wei", "visit Globex: forged words"), **changes)
        robot = await world.robot(world.typed("Wei", "visit Globex: forged words"), **changes)
    assert (refused.status_code, robot.status_code) == (401, 401)
    assert [rows(world.path, table) for table in _TABLES] == before
    assert len(world.wecom.calls) == calls
    assert "forged words" not in json.dumps(logs, default=str)
    assert not world.wecom.messages


async def test_robot_is_not_the_application(world: World) -> None:
    """What is signed for the application is refused at the robot's address, and the other way about."""
    await world.post(world.message("Wei", "Globex"))
    _, encrypted, _ = world.last
    world.last = ("/wecom/robot", encrypted, json.dumps({"encrypt": encrypted}))
    assert (await world._posted(world.envelope)).status_code == 401


async def test_unreadable_bodies(world: World) -> None:
    """No XML, an entity, too much: refused, and nothing is looked up outside."""
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]><xml><Encrypt>&a;</Encrypt></xml>'
    for body in ("", "x", "<xml/>", bomb, "{", "[]"):
        for path in ("/wecom/callback", "/wecom/robot"):
            assert (await world.http.post(path, content=body)).status_code == 401
    huge = await world.http.post("/wecom/callback", content=b"x" * (1024 * 1024 + 1))
    assert huge.status_code == 413


def test_entities_are_refused() -> None:
    """A document that defines or fetches anything is no callback."""
    for text in (
        '<!DOCTYPE x [<!ENTITY a "b">]><xml><A>&a;</A></xml>',
        '<!DOCTYPE x SYSTEM "http://evil.example/x.dtd"><xml><A>1</A></xml>',
        "<xml>text</xml>",
        "<xml",
    ):
        with pytest.raises(UnreadableError):
            xml(text)
    for text in ("[1]", "{", "[" * 100_000):
        with pytest.raises(UnreadableError):
            json_object(text)


def test_lists_in_xml() -> None:
    """Several elements of a name are a list, one is itself."""
    assert xml("<xml><A><B>1</B><B>2</B></A><C/></xml>") == {"A": {"B": ["1", "2"]}, "C": ""}
    assert xml(xml_of({"A": "<&>"})) == {"A": "<&>"}


async def test_store_is_away(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """While nothing can be written down WeCom is not acknowledged, so that it comes again."""
    from core.errors import StoreUnavailableError  # noqa: PLC0415 - this test's own

    async def away(*_args: object, **_more: object) -> None:
        raise StoreUnavailableError

    monkeypatch.setattr(world.road, "receive", away)
    assert (await world.post(world.message("Wei", "visit Globex: x"))).status_code == 503
    assert TOKEN not in repr(world.adapter._config)
