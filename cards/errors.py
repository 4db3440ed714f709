"""What is said when something cannot be done: what was wrong, and what to type instead."""

from datetime import datetime

from cards.labels import choice_label, field
from cards.model import Actions, Block, Button, Card, Context, Heading, Text, Tone
from cards.typed import NOTHING, Typed
from cards.ways_out import short, ways_out
from cards.words import Words, mark
from core.actor import Role
from core.customers.model import Lifecycle
from core.errors import (
    AmbiguousError,
    ConflictError,
    CrmError,
    DuplicateError,
    InvalidInputError,
    NotAllowedError,
    NotFoundError,
)
from core.events.model import Kind
from core.ids import looks_like_id

_INVALID = {
    "missing": mark("{field} is missing."),
    "too_long": mark("{field} is too long: at most {limit} characters."),
    "unknown_choice": mark("“{value}” is not a choice for {field}."),
    "unknown_zone": mark("“{value}” is not a time zone I know. Try a city, such as Shanghai or New York."),
    "unknown_lead": mark("I could not read “{value}” as a reminder. Try “30 min”, “1h”, “1 day” or “off”."),
    "unknown_hours": mark("I could not read “{value}” as working hours. Try “9:00-18:00 Mon-Fri”."),
    "unknown_date": mark("I could not read “{value}” as a date. Try “tomorrow 3pm”, “next Tue” or “2 Dec”."),
    "unknown_quiet": mark("I could not read “{value}” as hours. Try “20:00-8:00”, or “none”."),
    "unknown_time": mark("I could not read “{value}” as a clock time. Try “9:00”, “8:30pm” or “9点半”."),
    "unknown_amount": mark("I could not read “{value}” as an amount. Try “30万”, “$1.2M” or “12,500 EUR”."),
    "unknown_field": mark("“{value}” is not a field I know."),
    "not_a_number": mark("“{value}” is not a number."),
    "not_an_email": mark("“{value}” is not an e-mail address."),
    "several_emails": mark("“{value}” is more than one e-mail address. Keep one here."),
    "not_a_phone": mark("“{value}” is not a phone number."),
    "phone_cut_short": mark("“{value}” is a phone number whose last digits a spreadsheet has thrown away."),
    "not_a_web_address": mark("“{value}” is not a web address."),
    "unknown_currency": mark("“{value}” is not a currency I know. Try CNY, USD or EUR."),
    "unknown_column": mark("There is no column “{value}”."),
    "too_many": mark("{field} is a list of {limit} at most."),
    "too_many_cells": mark("The row has more cells than the sheet has columns ({limit})."),
    "not_a_handle": mark("“{value}” cannot be a handle: letters, digits, dots and dashes only."),
    "in_past": mark("{value} is in the past. Say a day that is still to come."),
    "in_future": mark("{value} is still to come. Log what has happened; plan with “task”."),
    "out_of_range": mark("“{value}” is out of range for {field}."),
    "bad_code": mark("This code is wrong, used or older than 15 minutes. Ask for a new one with “link”."),
    "no_such_file": mark("There is no file “{value}”."),
    "no_such_folder": mark("There is no folder “{value}”."),
    "unknown_file_type": mark("“{value}” is none of .csv, .tsv and .xlsx."),
    "empty_file": mark("The file is empty."),
    "unknown_encoding": mark(
        "Line {value} is neither UTF-8 nor GB18030 (byte {limit} of the file). Save the file as UTF-8."
    ),
    "nul_in_file": mark("Line {value} holds NUL bytes, which no text has."),
    "line_too_long": mark("Line {value} is longer than {limit} characters. Is this a table?"),
    "cell_too_long": mark("A cell on line {value} is longer than {limit} characters."),
    "quote_never_closed": mark("The quotation mark that opens a cell on line {value} is never closed."),
    "damaged_workbook": mark(
        "“{value}” cannot be read as a workbook. Open it in a spreadsheet and save it again as .xlsx."
    ),
    "workbook_too_large": mark("“{value}” unpacks to more than {limit} bytes."),
    "too_many_rows": mark("“{value}” has more than {limit} rows."),
    "unknown_customer": mark("There is no customer “{value}”. Add it first, or let the import add it."),
    "unknown_contact": mark("The customer has no contact “{value}”. Add it first, or let the import add it."),
    "unknown_deal": mark("The customer has no deal “{value}”. Import the deals first."),
    "unknown_member": mark("Nobody who works here is called “{value}”. Write a handle, an e-mail address or a name."),
    "several_customers": mark("Several customers are called “{value}”. Write an external id instead."),
    "several_contacts": mark("The customer has several contacts called “{value}”. Write an external id instead."),
    "several_deals": mark("The customer has several deals called “{value}”. Write an external id instead."),
    "several_members": mark("Several people here are called “{value}”. Write a handle or an e-mail address."),
    "several": mark("Several fit: {value}. Pick one of them."),
}
_WITH_CHOICES = {
    "unknown_choice": mark("“{value}” is not a choice for {field}. Choose one of: {choices}."),
    "unknown_field": mark("“{value}” is not a field here. There are: {choices}."),
}
_CONFLICTS = {
    "same_customer": mark("These are one customer: {about}."),
    "task_already_done": mark("“{about}” was done already."),
    "already_undone": mark("This was undone already."),
    "too_late_to_undo": mark("This can be undone for 10 minutes only. Edit the record instead."),
    "nothing_to_undo": mark("There is nothing of yours from the last 10 minutes to undo."),
    "changed_since": mark("“{about}” was changed since. Undo the later change first, or edit the record."),
    "changed_meanwhile": mark("“{about}” was changed while you were away. Look at what changed, and decide."),
    "digest_changed_since": mark("The digest was changed again since. Look at it with “digest”."),
    "no_digest": mark("No digest is set up here. Type “digest daily 9:00”."),
    "binding_changed_since": mark("This conversation was bound anew since. Bind or unbind it by hand."),
    "cannot_undo": mark("This cannot be undone. Change it back instead."),
    "not_bound": mark("This conversation is not bound to a customer."),
    "assignee_may_not_see": mark(
        "{about} may not see this customer, so the task would be hidden. Hand the customer over, or leave its name out."
    ),
    "button_expired": mark("This button has expired. Ask again to get a fresh one."),
    "button_not_yours": mark("This button is not yours to press. Ask for the card yourself."),
    "handle_taken": mark("The handle @{about} is taken."),
    "last_admin": mark("@{about} is the only administrator. Make somebody else one first."),
    "email_taken": mark("{about} belongs to another member."),
    "no_open_deal": mark("{about} has no open deal."),
    "not_followed": mark("You do not follow this."),
    "no_open_deals": mark("You have no open deals."),
    "import_running": mark("Another import of this file is under way."),
    "only_shared_in_rooms": mark("Only you read along here. Share it in a conversation with others."),
    "not_for_everyone_here": mark("Somebody here may not see this customer, so it is not shared."),
}
_NOT_FOUND = {
    "customer": mark("No customer “{asked}”."),
    "contact": mark("No contact “{asked}”."),
    "task": mark("No open task “{asked}”."),
    "deal": mark("No deal “{asked}”."),
    "activity": mark("No activity “{asked}”."),
    "member": mark("No member “{asked}”."),
    "rule": mark("This is there no more. “following” shows what you follow."),
    "digest": mark("There is no such digest here. “digest” shows what is set up."),
    "receipt": mark("There is nothing of that name to undo. “undo” alone takes back what you did last."),
    "command": mark("No command “{asked}”."),
}
_ROLES = {
    Role.ADMIN: mark("an administrator"),
    Role.MANAGER: mark("a manager"),
    Role.REP: mark("a rep"),
    Role.VIEWER: mark("a member"),
}


