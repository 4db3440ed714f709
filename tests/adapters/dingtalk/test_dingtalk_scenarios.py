"""Whole conversations in DingTalk, with the card template and without."""

import json

import pytest

from core.actor import Scope
from core.members.model import CodePurpose
from core.members.service import issue_code
from core.work import Work
from tests.adapters.dingtalk.people import World
from tests.adapters.dingtalk.standin import GROUP, Fault, Json

pytestmark = pytest.mark.anyio


async def _activities(world: World) -> int:
    def count(work: Work) -> int:
        workspace = work.members.only_workspace()
        assert workspace is not None
        return len(work.activities.list_after(Scope(workspace, everything=True), limit=100))

    return await world.database.read(count)


async def test_a_name_is_looked_up(world: World) -> None:
    """A name alone shows the customer, in the person's own chat."""
    message = await world.say("wei", "Northwind")
    assert "Northwind" in message.seen("wei")
    assert message.chat == "wei"


async def test_a_visit_is_logged_and_taken_back(world: World) -> None:
    """One line logs a visit; its receipt has a button to take it back."""
    message = await world.say("wei", "/crm visit Northwind: saw the new line, send the quote next Tue 3pm")
    assert "Tue 17 Mar 15:00" in message.seen("wei")
    assert await _activities(world) == 1
    undone = await world.press("wei", message, "Undo")
    assert "Undone" in undone.seen("wei")
    assert await _activities(world) == 0


async def test_a_visit_in_chinese(world: World) -> None:
    """The same in Chinese, answered in Chinese."""
    message = await world.say("mei", "拜访 远航科技 谈二期报价 下周三跟进 30万")
    assert "拜访已记录" in message.seen("mei")
    assert "3月18日" in message.seen("mei")


async def test_an_ambiguous_name_is_chosen(world: World) -> None:
    """Two customers of one name are offered; the chosen one gets the visit."""
    asked = await world.say("wei", "visit acme: wants a demo")
    assert "Acme Industries" in asked.seen("wei")
    assert "Acme Travel" in asked.seen("wei")
    done = await world.press("wei", asked, "This one")
    assert "Visit logged" in done.seen("wei")
    assert await _activities(world) == 1


async def test_a_second_copy_does_nothing(world: World) -> None:
    """A delivery that comes again is acknowledged; nothing is written or said twice, whether it reads or writes."""
    for line in ("visit Northwind: wants a demo", "tasks"):
        await world.say("wei", line)
        said = len(world.server.messages)
        assert (await world.again()).status_code == 200
        await world.settle()
        assert len(world.server.messages) == said
    assert await _activities(world) == 1


async def test_a_repeated_press_does_nothing(cards: World) -> None:
    """A press that is brought again, byte for byte, is acknowledged and runs once."""
    message = await cards.say("wei", "task Northwind: order samples Friday")
    await cards.press("wei", message, "Undo")
    said = [one.seen("wei") for one in cards.server.messages]
    answer = await cards.again()
    await cards.settle()
    assert (answer.status_code, answer.json()) == (200, {})
    assert [one.seen("wei") for one in cards.server.messages] == said


async def test_a_private_answer_does_not_go_to_the_room(world: World) -> None:
    """What is asked in a group is answered in the asker's own chat; the group sees nothing of it."""
    message = await world.say("wei", "/crm Northwind", room=True)
    assert message.chat == "wei"
    assert world.server.in_group() == []


async def test_what_is_shared_goes_to_the_room(world: World) -> None:
    """Sharing is for everybody there, through the group's own ways."""
    await world.say("wei", "/crm share Northwind", room=True)
    (shared,) = world.server.in_group()
    assert "Northwind" in shared.seen("mei")


async def test_a_press_in_the_room_is_answered_to_one(cards: World) -> None:
    """In a group's card a private answer is that person's own data: the others go on seeing what was shared."""
    await cards.say("wei", "/crm share Northwind", room=True)
    (shared,) = cards.server.in_group()
    before = shared.seen("wei")
    label = next(one["text"] for one in shared.buttons("mei") if one["event"]["type"] == "sendCardRequest")
    answer = await cards.request("mei", shared, _params(shared.buttons("mei"), label))
    assert set(answer.json()) == {"cardUpdateOptions", "userPrivateData"}
    cards.server.apply(shared, "mei", answer.json())
    await cards.settle()
    assert shared.seen("mei") != before
    assert shared.seen("wei") == before
    assert [one for one in cards.server.messages if one.chat == "mei"] == []


