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


def test_long_connection_needs_no_key() -> None:
    """Over a long connection nothing is verified by a key, nor is there an address to call; other ways are refused."""
    settings = {name: value for name, value in _SET.items() if name != "KITH_FEISHU_ENCRYPT_KEY"}
    loaded = load_settings(settings | {"KITH_FEISHU_MODE": "socket"})
    assert "feishu" in loaded.platforms_on
    line, side = findings(loaded)
    assert (line.state, line.value) == ("ok", "long connection")
    assert "open.feishu.cn/app/cli_1/event" in line.about
    assert side.state == "off"
    with pytest.raises(BadSettingError, match="KITH_FEISHU_MODE"):
        load_settings(_SET | {"KITH_FEISHU_MODE": "stream"})


def test_stand_in_calls_over_http() -> None:
    """The way in that is set for the real platforms does not hold for a stand-in, which calls."""
    ways = {"KITH_FEISHU_MODE": "socket", "KITH_DINGTALK_MODE": "stream"}
    settings = load_settings(_SET | ways).with_only(feishu_app_id="cli_2")
    assert (settings.feishu_mode, settings.dingtalk_mode, settings.feishu_app_id) == ("webhook", "http", "cli_2")


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


def test_manifest_of_a_long_connection(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Over a long connection the console is told that, and no address of events."""
    monkeypatch.setenv("KITH_FEISHU_MODE", "socket")
    assert run(["manifest", "feishu"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert "使用长连接" in told["subscription_mode"]
    assert "request_url" not in told
    assert (told["events"], told["callbacks"]) == (list(EVENTS), list(CALLBACKS))


def test_manifest(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """What the console asks for, as JSON."""
    monkeypatch.setenv("KITH_PUBLIC_URL", "https://kith.example")
    assert run(["manifest", "feishu"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["request_url"] == "https://kith.example/feishu/events"
    assert (told["events"], told["callbacks"]) == (list(EVENTS), list(CALLBACKS))
    assert "im:message:send_as_bot" in told["scopes"]["tenant"]
    assert told["link_preview"] == {"domain": "kith.example", "path": "/c/*"}
