"""The import contracts leave nobody out: who is new stands in them from the first day."""

import configparser
import re

from source import ROOT


def _contracts() -> dict[str, dict[str, list[str]]]:
    parser = configparser.ConfigParser()
    parser.read(ROOT / ".importlinter")
    lists = {section: {key: value.split() for key, value in parser[section].items()} for section in parser.sections()}
    return {section.rpartition(":")[2]: values for section, values in lists.items()}


def _packages(folder: str) -> set[str]:
    return {path.parent.name for path in (ROOT / folder).glob("*/__init__.py")}


def test_every_adapter_is_kept_from_the_others_libraries() -> None:
    """Each adapter is named in the contract of every library but its own."""
    own = {"slack": {"slack"}, "telegram": {"telegram"}, "sheets": {"files"}, "terminal": {"console"}}
    for contract, owners in own.items():
        named = {name.removeprefix("adapters.") for name in _contracts()[contract]["source_modules"]}
        assert _packages("adapters") - owners <= named, f"{contract} leaves out an adapter"


def test_every_renderer_is_a_stranger_to_the_others() -> None:
    """Each renderer that has a package or a public module of its own stands in the contract."""
    named = set(_contracts()["renderers"]["modules"])
    packages = {f"cards.renderers.{name}" for name in _packages("cards/renderers")}
    assert packages | {"cards.renderers.text"} == named


def test_no_contract_has_an_exception() -> None:
    """A contract is changed by a decision, never by an ignore."""
    assert not any("ignore_imports" in contract for contract in _contracts().values())


def test_frameworks_are_kept_out_of_the_middle() -> None:
    """Whatever the project depends on is either allowed in the middle by name, or forbidden there by name."""
    allowed = {"babel", "cronsim", "cryptography", "markupsafe", "msgspec", "pypinyin", "rapidfuzz"}
    allowed |= {"numpy", "structlog", "tzdata", "wcwidth", "zhconv-rs"}
    helpers = {"httptools", "python-multipart", "uvloop", "openpyxl"}  # imported at the edge, or by none
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    listed = text.partition("dependencies = [")[2].partition("\n]")[0]
    depended = {re.split(r"[\[>=;]", name)[0].strip() for name in re.findall(r'^\s+"([^"]+)"', listed, re.MULTILINE)}
    modules = {"pillow": "PIL", "pyjwt": "jwt", "python-telegram-bot": "telegram"}
    forbidden = set(_contracts()["pure"]["forbidden_modules"])
    left = {modules.get(name, name.replace("-", "_")) for name in depended - allowed - helpers} - forbidden
    assert not left, f"neither allowed nor forbidden in core, cards and commands: {left}"