def _params(buttons: list[Json], label: str) -> Json:
    found: Json = next(one for one in buttons if one["text"] == label)["event"]["params"]["params"]
    return found


async def test_a_stranger_is_welcomed_and_links(world: World) -> None:
    """Somebody whom Kith does not know is told how to become known, and is after typing a code."""
    message = await world.say("somebody", "Northwind")
    assert "link CODE" in message.seen("somebody")
    code = await world.database.write(lambda work: _code(work, "anna"))
    await world.say("somebody", f"link {code}")
    assert "Northwind" in (await world.say("somebody", "Northwind")).seen("somebody")


def _code(work: Work, handle: str) -> str:
    workspace = work.members.only_workspace()
    assert workspace is not None
    member = work.members.by_handle(workspace, handle)
    assert member is not None
    return issue_code(work, workspace, member.id, CodePurpose.LINK)


async def test_a_stranger_speaks_their_language(world: World) -> None:
    """DingTalk tells no language: the one that is written in is answered in, else Chinese."""
    assert "link" in (await world.say("somebody", "hello there")).seen("somebody")
    assert "你" in (await world.say("somebody", "你好")).seen("somebody")


async def test_the_organisations_mailbox_makes_known(world: World) -> None:
    """Whom the organisation gave a mailbox that a member has is that member; an address of their own is not enough."""
    world.server.emails["anna"] = "anna@kith.example"
    assert "Northwind" in (await world.say("anna", "Northwind")).seen("anna")
    world.server.emails["somebody"] = ""
    assert "link CODE" in (await world.say("somebody", "Northwind")).seen("somebody")


async def test_a_directory_that_does_not_answer_makes_a_stranger(world: World) -> None:
    """Without permission, or while the directory fails, a newcomer is welcomed as a stranger; nothing breaks."""
    path = "/topapi/v2/user/get"
    world.server.fail(path, Fault(200, {"errcode": 88, "sub_code": "60011"}), Fault(503, {}))
    for _ in range(2):
        assert "link CODE" in (await world.say("anna", "Northwind")).seen("anna")


async def test_a_message_is_saved(world: World) -> None:
    """A reply to somebody's message that says save keeps that message; as a reply alone it is a line like any other."""
    replied = {"senderNick": "Sam", "createdAt": 1773021600000, "content": {"text": "We sign at 280k"}}
    said = {"content": " save", "isReplyMsg": True, "repliedMsg": replied}
    answer = await world.bring(world.message("wei", "", room=True) | {"text": said})
    assert answer.status_code == 200
    await world.settle()
    message = world.server.last("wei")
    assert "We sign at 280k" in _all_of(world, "wei")
    name = "customer" if message.card else "Customer"
    saved = await world.fill("wei", message, {name: "Northwind"})
    assert "We sign at 280k" in saved.seen("wei")
    assert await _activities(world) == 1
    assert world.server.in_group() == []


def _all_of(world: World, who: str) -> str:
    form = world.server.last(who)
    return form.seen(who) + form.variables(who).get("form", "") if form.card else form.seen(who)


def _by_name(world: World, values: dict[str, str]) -> dict[str, str]:
    """Values as the form takes them: by its inputs' names in a card, by their labels in lines."""
    return values if world.config.template else {name.title(): value for name, value in values.items()}


async def test_a_form_is_filled_mended_and_sent(world: World) -> None:
    """A form opens, keeps what was filled in, says at the field what was wrong, and is sent; then it is over."""
    opened = await world.say("wei", "new task")
    last = await world.fill("wei", opened, _by_name(world, {"title": "Call them", "due": "blurb"}))
    again = opened if opened.card else last
    assert "❌ Due:" in again.seen("wei")
    assert "Call them" in again.seen("wei") + again.variables("wei").get("form", "")
    done = await world.fill("wei", again, _by_name(world, {"due": "2026-03-20"}))
    assert "Call them" in done.seen("wei")
    assert "Fri 20 Mar" in done.seen("wei")
    if opened.card:
        assert opened.variables("wei")["has_form"] == "false"
    else:
        assert "expired" in (await world.fill("wei", again, {})).seen("wei")


