"""What the emulated DingTalk refuses by itself, and that whoever plays with it is told."""

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from bots.emulators.dingtalk.client import Client, sent_by
from bots.emulators.dingtalk.demo import DingTalk
from bots.emulators.dingtalk.model import Message
from bots.emulators.dingtalk.server import APP_KEY, APP_SECRET, GROUP, TEMPLATE, DingTalkServer
from bots.emulators.model import Person
from bots.emulators.refusals import RefusedError
from cards.model import Card, Text
from cards.renderers.dingtalk import variables
from tests.emulated import Listening
from tests.kith import SteppedClock

pytestmark = pytest.mark.anyio
_HEADER = "x-acs-dingtalk-access-token"
_TO_PEOPLE, _TO_GROUP = "/v1.0/robot/oToMessages/batchSend", "/v1.0/robot/groupMessages/send"
_CREATE, _CHANGE = "/v1.0/card/instances/createAndDeliver", "/v1.0/card/instances"
_SHOWN = variables(Card(summary="A word", blocks=(Text(text="A word"),)))
_BY_KEY = {"updateCardDataByKey": True, "updatePrivateDataByKey": True}

Json = dict[str, Any]


@pytest.fixture
async def server() -> AsyncIterator[DingTalkServer[Message]]:
    """An organisation with one person and one group, which listens."""
    made = DingTalkServer(SteppedClock(), Message)
    made.staff = {"wei"}
    listening = Listening(made.routes())
    await listening.start()
    made.url = listening.url
    yield made
    await listening.stop()


@pytest.fixture
async def calls(server: DingTalkServer[Message]) -> AsyncIterator[httpx.AsyncClient]:
    """What Kith calls it by, with a token."""
    async with httpx.AsyncClient(base_url=server.url) as client:
        told = await client.post("/v1.0/oauth2/accessToken", json={"appKey": APP_KEY, "appSecret": APP_SECRET})
        client.headers[_HEADER] = told.json()["accessToken"]
        yield client


def _message(text: str = "a", **more: Any) -> Json:
    said = json.dumps({"title": "t", "text": text})
    return {"robotCode": APP_KEY, "msgKey": "sampleMarkdown", "msgParam": said} | more


def _card(card: str = "kith-d-1", **more: Any) -> Json:
    return {
        "cardTemplateId": TEMPLATE,
        "outTrackId": card,
        "callbackType": "STREAM",
        "userIdType": 1,
        "cardData": {"cardParamMap": _SHOWN},
        "openSpaceId": "dtv1.card//IM_ROBOT.wei",
        "imRobotOpenSpaceModel": {"supportForward": False},
        "imRobotOpenDeliverModel": {"spaceType": "IM_ROBOT", "robotCode": APP_KEY},
    } | more


def _filled(**changed: str) -> Json:
    return {"cardParamMap": _SHOWN | changed}


@pytest.mark.parametrize(
    ("path", "body", "reason"),
    [
        (_TO_PEOPLE, _message("x" * 15_000, userIds=["wei"]), "invalidParameter.msgParam.tooLong"),
        (_TO_PEOPLE, _message("", userIds=["wei"]), "invalidParameter.msgParam.invalid"),
        (_TO_PEOPLE, _message(userIds=["wei"] * 21), "invalidParameter.userIds.overMax"),
        (_TO_PEOPLE, _message(userIds=["wei"], robotCode="dingother"), "invalidParameter.robotCode.notExsit"),
        (_TO_PEOPLE, _message(userIds=["wei"], colour="red"), "invalidParameter"),
        (_TO_GROUP, _message(openConversationId="cidELSEWHERE=="), "resource.not.found"),
        (_CREATE, _card(cardTemplateId="another"), "param.cardTemplateNotExist"),
        (_CREATE, _card(callbackType="HTTP"), "param.callbackTypeInvalid"),
        (_CREATE, _card(callbackType="HTTP", callbackRouteKey="unknown"), "param.callbackRouteKeyNotExist"),
        (_CREATE, _card(openSpaceId="dtv1.card//IM_ROBOT.nobody"), "param.userIdNotExist"),
        (_CREATE, _card(openSpaceId="dtv1.card//IM_GROUP.cidX=="), "param.openSpaceModelInvalid"),
        (_CREATE, _card(cardData={"cardParamMap": {"body": "a"}}), "param.cardPublicDataEmpty"),
        (_CREATE, _card(cardData=_filled(btns='[{"text": "a"}]')), "param.btnsInvalid"),
        (_CREATE, _card(cardData=_filled(form='{"fields": [{"type": "NUMBER"}]}')), "param.formInvalid"),
    ],
)
async def test_wrong_call(
    server: DingTalkServer[Message], calls: httpx.AsyncClient, path: str, body: Json, reason: str
) -> None:
    """What the real one would not take is refused in its words, is in no chat, and the refusal is noted."""
    answer = await calls.post(path, json=body)
    assert (answer.status_code, answer.json()["code"], server.messages) == (400, reason, [])
    assert list(server.refusals.lines) == [f"POST {path}: {reason}"]


