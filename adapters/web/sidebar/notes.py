"""What the page says to an act: done, not done and why, or changed by somebody else meanwhile and now to be decided."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from adapters.web.sidebar.access import Looker
from adapters.web.sidebar.acts import Act
from cards import labels
from cards.model import Actions, Block, Button, Context, Facts, Heading, Text, Tone
from cards.reader import Reader
from cards.words import Words, mark
from commands.model import Reply
from core.events.model import Kind
from core.tasks.model import Task
from core.tasks.settling import Meanwhile, Wish, changed_since, read_version, version_of, wanted_values
from core.work import Work

CONFLICT = "changed_meanwhile"
_UNDO = "undo "
# A day that follows from an instant is not decided apart from it.
_FOLLOWS = {"due_on": "due_at"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """``state`` is done, refused or conflict; ``undo`` the receipt to undo by, where there is one."""

    state: str
    tone: str
    title: str
    lines: tuple[str, ...] = ()
    undo: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldView:
    """A field that was changed: as it was, as it is and by whom, and as is wanted (empty: nothing is wanted of it)."""

    name: str
    label: str
    before: str
    theirs: str
    by: str
    mine: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A task that others changed. ``seen`` is the state that is shown here and decided on."""

    task: str
    title: str
    fields: tuple[FieldView, ...]
    seen: str
    until: str
    customer: str


def note_of(reply: Reply, words: Words) -> Note:
    """A reply as a note: its heading, what was changed, and the way back."""
    if not reply.cards:
        said = tuple(reply.errors.values())
        if said:
            return Note(state="refused", tone=Tone.WARNING, title=said[0], lines=said[1:])
        # An empty answer is the one to a delivery that had come before.
        return Note(state="done", tone=Tone.GOOD, title=words("Kith has this already."))
    card = reply.cards[0]
    told = [line for block in card.blocks for line in _lines(block, words)]
    return Note(
        state="done" if reply.ok else "refused",
        tone=card.tone,
        title=card.summary,
        lines=tuple(line for line in told if line != card.summary),
        undo=next(_undos(card.blocks), "") if reply.ok else "",
    )


def _lines(block: Block, words: Words) -> Iterator[str]:
    match block:
        case Facts():
            yield from (words("{label}: {value}", label=fact.label, value=fact.value) for fact in block.facts)
        case Text() | Context():
            yield block.text
        case Heading():
            pass  # the summary says it
        case _:
            pass  # buttons that only a chat has


def _undos(blocks: tuple[Block, ...]) -> Iterator[str]:
    elements = (element for block in blocks if isinstance(block, Actions) for element in block.elements)
    commands = (element.command for element in elements if isinstance(element, Button))
    return (command.removeprefix(_UNDO) for command in commands if command.startswith(_UNDO))


def conflict_of(work: Work, looker: Looker, act: Act) -> Conflict | None:
    """What to decide about the act's task; None when it is not there any more, or was put back meanwhile."""
    task = work.tasks.by_id(looker.actor.scope, act.task)
    if task is None:
        return None
    meanwhile = changed_since(work, looker.actor, task, read_version(act.fields["seen"]))
    wish = _wish(looker, act)
    wanted = {} if task.done_at else wanted_values(work, looker.actor, task, wish)
    names = work.members.names(looker.workspace.id)
    return Conflict(
        task=task.id,
        title=task.title,
        fields=tuple(_fields(task, meanwhile, wanted, looker.reader(work), names)),
        seen=version_of(task),
        until="" if wish.done else act.fields.get("until", ""),
        customer=act.customer,
    )


def _wish(looker: Looker, act: Act) -> Wish:
    until = act.fields.get("until", "")
    if not until:
        return Wish(done=True)
    return Wish(until=datetime.fromisoformat(until).replace(tzinfo=looker.words.zone))


def _fields(
    task: Task, meanwhile: tuple[Meanwhile, ...], wanted: Mapping[str, Any], reader: Reader, names: Mapping[str, str]
) -> Iterator[FieldView]:
    theirs = {each.field: each for each in meanwhile}
    for name in dict.fromkeys((*theirs, *wanted)):
        if _FOLLOWS.get(name, "") in (*theirs, *wanted):
            continue
        changed = theirs.get(name)
        now = changed.new if changed else _now(task, name)
        yield FieldView(
            name=name,
            label=labels.field(name, reader.words, Kind.TASK),
            before=_said(name, changed.old, reader, names) if changed else "",
            theirs=_said(name, now, reader, names),
            by=names.get(changed.by or "", "") if changed else "",
            mine=_said(name, wanted[name], reader, names) if name in wanted else "",
        )


def _now(task: Task, name: str) -> Any:
    value = getattr(task, name)
    return value.isoformat() if hasattr(value, "isoformat") else value


def _said(name: str, raw: Any, reader: Reader, names: Mapping[str, str]) -> str:
    if name == "done_at":
        return reader.words(mark("done") if raw else mark("open"))
    return labels.value(name, raw, reader, names, Kind.TASK)
