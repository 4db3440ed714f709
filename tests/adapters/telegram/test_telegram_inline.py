"""Looking up from any chat: @bot NAME."""

import pytest

from bots.emulators.telegram.client import Account
from bots.emulators.telegram.model import Json, bad
from tests.adapters.telegram.process import Kith
from tests.adapters.telegram.stand_in import StandIn

pytestmark = pytest.mark.anyio


async def _asked(kith: Kith, person: Account, text: str) -> Json:
    update = person.looks_up(text)
    await kith.brought(update)
    return kith.server.answered[update["inline_query"]["id"]]


async def test_member_gets_the_customers_that_fit(kith: Kith, wei: Account) -> None:
    """The list is for the asker alone and never kept by Telegram for others."""
    answer = await _asked(kith, wei, "glob")
    assert [result["title"] for result in answer["results"]] == ["Globex"]
    assert answer["is_personal"] is True
    assert answer.get("cache_time", 0) == 0


async def test_empty_query_offers_recent_customers(kith: Kith, wei: Account) -> None:
    """Before anything is typed the customers of late are there."""
    assert len((await _asked(kith, wei, ""))["results"]) == 3


async def test_posted_message_holds_public_facts_alone(kith: Kith, wei: Account) -> None:
    """What lands in the chat is name, industry and region: no number, owner, stage or button."""
    answer = await _asked(kith, wei, "globex")
    (result,) = answer["results"]
    assert result["input_message_content"]["message_text"] == "Globex\nRetail · Shanghai"
    assert "reply_markup" not in result


async def test_stranger_is_offered_to_connect(kith: Kith, stranger: Account) -> None:
    """Somebody Kith does not know gets no names, and a button into the private chat."""
    answer = await _asked(kith, stranger, "globex")
    assert answer["results"] == []
    assert answer["button"] == {"text": "Connect your account", "start_parameter": "open"}


async def test_late_answer_is_let_go(kith: Kith, wei: Account, server: StandIn) -> None:
    """Telegram forgets inline queries after seconds; an answer that is too late harms nothing."""
    server.faults["answerInlineQuery"] = [bad("query is too old and response timeout expired or query ID is invalid")]
    await kith.brought(wei.looks_up("globex"))
    assert (await _asked(kith, wei, "globex"))["results"]


async def test_nothing_is_stored(kith: Kith, wei: Account) -> None:
    """Every key pressed is a query; none of them leaves a row behind."""
    await _asked(kith, wei, "glo")
    assert (kith.count("deliveries"), kith.count("jobs"), kith.count("drafts")) == (0, 0, 0)
