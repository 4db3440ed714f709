"""Habits that a program can check: sizes, faults, the environment, docstrings of tests."""

import ast
from collections.abc import Iterator

from source import FUNCTIONS, ROOT, modules, modules_of_tests, nodes

MODULE_LIMIT = 280  # lines that are not blank; look again at 250
FUNCTION_LIMIT = 35  # lines of a body; look again at 25
TEST_MODULE_LIMIT = 420
# Long because they are lists: tables as a migration made them, what the sample says, what columns are called, cards.
_LISTS = (
    "storage/migrations/",
    "bots/sample/",
    "bots/bench/",
    "core/names/companies.py",
    "core/sheets/fields.py",
    "cards/examples.py",
)
# Where any fault may be caught: a bug becomes an answer; the worker outlives a job; the writer's thread hands the fault
# to whoever waits for it.
_CATCHERS = {"commands/dispatch.py", "bots/worker.py", "storage/sqlite_writer.py"}
# Who may look at the environment: settings, the machine's zone, a library that is configured so; and benchmarks.
_READERS = {"bots/settings.py", "bots/local_zone.py", "adapters/telegram/bot.py"}


def _lines(path: str) -> int:
    return sum(bool(line.strip()) for line in (ROOT / path).read_text(encoding="utf-8").splitlines())


def _functions(path: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in nodes(path) if isinstance(node, FUNCTIONS))


def test_modules_can_be_read_at_a_sitting() -> None:
    """No module that is more than a list is too long, and none of its functions."""
    for path in modules():
        if path.startswith(_LISTS):
            continue
        assert _lines(path) <= MODULE_LIMIT, path
        for function in _functions(path):
            body = function.body[1:] if ast.get_docstring(function) else function.body
            length = (function.body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
            assert length <= FUNCTION_LIMIT, f"{path}: {function.name}"


def test_tests_say_what_must_hold() -> None:
    """Every test has a sentence, and every module of tests keeps to its limit."""
    for path in modules_of_tests():
        assert _lines(path) <= TEST_MODULE_LIMIT, path
        for function in _functions(path):
            if function.name.startswith("test_"):
                assert ast.get_docstring(function), f"{path}: {function.name} has no sentence"


def _catches_everything(handler: ast.ExceptHandler) -> bool:
    names = (
        {node.id for node in ast.walk(handler.type) if isinstance(node, ast.Name)} if handler.type else {"Exception"}
    )
    return bool(names & {"Exception", "BaseException"})


def test_faults_are_caught_narrowly() -> None:
    """A handler for everything raises again, but for the three places that are there for it."""
    for path in modules():
        for handler in (node for node in nodes(path) if isinstance(node, ast.ExceptHandler)):
            if _catches_everything(handler) and path not in _CATCHERS:
                assert any(isinstance(node, ast.Raise) for node in ast.walk(handler)), f"{path}:{handler.lineno}"


def test_the_environment_is_read_in_one_place() -> None:
    """Others are given values."""
    for path in (path for path in modules().keys() - _READERS if not path.startswith("bots/bench/")):
        names = {node.attr for node in nodes(path) if isinstance(node, ast.Attribute)}
        assert not names & {"environ", "getenv"}, path


def test_core_is_synchronous_and_has_no_clock() -> None:
    """No coroutine but in the protocol of the database, and nobody asks the machine for the time."""
    for path in (path for path in modules() if path.startswith("core/")):
        assert path == "core/work.py" or not any(isinstance(node, ast.AsyncFunctionDef) for node in nodes(path)), path
        told = [
            node for node in nodes(path) if isinstance(node, ast.Attribute) and node.attr in {"now", "today", "utcnow"}
        ]
        clocks = {node.value.id for node in told if isinstance(node.value, ast.Name)}
        assert not clocks & {"datetime", "date", "dt", "time"}, path
