"""Saving what somebody else wrote: by replying to it, or by forwarding it to the bot."""

import pytest

from bots.emulators.telegram.client import Account
from bots.emulators.telegram.model import Json
from tests.adapters.telegram.process import FORUM, GROUP, STRANGER, Kith
from tests.adapters.telegram.stand_in import DATE, StandIn

pytestmark = pytest.mark.anyio

_OFFER = "We can sign at 280k if you deliver in March"


def _told(chat: int = GROUP, **more: object) -> Json:
    """A message of somebody else's, as a reply's target."""
    kind = {"type": "group", "title": "Sales"} if chat == GROUP else {"type": "supergroup", "title": "Accounts"}
    sender = {"id": STRANGER, "is_bot": False, "first_name": "Sam", "last_name": "Lee"}
    return {"message_id": 77, "date": DATE, "chat": {"id": chat, **kind}, "from": sender, "text": _OFFER, **more}


@pytest.mark.parametrize(
    "line", ["/save Globex", "/save@kith_test_bot Globex", "@kith_test_bot save Globex", "@kith_test_bot 保存 Globex"]
)
async def test_reply_saves_the_message(kith: Kith, wei: Account, server: StandIn, line: str) -> None:
    """Replying with save and a customer shows what will be on the timeline, one press away; the group sees nothing."""
    page = await kith.said(wei, line, chat=GROUP, reply_to_message=_told())
    assert f"Sam Lee: {_OFFER}" in page.text
    receipt = await kith.pressed(wei, page, "Log it")
    assert "Message saved" in receipt.text
    assert kith.count("activities") == 1
    assert server.said(GROUP) == []


async def test_reply_without_a_customer_asks_for_it(kith: Kith, wei: Account) -> None:
    """Save alone opens the form in private, with the message in it."""
    question = await kith.said(wei, "/save", chat=GROUP, reply_to_message=_told())
    assert _OFFER in question.text
    question = await kith.said(wei, "Globex")
    await kith.pressed(wei, question, "Log it")
    assert kith.count("activities") == 1


async def test_marked_part_alone_is_saved(kith: Kith, wei: Account) -> None:
    """When part of the message was marked for the reply, that part is what is meant."""
    part = {"text": "We can sign at 280k", "position": 0}
    page = await kith.said(wei, "/save Globex", chat=GROUP, reply_to_message=_told(), quote=part)
    assert "Sam Lee: We can sign at 280k" in page.text
    assert "March" not in page.text


@pytest.mark.parametrize(
    ("origin", "author"),
    [
        (
            {"type": "user", "sender_user": {"id": 9, "is_bot": False, "first_name": "Jo", "last_name": "Park"}},
            "Jo Park",
        ),
        ({"type": "hidden_user", "sender_user_name": "Somebody Shy"}, "Somebody Shy"),
        ({"type": "chat", "sender_chat": {"id": -1, "type": "supergroup", "title": "The Board"}}, "The Board"),
        ({"type": "channel", "chat": {"id": -2, "type": "channel", "title": "News"}, "message_id": 5}, "News"),
    ],
)
async def test_forwarded_message_is_offered_to_be_saved(kith: Kith, wei: Account, origin: Json, author: str) -> None:
    """A message forwarded to the bot opens the form to save it, with who said it first."""
    question = await kith.said(wei, _OFFER, forward_origin=origin | {"date": DATE})
    assert f"{author}: {_OFFER}" in question.text
    assert "Question 1" in question.text


async def test_forwarded_command_is_not_run(kith: Kith, wei: Account) -> None:
    """What others typed is quoted, never executed."""
    origin = {"type": "hidden_user", "sender_user_name": "Sam", "date": DATE}
    await kith.said(wei, "/new_customer Trojan", forward_origin=origin)
    assert kith.count("customers") == 3


async def test_save_without_a_message_says_how(kith: Kith, wei: Account) -> None:
    """Save with nothing to save is answered, and saves nothing."""
    told = await kith.said(wei, "/save Globex")
    assert told.text
    assert kith.count("activities") == 0


async def test_the_bots_own_card_is_not_quoted(kith: Kith, wei: Account, server: StandIn) -> None:
    """Replying to the bot's own message with save does not put Kith's words on the timeline."""
    await kith.brought(wei.says("/share Globex", chat=FORUM, thread=7))
    card = server.shown(server.last(FORUM))
    await kith.brought(wei.says("/save Globex", chat=FORUM, thread=7, reply_to_message=card))
    assert kith.count("activities") == 0
