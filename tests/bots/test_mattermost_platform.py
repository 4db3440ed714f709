"""Mattermost's settings: what is built of them, what the doctor says, and what is masked."""

from pathlib import Path

import pytest

from adapters.mattermost.app import MattermostAdapter
from bots.doctor import platforms_reached, platforms_set_up, settings_found
from bots.errors import BadSettingError
from bots.platforms import mattermost
from bots.platforms.model import Around
from bots.settings import load_settings
from storage.database import open_database
from tests.kith import SteppedClock

ONE, TWO = "a" * 26, "b" * 26
BARE = {
    "KITH_MATTERMOST_COMMAND_TOKENS": f"{ONE}, {TWO}",
    "KITH_PUBLIC_URL": "https://kith.example",
    "KITH_SECRET_KEY": "a secret key of the tests",
}
FULL = BARE | {"KITH_MATTERMOST_BOT_TOKEN": "c" * 26, "KITH_MATTERMOST_API_URL": "https://chat.example.com/"}


def _around(variables: dict[str, str], path: Path) -> Around:
    clock = SteppedClock()
    return Around(load_settings(variables), open_database(f"sqlite:///{path / 'kith.db'}", clock), clock)


@pytest.mark.parametrize("variables", [BARE, FULL])
def test_is_built(variables: dict[str, str], tmp_path: Path) -> None:
    """With tokens alone, or with a bot beside them, there is an adapter with its routes."""
    settings = load_settings(variables)
    assert settings.platforms_on == ("mattermost",)
    built = mattermost.build(_around(variables, tmp_path))
    assert isinstance(built, MattermostAdapter)
    paths = {route.path for route in built.router().routes}
    assert {"/mattermost/command", "/mattermost/action"} <= paths


def test_short_token_is_refused(tmp_path: Path) -> None:
    """A token that anybody could guess is none of the server's."""
    with pytest.raises(BadSettingError, match="KITH_MATTERMOST_COMMAND_TOKENS"):
        mattermost.build(_around(BARE | {"KITH_MATTERMOST_COMMAND_TOKENS": f"{ONE},x"}, tmp_path))


def test_doctor_names_the_pages() -> None:
    """Every finding names the page to look at; a missing bot and an address without HTTPS are warned of."""
    full = list(platforms_set_up(load_settings(FULL)))
    assert [each.state for each in full] == ["ok", "ok"]
    assert "Slash Commands" in full[0].about
    lesser = BARE | {"KITH_PUBLIC_URL": "http://kith.example"}
    assert [each.state for each in platforms_set_up(load_settings(lesser))] == ["ok", "warning", "warning"]
    short = load_settings(BARE | {"KITH_MATTERMOST_COMMAND_TOKENS": "x"})
    assert next(iter(platforms_set_up(short))).state == "bad"
    assert ONE not in "".join(each.value + each.about for each in settings_found(load_settings(FULL), FULL))


def test_nobody_is_called_without_an_address() -> None:
    """The doctor does not try to reach a server whose address is not set."""
    assert list(platforms_reached(load_settings(BARE))) == []


def test_each_token_is_a_secret() -> None:
    """Logs mask every one of the tokens, not only the list of them."""
    assert {ONE, TWO} <= set(load_settings(BARE).secrets)
