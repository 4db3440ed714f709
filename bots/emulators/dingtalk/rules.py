"""What DingTalk takes in a message and in the variables of the card template that Kith ships."""

import json
from typing import Any

from adapters.dingtalk.template import template
from bots.emulators.dingtalk.model import Json, Variables

MSG_PARAM_MAX = 15_000  # bytes: https://open.dingtalk.com/document/orgapp/the-application-robot-sends-a-message
_USERS_MAX = 20  # https://open.dingtalk.com/document/orgapp/chatbots-send-one-on-one-chat-messages-in-batches
_TOKEN_MAX = 64  # bytes that Kith lets a button send
_DECLARED = json.loads(template()["editorData"])["variableList"]
_VARIABLES = {one["name"] for one in _DECLARED}
_OWN = {one["name"] for one in _DECLARED if one["private"]}
_BY_KEY = {"updateCardDataByKey": True, "updatePrivateDataByKey": True}
_MESSAGE = {"robotCode", "msgKey", "msgParam"}
_CHANGE = {"outTrackId", "userIdType", "cardUpdateOptions", "cardData", "privateData"}
_ANSWER = {"cardUpdateOptions", "cardData", "userPrivateData"}
_CARD = {"cardTemplateId", "outTrackId", "callbackType", "callbackRouteKey", "userIdType", "cardData", "openSpaceId"}
_SPACES = {"IM_ROBOT": "imRobot", "IM_GROUP": "imGroup"}
# Pages, and DingTalk's own kind of address that opens a page beside the conversation:
# https://open.dingtalk.com/document/orgapp/message-link-description
_BESIDE = "dingtalk://dingtalkclient/page/link?url="
_OPENED = ("http://", "https://", f"{_BESIDE}http%3A%2F%2F", f"{_BESIDE}https%3A%2F%2F")
_FIELD = {"name", "label", "type", "hidden", "required", "placeholder", "defaultValue", "options"}


def fault_of_message(body: Json, robot: str) -> str:
    """Why a robot's message would be refused; empty when it is right."""
    if body.get("robotCode") != robot:
        return "invalidParameter.robotCode.notExsit"
    if set(body) - _MESSAGE not in ({"userIds"}, {"openConversationId"}):
        return "invalidParameter"
    if body.get("msgKey") != "sampleMarkdown":
        return "invalidParameter.msgKey.invalid"
    if len(body["msgParam"].encode()) >= MSG_PARAM_MAX:
        return "invalidParameter.msgParam.tooLong"
    if not is_markdown(json.loads(body["msgParam"])):
        return "invalidParameter.msgParam.invalid"
    users = body.get("userIds", [""])
    return "" if 1 <= len(users) <= _USERS_MAX else "invalidParameter.userIds.overMax"


def is_markdown(message: Any) -> bool:
    """Whether a message has a title and a text, and nothing else."""
    return isinstance(message, dict) and set(message) == {"title", "text"} and all(message.values())


def fault_of_card(body: Json, robot: str) -> str:
    """Why a new card would be refused; empty when it is right. Whether its chat exists is another question."""
    kind, _ = space_of(body)
    if kind not in _SPACES:
        return "param.openSpaceIdInvalid"
    model, deliver = f"{_SPACES[kind]}OpenSpaceModel", f"{_SPACES[kind]}OpenDeliverModel"
    if set(body) - _CARD != {model, deliver} or body[deliver].get("robotCode") != robot:
        return "param.openSpaceModelInvalid"
    if kind == "IM_ROBOT" and body[deliver].get("spaceType") != kind:
        return "param.openSpaceModelInvalid"
    if body.get("callbackType") != ("HTTP" if "callbackRouteKey" in body else "STREAM"):
        return "param.callbackTypeInvalid"
    if set(body["cardData"].get("cardParamMap", {})) != _VARIABLES:
        return "param.cardPublicDataEmpty"
    return fault_of_data(body["cardData"])


def space_of(body: Json) -> tuple[str, str]:
    """The kind of a card's place, and the id of the person or the group."""
    kind, _, chat = str(body.get("openSpaceId", "")).removeprefix("dtv1.card//").partition(".")
    return kind, chat


def fault_of_change(body: Json) -> str:
    """Why a change of a card would be refused; empty when it is right."""
    if set(body) - _CHANGE or body.get("cardUpdateOptions") != _BY_KEY:
        return "param.cardUpdateOptionsInvalid"
    own = (fault_of_data(data, own=True) for data in (body.get("privateData") or {}).values())
    return fault_of_data(body.get("cardData") or {}) or next(filter(None, own), "")


def fault_of_answer(answer: Json) -> str:
    """Why the answer to a press would change nothing; empty when it is right, or changes nothing."""
    if not answer:
        return ""
    if set(answer) - _ANSWER or answer.get("cardUpdateOptions") != _BY_KEY:
        return "param.cardUpdateOptionsInvalid"
    return fault_of_data(answer.get("cardData") or {}) or fault_of_data(answer.get("userPrivateData") or {}, own=True)


def fault_of_data(data: Json, *, own: bool = False) -> str:
    """What is wrong with variables: others than the template's, no strings, or not as the components take them.

    One person's ``own`` are those that the template declares as private.
    """
    variables: Variables = data.get("cardParamMap") or {}
    for name, value in variables.items():
        if name not in (_OWN if own else _VARIABLES) or not isinstance(value, str):
            return f"param.{name}Invalid"
        if name in {"btns", "note_btns"} and not all(map(_is_button, json.loads(value))):
            return f"param.{name}Invalid"
        if name == "form" and not all(map(_is_field, json.loads(value)["fields"])):
            return f"param.{name}Invalid"
    return ""


def _is_button(one: Json) -> bool:
    if set(one) != {"text", "color", "status", "event"} or not one["text"].strip():
        return False
    if one["color"] not in {"gray", "blue", "red"}:
        return False
    event = one["event"]
    if event["type"] == "sendCardRequest":
        return len(event["params"]["params"]["token"].encode()) <= _TOKEN_MAX
    return event["type"] == "openLink" and str(event["params"]["url"]).startswith(_OPENED)


def _is_field(one: Json) -> bool:
    if one["type"] not in {"TEXT", "DATE", "SELECT"} or set(one) - _FIELD:
        return False
    if one["type"] != "SELECT" or "defaultValue" not in one:
        return True
    chosen = one["defaultValue"]
    return bool(one["options"][chosen["index"]]["value"] == chosen["value"])
