"""How answers reach DingTalk, and what becomes of those that cannot now."""

import asyncio
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from msgspec.structs import replace
from structlog.testing import capture_logs

from adapters.dingtalk import app
from adapters.dingtalk.api import Api
from adapters.dingtalk.robot import Target
from adapters.dingtalk.template import template
from adapters.dingtalk.webhook import Webhook
from bots.emulators.dingtalk.client import Client
from cards.model import Actions, Button, Card, Form, Input, Text
from commands.model import Audience, Incoming, Reply
from commands.registry import VERBS
from commands.sending import Address, Sent
from core.errors import StoreUnavailableError
from storage.database import open_database
from tests.adapters.dingtalk.people import World, running
from tests.adapters.dingtalk.standin import CORP, GROUP, Fault
from tests.kith import SteppedClock

pytestmark = pytest.mark.anyio
TOKEN, TO_PEOPLE, TO_GROUP = (
    "/v1.0/oauth2/accessToken",
    "/v1.0/robot/oToMessages/batchSend",
    "/v1.0/robot/groupMessages/send",
)
CREATE, CHANGE, HOOK = "/v1.0/card/instances/createAndDeliver", "/v1.0/card/instances", "/robot/sendBySession"
REGISTER = "/v1.0/card/callbacks/register"
CARD = Card(summary="A word", blocks=(Text(text="A word"),))
OTHER = Card(summary="Another", blocks=(Text(text="Another word"),))


def _of(who: str, *, direct: bool = True, **reply_to: Any) -> Incoming:
    return Incoming(
        platform="dingtalk",
        tenant=CORP,
        user=who,
        conversation=who if direct else GROUP,
        direct=direct,
        delivery="d1",
        reply_to={"staff": True, **reply_to},
    )


async def _work_off(world: World, **by: float) -> None:
    """What the worker does a while later."""
    world.clock.forward(**by)
    while await world.road.work_off():
        await world.settle()


async def test_while_the_hook_lives_it_is_answered_by(lines: World) -> None:
    """A message is answered through its own sessionWebhook, which takes no token."""
    await lines.say("wei", "Northwind")
    assert lines.server.paths()[-1] == HOOK
    assert TOKEN not in lines.server.paths()


async def test_a_hook_that_ended_is_not_used(lines: World) -> None:
    """After an hour and a half the robot's own message goes out instead, in a group as in a private chat."""
    hook, until = lines.server.session("wei")
    sent = _of("wei", hook=hook, hook_until=until, hook_at="wei")
    lines.clock.forward(minutes=89, seconds=30)
    assert (await lines.adapter.send(sent, Reply(cards=(CARD,)), "k1")).sent is Sent.DELIVERED
    assert lines.server.paths() == [TOKEN, TO_PEOPLE]
    to_room = Reply(cards=(CARD,), audience=Audience.ROOM)
    assert (await lines.adapter.send(_of("wei", direct=False), to_room, "k2")).sent is Sent.DELIVERED
    assert lines.server.paths()[-1] == TO_GROUP
    assert lines.server.last(GROUP).seen("mei") == "A word"


async def test_a_hook_that_is_refused_is_not_the_end(lines: World) -> None:
    """DingTalk's clock may differ: what its hook does not take goes the other way."""
    lines.server.fail(HOOK, Fault(200, {"errcode": 300001, "errmsg": "expired"}))
    await lines.say("wei", "Northwind")
    assert lines.server.paths()[-3:] == [HOOK, TOKEN, TO_PEOPLE]


@pytest.mark.parametrize(
    "hook",
    [
        "https://evil.example/robot/sendBySession?session=1",
        "http://oapi.dingtalk.com/robot/sendBySession",
        "https://oapi.dingtalk.com:8443/x",
        "https://user@oapi.dingtalk.com/x",
        "https://[oapi.dingtalk.com/x",
        "file:///etc/passwd",
    ],
)
async def test_nobody_else_is_ever_called(lines: World, hook: str) -> None:
    """A payload's address that is not DingTalk's is not called; the answer goes DingTalk's way."""
    api = Api(lines.config, lines.clock)
    assert not api.may_post_to(hook)
    assert api.may_post_to("https://oapi.dingtalk.com/robot/sendBySession?session=1")
    assert api.may_post_to("https://api.dingtalk.com/v1.0/robot/x")
    await lines.say("wei", "Northwind", sessionWebhook=hook)
    assert lines.server.paths()[-1] == TO_PEOPLE


