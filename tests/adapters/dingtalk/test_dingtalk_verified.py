"""Only DingTalk is let in, and only now; whoever else calls leaves no trace."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from adapters.callbacks.bodies import BODY_MAX
from adapters.callbacks.envelope import Envelope
from adapters.dingtalk.config import CARD_PATH, DingTalkConfig
from adapters.dingtalk.signature import card_signature, robot_signature
from adapters.dingtalk.webhook import Webhook
from commands.registry import VERBS
from tests.adapters.dingtalk.people import World
from tests.adapters.dingtalk.standin import APP_SECRET, now_in_milliseconds
from tests.kith import MONDAY, SteppedClock

pytestmark = pytest.mark.anyio
_VECTORS = Path(__file__).parents[4] / "shared" / "bench" / "vectors.json"
HOUR = 3_600_000  # milliseconds


def _rows(url: str) -> dict[str, int]:
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")]
        return {name: connection.execute(f"SELECT COUNT(*) FROM {name}").fetchone()[0] for name in names}  # noqa: S608


@pytest.mark.parametrize(
    ("timestamp", "sign"),
    [
        ("right", ""),
        ("right", "é"),
        ("right", "another secret"),
        ("right", "flipped"),
        ("", "right"),
        ("not a number", "right"),
        ("9" * 40, "right"),
        ("too old", "right"),
        ("too new", "right"),
    ],
)
async def test_a_forged_message_leaves_no_trace(cards: World, sqlite_url: str, timestamp: str, sign: str) -> None:
    """A signature that is wrong, missing or stale is 401; nothing is stored and nobody is called."""
    now = int(now_in_milliseconds(cards.clock))
    named = {"right": str(now), "too old": str(now - HOUR - 1), "too new": str(now + HOUR + 1)}
    timestamp = named.get(timestamp, timestamp)
    right = robot_signature(timestamp, APP_SECRET)
    signs = {
        "right": right,
        "another secret": robot_signature(timestamp, "other"),
        "flipped": ("B" if right[0] == "A" else "A") + right[1:],
    }
    before, calls = _rows(sqlite_url), len(cards.server.calls)
    payload = json.dumps(cards.message("wei", "visit Northwind: wants a demo"))
    headers = {"timestamp": timestamp, "sign": signs.get(sign, sign).encode()}
    answer = await cards.http.post(cards.config.robot_path, content=payload, headers=headers)
    await cards.settle()
    assert answer.status_code == 401
    assert not answer.content
    assert _rows(sqlite_url) == before
    assert len(cards.server.calls) == calls


@pytest.mark.parametrize("off", [-HOUR, HOUR])
async def test_an_hour_is_still_now(cards: World, off: int) -> None:
    """DingTalk's own window is an hour to both sides."""
    timestamp = str(int(now_in_milliseconds(cards.clock)) + off)
    sign = robot_signature(timestamp, APP_SECRET)
    answer = await cards.bring(cards.message("wei", "tasks"), timestamp=timestamp, sign=sign)
    assert answer.status_code == 200


@pytest.mark.parametrize("path", ["/dingtalk/robot", "/dingtalk/robot/another-secret-part", "/dingtalk/robot/x"])
async def test_the_address_is_a_secret_too(cards: World, path: str) -> None:
    """A right signature at another address is refused: it could be one that was overheard, with another body."""
    assert (await cards.bring(cards.message("wei", "tasks"), path=path)).status_code == 401


async def test_without_a_secret_the_plain_address_is_taken() -> None:
    """Where none is configured, the address that the design names is the one."""
    async with _plain() as (http, heard):
        timestamp = str(int(MONDAY.timestamp() * 1000))
        headers = {"timestamp": timestamp, "sign": robot_signature(timestamp, "s")}
        body = {"msgId": "1", "senderStaffId": "wei", "conversationId": "cid", "conversationType": "1"}
        answered = await http.post("/dingtalk/robot", json=body, headers=headers)
        elsewhere = await http.post("/dingtalk/robot/anything", json=body, headers=headers)
    assert (answered.status_code, elsewhere.status_code) == (200, 401)
    assert len(heard) == 1


async def test_another_organisation_is_refused(cards: World) -> None:
    """A robot of the configured organisation hears that organisation alone."""
    assert (await cards.bring(cards.message("wei", "tasks", chatbotCorpId="dingother"))).status_code == 401


async def test_what_is_no_message_is_refused(cards: World) -> None:
    """A body that is none, and one that is too large, are told so; nothing fails."""
    timestamp = now_in_milliseconds(cards.clock)
    headers = {"timestamp": timestamp, "sign": robot_signature(timestamp, APP_SECRET)}

    async def post(content: bytes) -> int:
        return (await cards.http.post(cards.config.robot_path, content=content, headers=headers)).status_code

    assert await post(b"x" * (BODY_MAX + 1)) == 413
    assert await post(json.dumps({"chatbotCorpId": "dingcorp"}).encode()) == 400
    for wrong in (b"", b"[]", b"not json", b'{"msgId": ' + b"[" * 5000):
        assert await post(wrong) == 401  # of no organisation


