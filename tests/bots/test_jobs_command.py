"""``kith jobs`` tells what is to be done without what people wrote, and tries again or cancels."""

import asyncio
import json
from datetime import timedelta
from pathlib import Path

import pytest

from bots.cli.commands import run
from bots.clock import SystemClock
from core.jobs.model import Job, JobKind
from core.work import Work
from storage.database import open_database
from tests.bots.processes import Machine


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """A folder with a database in which one job has died and one waits for tomorrow."""
    monkeypatch.chdir(tmp_path)
    for name in ("KITH_DATABASE_URL", "KITH_SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
    assert run(["db", "upgrade"]) == 0
    return Machine(tmp_path, {})


def _add(payload: str, *, dead: bool) -> str:
    def add(work: Work) -> str:
        job = Job(
            id=work.new_id(),
            kind=JobKind.NOTICE,
            lane="slack:T:C",
            payload=payload,
            run_at=work.now + timedelta(days=1),
            lease="x" if dead else "",
            created_at=work.now,
        )
        work.jobs.add(job)
        if dead:
            work.jobs.fail(job.id, "x", work.now, "channel_not_found")
        return job.id

    async def go() -> str:
        database = open_database("sqlite:///var/kith.db", SystemClock())
        try:
            return await database.write(add)
        finally:
            await database.close()

    return asyncio.run(go())


def test_list_show_retry_cancel(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    """A dead job is listed with its reason, shown, revived, and cancelled again."""
    dead, waiting = _add('{"secret": 1}', dead=True), _add("{}", dead=False)
    assert run(["jobs", "list", "--json"]) == 0
    listed = {line["id"]: line for line in map(json.loads, capsys.readouterr().out.splitlines())}
    assert listed[dead]["state"] == "dead"
    assert listed[dead]["reason"] == "channel_not_found"
    assert listed[waiting]["state"] == "waiting"
    assert run(["jobs", "list", "--state", "dead"]) == 0
    table = capsys.readouterr().out
    assert "channel_not_found" in table
    assert waiting not in table
    assert run(["jobs", "show", dead]) == 0
    assert "secret" not in capsys.readouterr().out
    assert run(["jobs", "show", dead, "--payload"]) == 0
    assert json.loads(capsys.readouterr().out)["payload"] == {"secret": 1}
    assert run(["jobs", "retry", dead]) == 0
    assert run(["jobs", "retry", dead]) == 1
    assert run(["jobs", "cancel", dead]) == 0
    assert run(["jobs", "cancel", dead]) == 1
    assert run(["jobs", "retry", "--all"]) == 0
    assert "1 to be tried again." in capsys.readouterr().out


def test_what_is_not_there_is_told(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    """An unknown id, and a retry of nothing in particular, are told and change nothing."""
    assert run(["jobs", "list"]) == 0
    assert "No jobs." in capsys.readouterr().out
    for line in (["jobs", "show", "x"], ["jobs", "retry", "x"], ["jobs", "cancel", "x"], ["jobs", "retry"]):
        assert run(line) == 1
