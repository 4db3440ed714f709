"""A line that tells what was done is kept without a verb; where it is unsure, one question is asked."""

import pytest

from cards.model import Actions
from tests.kith import Kith, form_of, labels_of, shown


@pytest.fixture
def kith(either_kith: Kith) -> Kith:
    """A customer of each language, each with a contact."""
    either_kith.say("new customer Blue Harbor")
    either_kith.say("new contact Blue Harbor: Tom Jones")
    either_kith.say("new customer 远航科技有限公司")
    either_kith.say("new contact 远航科技有限公司：林晓 采购经理")
    return either_kith


def counts(kith: Kith) -> dict[str, int]:
    return {name: len(rows) for name, rows in kith.rows().items()}


@pytest.mark.parametrize(
    ("line", "kind", "customer", "people"),
    [
        ("had lunch with Tom Jones at Blue Harbor", "meeting", "Blue Harbor", ["Tom Jones"]),
        ("met Tom Jones at Blue Harbor, all well", "meeting", "Blue Harbor", ["Tom Jones"]),
        ("dropped by Blue Harbor, saw Tom", "visit", "Blue Harbor", ["Tom Jones"]),
        ("just spoke to Tom Jones about the renewal", "call", "Blue Harbor", ["Tom Jones"]),
        ("刚跟远航林晓通完电话 聊了报价", "call", "远航科技有限公司", ["林晓"]),
        ("今天去了远航科技 跟林经理谈了合同", "visit", "远航科技有限公司", ["林晓"]),
        ("远航科技见了林晓", "meeting", "远航科技有限公司", ["林晓"]),
    ],
)
def test_what_was_done_is_kept(kith: Kith, line: str, kind: str, customer: str, people: list[str]) -> None:
    """The activity, whom it was about and who took part are read out of the line, and every word of it is kept."""
    assert kith.say(line).ok, line
    (activity,) = kith.rows()["activities"]
    names = {contact.id: contact.name for contact in kith.rows()["contacts"]}
    assert activity.kind == kind
    assert activity.customer_id == kith.id_of(customer)
    assert [names[id_] for id_ in activity.contact_ids] == people


def test_all_parts_of_one_line(kith: Kith) -> None:
    """Activity, new person, task and amount come of one line; the person and the amount are asked, not assumed."""
    logged = kith.say("今天走访了远航 张伟民 谈报价 下周三跟进 30万")
    assert counts(kith) == {"customers": 2, "contacts": 2, "activities": 1, "tasks": 1, "deals": 0}
    (task,) = kith.rows()["tasks"]
    assert str(task.due_on) == "2026-03-18"
    assert {"Add 张伟民", "Open a deal of CN¥300,000"} <= set(labels_of(logged))
    added = kith.press(logged, "Add 张伟民")
    assert added.ok
    (activity,) = kith.rows()["activities"]
    assert [contact.name for contact in kith.rows()["contacts"] if contact.id in activity.contact_ids] == ["张伟民"]
    kith.press(added, "Undo")
    assert counts(kith)["contacts"] == 2
    assert kith.rows()["activities"][0].contact_ids == ()


def test_what_is_to_be_done_is_a_task(kith: Kith) -> None:
    """What is planned is a task with its day, and no activity."""
    assert kith.say("remind me to call Tom Jones tomorrow 3pm").ok
    assert kith.say("need to send Blue Harbor the quote by Friday").ok
    assert kith.say("明天下午三点约了远航林晓演示").ok
    assert counts(kith)["activities"] == 0
    assert [str(task.due_on) for task in kith.rows()["tasks"]] == ["2026-03-10", "2026-03-13", "2026-03-10"]


def test_deal_is_noted_and_offered(kith: Kith) -> None:
    """A line about a deal is kept as a note; the deal itself waits for the button."""
    kith.say("new deal Blue Harbor: Sensors $90k")
    noted = kith.say("Blue Harbor signed the contract, $95k")
    assert "Note kept" in shown(noted)
    assert kith.rows()["deals"][0].stage == "lead"
    won = kith.press(noted, "Move “Sensors” to Won")
    assert won.ok
    assert kith.rows()["deals"][0].stage == "won"


