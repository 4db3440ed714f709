"""What members do in the application's chat: looked up, written down, taken back, asked, told once."""

from datetime import timedelta

import pytest

from adapters.wecom.recent import Recent
from cards.model import Actions, Button, Card, Heading, Link
from commands.model import Reply
from commands.sending import Address, Sent
from tests.adapters.wecom.standin import CORP, StandIn
from tests.adapters.wecom.world import World, rows
from tests.kith import SteppedClock

pytestmark = pytest.mark.anyio


def _bare(text: str) -> Reply:
    return Reply(cards=(Card(summary=text, blocks=(Heading(text=text),)),))


def _pressable(text: str) -> Reply:
    button = Button(label="Again", command="tasks", token="t1")
    return Reply(cards=(Card(summary=text, blocks=(Heading(text=text), Actions(elements=(button,)))),))


def everything(world: World, who: str = "Wei") -> str:
    """All that stands in somebody's chat."""
    return "\n".join(one.text for one in world.wecom.to(who))


async def test_look_up(world: World) -> None:
    """A name is answered with the customer's card, and with buttons."""
    shown = await world.said("Wei", "Globex")
    assert "Globex" in "\n".join(one.text for one in world.wecom.to("Wei"))
    assert shown.presses


async def test_visit_and_undo(world: World) -> None:
    """A visit is written down and taken back by its card's button; the card shows that in its own place."""
    logged = await world.said("Wei", "visit Globex: saw the new line")
    assert "saw the new line" in everything(world)
    await world.pressed("Wei", logged, "Undo")
    assert logged.updates == 1
    assert "Undo" not in logged.presses


async def test_slash_is_no_part_of_the_line(world: World) -> None:
    """/crm and a slash before a verb are read over."""
    await world.said("Wei", "/crm Globex")
    assert "Globex" in everything(world)
    await world.said("Wei", "/visit Globex: saw it")
    assert "saw it" in everything(world)


async def test_ambiguous_name_is_chosen(world: World) -> None:
    """Two customers of a name are offered, and the one that is pressed is meant."""
    asked = await world.said("Wei", "visit Acme: demo")
    label = next(one for one in asked.presses if "Motors" in one or one.startswith("2"))
    await world.pressed("Wei", asked, label)
    assert "Visit logged" in everything(world)


async def test_stranger_is_told_how_to_connect(world: World) -> None:
    """Somebody whom Kith does not know learns nothing but how to connect."""
    shown = await world.said("Anna", "Globex")
    assert "Globex" not in shown.text
    assert "link" in shown.text.lower()


async def test_company_mailbox_connects(world: World) -> None:
    """The mailbox that the company gives vouches for a member of that address."""
    world.wecom.members["Wei2"] = {"biz_mail": "mara@kith.example"}

    def hire(work: object) -> None:
        from core.members.service import add_member  # noqa: PLC0415 - the test's own

        only = work.members.only_workspace()  # type: ignore[attr-defined]
        add_member(work, only, handle="mara", name="Mara", email="mara@kith.example")  # type: ignore[arg-type]

    await world.database.write(hire)
    await world.said("Wei2", "Globex")
    assert "Globex" in "\n".join(one.text for one in world.wecom.to("Wei2"))


async def test_second_copy_does_nothing(world: World) -> None:
    """A delivery that WeCom brings again is acknowledged, and neither written nor answered twice."""
    for line in ("visit Globex: once", "Globex"):
        await world.said("Wei", line)
        before = len(world.wecom.messages)
        assert (await world.again()).status_code == 200
        assert len(world.wecom.messages) == before


async def test_form_is_asked_step_by_step(world: World) -> None:
    """A form is asked question by question; what is typed answers, buttons skip and send, and the customer is there."""
    asked = await world.said("Wei", "new customer")
    assert "Question 1 of" in asked.text
    asked = await world.said("Wei", "Blue Harbor")
    for _ in range(12):
        if "Skip" not in asked.presses:
            break
        asked = await world.pressed("Wei", asked, "Skip")
    assert "Blue Harbor" in asked.text
    found = await world.database.read(lambda work: work.names.exact(_scope(work), ("Blue Harbor",)))
    assert found["Blue Harbor"]


