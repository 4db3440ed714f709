"""The terminal as a chat: lines, numbers for buttons, forms field by field, and JSON for scripts."""

import asyncio
import json
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from adapters.console.adapter import ConsoleAdapter
from adapters.console.config import ConsoleConfig
from adapters.console.conversation import Conversation
from adapters.console.incoming import typed
from adapters.console.terminal import Completing
from bots.clock import SystemClock
from bots.compose import build_road
from bots.settings import Secret, Settings
from core.actor import Role
from core.customers.service import add_customer
from core.errors import NotFoundError
from core.ids import WorkspaceId
from core.members.service import add_member, create_workspace
from core.work import Work
from storage.database import open_database


@dataclass
class ScriptedTerminal:
    """Types what it was given, remembers what it was shown, and breaks off where it is told to."""

    lines: list[str] = field(default_factory=list)
    fields: list[str | None] = field(default_factory=list)
    interactive: bool = True
    width: int = 80
    shown: list[str] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)

    async def line(self, complete: Completing) -> str:
        if not self.lines:
            raise EOFError
        return self.lines.pop(0)

    async def field(self, label: str, default: str = "", complete: Completing | None = None) -> str:
        self.asked.append((label, default))
        answer = self.fields.pop(0)
        if answer is None:
            raise KeyboardInterrupt
        return answer or default  # Enter alone

    def show(self, text: str) -> None:
        self.shown.append(text)

    @property
    def text(self) -> str:
        return "\n".join(self.shown)


def _settle(work: Work) -> WorkspaceId:
    workspace = create_workspace(work, "Sample", language="en", zone="Asia/Shanghai")
    first = add_member(work, workspace.id, handle="demo", name="Demo", role=Role.ADMIN)
    add_member(work, workspace.id, handle="mei", name="陈梅", role=Role.REP, language="zh")
    actor = work.members.membership(workspace.id, first.id)
    assert actor is not None
    for name in ("Acme Instruments", "Larkspur Textiles", "Larkspur Dyeworks"):
        add_customer(work, actor.actor(platform="console"), name=name)
    return workspace.id


Sitting = Callable[..., ScriptedTerminal]


@pytest.fixture
def sit(sqlite_url: str, tmp_path: Path) -> Sitting:
    """Sits somebody down at a terminal and lets them talk; returns the terminal."""
    settings = Settings(database_url=sqlite_url, secret_key=Secret("a secret of the tests"))

    async def talk(terminal: ScriptedTerminal, member: str, **options: Any) -> ScriptedTerminal:
        database = open_database(sqlite_url, SystemClock())
        try:
            console = ConsoleAdapter(ConsoleConfig(member=member, history=tmp_path / "history"), database)
            build_road(settings, database, [console])
            found = await database.read(lambda work: work.members.first_workspaces())
            await console.sit_down(found[0].id if found else await database.write(_settle))
            await Conversation(console, terminal, **options).run()
        finally:
            await database.close()
        return terminal

    def run(*lines: str, member: str = "", fields: tuple[str | None, ...] = (), **options: Any) -> ScriptedTerminal:
        terminal = ScriptedTerminal(list(lines), list(fields), interactive=options.pop("interactive", True))
        return _run(talk(terminal, member, **options))

    return run


def _run(coroutine: Coroutine[Any, Any, ScriptedTerminal]) -> ScriptedTerminal:
    return asyncio.run(coroutine)


@pytest.mark.parametrize(("line", "text"), [("/crm visit Acme", "visit Acme"), ("/CRM", ""), ("tasks ", "tasks")])
def test_slash_may_stand_before_a_line(line: str, text: str) -> None:
    """A line reads the same with and without the command's own slash."""
    incoming = typed(line, member_id="m", delivery="d")
    assert incoming.text == text
    assert incoming.direct


def test_visit_is_logged_and_taken_back_by_number(sit: Sitting) -> None:
    """What a line did is shown with numbered buttons, and the number of Undo takes it back."""
    logged = sit("visit Acme: wants a demo").text
    number = next(line for line in logged.splitlines() if "Undo]" in line).partition("#")[2].partition(" ")[0]
    undone = sit("visit Acme: wants another demo", number)
    assert "Visit logged" in undone.text
    assert "Undone" in undone.text


def test_number_without_a_button_is_looked_up(sit: Sitting) -> None:
    """Where there is no such button a number is what it looks like: a text to look up."""
    assert "4417" in sit("4417").text


def test_name_that_fits_two_is_chosen_by_number(sit: Sitting) -> None:
    """An ambiguous name gives a choice, and choosing completes the line."""
    terminal = sit("visit Larkspur: talked about price", "#2")
    assert "Which" in terminal.text
    assert "Visit logged" in terminal.text


def test_form_is_asked_field_by_field(sit: Sitting) -> None:
    """A bare verb opens its form; what it needs is asked again, and its answer is shown."""
    terminal = sit("new customer", fields=("", "Bluefinch", "", "", "", "", "2", "", "", "", ""))
    assert "Name is needed." in terminal.text
    assert "Customer added" in terminal.text
    assert "Prospect" in terminal.text


def test_only_what_was_wrong_is_asked_again(sit: Sitting) -> None:
    """A value that cannot be used is asked for once more, with what was typed in it; the rest is kept."""
    terminal = sit("new contact Acme", fields=("", "Ada Bell", "Buyer", "", "nonsense", "", "", "ada@acme.example"))
    labels = [label for label, _ in terminal.asked]
    assert labels.count("E-mail") == 2
    assert terminal.asked[-1] == ("E-mail", "nonsense")
    assert "Contact added" in terminal.text


def test_form_can_be_left(sit: Sitting) -> None:
    """Breaking off writes nothing, and the conversation goes on."""
    terminal = sit("new customer", "tasks", fields=(None,))
    assert "Nothing was written" in terminal.text
    assert "tasks" in terminal.shown[-1].casefold()


def test_pipe_is_shown_the_line_to_type(sit: Sitting) -> None:
    """Where nobody can be asked back, a form is the one line that does without it."""
    terminal = sit("new customer", interactive=False)
    assert "type this as one line" in terminal.text
    assert not terminal.asked


def test_member_reads_their_language(sit: Sitting) -> None:
    """Who sits there is chosen by handle, and answered in their language."""
    sit()
    terminal = sit("tasks", member="@mei")
    assert "你是陈梅" in terminal.text


def test_unknown_member_cannot_sit_down(sit: Sitting) -> None:
    """A handle of nobody's is refused."""
    with pytest.raises(NotFoundError):
        sit("tasks", member="nobody")


def test_json_is_the_neutral_answer(sit: Sitting) -> None:
    """Each answer is one line: ok, cards, receipt and error, and a number still presses."""
    done, missing = map(
        json.loads, sit("visit Acme: hello", "visit Nobody Ltd: hi", json=True, interactive=False).shown
    )
    assert done["ok"] is True
    assert done["error"] is None
    assert len(done["receipt"]) == 13
    assert done["cards"][0]["blocks"][0]["type"] == "heading"
    assert missing["ok"] is False
    assert missing["error"]
    assert missing["receipt"] is None


def test_words_to_leave_end_a_sitting(sit: Sitting) -> None:
    """A person may say goodbye; what follows is not read."""
    assert "Visit logged" not in sit("exit", "visit Acme: hello").text
