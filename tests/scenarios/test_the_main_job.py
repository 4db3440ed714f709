"""One line logs the visit, files the task and shows the customer; and can be taken back."""

from core.actor import Scope
from core.events.model import Kind, Ref
from tests.kith import shown


def test_one_line_logs_visit_and_task(play):
    """A visit, its follow-up task and the next step come out of one line, and the receipt says how it was read."""

    async def scenario(kith, people):
        await kith.say("new customer Northwind Foods, industry: food, region: Boston")
        logged = await kith.say("visit Northwind: saw the warehouse, send the quote next Tue 3pm")
        said = shown(logged)
        assert logged.ok
        assert logged.receipt
        assert "Visit logged" in said
        assert "send the quote" in said
        assert "Tue 17 Mar 15:00" in said
        card = shown(await kith.say("northwind"))
        assert "Next: send the quote - Tue 17 Mar 15:00 (Mara)" in card
        assert "saw the warehouse" in card

    play(scenario)


def test_the_same_in_chinese(play):
    """The line of a Chinese rep does the same, without blanks after the verb, and the answer is in Chinese."""

    async def scenario(kith, people):
        await kith.say("settings 中文")
        await kith.say("新客户 远航科技，行业：软件")
        await kith.say("新联系人 远航科技：林晓，职位：采购经理")
        logged = await kith.say("拜访 远航科技 林晓 谈报价 下周三跟进 30万")
        said = shown(logged)
        assert "拜访已记录" in said
        assert "参与人  林晓" in said
        assert "3月18日 周三" in said
        assert "新建 ¥300,000 的商机" in said
        assert "最近动态" in shown(await kith.say("远航"))

    play(scenario)


def test_undo_takes_everything_back(play):
    """Undo removes visit and task together, the timeline keeps both the doing and the undoing, and a second undo does no more."""

    async def scenario(kith, people):
        await kith.say("new customer Northwind Foods")
        logged = await kith.say("visit Northwind: saw the warehouse, send the quote next Tue 3pm")
        undone = await kith.press(logged, "Undo")
        assert undone.ok
        card = shown(await kith.say("northwind"))
        assert "send the quote" not in card
        assert "Nothing has happened here yet" in card
        history = shown(await kith.say("timeline northwind"))
        assert history.count("Undone") == 2
        assert "Visit" in history
        again = await kith.press(logged, "Undo")
        assert again.error == "already_undone"

    play(scenario)


def test_undo_ends_after_ten_minutes(play):
    """Ten minutes and a second later the receipt's button says that it is too late, and changes nothing."""

    async def scenario(kith, people):
        added = await kith.say("new customer Northwind Foods")
        kith.clock.forward(minutes=10, seconds=1)
        late = await kith.press(added, "Undo")
        assert late.error == "too_late_to_undo"
        assert (await kith.say("undo")).error == "nothing_to_undo"
        assert (await kith.say("northwind")).ok

    play(scenario)


def test_undo_does_not_tread_on_later_changes(play):
    """What somebody changed since is not overwritten by an undo."""

    async def scenario(kith, people):
        await kith.say("new customer Northwind Foods")
        first = await kith.say("edit Northwind phone: 100")
        await kith.say("edit Northwind phone: 200", user="lin")
        refused = await kith.press(first, "Undo")
        assert refused.error == "changed_since"
        assert "200" in shown(await kith.say("northwind"))

    play(scenario)


def test_every_change_is_an_event(play):
    """An edit keeps each field's old and new value, who did it, when, and through which delivery."""

    async def scenario(kith, people):
        await kith.say("new customer Northwind Foods")
        await kith.say("edit Northwind phone: 100, stage: customer", delivery="the-edit")
        everything = Scope(people.workspace_id, everything=True)
        (customer,) = await kith.rows(lambda work: work.customers.list_recent(everything, limit=5))
        (event, *_) = await kith.rows(
            lambda work: work.events.of_subject(people.workspace_id, Ref(Kind.CUSTOMER, customer.id), limit=5)
        )
        assert {(change.field, change.old, change.new) for change in event.changes} == {
            ("phone", "", "100"),
            ("stage", "lead", "customer"),
        }
        assert event.actor_id == people.members["mara"].id
        assert event.delivery == "fake:t:the-edit"
        assert event.happened_at == kith.clock.now()

    play(scenario)
