"""Whole conversations in Teams: what is typed and pressed, and what everybody sees of it."""

import asyncio
from datetime import timedelta

import pytest

from bots.emulators.teams.cards import actions_of, words_of
from bots.emulators.teams.model import ROOM, TENANT
from core.members.model import Identity
from core.work import Work
from tests.adapters.teams.teams_hands import fault
from tests.adapters.teams.world import MEI, SAM, USERS, WEI, World, running

pytestmark = pytest.mark.anyio


def _seen(card: dict[str, object]) -> str:
    return "\n".join(words_of(card))


async def test_look_up(world: World) -> None:
    """A name alone shows the customer, in the private chat."""
    shown = await world.say("Northwind")
    assert "Northwind" in shown.text
    assert shown.conversation == "a:wei"


async def test_visit_and_undo(world: World, sqlite_url: str) -> None:
    """A visit is logged once; Undo changes the receipt where it stands, and the press is answered with the card."""
    said = world.typed("/visit Northwind: wants a demo, call back Friday")
    await world.post(said)
    receipt = world.last()
    assert "Visit logged" in receipt.text
    assert (await world.post(said)).status_code == 200
    assert world.count(sqlite_url.removeprefix("sqlite:///"), "activities") == 1
    assert world.last() is receipt
    body = await world.pressed(receipt, "Undo")
    assert (body["statusCode"], body["type"]) == (200, "application/vnd.microsoft.card.adaptive")
    assert "Undone" in _seen(body["value"])
    assert (receipt.edits, "Undone" in receipt.text) == (1, True)


async def test_same_press_twice(world: World) -> None:
    """Teams asks again when an answer is lost: the same answer comes, and nothing is done twice."""
    receipt = await world.say("visit Northwind: wants a demo")
    press = world.press(receipt, "Undo")
    first, second = await world.post(press), await world.post(press)
    assert first.json() == second.json()
    assert receipt.edits == 1


async def test_same_press_twice_in_two_processes(world: World) -> None:
    """Another process, which does not remember the answer, says that it is done."""
    receipt = await world.say("visit Northwind: wants a demo")
    press = world.press(receipt, "Undo")
    await world.post(press)
    world.adapter._invokes._answered.clear()
    again = (await world.post(press)).json()
    assert again["value"] == "That has been done already."
    assert receipt.edits == 1


async def test_ambiguous_name(world: World) -> None:
    """Where two customers are meant, a choice is offered, and the choice goes on with the line."""
    question = await world.say("visit acme: they want a demo")
    assert "Acme Industries" in question.text
    assert "Acme Travel" in question.text
    await world.pressed(question, "This one")
    assert "Visit logged" in "\n".join(one.text for one in world.teams.seen_by(WEI))


async def test_new_answer_is_a_message(world: World) -> None:
    """What does not replace comes as a message, and the press is answered with its summary."""
    card = await world.say("Northwind")
    body = await world.pressed(card, "New task")
    assert body["type"] == "application/vnd.microsoft.activity.message"
    assert world.last() is not card
    assert body["value"]


async def test_room_is_told_nothing(world: World) -> None:
    """In a room the answer is for the eyes of whoever asked."""
    shown = await world.say("Northwind", room=True)
    assert (shown.to, shown.conversation) == (WEI, ROOM)
    assert "Northwind" in shown.text
    assert not world.teams.seen_in(ROOM)


@pytest.mark.parametrize("targeted", [True, False])
async def test_private_chat_instead(sqlite_url: str, targeted: bool) -> None:  # noqa: FBT001 - a table
    """Where Teams has no messages for one person's eyes, or they are off, the answer is in the private chat."""
    async with running(sqlite_url, targeted=targeted) as world:
        world.teams.targeted = False
        shown = await world.say("Northwind", room=True)
        assert (shown.to, shown.conversation) == ("", "a:wei")
        (line,) = world.teams.seen_in(ROOM)
        assert line.text == "This answer is for you alone: it is in our private chat."
        calls = len(world.teams.calls)
        await world.say("Northwind", room=True)
        # What was refused is not tried again: the chat is opened, the answer put there, and the line said.
        assert world.teams.calls[calls:] == ["open", "post", "post"]


async def test_answer_waits_for_the_chat(world: World) -> None:
    """Somebody without a private chat is asked to open one; the answer is there when they do."""
    world.teams.targeted = False
    await world.database.write(_know)
    assert (await world.post(world.typed("Northwind", SAM, room=True))).status_code == 200
    (line,) = world.teams.seen_in(ROOM)
    assert "Northwind" not in line.text
    assert pressed_link(line.card).startswith("https://teams.microsoft.com/l/chat/0/0?users=28%3A")
    world.teams.chats[SAM] = "a:sam"
    await world.post(world.activity("installationUpdate", SAM, action="add"))
    assert "Northwind" in world.last(SAM).text
    seen = len(world.teams.seen_by(SAM))
    await world.post(world.activity("conversationUpdate", SAM))
    assert len(world.teams.seen_by(SAM)) == seen


