"""Only what Feishu sealed and signed with our key, just now, reaches Kith; what is forged leaves no trace."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from adapters.callbacks.envelope import ForgedError
from adapters.feishu.sealing import Seal
from tests.adapters.feishu.world import ENCRYPT_KEY, ROOM, TOKEN, WEI, World, encrypted, running

pytestmark = pytest.mark.anyio


@pytest.fixture
def vector() -> dict[str, Any]:
    """The published vector, where it is."""
    for folder in Path(__file__).parents:
        if (found := folder / "shared/bench/vectors.json").exists():
            vectors: dict[str, Any] = json.loads(found.read_text(encoding="utf-8"))["feishu_aes"]
            return vectors
    pytest.skip("the published vectors are not on this machine")


def test_published_vector_opens(vector: dict[str, Any]) -> None:
    """Feishu's own example of a decryption."""
    assert Seal(vector["encrypt_key"]).opened(vector["encrypt"]) == vector["plain"].encode()


def test_published_vector_with_another_key_is_refused(vector: dict[str, Any]) -> None:
    """Another key opens nothing."""
    with pytest.raises(ForgedError):
        Seal("another key").opened(vector["encrypt"])


@pytest.mark.parametrize("spoil", ["truncated", "no base64", "empty", "no block", "last byte"])
def test_published_vector_tampered_with_is_refused(vector: dict[str, Any], spoil: str) -> None:
    """Whatever is no whole ciphertext is refused, and raises nothing else."""
    good = vector["encrypt"]
    flipped = encrypted(b"hello world", "test key")[:-3] + "AA="
    bad = {"truncated": good[:24], "no base64": "%%" + good, "empty": "", "no block": good[:-8], "last byte": flipped}
    with pytest.raises(ForgedError):
        Seal(vector["encrypt_key"]).opened(bad[spoil])


def test_signature_is_over_the_raw_body() -> None:
    """The formula of Feishu's page, worked out apart, and each part of it counts."""
    seal = Seal("key")
    signature = "a9f7e1d1"  # of nothing
    assert not seal.fits(b"{}", timestamp="1", nonce="n", signature=signature)
    right = seal.signature(b"{}", "1", "n")
    assert right == sha256(b"1nkey{}").hexdigest()
    assert seal.fits(b"{}", timestamp="1", nonce="n", signature=right)
    assert not seal.fits(b"{} ", timestamp="1", nonce="n", signature=right)
    assert not seal.fits(b"{}", timestamp="2", nonce="n", signature=right)
    assert not seal.fits(b"{}", timestamp="1", nonce="m", signature=right)
    assert not seal.fits(b"{}", timestamp="1", nonce="n", signature="ü")


async def test_challenge_is_answered(world: World) -> None:
    """Feishu asks whether the address is ours, encrypted; the answer is the challenge, in the clear."""
    asked = {"type": "url_verification", "token": TOKEN, "challenge": "ajls384kdj"}
    body = json.dumps({"encrypt": encrypted(json.dumps(asked).encode())}).encode()
    for headers in (world.signed(body), {}):
        answer = await world.http.post("/feishu/events", content=body, headers=headers)
        assert (answer.status_code, answer.json()) == (200, {"challenge": "ajls384kdj"})


async def test_challenge_of_somebody_else_is_refused(world: World) -> None:
    """In the clear, with another key, or another app's token there is no answer."""
    asked = {"type": "url_verification", "token": TOKEN, "challenge": "x"}
    other = json.dumps(asked | {"token": "another"}).encode()
    bodies = (
        json.dumps(asked),
        json.dumps({"encrypt": encrypted(json.dumps(asked).encode(), "another key")}),
        json.dumps({"encrypt": encrypted(other)}),
    )
    for body in bodies:
        answer = await world.http.post("/feishu/events", content=body)
        assert (answer.status_code, answer.content) == (401, b"")


async def test_forged_events_leave_no_trace(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    """No signature, a wrong one, another key, an old one, one of the future, one flipped byte: 401, no row, no word."""
    said = json.dumps(world.message(WEI, "visit Northwind: secret words")).encode()
    body = json.dumps({"encrypt": encrypted(said)}).encode()
    good = world.signed(body)
    unsigned = {name: value for name, value in good.items() if name != "x-lark-signature"}
    forged = [
        (body, unsigned),
        (body, good | {"x-lark-signature": "0" * 64}),
        (body, good | {"x-lark-request-nonce": "other"}),
        (body, world.signed(body, key="another")),
        (body, world.signed(body, age=301)),
        (body, world.signed(body, age=-301)),
        (body, good | {"x-lark-request-timestamp": "yesterday"}),
        (body[:-3] + b"x" + body[-2:], good),
        (said, world.signed(said)),
    ]
    for content, headers in forged:
        answer = await world.http.post("/feishu/events", content=content, headers=headers)
        assert (answer.status_code, answer.content) == (401, b"")
    await world.settle()
    assert await world.count("activities") == 0
    assert world.feishu.calls == []
    assert "secret" not in capsys.readouterr().out


async def test_wrong_verification_token_is_refused(world: World) -> None:
    """What is signed for our key and carries another app's token is not for us."""
    said = world.message(WEI, "Northwind")
    said["header"]["token"] = "another"
    assert (await world.post(said)).status_code == 401


async def test_verification_token_is_optional(sqlite_url: str) -> None:
    """Without one in the settings the signature alone counts."""
    async with running(sqlite_url, verification_token="") as world:
        said = world.message(WEI, "Northwind")
        said["header"]["token"] = "whatever"
        assert (await world.post(said)).status_code == 200


async def test_nonsense_is_told_from_forgery(world: World) -> None:
    """What is signed and no event, or not of its own shape, is a bad request; what is too large is said so."""
    for plain in (b"[]", b"\xff\xfe", b"{}"):
        body = json.dumps({"encrypt": encrypted(plain)}).encode()
        answer = await world.http.post("/feishu/events", content=body, headers=world.signed(body))
        assert answer.status_code in {400, 401}
    assert (await world.post(world.event("im.message.receive_v1", {"sender": 5}))).status_code == 400
    big = b"x" * (1024 * 1024 + 1)
    assert (await world.http.post("/feishu/events", content=big, headers=world.signed(big))).status_code == 413


async def test_what_nests_without_end_is_a_forgery(world: World) -> None:
    """Nobody has to sign anything to send it: it is refused as any stranger's request is."""
    body = b'{"a": ' + b"[" * 20_000
    answer = await world.http.post("/feishu/events", content=body)
    assert (answer.status_code, answer.content) == (401, b"")


async def test_a_replayed_request_does_nothing(world: World) -> None:
    """The same request once more, within its window, is acknowledged and done once."""
    await world.says(WEI, "visit Northwind: saw the line")
    told = len(world.feishu.posted)
    assert (await world.again()).status_code == 200
    assert await world.count("activities") == 1
    assert len(world.feishu.posted) == told


async def test_unknown_events_are_acknowledged(world: World) -> None:
    """What Kith did not subscribe to is no error, or Feishu would send it four times."""
    assert (await world.post(world.event("im.chat.updated_v1", {"chat_id": ROOM}))).status_code == 200


async def test_encrypt_key_is_what_opens(sqlite_url: str) -> None:
    """Another key in the settings refuses what ours has sealed."""
    async with running(sqlite_url, encrypt_key="other") as world:
        answer = await world.post(world.message(WEI, "Northwind"))
        assert answer.status_code == 401
        assert ENCRYPT_KEY != "other"
