"""Help lists every command, and what it gives as an example works as it stands."""

import pytest

from commands.registry import COMMANDS, VERBS
from core.members.service import add_member
from tests.kith import Kith, labels_of, shown

SPOKEN = [command for command in COMMANDS if not command.hidden]
EXAMPLES = [(command.verb, example) for command in SPOKEN for example in command.examples]


@pytest.fixture
def sample(kith: Kith) -> Kith:
    """What the examples speak of: two customers, each with a task and a deal, and the member demo."""
    for name in ("Northwind Foods", "远航科技"):
        kith.say(f"new customer {name}, phone: 555 4417")
        kith.say(f"new deal {name}: Cold chain $80k")
    kith.say("task Northwind Foods: send the quote tomorrow")
    kith.say("task 远航科技：发合同 明天")
    kith.say("bind Northwind Foods", room="sales")
    kith.say("follow Northwind Foods")
    kith.say("follow 远航科技")
    kith.say("new customer 华为技术")
    for name in (
        "Fabrikam Paris",
        "Fabrikam",
        "云帆软件园",
        "云帆软件",
        "Contoso East",
        "Contoso West",
        "云海东区",
        "云海西区",
    ):
        kith.say(f"new customer {name}")
    north = kith.people.members["mara"].team_id
    kith.write(lambda work: add_member(work, kith.people.workspace_id, handle="demo", name="Demo", team_id=north))
    return kith


@pytest.mark.parametrize(("verb", "example"), EXAMPLES, ids=[example for _, example in EXAMPLES])
def test_example_works(sample: Kith, verb: str, example: str) -> None:
    """Each example names its own verb and does what it says: no error, no form where it says everything."""
    read = VERBS.read(example).command
    assert (read or COMMANDS[0]).verb == verb
    reply = sample.say(example, room="sales")
    choosing = reply.error in {"ambiguous", "duplicate"}  # an example of a new customer that is there already
    assert reply.ok or choosing, shown(reply)
    assert reply.form is None


@pytest.mark.parametrize(("language", "wanted"), [("en", "verb"), ("zh_Hans", "alias")])
def test_every_command_is_listed(kith: Kith, language: str, wanted: str) -> None:
    """The overview lists every command by the name its reader says, with a button to its page."""
    kith.say(f"settings {language}")
    overview = kith.say("help")
    assert len([label for label in labels_of(overview) if label in {"How", "怎么用"}]) == len(SPOKEN)
    for command in SPOKEN:
        names = (command.verb,) if wanted == "verb" else command.aliases
        assert any(name in shown(overview) for name in names), command.verb


@pytest.mark.parametrize("command", SPOKEN, ids=lambda command: command.verb)
def test_every_command_has_a_page(kith: Kith, command: object) -> None:
    """By the verb and by every alias, with what it does, how it is written and examples."""
    verb, aliases = command.verb, command.aliases  # type: ignore[attr-defined]
    page = shown(kith.say(f"help {verb}"))
    for name in (*aliases, f"/{verb}", verb.upper()):
        assert shown(kith.say(f"help {name}")) == page
    assert "Usage" in page
    assert "Examples" in page


def test_unknown_verb_leads_on(kith: Kith) -> None:
    """A verb that is none offers the nearest one, and the list."""
    asked = kith.say("help vist")
    assert labels_of(asked) == ["visit", "All commands"]
    assert "Log a visit" in shown(kith.press(asked, "visit"))
    assert "What you can type" in shown(kith.press(kith.say("help zzz"), "All commands"))


@pytest.mark.parametrize("line", ["hello", "Hi!", "你好", "在吗", ""])
def test_greeting_is_answered(sample: Kith, line: str) -> None:
    """Who says hello is greeted with what can be done, and with customers to look at."""
    hello = sample.say(line)
    assert "Hello, Mara" in shown(hello)
    assert {"My tasks", "Deals", "New customer", "Help", "Try"} <= set(labels_of(hello))


def test_first_hello(kith: Kith) -> None:
    """Where there is nobody yet, the greeting says to begin with the first customer."""
    hello = kith.say("hello")
    assert "no customers yet" in shown(hello)
    assert kith.press(hello, "New customer").form is not None


def test_unknown_text_leads_to_help(kith: Kith) -> None:
    """Who types something that is nothing is shown the way to help."""
    assert "What you can type" in shown(kith.press(kith.say("how do I start"), "Help"))
    assert labels_of(kith.say("vist")) == ["Did you mean “visit”?", "Help"]