@pytest.mark.parametrize("line", ["Blue Harbor", "blue harbour", "Tom Jones", "远航", "远航林晓", "who is Tom Jones?"])
def test_bare_name_stays_a_look_up(kith: Kith, line: str) -> None:
    """A name alone shows the customer and keeps nothing."""
    before = kith.rows()
    kith.say(line)
    assert kith.rows() == before


@pytest.mark.parametrize("name", ["Call Center One", "Coffee Meeting Rooms Ltd", "Note & Sons", "中电话务有限公司"])
def test_name_that_reads_like_a_log(kith: Kith, name: str) -> None:
    """A customer whose name holds a word of doing is looked up by it."""
    kith.say(f"new customer {name}")
    before = kith.rows()
    assert name in shown(kith.say(f"find {name}"))
    kith.say(name)
    assert kith.rows() == before


@pytest.mark.parametrize(
    "line", ["thanks a lot everyone", "what's for lunch today", "今天好累啊明天见", "收到，谢谢大家"]
)
def test_chatter_is_not_kept(kith: Kith, line: str) -> None:
    """What is no log is answered as before, and nothing is kept of it."""
    before = kith.rows()
    kith.say(line)
    assert kith.rows() == before


def test_asks_which_customer(kith: Kith) -> None:
    """Where the name means several customers exactly one question is asked; its button completes the line."""
    kith.say("new customer Harbor North")
    kith.say("new customer Harbor South")
    asked = kith.say("had a call with Harbor, they want 20 units, follow up Friday")
    assert asked.error == "which_customer"
    assert {"Harbor North", "Harbor South"} <= set(labels_of(asked))
    assert len(labels_of(asked)) <= 6
    assert counts(kith)["activities"] == 0
    answered = kith.press(asked, "Harbor South")
    assert answered.ok, shown(answered)
    (activity,) = kith.rows()["activities"]
    assert (activity.kind, activity.customer_id) == ("call", kith.id_of("Harbor South"))
    assert activity.text == "had a call with Harbor, they want 20 units, follow up Friday"
    assert len(kith.rows()["tasks"]) == 1


def test_unknown_customer_is_offered(kith: Kith) -> None:
    """A customer that nobody knows is offered to be added; then the line is about it, its person offered in turn."""
    asked = kith.say("met Zhang San at Kingfisher, he wants a quote by Friday")
    assert asked.error == "which_customer"
    before = counts(kith)
    answered = kith.press(asked, "New customer “Kingfisher”")
    assert answered.ok, shown(answered)
    assert "Add Zhang San" in labels_of(answered)
    assert counts(kith) == {**before, "customers": before["customers"] + 1, "activities": 1, "tasks": 1}


def test_asks_what_it_was(kith: Kith) -> None:
    """Something said of a customer without a word of doing is asked about once, and kept as what it is."""
    asked = kith.say("Blue Harbor wants net 60 terms from now on")
    assert asked.error == "which_kind"
    assert labels_of(asked)[0] == "Note"
    answered = kith.press(asked, "Call")
    assert answered.ok
    assert [activity.kind for activity in kith.rows()["activities"]] == ["call"]
    assert "Blue Harbor" in shown(kith.press(asked, "Just look it up"))


def test_conversation_knows_its_customer(kith: Kith) -> None:
    """In a bound conversation the customer may be left out."""
    kith.say("bind Blue Harbor", room="r")
    assert kith.say("had a great demo this morning, send the quote by Friday", room="r").ok
    (activity,) = kith.rows()["activities"]
    assert activity.customer_id == kith.id_of("Blue Harbor")


def test_pressed_twice_is_kept_once(kith: Kith) -> None:
    """An answer that is pressed twice in a row is kept once."""
    asked = kith.say("met Zhang San at Kingfisher, all well")
    kith.press(asked, "New customer “Kingfisher”")
    kith.press(asked, "New customer “Kingfisher”")
    assert counts(kith)["activities"] == 1


