"""Buttons that ask before they run."""

import pytest

from bots.emulators.telegram.client import Account
from bots.emulators.telegram.model import Message
from tests.adapters.telegram.process import WEI, Kith
from tests.adapters.telegram.stand_in import StandIn

pytestmark = pytest.mark.anyio


async def _lost_asked(kith: Kith, wei: Account) -> Message:
    """A deal whose Lost button was pressed: the question."""
    await kith.said(wei, "/new_deal Globex Renewal 30万")
    card = await kith.said(wei, "/deal Globex")
    return await kith.pressed(wei, card, "Lost")


async def test_press_asks_first(kith: Kith, wei: Account) -> None:
    """Marking a deal as lost is asked about before anything is done."""
    question = await _lost_asked(kith, wei)
    assert question.text == "Mark this deal as lost?"
    assert question.labels == ["Lost", "Cancel"]


async def test_yes_does_it_once(kith: Kith, wei: Account, server: StandIn) -> None:
    """Yes runs the command, and the question cannot be answered again."""
    question = await _lost_asked(kith, wei)
    done = await kith.pressed(wei, question, "Lost")
    assert "Lost" in done.text
    assert question.labels == [] or question is done
    assert server.open_queries == set()


async def test_no_does_nothing(kith: Kith, wei: Account, server: StandIn) -> None:
    """No says that nothing was changed, in the question's place."""
    question = await _lost_asked(kith, wei)
    await kith.pressed(wei, question, "Cancel")
    assert (question.text, question.labels) == ("Nothing was changed.", [])
    assert "Lost" in (await kith.said(wei, "/deal Globex")).labels  # still to be lost


async def test_forgotten_question_says_so(kith: Kith, wei: Account, server: StandIn) -> None:
    """Weeks later the button has expired, and says what to do."""
    await kith.said(wei, "/new_deal Globex Renewal 30万")
    card = await kith.said(wei, "/deal Globex")
    kith.clock.forward(days=30)
    update = wei.presses(card, "Lost")
    await kith.brought(update)
    assert "expired" in server.answered[update["callback_query"]["id"]]["text"]
    assert server.last(WEI) is card