async def test_one_token_for_many_senders(lines: World) -> None:
    """However many answers go out at once, one token is fetched; it is used until shortly before its end."""
    sends = (lines.adapter.send(_of("wei"), Reply(cards=(CARD,)), f"k{n}") for n in range(10))
    await asyncio.gather(*sends)
    assert lines.server.paths().count(TOKEN) == 1
    lines.clock.forward(minutes=114)
    await lines.adapter.send(_of("wei"), Reply(cards=(CARD,)), "k")
    assert lines.server.paths().count(TOKEN) == 1
    lines.clock.forward(minutes=2)
    await lines.adapter.send(_of("wei"), Reply(cards=(CARD,)), "k")
    assert lines.server.paths().count(TOKEN) == 2


@pytest.mark.parametrize("status", [400, 401])
async def test_a_token_that_died_early_is_fetched_anew(lines: World, status: int) -> None:
    """A token that DingTalk has forgotten is replaced and the call made again, once."""
    await lines.adapter.send(_of("wei"), Reply(cards=(CARD,)), "k1")
    lines.server.tokens.clear()
    if status == 400:
        lines.server.fail(TO_PEOPLE, Fault(400, {"code": "invalidParameter.token.invalid"}))
    assert (await lines.adapter.send(_of("wei"), Reply(cards=(CARD,)), "k2")).sent is Sent.DELIVERED
    assert lines.server.paths()[-3:] == [TO_PEOPLE, TOKEN, TO_PEOPLE]


async def test_a_wrong_secret_is_told_and_not_tried_for_ever(lines: World) -> None:
    """Where DingTalk gives no token, the answer is given up with DingTalk's own word."""
    lines.server.fail(TOKEN, Fault(400, {"code": "invalidClientIdOrSecret", "message": "x"}))
    sending = await lines.adapter.send(_of("wei"), Reply(cards=(CARD,)), "k1")
    assert (sending.sent, sending.reason) == (Sent.GONE, "invalidClientIdOrSecret")


@pytest.mark.parametrize(
    ("fault", "pause", "everywhere"),
    [
        (Fault(429, {}, {"retry-after": "7"}), 7, False),
        (Fault(403, {"code": "Forbidden.AccessDenied.QpsLimitForApi"}), 60, True),
        (Fault(400, {"code": "Throttling.Api"}), 60, True),
        (Fault(200, {"flowControlledStaffIdList": ["wei"], "invalidStaffIdList": []}), 60, False),
    ],
)
async def test_too_fast_pauses(lines: World, fault: Fault, pause: int, *, everywhere: bool) -> None:
    """DingTalk's ways of asking for a pause are heeded: for the conversation, or for all of the app's."""
    lines.server.fail(TO_PEOPLE, fault)
    sending = await lines.adapter.send(_of("wei"), Reply(cards=(CARD,)), "k1")
    assert (sending.sent, sending.after, sending.everywhere) == (Sent.RETRY, timedelta(seconds=pause), everywhere)
    assert lines.server.messages == []


async def test_a_group_that_had_enough_is_left_alone(lines: World) -> None:
    """20 messages a minute: beyond it the hook says 130101, and the answer comes later; nothing is lost or doubled."""
    lines.server.fail(HOOK, Fault(200, {"errcode": 130101, "errmsg": "send too fast, exceed 20 times per minute"}))
    assert (await lines.bring(lines.message("wei", "visit Northwind: wants a demo"))).status_code == 200
    await lines.settle()
    assert lines.server.messages == []
    await _work_off(lines, seconds=30)
    assert lines.server.messages == []
    await _work_off(lines, seconds=31)
    (message,) = lines.server.messages
    assert "Visit logged" in message.seen("wei")


async def test_while_dingtalk_is_down_nothing_is_lost(world: World) -> None:
    """An answer that finds DingTalk down is tried again, and arrives once."""
    down = Fault(503, {})
    for path in (HOOK, CREATE, TO_PEOPLE):
        world.server.fail(path, down, down)
    assert (await world.bring(world.message("wei", "visit Northwind: wants a demo"))).status_code == 200
    await world.settle()
    assert world.server.messages == []
    await _work_off(world, minutes=1)
    await _work_off(world, minutes=5)
    (message,) = world.server.messages
    assert "Visit logged" in message.seen("wei")


async def test_a_card_that_arrived_although_it_failed_comes_once(cards: World) -> None:
    """A card of which DingTalk's answer was lost is tried again under the same id: it is there already."""
    cards.server.fail(CREATE, Fault(504, {}, done=True))
    await cards.bring(cards.message("wei", "visit Northwind: wants a demo"))
    await cards.settle()
    await _work_off(cards, minutes=1)
    assert len(cards.server.messages) == 1
    assert cards.server.paths().count(CREATE) == 2