def test_viewers_keep_nothing(kith: Kith) -> None:
    """Who may only look is told so, and still looks names up."""
    before = kith.rows()
    assert kith.say("had lunch with Tom Jones at Blue Harbor", user="vera").error == "not_allowed"
    assert kith.say("met Tom Jones at Blue Harbor", user="vera").error == "not_allowed"
    assert kith.say("Blue Harbor", user="vera").ok
    assert kith.rows() == before


def test_other_teams_customers_are_not_named(kith: Kith) -> None:
    """A line cannot be about a customer that its member may not see."""
    asked = kith.say("had lunch with Tom Jones at Blue Harbor", user="ines")
    assert "Blue Harbor" not in {label for label in labels_of(asked) if not label.startswith("New customer")}
    assert counts(kith)["activities"] == 0


# --- correcting


def logged_call(kith: Kith) -> object:
    kith.say("new customer Red Dock")
    return kith.say("had a call with Tom Jones, Blue Harbor, they pay $30k, follow up Friday")


def test_another_kind(kith: Kith) -> None:
    """What was read as a call becomes a visit by two presses, as an event that can be undone."""
    logged = logged_call(kith)
    asked = kith.press(logged, "Another kind")
    corrected = kith.press(asked, "Visit")
    assert "Call → Visit" in shown(corrected)
    assert corrected.replace
    assert kith.rows()["activities"][0].kind == "visit"
    kith.press(corrected, "Undo")
    assert kith.rows()["activities"][0].kind == "call"


def test_another_customer(kith: Kith) -> None:
    """Activity and task move to the other customer; undo moves both back."""
    logged = logged_call(kith)
    before = kith.rows()
    form = kith.press(logged, "Another customer")
    assert [one.name for one in form_of(form).inputs] == ["customer"]
    corrected = kith.submit(form, {"customer": kith.id_of("Red Dock")})
    assert corrected.ok, shown(corrected)
    moved = kith.rows()
    assert {moved["activities"][0].customer_id, moved["tasks"][0].customer_id} == {kith.id_of("Red Dock")}
    kith.press(corrected, "Undo")
    after = kith.rows()
    assert after["activities"][0].contact_ids == before["activities"][0].contact_ids
    assert after["tasks"][0].customer_id == before["tasks"][0].customer_id


def test_another_day(kith: Kith) -> None:
    """The day it happened is asked for alone; one that is to come is refused at its field."""
    form = kith.press(logged_call(kith), "Another day")
    assert kith.submit(form, {"happened": "tomorrow"}).errors
    assert kith.submit(form, {"happened": "yesterday 3pm"}).ok
    assert kith.rows()["activities"][0].happened_at.isoformat() == "2026-03-08T07:00:00+00:00"


def test_other_people(kith: Kith) -> None:
    """Who took part is a list of names; one who is not known is added."""
    form = kith.press(logged_call(kith), "Other people")
    assert form_of(form).inputs[0].value == "Tom Jones"
    assert kith.submit(form, {"contacts": "Tom Jones, Ada Bell"}).ok
    assert len(kith.rows()["activities"][0].contact_ids) == 2
    assert "Ada Bell" in {contact.name for contact in kith.rows()["contacts"]}
    assert kith.submit(form, {"contacts": ""}).ok
    assert kith.rows()["activities"][0].contact_ids == ()


def test_task_is_moved_or_dropped(kith: Kith) -> None:
    """The follow-up gets another day, or is no task after all; undo brings it back as it was."""
    logged = logged_call(kith)
    form = kith.press(logged, "Another day for the task")
    assert kith.submit(form, {"due": "next Monday"}).ok
    (task,) = kith.rows()["tasks"]
    assert str(task.due_on) == "2026-03-16"
    dropped = kith.press(logged, "Not a task")
    assert kith.rows()["tasks"] == []
    assert "Not a task" not in labels_of(dropped)
    kith.press(dropped, "Undo")
    (back,) = kith.rows()["tasks"]
    assert (back.title, back.due_on, back.created_at) == (task.title, task.due_on, task.created_at)