def key(failure: CrmError) -> str:
    """The reason as a word for machines."""
    match failure:
        case NotFoundError():
            return f"{failure.kind}_not_found"
        case InvalidInputError() | ConflictError():
            return failure.reason
        case AmbiguousError():
            return "ambiguous"
        case DuplicateError():
            return "duplicate"
        case _:
            return "not_allowed"


def explain(failure: CrmError, words: Words) -> str:  # noqa: PLR0911 - one answer for each family of failures
    """What was wrong, in a sentence."""
    match failure:
        case NotFoundError() if looks_like_id(failure.asked):
            return words("This is not there any more.")
        case NotFoundError(kind="task", asked=""):
            return words("You have no open tasks.")
        case NotFoundError():
            return words(_NOT_FOUND[failure.kind], asked=short(failure.asked))
        case InvalidInputError():
            return _invalid(failure, words)
        case ConflictError():
            return words(_CONFLICTS[failure.reason], about=short(failure.about))
        case DuplicateError() if failure.owner:
            return words("{name} exists already: owned by {owner}.", name=failure.name, owner=failure.owner)
        case DuplicateError():
            return words("{name} is there already.", name=failure.name)
        case AmbiguousError():
            names = ", ".join(name for _, name, _ in failure.choices)
            return words(_INVALID["several"], value=names)
        case NotAllowedError():
            return words("Only {role} may do this.", role=words(_ROLES[Role(failure.needs)]))
    return words("This cannot be done.")


