"""What the emulated Feishu refuses by itself, and that whoever plays with it is told."""

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from bots.emulators.feishu.client import Client
from bots.emulators.feishu.demo import Feishu
from bots.emulators.feishu.model import Chat, FeishuError, Json
from bots.emulators.feishu.rules import fault_of_card
from bots.emulators.feishu.server import APP_ID, APP_SECRET, FeishuServer
from bots.emulators.model import Person
from bots.emulators.refusals import WrongAnswerError
from tests.emulated import Listening
from tests.kith import SteppedClock

ROOM, WEI = "oc_room", "on_wei"


def _card(*elements: Json, **more: Any) -> Json:
    return {"schema": "2.0", "config": {"update_multi": True}, "body": {"elements": list(elements)}} | more


def _text(content: str, **more: Any) -> Json:
    return {"tag": "div", "text": {"tag": "plain_text", "content": content}} | more


def _form(*elements: Json) -> Json:
    return {"tag": "form", "name": "form", "elements": list(elements)}


def _submit(**more: Any) -> Json:
    label = {"tag": "plain_text", "content": "Save"}
    button = {"tag": "button", "type": "primary", "text": label, "name": "save", "form_action_type": "submit"}
    return button | {"behaviors": [{"type": "callback", "value": {"token": "t"}}]} | more


def _sent(uuid: str, card: Json, to: str = ROOM) -> Json:
    return {"receive_id": to, "msg_type": "interactive", "content": json.dumps(card), "uuid": uuid}


@pytest.fixture
def server() -> FeishuServer:
    """A company with one person and one group."""
    made = FeishuServer(SteppedClock())
    made.person(WEI, "ou_wei")
    made.chats[ROOM] = Chat("group", [WEI])
    return made


@pytest.fixture
async def calls(server: FeishuServer) -> AsyncIterator[httpx.AsyncClient]:
    """What Kith calls it by, with a token."""
    listening = Listening(server.routes())
    await listening.start()
    async with httpx.AsyncClient(base_url=f"{listening.url}/open-apis") as client:
        secret = {"app_id": APP_ID, "app_secret": APP_SECRET}
        token = (await client.post("/auth/v3/tenant_access_token/internal", json=secret)).json()
        client.headers["Authorization"] = f"Bearer {token['tenant_access_token']}"
        yield client
    await listening.stop()


async def _send(calls: httpx.AsyncClient, uuid: str, card: Json, to: str = ROOM) -> httpx.Response:
    return await calls.post("/im/v1/messages?receive_id_type=chat_id", json=_sent(uuid, card, to))


@pytest.mark.parametrize(
    ("card", "fault"),
    [
        (_card(_text("Acme")), ""),
        (_card(_form(_submit())), ""),
        ({"schema": "2.0", "body": {"elements": []}}, "lacks 'config'"),
        (_card(_text("Acme"), shape="round"), "unknown attribute of the card"),
        (_card(_text("Acme", colour="red")), "unknown attribute of div: {'colour'}"),
        (_card({"tag": "video"}), "no component video"),
        (_card(_text(" ")), "empty text"),
        (_card(*[_text("Acme")] * 101), "300305: more than 200 elements"),
        (_card(_text("客" * 10_240)), "30 KB"),
        (_card(_form(_text("Acme"))), "nothing submits the form"),
        (_card(_form(_submit()), _form(_submit())), "a name twice"),
        (_card(_submit()), "only of a form's button"),
    ],
)
def test_cards_that_are_not_drawn(card: Json, fault: str) -> None:
    """What the real Feishu would not draw has a reason, and a good card none."""
    assert fault_of_card(card) == fault


@pytest.mark.anyio
async def test_more_messages_than_the_limit(server: FeishuServer, calls: httpx.AsyncClient) -> None:
    """A chat takes five messages at once, and the sixth a second later; the same key is no message more."""
    codes = [(await _send(calls, f"k{number}", _card(_text("Acme")))).json()["code"] for number in range(6)]
    assert codes == [0, 0, 0, 0, 0, 230020]
    assert (await _send(calls, "k0", _card(_text("Acme")))).json()["code"] == 0
    server.clock.forward(seconds=1)  # type: ignore[attr-defined]  # the test's own clock
    assert (await _send(calls, "k5", _card(_text("Acme")))).json()["code"] == 0


