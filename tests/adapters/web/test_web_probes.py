"""For whoever runs Kith: alive, able to work, and how much it does."""

import structlog
from fastapi import APIRouter

from adapters.web.app import create_app
from adapters.web.metrics import Metrics
from core.errors import StoreUnavailableError
from core.jobs.model import Job, JobKind
from core.work import Work
from tests.adapters.web.house import House


def test_alive_and_ready(house: House) -> None:
    """Both say so without a session."""
    assert house.browser().get("/healthz").text == "ok\n"
    assert house.browser().get("/readyz").text == "ready\n"


def test_not_ready_without_a_database(house: House) -> None:
    """When the database cannot be used the process is alive but not ready."""

    async def refuse(_function: object) -> None:
        raise StoreUnavailableError

    house.web.database.read = refuse  # type: ignore[method-assign, assignment]
    assert house.browser().get("/readyz").status_code == 503
    assert house.browser().get("/healthz").status_code == 200


def _leave_a_job(work: Work) -> None:
    work.jobs.add(Job(id="j", kind=JobKind.NOTHING, payload="{}", run_at=work.now, created_at=work.now))


def test_figures_count_commands(house: House) -> None:
    """Commands are counted by verb and outcome as they are logged, with how long they took."""
    figures = Metrics()
    house.app.state.metrics = figures
    before = structlog.get_config()["processors"]
    structlog.configure(processors=[figures, *before])
    browser = house.browser(house.people.wei)
    house.write(_leave_a_job)
    try:
        browser.say(browser.room(), "/tasks")
    finally:
        structlog.configure(processors=before)
    page = browser.get("/metrics").text
    assert 'kith_commands_total{outcome="ok",verb="tasks"} 1.0' in page
    assert 'kith_command_seconds_count{verb="tasks"} 1.0' in page
    assert 'kith_jobs_depth{kind="nothing",state="waiting"} 1.0' in page
    assert 'kith_jobs_oldest_seconds{kind="nothing"} 0.0' in page


def test_other_adapters_stand_beside(house: House) -> None:
    """Routes of other adapters are served by the same app, locked down like the rest."""
    router = APIRouter()

    @router.post("/chat/events")
    async def events() -> dict[str, bool]:
        return {"ok": True}

    house.app = create_app(house.web, [router])
    answer = house.browser().send("/chat/events")
    assert answer.json() == {"ok": True}
    assert "content-security-policy" in answer.headers
