"""Forms that are open: kept as they were filled, each for one person, until they are sent in."""

import hashlib
import re
from collections.abc import Mapping
from datetime import timedelta

import msgspec
from msgspec.structs import replace

from adapters.dingtalk.incoming import NAME
from adapters.dingtalk.membership import words_of
from adapters.dingtalk.notices import form_card
from cards.model import Card, Form, Input
from cards.renderers.cutting import clean_line, cut
from cards.renderers.dingtalk.asking import END, TAG, name_of
from cards.renderers.dingtalk.form import VALUE_MAX
from cards.words import Words
from commands.model import Incoming, Reply
from commands.parsing import Verbs
from core.drafts import Draft
from core.work import Database, Work

_LIFE = timedelta(days=1)
_TAGGED = re.compile(rf"\\?{TAG}[ \u00a0]+([0-9a-f]{{16}})\b")
_NAME = re.compile("[0-9a-f]{16}")  # no token looks like this: they are longer
_COLON = re.compile(r"[:：]")


class OpenForm(msgspec.Struct, frozen=True):
    """A form under the name it goes by in DingTalk, and the delivery that opened it."""

    name: str
    form: Form
    origin: Incoming
    language: str


class Forms:
    """Keeps forms, finds them, and reads what was filled in."""

    def __init__(self, database: Database, verbs: Verbs) -> None:
        self._database = database
        self._verbs = verbs

    async def opened(self, incoming: Incoming, reply: Reply) -> Reply:
        """The reply with its form, wherever it stands, as a block of a card and under a name of ours.

        One that has such a name already stays the form that it is.
        """
        if reply.form is None and not any(isinstance(block, Form) for card in reply.cards for block in card.blocks):
            return reply
        words = await self._database.read(lambda work: words_of(work, incoming))
        cards = reply.cards
        if reply.form is not None:
            cards = (*cards, form_card(reply.form, self._usage(reply.form, words), words))
        found: list[OpenForm] = []
        named = tuple(_named(card, incoming, words.language, found) for card in cards)
        if found:
            await self._database.write(lambda work: _keep(work, found))
        return replace(reply, cards=named, form=None)

    async def find(self, incoming: Incoming, name: str) -> OpenForm | None:
        """The form of that name, where it is this person's and still open."""
        data = await self._database.read(lambda work: work.drafts.get(_key(incoming, name)))
        return msgspec.json.decode(data, type=OpenForm) if data else None

    async def refused(self, opened: OpenForm, fields: Mapping[str, str], errors: Mapping[str, str]) -> Card:
        """The same form with what was filled in, and what was wrong with it."""
        inputs = tuple(_refilled(one, fields, errors) for one in opened.form.inputs)
        again = msgspec.structs.replace(opened, form=replace(opened.form, inputs=inputs))
        await self._database.write(lambda work: _keep(work, [again]))
        return form_card(replace(again.form, token=again.name), "", Words(opened.language))

    async def close(self, incoming: Incoming, name: str) -> None:
        """The form was sent in."""
        await self._database.write(lambda work: work.drafts.drop(_key(incoming, name)))

    def _usage(self, form: Form, words: Words) -> str:
        command = self._verbs.read(form.command).command
        return words(command.usage) if command else ""


def tagged(text: str) -> str:
    """The name of the form that a message fills in by lines; empty for any other message."""
    found = _TAGGED.search(text)
    return found[1] if found else ""


def values_in(form: Form, text: str) -> dict[str, str]:
    """What the lines of a message say of a form's inputs; a line that names none goes on with the one above it."""
    names = {_plain(name_of(one)): one.name for one in form.inputs}
    values: dict[str, str] = {}
    last = ""
    for line in text[text.find(TAG) :].partition(END)[0].splitlines():
        name, *value = _COLON.split(line, maxsplit=1)
        known = names.get(_plain(name), "") if value else ""
        if known:
            values[known], last = value[0].strip(), known
        elif last and line.strip() and TAG not in line:
            values[last] = f"{values[last]}\n{line.strip()}".strip()
    return values


def _plain(name: str) -> str:
    """A name as it is compared: markdown that was copied with it is left out."""
    return clean_line(name.replace("\\", "")).rstrip("*").strip().casefold()


def sent_fields(form: Form, values: Mapping[str, str]) -> dict[str, str]:
    """Values as a command takes them: what stands unchanged is what it was, and the label of a choice its value."""
    return {one.name: _meant(one, values[one.name]) for one in form.inputs if one.name in values}


def _meant(one: Input, value: str) -> str:
    if one.value and clean_line(value) == clean_line(cut(one.shown, VALUE_MAX)):
        return one.value
    chosen = (
        choice.value for choice in one.options if clean_line(choice.label).casefold() == clean_line(value).casefold()
    )
    return value if value in {choice.value for choice in one.options} else next(chosen, value)


def _refilled(one: Input, fields: Mapping[str, str], errors: Mapping[str, str]) -> Input:
    value = fields.get(one.name, "")
    return replace(
        one, value=value, value_label=one.value_label if value == one.value else "", error=errors.get(one.name, "")
    )


def _named(card: Card, incoming: Incoming, language: str, found: list[OpenForm]) -> Card:
    blocks = list(card.blocks)
    for index, block in enumerate(blocks):
        if isinstance(block, Form) and not _NAME.fullmatch(block.token):
            name = hashlib.sha256(f"{incoming.key} {len(found)} {block.command}".encode()).hexdigest()[:16]
            found.append(OpenForm(name, block, incoming, language))
            blocks[index] = replace(block, token=name)
    return replace(card, blocks=tuple(blocks))


def _key(incoming: Incoming, name: str) -> str:
    return f"form:{NAME}:{incoming.tenant}:{incoming.user}:{name}"


def _keep(work: Work, found: list[OpenForm]) -> None:
    for opened in found:
        data = msgspec.json.encode(opened).decode()
        work.drafts.put(Draft(_key(opened.origin, opened.name), data, work.now + _LIFE))