async def test_a_form_in_fields_is_sent_once(cards: World) -> None:
    """A form that was sent is gone: sent again from a card that was not drawn anew it says so."""
    opened = await cards.say("wei", "new task")
    fields = opened.variables("wei")["form"]
    await cards.fill("wei", opened, {"title": "Call them"})
    opened.public["form"] = opened.private["wei"]["form"] = fields
    await cards.fill("wei", opened, {"title": "Call them again"})
    assert "expired" in opened.seen("wei")
    assert not any("Call them again" in one.seen("wei") for one in cards.server.messages)


async def test_another_persons_form_is_not_theirs_to_send(cards: World) -> None:
    """Whoever sends the name of somebody else's form is told that there is none."""
    opened = await cards.say("wei", "new task")
    answer = await cards.request("mei", opened, {"form": {"kith_form": _form_name(opened.variables("wei"))}}, "form")
    cards.server.apply(opened, "mei", answer.json())
    assert "失效" in opened.seen("mei") or "过期" in opened.seen("mei")


def _form_name(variables: dict[str, str]) -> str:
    fields: list[Json] = json.loads(variables["form"])["fields"]
    return str(fields[0]["defaultValue"])


async def test_a_button_that_asks_runs_after_a_yes(world: World) -> None:
    """A button with a question asks; a no changes nothing, a yes runs it, and a forgotten question is told so."""
    await world.say("wei", "new deal Northwind: Cold chain $120k")
    deal = await world.say("wei", "deal Northwind")
    asked = await world.press("wei", deal, "Lost")
    asked = deal if deal.card else asked
    assert "Mark this deal as lost?" in asked.seen("wei")
    no = await world.press("wei", asked, "Cancel")
    assert "Mark this deal" not in no.seen("wei")
    asked = await world.press("wei", deal, "Lost")
    asked = deal if deal.card else asked
    done = await world.press("wei", asked, "Lost")
    assert "→ Lost" in done.seen("wei")
    world.clock.forward(days=15)
    late = await world.press("wei", asked, "Lost") if not deal.card else await world.press("wei", deal, "Lost")
    assert "expired" in (deal if deal.card else late).seen("wei")


async def test_a_picture_is_told_that_only_words_are_read(world: World) -> None:
    """A picture in the own chat gets a word, in a group it is not for the robot; a recording is read as heard."""
    picture = {"msgtype": "picture", "content": {"downloadCode": "x"}}
    message = await world.say("wei", "", **picture)
    assert "I read text only" in message.seen("wei")
    said = len(world.server.messages)
    await world.bring(world.message("wei", "", room=True, **picture))
    await world.settle()
    assert len(world.server.messages) == said
    heard = {"msgtype": "audio", "content": {"recognition": "Northwind", "duration": 1000}}
    assert "Northwind" in (await world.say("wei", "", **heard)).seen("wei")
    rich = {"msgtype": "richText", "content": {"richText": [{"text": "North"}, {"text": "wind"}, {"type": "picture"}]}}
    assert "Northwind" in (await world.say("wei", "", **rich)).seen("wei")


async def test_somebody_of_another_organisation_in_a_group(world: World) -> None:
    """A robot may not write to them: the group gets one line that tells nothing, and a private chat works."""
    payload = world.message("guest", "/crm Northwind", room=True)
    del payload["senderStaffId"]
    assert (await world.bring(payload)).status_code == 200
    await world.settle()
    (line,) = world.server.in_group()
    assert "alone" in line.seen("mei") or "只给你" in line.seen("mei")
    assert "Northwind" not in line.seen("mei")
    direct = world.message("guest", "hello there")
    del direct["senderStaffId"]
    await world.bring(direct)
    await world.settle()
    assert "link CODE" in world.server.last("guest").seen("guest")
    assert world.server.last("guest").chat != GROUP