def _know(work: Work) -> None:
    only = work.members.only_workspace()
    assert only is not None
    member = work.members.by_handle(only, "sam")
    assert member is not None
    work.members.tie(Identity("teams", TENANT, USERS[SAM]), member, work.now)


def pressed_link(card: dict[str, object]) -> str:
    """Where the card's one link leads."""
    body = card["body"]
    assert isinstance(body, list)
    return str(body[-1]["actions"][0]["url"])


async def test_press_in_a_room_is_for_the_presser(world: World) -> None:
    """Another one's press on a shared card is answered with a card that only they see."""
    await world.post(world.typed("share Northwind", room=True))
    (shared,) = world.teams.seen_in(ROOM)
    label = next(one["title"] for one in actions_of(shared.card) if one["type"] == "Action.Execute")
    before = len(world.teams.posted)
    body = await world.pressed(shared, label, MEI)
    assert body["statusCode"] == 200
    assert body["type"] == "application/vnd.microsoft.card.adaptive"
    assert len(world.teams.posted) == before
    assert shared.edits == 0


async def test_shared_card_in_the_readers_language(world: World) -> None:
    """A shared card names who reads another language, and shows them theirs when Teams asks."""
    await world.post(world.typed("share Northwind", room=True))
    (shared,) = world.teams.seen_in(ROOM)
    refresh = shared.card["refresh"]
    assert refresh["userIds"] == [MEI]
    asked = {"action": refresh["action"] | {"type": "Action.Execute"}, "trigger": "automatic"}
    body = await world.invoked("adaptiveCard/action", asked, MEI, room=True, replyToId=shared.id)
    assert "行业" in _seen(body["value"]) or "分享" in _seen(body["value"])
    elsewhere = await world.invoked("adaptiveCard/action", asked, MEI, replyToId=shared.id)
    assert elsewhere["type"] == "application/vnd.microsoft.activity.message"


async def test_shared_card_stays_true(world: World) -> None:
    """A shared card shows the present: when the customer changes, the message is changed in its place."""
    await world.post(world.typed("share Northwind", room=True))
    (shared,) = world.teams.seen_in(ROOM)
    await world.say("edit Northwind region: Ghent")
    world.clock.forward(minutes=5)  # type: ignore[attr-defined]
    while await world.road.work_off():
        await world.settle()
    assert len(world.teams.seen_in(ROOM)) == 1
    assert shared.edits >= 1
    assert "Ghent" in shared.text
    assert shared.card["refresh"]["userIds"] == [MEI]


async def test_stranger_is_welcomed(world: World) -> None:
    """Whoever Kith does not know and no directory vouches for is told how to be known."""
    world.teams.chats[SAM] = "a:sam"
    world.teams.people[SAM]["email"] = "sam@elsewhere.example"
    shown = await world.say("Northwind", SAM)
    assert "Northwind" not in shown.text.replace("Kith", "")
    assert "link" in shown.text


async def test_stranger_is_known_by_address(world: World) -> None:
    """The directory's address makes somebody the member of that address."""
    world.teams.chats[SAM] = "a:sam"
    shown = await world.say("Northwind", SAM)
    assert "Northwind" in shown.text


@pytest.mark.parametrize("more", [{"userRole": "guest"}, {"tenantId": "bbbbbbbb-0000"}])
async def test_guests_vouch_for_nothing(world: World, more: dict[str, str]) -> None:
    """A guest's address is not one of this directory's."""
    world.teams.chats[SAM] = "a:sam"
    world.teams.people[SAM] |= more
    shown = await world.say("Northwind", SAM)
    assert "link" in shown.text


async def test_too_fast_waits(world: World) -> None:
    """A message that Teams finds too soon is kept and comes later, once."""
    world.teams.fail("post", fault(429, "TooManyRequests", **{"retry-after": "7"}))
    await world.post(world.typed("visit Northwind: wants a demo"))
    assert not world.teams.posted
    world.clock.forward(seconds=6)  # type: ignore[attr-defined]
    assert await world.road.work_off() == 0
    world.clock.forward(seconds=2)  # type: ignore[attr-defined]
    assert await world.road.work_off() == 1
    await world.settle()
    assert "Visit logged" in world.last().text


@pytest.mark.parametrize("status", [412, 500, 502, 504])
async def test_down_then_again(world: World, status: int) -> None:
    """While Teams is down an answer waits; it comes when Teams is there again, whether it was read or written."""
    for line in ("Northwind", "visit Northwind: wants a demo"):
        world.teams.fail("post", fault(status), fault(status))
        await world.post(world.typed(line))
        for _ in range(2):
            world.clock.forward(minutes=2)  # type: ignore[attr-defined]
            while await world.road.work_off():
                await world.settle()
    assert [("Visit logged" in one.text) for one in world.teams.seen_by(WEI)] == [False, True]


