"""The registry of commands is complete, and every command can be found, called and understood."""

import ast

import pytest
from source import modules

from commands.model import Command
from commands.registry import COMMANDS, VERBS

SPOKEN = [command for command in COMMANDS if not command.hidden]


def _is_command(value: ast.expr | None) -> bool:
    return isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "Command"


def test_every_command_is_registered() -> None:
    """What a module of commands defines as a command is in the registry."""
    defined = 0
    for path, tree in modules().items():
        if path.startswith("commands/"):
            calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and _is_command(node))
            defined += sum(any(keyword.arg == "verb" for keyword in call.keywords) for call in calls)
    assert 0 < defined <= len(COMMANDS)


def test_no_two_commands_are_called_alike() -> None:
    """A verb, an alias or a short slash command means one thing."""
    names = [name for command in COMMANDS for name in command.names]
    slashes = [command.slash for command in COMMANDS if command.slash]
    assert len(names) == len(set(names))
    assert len(slashes) == len(set(slashes))


@pytest.mark.parametrize("command", SPOKEN, ids=lambda command: command.verb.replace(" ", "-"))
def test_command_can_be_learnt(command: Command[object]) -> None:
    """It has a title, a usage that begins with a way to call it, and examples in both languages that call it."""
    assert command.title
    assert command.usage
    chinese = [example for example in command.examples if not example.isascii()]
    assert chinese, "no example in Chinese"
    assert len(chinese) < len(command.examples), "no example in English"
    for example in command.examples:
        read = VERBS.read(example).command
        assert read is command or (read is None and command is COMMANDS[0]), example


@pytest.mark.parametrize("command", SPOKEN, ids=lambda command: command.verb.replace(" ", "-"))
def test_command_has_a_chinese_name(command: Command[object]) -> None:
    """Each verb has a Chinese alias."""
    assert any(not name.isascii() for name in command.names)