@pytest.mark.anyio
async def test_more_messages_than_the_app_may(server: FeishuServer, calls: httpx.AsyncClient) -> None:
    """Fifty messages at once are taken of the app, whatever the chats; the next is told how long to wait."""
    server.chats |= {f"oc_{number}": Chat() for number in range(51)}
    answers = [await _send(calls, f"k{number}", _card(_text("Acme")), f"oc_{number}") for number in range(51)]
    assert {one.status_code for one in answers[:50]} == {200}
    refused = answers[50]
    assert (refused.status_code, refused.json()["code"]) == (429, 99991400)
    assert refused.headers["x-ogw-ratelimit-reset"] == "1"


@pytest.mark.anyio
async def test_more_changes_than_the_limit(calls: httpx.AsyncClient) -> None:
    """A message is changed five times at once."""
    sent = (await _send(calls, "k", _card(_text("Acme")))).json()["data"]["message_id"]
    changed = {"content": json.dumps(_card(_text("Acme East")))}
    codes = [(await calls.patch(f"/im/v1/messages/{sent}", json=changed)).json()["code"] for _ in range(6)]
    assert codes == [0, 0, 0, 0, 0, 230020]


@pytest.mark.anyio
async def test_token_without_a_life(server: FeishuServer, calls: httpx.AsyncClient) -> None:
    """A token ends after two hours; one that was never given is none, and without one nothing is done."""
    server.clock.forward(hours=2)  # type: ignore[attr-defined]  # the test's own clock
    assert (await calls.get("/bot/v3/info")).json()["code"] == 99991677
    assert (await calls.get("/bot/v3/info", headers={"Authorization": "Bearer t"})).json()["code"] == 99991663
    assert (await calls.get("/bot/v3/info", headers={"Authorization": ""})).json()["code"] == 99991661


@pytest.mark.anyio
async def test_calls_that_are_wrong(server: FeishuServer, calls: httpx.AsyncClient) -> None:
    """A field that lacks, a message that is none, a call that there is not: each has its code, and is noted."""
    lacking = await calls.post("/im/v1/messages?receive_id_type=chat_id", json={"receive_id": ROOM})
    gone = await calls.patch("/im/v1/messages/om_x", json={"content": "{}"})
    unknown = await calls.get("/im/v9/messages")
    assert [one.json()["code"] for one in (lacking, gone, unknown)] == [99992402, 230110, 99991201]
    assert (len(server.refusals.lines), server.posted) == (3, [])


def test_answers_that_are_wrong(server: FeishuServer) -> None:
    """What a press is answered with has a toast of a known kind, and a card that is drawn."""
    client = Client(server, "key", "token")
    posted = server.post(ROOM, _card(_text("Acme")))
    for wrong in ({"toast": {"type": "loud", "content": "Saved"}}, {"card": {"type": "template"}}, {"cards": []}):
        with pytest.raises(WrongAnswerError):
            client.take(posted, wrong)
    with pytest.raises(FeishuError, match="empty text"):
        client.take(posted, {"card": {"type": "raw", "data": _card(_text(""))}})
    assert posted.words == "Acme"


@pytest.mark.anyio
async def test_whoever_plays_is_told() -> None:
    """What is refused stands on the page beside the chat."""
    wei = Person("wei", "Wei", "en")
    played = Feishu("http://kith.invalid", [wei])
    listening = Listening(played.routes())
    await listening.start()
    async with httpx.AsyncClient(base_url=listening.url) as client:
        await client.get("/open-apis/bot/v3/info")
    assert list(played.screen(wei).refused) == ["GET /open-apis/bot/v3/info: 99991661 missing access token"]
    await listening.stop()
    await played.close()
