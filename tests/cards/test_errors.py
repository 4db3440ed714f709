"""Every expected failure that is raised anywhere is explained in both languages, with a way out where there is one."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from cards.errors import explain, failed, key
from cards.model import Actions, Button, Card
from cards.typed import Typed
from cards.words import Words
from core import errors
from core.actor import Role
from core.errors import (
    AmbiguousError,
    ConflictError,
    CrmError,
    DuplicateError,
    InvalidInputError,
    NotAllowedError,
    NotFoundError,
)

ROOT = Path(__file__).parents[2]
RAISED_IN = ("core", "commands", "adapters", "bots")
EN, ZH = Words("en"), Words("zh_Hans")


def raised() -> Iterator[CrmError]:
    """Each expected failure as it is raised in the program, by what stands in its call as a literal."""
    for path in (path for folder in RAISED_IN for path in (ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            name = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
            if name not in {"InvalidInputError", "ConflictError", "NotFoundError"}:
                continue
            literals = [one.value for one in node.args if isinstance(one, ast.Constant)]  # type: ignore[attr-defined]
            if len(literals) == len(node.args):  # type: ignore[attr-defined]
                yield getattr(errors, name)(*literals)


RAISED = sorted({(type(failure).__name__, key(failure)): failure for failure in raised()}.items())


def pressed(card: Card) -> list[tuple[str, str]]:
    found = [element for block in card.blocks if isinstance(block, Actions) for element in block.elements]
    return [(button.label, button.command) for button in found if isinstance(button, Button)]


def test_failures_were_found() -> None:
    """The walk over the program sees what it should."""
    assert len(RAISED) > 25
    assert ("ConflictError", "already_undone") in dict(RAISED)


@pytest.mark.parametrize(
    "failure", [failure for _, failure in RAISED], ids=[f"{name}-{why}" for (name, why), _ in RAISED]
)
def test_every_failure_is_explained(failure: CrmError) -> None:
    """A sentence in each language, without a placeholder, that is not the same in both."""
    english, chinese = explain(failure, EN), explain(failure, ZH)
    assert english != chinese
    assert not {"{", "}"} & set(english + chinese)
    assert english.endswith((".", "?"))
    assert failed(failure, ZH).language == "zh_Hans"


@pytest.mark.parametrize("role", list(Role))
def test_roles_are_named(role: Role) -> None:
    """What a role does not allow says which would."""
    assert explain(NotAllowedError("x", needs=role), EN).startswith("Only a")
    assert explain(NotAllowedError("x", needs=role), ZH) != explain(NotAllowedError("x", needs=role), EN)


def test_long_text_is_told_by_its_beginning() -> None:
    """What was typed is quoted in part, however long it was."""
    said = explain(NotFoundError("customer", "x" * 5_000), EN)
    assert len(said) < 100
    assert "…" in said


@pytest.mark.parametrize(
    ("failure", "reason"),
    [
        (NotFoundError("task", "x"), "task_not_found"),
        (InvalidInputError("due", "in_past", value="2026-03-01"), "in_past"),
        (ConflictError("already_undone"), "already_undone"),
        (AmbiguousError("customer", "x"), "ambiguous"),
        (DuplicateError("customer", "1", "Acme"), "duplicate"),
        (NotAllowedError("x", needs="rep"), "not_allowed"),
    ],
)
def test_reason_for_machines(failure: CrmError, reason: str) -> None:
    """Each failure has a word for machines that no language changes."""
    assert key(failure) == reason


MISSING = NotFoundError("customer", "nortwind", similar=("Northwind",), similar_ids=("0fq2m7x4k9c01",))


@pytest.mark.parametrize(
    ("failure", "typed", "commands"),
    [
        (MISSING, Typed("visit", "nortwind: hi"), ["visit 0fq2m7x4k9c01: hi", "adding visit nortwind: hi"]),
        (MISSING, Typed("visit", "nortwind, hi"), ["visit 0fq2m7x4k9c01 hi", "adding visit nortwind, hi"]),
        (MISSING, Typed("visit", "“nortwind” hi"), ["visit 0fq2m7x4k9c01 hi", "adding visit “nortwind” hi"]),
        (MISSING, Typed("visit", "nortwind谈"), ["visit 0fq2m7x4k9c01: 谈", "adding visit nortwind谈"]),
        (MISSING, Typed("tasks", "nortwind"), ["tasks 0fq2m7x4k9c01", "new customer nortwind"]),
        (MISSING, Typed("find", "nortwind"), ["find 0fq2m7x4k9c01", "new customer nortwind", "help"]),
        (MISSING, Typed("visit", ""), ["visit 0fq2m7x4k9c01", "adding visit"]),
        (NotFoundError("member", "ln", ("@lin",), ("lin",)), Typed("assign", "Calnex @ln"), ["assign Calnex @lin"]),
        (NotFoundError("task", "x"), Typed("done", "x"), ["tasks"]),
        (NotFoundError("command", "vist", ("visit",)), Typed("help", "vist"), ["help visit", "help"]),
        (NotFoundError("customer", "0fq2m7x4k9c01"), Typed("visit", "0fq2m7x4k9c01: x"), []),
        (NotFoundError("customer", "x" * 201), Typed("visit", "x" * 201), []),
        (DuplicateError("customer", "1", "Acme"), Typed("new customer", "acme"), ["360 1", "new customer acme !"]),
        (ConflictError("no_open_deal", about="Acme"), Typed("deal", "Acme won"), ["new deal “Acme”"]),
        (ConflictError("already_undone"), Typed("undo", ""), []),
    ],
)
def test_ways_out(failure: CrmError, typed: Typed, commands: list[str]) -> None:
    """The buttons complete what was typed, or lead to what can be done instead."""
    assert [command for _, command in pressed(failed(failure, EN, typed))] == commands


def test_who_may_not_write_is_offered_nothing_to_write() -> None:
    """A viewer is offered to look only."""
    for failure in (MISSING, ConflictError("no_open_deal", about="Acme")):
        offered = [command for _, command in pressed(failed(failure, EN, Typed("deal", "nortwind"), may_write=False))]
        assert not [command for command in offered if command.startswith(("adding", "new"))]


def test_usage_is_told_for_what_is_missing() -> None:
    """A verb without what it needs tells how it is written, in the reader's language."""
    card = failed(InvalidInputError("customer", "missing"), ZH, Typed("timeline", ""), usage="timeline NAME")
    assert "时间线" in str(card.blocks)
    assert "时间线" not in str(failed(ConflictError("not_bound"), ZH, usage="timeline NAME").blocks)
