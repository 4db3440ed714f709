"""A name that fits several customers, or none: a short choice, whose buttons complete the line that was typed."""

import pytest

from tests.kith import Kith, labels_of, shown, values_of

LONG = "saw the new warehouse and spoke about the price of the second line, which they think is too high"


@pytest.fixture
def two(kith: Kith) -> Kith:
    """Two customers whose names begin alike."""
    kith.say("new customer Northwind Foods, region: Boston")
    kith.say("new customer Northwind Travel, region: Leeds")
    kith.say("new customer 华为技术")
    kith.say("new customer 华为终端")
    return kith


def texts(kith: Kith) -> list[str]:
    return [activity.text for activity in kith.rows()["activities"]]


# -- several ---------------------------------------------------------------------------------------


def test_choice_completes_a_long_line(two: Kith) -> None:
    """A line too long for a button is kept, and pressing the customer that was meant does what it said in full."""
    choice = two.say(f"visit northwind: {LONG}, send the quote tomorrow 3pm")
    assert choice.error == "ambiguous"
    assert texts(two) == []
    assert two.press(choice, "This one").ok
    assert texts(two) == [f"{LONG}, send the quote tomorrow 3pm"]
    assert [task.title for task in two.rows()["tasks"]] == ["send the quote"]
    assert labels_of(choice) == ["This one", "This one"]
    assert "Boston" in shown(choice)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("visit northwind wants a demo", "wants a demo"),
        ("visit   northwind   wants  a demo", "wants  a demo"),
        ("visit “northwind”: wants a demo", "wants a demo"),
        ('visit "northwind" wants a demo', "wants a demo"),
        ("call northwind, they ask for a demo", "they ask for a demo"),
        ("note northwind: on northwind, a second time", "on northwind, a second time"),
        ("拜访华为谈得不错", "谈得不错"),
        ("拜访 华为：谈得不错", "谈得不错"),
        ("备注华为，对手也在报价", "对手也在报价"),
    ],
)
def test_choice_completes_a_note(two: Kith, line: str, text: str) -> None:
    """However the name stands in the line, its choice logs what stands behind it, once."""
    assert two.press(two.say(line), "This one").ok
    assert texts(two) == [text]


def test_choice_completes_other_lines(two: Kith) -> None:
    """Deals, hand-overs, edits, contacts, tasks and lists are completed as notes are."""
    for name in ("Northwind Foods", "Northwind Travel"):
        two.say(f"new deal {name}: Renewal $10k")
    moved = two.press(two.say("deal northwind quote $12k"), "This one")
    assert "Lead → Quote" in shown(moved)
    assert "$10,000 → $12,000" in shown(moved)
    assert "Mara → Lin" in shown(two.press(two.say("assign northwind @lin"), "This one"))
    assert "– → 100" in shown(two.press(two.say("edit northwind phone: 100"), "This one"))
    assert "Ada Bell" in shown(two.press(two.say("new contact northwind: Ada Bell"), "This one"))
    assert "send the quote" in shown(two.press(two.say("task northwind: send the quote"), "This one"))
    assert "Tasks for Northwind" in shown(two.press(two.say("tasks northwind"), "This one"))
    assert "Timeline" in shown(two.press(two.say("timeline northwind"), "This one"))
    assert values_of(two.press(two.say("new deal northwind"), "This one"))["customer"].startswith("Northwind")


def test_verb_is_no_name(two: Kith) -> None:
    """A name that is part of the verb's own letters is replaced where it stands, not in the verb."""
    two.say("new customer Sit Right")
    two.say("new customer Sit Well")
    assert two.press(two.say("visit sit: new chairs"), "This one").ok
    assert texts(two) == ["new chairs"]


def test_choice_wins_over_what_is_bound(two: Kith) -> None:
    """In a conversation about one customer, a chosen other one is written to."""
    two.say("new customer Acme")
    two.say("bind Acme", room="sales")
    assert two.press(two.say("visit northwind: wants a demo", room="sales"), "This one", room="sales").ok
    (visit,) = two.rows()["activities"]
    assert visit.customer_id != two.id_of("Acme")


# -- one, by how it is written ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "customer", "text"),
    [
        ('visit "Acme: East": saw them', "Acme: East", "saw them"),
        ("visit “Acme: East” saw them", "Acme: East", "saw them"),
        ("拜访 「Acme: East」 谈得不错", "Acme: East", "谈得不错"),
        ("visit Blue Harbor met Tom, note: he likes blue", "Blue Harbor", "met Tom, note: he likes blue"),
        ("visit Blue Harbor at 3:30 with Tom", "Blue Harbor", "at 3:30 with Tom"),
        ("visit blue wants samples", "Blue Harbor", "wants samples"),
        ("visit Blue Harbor: price: 5 a piece", "Blue Harbor", "price: 5 a piece"),
        ('visit Blue Harbor: she said "yes', "Blue Harbor", 'she said "yes'),
        ("拜访远航谈得不错，明天发资料", "远航科技", "谈得不错，明天发资料"),
        ("拜访远航科技：价格：五万", "远航科技", "价格：五万"),
    ],
)
def test_name_ends_where_it_ends(kith: Kith, line: str, customer: str, text: str) -> None:
    """Quotation marks, a colon, a known name or the beginning of one end the name; the rest is kept to the letter."""
    for name in ('"Acme: East"', "Blue Harbor", "远航科技"):
        kith.say(f"new customer {name}")
    assert kith.say(line).ok
    (visit,) = kith.rows()["activities"]
    assert (visit.customer_id, visit.text) == (kith.id_of(customer), text)


