"""What a button says can be typed, too, and means the same."""

import pytest

from cards.model import Actions, Button
from commands.model import Reply
from commands.parsing import clean_text
from commands.registry import VERBS
from tests.kith import Kith, shown

# What is done or opened; a list's own buttons (Mine, Team) only say which list it is.
_VERBS = {"visit", "task", "new customer", "new contact", "new deal", "timeline", "edit", "share", "help", "done"}


def said_and_meant(reply: Reply) -> list[tuple[str, str]]:
    """What each button says, and the verb behind it."""
    elements = [
        each for card in reply.cards for block in card.blocks if isinstance(block, Actions) for each in block.elements
    ]
    buttons = [(each.label, VERBS.read(each.command).command) for each in elements if isinstance(each, Button)]
    return [(clean_text(label), command.verb) for label, command in buttons if command and command.verb in _VERBS]


@pytest.mark.parametrize("language", ["en", "zh_Hans"])
@pytest.mark.parametrize("line", ["Acme", "hello", "tasks", "deals", "task Acme: x"])
def test_label_is_a_command(kith: Kith, line: str, language: str) -> None:
    """The words of the buttons below what people look at most name the command behind them."""
    kith.say("new customer Acme")
    kith.say(f"settings {language}")
    buttons = said_and_meant(kith.say(line))
    assert buttons
    for label, verb in buttons:
        command = VERBS.read(label).command
        assert command is not None
        assert command.verb == verb, label


@pytest.mark.parametrize(
    "line",
    [
        "new task Acme: send the quote tomorrow",
        "新任务 Acme：send the quote 明天",
        "add task Acme: send the quote tomorrow",
    ],
)
def test_new_task(kith: Kith, line: str) -> None:
    """A task is raised by the words of its button."""
    kith.say("new customer Acme")
    assert "Task raised" in shown(kith.say(line))
    (task,) = kith.rows()["tasks"]
    assert (task.title, task.customer_id) == ("send the quote", kith.id_of("Acme"))