def _invalid(failure: InvalidInputError, words: Words) -> str:
    choices = (_choice(failure, choice, words) for choice in failure.choices)
    return words(
        _WITH_CHOICES[failure.reason] if failure.choices else _INVALID[failure.reason],
        field=field(failure.field, words),
        value=_value(failure, words),
        limit=words.number(failure.limit),
        choices=words(", ").join(choices),
    )


def _choice(failure: InvalidInputError, choice: str, words: Words) -> str:
    """How a choice is called: a field by its label, a field's value by its own."""
    if failure.reason == "unknown_field":
        return field(choice, words)
    kind = Kind.CUSTOMER if Lifecycle.PROSPECT in failure.choices else None
    return words(choice_label(failure.field, choice, kind))


def _value(failure: InvalidInputError, words: Words) -> str:
    """What was typed, or the day and time it was read as."""
    if failure.reason not in {"in_past", "in_future"}:
        return short(failure.value)
    try:
        said = datetime.fromisoformat(failure.value)
    except ValueError:  # a cell of a sheet, as it stands there
        return short(failure.value)
    day = words.full_date(said.date())
    return words("{day} {time}", day=day, time=f"{said:%H:%M}") if "T" in failure.value else day


def failed(
    failure: CrmError,
    words: Words,
    typed: Typed = NOTHING,
    *,
    mended: str = "",
    usage: str = "",
    may_write: bool = True,
) -> Card:
    """An expected failure, for what was ``typed``; ``mended`` is the line with its verb spelt right.

    ``usage`` is the command's, a message of the catalogue; who may not write is not offered to.
    """
    said = explain(failure, words)
    blocks: list[Block] = [Text(text=said, tone=Tone.WARNING)]
    if usage and isinstance(failure, InvalidInputError) and failure.reason == "missing":
        blocks.append(Text(text=words("Type: {usage}", usage=words(usage))))
    buttons = ways_out(failure, words, typed, mended, may_write=may_write)
    if buttons:
        blocks.append(Actions(elements=tuple(buttons)))
    return Card(summary=said, blocks=tuple(blocks), tone=Tone.WARNING, language=words.language)


def crashed(words: Words, delivery: str) -> Card:
    """A fault of ours. ``delivery`` is what to quote to an administrator; it says nothing of the content."""
    said = words("Something went wrong on our side. Nothing was changed.")
    return Card(
        summary=said,
        blocks=(Text(text=said, tone=Tone.BAD), Context(text=words("Reference {delivery}", delivery=delivery))),
        tone=Tone.BAD,
        language=words.language,
    )


def stranger(words: Words) -> Card:
    """To somebody whom Kith does not know."""
    title = words("We have not met yet")
    how = words(
        "Type “link” in a chat where Kith knows you, or ask an administrator for a code. Then type here: link CODE"
    )
    return Card(
        summary=title,
        blocks=(Heading(text=title), Text(text=how)),
        tone=Tone.WARNING,
        language=words.language,
    )


def already_done(words: Words, *, seconds: int, again: str, receipt_id: str) -> Card:
    """The same words twice in a row: it was done once."""
    said = words.many("Already done {count} second ago.", "Already done {count} seconds ago.", seconds)
    buttons = (
        Button(label=words("Do it again"), command=again),
        Button(label=words("Undo"), command=f"undo {receipt_id}"),
    )
    return Card(summary=said, blocks=(Text(text=said), Actions(elements=buttons)), language=words.language)