def test_task_is_no_customer(kith: Kith) -> None:
    """A word of a task that is only how some name begins names no customer; one that is a word of a name does."""
    for name in ("Checkpoint Systems", "Blue Harbor"):
        kith.say(f"new customer {name}")
    kith.say("task check the invoice")
    kith.say("task blue send samples")
    first, second = kith.rows()["tasks"]
    assert (first.title, first.customer_id) == ("check the invoice", None)
    assert (second.title, second.customer_id) == ("send samples", kith.id_of("Blue Harbor"))


def test_task_for_somebody_names_no_customer(kith: Kith) -> None:
    """What stands behind an @mention at the beginning is the task."""
    kith.say("task @lin: check the invoice tomorrow")
    (task,) = kith.rows()["tasks"]
    assert (task.title, task.assignee_id) == ("check the invoice", kith.people.members["lin"].id)


def test_task_with_a_colon_may_be_just_a_task(kith: Kith) -> None:
    """What stands before a colon is taken for a customer; where it is none, the whole line can be the task."""
    asked = kith.say("task Prepare demo: slides and handouts, friday")
    assert asked.error == "customer_not_found"
    kith.press(asked, "Just the task")
    (task,) = kith.rows()["tasks"]
    assert (task.title, task.customer_id) == ("Prepare demo: slides and handouts", None)
    assert task.due_on is not None


# -- none ------------------------------------------------------------------------------------------


def test_mistyped_name_is_asked_about(kith: Kith) -> None:
    """A name with a slip is offered, and pressing it logs the line to the customer that was meant."""
    kith.say("new customer Blue Harbor")
    asked = kith.say("visit blue harbour was good")
    assert asked.error == "customer_not_found"
    assert labels_of(asked) == ["Blue Harbor", "Add “blue harbour” and go on"]
    assert kith.press(asked, "Blue Harbor").ok
    assert texts(kith) == ["was good"]


def test_known_beginning_is_offered_whole(kith: Kith) -> None:
    """Where a name goes on after one that is known, the known one is offered and nothing of the line is lost."""
    kith.say("new customer Blue Harbor")
    asked = kith.say("visit Blue Harbor Docks: new crane")
    assert "Blue Harbor" in labels_of(asked)
    assert kith.press(asked, "Blue Harbor").ok
    assert texts(kith) == ["Docks: new crane"]


def test_unknown_customer_is_added_and_logged(kith: Kith) -> None:
    """“Add … and go on” adds the customer, logs what was typed and can be undone as a whole."""
    asked = kith.say("visit Newco Ltd: first meeting, call back tomorrow")
    assert kith.rows()["customers"] == []
    logged = kith.press(asked, "Add “Newco Ltd” and go on")
    assert logged.ok
    assert [customer.name for customer in kith.rows()["customers"]] == ["Newco Ltd"]
    assert texts(kith) == ["first meeting, call back tomorrow"]
    kith.press(logged, "Undo")
    assert not any(kith.rows().values())


def test_unknown_customer_is_added_in_chinese(kith: Kith) -> None:
    """The same in Chinese."""
    kith.say("设置 中文")
    logged = kith.press(kith.say("拜访 新公司：第一次见面，明天回电话"), "新建“新公司”并继续")
    assert logged.ok
    assert [customer.name for customer in kith.rows()["customers"]] == ["新公司"]


@pytest.mark.parametrize("line", ["tasks nowhere", "timeline nowhere", "deals nowhere", "share nowhere", "nowhere"])
def test_look_up_offers_to_add_only(kith: Kith, line: str) -> None:
    """What only looks offers to add the customer and nothing to go on with, and to those who may add."""
    asked = kith.say(line)
    assert [label for label in labels_of(asked) if label != "Help"] == ["Add “nowhere”"]
    assert "Customer added" in shown(kith.press(asked, "Add “nowhere”"))


def test_viewer_is_not_offered_to_add(kith: Kith) -> None:
    """Who may not write is not offered to."""
    assert labels_of(kith.say("nowhere", user="vera")) == ["Help"]


def test_known_name_is_not_added_twice(kith: Kith) -> None:
    """A name that is there already is offered to be opened, or to be added all the same."""
    kith.say("new customer Acme Ltd, phone: 555 0101")
    known = kith.say("new customer ACME, phone: 555 0102")
    assert known.error == "duplicate"
    assert "Acme Ltd" in shown(kith.press(known, "Open"))
    assert len(kith.rows()["customers"]) == 1
    assert kith.press(known, "Add it all the same").ok
    assert [customer.phone for customer in kith.rows()["customers"]] == ["555 0101", "555 0102"]


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("vist Acme: hello", "visit Acme: hello"),
        ("taks", "tasks"),
        ("新建 Acme East", "新建客户 Acme East"),
        ("setings 中文", "settings 中文"),
        ("new Acme East", "new customer Acme East"),
    ],
)
def test_mistyped_verb_is_mended(kith: Kith, typed: str, mended: str) -> None:
    """A line whose first word is nearly a verb is offered with the verb."""
    kith.say("new customer Acme")
    asked = kith.say(typed)
    label = f"Did you mean “{mended}”?"
    assert labels_of(asked)[0] == label
    assert kith.press(asked, label).ok


def test_bare_verb_says_what_to_type(kith: Kith) -> None:
    """A verb without the customer it needs tells how it is written."""
    said = shown(kith.say("timeline"))
    assert "Customer is missing" in said
    assert "timeline NAME" in said
