"""Five lines to try, for who has not typed any yet."""

from dataclasses import dataclass

from adapters.web.viewer import Viewer
from commands.model import Command
from commands.registry import VERBS
from core.work import Work

_VERBS = ("visit", "360", "task", "deal", "tasks")
_RECENT = 20  # customers among which one is looked for whose name is in the reader's own script
_NAMES = ("Northwind", "远航科技")  # whom the registry's examples are about


@dataclass(frozen=True, slots=True)
class Example:
    """A line and what it does."""

    line: str
    title: str


def examples_for(work: Work, viewer: Viewer) -> list[Example]:
    """Lines in the viewer's language, about customers that are there."""
    recent = [customer.name for customer in work.customers.list_recent(viewer.actor.scope, limit=_RECENT)]
    fitting = [name for name in recent if name.isascii() == (viewer.language == "en")]
    instead = next(iter(fitting or recent), "")
    commands = filter(None, (VERBS.get(verb) for verb in _VERBS))
    return [Example(f"/{_line(work, viewer, command, instead)}", viewer.words(command.title)) for command in commands]


def _line(work: Work, viewer: Viewer, command: Command[object], instead: str) -> str:
    lines = [line for line in command.examples if line.isascii() == (viewer.language == "en")]
    line = (lines or command.examples)[0]
    for name in _NAMES:
        if name in line and instead and not work.names.exact(viewer.actor.scope, (name,)).get(name):
            return line.replace(name, f"{instead}:" if f"{name} " in line and ":" not in line else instead)
    return line
