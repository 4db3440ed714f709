"""The scripts hold no words: what people read comes from the page, so that it comes in their language."""

import re
from pathlib import Path

import pytest

SCRIPTS = sorted((Path(__file__).parents[3] / "adapters/web/static").glob("*.js"))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_scripts_say_nothing_of_their_own(script: Path) -> None:
    """No text is set from a literal."""
    code = re.sub(r"//.*", "", script.read_text(encoding="utf-8"))
    assert re.findall(r"(?:textContent|innerText|ariaLabel) = [\"'`]([^\"'`]+)", code) == []