def _scope(work: object) -> object:
    from core.actor import Scope  # noqa: PLC0415 - the test's own

    return Scope(work.members.only_workspace(), everything=True)  # type: ignore[attr-defined]


async def test_form_is_left_and_cancelled(world: World) -> None:
    """A command leaves the form and says so; /cancel and its button close it."""
    await world.said("Wei", "new customer")
    await world.said("Wei", "/tasks")
    assert any("is closed; nothing of it was saved" in one.text for one in world.wecom.to("Wei"))
    asked = await world.said("Wei", "new customer")
    assert "cancelled" in (await world.pressed("Wei", asked, "Cancel")).text
    await world.said("Wei", "new customer")
    assert "cancelled" in (await world.said("Wei", "/取消")).text
    assert "no form to leave" in (await world.said("Wei", "/cancel")).text


async def test_old_question_is_not_open(world: World) -> None:
    """A press on the card of a form that is over is told so."""
    asked = await world.said("Wei", "new customer")
    press = world.press("Wei", asked, "Cancel")
    await world.said("Wei", "/cancel")
    await world.post(press)
    assert "not open any more" in world.wecom.last("Wei").text


async def test_confirm_asks_first(world: World) -> None:
    """A button that asks runs only after yes; no changes nothing, and the question is gone either way."""
    button = Button(label="Drop", command="tasks", confirm="Really?", token="t9")
    card = Card(summary="s", blocks=(Heading(text="Task"), Actions(elements=(button,))))
    await world.adapter.tell(Address(platform="wecom", tenant=CORP, user="Wei"), Reply(cards=(card,)), "k", "")
    question = await world.pressed("Wei", world.wecom.last("Wei"), "Drop")
    assert "Really?" in question.text
    await world.pressed("Wei", question, "Cancel")
    assert "Nothing was changed" in question.text


async def test_confirmed_button_runs(world: World) -> None:
    """After yes the button's own command runs, and what it says takes the question's place."""
    await world.said("Wei", "new deal Globex: Cold chain $120k")
    await world.said("Wei", "deal Globex")
    deal = world.wecom.last("Wei")
    question = await world.pressed("Wei", deal, "Lost")
    assert question is not deal
    yes = next(label for label in question.presses if label != "Cancel")
    await world.pressed("Wei", question, yes)
    assert rows(world.path, "receipts") == 2


async def test_menu_clicks_are_lines(world: World) -> None:
    """The application's menu sends command lines."""
    assert world.wecom.menu["button"][0]["sub_button"][0]["key"] == "tasks"
    await world.post(world.event("Wei", "click", EventKey="tasks"))
    assert "task" in world.wecom.last("Wei").text.lower()


async def test_wordless(world: World) -> None:
    """A picture is answered with what can be typed; an event that says nothing is not answered."""
    await world.post(world.message("Wei", "") | {"MsgType": "image", "PicUrl": "x"})
    assert "text only" in world.wecom.last("Wei").text
    before = len(world.wecom.messages)
    await world.post(world.event("Wei", "enter_agent", EventKey=""))
    assert len(world.wecom.messages) == before


async def test_token_is_fetched_once_and_again_when_refused(world: World) -> None:
    """One token for all; one that WeCom refuses is fetched anew, once, and the message goes out."""
    await world.said("Wei", "Globex")
    assert world.wecom.called("gettoken") == 1
    world.wecom.tokens.clear()
    await world.said("Wei", "tasks")
    assert world.wecom.called("gettoken") == 2
    world.wecom.fail("message/send", [42001, 42001])
    sending = await world.adapter.tell(Address(platform="wecom", tenant=CORP, user="Wei"), _bare("x"), "k", "")
    assert (sending.sent, sending.reason) == (Sent.RETRY, "access_token")


async def test_token_is_fetched_before_its_end(world: World, clock: SteppedClock) -> None:
    """A token is not used in its last minutes."""
    clock.forward(seconds=7200 - 60)
    await world.said("Wei", "Globex")
    assert world.wecom.called("gettoken") == 2