async def test_whoever_cannot_be_written_to_is_gone(lines: World) -> None:
    """A person whom the robot may not see, and a group that it is not in, are given up."""
    assert (await lines.adapter.send(_of("nobody"), Reply(cards=(CARD,)), "k1")).reason == "invalid_staff"
    address = Address(platform="dingtalk", tenant=CORP, conversation="cidGONE==")
    assert (await lines.adapter.tell(address, Reply(cards=(CARD,)), "k2", "")).sent is Sent.GONE


async def test_what_cannot_be_posted_is_told_to_who_asked(lines: World) -> None:
    """A card for a group that the robot is not in: its asker is told, in their own chat."""
    lines.server.groups.clear()
    sending = await lines.adapter.send(_of("wei", direct=False), Reply(cards=(CARD,), audience=Audience.ROOM), "k1")
    assert sending.sent is Sent.GONE
    assert "cannot write to that group" in lines.server.last("wei").seen("wei")


async def test_without_the_template_words_are_better_than_nothing(cards: World) -> None:
    """A template that is not published is told in the log, without a word of the card; the answer is markdown."""
    cards.server.templates.clear()
    with capture_logs() as logs:
        message = await cards.say("wei", "Northwind")
    assert not message.card
    assert "Northwind" in message.seen("wei")
    (told,) = [one for one in logs if one["event"] == "dingtalk_card_refused"]
    assert told["reason"] == "param.cardTemplateNotExist"
    assert "Northwind" not in str(told)


async def test_a_live_card_changes_where_it_stands(cards: World) -> None:
    """What Kith says by itself has a reference, by which it is changed; a card that is gone is put anew."""
    address = Address(platform="dingtalk", tenant=CORP, conversation=GROUP)
    first = await cards.adapter.tell(address, Reply(cards=(CARD,)), "k1", "")
    again = await cards.adapter.tell(address, Reply(cards=(OTHER,)), "k2", first.ref)
    assert (again.sent, again.ref) == (Sent.DELIVERED, first.ref)
    (card,) = cards.server.messages
    assert card.seen("mei") == "Another word"
    cards.server.messages.clear()
    anew = await cards.adapter.tell(address, Reply(cards=(OTHER,)), "k3", first.ref)
    assert anew.ref != first.ref
    assert len(cards.server.messages) == 1


async def test_without_a_template_nothing_is_changed_later(lines: World) -> None:
    """Markdown cannot be changed: it has no reference, and what is new is a new message."""
    address = Address(platform="dingtalk", tenant=CORP, user="wei")
    assert (await lines.adapter.tell(address, Reply(cards=(CARD,)), "k1", "")).ref == ""
    assert (await lines.adapter.tell(address, Reply(cards=(OTHER,)), "k2", "old")).sent is Sent.DELIVERED
    assert [one.seen("wei") for one in lines.server.messages] == ["A word", "Another word"]


async def test_a_busy_dingtalk_makes_a_live_card_wait(cards: World) -> None:
    """A change that finds DingTalk busy is tried again; it does not become a second card."""
    address = Address(platform="dingtalk", tenant=CORP, user="wei")
    first = await cards.adapter.tell(address, Reply(cards=(CARD,)), "k1", "")
    cards.server.fail(CHANGE, Fault(503, {}))
    assert (await cards.adapter.tell(address, Reply(cards=(OTHER,)), "k2", first.ref)).sent is Sent.RETRY
    assert len(cards.server.messages) == 1


async def test_where_presses_go_is_registered_at_the_start(cards: World) -> None:
    """DingTalk is told the address and the secret of presses, and again later when it could not be reached."""
    told = cards.server.callbacks["kith"]
    assert told["callbackUrl"] == f"https://kith.example.com{cards.config.card_path}"
    assert told["apiSecret"] == cards.config.card_secret
    assert told["forceUpdate"] is True