async def test_card_and_its_changes(server: DingTalkServer[Message], calls: httpx.AsyncClient) -> None:
    """A card is made once, changed by what its template has, and by nothing else while a press waits."""
    assert (await calls.post(_CREATE, json=_card())).json()["success"]
    assert (await calls.post(_CREATE, json=_card())).json()["code"] == "param.outTrackIdDuplicate"
    change = {"outTrackId": "kith-d-1", "userIdType": 1, "cardUpdateOptions": _BY_KEY}
    own = {"privateData": {"wei": {"cardParamMap": {"body": "mine"}}}}
    assert (await calls.put(_CHANGE, json=change | own)).json()["code"] == "param.bodyInvalid"
    other = {"cardData": {"cardParamMap": {"body": "Another"}}}
    server.pressing.add("kith-d-1")
    assert (await calls.put(_CHANGE, json=change | other)).json()["code"] == "card.updateWhilePressed"
    server.pressing.clear()
    assert (await calls.put(_CHANGE, json=change | other)).status_code == 200
    assert (await calls.put(_CHANGE, json=change | {"outTrackId": "gone"})).json()["code"] == "param.cardNotExist"
    assert server.messages[0].variables("wei")["body"] == "Another"


async def test_token_and_session_end(server: DingTalkServer[Message], calls: httpx.AsyncClient) -> None:
    """After two hours a token is good for nothing, and after an hour and a half a message's own address."""
    hook, _ = server.session("wei")
    body = {"msgtype": "markdown", "markdown": {"title": "t", "text": "a"}}
    assert (await calls.post(hook, json=body)).json()["errcode"] == 0
    server.clock.forward(hours=2)  # type: ignore[attr-defined]  # the test's own clock
    assert (await calls.post(hook, json=body)).json()["errcode"] == 300001
    assert (await calls.post(_TO_PEOPLE, json=_message(userIds=["wei"]))).status_code == 401


async def test_group_has_had_enough(server: DingTalkServer[Message], calls: httpx.AsyncClient) -> None:
    """Twenty messages a minute to a group, by whichever of its sessions; a person's chat has no such limit."""
    body = {"msgtype": "markdown", "markdown": {"title": "t", "text": "a"}}

    async def say(chat: str) -> int:
        return int((await calls.post(server.session(chat)[0], json=body)).json()["errcode"])

    assert {await say(GROUP) for _ in range(20)} == {0}
    assert await say(GROUP) == 130101
    assert {await say("wei") for _ in range(21)} == {0}
    server.clock.forward(seconds=3)  # type: ignore[attr-defined]  # the test's own clock
    assert await say(GROUP) == 0


async def test_presses_need_an_address(server: DingTalkServer[Message], calls: httpx.AsyncClient) -> None:
    """An address that anybody could read along is not registered, and a card without one brings no presses."""
    there = {"callbackRouteKey": "kith", "callbackUrl": "http://kith.example/card", "apiSecret": "s"}
    assert (await calls.post("/v1.0/card/callbacks/register", json=there)).json()["code"] == "callbackUrl.invalid"
    with pytest.raises(RefusedError, match="nobody is to be told"):
        Client(server, calls).pressed("wei", server.put("wei", card="c"), {"token": "a"})


async def test_answer_that_is_not_right(server: DingTalkServer[Message]) -> None:
    """The answer to a press changes the card by the template's variables alone, and to nothing changes nothing."""
    message = server.put("wei", card="c", public=_SHOWN)
    server.apply(message, "wei", {})
    for answer in ({"cardData": _filled()}, {"cardUpdateOptions": _BY_KEY, "userPrivateData": _filled()}):
        with pytest.raises(RefusedError, match=r"^param\."):
            server.apply(message, "wei", answer)
    assert message.variables("wei") == _SHOWN


def test_what_a_field_sends() -> None:
    """What was chosen by its value or its name, else what stands there; what is hidden cannot be filled in."""
    choice = {"type": "SELECT", "options": [{"value": "a", "text": "A"}, {"value": "b", "text": "B"}]}
    assert sent_by(choice, "B") == sent_by(choice, "b") == {"index": 1, "value": "b"}
    assert sent_by(choice, "") == ""
    assert sent_by({"type": "TEXT", "hidden": True, "defaultValue": "kept"}, "other") == "kept"


async def test_whoever_plays_is_told() -> None:
    """What DingTalk refuses stands on the page beside the chat."""
    wei = Person("wei", "Wei", "en")
    played = DingTalk("http://kith.invalid", [wei])
    listening = Listening(played.routes())
    await listening.start()
    async with httpx.AsyncClient(base_url=listening.url) as client:
        await client.post(_TO_GROUP, json=_message(openConversationId=GROUP))
    assert list(played.screen(wei).refused) == [f"POST {_TO_GROUP}: InvalidAuthentication"]
    await listening.stop()
    await played.close()
