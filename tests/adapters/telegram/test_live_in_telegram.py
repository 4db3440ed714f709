"""What was shared in a group is changed where it stands."""

import pytest

from bots.emulators.telegram.client import Account
from tests.adapters.telegram.process import Kith
from tests.adapters.telegram.stand_in import StandIn
from tests.adapters.telegram.test_telegram_groups import GROUP

pytestmark = pytest.mark.anyio


async def test_shared_card_shows_the_present(kith: Kith, wei: Account, server: StandIn) -> None:
    """An edit of the customer changes the one message in the group."""
    await kith.brought(wei.says("/share Globex", chat=GROUP))
    before = server.last(GROUP).text
    await kith.brought(wei.says("/edit Globex region: Ghent"))
    await kith.work_off()
    (shared,) = server.said(GROUP)
    assert "Ghent" in shared.text
    assert "Ghent" not in before
