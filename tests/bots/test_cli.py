"""The command line, as it is typed: what it prints, how it fails, and what machines read from it."""

import asyncio
import io
import json
import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import structlog

from bots.cli import commands, preparing, serving, upkeep
from bots.compose import opened
from bots.settings import load_settings
from bots.whereabouts import remember_address
from tests.bots.processes import Machine


@dataclass(frozen=True)
class Printed:
    """What a command printed, and its exit code."""

    stdout: str
    stderr: str
    returncode: int


class Typing:
    """Types commands in a folder, in this very process: most of what they do needs none of its own."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def given(self, **variables: str) -> "Typing":
        """With these variables set."""
        for name, value in variables.items():
            self._monkeypatch.setenv(name, value)
        return self

    def kith(self, *arguments: str, typed: str = "") -> Printed:
        """What a command does."""
        self._monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        try:
            code = commands.run(arguments)
        except SystemExit as ended:
            code = int(ended.code or 0)
        out, err = self._capsys.readouterr()
        return Printed(out, err, code)


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Typing]:
    """An empty folder with no variable set; logs and file rights of this process stay as they are."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("KITH_")]:
        monkeypatch.delenv(name)
    for module in (preparing, serving, upkeep):
        monkeypatch.setattr(module, "configure_logs", lambda *_, **__: None)
    monkeypatch.setattr(os, "umask", lambda _mask: 0)
    structlog.configure(logger_factory=structlog.testing.ReturnLoggerFactory())
    yield Typing(tmp_path, monkeypatch, capsys)
    structlog.reset_defaults()


@pytest.fixture
def machine(sqlite_template: Path, nowhere: Typing) -> Typing:
    """A folder whose database has its tables and nothing else."""
    (nowhere.folder / "var").mkdir()
    shutil.copyfile(sqlite_template, nowhere.folder / "var" / "kith.db")
    return nowhere


