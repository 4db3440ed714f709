"""An example of every card, in both languages: for galleries, for the renderers' tests, and for looking at."""

from dataclasses import replace
from datetime import date, timedelta

from cards import (
    activities,
    asking,
    customers,
    deals,
    digestexamples,
    duplicates,
    errors,
    forms,
    lookup,
    receipts,
    reminders,
    tasks,
    timeline,
)
from cards import help as help_cards
from cards.example_alerts import alert_examples
from cards.example_records import (
    ACTIVITY,
    ADDED,
    CORRECTED,
    CUSTOMER,
    DEAL,
    DEAL_LINES,
    DROPPED,
    EDITED,
    FOLLOW_UP,
    HELP,
    ME,
    ME_HERE,
    NAMES,
    NOW,
    SEEN,
    TASK,
    TASK_LINES,
)
from cards.model import Card, Form, Option
from cards.reader import Reader
from cards.typed import Typed
from cards.words import Words
from core.activities.model import ActivityKind
from core.deals.model import DealStage
from core.deals.ports import DealPage, StageSum
from core.duplicates.model import ProbeCount
from core.errors import DuplicateError, InvalidInputError, NotFoundError
from core.events.model import Change, EventType
from core.ids import CustomerId
from core.members.model import Identity
from core.money import Money
from core.tasks.ports import TaskPage


def examples(language: str) -> dict[str, Card]:
    """Every card by the name of its moment, in one language; forms are cards of one block."""
    words = Words(language, "Asia/Shanghai")
    reader = Reader(words, NOW, "https://kith.example")
    told = {**_told(reader), **_doubles(reader), **digestexamples.digest_cards(TASK_LINES[0], DEAL_LINES, reader)}
    told |= alert_examples(reader, CUSTOMER, DEAL, (EDITED, FOLLOW_UP, ADDED), NAMES)
    return {**_records(reader), **_lists(reader), **told, **_answers(reader), **_forms(words)}


def _records(reader: Reader) -> dict[str, Card]:
    return {
        "customer_360": customers.customer_360(SEEN, reader),
        "customer_360_new": customers.customer_360(
            replace(SEEN, tasks=TaskPage((), 0), deals=DealPage((), 0, ()), activities=(), contacts=(), owner_name=""),
            reader,
        ),
        "customer_shared": customers.customer_shared(SEEN, reader, by="Mara", in_full=True),
        "customer_shared_briefly": customers.customer_shared(SEEN, reader, by="Mara", in_full=False),
        "task_card": tasks.task_card(TASK_LINES[0], reader),
        "deal_shared": deals.deal_shared(DEAL_LINES[0], reader, by="Mara", in_full=True),
        "deal_card": deals.deal_card(DEAL_LINES[0], reader),
        "about_me": help_cards.about_me(ME_HERE, "", (Identity("slack", "T1", "U1"), Identity("web", "", "1")), reader),
    }


def _lists(reader: Reader) -> dict[str, Card]:
    words, mine = reader.words, tasks.Columns(assignee=False)
    stages = (
        StageSum(DealStage.QUOTE, Money(30_000_000, "CNY"), 3),
        StageSum(DealStage.NEGOTIATION, Money(12_000_000, "USD"), 1),
    )
    found = DealPage(DEAL_LINES, 19, (Money(12_000_000, "USD"),))
    options = (
        (Option(label="Northwind Foods", value="360 1"), "Boston"),
        (Option(label="Northwind Travel", value="360 2"), "Leeds"),
    )
    return {
        "task_list": tasks.task_list(
            words("My tasks"), TaskPage(TASK_LINES, 19), reader, command="tasks", page=2, columns=mine
        ),
        "task_list_empty": tasks.task_list(
            words("My tasks"), TaskPage((), 0), reader, command="tasks", page=1, columns=mine
        ),
        "pick_task": tasks.pick_task(words("Which task is done?"), TaskPage(TASK_LINES, 2), reader, verb="done"),
        "snooze_choice": tasks.snooze_choice(TASK_LINES[0], reader),
        **_reminders(reader),
        "deal_list": deals.deal_list(
            words("All open deals"), found, reader, command="deals all", page=1, stages=stages
        ),
        "pick_deal": deals.pick_deal(words("Which deal of {name}?", name="Northwind Foods"), found, reader, rest="won"),
        "timeline": timeline.timeline(CUSTOMER, (EDITED, FOLLOW_UP, ADDED), reader, names=NAMES, page=1, more=True),
        "several_found": lookup.several_found("Northwind", options, words),
        "welcome": lookup.welcome(reader, "Mara", ("Northwind Foods", "远航科技")),
        "help_overview": help_cards.help_overview((("Log", (HELP,)),), reader),
        "help_verb": help_cards.help_verb(HELP, reader),
    }


def _told(reader: Reader) -> dict[str, Card]:
    return {
        "activity_logged": activities.activity_logged(
            ACTIVITY,
            CUSTOMER,
            (ADDED, FOLLOW_UP),
            reader,
            names=NAMES,
            offers=(("Set “Cold chain sensors” to $120,000", "edit 1 amount: 120000 USD"),),
            asks_next=False,
            task_id=TASK.id,
            amount=True,
        ),
        "activity_corrected": activities.activity_logged(
            ACTIVITY,
            CUSTOMER,
            (CORRECTED,),
            reader,
            names=NAMES,
            offers=(),
            asks_next=True,
            corrected=True,
        ),
        "which_activity_kind": activities.which_kind(ACTIVITY, CUSTOMER.name, reader.words),
        **_asked(reader),
    }


