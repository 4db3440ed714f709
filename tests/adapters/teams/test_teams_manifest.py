"""The app package is what Teams takes: limits kept, icons of the right size, the same each time, in two languages."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from adapters.teams.manifest import COMMANDS_MAX, DESCRIPTION_MAX, SHORT_MAX, TITLE_MAX, package
from bots.cli.commands import run
from bots.emulators.teams.model import APP
from commands.registry import COMMANDS, VERBS

URL = "https://crm.example.com"


def _files() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package(APP, URL, COMMANDS))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_package() -> None:
    """The manifest names the bot, where it is found, and the message extension's commands."""
    made = json.loads(_files()["manifest.json"])
    (bot,), (extension,) = made["bots"], made["composeExtensions"]
    assert (made["id"], bot["botId"], extension["botId"]) == (APP, APP, APP)
    assert made["validDomains"] == ["crm.example.com"]
    assert [(one["id"], one["type"], one["context"]) for one in extension["commands"]] == [
        ("find", "query", ["compose", "commandBox"]),
        ("save", "action", ["message"]),
    ]


@pytest.mark.parametrize("file", ["manifest.json", "zh-cn.json"])
def test_limits(file: str) -> None:
    """No words are longer than the schema allows."""
    files = _files()
    made, words = json.loads(files["manifest.json"]), json.loads(files[file])
    commands = made["bots"][0]["commandLists"][0]["commands"]
    assert 0 < len(commands) <= COMMANDS_MAX
    flat = words if file == "zh-cn.json" else {"description.short": made["description"]["short"]}
    assert len(flat["description.short"]) <= SHORT_MAX
    for name, text in flat.items():
        if name.endswith(".title"):
            assert len(text) <= TITLE_MAX, name
        if name.endswith("].description"):
            assert len(text) <= DESCRIPTION_MAX, name
    for command in commands:
        assert len(command["title"]) <= TITLE_MAX
        assert len(command["description"]) <= DESCRIPTION_MAX


def test_offered_commands_are_there() -> None:
    """What is offered while one types is a verb, in either language."""
    files = _files()
    english = json.loads(files["manifest.json"])["bots"][0]["commandLists"][0]["commands"]
    chinese = json.loads(files["zh-cn.json"])
    for index, command in enumerate(english):
        told = chinese[f"bots[0].commandLists[0].commands[{index}].title"]
        assert VERBS.get(command["title"]) is VERBS.get(told) is not None
        assert not told.isascii()


def test_icons() -> None:
    """The colour icon fills its square; the outline is white on nothing."""
    files = _files()
    color, outline = (Image.open(io.BytesIO(files[name])) for name in ("color.png", "outline.png"))
    assert (color.size, outline.size) == ((192, 192), (32, 32))
    assert color.getchannel("A").getextrema() == (255, 255)
    assert outline.getchannel("A").getextrema() == (0, 255)
    seen = {pixel[:3] for pixel in outline.get_flattened_data() if pixel[3] == 255}
    assert seen == {(255, 255, 255)}


def test_same_each_time() -> None:
    """Nothing in the package depends on when it was made."""
    assert package(APP, URL, COMMANDS) == package(APP, URL, COMMANDS)


def test_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """``kith manifest teams`` writes the file, and says what is missing for it."""
    monkeypatch.chdir(tmp_path)
    for name, value in (("APP_ID", APP), ("APP_PASSWORD", "x"), ("TENANT_ID", "t")):
        monkeypatch.setenv(f"KITH_TEAMS_{name}", value)
    monkeypatch.setenv("KITH_PUBLIC_URL", URL)
    assert run(["manifest", "teams", "--output", "app.zip"]) == 0
    assert zipfile.is_zipfile("app.zip")
    assert "admin.teams.microsoft.com" in capsys.readouterr().out
    monkeypatch.setenv("KITH_PUBLIC_URL", "http://crm.example.com")
    assert run(["manifest", "teams"]) != 0
    assert "KITH_PUBLIC_URL" in capsys.readouterr().err


def test_tabs_and_links() -> None:
    """The tab has a place of its own and in rooms, single sign-on its registration, and links are watched for."""
    made = json.loads(_files()["manifest.json"])
    (own,), (room,) = made["staticTabs"], made["configurableTabs"]
    page = f"{URL}/sidebar/in/teams"
    assert (own["entityId"], own["contentUrl"], own["scopes"]) == ("kith", page, ["personal"])
    assert (room["configurationUrl"], room["scopes"]) == (page, ["team", "groupChat"])
    assert made["webApplicationInfo"] == {"id": APP, "resource": f"api://crm.example.com/botid-{APP}"}
    ((handler,),) = (one["messageHandlers"] for one in made["composeExtensions"])
    assert handler["value"] == {"domains": ["crm.example.com"], "supportsAnonymizedPayloads": True}