async def test_an_address_that_could_not_be_registered_is_tried_again(
    cards: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While DingTalk is down at the start Kith goes on trying; what it refuses is told in the log and left."""
    monkeypatch.setattr(app, "_FIRST_PAUSE", 0.001)
    for fault in (Fault(503, {}), Fault(403, {"code": "Forbidden.AccessDenied.AccessTokenPermissionDenied"})):
        cards.server.callbacks.clear()
        cards.server.fail(REGISTER, fault, *([fault] if fault.status == 503 else []))
        with capture_logs() as logs:
            await cards.adapter._register()
        assert ("kith" in cards.server.callbacks) is (fault.status == 503)
        assert [one["event"] for one in logs] == ["dingtalk_callback_not_registered"] * (
            2 if fault.status == 503 else 1
        )


async def test_a_form_in_a_rooms_card_is_one_persons(cards: World) -> None:
    """A form that a press opens in a group's card has fields for whoever pressed, and for nobody else."""
    form = Form(command="new task", title="New task", inputs=(Input(name="title", label="Title"),), submit="Raise")
    form = replace(form, token="m" * 40)
    address = Address(platform="dingtalk", tenant=CORP, conversation=GROUP)
    sending = await cards.adapter.tell(address, Reply(cards=(CARD,)), "k1", "")
    pressed = _of("wei", direct=False, card=sending.ref)
    assert (await cards.adapter.send(pressed, Reply(form=form), "k2")).sent is Sent.DELIVERED
    (card,) = cards.server.messages
    assert card.variables("wei")["has_form"] == "true"
    assert card.variables("mei")["has_form"] == "false"
    assert "New task" in card.seen("wei")
    assert card.seen("mei") == "A word"


async def test_while_the_store_is_away_dingtalk_is_told_to_come_again(
    cards: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A message that cannot be put down is not acknowledged."""

    async def away(_said: object) -> None:
        raise StoreUnavailableError

    webhook = Webhook(cards.config, VERBS, cards.clock, hear=away, presses=_no_presses())
    async with _client_of(webhook) as kith:
        monkeypatch.setattr(cards, "client", Client(cards.server, kith))
        assert (await cards.bring(cards.message("wei", "tasks"))).status_code == 503


def _no_presses() -> Any:
    return None


def _client_of(webhook: Webhook) -> httpx.AsyncClient:
    served = FastAPI()
    served.include_router(webhook.router())
    return httpx.AsyncClient(transport=httpx.ASGITransport(served), base_url="http://kith")


async def test_a_press_on_a_forgotten_card_says_so(cards: World) -> None:
    """Of a group's card nobody knows any more where it stands: whoever presses is told, the others see nothing."""
    await cards.say("wei", "/crm share Northwind", room=True)
    (shared,) = cards.server.in_group()
    cards.clock.forward(days=16)
    button = next(one for one in shared.buttons("mei") if one["event"]["type"] == "sendCardRequest")
    answer = await cards.request("mei", shared, button["event"]["params"]["params"])
    cards.server.apply(shared, "mei", answer.json())
    assert "失效" in shared.seen("mei") or "过期" in shared.seen("mei")
    assert shared.seen("wei") == shared.seen("")


async def test_a_press_that_writes_changes_the_card_afterwards(cards: World) -> None:
    """What writes is acknowledged first; its answer then stands in the card of whoever pressed, or in a new one."""
    token = "m" * 40
    card = Card(
        summary="s", blocks=(Text(text="Pick"), Actions(elements=(Button(label="A", command="x", token=token),)))
    )
    sending = await cards.adapter.send(_of("wei"), Reply(cards=(card,)), "k1")
    pressed = _of("wei", card=sending.ref)
    assert (await cards.adapter.send(pressed, Reply(cards=(OTHER,), replace=True), "k2")).ref == sending.ref
    (message,) = cards.server.messages
    assert message.seen("wei") == "Another word"
    gone = _of("wei", card="kith-d-gone")
    assert (await cards.adapter.send(gone, Reply(cards=(OTHER,), replace=True), "k3")).sent is Sent.DELIVERED
    assert len(cards.server.messages) == 2


async def test_a_private_answer_to_a_press_in_a_room_stays_private(cards: World) -> None:
    """Where the group's card is gone, a private answer goes to the person's own chat, never to the group."""
    pressed = _of("wei", direct=False, card="kith-g-gone")
    assert (await cards.adapter.send(pressed, Reply(cards=(CARD,)), "k1")).sent is Sent.DELIVERED
    assert cards.server.in_group() == []
    assert cards.server.last("wei").seen("wei") == "A word"


def test_a_persons_chat_and_a_group_are_told_apart() -> None:
    """Groups' ids begin with cid, and a group is written to more slowly."""
    assert Target.of_id("manager123").direct
    assert not Target.of_id(GROUP).direct


async def test_pace(lines: World) -> None:
    """20 messages a minute in a group."""
    assert lines.adapter.pace(GROUP) * 20 == timedelta(minutes=1)
    assert lines.adapter.pace("wei") == timedelta(seconds=1)


async def test_presses_need_a_public_address(sqlite_url: str) -> None:
    """A template without an address to be called back at makes no cards that nobody could answer."""
    clock = SteppedClock()
    database = open_database(sqlite_url, clock)
    async with running(database, clock, public_url="") as world:
        await world.say("wei", "hello there")
        assert not world.server.last("wei").card
    await database.close()


def test_the_shipped_template_is_the_one_that_is_filled_in() -> None:
    """The file that administrators import is what ``kith manifest dingtalk --template`` prints."""
    shipped = Path(__file__).parents[3] / "deploy" / "dingtalk" / "kith-card.json"
    assert json.loads(shipped.read_text(encoding="utf-8")) == template()
