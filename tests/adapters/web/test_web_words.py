"""Every word of the workbench can be read in Chinese."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[3]
SAID = re.compile(r"""(?:words|mark)\(\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""")


def _messages() -> list[str]:
    files = [path for path in (ROOT / "adapters/web").rglob("*") if path.suffix in {".py", ".html"}]
    return sorted({found[1:-1] for path in files for found in SAID.findall(path.read_text(encoding="utf-8"))})


@pytest.fixture(scope="module")
def chinese() -> dict[str, str]:
    with (ROOT / "cards/locale/zh_Hans/LC_MESSAGES/kith.po").open("rb") as file:
        entries = read_po(file, locale="zh_Hans")
    return {
        entry.id if isinstance(entry.id, str) else entry.id[0]: str(entry.string) for entry in entries if entry.string
    }


def test_every_message_has_its_chinese(chinese: dict[str, str]) -> None:
    """No message of a template or a route is missing from the catalogue."""
    messages = _messages()
    assert len(messages) > 90
    assert [message for message in messages if message not in chinese] == []


def test_values_are_named_alike(chinese: dict[str, str]) -> None:
    """A translation names the values that its message names."""
    names = re.compile(r"\{(\w+)\}")
    for message in _messages():
        assert sorted(names.findall(message)) == sorted(names.findall(chinese[message]))


def test_scripts_hold_no_words() -> None:
    """What people read comes from the page, so that it comes in their language."""
    for script in (ROOT / "adapters/web/static").glob("*.js"):
        code = re.sub(r"//.*", "", script.read_text(encoding="utf-8"))
        said = re.findall(r"\.textContent = [\"'`]([^\"'`]+)", code)
        assert said == [], script.name