@pytest.mark.parametrize(
    ("code", "sent", "after"),
    [
        (45009, Sent.RETRY, timedelta(minutes=1)),
        (45033, Sent.RETRY, timedelta(seconds=2)),
        (-1, Sent.RETRY, None),
        (81013, Sent.GONE, None),
        (60111, Sent.GONE, None),
    ],
)
async def test_refusals(world: World, code: int, sent: Sent, after: timedelta | None) -> None:
    """Too many calls pause the whole application; who is gone is not tried again."""
    world.wecom.fail("message/send", [code])
    sending = await world.adapter.tell(Address(platform="wecom", tenant=CORP, user="Wei"), _bare("x"), "k", "")
    assert (sending.sent, sending.after) == (sent, after)
    assert sending.everywhere is (after is not None)


async def test_unknown_member_is_gone(world: World) -> None:
    """Nobody of that name, or out of the application's sight."""
    sending = await world.adapter.tell(Address(platform="wecom", tenant=CORP, user="Nobody"), _bare("x"), "k", "")
    assert sending.sent is Sent.GONE


async def test_down_and_up_again(world: World, clock: SteppedClock) -> None:
    """While WeCom cannot be reached what is written stays written, and its answer goes out later."""
    world.wecom.down = True
    await world.post(world.message("Wei", "visit Globex: in the storm"))
    assert not world.wecom.to("Wei")
    world.wecom.down = False
    clock.forward(minutes=5)
    await world.work_off()
    assert "in the storm" in world.wecom.last("Wei").text


async def test_rest_goes_on_where_it_stopped(world: World) -> None:
    """Of an answer of two messages, the second of which failed, only the second is sent again."""
    links = tuple(Link(label=f"L{n}", url=f"https://kith.example/{n}") for n in range(7))
    reply = Reply(cards=(Card(summary="s", blocks=(Heading(text="Pages"), Actions(elements=links))),))
    address = Address(platform="wecom", tenant=CORP, user="Wei")
    world.wecom.fail("message/send", [0, 45033])  # the first as if it had gone out
    stopped = await world.adapter.tell(address, reply, "k1", "")
    assert stopped.sent is Sent.RETRY
    assert (await world.adapter.tell(address, reply, "k1", "")).sent is Sent.DELIVERED
    (only,) = world.wecom.to("Wei")
    assert only.body["msgtype"] == "template_card"


async def test_card_is_changed_in_place(world: World, clock: SteppedClock) -> None:
    """What is told with a code takes the card's place, once for each code; after 72 hours it is a new card."""
    address = Address(platform="wecom", tenant=CORP, user="Wei")
    first = await world.adapter.tell(address, _pressable("one"), "k1", "")
    second = await world.adapter.tell(address, _pressable("two"), "k2", first.ref)
    assert [one.card["main_title"]["title"] for one in world.wecom.to("Wei")] == ["two"]
    assert second.ref not in {"", first.ref}
    await world.adapter.tell(address, _pressable("three"), "k3", first.ref)
    assert len(world.wecom.to("Wei")) == 2
    clock.forward(hours=73)
    await world.adapter.tell(address, _pressable("four"), "k4", second.ref)
    assert len(world.wecom.to("Wei")) == 3


async def test_text_below_leaves_no_buttons_above(world: World) -> None:
    """An answer that no card can hold stands below, and the card whose place it would take has its title alone."""
    address = Address(platform="wecom", tenant=CORP, user="Wei")
    first = await world.adapter.tell(address, _pressable("one"), "k1", "")
    await world.adapter.tell(address, _bare("word " * 100), "k2", first.ref)
    above, below = world.wecom.to("Wei")
    assert "Again" not in above.presses
    assert below.body["msgtype"] == "text"


def test_recent_forgets() -> None:
    """Only the last deliveries are remembered."""
    recent = Recent(2)
    for key in ("a", "b", "c"):
        recent.add(key)
    assert [recent.has(key) for key in ("a", "b", "c")] == [False, True, True]


async def test_pace(world: World, wecom: StandIn) -> None:
    """Thirty messages a minute to a member, and not more: WeCom drops the rest without a word."""
    assert world.adapter.pace("Wei") == timedelta(seconds=2)
