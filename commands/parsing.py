"""From a typed line to a verb and its words."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from commands.model import Command
from core.patterns import late
from core.text import clean_text

# Said before a line by a button: do it again although it was just done; add the unknown customer it names first.
AGAIN = "again"
ADDING = "adding"
_LONGEST_VERB = 3  # words
_MOST_ADDED = "new customer"
_COLON = late("[:：]")


@dataclass(frozen=True, slots=True)
class Line:
    """A typed line: the command it names (None for a bare look-up), the text behind the verb, and what a button
    adds: to do it again, with a form's ``fields``, or after adding the customer that it misses. ``taken`` tells that no
    verb was said, and the command took the line as it is.
    """

    command: "Command[object] | None"
    text: str
    again: bool = False
    adding: bool = False
    fields: Mapping[str, str] = field(default_factory=dict)
    taken: bool = False


class Verbs:
    """Every way each command can be said."""

    def __init__(self, commands: Iterable[Command[object]]) -> None:
        self.commands = tuple(commands)
        self._by_name = {name: command for command in self.commands for name in command.names}
        # Chinese is typed without blanks: 拜访华为. The longest verb wins; one character alone is no verb.
        glued = (name for name in self._by_name if not name.isascii() and len(name) > 1)
        self._glued = sorted(glued, key=len, reverse=True)

    def get(self, name: str) -> "Command[object] | None":
        """The command that is said ``name``."""
        return self._by_name.get(name.casefold())

    def read(self, typed: str) -> Line:
        """Reads a line, with or without its slash. What names no verb is a look-up of the whole line."""
        text = self._without_product(clean_text(typed))
        again = adding = False
        while (word := text.partition(" ")[0]) in {AGAIN, ADDING}:
            again, adding = again or word == AGAIN, adding or word == ADDING
            text = text.partition(" ")[2].strip()
        fields, text = _split_form(text) if again else ({}, text)
        command, rest = self._split(text)
        if (meant := self._phrase(text)) is not None and meant is not command:
            command, rest = meant, text
        taker = self._taker(text) if command is None else None
        return Line(command or taker, rest, again, adding, fields, taken=taker is not None)

    def _taker(self, text: str) -> "Command[object] | None":
        """The command that takes a line without a verb; a slip in a verb is mended rather."""

        def slipped() -> bool:
            return bool(self._like(text.partition(" ")[0].casefold()))

        return next((each for each in self.commands if each.takes and each.takes(text, slipped)), None)

    def _phrase(self, text: str) -> "Command[object] | None":
        """What a whole line means that is no verb: 逾期任务 is the list, and ``task overdue`` no task of that title."""
        if text.casefold() in self._by_name:
            return None
        return next((command for command in self.commands if command.phrase(text)), None)

    def _without_product(self, text: str) -> str:
        """A line without its slash and without ``/crm``, which some type in a direct chat, too."""
        first, _, rest = text.partition(" ")
        if first.casefold() == "/crm" or (first.casefold() == "crm" and self._split(rest)[0] is not None):
            return rest.strip()
        return text.removeprefix("/").strip()

    def _split(self, text: str) -> "tuple[Command[object] | None, str]":
        words = text.split(None, _LONGEST_VERB)
        for count in range(min(len(words), _LONGEST_VERB), 0, -1):
            # `visit: the note` in a bound conversation: the colon belongs to the verb.
            name, *glued = _COLON.split(" ".join(words[:count]), maxsplit=1)
            if command := self._by_name.get(name.casefold()):
                return command, " ".join((*glued, _behind(text, count))).strip()
        lowered = text.casefold()
        for name in self._glued:
            if lowered.startswith(name):
                return self._by_name[name], text[len(name) :].strip().lstrip(":：").strip()
        return None, text

    def nearest(self, text: str) -> str:
        """The line with its first word mended to the verb it comes nearest to; empty when it comes near none."""
        first, _, rest = text.partition(" ")
        name = self._beginning_with(first.casefold()) or self._like(first.casefold())
        return f"{name} {rest}".strip() if name else ""

    def _beginning_with(self, first: str) -> str:
        """A verb of which only the beginning was typed: ``new`` begins several, and mostly a customer is meant."""
        begins = f"{first} " if first.isascii() else first
        begun = [name for name in self._by_name if len(first) > 1 and name.startswith(begins)]
        return min(begun, key=lambda name: _MOST_ADDED not in self._by_name[name].names, default="")

    def _like(self, first: str) -> str:
        """The verb that nearly is the word: fingers slip in the middle, or change letters, so ``how`` is no show."""
        alike = (name for name in self._by_name if len(name) > 2 and _may_be(first, name))
        near = get_close_matches(first, alike, n=1, cutoff=0.7)
        return near[0] if near else ""


def with_form(fields: Mapping[str, str], line: str) -> str:
    """A line that is done again with a form's fields, as one line."""
    return f"{AGAIN} {json.dumps(fields, ensure_ascii=False)} {line}" if fields else f"{AGAIN} {line}"


def _split_form(text: str) -> tuple[dict[str, str], str]:
    """The fields that ``with_form`` put before a line, and the line."""
    try:
        said, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):  # no form's fields: somebody typed it, nested without end
        return {}, text
    if not isinstance(said, dict):
        return {}, text
    return {clean_text(name): clean_text(str(value)) for name, value in said.items()}, text[end:].strip()


def _may_be(typed: str, name: str) -> bool:
    return typed[:1] == name[0] or sorted(typed) == sorted(name)


def _behind(text: str, words: int) -> str:
    parts = text.split(None, words)
    return parts[words] if len(parts) > words else ""
