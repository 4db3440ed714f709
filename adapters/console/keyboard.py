"""A person at the keyboard: line editing, history and completion, through prompt_toolkit."""

from collections.abc import AsyncGenerator, Iterable
from pathlib import Path
from shutil import get_terminal_size

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion, DummyCompleter
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory, InMemoryHistory

from adapters.console.outgoing import WIDTH
from adapters.console.terminal import Completing

_PROMPT = "› "
_WIDEST = 100  # columns; longer lines are hard to read


class Keyboard:
    """``Terminal`` for a person. Their lines are kept in ``history``, for their eyes alone; a form's values are not."""

    interactive = True

    def __init__(self, history: Path) -> None:
        history.parent.mkdir(parents=True, exist_ok=True)
        history.touch(mode=0o600)
        self._lines: PromptSession[str] = PromptSession(history=FileHistory(str(history)), complete_while_typing=True)
        self._fields: PromptSession[str] = PromptSession(history=InMemoryHistory(), complete_while_typing=True)

    @property
    def width(self) -> int:
        """Columns of the window, not more than can be read with ease."""
        return min(get_terminal_size((WIDTH, 24)).columns, _WIDEST)

    async def line(self, complete: Completing) -> str:
        """The next line."""
        return await self._lines.prompt_async(_PROMPT, completer=_Offers(complete))

    async def field(self, label: str, default: str = "", complete: Completing | None = None) -> str:
        """One value, with ``default`` already typed."""
        offers = _Offers(complete) if complete else DummyCompleter()
        return await self._fields.prompt_async(f"{label}: ", default=default, completer=offers)

    def show(self, text: str) -> None:
        """Prints a text."""
        print(text)  # noqa: T201 - this is what it is for


class _Offers(Completer):
    """What may stand in the place of everything typed so far."""

    def __init__(self, complete: Completing) -> None:
        self._complete = complete

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:  # noqa: ARG002 - the library's
        """Nothing: offers are waited for, not computed."""
        return ()

    async def get_completions_async(
        self,
        document: Document,
        complete_event: CompleteEvent,  # noqa: ARG002 - the library's
    ) -> AsyncGenerator[Completion, None]:
        """What the line may go on with."""
        for option in await self._complete(document.text):
            yield Completion(option.value, -len(document.text), display=option.value, display_meta=option.label)
