"""Recorded payloads become Incoming, without asking anybody."""

import msgspec
import pytest

from adapters.feishu.config import FeishuConfig
from adapters.feishu.incoming import from_message, from_press
from adapters.feishu.payloads import Envelope, Header, Pressed, Said
from adapters.feishu.texts import named, plain
from tests.adapters.feishu.world import recorded


def read(name: str, kind: type) -> tuple:  # type: ignore[type-arg] # any payload's
    """A recorded payload's header and event."""
    envelope = msgspec.convert(recorded(name), type=Envelope)
    assert isinstance(envelope.header, Header)
    return envelope.header, msgspec.convert(envelope.event, type=kind)


def test_message() -> None:
    """The mention of the bot goes, a member's becomes a handle, and the topic is remembered."""
    header, said = read("message", Said)
    incoming = from_message(header, said, bot="ou_bot", handles={"on_lin": "lin"}, language="en")
    assert incoming.text == "visit Northwind: met @lin"
    assert (incoming.tenant, incoming.user, incoming.conversation) == ("t_kith", "on_wei", "oc_sales")
    assert incoming.delivery == "5e3702a84e847582be8db7fb73283c02"
    assert not incoming.direct
    assert incoming.reply_to == {
        "chat": "oc_sales",
        "open": "ou_wei",
        "message": "om_5ce6d572455d361153b7cb51da133945",
        "thread": True,
    }


def test_press() -> None:
    """A form's button: its token, and where its card stands."""
    header, pressed = read("card_action", Pressed)
    incoming = from_press(header, pressed, language="en")
    assert (incoming.token, incoming.user, incoming.direct) == ("mSealed", "on_wei", False)
    assert incoming.delivery == "f7984f25108f8137722bb63c00000001"
    assert incoming.reply_to["at"] == "own"


@pytest.mark.parametrize(
    ("kind", "content", "text"),
    [
        ("text", '{"text":" hello "}', "hello"),
        ("text", "not json", ""),
        ("text", "[]", ""),
        ("text", '{"text":5}', ""),
        ("image", '{"image_key":"x"}', ""),
        (
            "post",
            '{"title":"T","content":[[{"tag":"text","text":"a"},{"tag":"at","user_id":"@_user_1"}]]}',
            "T\na@_user_1",
        ),
        (
            "post",
            '{"content":[[{"tag":"a","text":"site","href":"https://x.example"}],5,[7]]}',
            "site (https://x.example)",
        ),
        ("post", '{"content":"x"}', ""),
    ],
)
def test_words_of_messages(kind: str, content: str, text: str) -> None:
    """Texts and posts have words; what is not as it should be has none."""
    assert plain(kind, content) == text


def test_mentions_do_not_eat_one_another() -> None:
    """The eleventh mention is not the first one with a digit behind it."""
    assert named("@_user_1 asks @_user_11", {"@_user_1": "", "@_user_11": "@lin"}) == "asks @lin"
    assert named("@_user_2 x", {}) == "@_user_2 x"


def test_language_by_address() -> None:
    """Feishu is answered in Chinese, Lark and everything else in English, where nothing tells."""
    at = {"https://open.feishu.cn": "zh_Hans", "https://open.larksuite.com": "en", "http://127.0.0.1:1": "en"}
    for address, language in at.items():
        assert FeishuConfig("a", "b", "c", api_url=address).language == language
