"""Polling: nothing is confirmed before it is on disk, and nothing stops it but being stopped."""

import asyncio

import pytest

from adapters.telegram.bot import Connection
from bots.emulators.telegram.client import Account
from bots.emulators.telegram.model import BotApiError, flood
from commands.model import Incoming
from core.errors import StoreUnavailableError
from tests.adapters.telegram.process import WEI, Kith, Starting
from tests.adapters.telegram.stand_in import StandIn

pytestmark = pytest.mark.anyio


@pytest.fixture
async def kith(start: Starting, server: StandIn) -> Kith:
    server.webhook = {"url": "https://left.from.before.example"}
    return await start(mode="polling", public_url="")


async def _taken(kith: Kith, person: Account, text: str) -> str:
    """Says it, waits until it is confirmed and answered; the last message."""
    update = person.says(text)
    await kith.server.updates.push(update)
    await kith.server.until(lambda: kith.server.updates.confirmed > update["update_id"])
    await kith.settle()
    return kith.server.last(person.id).text


async def test_webhook_of_before_is_removed(kith: Kith, server: StandIn, wei: Account) -> None:
    """Telegram refuses polling while a webhook is set, so it is taken away first."""
    assert server.webhook == {}
    assert server.called("getUpdates")[0]["allowed_updates"] == ["message", "callback_query", "inline_query"]
    assert "Globex" in await _taken(kith, wei, "globex")


async def test_there_is_no_route(kith: Kith) -> None:
    """Nothing listens for updates that nobody brings."""
    assert kith.adapter.router() is None


async def test_updates_are_confirmed_and_done_once(kith: Kith, wei: Account) -> None:
    """A line is carried out once and confirmed by the next request."""
    assert "Visit logged" in await _taken(kith, wei, "/visit Globex: hello")
    assert kith.count("activities") == 1


async def test_crash_before_confirming_does_nothing_twice(
    kith: Kith, wei: Account, start: Starting, server: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On disk but unconfirmed, then killed: brought again to the next process, it is known by its id."""
    update = wei.says("/visit Globex: hello")
    monkeypatch.setattr(Connection, "take_updates", _never)  # the request after this one never leaves
    await server.updates.push(update)
    await server.until(lambda: bool(server.said(WEI)))
    await kith.settle()
    assert server.updates.confirmed <= update["update_id"]
    monkeypatch.undo()
    await kith.crash()
    again = await start(mode="polling", public_url="")
    await server.until(lambda: server.updates.confirmed > update["update_id"])
    await again.settle()
    assert again.count("activities") == 1
    assert len(server.said(WEI)) == 1


async def _never(*_: object, **__: object) -> list[object]:
    await asyncio.Event().wait()
    return []


async def test_database_away_leaves_updates_unconfirmed(
    kith: Kith, wei: Account, server: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be kept now is asked for again, and what came before it in the batch is not done twice."""
    receive, failures = kith.road.receive, iter([False, True])

    async def away_once(incoming: Incoming) -> object:
        if next(failures, False):
            raise StoreUnavailableError
        return await receive(incoming)

    monkeypatch.setattr(kith.road, "receive", away_once)
    first, second = wei.says("/visit Globex: one"), wei.says("/visit Globex: two")
    server.updates.waiting.append(first)
    await server.updates.push(second)
    await server.until(lambda: server.updates.confirmed > second["update_id"])
    await kith.settle()
    assert kith.count("activities") == 2


@pytest.mark.parametrize(
    "fault",
    ["broken", "gateway", flood(0), BotApiError(500, "Internal Server Error"), BotApiError(401, "Unauthorized")],
    ids=["connection", "gateway", "flood", "server", "unauthorized"],
)
async def test_trouble_on_the_way_is_survived(
    kith: Kith, wei: Account, server: StandIn, fault: BotApiError | str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever goes wrong with a request, the next one is made, and nothing is lost."""
    monkeypatch.setattr("adapters.telegram.pausing._LONGEST", 0.01)
    await _taken(kith, wei, "globex")
    server.faults["getUpdates"] = [fault, fault]
    assert "Visit logged" in await _taken(kith, wei, "/visit Globex: hello")
    assert server.faults["getUpdates"] == []


async def test_another_process_polling_is_waited_for(
    kith: Kith, wei: Account, server: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of two processes Telegram serves one; the other takes over when that one ends."""
    monkeypatch.setattr("adapters.telegram.pausing._ANOTHER", 0.01)
    server.faults["getUpdates"] = [BotApiError(409, "Conflict: terminated by other getUpdates request")] * 3
    assert "Globex" in await _taken(kith, wei, "globex")


async def test_telegram_away_at_the_start_is_waited_for(start: Starting, server: StandIn, wei: Account) -> None:
    """Kith starts while Telegram cannot be reached, and connects when it can."""
    server.faults["getMe"] = ["broken", "gateway"]
    server.faults["deleteWebhook"] = ["broken"]
    kith = await start(mode="polling", public_url="")
    assert "Globex" in await _taken(kith, wei, "globex")


async def test_unreadable_update_does_not_hold_back_the_rest(kith: Kith, wei: Account, server: StandIn) -> None:
    """One that the library cannot read is passed over."""
    server.updates.waiting.append({"update_id": server.number(), "message": {"message_id": "?"}})
    assert "Globex" in await _taken(kith, wei, "globex")


async def test_stopping_confirms_what_was_taken(kith: Kith, wei: Account, server: StandIn) -> None:
    """An orderly end leaves nothing to be delivered again, whether or not Telegram holds a request."""
    update = wei.says("/visit Globex: hello")
    await server.updates.push(update)
    await server.until(lambda: bool(server.said(WEI)))
    await kith.stop()
    assert server.updates.confirmed > update["update_id"]
    assert kith.count("activities") == 1
    assert server.called("getUpdates")[-1]["timeout"] == 0


async def test_order_is_kept_for_each_person(kith: Kith, wei: Account, server: StandIn) -> None:
    """A batch is taken side by side, but one person's lines one after the other: a form gets its answers in order."""
    updates = [wei.says(text) for text in ("/new_deal", "Globex", "Renewal", "30万")]
    server.updates.waiting.extend(updates[:-1])
    await server.updates.push(updates[-1])
    await server.until(lambda: server.updates.confirmed > updates[-1]["update_id"])
    await kith.settle()
    assert "Amount: 30万" in server.last(WEI).text