async def test_token_is_renewed(world: World) -> None:
    """A token that ends is fetched anew before, and one that Teams refuses at once."""
    await world.say("Northwind")
    world.clock.forward(minutes=56)  # type: ignore[attr-defined]
    await world.say("Northwind")
    assert world.teams.calls.count("login") == 2
    world.teams.tokens.clear()
    await world.say("Northwind")
    assert world.teams.calls.count("login") == 3
    assert len(world.teams.seen_by(WEI)) == 3


async def test_wrong_secret_waits(world: World) -> None:
    """With a secret that has ended answers wait for one that is good."""
    world.teams.secret = "another"
    await world.post(world.typed("visit Northwind: wants a demo"))
    assert not world.teams.posted
    world.teams.secret = "s3cret"
    world.clock.forward(minutes=6)  # type: ignore[attr-defined]
    assert await world.road.work_off() == 1
    assert "Visit logged" in world.last().text


async def test_undrawable_card_is_said(world: World) -> None:
    """A card that Teams will not draw is said in words."""
    world.teams.fail("post", fault(400, "BadSyntax"))
    shown = await world.say("visit Northwind: wants a demo")
    assert (shown.card, "Northwind" in shown.text) == ({}, True)


async def test_gone_conversation_is_given_up(world: World) -> None:
    """A conversation that the bot was removed from is not tried again."""
    world.teams.fail("post", fault(403, "BotNotInConversationRoster"))
    await world.post(world.typed("Northwind"))
    world.clock.forward(minutes=30)  # type: ignore[attr-defined]
    assert await world.road.work_off() == 0


async def test_message_deleted_meanwhile(world: World) -> None:
    """A receipt that cannot be changed any more is said anew."""
    receipt = await world.say("visit Northwind: wants a demo")
    press = world.press(receipt, "Undo")
    world.teams.posted.clear()
    await world.post(press)
    assert "Undone" in world.last().text


async def test_late_answer_is_a_message(sqlite_url: str) -> None:
    """A press whose answer is not there in time is told so, and the answer changes the message all the same."""
    async with running(sqlite_url, patience=0.0) as world:
        receipt = await world.say("visit Northwind: wants a demo")
        body = await world.pressed(receipt, "Undo")
        assert body["value"] == "One moment: the answer comes as a message."
        assert "Undone" in receipt.text


async def test_mentions_become_handles(world: World) -> None:
    """Somebody who is mentioned is known by their handle."""
    mei = {"type": "mention", "text": "<at>Mei Lin</at>", "mentioned": {"id": MEI, "aadObjectId": USERS[MEI]}}
    shown = await world.say("task Northwind: send the quote <at>Mei Lin</at> Friday", entities=[mei])
    assert "Task raised" in shown.text
    assert "Mei" in shown.text


async def test_wordless(world: World) -> None:
    """To a file Kith says that it reads text only."""
    attachment = {"contentType": "application/vnd.microsoft.teams.file.download.info"}
    await world.post(world.activity("message", attachments=[attachment]))
    assert "I read text only" in world.last().text


async def test_thread_is_kept(world: World) -> None:
    """What is asked in a channel's thread is answered in the thread."""
    said = world.typed("share Northwind", room=True)
    said["conversation"]["id"] = f"{ROOM};messageid=170"
    await world.post(said)
    (shared,) = world.teams.seen_in(ROOM)
    assert shared.conversation == f"{ROOM};messageid=170"


async def test_pace(world: World) -> None:
    """Sixty messages in thirty seconds are what Teams takes of a bot in one conversation."""
    assert world.adapter.pace("19:x") * 60 >= timedelta(seconds=30)


async def test_typed_in_chinese(world: World) -> None:
    """Whoever reads Chinese is answered in it."""
    shown = await world.say("拜访 远航科技 谈报价 下周三跟进", MEI)
    assert "拜访已记录" in shown.text


async def test_asked_again_before_the_answer(world: World) -> None:
    """Teams' second try, while the first is under way, is answered like the first, and nothing is done twice."""
    receipt = await world.say("visit Northwind: wants a demo")
    press = world.press(receipt, "Undo")
    first, second = await asyncio.gather(world.post(press), world.post(press))
    assert "Undone" in receipt.text
    assert receipt.edits == 1
    assert (first.status_code, second.status_code) == (200, 200)


async def test_two_rooms_in_one_millisecond(world: World) -> None:
    """Messages of two conversations may have one id, and both are heard."""
    await world.post(world.typed("Northwind", id="1700000000000"))
    await world.post(world.typed("远航科技", MEI, id="1700000000000"))
    assert (len(world.teams.seen_by(WEI)), len(world.teams.seen_by(MEI))) == (1, 1)


async def test_bots_are_not_heard(world: World) -> None:
    """What another bot says to Kith is not a command."""
    said = world.typed("Northwind")
    said["from"] |= {"role": "bot"}
    assert (await world.post(said)).status_code == 200
    assert not world.teams.posted