def test_another_amount(kith: Kith) -> None:
    """The amount is only offered; read otherwise it is offered anew, and nothing is kept of it."""
    logged = logged_call(kith)
    form = kith.press(logged, "Another amount")
    offered = kith.submit(form, {"amount": "$35k"})
    assert "Open a deal of $35,000" in labels_of(offered)
    assert kith.rows()["deals"] == []


def test_only_the_author_corrects(kith: Kith) -> None:
    """A colleague does not correct what somebody else has logged; a manager does."""
    logged_call(kith)
    (activity,) = kith.rows()["activities"]
    assert kith.say(f"correct {activity.id} kind visit", user="lin").error == "not_allowed"
    assert kith.say(f"correct {activity.id} kind visit", user="vera").error == "not_allowed"
    assert kith.say(f"correct {activity.id} kind visit", user="ines").error == "activity_not_found"
    assert kith.say(f"correct {activity.id} kind visit", user="max").ok


def test_in_chinese(kith: Kith) -> None:
    """Question, receipt and correction speak the member's language."""
    kith.say("settings language: zh_Hans")
    asked = kith.say("远航科技以后都要求货到付款九十天了")
    assert "这是什么" in shown(asked)
    logged = kith.press(asked, "通话")
    assert logged.ok
    assert "换一种类型" in labels_of(logged)


# --- further questions and offers


@pytest.mark.parametrize(
    ("answer", "tasks", "day"),
    [
        ("Yes, a task for then", ["2026-03-13"], "2026-03-09"),
        ("It happened then", [], "2026-03-06"),
        ("No task", [], "2026-03-09"),
    ],
)
def test_asks_what_the_day_is(kith: Kith, answer: str, tasks: list[str], day: str) -> None:
    """A day that ends a line and says nothing more may be either; the answer settles it, and nothing else is asked."""
    asked = kith.say("had a call with Blue Harbor about the renewal, Friday")
    assert asked.error == "which_day"
    assert labels_of(asked) == ["Yes, a task for then", "It happened then", "No task"]
    answered = kith.press(asked, answer)
    assert answered.ok, shown(answered)
    (activity,) = kith.rows()["activities"]
    assert [str(task.due_on) for task in kith.rows()["tasks"]] == tasks
    assert f"{activity.happened_at:%Y-%m-%d}" == day


def test_task_is_for_whom_is_mentioned(kith: Kith) -> None:
    """A colleague who is mentioned gets the task."""
    assert kith.say("remind @lin to call Tom Jones at Blue Harbor tomorrow").ok
    (task,) = kith.rows()["tasks"]
    assert task.assignee_id == kith.people.members["lin"].id
    assert task.customer_id == kith.id_of("Blue Harbor")


def test_amount_without_currency_is_offered_in_the_workspaces(kith: Kith) -> None:
    """What is merely offered may be in the currency of the deal, or the workspace's own: the button says which."""
    assert "Open a deal of CN¥30,000" in labels_of(kith.say("visit Blue Harbor: they will pay 30k"))
    kith.say("new deal Blue Harbor: Sensors $90k")
    assert "Set “Sensors” to $35,000" in labels_of(kith.say("call Blue Harbor: they will pay 35k"))


def test_no_more_buttons_than_are_shown(kith: Kith) -> None:
    """However much a line says, its receipt has no more than six buttons, the last of them Undo."""
    for name in ("Sensors", "Cranes", "Docks"):
        kith.say(f"new deal Blue Harbor: {name} $10k")
    logged = kith.say("met Tom Jones, Ann Lee and Bob Ray at Blue Harbor, negotiating, $30k")
    elements = [block.elements for card in logged.cards for block in card.blocks if isinstance(block, Actions)]
    assert max(map(len, elements)) <= 6
    assert labels_of(logged)[-1] == "Undo"


def test_people_are_offered_with_a_verb_too(kith: Kith) -> None:
    """A line with a verb is read as one without: who is new is offered, a title means who bears the name."""
    logged = kith.say("拜访 远航科技 林经理 周小敏 谈报价")
    (activity,) = kith.rows()["activities"]
    assert len(activity.contact_ids) == 1
    assert "Add 周小敏" in labels_of(logged)
