"""What belongs to another team and what does not exist are the same thing, word for word."""

import pytest

from cards.model import InputKind
from commands.model import Reply
from commands.registry import COMMANDS
from core.ids import new_id
from tests.kith import MONDAY, Kith, labels_of, shown, values_of

THEIRS, NOBODYS = "Zephyr Works", "Quartz Works"

# Every way a line can name a customer, a contact or a record; {it} is a name or an id.
LINES = {
    "find": ("find {it}", "{it}", '"{it}"'),
    "360": ("360 {it}",),
    "timeline": ("timeline {it}", "timeline {it} 2"),
    "share": ("share {it}",),
    "follow": ("follow {it}", "follow deal {it}", "follow {it} in the digest", "关注 {it}"),
    "unfollow": ("unfollow {it}", "unfollow deal {it}"),
    "following": (),
    "quiet": (),
    "alert": ("alert {it} open", "alert {it} c1"),
    "visit": ("visit {it}", "visit {it}: saw them, call tomorrow", "拜访{it}：谈得不错"),
    "call": ("call {it}", "call {it}: they called"),
    "meeting": ("meeting {it}", "meeting {it}: demo"),
    "note": ("note {it}", "note {it}: a note"),
    "tell": (
        "had lunch with {it}",
        "tell had a call with {it}, follow up friday",
        "今天拜访了{it}",
        "{it} signed, 30k",
    ),
    "correct": ("correct {it} kind visit", "correct {it} customer", "correct {it} notask"),
    "save": ("save {it}", "save {it}: they wrote"),
    "task": ("task {it}: send the quote",),
    "tasks": ("tasks {it}",),
    "done": ("done {it}",),
    "snooze": ("snooze {it}", "snooze {it} tomorrow"),
    "decide-task": ("decide-task {it}",),
    "next-step": ("next-step {it} tomorrow", "next-step {it} nothing"),
    "digest": ("digest list tasks {it} 2026-03-09",),
    "weekly digest": (),
    "deal": ("deal {it}", "deal {it} won", "deal {it} amount: 5k", "deal {it}: quote"),
    "deals": ("deals {it}",),
    "new customer": (),
    "new contact": ("new contact {it}", "new contact {it}: Ada Bell"),
    "new deal": ("new deal {it}", "new deal {it}: Renewal 5k"),
    "acquaint": (),
    "edit": (
        "edit {it}",
        "edit {it} phone: 555 0105",
        "edit {it} title: x",
        "edit {it} text: x",
        "edit {it} amount: 5k",
    ),
    "assign": ("assign {it}", "assign {it} @ines", "assign {it} to ines"),
    "merge": ("merge {it} into {it}", "合并 {it} 到 {it}"),
    "not same": ("not same {it} and {it}",),
    "duplicates": (),
    "bind": ("bind {it}",),
    "unbind": (),
    "undo": ("undo {it}",),
    "whoami": (),
    "settings": (),
    "link": (),
    "help": (),
}
TABLE = [(command.verb, line) for command in COMMANDS for line in LINES[command.verb]]


@pytest.fixture(scope="module")
def north(module_kith: Kith) -> Kith:
    """A customer of the North team with everything a customer can have; Ines of South asks."""
    kith = module_kith
    kith.say(f"new customer {THEIRS}, phone: 555 4417, website: zephyr.example")
    kith.say(f"new contact {THEIRS}: Ada Bell, phone: 555 7001, email: ada@zephyr.example")
    kith.say(f"new deal {THEIRS}: Cold chain $120k")
    kith.say(f"visit {THEIRS}: saw Ada Bell, send the quote tomorrow")
    kith.say(f"bind {THEIRS}", room="sales")
    return kith


def told(reply: Reply, asked: str) -> str:
    """All that an answer tells, with what was asked for left out."""
    parts = (shown(reply), repr(labels_of(reply)), reply.error, repr(reply.errors), repr(reply.form is None))
    said = "\n".join(parts)
    for named in (asked, *asked.split()):
        said = said.replace(named, "…")
    return said


def alike(kith: Kith, line: str, theirs: str, nobodys: str, room: str = "dm") -> None:
    before = kith.rows()
    first, second = (told(kith.say(line.format(it=it), user="ines", room=room), it) for it in (theirs, nobodys))
    assert first == second
    assert kith.rows() == before


def test_every_command_is_in_the_table() -> None:
    """A new command says here how it may name a customer."""
    assert LINES.keys() == {command.verb for command in COMMANDS}


