"""Feishu's settings, what the doctor says of them, and what the console is told."""

import json

import pytest

from adapters.feishu.manifest import CALLBACKS, EVENTS
from bots.cli.commands import run
from bots.errors import BadSettingError
from bots.platforms.feishu import findings
from bots.settings import load_settings

_SET = {"KITH_FEISHU_APP_ID": "cli_1", "KITH_FEISHU_APP_SECRET": "s", "KITH_FEISHU_ENCRYPT_KEY": "k"}


def test_off_without_an_app() -> None:
    """Without settings Feishu is off."""
    assert "feishu" not in load_settings({}).platforms_on
    assert "feishu" in load_settings(_SET).platforms_on


@pytest.mark.parametrize("missing", ["KITH_FEISHU_APP_SECRET", "KITH_FEISHU_ENCRYPT_KEY"])
def test_half_set_up_is_said(missing: str) -> None:
    """An app without its secret, or without what its requests are verified by, does not start."""
    with pytest.raises(BadSettingError, match=missing):
        load_settings({name: value for name, value in _SET.items() if name != missing})


def test_findings_name_the_page() -> None:
    """The doctor names the console's page, of Feishu or of Lark."""
    ok, side, token = findings(load_settings(_SET | {"KITH_PUBLIC_URL": "https://kith.example"}))
    assert (side.state, side.value) == ("ok", "https://kith.example/sidebar/in/feishu")
    assert "open.feishu.cn/app/" in side.about
    assert (ok.state, ok.value) == ("ok", "https://kith.example/feishu/events")
    assert "open.feishu.cn/app/cli_1/event" in ok.about
    assert "Encryption Strategy" in token.about
    lark = _SET | {"KITH_FEISHU_API_URL": "https://open.larksuite.com", "KITH_FEISHU_VERIFICATION_TOKEN": "t"}
    unreachable, side = findings(load_settings(lark))
    assert (side.name, side.state) == ("Feishu side panel", "off")
    assert unreachable.state == "warning"
    assert "open.larksuite.com/app/cli_1/event" in unreachable.about


def test_unknown_address_is_noticed() -> None:
    """An address that is neither Feishu's nor Lark's is good for a stand-in, and said."""
    found = list(findings(load_settings(_SET | {"KITH_FEISHU_API_URL": "http://127.0.0.1:9"})))
    assert [one.name for one in found if one.state == "warning"] == ["Feishu", "Feishu address"]


def test_manifest(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """What the console asks for, as JSON."""
    monkeypatch.setenv("KITH_PUBLIC_URL", "https://kith.example")
    assert run(["manifest", "feishu"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["request_url"] == "https://kith.example/feishu/events"
    assert (told["events"], told["callbacks"]) == (list(EVENTS), list(CALLBACKS))
    assert "im:message:send_as_bot" in told["scopes"]["tenant"]
    assert told["link_preview"] == {"domain": "kith.example", "path": "/c/*"}