def _objects(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_every_command_can_be_asked_for_help(capsys: pytest.CaptureFixture[str]) -> None:
    """Each command has a module that declares and runs it, and says what it is for."""
    for name, _, about in commands.COMMANDS:
        with pytest.raises(SystemExit) as ended:
            commands.run([name, "--help"])
        assert ended.value.code == 0
        assert about.casefold() in " ".join(capsys.readouterr().out.casefold().split())


def test_one_line_is_answered_as_json(tmp_path: Path) -> None:
    """On an empty folder one line is enough: the database, the default workspace and the answer are there."""
    done = Machine(tmp_path, {}).kith("chat", "--once", "new customer Bluefinch", "--json")
    (answer,) = _objects(done.stdout)
    assert done.returncode == 0
    assert answer["ok"] is True
    assert {"ok", "cards", "receipt", "error"} <= answer.keys()
    assert done.stderr == ""
    assert (tmp_path / "var" / "kith.db").stat().st_mode & 0o077 == 0


def test_lines_of_a_pipe_are_commands(machine: Typing) -> None:
    """Standard input that is no terminal is read line by line, and the default workspace's member is admin."""
    typed = "new customer 远航\nvisit 远航: 谈报价\nwhoami\n"
    done = machine.kith("chat", "--json", typed=typed)
    answers = _objects(done.stdout)
    assert [answer["ok"] for answer in answers] == [True, True, True]
    assert "dmin" in json.dumps(answers[2])


def test_find_answers_in_input_order(machine: Typing) -> None:
    """Each question is answered on a line of its own, with at most five hits, the best first."""
    machine.kith("chat", typed="new customer Acme Instruments\nnew customer Larkspur Textiles\n")
    done = machine.kith("find", "--json", typed='{"q": "larkspur"}\n\n{"q": "acme"}\n{"q": "zzzz"}\n')
    answers = _objects(done.stdout)
    assert [answer["q"] for answer in answers] == ["larkspur", "acme", "zzzz"]
    assert [[hit["name"] for hit in answer["hits"]] for answer in answers] == [  # type: ignore[attr-defined]
        ["Larkspur Textiles"],
        ["Acme Instruments"],
        [],
    ]
    hit = answers[0]["hits"][0]  # type: ignore[index]
    assert hit.keys() == {"id", "external_id", "name", "score"}
    assert all(isinstance(answer["ms"], float) for answer in answers)


def test_when_reads_both_languages(nowhere: Typing) -> None:
    """Dates come back local and ISO; a duration in seconds too; no database is needed."""
    asked = [
        {"text": "明天下午三点", "now": "2026-03-09T10:00:00", "locale": "zh"},
        {"text": "for 2 hours", "now": "2026-03-09T10:00:00", "locale": "en"},
        {"text": "nothing here", "now": "2026-03-09T10:00:00"},
    ]
    done = nowhere.kith("when", typed="\n".join(map(json.dumps, asked)))
    tomorrow, length, nothing = _objects(done.stdout)
    assert tomorrow["found"][0]["start"] == "2026-03-10T15:00:00"  # type: ignore[index]
    assert tomorrow["found"][0].keys() >= {"start", "end", "grain", "kind", "matched", "confidence"}  # type: ignore[index]
    assert length["found"][0]["seconds"] == 7200  # type: ignore[index]
    assert nothing["found"] == []
    assert not list(nowhere.folder.iterdir())


def test_capture_reads_against_what_is_known(nowhere: Typing) -> None:
    """Each line answers with every slot, names as they are known, and how sure each part is; no database is needed."""
    known = {
        "customers": ["远航科技有限公司", "Blue Harbor Ltd"],
        "contacts": {"Blue Harbor Ltd": ["Tom Jones"]},
        "members": ["@lin"],
    }
    asked = [
        {
            "text": "拜访 远航 张三丰 谈报价 下周三跟进 30万 @LIN",
            "now": "2026-03-04T10:30",
            "locale": "zh_CN",
            "known": known,
        },
        {"text": "met Tom at blue harbor yesterday, $1.5M", "now": "2026-03-04T10:30", "locale": "en", "known": known},
        {"text": "Blue Harbor", "now": "2026-03-04T10:30", "known": known},
        {"text": "lol", "now": "2026-03-04T10:30"},
    ]
    done = nowhere.kith("capture", "--json", typed="\n".join(map(json.dumps, asked)))
    visit, meeting, lookup, nothing = _objects(done.stdout)
    confidence = visit.pop("confidence")
    assert isinstance(confidence, dict)
    assert confidence.keys() == {
        "intent", "customer", "new_contacts", "followup", "amount", "stage", "mentions",
    }  # fmt: skip
    assert all(0 < sure <= 1 for sure in confidence.values())
    assert isinstance(visit.pop("ms"), float)
    assert visit == {
        "intent": "visit",
        "customer": "远航科技有限公司",
        "contacts": [],
        "new_contacts": ["张三丰"],
        "followup": {"date": "2026-03-11", "time": None, "text": "跟进"},
        "happened": None,
        "amount": {"value": 300000, "currency": "CNY"},
        "stage": "quote",
        "mentions": ["@lin"],
    }
    assert (meeting["intent"], meeting["customer"], meeting["contacts"]) == (
        "meeting",
        "Blue Harbor Ltd",
        ["Tom Jones"],
    )
    assert (meeting["happened"], meeting["amount"]) == ("2026-03-03", {"value": 1500000, "currency": "USD"})
    assert (lookup["intent"], lookup["customer"]) == ("lookup", "Blue Harbor Ltd")
    assert (nothing["intent"], nothing["customer"], nothing["followup"]) == ("none", None, None)
    assert not list(nowhere.folder.iterdir())


def test_filters_answer_every_line(machine: Typing) -> None:
    """A line that cannot be used is answered with what is wrong with it, and those after it as ever; then 1 is told."""
    typed = (
        'no json\n{"text": "tomorrow", "now": "2026-03-09T10:00:00"}\n{"text": "x", "now": "noon"}\n{"text": "x"}\n[]\n'
        '{"text": ["x"], "now": "2026-03-09T10:00:00"}\n'
    )
    done = machine.kith("when", typed=typed)
    no_json, tomorrow, no_time, no_now, no_object, no_text = _objects(done.stdout)
    assert (done.returncode, done.stderr) == (1, "")
    assert tomorrow["found"][0]["start"].startswith("2026-03-10")  # type: ignore[index]
    assert no_json["error"] == "line 1 is no JSON object"
    assert "2026-03-09T10:00:00" in str(no_time["error"])
    assert "text must be a string" in str(no_text["error"])
    assert no_now["error"] == "line 4 lacks now"
    assert no_object["error"] == "line 5 is no JSON object"
    done = machine.kith("find", "--json", typed='{"q": "acme"}\n{"p": 1}\n{"q": "x"}\n')
    assert [("hits" in answer, "error" in answer) for answer in _objects(done.stdout)] == [
        (True, False),
        (False, True),
        (True, False),
    ]
    assert done.returncode == 1


@pytest.mark.parametrize(
    ("filter_", "typed", "says"),
    [
        ("when", "no json\n", "line 1"),
        ("when", '{"text": "x"}\n', "now"),
        ("when", '{"text": "x", "now": "noon"}\n', "2026-03-09T10:00:00"),
        ("when", '{"text": ["x"], "now": "2026-03-09T10:00:00"}\n', "text must be a string"),
        ("capture", '{"text": "x"}\n', "now"),
        ("capture", '{"text": "x", "now": "soon"}\n', "ISO"),
        ("capture", '{"text": "x", "now": "2026-03-04T10:30", "known": []}\n', "known"),
        ("capture", '{"text": "x", "now": "2026-03-04T10:30", "known": {"contacts": []}}\n', "contacts"),
        ("capture", '{"text": "x", "now": "2026-03-04T10:30", "known": {"customers": 5}}\n', "customers"),
    ],
)
def test_filters_say_what_is_wrong_with_a_line(nowhere: Typing, filter_: str, typed: str, says: str) -> None:
    """In the line's place, as JSON, with exit code 1 at the end."""
    done = nowhere.kith(filter_, typed=typed)
    (answer,) = _objects(done.stdout)
    assert says in str(answer["error"])
    assert (done.returncode, done.stderr) == (1, "")


def test_one_line_that_cannot_be_done_is_a_failure(machine: Typing) -> None:
    """A script sees by the exit code whether its line was carried out, with JSON and without."""
    for json_too in ((), ("--json",)):
        assert machine.kith("chat", *json_too, "--once", "visit Nowhere: x").returncode == 1
        assert machine.kith("chat", *json_too, "--once", "tasks").returncode == 0
        assert machine.kith("chat", *json_too, "--once", "new customer").returncode == 0


def test_sign_in_goes_where_kith_is_served(machine: Typing) -> None:
    """By the public address, else by the one a server of this database last listened on."""
    assert machine.kith("sign-in", "admin").stdout.startswith("http://127.0.0.1:8000/sign-in?code=")

    async def served() -> None:
        async with opened(load_settings()) as database:
            await database.write(lambda work: remember_address(work, "http://127.0.0.1:8011"))

    asyncio.run(served())
    assert machine.kith("sign-in", "admin").stdout.startswith("http://127.0.0.1:8011/sign-in?code=")
    machine.given(KITH_PUBLIC_URL="https://crm.example")
    assert machine.kith("sign-in", "admin").stdout.startswith("https://crm.example/sign-in?code=")


@pytest.mark.parametrize(
    ("arguments", "typed", "variables", "code", "says"),
    [
        (("chat", "--as", "nobody", "--once", "tasks"), "", {}, 1, "nobody"),
        (("chat", "--once", "tasks"), "", {"KITH_TIMEZONE": "Mars"}, 2, "KITH_TIMEZONE"),
        (("find",), "", {"KITH_DATABASE_URL": "postgresql://127.0.0.1:1/kith"}, 1, "server"),
        (("worker",), "", {"KITH_DATABASE_URL": "sqlite:////proc/none/kith.db"}, 1, "/proc/none"),
        (("member", "role", "admin", "rep"), "", {}, 1, "only administrator"),
        (("dance",), "", {}, 2, "dance"),
    ],
)
def test_failure_is_one_clear_line(
    machine: Typing, arguments: tuple[str, ...], typed: str, variables: dict[str, str], code: int, says: str
) -> None:
    """What goes wrong is said in a line on standard error, with an exit code, and without a trace."""
    failed = machine.given(**variables).kith(*arguments, typed=typed)
    assert failed.returncode == code
    assert says in failed.stderr
    assert "Traceback" not in failed.stderr
    assert len(failed.stderr.splitlines()) <= 2


def test_people_come_and_go(machine: Typing) -> None:
    """Teams and members are added, given another role, listed and removed, and get their way in."""
    machine.kith("team", "add", "North")
    machine.kith("member", "add", "wei", "--name", "伟", "--team", "north", "--email", "wei@kith.example")
    machine.kith("member", "role", "@wei", "manager")
    (admin, wei) = _objects(machine.kith("member", "list", "--json").stdout)
    assert admin["role"] == "admin"
    assert (wei["handle"], wei["role"], wei["team"]) == ("wei", "manager", "North")
    assert machine.kith("link", "wei").stdout.startswith("link ")
    assert "/sign-in?code=" in machine.kith("sign-in", "wei").stdout
    assert machine.kith("member", "remove", "wei").returncode == 0
    assert len(_objects(machine.kith("member", "list", "--json").stdout)) == 1


def test_workspace_is_created_once(machine: Typing) -> None:
    """An empty database is given its workspace and administrator by name; a second one is refused."""
    machine.given(KITH_LOCALE="zh", KITH_TIMEZONE="Asia/Shanghai")
    assert machine.kith("workspace", "create", "北曜", "--admin", "lin").returncode == 0
    assert machine.kith("workspace", "create", "Another").returncode == 1
    (lin,) = _objects(machine.kith("member", "list", "--json").stdout)
    assert (lin["handle"], lin["role"]) == ("lin", "admin")


def test_doctor_tells_what_is_off_and_hides_secrets(machine: Typing) -> None:
    """Every setting is listed with what its absence switches off; no secret and no password is printed."""
    assert machine.kith("doctor").returncode == 0
    machine.given(
        KITH_SECRET_KEY="hunter2-hunter2",
        KITH_TELEGRAM_TOKEN="123456789:hunter2",
        KITH_SLAK_BOT_TOKEN="x",
        KITH_DATABASE_URL="postgresql://kith:hunter2@127.0.0.1:1/kith",
    )
    report = machine.kith("doctor", "--json")
    found = {line["name"]: line for line in _objects(report.stdout)}
    assert report.returncode == 1
    assert "hunter2" not in report.stdout + report.stderr
    assert found["KITH_SLACK_BOT_TOKEN"]["state"] == "off"
    assert "Slack is off" in str(found["KITH_SLACK_BOT_TOKEN"]["about"])
    assert found["KITH_TELEGRAM_TOKEN"]["value"] == "set"
    assert "KITH_SLACK_BOT_TOKEN" in str(found["KITH_SLAK_BOT_TOKEN"]["about"])
    assert found["database"]["state"] == "bad"


def test_backup_is_a_whole_database(machine: Typing) -> None:
    """The copy can be opened by itself and holds what was written; nothing is overwritten."""
    machine.kith("chat", "--once", "new customer Acme")
    assert machine.kith("backup", "copy.db").returncode == 0
    with sqlite3.connect(machine.folder / "copy.db") as copy:
        assert copy.execute("SELECT name FROM customers").fetchall() == [("Acme",)]
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    copy.close()
    assert machine.kith("backup", "copy.db").returncode == 1


def test_manifests_are_printed(nowhere: Typing) -> None:
    """Each platform's is JSON; Slack's names the short commands of the registry, and Socket Mode without an address."""
    assert json.loads(nowhere.kith("manifest", "slack").stdout)["settings"]["socket_mode_enabled"] is True
    nowhere.given(KITH_PUBLIC_URL="https://kith.example")
    slack = json.loads(nowhere.kith("manifest", "slack").stdout)
    assert {"/crm", "/visit"} <= {command["command"] for command in slack["features"]["slash_commands"]}
    assert "https://kith.example/slack/events" in json.dumps(slack)
    assert "group zh_Hans" in json.loads(nowhere.kith("manifest", "telegram").stdout)
    mattermost = json.loads(nowhere.kith("manifest", "mattermost").stdout)
    assert {"crm", "visit"} <= {command["trigger"] for command in mattermost}
    assert {command["url"] for command in mattermost} == {"https://kith.example/mattermost/command"}
    wecom = json.loads(nowhere.kith("manifest", "wecom").stdout)
    assert wecom["application URL"] == "https://kith.example/wecom/callback"


def test_sample_is_added_once(machine: Typing) -> None:
    """Filling a database that holds a workspace is refused, and changes nothing."""
    assert machine.given(KITH_LOCALE="zh").kith("demo", "--seed-only").returncode == 0
    members = machine.kith("member", "list", "--json").stdout
    assert _objects(members)[0]["handle"] == "demo"
    again = machine.kith("demo", "--seed-only")
    assert again.returncode == 1
    assert "already" in again.stderr
    assert machine.kith("member", "list", "--json").stdout == members


def test_worker_refuses_to_poll_beside_the_server(machine: Typing) -> None:
    """Telegram lets one process poll; a worker says so instead of taking the server's messages away."""
    failed = machine.given(KITH_TELEGRAM_TOKEN="123456789:" + "a" * 35).kith("worker")
    assert failed.returncode == 2
    assert "KITH_TELEGRAM_MODE" in failed.stderr
