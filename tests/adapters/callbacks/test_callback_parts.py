"""What webhook platforms share: bodies, freshness, tokens, envelopes, calls."""

import asyncio
import json
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from adapters.callbacks.calls import Answer, Caller, CallError
from adapters.callbacks.envelope import Envelope, ForgedError
from adapters.callbacks.freshness import is_fresh
from adapters.callbacks.tokens import Token, Tokens
from commands.sending import Sent
from tests.kith import MONDAY, SteppedClock

_VECTORS = Path(__file__).parents[4] / "shared/bench/vectors.json"
_KEY = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"


@pytest.fixture
def vectors() -> dict[str, Any]:
    """The published vectors, where they are."""
    if not _VECTORS.exists():
        pytest.skip("the published vectors are not on this machine")
    found: dict[str, Any] = json.loads(_VECTORS.read_text(encoding="utf-8"))
    return found


def _wecom(vectors: dict[str, Any]) -> tuple[Envelope, dict[str, str]]:
    of = vectors["wecom"]
    return Envelope(of["token"], of["encoding_aes_key"], of["receiveid"]), of["message"]


def _open(envelope: Envelope, sent: dict[str, str]) -> str:
    return envelope.opened(
        sent["encrypt"],
        signature=sent["msg_signature"],
        timestamp=sent["timestamp"],
        nonce=sent["nonce"],
    )


def test_published_wecom_vectors_open(vectors: dict[str, Any]) -> None:
    """WeCom's own examples, the check of the address and a message, are read."""
    envelope, message = _wecom(vectors)
    check = vectors["wecom"]["verify_url"]
    assert _open(envelope, check | {"encrypt": unquote(check["echostr_urlencoded"])}) == check["plain"]
    assert "<FromUserName>" in _open(envelope, message)


def test_published_dingtalk_vector_opens(vectors: dict[str, Any]) -> None:
    """DingTalk's own example is read by the same envelope."""
    of = vectors["dingtalk_callback"]
    envelope = Envelope(of["token"], of["aes_key"], of["owner_key"])
    assert _open(envelope, of | {"msg_signature": of["signature"]}) == of["plain"]


@pytest.mark.parametrize("spoilt", ["encrypt", "msg_signature", "timestamp", "nonce"])
def test_one_flipped_character_is_refused(vectors: dict[str, Any], spoilt: str) -> None:
    """Whatever part of a published message is changed, it is not opened."""
    envelope, message = _wecom(vectors)
    flipped = ("0" if message[spoilt][0] != "0" else "1") + message[spoilt][1:]
    with pytest.raises(ForgedError, match="signature"):
        _open(envelope, message | {spoilt: flipped})


def test_another_key_token_or_receiver_is_refused(vectors: dict[str, Any]) -> None:
    """A message sealed for somebody else is not opened, even where its signature is right."""
    envelope, message = _wecom(vectors)
    of = vectors["wecom"]
    for other in (
        Envelope("another", of["encoding_aes_key"], of["receiveid"]),
        Envelope(of["token"], _KEY[::-1], of["receiveid"]),
        Envelope(of["token"], of["encoding_aes_key"], "wx0"),
    ):
        with pytest.raises(ForgedError):
            _open(other, message)
    assert _open(envelope, message)


@pytest.mark.parametrize("left", [0, 1, 16, 31, 64, 84])
def test_a_truncated_message_with_a_right_signature_is_refused(left: int) -> None:
    """What is cut off is refused by its shape, without a fault."""
    envelope = Envelope("token", _KEY, "corp")
    cut = envelope.sealed("a message of some length, 还有中文")[:left]
    signature = envelope.signature("1", "n", cut)
    with pytest.raises(ForgedError):
        envelope.opened(cut, signature=signature, timestamp="1", nonce="n")


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"])))
def test_what_is_sealed_opens(message: str, receiver: str) -> None:
    """Lengths count bytes: any text comes back, for any receiver."""
    envelope = Envelope("token", _KEY, receiver)
    sealed = envelope.sealed(message)
    signature = envelope.signature("1", "n", sealed)
    assert envelope.opened(sealed, signature=signature, timestamp="1", nonce="n") == message


def test_a_key_of_another_length_is_named() -> None:
    """A key that was copied in part is refused at the start."""
    with pytest.raises(ValueError, match="43 characters, not 40"):
        Envelope("token", _KEY[:40], "")


def test_freshness() -> None:
    """Within the window on both sides, in seconds and in milliseconds, and never for what is no number."""
    now, window = MONDAY, timedelta(seconds=300)
    second = int(now.timestamp())
    assert is_fresh(str(second - 300), now, window)
    assert is_fresh(str(second + 300), now, window)
    assert not is_fresh(str(second - 301), now, window)
    assert not is_fresh(str(second + 301), now, window)
    assert is_fresh(str(second * 1000), now, window, unit=timedelta(milliseconds=1))
    for wrong in ("", "-1", "1e9", "９９", "9" * 40):
        assert not is_fresh(wrong, now, window)


