"""Forms open with what is known, say at each field what is wrong with it, and write what was typed."""

import pytest

from cards.forms import refilled
from cards.labels import field
from cards.model import InputKind
from cards.words import LANGUAGES, Words
from commands.fieldtext import LABELS
from commands.model import Quoted
from core.events.model import Kind
from tests.kith import Kith, form_of, labels_of, shown, values_of


@pytest.fixture
def acme(kith: Kith) -> Kith:
    """A customer with one of everything."""
    kith.say(
        "new customer Acme, industry: food, phone: 555 0101, tags: a b; c, stage: prospect, also known as: AC, 极致"
    )
    kith.say("new contact Acme: Ada Bell, title: Buyer, email: ada@acme.example, decision: decider")
    kith.say("new deal Acme: Cold chain $120k, stage: quote, close: 2 Dec")
    kith.say("task Acme: send the quote tomorrow 3pm urgent")
    kith.say("visit Acme: saw them")
    return kith


def record_id(kith: Kith, kind: str) -> str:
    return str(kith.rows()[kind][0].id)


# -- opening ---------------------------------------------------------------------------------------

BARE = (
    "visit",
    "call",
    "meeting",
    "note",
    "save",
    "task",
    "new customer",
    "new contact",
    "new deal",
    "bind",
    "settings",
)
WITH_CUSTOMER = ("visit", "call", "meeting", "note", "save", "task", "new contact", "new deal")


@pytest.mark.parametrize("verb", BARE)
@pytest.mark.parametrize("language", ["en", "zh_Hans"])
def test_bare_verb_opens_its_form(kith: Kith, verb: str, language: str) -> None:
    """A verb alone asks for what it needs, in the member's language, and writes nothing."""
    kith.say(f"settings {language}")
    form = form_of(kith.say(verb))
    assert form.title
    assert form.submit
    assert form.token
    assert all(one.label for one in form.inputs)
    assert not any(kith.rows().values())


@pytest.mark.parametrize("verb", WITH_CUSTOMER)
def test_form_knows_the_customer(acme: Kith, verb: str) -> None:
    """What was typed of the customer stands in the form, by its name and as its id."""
    for line in (f"{verb} acme", f"{verb} {acme.id_of('Acme')}", f"{verb} 极致"):
        (field,) = [one for one in form_of(acme.say(line)).inputs if one.name == "customer"]
        assert (field.value, field.shown, field.kind) == (acme.id_of("Acme"), "Acme", InputKind.CUSTOMER)


def test_form_knows_the_fields(kith: Kith) -> None:
    """Fields that were typed before there was a name are carried over."""
    assert values_of(kith.say("new customer phone: 555 0105, industry: food"))["phone"] == "555 0105"


def test_edit_forms_show_what_is(acme: Kith) -> None:
    """Each record's form shows its present values as people type them."""
    assert values_of(acme.say("edit Acme")) == {
        "name": "Acme", "aliases": "AC, 极致", "industry": "food", "region": "", "size": "", "stage": "Prospect",
        "phone": "555 0101", "website": "", "address": "", "tags": "a b, c",
    }  # fmt: skip
    assert values_of(acme.say(f"edit {record_id(acme, 'contacts')}")) == {
        "name": "Ada Bell", "title": "Buyer", "phone": "", "email": "ada@acme.example", "wechat": "",
        "decision": "Decides",
    }  # fmt: skip
    assert values_of(acme.say(f"edit {record_id(acme, 'deals')}")) == {
        "name": "Cold chain", "amount": "120000.00 USD", "stage": "Quote", "probability": "50",
        "close_on": "2026-12-02",
    }  # fmt: skip
    assert values_of(acme.say(f"edit {record_id(acme, 'tasks')}")) == {
        "title": "send the quote", "due": "2026-03-10 15:00", "priority": "High", "remind": "",
    }  # fmt: skip
    assert values_of(acme.say(f"edit {record_id(acme, 'activities')}")) == {
        "text": "saw them", "place": "", "outcome": "", "next_step": "",
    }  # fmt: skip


# -- sending ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["customers", "contacts", "deals", "tasks", "activities"])
@pytest.mark.parametrize("language", ["en", "zh_Hans"])
def test_unchanged_form_changes_nothing(acme: Kith, kind: str, language: str) -> None:
    """A form that is sent as it was opened changes nothing and leaves nothing to undo."""
    acme.say(f"settings {language}")
    before = acme.rows()
    sent = acme.submit(acme.say(f"edit {record_id(acme, kind)}"))
    assert sent.ok
    assert sent.receipt == ""
    assert acme.rows() == before


