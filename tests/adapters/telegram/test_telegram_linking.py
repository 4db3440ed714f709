"""From a stranger to a member: one-time codes, typed or behind a link."""

import pytest

from bots.emulators.telegram.client import Account
from tests.adapters.telegram.process import GROUP, STRANGER, Kith, code_for
from tests.adapters.telegram.stand_in import StandIn

pytestmark = pytest.mark.anyio


async def test_stranger_sees_nothing(kith: Kith, stranger: Account) -> None:
    """Whatever a stranger asks for, they learn how to connect and nothing else."""
    for line in ("globex", "/360 Globex", "/visit Globex: hello", "/start", "/help me"):
        told = await kith.said(stranger, line)
        assert "021-5550100" not in told.text
    assert kith.count("activities") == 0


@pytest.mark.parametrize("line", ["/start {code}", "/link {code}", "link {code}", "/crm link {code}", "连接 {code}"])
async def test_code_connects(kith: Kith, stranger: Account, line: str) -> None:
    """A code behind t.me/BOT?start=, or typed, makes the stranger that member."""
    code = await code_for(kith, "ana")
    assert "Ana" in (await kith.said(stranger, line.format(code=code))).text
    assert "021-5550100" in (await kith.said(stranger, "globex")).text


async def test_code_is_good_once(kith: Kith, stranger: Account, wei: Account) -> None:
    """A used or invented code is refused, and nobody's identity changes."""
    code = await code_for(kith, "ana")
    await kith.said(stranger, f"/start {code}")
    refused = await kith.said(wei, f"/start {code}")
    assert "wrong, used or older" in refused.text
    assert "You are Wei" in (await kith.said(wei, "/whoami")).text


async def test_start_greets_a_member(kith: Kith, wei: Account, stranger: Account) -> None:
    """/start alone says hello and what can be typed; to a stranger, how to connect."""
    assert "Hello, Wei" in (await kith.said(wei, "/start")).text
    assert "We have not met yet" in (await kith.said(stranger, "/start")).text


async def test_code_asked_for_in_a_group_is_given_in_private(kith: Kith, wei: Account, server: StandIn) -> None:
    """A member's one-time code is never shown to a group."""
    await kith.brought(wei.says("/link", chat=GROUP))
    assert server.said(GROUP) == []
    assert "one-time code" in server.last(wei.id).text


async def test_stranger_is_not_asked_a_form(kith: Kith, stranger: Account, server: StandIn) -> None:
    """A command that opens a form for members opens none for strangers."""
    await kith.brought(stranger.says("/new_deal"))
    assert "We have not met yet" in server.last(STRANGER).text
