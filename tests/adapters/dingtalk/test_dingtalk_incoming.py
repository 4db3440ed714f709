"""What DingTalk brings becomes Kith's terms, whatever shape it is in."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.dingtalk import incoming
from adapters.dingtalk.forms import sent_fields, tagged, values_in
from cards.model import Form, Input, InputKind, Option
from commands.registry import VERBS

# As DingTalk's page on receiving messages shows one, ids replaced.
RECORDED: dict[str, Any] = {
    "conversationId": "cidA==",
    "atUsers": [{"dingtalkId": "$:LWCP_v1:$robot"}],
    "chatbotCorpId": "dingcorp",
    "chatbotUserId": "$:LWCP_v1:$robot",
    "msgId": "msg0001",
    "senderNick": "Wei",
    "isAdmin": True,
    "senderStaffId": "manager01",
    "sessionWebhookExpiredTime": 1773027000000,
    "createAt": 1773021600000,
    "senderCorpId": "dingcorp",
    "conversationType": "2",
    "senderId": "$:LWCP_v1:$wei",
    "conversationTitle": "Sales",
    "isInAtList": True,
    "sessionWebhook": "https://oapi.dingtalk.com/robot/sendBySession?session=0001",
    "text": {"content": " visit Northwind: wants a demo "},
    "robotCode": "dingapp",
    "msgtype": "text",
}


def _heard(**changed: Any) -> incoming.Said:
    said = incoming.message(RECORDED | changed, VERBS)
    assert said is not None
    return said


def test_a_recorded_message() -> None:
    """Who, where, what, and how to answer."""
    heard = _heard().incoming
    assert heard.key == "dingtalk:dingcorp:msg0001"
    assert (heard.user, heard.user_name, heard.conversation, heard.direct) == ("manager01", "Wei", "cidA==", False)
    assert heard.text == "visit Northwind: wants a demo"
    assert heard.reply_to == {
        "hook": "https://oapi.dingtalk.com/robot/sendBySession?session=0001",
        "hook_until": 1773027000000,
        "hook_at": "cidA==",
        "staff": True,
    }


def test_a_private_chat_is_the_persons() -> None:
    """What is said in private is in the conversation that Kith writes to the person in."""
    heard = _heard(conversationType="1").incoming
    assert (heard.direct, heard.conversation) == (True, "manager01")


def test_somebody_without_a_staff_id() -> None:
    """A person of another organisation is known by what the robot sees of them, and cannot be written to."""
    heard = _heard(senderStaffId=None).incoming
    assert heard.user == "$:LWCP_v1:$wei"
    assert heard.reply_to["staff"] is False


def test_save_points_at_the_message_it_replies_to() -> None:
    """The words, the author, the time; a reply that says anything else is a line."""
    replied = {"senderNick": "Sam", "createdAt": 1773021600000, "content": {"text": "We sign"}}
    quoted = _heard(text={"content": " 保存", "isReplyMsg": True, "repliedMsg": replied}).incoming.quoted
    assert quoted is not None
    assert (quoted.text, quoted.author) == ("We sign", "Sam")
    assert quoted.said_at == datetime(2026, 3, 9, 2, 0, tzinfo=UTC)
    assert _heard(text={"content": "tasks", "repliedMsg": replied}).incoming.quoted is None
    rich = {"content": {"richText": [{"text": "We "}, {"text": "sign"}]}, "createdAt": "soon"}
    quoted = _heard(text={"content": "save", "repliedMsg": rich}).incoming.quoted
    assert quoted is not None
    assert (quoted.text, quoted.said_at) == ("We sign", None)


@pytest.mark.parametrize("text", ["Undo ▸" + "m" * 44, "▸ " + "m" * 44, "撤销 ▸" + "m" * 44])
def test_a_line_that_a_link_sent_is_a_press(text: str) -> None:
    """The token alone counts; the label before it is for people."""
    heard = _heard(text={"content": text}).incoming
    assert (heard.token, heard.text) == ("m" * 44, "")


shapes = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from([*sorted(RECORDED), "content"]), shapes))
def test_any_shape_is_read_without_a_fault(changed: dict[str, Any]) -> None:
    """A payload with anything in any field is a message or none; nothing raises."""
    said = incoming.message(RECORDED | changed, VERBS)
    assert said is None or said.incoming.platform == "dingtalk"


@given(st.dictionaries(st.sampled_from(["outTrackId", "userId", "corpId", "content", "cardPrivateData"]), shapes))
def test_any_press_is_read_without_a_fault(payload: dict[str, Any]) -> None:
    """The same for presses."""
    assert incoming.press(json.dumps(payload).encode(), "1") is None or payload


def test_a_press_is_known_by_its_body_and_time() -> None:
    """The same press brought again is the same delivery; pressed a second time it is another."""
    content = json.dumps({"cardPrivateData": {"actionIds": ["press"], "params": {"token": "t"}}})
    body = json.dumps({"outTrackId": "kith-d-1", "userId": "wei", "corpId": "c", "content": content}).encode()

    def delivery(timestamp: str) -> str:
        pressed = incoming.press(body, timestamp)
        assert pressed is not None
        return pressed.incoming.delivery

    assert delivery("1") == delivery("1")
    assert delivery("1") != delivery("2")


def test_ids_of_cards() -> None:
    """The same for every try at an answer, and one can tell a person's chat by it."""
    assert incoming.card_id("k", direct=True) == incoming.card_id("k", direct=True)
    assert incoming.is_direct_card(incoming.card_id("k", direct=True))
    assert not incoming.is_direct_card(incoming.card_id("k", direct=False))


FORM = Form(
    command="visit",
    title="Log a visit",
    submit="Log",
    inputs=(
        Input(name="customer", label="Customer", kind=InputKind.CUSTOMER, value="01j9", value_label="Northwind"),
        Input(name="note", label="Note", kind=InputKind.MULTILINE, required=True),
        Input(
            name="stage",
            label="阶段",
            kind=InputKind.SELECT,
            options=(Option(label="Won", value="won"), Option(label="Lost", value="lost")),
        ),
    ),
)


def test_lines_are_read() -> None:
    """By label, with either colon; a line without one goes on; what stands outside tag and end is not read."""
    text = (
        "Note: not this\n#form 0123456789abcdef\ncustomer: Northwind\nNote*: it went well\nthey want more: two\n\n"
        "阶段：WON\n#end\nNote: nor this"
    )
    assert tagged(text) == "0123456789abcdef"
    values = values_in(FORM, text)
    assert values == {"customer": "Northwind", "note": "it went well\nthey want more: two", "stage": "WON"}
    assert sent_fields(FORM, values) == {
        "customer": "01j9",
        "note": "it went well\nthey want more: two",
        "stage": "won",
    }


@pytest.mark.parametrize("text", ["", "#form", "#form 123", "#form 0123456789ABCDEF", "form 0123456789abcdef"])
def test_other_messages_fill_in_nothing(text: str) -> None:
    """A message without the tag is a line like any other."""
    assert tagged(text) == ""


def test_a_changed_name_is_the_new_one() -> None:
    """What was typed in place of a known customer is what was typed."""
    assert sent_fields(FORM, {"customer": "Acme"}) == {"customer": "Acme"}