@pytest.mark.parametrize(("verb", "line"), TABLE, ids=lambda value: value)
def test_their_customer_is_nobodys(north: Kith, verb: str, line: str) -> None:
    """Asked for by name, another team's customer answers as one that does not exist, and nothing is written."""
    alike(north, line, THEIRS, NOBODYS)


@pytest.mark.parametrize(("verb", "line"), TABLE, ids=lambda value: value)
def test_their_ids_are_nobodys(north: Kith, verb: str, line: str) -> None:
    """The same by the id of a customer, contact, activity, task or deal."""
    nobodys = new_id(MONDAY)
    for records in north.rows().values():
        for record in records:
            alike(north, line, record.id, nobodys)


def test_their_id_opens_no_form(north: Kith) -> None:
    """A verb with an id alone, as a button says it, opens a form only for who may see the customer."""
    alike(north, "task {it}", north.id_of(THEIRS), new_id(MONDAY))


@pytest.mark.parametrize("typed", ["Zephyr", "zephyr wrks", "4417", "Ada Bell", "ada@zephyr.example", "zephyr.example"])
def test_nothing_leads_to_them(north: Kith, typed: str) -> None:
    """Neither parts of the name nor contacts, numbers and addresses find, suggest or complete it."""
    reply = north.say(typed, user="ines")
    assert reply.error == "customer_not_found"
    assert THEIRS not in shown(reply)
    assert north.suggest(InputKind.CUSTOMER, typed, user="ines") == ()
    assert north.complete(typed, user="ines") == []
    assert north.complete(f"visit {typed}", user="ines") == []


@pytest.mark.parametrize(
    "line", ["", "360", "timeline", "deal", "deals all", "tasks team", "unbind", "visit", "note: x"]
)
def test_conversation_bound_to_them_tells_nothing(north: Kith, line: str) -> None:
    """In a conversation that another team bound, Ines is answered as in one that is not bound."""
    bound = told(north.say(line, user="ines", room="sales"), THEIRS)
    north.clock.forward(seconds=11)
    unbound = told(north.say(line, user="ines", room="elsewhere"), THEIRS)
    assert bound == unbound
    assert THEIRS in shown(north.say("360", room="sales"))


def test_same_name_may_be_added(north: Kith) -> None:
    """That the name is taken in another team is told once, with nothing else, and is no obstacle."""
    hint = north.say(f"new customer {THEIRS}", user="ines")
    assert "It exists already; ask its owner." in shown(hint)
    added = north.press(hint, "Add it all the same", user="ines")
    assert "Customer added" in shown(added)
    north.press(added, "Undo", user="ines")


def test_their_receipt_is_nobodys(north: Kith) -> None:
    """Another member's receipt cannot be undone, or told from one that does not exist; a manager may."""
    written = north.say(f"note {THEIRS}: secret")
    alike(north, "undo {it}", written.receipt, new_id(MONDAY))
    assert north.say(f"undo {written.receipt}", user="max").ok


# -- tasks and hand-overs between teams ------------------------------------------------------------


def test_task_goes_to_who_may_see_its_customer(kith: Kith) -> None:
    """A task about a customer is not given to a member from whom it would be hidden; one about nothing may be."""
    kith.say("new customer Acme")
    hidden = kith.say("task Acme: call them @ines")
    assert hidden.error == "assignee_may_not_see"
    assert "Ines" in shown(hidden)
    assert kith.rows()["tasks"] == []
    assert kith.say("task call the bank @ines").ok
    assert "call the bank" in shown(kith.say("tasks", user="ines"))
    task = kith.say("task Acme: call them @lin")
    assert values_of(kith.press(task, "Edit"))["title"] == "call them"
    assert kith.say(f"assign {kith.rows()['tasks'][1].id} @ines").error == "assignee_may_not_see"
    assert kith.say("task Acme: approve the price @max").ok


def test_tasks_go_with_their_customer(kith: Kith) -> None:
    """Handed over to another team, a customer takes its owner's open tasks along; undo brings both back."""
    kith.say("new customer Acme")
    kith.say("task Acme: call them tomorrow")
    kith.say("task buy milk")
    before = kith.rows()
    handed = kith.say("assign Acme @ines")
    assert "Mara → Ines" in shown(handed)
    assert "call them" in shown(kith.say("tasks", user="ines"))
    assert "call them" not in shown(kith.say("tasks"))
    assert "buy milk" in shown(kith.say("tasks"))
    assert kith.say("Acme").error == "customer_not_found"
    assert kith.press(handed, "Undo").ok
    restored = kith.rows()
    assert [customer.owner_id for customer in restored["customers"]] == [kith.people.members["mara"].id]
    assert [task.assignee_id for task in restored["tasks"]] == [task.assignee_id for task in before["tasks"]]
