"""Teams from its settings: what is missing is named, and unsigned requests are for one machine alone."""

import pytest

from bots.emulators.teams.model import APP, TENANT
from bots.errors import BadSettingError
from bots.platforms import teams
from bots.platforms.model import Around
from bots.settings import load_settings
from storage.database import open_database
from tests.kith import SteppedClock

_SET = {"KITH_TEAMS_APP_ID": APP, "KITH_TEAMS_APP_PASSWORD": "x", "KITH_TEAMS_TENANT_ID": TENANT}


@pytest.mark.parametrize("missing", ["KITH_TEAMS_APP_PASSWORD", "KITH_TEAMS_TENANT_ID"])
def test_missing_settings_are_named(missing: str) -> None:
    """A bot without its secret cannot answer, and one without a directory would let everybody in."""
    with pytest.raises(BadSettingError, match=missing):
        load_settings({name: value for name, value in _SET.items() if name != missing})


def test_off_without_settings() -> None:
    """Nothing of Teams is on unless it is set up; ``off`` is off."""
    assert load_settings({"KITH_TEAMS_LOCAL": "off"}).platforms_on == ()
    assert load_settings(_SET).platforms_on == ("teams",)
    with pytest.raises(BadSettingError, match="KITH_TEAMS_LOCAL"):
        load_settings({"KITH_TEAMS_LOCAL": "yes"})


def test_directories_are_listed() -> None:
    """Other directories are given with commas."""
    settings = load_settings(_SET | {"KITH_TEAMS_MORE_TENANTS": "One, two,,"})
    assert settings.teams_more_tenants == ("One", "two")


@pytest.mark.parametrize(
    ("variables", "state", "about"),
    [
        (_SET, "warning", "KITH_PUBLIC_URL"),
        (_SET | {"KITH_PUBLIC_URL": "http://crm.example"}, "bad", "HTTPS"),
        (_SET | {"KITH_PUBLIC_URL": "https://crm.example"}, "ok", "Messaging endpoint"),
        ({"KITH_TEAMS_LOCAL": "on"}, "warning", "without a token"),
        ({"KITH_TEAMS_LOCAL": "on", "KITH_PUBLIC_URL": "https://crm.example"}, "bad", "KITH_TEAMS_LOCAL"),
        ({"KITH_TEAMS_LOCAL": "on", "KITH_PUBLIC_URL": "http://127.0.0.1:8000"}, "warning", "without a token"),
    ],
)
def test_doctor_names_the_page(variables: dict[str, str], state: str, about: str) -> None:
    """What is wrong is said with the place where it is mended."""
    first = next(iter(teams.findings(load_settings(variables))))
    assert (first.state, about in first.about) == (state, True)


def test_doctor_names_what_the_tab_needs() -> None:
    """The Application ID URI that Entra ID must be told is printed; without an address by https there is no tab."""
    found = {one.name: one for one in teams.findings(load_settings(_SET | {"KITH_PUBLIC_URL": "https://crm.example"}))}
    assert found["Teams' tab"].value == f"api://crm.example/botid-{APP}"
    assert "Expose an API" in found["Teams' tab"].about
    without = {one.name: one for one in teams.findings(load_settings(_SET))}
    assert without["Teams' tab"].state == "off"


def test_doctor_warns_of_other_hosts() -> None:
    """A connector that is not Microsoft's is pointed out."""
    settings = load_settings(_SET | {"KITH_TEAMS_API_URL": "https://teams.example"})
    assert any(one.name == "Teams' connector" for one in teams.findings(settings))
    assert not any(one.name == "Teams' connector" for one in teams.findings(load_settings(_SET)))


@pytest.mark.anyio
async def test_local_and_public_do_not_go_together(sqlite_url: str) -> None:
    """A server that is reachable from outside does not start without checking who calls."""
    clock = SteppedClock()
    database = open_database(sqlite_url, clock)
    given = {"KITH_TEAMS_LOCAL": "on"}
    assert teams.build(Around(load_settings(given), database, clock)).name == "teams"
    public = load_settings(given | {"KITH_PUBLIC_URL": "https://crm.example"})
    with pytest.raises(BadSettingError, match="KITH_TEAMS_LOCAL"):
        teams.build(Around(public, database, clock))
    await database.close()
