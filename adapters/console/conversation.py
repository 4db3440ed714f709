"""A conversation at a terminal: lines go in, cards come out, numbers press buttons, forms are asked field by field."""

from adapters.console.adapter import ConsoleAdapter
from adapters.console.choices import Choice, Numbering
from adapters.console.filling import fill
from adapters.console.outgoing import as_json, as_text
from adapters.console.terminal import Terminal
from cards.model import Card, Form
from cards.words import Words
from commands.model import Reply

_LEAVING = {"exit", "quit", "/exit", "/quit", "退出"}
_YES = {"y", "yes", "是", "好", "确定"}


class Conversation:
    """One sitting. With ``json`` every answer is one line of JSON instead of text."""

    def __init__(self, console: ConsoleAdapter, terminal: Terminal, *, json: bool = False) -> None:
        self._console = console
        self._terminal = terminal
        self._json = json
        self._numbering = Numbering()

    async def run(self) -> None:
        """Talks until the lines end."""
        if self._terminal.interactive:
            await self._greet()
        while True:
            try:
                line = await self._terminal.line(self._console.complete)
            except EOFError:
                return
            except KeyboardInterrupt:
                continue  # the line is dropped, as in a shell
            if self._terminal.interactive and line.strip().casefold() in _LEAVING:
                return
            if line.strip():
                await self.take(line)

    async def take(self, line: str) -> bool:
        """Answers one line: a number that stands at a button, or a command. Returns whether it could be done."""
        choice = self._numbering.chosen(line)
        if choice is None:
            return await self._show(await self._console.say(line))
        return await self._is_sure(choice) and await self._show(await self._console.press(choice.token))

    async def _greet(self) -> None:
        words = await self._console.words()
        name = (await self._console.membership()).member.name
        self._terminal.show(words("You are {name}. Type a customer's name, or help; Ctrl-D ends.", name=name))

    async def _is_sure(self, choice: Choice) -> bool:
        if not (choice.confirm and self._terminal.interactive):
            return True
        words = await self._console.words()
        try:
            answer = await self._terminal.field(f"{choice.confirm} {words('(yes/no)')}")
        except (EOFError, KeyboardInterrupt):
            return False
        return answer.strip().casefold() in _YES

    async def _show(self, reply: Reply) -> bool:
        if self._json:
            self._numbering = Numbering()
            for card in reply.cards:
                self._numbering.card(card)  # numbers mean the same however an answer is shown
            self._terminal.show(as_json(reply))
            return reply.ok
        if reply.cards or reply.errors:
            self._numbering = Numbering()
            self._terminal.show(f"\n{as_text(reply, self._numbering, self._terminal.width)}\n")
        if reply.form is not None:
            return await self._open(reply.form)
        return reply.ok

    async def _open(self, form: Form) -> bool:
        words = await self._console.words()
        if not self._terminal.interactive:
            self._terminal.show(as_text(_shown(form, words), self._numbering, self._terminal.width))
            return True
        answer = await fill(form, self._console, self._terminal, words)
        return answer is not None and await self._show(answer)


def _shown(form: Form, words: Words) -> Reply:
    """A form as a card, for whoever cannot be asked: the one line to type instead."""
    return Reply(cards=(Card(summary=form.title, blocks=(form,), language=words.language),))
