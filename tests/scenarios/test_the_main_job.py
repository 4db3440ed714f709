"""One line logs the visit, files the task and shows the customer; and can be taken back."""

import pytest

from core.events.model import Kind, Ref
from tests.kith import Kith, shown


@pytest.fixture
def kith(either_kith: Kith) -> Kith:
    """On both databases."""
    return either_kith


def test_one_line_logs_visit_and_task(kith: Kith) -> None:
    """A visit, its follow-up task and the next step come out of one line, and the receipt says how it was read."""
    kith.say("new customer Northwind Foods, industry: food, region: Boston")
    logged = kith.say("visit Northwind: saw the warehouse, send the quote next Tue 3pm")
    said = shown(logged)
    assert logged.ok
    assert logged.receipt
    assert "Visit logged" in said
    assert "send the quote" in said
    assert "Tue 17 Mar 15:00" in said
    card = shown(kith.say("northwind"))
    assert "Next: send the quote - Tue 17 Mar 15:00 (Mara)" in card
    assert "saw the warehouse" in card


def test_the_same_in_chinese(kith: Kith) -> None:
    """The line of a Chinese rep does the same, without blanks after the verb, and the answer is in Chinese."""
    kith.say("settings 中文")
    kith.say("新客户 远航科技，行业：软件")
    kith.say("新联系人 远航科技：林晓，职位：采购经理")
    logged = kith.say("拜访 远航科技 林晓 谈报价 下周三跟进 30万")
    said = shown(logged)
    assert "拜访已记录" in said
    assert "参与人  林晓" in said
    assert "3月18日 周三" in said
    assert "新建 ¥300,000 的商机" in said
    assert "最近动态" in shown(kith.say("远航"))


def test_undo_takes_everything_back(kith: Kith) -> None:
    """Undo removes visit and task together, the timeline keeps the doing and the undoing, and twice is not done."""
    kith.say("new customer Northwind Foods")
    logged = kith.say("visit Northwind: saw the warehouse, send the quote next Tue 3pm")
    undone = kith.press(logged, "Undo")
    assert undone.ok
    card = shown(kith.say("northwind"))
    assert "send the quote" not in card
    assert "Nothing has happened here yet" in card
    history = shown(kith.say("timeline northwind"))
    assert history.count("Undone") == 2
    assert "Visit" in history
    again = kith.press(logged, "Undo")
    assert again.error == "already_undone"


def test_undo_ends_after_ten_minutes(kith: Kith) -> None:
    """Ten minutes and a second later the receipt's button says that it is too late, and changes nothing."""
    added = kith.say("new customer Northwind Foods")
    kith.clock.forward(minutes=10, seconds=1)
    late = kith.press(added, "Undo")
    assert late.error == "too_late_to_undo"
    assert kith.say("undo").error == "nothing_to_undo"
    assert kith.say("northwind").ok


def test_undo_does_not_tread_on_later_changes(kith: Kith) -> None:
    """What somebody changed since is not overwritten by an undo."""
    kith.say("new customer Northwind Foods")
    first = kith.say("edit Northwind phone: 100")
    kith.say("edit Northwind phone: 200", user="lin")
    refused = kith.press(first, "Undo")
    assert refused.error == "changed_since"
    assert "200" in shown(kith.say("northwind"))


def test_every_change_is_an_event(kith: Kith) -> None:
    """An edit keeps each field's old and new value, who did it, when, and through which delivery."""
    kith.say("new customer Northwind Foods")
    kith.say("edit Northwind phone: 100, stage: customer", delivery="the-edit")
    (customer,) = kith.read(lambda work: work.customers.list_recent(kith.everything, limit=5))
    (event, *_) = kith.read(
        lambda work: work.events.of_subject(kith.people.workspace_id, Ref(Kind.CUSTOMER, customer.id), limit=5)
    )
    assert {(change.field, change.old, change.new) for change in event.changes} == {
        ("phone", "", "100"),
        ("stage", "lead", "customer"),
    }
    assert event.actor_id == kith.people.members["mara"].id
    assert event.delivery == "fake:t:the-edit"
    assert event.happened_at == kith.clock.now()
