"""The webhook: who may bring updates, and when Telegram is asked to bring one again."""

import json

import pytest

from adapters.telegram.config import TelegramConfig
from adapters.telegram.signature import HEADER, is_genuine, secret_of
from bots.emulators.telegram.client import Account
from bots.emulators.telegram.server import TOKEN
from storage.errors import DatabaseBusyError
from tests.adapters.telegram.process import PUBLIC_URL, WEI, Kith, Starting
from tests.adapters.telegram.stand_in import StandIn

pytestmark = pytest.mark.anyio


async def test_webhook_is_registered_with_its_secret(kith: Kith, server: StandIn) -> None:
    """At start Telegram is told where to bring updates, which, and with what secret."""
    assert server.webhook["url"] == f"{PUBLIC_URL}/telegram/webhook"
    assert server.webhook["secret_token"] == secret_of(kith.config)
    assert server.webhook["allowed_updates"] == ["message", "callback_query", "inline_query"]


@pytest.mark.parametrize("secret", ["", "wrong", "é", "x" * 10_000])
async def test_forged_update_stores_nothing(kith: Kith, wei: Account, server: StandIn, secret: str) -> None:
    """Without the secret: 401, nothing kept, nothing said."""
    answer = await kith.http.post(
        "/telegram/webhook", json=wei.says("/visit Globex: hello"), headers={HEADER: secret.encode()}
    )
    await kith.settle()
    assert answer.status_code == 401
    assert (kith.count("deliveries"), kith.count("activities"), server.said(WEI)) == (0, 0, [])


async def test_update_without_the_header_is_refused(kith: Kith, wei: Account) -> None:
    """No header is no secret."""
    assert (await kith.http.post("/telegram/webhook", json=wei.says("globex"))).status_code == 401


async def test_replayed_update_does_nothing_twice(kith: Kith, wei: Account, server: StandIn) -> None:
    """A genuine update brought three times is carried out once."""
    update = wei.says("/visit Globex: hello")
    assert [await kith.bring(update) for _ in range(3)] == [200, 200, 200]
    await kith.settle()
    assert (kith.count("activities"), len(server.said(WEI))) == (1, 1)


async def test_configured_secret_is_used(start: Starting, wei: Account, server: StandIn) -> None:
    """A secret from the settings goes before the derived one."""
    kith = await start(secret="of-our-own_1")
    assert server.webhook["secret_token"] == "of-our-own_1"
    assert await kith.bring(wei.says("globex"), secret="of-our-own_1") == 200
    await kith.settle()


def test_derived_secret_tells_nothing_of_the_token() -> None:
    """It is made of the token, is one Telegram takes, and differs by token."""
    one, other = (TelegramConfig(token=token) for token in (TOKEN, TOKEN + "x"))
    assert secret_of(one) != secret_of(other)
    assert len(secret_of(one)) == 64
    assert secret_of(one).isalnum()
    assert not is_genuine(secret_of(other), one)


def test_config_shows_no_secret() -> None:
    """Printed by accident, it shows neither token nor secret."""
    shown = repr(TelegramConfig(token=TOKEN, secret="hush"))
    assert TOKEN not in shown
    assert "hush" not in shown


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"no json", 400),
        (b"[]", 400),
        (b"\xff\xfe", 400),
        (b'"text"', 400),
        (b"{" + b" " * 1024 * 1024 + b"}", 413),
    ],
)
async def test_strange_bodies_are_refused(kith: Kith, body: bytes, status: int) -> None:
    """What is no update is refused without a trace."""
    answer = await kith.http.post("/telegram/webhook", content=body, headers={HEADER: secret_of(kith.config)})
    assert answer.status_code == status
    assert kith.count("deliveries") == 0


@pytest.mark.parametrize(
    "update", [{}, {"update_id": "x"}, {"update_id": 1, "message": 7}, {"update_id": 1, "message": {}}]
)
async def test_unreadable_update_does_not_hold_back_the_rest(
    kith: Kith, wei: Account, update: dict[str, object]
) -> None:
    """An update that no library can read is let go: brought again it would be no better."""
    assert await kith.bring(update) == 200
    assert "Globex" in (await kith.said(wei, "globex")).text


async def test_update_is_brought_again_when_the_database_is_away(
    kith: Kith, wei: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not on disk is not acknowledged: 503, and the next try is carried out."""
    update = wei.says("/visit Globex: hello")

    async def away(_: object, **_how: object) -> None:
        raise DatabaseBusyError

    with monkeypatch.context() as patched:
        patched.setattr(kith.database, "write", away)
        assert await kith.bring(update) == 503
    await kith.brought(update)
    assert kith.count("activities") == 1


async def test_update_before_the_bot_knows_itself_is_brought_again(start: Starting, wei: Account) -> None:
    """Until the bot knows its own name it cannot tell what is said to it."""
    kith = await start()
    kith.adapter._intake = None
    assert await kith.bring(wei.says("globex")) == 503


async def test_acknowledged_when_it_is_on_disk(kith: Kith, wei: Account) -> None:
    """The answer to Telegram waits for the inbox, not for the command."""
    assert await kith.bring(wei.says("/visit Globex: hello")) == 200
    assert kith.count("deliveries") == 1
    await kith.settle()


async def test_without_a_public_address_the_webhook_is_left_alone(start: Starting, server: StandIn) -> None:
    """An administrator may have registered it by hand; the route works all the same."""
    kith = await start(public_url="")
    assert server.called("setWebhook") == []
    assert kith.adapter.router() is not None


async def test_update_is_json_in_utf_8(kith: Kith, ana: Account) -> None:
    """Chinese and emoji come through unharmed."""
    update = ana.says("/visit 远航科技：聊了续约 🎉")
    body = json.dumps(update, ensure_ascii=False).encode()
    answer = await kith.http.post("/telegram/webhook", content=body, headers={HEADER: secret_of(kith.config)})
    await kith.settle()
    assert answer.status_code == 200
    assert "聊了续约 🎉" in kith.server.last(ana.id).text
