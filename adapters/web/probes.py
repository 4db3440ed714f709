"""For whoever runs Kith: is the process alive, can it work, and how much does it do."""

from datetime import datetime

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST

from adapters.web.access import door_of
from adapters.web.metrics import Metrics
from core.errors import StoreUnavailableError
from core.jobs.model import Backlog
from core.work import Work

router = APIRouter(include_in_schema=False, default_response_class=PlainTextResponse)


def _waiting(work: Work) -> int:
    return work.jobs.count_waiting(work.now)


def _backlog(work: Work) -> tuple[datetime, list[Backlog]]:
    return work.now, work.jobs.backlog(work.now)


@router.get("/healthz")
async def healthz() -> PlainTextResponse:
    """The process answers."""
    return PlainTextResponse("ok\n")


@router.get("/readyz")
async def readyz(request: Request) -> PlainTextResponse:
    """The database can be reached and has the tables this program needs."""
    try:
        await door_of(request).web.database.read(_waiting)
    except StoreUnavailableError:
        return PlainTextResponse("the database cannot be used\n", 503)
    return PlainTextResponse("ready\n")


@router.get("/metrics")
async def metrics(request: Request) -> Response:
    """Figures in Prometheus's format."""
    figures: Metrics = request.app.state.metrics
    now, backlog = await door_of(request).web.database.read(_backlog)
    return Response(figures.page(backlog, now), media_type=CONTENT_TYPE_LATEST)