class _Fetching:
    def __init__(self, clock: SteppedClock) -> None:
        self.clock = clock
        self.times = 0

    async def __call__(self) -> Token:
        self.times += 1
        number = self.times
        await asyncio.sleep(0)
        return Token(f"token {number}", self.clock.now() + timedelta(hours=2))


async def _together(tokens: Tokens, many: int) -> list[str]:
    return list(await asyncio.gather(*(tokens.current() for _ in range(many))))


def test_many_callers_fetch_one_token() -> None:
    """Whoever comes while a token is being fetched waits for that one."""
    fetching = _Fetching(SteppedClock())
    assert asyncio.run(_together(Tokens(fetching, fetching.clock), 20)) == ["token 1"] * 20


def test_a_token_is_replaced_before_it_ends() -> None:
    """It is used until five minutes before its end, and not after."""
    fetching = _Fetching(SteppedClock())
    tokens = Tokens(fetching, fetching.clock)

    async def use() -> tuple[str, str, str]:
        first = await tokens.current()
        fetching.clock.forward(minutes=114)
        second = await tokens.current()
        fetching.clock.forward(minutes=1)
        return first, second, await tokens.current()

    assert asyncio.run(use()) == ("token 1", "token 1", "token 2")


def test_a_refused_token_is_fetched_anew_once() -> None:
    """Two callers are refused with one token: the second does not throw away what the first one fetched."""
    fetching = _Fetching(SteppedClock())
    tokens = Tokens(fetching, fetching.clock)

    async def use() -> str:
        old = await tokens.current()
        tokens.refused(old)
        await tokens.current()
        tokens.refused(old)
        return await tokens.current()

    assert asyncio.run(use()) == "token 2"


class _Far:
    """A platform's side on loopback that answers everything alike, and remembers what it was asked."""

    def __init__(self, status: int, *, headers: Mapping[str, str] | None = None, body: str = "{}") -> None:
        self._answer = {"status": status, "headers": headers, "text": body}
        self.asked: list[tuple[str, bytes, str]] = []

    async def _answered(self, request: web.Request) -> web.Response:
        self.asked.append((request.raw_path, await request.read(), request.content_type))
        return web.Response(**self._answer)  # type: ignore[arg-type]  # as it was given above

    async def _called(self, path: str, options: Mapping[str, Any]) -> Answer:
        runner = web.ServerRunner(web.Server(self._answered))  # type: ignore[arg-type]  # any request will do
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        caller = Caller(site.name)
        try:
            return await caller.call("POST", path, **options)
        finally:
            await caller.close()
            await runner.cleanup()

    def call(self, path: str = "/messages", **options: Any) -> Answer:
        """What becomes of one call. Raises CallError."""
        return asyncio.run(self._called(path, options or {"json": {}}))

    def failing(self) -> CallError:
        """How a call fails."""
        with pytest.raises(CallError) as caught:
            self.call()
        return caught.value


@pytest.mark.parametrize(("retry_after", "seconds"), [("7", 7), ("", 30), ("soon", 30), ("99999", 3600), ("-3", 30)])
def test_too_many_requests_says_when_to_come_back(retry_after: str, seconds: int) -> None:
    """A 429 pauses for as long as it says, within reason."""
    failed = _Far(429, headers={"retry-after": retry_after}).failing()
    assert failed.sending.sent is Sent.RETRY
    assert failed.after == timedelta(seconds=seconds)


async def _called_nowhere(address: str) -> None:
    caller = Caller(address)
    try:
        await caller.call("POST", "/messages", json={})
    finally:
        await caller.close()


def _failing(address: str) -> CallError:
    with pytest.raises(CallError) as caught:
        asyncio.run(_called_nowhere(address))
    return caught.value


def test_a_fault_of_the_platform_is_tried_again() -> None:
    """A 503 and a connection that is refused are both worth another try."""
    assert _Far(503).failing().again
    assert _failing("http://127.0.0.1:1").again


@pytest.mark.parametrize("address", ["chat.example", "ftp://chat.example", "http://chat.example:port"])
def test_an_address_that_is_none_is_not_tried_again(address: str) -> None:
    """A setting that no try mends fails at once."""
    assert not _failing(address).again


def test_what_is_sent_is_what_was_given() -> None:
    """Ids in a path stay escaped as they were, words stay as they are, and so do forms."""
    far = _Far(200, body="[1, 2]")
    answer = far.call("/rooms/19%3aabc%2fd", json={"text": "北风"}, params={"type": "a b"})
    far.call("/form", form={"name": "北风"})
    assert answer.rows == (1, 2)
    assert far.asked == [
        ("/rooms/19%3aabc%2fd?type=a+b", '{"text":"北风"}'.encode(), "application/json"),
        ("/form", b"name=%E5%8C%97%E9%A3%8E", "application/x-www-form-urlencoded"),
    ]


def test_an_answer_that_is_no_json_is_empty() -> None:
    """Nor is a redirect followed."""
    assert _Far(302, headers={"location": "/elsewhere"}, body="<html>").call().body == {}


def test_an_answer_that_nests_without_end_is_empty() -> None:
    """What nobody can read is no answer, and no crash of whoever asked."""
    assert _Far(200, body='{"a": ' + "[" * 100_000).call().body == {}
