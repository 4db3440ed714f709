"""The catalogue is complete: what the program says in English it says in Chinese, and nothing else is kept."""

import ast
import re
from collections.abc import Iterator
from functools import lru_cache

from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from source import ROOT, modules, nodes

_NAMED = re.compile(r"\{(\w+)[^}]*\}")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_CATALOGUE = ROOT / "cards" / "locale" / "zh_Hans" / "LC_MESSAGES" / "kith.po"
_TEMPLATES = ROOT / "adapters" / "web" / "templates"
# `words("…")` in a template, also behind a condition.
_IN_TEMPLATE = re.compile(r"""words(?:\.many)?\(\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""")
# What says a message: a reader's words, their plural, and the mark of one that stands in a table.
_SAYING = {"words", "_words", "mark", "many"}


@lru_cache
def _kept() -> dict[str, Message]:
    with _CATALOGUE.open("rb") as file:
        messages = [message for message in read_po(file, locale="zh_Hans") if message.id]
    return {message.id if isinstance(message.id, str) else message.id[0]: message for message in messages}


@lru_cache
def _said() -> dict[str, str]:
    """Every message that the program says, and where."""
    found: dict[str, str] = {}
    for path in modules():
        if path.startswith("storage/"):
            continue  # says nothing to anybody
        for call in (node for node in nodes(path) if isinstance(node, ast.Call)):
            found |= dict.fromkeys(_texts(call, path), path)
    for template in _TEMPLATES.glob("*.html"):
        quoted = _IN_TEMPLATE.findall(template.read_text(encoding="utf-8"))
        found |= dict.fromkeys(map(ast.literal_eval, quoted), template.name)
    return found


def _texts(call: ast.Call, path: str) -> Iterator[str]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name in _SAYING or (name == "self" and path == "cards/words.py"):
        for argument in call.args[:1]:
            yield from _constants(argument)


def _constants(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (*_constants(node.body), *_constants(node.orelse))


def _strings() -> set[str]:
    found = (node for path in modules() for node in nodes(path))
    return {node.value for node in found if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def test_program_speaks_through_the_catalogue() -> None:
    """The check finds what is said: there is much of it."""
    assert len(_said()) > 300


def test_everything_said_has_its_chinese() -> None:
    """No message of the program is missing from the catalogue."""
    missing = {text: path for text, path in _said().items() if text not in _kept()}
    assert not missing


def test_nothing_is_kept_that_nobody_says() -> None:
    """A message that left the program has left the catalogue."""
    assert not _kept().keys() - _said().keys() - _strings()


def test_every_message_is_translated_for_good() -> None:
    """None is empty or waits for a second look, and none is said in English where it has words to translate."""
    for text, message in _kept().items():
        forms = [message.string] if isinstance(message.string, str) else list(message.string)
        assert all(forms), text
        assert not message.fuzzy, text


def test_values_stand_on_both_sides() -> None:
    """A translation names the values that its message names."""
    for text, message in _kept().items():
        forms = [message.string] if isinstance(message.string, str) else message.string
        english = [text] if isinstance(message.id, str) else message.id
        wanted = {name for form in english for name in _NAMED.findall(form)}
        for form in forms:
            assert set(_NAMED.findall(form)) == wanted, text


def test_no_message_is_written_in_chinese() -> None:
    """Messages are named in English; a Chinese word stands in one only to show what may be typed."""
    shows = {text for text in _said() if _HAN.search(text)}
    assert all(text.startswith(("settings", "link")) or len(_HAN.findall(text)) <= 8 for text in shows), shows