@pytest.mark.parametrize(
    ("kind", "fields", "said"),
    [
        (
            "customers",
            {"name": "Acme Ltd", "tags": "", "stage": "customer"},
            ["Acme → Acme Ltd", "Prospect → Customer"],
        ),
        ("contacts", {"phone": "555 0105", "decision": "user"}, ["– → 555 0105", "Decides → Uses"]),
        ("deals", {"amount": "130k USD", "close_on": ""}, ["$120,000 → $130,000", "Wed 2 Dec → –"]),
        ("tasks", {"due": "next Tue", "priority": "low"}, ["→ Tue 17 Mar", "High → Low"]),
        ("activities", {"text": "saw\nthem all", "place": "Boston"}, ["saw them →", "– → Boston"]),
    ],
)
def test_changed_form_changes_that(acme: Kith, kind: str, fields: dict[str, str], said: list[str]) -> None:
    """A form writes what was changed in it, and the receipt says from what to what."""
    saved = acme.submit(acme.say(f"edit {record_id(acme, kind)}"), fields)
    assert saved.receipt
    for part in said:
        assert part in shown(saved)


def test_emptied_fields_are_empty(acme: Kith) -> None:
    """What is emptied in a form is emptied in the record: tags, an amount, a date, a task's due."""
    acme.submit(acme.say("edit Acme"), {"tags": "", "aliases": "", "phone": ""})
    acme.submit(acme.say(f"edit {record_id(acme, 'deals')}"), {"amount": "", "close_on": ""})
    acme.submit(acme.say(f"edit {record_id(acme, 'tasks')}"), {"due": ""})
    rows = acme.rows()
    assert (rows["customers"][0].tags, rows["customers"][0].aliases, rows["customers"][0].phone) == ((), (), "")
    assert (rows["deals"][0].amount, rows["deals"][0].close_on) == (None, None)
    assert (rows["tasks"][0].due_on, rows["tasks"][0].due_at) == (None, None)


def test_probability_follows_the_stage(acme: Kith) -> None:
    """A stage brings its probability along, unless another one was typed."""
    deal = record_id(acme, "deals")
    acme.submit(acme.say(f"edit {deal}"), {"stage": "negotiation"})
    assert acme.rows()["deals"][0].probability == 75
    acme.submit(acme.say(f"edit {deal}"), {"stage": "qualified", "probability": "40%"})
    assert acme.rows()["deals"][0].probability == 40
    acme.submit(acme.say(f"edit {deal}"), {"stage": "quote"})
    assert acme.rows()["deals"][0].probability == 50
    acme.submit(acme.say(f"edit {deal}"), {"probability": "60"})
    acme.submit(acme.say("new deal Acme"), {"name": "Second", "stage": "negotiation", "probability": ""})
    assert [each.probability for each in acme.rows()["deals"]] == [60, 75]


def test_log_form_writes_everything(acme: Kith) -> None:
    """A visit's form keeps when, where, what came of it and what comes next, which is a task."""
    logged = acme.submit(
        acme.say("visit Acme"),
        {
            "text": "saw Ada Bell", "happened": "yesterday 3pm", "place": "Boston", "outcome": "wants two",
            "next_step": "send the quote", "due": "friday 9am",
        },
    )  # fmt: skip
    for said in ("saw Ada Bell", "yesterday 15:00", "Boston", "wants two", "send the quote", "Fri 13 Mar 09:00"):
        assert said in shown(logged)
    visit, task = acme.rows()["activities"][-1], acme.rows()["tasks"][-1]
    assert (visit.place, visit.outcome, visit.next_step) == ("Boston", "wants two", "send the quote")
    assert visit.contact_ids == (acme.rows()["contacts"][0].id,)
    assert (task.title, task.activity_id, task.customer_id) == ("send the quote", visit.id, visit.customer_id)


def test_task_form_writes_everything(acme: Kith) -> None:
    """A task's form keeps title, customer, day, assignee and priority; names do for ids."""
    acme.submit(
        acme.say("task"),
        {"title": "call", "customer": "acme", "due": "tomorrow", "assignee": "@lin", "priority": "low"},
    )
    task = acme.rows()["tasks"][-1]
    assert (task.title, task.customer_id, task.priority) == ("call", acme.id_of("Acme"), "low")
    assert task.assignee_id == acme.people.members["lin"].id


def test_saved_message_is_kept_as_it_was_said(acme: Kith) -> None:
    """A message that was pointed at comes with its author and its time into the form, and is kept so."""
    said_at = acme.clock.now().replace(hour=0)
    quoted = Quoted(text="The budget is approved", author="Ada", said_at=said_at)
    form = acme.say("save", quoted=quoted)
    assert values_of(form)["text"] == "Ada: The budget is approved"
    saved = acme.submit(form, {"customer": "Acme"}, quoted=quoted)
    assert "Message saved" in shown(saved)
    message = acme.rows()["activities"][-1]
    assert (message.text, message.happened_at) == ("Ada: The budget is approved", said_at)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Acme approved the budget", "Acme"),
        ("极致说预算批了", "Acme"),
        ("Ada Bell called back", "Acme"),
        ("they agreed", ""),
    ],
)
def test_saved_message_suggests_whom_it_names(acme: Kith, text: str, named: str) -> None:
    """The customer that a message names in full stands in the form, to be left or changed; a guess does not."""
    form = acme.say("save", quoted=Quoted(text=text))
    assert values_of(form)["customer"] == named