async def test_a_forged_press_leaves_no_trace(cards: World, sqlite_url: str) -> None:
    """A press is signed with a secret that Kith gave DingTalk, at an address that nobody else knows."""
    card = await cards.say("wei", "task Northwind: order samples")
    undo = next(one for one in card.buttons("wei") if one["text"] == "Undo")["event"]["params"]["params"]
    before = _rows(sqlite_url)
    await cards.request("wei", card, undo)
    path, body, headers = cards.last.path, cards.last.body, cards.last.headers
    await cards.settle()
    after = _rows(sqlite_url)
    assert after != before
    stale = str(int(headers["x-ddpaas-signature-timestamp"]) - HOUR - 1)
    wrong: list[tuple[str, dict[str, str]]] = [
        (path, headers | {"x-ddpaas-signature": "x"}),
        (path, {}),
        (f"{CARD_PATH}/guessed", headers),
        (
            path,
            {
                "x-ddpaas-signature-timestamp": stale,
                "x-ddpaas-signature": card_signature(stale, cards.config.card_secret),
            },
        ),
        (path, headers | {"x-ddpaas-signature": robot_signature(headers["x-ddpaas-signature-timestamp"], APP_SECRET)}),
    ]
    for where, how in wrong:
        assert (await cards.http.post(where, content=body, headers=how)).status_code == 401
    await cards.settle()
    assert _rows(sqlite_url) == after


async def test_the_secrets_show_nowhere(cards: World) -> None:
    """The configuration can be printed, and what DingTalk registered is derived from no word of it."""
    assert APP_SECRET not in repr(cards.config)
    assert cards.config.secret not in repr(cards.config)
    assert APP_SECRET not in json.dumps(cards.server.callbacks)


# -- events ----------------------------------------------------------------------------------------


def _vector() -> dict[str, Any]:
    if not _VECTORS.exists():
        pytest.skip("no shared vectors here")
    found: dict[str, Any] = json.loads(_VECTORS.read_text(encoding="utf-8"))["dingtalk_callback"]
    return found


class _Plain:
    """Routes with nothing behind them, at a time of their own."""

    def __init__(self, clock: SteppedClock, **settings: str) -> None:
        self.heard: list[object] = []
        config = DingTalkConfig(**{"app_key": "k", "app_secret": "s"} | settings)
        presses: Any = None  # nobody presses anything
        webhook = Webhook(config, VERBS, clock, hear=self._hear, presses=presses)
        app = FastAPI()
        app.include_router(webhook.router())
        self.http = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://kith")

    async def _hear(self, said: object) -> None:
        self.heard.append(said)

    async def __aenter__(self) -> tuple[httpx.AsyncClient, list[object]]:
        return self.http, self.heard

    async def __aexit__(self, *_: object) -> None:
        await self.http.aclose()


def _plain(**settings: str) -> _Plain:
    return _Plain(SteppedClock(), **settings)


def _of_the_vector(of: dict[str, Any]) -> tuple[_Plain, SteppedClock]:
    clock = SteppedClock()
    clock.instant = clock.instant.fromtimestamp(int(of["timestamp"]) / 1000, clock.instant.tzinfo)
    made = _Plain(clock, app_key=of["owner_key"], token=of["token"], aes_key=of["aes_key"])
    return made, clock


async def test_the_published_event_is_answered_encrypted() -> None:
    """DingTalk's own example, at its time, is answered with a sealed and signed success."""
    of = _vector()
    plain, _ = _of_the_vector(of)
    async with plain as (http, _heard):
        answer = await http.post("/dingtalk/events", params=_query(of), json={"encrypt": of["encrypt"]})
    told = answer.json()
    assert answer.status_code == 200
    envelope = Envelope(of["token"], of["aes_key"], of["owner_key"])
    opened = envelope.opened(
        told["encrypt"], signature=told["msg_signature"], timestamp=told["timeStamp"], nonce=told["nonce"]
    )
    assert opened == "success"


def _query(of: dict[str, Any], **changed: str) -> dict[str, str]:
    return {"signature": of["signature"], "timestamp": of["timestamp"], "nonce": of["nonce"]} | changed


@pytest.mark.parametrize("spoilt", ["signature", "timestamp", "nonce", "encrypt", "cut", "key", "stale", "body"])
async def test_a_spoilt_event_is_refused(spoilt: str) -> None:
    """One flipped letter anywhere, a message cut short, another key, an hour too late, no body: 401 for each."""
    of = _vector()

    def flip(text: str) -> str:
        return ("0" if text[-2] != "0" else "1").join((text[:-2], text[-1:]))

    plain, clock = _of_the_vector(of | ({"aes_key": of["aes_key"][::-1]} if spoilt == "key" else {}))
    query = _query(of)
    if spoilt in query:
        query[spoilt] = flip(query[spoilt])
    body = {"encrypt": {"encrypt": flip(of["encrypt"]), "cut": of["encrypt"][:64]}.get(spoilt, of["encrypt"])}
    if spoilt == "stale":
        clock.forward(hours=1, seconds=1)
    async with plain as (http, _heard):
        content = b"nothing" if spoilt == "body" else json.dumps(body).encode()
        assert (await http.post("/dingtalk/events", params=query, content=content)).status_code == 401


async def test_without_a_key_there_are_no_events(cards: World) -> None:
    """Where no key is configured there is no such address."""
    assert (await cards.http.post("/dingtalk/events", json={})).status_code == 404
