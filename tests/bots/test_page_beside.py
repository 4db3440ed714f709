"""What the doctor says of the page beside a conversation."""

import json
from pathlib import Path

import pytest

from bots.beside import page_beside
from bots.cli.commands import run
from bots.settings import load_settings

_TELEGRAM = {"KITH_TELEGRAM_TOKEN": "42:secret"}
_SLACK = {"KITH_SLACK_BOT_TOKEN": "xoxb-1", "KITH_SLACK_SIGNING_SECRET": "s" * 32}
_HTTPS = {"KITH_PUBLIC_URL": "https://kith.example"}


def _said(given: dict[str, str], folder: Path) -> dict[str, tuple[str, str, str]]:
    settings = load_settings(given | {"KITH_DATABASE_URL": f"sqlite:///{folder / 'none.db'}"})
    return {one.name: (one.state, one.value, one.about) for one in page_beside(settings)}


@pytest.mark.parametrize(
    ("address", "state", "said"),
    [
        ("", "off", "KITH_PUBLIC_URL"),
        ("http://kith.example", "warning", "https"),
        ("https://kith.example/crm", "warning", "scheme and host alone"),
        ("https://127.0.0.1:8000", "warning", "only this network"),
        ("https://10.0.0.7", "warning", "only this network"),
        ("https://kith.example", "ok", "signed in"),
    ],
)
def test_address_is_judged(tmp_path: Path, address: str, state: str, said: str) -> None:
    """An address that is missing, without https, no bare host or of this network alone is told with what to do."""
    found = _said({"KITH_PUBLIC_URL": address} if address else {}, tmp_path)
    assert found["sidebar"][0] == state
    assert said in found["sidebar"][2]


def test_each_host_is_told(tmp_path: Path) -> None:
    """Whoever shows the page is named with its way in and who frames it; nothing is written for that."""
    found = _said(_TELEGRAM | _SLACK | _HTTPS, tmp_path)
    assert found["sidebar in telegram"][:2] == ("ok", "https://kith.example/sidebar/in/telegram")
    assert "https://web.telegram.org alone" in found["sidebar in telegram"][2]
    assert found["sidebar in slack"][0] == "ok"
    assert "https://*.slack.com" in found["sidebar in slack"][2]
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_set_up_is_told(tmp_path: Path) -> None:
    """A platform that cannot show the page without https is off, with what it needs."""
    found = _said(_TELEGRAM, tmp_path)
    assert found["sidebar in telegram"] == ("off", "", "needs KITH_PUBLIC_URL by https")


def test_platform_without_room_has_its_links(tmp_path: Path) -> None:
    """Where a platform has no room for the page its cards' links open it."""
    mattermost = {
        "KITH_MATTERMOST_COMMAND_TOKENS": "t" * 26,
        "KITH_MATTERMOST_BOT_TOKEN": "b" * 26,
        "KITH_MATTERMOST_API_URL": "https://chat.example",
    }
    found = _said(mattermost | _HTTPS, tmp_path)
    assert found["sidebar in mattermost"][0] == "off"
    assert "https://kith.example/c/" in found["sidebar in mattermost"][2]


def test_doctor_says_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """``kith doctor`` has a part of its own for it."""
    monkeypatch.setenv("KITH_DATABASE_URL", f"sqlite:///{tmp_path / 'none.db'}")
    monkeypatch.setenv("KITH_TELEGRAM_TOKEN", "42:secret")
    run(["doctor", "--json"])
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {one["name"] for one in lines if one["part"] == "sidebar"} == {"sidebar", "sidebar in telegram"}