def test_receipt_leads_to_the_form(acme: Kith) -> None:
    """The buttons of a receipt open the form of what was written, and of what comes next."""
    logged = acme.say("call Acme: they called")
    assert values_of(acme.press(logged, "Edit"))["text"] == "they called"
    assert values_of(acme.press(logged, "Plan the next step"))["customer"] == "Acme"


# -- what is wrong ---------------------------------------------------------------------------------

LONG = "x" * 201


@pytest.mark.parametrize(
    ("line", "fields", "at"),
    [
        ("visit", {"text": "x", "customer": ""}, "customer"),
        ("visit", {"text": "x", "customer": "nowhere"}, "customer"),
        ("visit Acme", {"text": ""}, "text"),
        ("visit Acme", {"text": "   \n "}, "text"),
        ("visit Acme", {"text": "x" * 10_001}, "text"),
        ("visit Acme", {"text": "x", "happened": "tomorrow"}, "happened"),
        ("visit Acme", {"text": "x", "happened": "someday"}, "happened"),
        ("visit Acme", {"text": "x", "place": LONG}, "place"),
        ("visit Acme", {"text": "x", "next_step": LONG}, "next_step"),
        ("visit Acme", {"text": "x", "due": "yesterday"}, "due"),
        ("visit Acme", {"text": "x", "due": "soonish"}, "due"),
        ("task", {"title": ""}, "title"),
        ("task", {"title": "x" * 501}, "title"),
        ("task", {"title": "x", "due": "2020-01-01"}, "due"),
        ("task", {"title": "x", "customer": "nowhere"}, "customer"),
        ("task", {"title": "x", "assignee": "nobody"}, "assignee"),
        ("task", {"title": "x", "priority": "huge"}, "priority"),
        ("new customer", {"name": ""}, "name"),
        ("new customer", {"name": LONG}, "name"),
        ("new customer", {"name": "x", "stage": "huge"}, "stage"),
        ("new customer", {"name": "x", "phone": LONG}, "phone"),
        ("new contact Acme", {"name": ""}, "name"),
        ("new contact Acme", {"name": "x", "email": "nope"}, "email"),
        ("new contact Acme", {"name": "x", "decision": "huge"}, "decision"),
        ("new contact", {"name": "x", "customer": ""}, "customer"),
        ("new deal Acme", {"name": "x", "amount": "lots"}, "amount"),
        ("new deal Acme", {"name": "x", "amount": "-5"}, "amount"),
        ("new deal Acme", {"name": "x", "probability": "101"}, "probability"),
        ("new deal Acme", {"name": "x", "probability": "many"}, "probability"),
        ("new deal Acme", {"name": "x", "stage": "huge"}, "stage"),
        ("new deal Acme", {"name": "x", "close_on": "someday"}, "close_on"),
        ("new deal Acme", {"name": "x", "close_on": "yesterday"}, "close_on"),
        ("new deal", {"name": "x", "customer": ""}, "customer"),
        ("edit Acme", {"name": " "}, "name"),
        ("edit Acme", {"stage": "huge"}, "stage"),
        ("assign Acme", {"assignee": "nobody"}, "assignee"),
        ("assign Acme", {"assignee": ""}, "assignee"),
        ("bind", {"customer": "nowhere"}, "customer"),
        ("settings", {"zone": "Mars"}, "zone"),
        ("settings", {"language": "klingon"}, "language"),
    ],
)
@pytest.mark.parametrize("language", ["en", "zh_Hans"])
def test_error_stands_at_its_field(acme: Kith, line: str, fields: dict[str, str], at: str, language: str) -> None:
    """What is wrong stands at its field, in the member's language; nothing is written, and mended it is."""
    acme.say(f"settings {language}")
    before, form = acme.rows(), acme.say(line)
    refused = acme.submit(form, fields)
    assert list(refused.errors) == [at]
    assert refused.ok is False
    assert refused.cards == ()
    assert refused.errors[at].isascii() or language == "zh_Hans" or "“" in refused.errors[at]
    assert acme.rows() == before


def test_ambiguous_name_in_a_form(acme: Kith) -> None:
    """A name in a form that fits several is told at its field, with the names."""
    for name in ("Northwind Foods", "Northwind Travel"):
        acme.say(f"new customer {name}")
    refused = acme.submit(acme.say("visit"), {"text": "x", "customer": "northwind"})
    assert "Northwind Foods" in refused.errors["customer"]
    assert "Northwind Travel" in refused.errors["customer"]