def _asked(reader: Reader) -> dict[str, Card]:
    words = reader.words
    return {
        "which_customer": asking.which_customer(
            "had a call with Northwind, follow up Friday",
            (("Northwind Foods", "tell x"), (words("New customer “{name}”", name="Northwind"), "tell y")),
            words,
        ),
        "which_kind": asking.which_kind(
            "Northwind wants net 60 terms",
            ((words("Note"), "tell x"), (words("Call"), "tell y"), (words("Just look it up"), "find z")),
            words,
        ),
        "which_day": asking.which_day(
            "Northwind kickoff Friday",
            words.date(date(2026, 3, 13), reader.today),
            ((words("Yes, a task for then"), "tell x"), (words("No task"), "tell y")),
            words,
        ),
    }


def _reminders(reader: Reader) -> dict[str, Card]:
    line, soon = TASK_LINES[0], NOW + timedelta(minutes=30)
    due = replace(line, task=replace(line.task, due_on=soon.date(), due_at=soon))
    done = replace(line, task=replace(line.task, done_at=NOW))
    snoozed = replace(line, task=replace(line.task, snoozed_until=NOW + timedelta(hours=1)))
    told = {"": due, "_overdue": line, "_done": done, "_snoozed": snoozed, "_gone": None}
    several = [reminders.Reminded(each) for each in (due, line, done, None)]
    return {
        **{f"reminder{name}": reminders.reminder(reminders.Reminded(each), reader) for name, each in told.items()},
        "reminder_handed_over": reminders.reminder(reminders.Reminded(line, mine=False), reader),
        "reminders": reminders.reminders(several, reader),
        "reminders_done": reminders.reminders(several[2:], reader),
        "next_step": reminders.next_step(ACTIVITY, CUSTOMER, reader),
        "nothing_next": reminders.nothing_next(CUSTOMER.name, reader),
    }


def _answers(reader: Reader) -> dict[str, Card]:
    words = reader.words
    missing = NotFoundError("customer", "Nortwind", similar=("Northwind Foods",))
    return {
        "receipt": receipts.receipt(words("Deal saved"), DEAL.name, (EDITED,), reader, names=NAMES),
        "receipt_unchanged": receipts.receipt(words("Saved"), DEAL.name, (), reader, names=NAMES),
        "undone": receipts.undone((EDITED, FOLLOW_UP), reader, NAMES),
        "undone_dropping": receipts.undone((DROPPED,), reader, {**NAMES, TASK.id: TASK.title}),
        "customer_not_found": errors.failed(missing, words, Typed("visit", "Nortwind: wants a demo")),
        "look_up_not_found": errors.failed(missing, words, Typed("find", "Nortwind"), mended="note Northwind"),
        "duplicate": errors.failed(
            DuplicateError("customer", CUSTOMER.id, CUSTOMER.name), words, Typed("new customer", "X")
        ),
        "in_past": errors.failed(InvalidInputError("due", "in_past", value="2026-03-01"), words),
        "already_done": errors.already_done(words, seconds=4, again="again visit X: y", receipt_id="0fq2m7x4k9r01"),
        "crashed": errors.crashed(words, "slack:T1:Ev123"),
        "stranger": errors.stranger(words),
        "link_code": help_cards.link_code("7kq2mxn4pa", reader),
        "linked": help_cards.linked("Mara", reader),
    }


def _doubles(reader: Reader) -> dict[str, Card]:
    newer = replace(CUSTOMER, id=CustomerId("0fq2m7x4k9c02"), name="Nortwind Food", phone="+1 555 0118", website="")
    merged = replace(EDITED, type=EventType.CUSTOMER_MERGED, changes=(Change("merged", None, newer.name),))
    twins, moved = (duplicates.Twins(CUSTOMER, newer, 0.97),), {"contacts": 3, "activities": 1}
    return {
        "exists": duplicates.exists(CUSTOMER, "Mara", reader, again="new customer Northwind !"),
        "exists_elsewhere": duplicates.exists_elsewhere(reader, again="new customer Northwind !"),
        "merged": duplicates.merged(newer, CUSTOMER, moved, (merged,), reader, NAMES),
        "duplicates": duplicates.queue(twins, 9, reader, NAMES, page=2),
        "probes": duplicates.probes((ProbeCount(ME, NOW.date(), 12),), reader, NAMES, limit=10),
    }


def _forms(words: Words) -> dict[str, Card]:
    known = forms.Filled({"customer": CUSTOMER.id}, {"customer": CUSTOMER.name})
    shown: tuple[Form, ...] = (
        forms.log_form(ActivityKind.VISIT, words, known),
        forms.customer_form("new customer", words, forms.Filled()),
        forms.contact_form("new contact", words, known),
        forms.deal_form("new deal", words, known),
        forms.task_form("task", words, known),
        forms.activity_form("edit 1", words, forms.Filled()),
        activities.correction_form(ACTIVITY, "people", words, value="Ada Bell"),
        forms.assign_form("assign 1", words, forms.Filled()),
        forms.bind_form(words, forms.Filled()),
        forms.settings_form(words, forms.Filled({"language": words.language, "zone": "Asia/Shanghai"})),
        forms.snooze_form("snooze 1", words, forms.Filled()),
        digestexamples.adjusting(words),
    )
    failed = forms.refilled(shown[4], {"title": "x", "due": "yesterday"}, {"due": "2026-03-11 is in the past."})
    cards = {f"form_{form.command.split()[0]}_{index}": form for index, form in enumerate((*shown, failed))}
    return {name: Card(summary=form.title, blocks=(form,), language=words.language) for name, form in cards.items()}
