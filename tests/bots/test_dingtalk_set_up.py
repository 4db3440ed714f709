"""DingTalk from its settings: on by one of them, told what it lacks, with the console page where that is mended."""

import pytest

from adapters.dingtalk.app import DingTalkAdapter
from bots.errors import BadSettingError
from bots.platforms import dingtalk
from bots.settings import load_settings

APP = {"KITH_DINGTALK_APP_KEY": "dingapp", "KITH_DINGTALK_APP_SECRET": "s3cret"}
ALL = APP | {
    "KITH_DINGTALK_SECRET": "a-secret-of-the-path",
    "KITH_DINGTALK_CORP_ID": "dingcorp",
    "KITH_DINGTALK_CARD_TEMPLATE": "t.schema",
    "KITH_DINGTALK_TOKEN": "tok",
    "KITH_DINGTALK_AES_KEY": "a" * 43,
    "KITH_DINGTALK_COOL_APP_CODE": "COOLAPP-1",
    "KITH_DINGTALK_AGENT_ID": "1234",
    "KITH_PUBLIC_URL": "https://kith.example",
}


def test_one_setting_turns_it_on() -> None:
    """It is on where there is an app, and off otherwise."""
    assert load_settings(APP).platforms_on == ("dingtalk",)
    assert load_settings({}).platforms_on == ()
    assert DingTalkAdapter.name == "dingtalk"


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"KITH_DINGTALK_APP_KEY": "k"}, "KITH_DINGTALK_APP_SECRET"),
        (APP | {"KITH_DINGTALK_TOKEN": "t"}, "KITH_DINGTALK_AES_KEY"),
        (APP | {"KITH_DINGTALK_AES_KEY": "a" * 43}, "KITH_DINGTALK_TOKEN"),
        (APP | {"KITH_DINGTALK_AES_KEY": "a" * 42}, "KITH_DINGTALK_AES_KEY"),
        (APP | {"KITH_DINGTALK_SECRET": "short"}, "KITH_DINGTALK_SECRET"),
        (APP | {"KITH_DINGTALK_SECRET": "with/a/slash/in/it/and/more"}, "KITH_DINGTALK_SECRET"),
        (APP | {"KITH_DINGTALK_CARD_TEMPLATE": "t"}, "KITH_PUBLIC_URL"),
    ],
)
def test_what_is_wrong_is_named(settings: dict[str, str], named: str) -> None:
    """The variable that is missing or wrong is named; its value is not repeated."""
    with pytest.raises(BadSettingError, match=named) as caught:
        load_settings(settings)
    assert "slash" not in str(caught.value)


def test_findings_name_the_page() -> None:
    """Complete settings are fine; each that lacks is told with where to find or set it, and no secret is shown."""
    found = list(dingtalk.findings(load_settings(ALL)))
    assert {one.state for one in found} == {"ok"}
    assert all("dingtalk.com" in one.about for one in found)
    lacking = list(dingtalk.findings(load_settings(APP | {"KITH_PUBLIC_URL": "https://kith.example"})))
    assert {one.state for one in lacking} == {"warning", "off"}  # the page is off without a company
    told = " ".join(f"{one.value} {one.about}" for one in [*found, *lacking])
    for words in ("KITH_DINGTALK_SECRET", "KITH_DINGTALK_CORP_ID", "KITH_DINGTALK_CARD_TEMPLATE", "kith-card.json"):
        assert words in told
    assert "a-secret-of-the-path" not in told
    (first, *_) = dingtalk.findings(load_settings(APP))
    assert "KITH_PUBLIC_URL" in first.about


def test_the_manifest_tells_the_addresses() -> None:
    """What the console is to be told: both addresses, and each permission with what it is for."""
    told = dingtalk.permissions(dingtalk.config_of(load_settings(ALL)))
    assert told["robot"]["address"] == "https://kith.example/dingtalk/robot/a-secret-of-the-path"
    assert told["events"]["address"] == "https://kith.example/dingtalk/events"
    assert all(told["permissions"].values())