def test_refused_form_keeps_what_was_typed(acme: Kith) -> None:
    """Shown again, the form holds everything that was typed and the words at the field."""
    form = acme.say("task Acme")
    typed = {"title": "send the quote", "due": "yesterday", "assignee": "lin"}
    refused = acme.submit(form, typed)
    again = refilled(form_of(form), typed, refused.errors)
    assert {one.name: one.value for one in again.inputs if one.name in typed} == typed
    assert {one.name: one.error for one in again.inputs if one.error}.keys() == {"due"}
    assert next(one.shown for one in again.inputs if one.name == "customer") == "Acme"


def test_form_of_what_is_gone(acme: Kith) -> None:
    """A form whose record was taken back meanwhile says so on a card, and a button's other member is refused."""
    added = acme.say("new customer Newco")
    form = acme.say("edit Newco")
    assert acme.submit(form, {"phone": "555 0105"}, user="lin").error == "button_not_yours"
    acme.press(added, "Undo")
    gone = acme.submit(form, {"phone": "555 0105"})
    assert gone.error == "customer_not_found"
    assert labels_of(gone) == []


def test_unknown_field_is_told(acme: Kith) -> None:
    """A field that a record does not have is told with those it has."""
    refused = acme.say("edit Acme wechat: x")
    assert refused.error == "unknown_field"
    assert "phone" in shown(refused).casefold()
    assert acme.say("edit Acme colour: blue").error == "unknown_field"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("修改 Acme 阶段：客户", "Prospect → Customer"),
        ("edit Acme stage: Lost to us", "Prospect → Lost to us"),
        ("修改 {contact} 决策权：使用者", "Decides → Uses"),
        ("edit {contact} say in the purchase: blocks", "Decides → Blocks"),
        ("商机 Acme 阶段：谈判", "Quote → Negotiation"),
        ("deal Acme stage: WON", "Quote → Won"),
        ("edit {task} priority: 低", "High → Low"),
        ("new deal Acme: Next 5k, 阶段：报价", "Quote"),
    ],
)
def test_choices_by_any_name(acme: Kith, line: str, said: str) -> None:
    """A choice is typed by its value or its name in either language."""
    line = line.format(contact=record_id(acme, "contacts"), task=record_id(acme, "tasks"))
    assert said in shown(acme.say(line))


def test_wrong_choice_tells_the_right_ones(acme: Kith) -> None:
    """What is none of the choices is told with all of them, as they are called."""
    assert "Lead, Prospect, Customer, Dormant, Lost to us" in acme.say("edit Acme stage: huge").cards[0].summary
    acme.say("settings 中文")
    assert "低、普通、高" in shown(acme.say(f"edit {record_id(acme, 'tasks')} priority: huge"))


def test_fields_are_typed_as_cards_call_them() -> None:
    """What cards and forms call a field can be typed as its label, in both languages."""
    for name, typed in LABELS.items():
        for language in LANGUAGES:
            for kind in (None, *Kind):
                assert field(name, Words(language), kind).casefold() in typed


def test_past_days_are_told_as_people_say_them(acme: Kith) -> None:
    """A day or time that is over is told in the member's words and zone."""
    assert "8 Mar 2026 is in the past" in shown(
        acme.say("edit {id} due: yesterday".format(id=record_id(acme, "tasks")))
    )
    acme.say("settings 中文")
    assert "2026年3月9日 08:00" in shown(acme.say("推迟 send 2026-03-09 08:00"))


def test_every_wrong_field_is_marked(acme: Kith) -> None:
    """All at once, each with its own words, and nothing of it is written."""
    before = acme.rows()
    wrong = {"customer": "Nowhere Ltd", "text": "x", "happened": "next year maybe", "due": "yesterday"}
    refused = acme.submit(acme.say("visit"), wrong)
    assert refused.errors.keys() == {"customer", "happened", "due"}
    assert "Nowhere" in refused.errors["customer"]
    assert "next year maybe" in refused.errors["happened"]
    assert "in the past" in refused.errors["due"]
    refused = acme.submit(acme.say("edit Acme"), {"name": " ", "phone": "abc", "website": "x y", "stage": "huge"})
    assert refused.errors.keys() == {"name", "phone", "website", "stage"}
    assert acme.rows() == before


def test_nothing_of_a_refused_form_is_found_again(acme: Kith) -> None:
    """What was tried to find the other faults leaves no event and no name behind."""
    refused = acme.submit(acme.say("new customer"), {"name": "Quartz", "phone": "abc"})
    assert refused.errors.keys() == {"phone"}
    assert acme.say("Quartz").error == "customer_not_found"
