"""From a typed line to a verb and its words: English and Chinese, with and without slash, colon and blanks."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands.parsing import with_form
from commands.registry import COMMANDS, VERBS
from core.text import clean_text


@pytest.mark.parametrize(
    ("line", "verb", "text"),
    [
        ("visit Acme: hello", "visit", "Acme: hello"),
        ("/visit Acme", "visit", "Acme"),
        ("  VISIT   Acme  ", "visit", "Acme"),
        ("visit", "visit", ""),
        ("visit: hello", "visit", "hello"),
        ("visit：hello", "visit", "hello"),
        ("visit:hello there", "visit", "hello there"),
        ("New Customer:Acme Ltd", "new customer", "Acme Ltd"),
        ("visit Acme:x", "visit", "Acme:x"),
        ("拜访 华为", "visit", "华为"),
        ("拜访华为", "visit", "华为"),
        ("拜访：谈得不错", "visit", "谈得不错"),
        ("拜访了华为", "visit", "华为"),
        ("打电话华为", "call", "华为"),
        ("new customer Acme", "new customer", "Acme"),
        ("New  Customer  Acme", "new customer", "Acme"),
        ("add customer Acme", "new customer", "Acme"),
        ("新客户华为", "new customer", "华为"),
        ("任务列表", "tasks", ""),
        ("任务列表 逾期", "tasks", "逾期"),
        ("任务 发合同", "task", "发合同"),
        ("我的任务", "tasks", ""),
        ("hand over Acme @lin", "assign", "Acme @lin"),
        ("360 Acme", "360", "Acme"),
        ("?", "help", ""),
        ("？", "help", ""),
        ("visit Acme:\nsaw\nthem", "visit", "Acme:\nsaw\nthem"),
        ("visit\tAcme", "visit", "Acme"),
        ("/crm visit Acme", "visit", "Acme"),
        ("crm visit Acme", "visit", "Acme"),
        ("/crm 拜访华为", "visit", "华为"),
    ],
)
def test_line_names_its_verb(line: str, verb: str, text: str) -> None:
    """The verb is the longest that the line begins with, the text what stands behind it."""
    read = VERBS.read(line)
    assert read.command is not None
    assert (read.command.verb, read.text) == (verb, text)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("Acme", "Acme"),
        ("visitors centre", "visitors centre"),
        ("/Acme", "Acme"),
        ("/crm Acme", "Acme"),
        ("/crm", ""),
        ("crm Systems", "crm Systems"),
        ("", ""),
        ("  ", ""),
        ("查理斯", "查理斯"),
        ("我国食品", "我国食品"),
        ("newcomers inn", "newcomers inn"),
        ("36000 Ltd", "36000 Ltd"),
        ("\x1b[31mAcme\x00", "[31mAcme"),
    ],
)
def test_other_lines_are_looked_up(line: str, text: str) -> None:
    """What names no verb is a look-up of the whole line: a verb's letters inside a word are none."""
    read = VERBS.read(line)
    assert read.command is None
    assert read.text == text


def test_every_name_names_its_command() -> None:
    """Each verb and alias, alone and before a name, in any case, is its command's."""
    for command in COMMANDS:
        for name in (command.verb, *command.aliases):
            assert VERBS.read(name.upper()).command is command
            assert VERBS.read(f"{name} Acme").command is command
            assert VERBS.read(f"{name} Acme").text == "Acme"


def test_buttons_words_are_read() -> None:
    """``again`` and ``adding`` stand before a line, in any order, and are no part of it."""
    read = VERBS.read("adding again visit Acme: x")
    assert (read.adding, read.again, read.text) == (True, True, "Acme: x")
    assert not VERBS.read("visit again: x").again


@settings(deadline=None, max_examples=50, derandomize=True)
@given(st.dictionaries(st.sampled_from(["text", "due", "地点"]), st.text(max_size=30).map(clean_text), max_size=3))
def test_form_is_said_again(fields: dict[str, str]) -> None:
    """A form's fields come back from the line that does it again."""
    read = VERBS.read(with_form(fields, "visit"))
    assert read.again
    assert read.command is not None
    assert (read.command.verb, read.text, read.fields) == ("visit", "", fields)


@pytest.mark.parametrize(
    "line", ["again {", "again []", "again {} visit", 'again {"a": {"b": 1}} visit', "again 5 visit"]
)
def test_odd_forms_do_no_harm(line: str) -> None:
    """What only resembles a form that is said again is read as text, or as values that are text."""
    read = VERBS.read(line)
    assert all(isinstance(value, str) for value in read.fields.values())


@settings(deadline=None, max_examples=100, derandomize=True)
@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    """No text is too odd to be read, and nothing readable is lost."""
    read = VERBS.read(text)
    assert read.text in text.replace("\r\n", "\n").replace("\r", "\n") or not text.isprintable() or not text.isascii()


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("vist Acme: x", "visit Acme: x"),
        ("TAKS", "tasks"),
        ("new Acme", "new customer Acme"),
        ("add Acme", "add customer Acme"),
        ("新建 华为", "新建客户 华为"),
        ("ivsit Acme", "visit Acme"),
        ("how do I start", ""),
        ("zebra", ""),
        ("", ""),
    ],
)
def test_nearest_verb(typed: str, mended: str) -> None:
    """A line is mended by its first word where that comes near a verb."""
    assert VERBS.nearest(typed) == mended
