"""The web application: the workbench, its JSON, and the routes of the other adapters."""

from collections.abc import Iterable

from fastapi import APIRouter, FastAPI

from adapters.web import (
    access,
    api_lookups,
    api_rooms,
    charts,
    page_routes,
    post_routes,
    probes,
    refusals,
    signing_in,
    stream,
)
from adapters.web.adapter import WebAdapter
from adapters.web.guard import BodyLimit, DemoOnly, SafeHeaders
from adapters.web.metrics import Metrics
from adapters.web.pages import Pages
from adapters.web.shapes import API


def create_app(web: WebAdapter, routers: Iterable[APIRouter] = (), metrics: Metrics | None = None) -> FastAPI:
    """The application for ``web``, with ``routers`` of other adapters beside it.

    ``metrics`` are the figures to show; whoever makes them puts them among structlog's processors.
    """
    app = FastAPI(title="Kith", openapi_url=f"{API}/openapi.json", docs_url=None, redoc_url=None)
    app.state.door = access.new_door(web)
    app.state.pages = Pages()
    app.state.tries = signing_in.new_limiter()
    app.state.metrics = metrics or Metrics()
    refusals.install(app, app.state.pages)
    own = [
        api_rooms.router,
        api_lookups.router,
        stream.router,
        probes.router,
        charts.router,
        page_routes.router,
        post_routes.router,
    ]
    if not web.config.demo:
        own.append(signing_in.router)
    for router in (*routers, *own):
        app.include_router(router)
    # The last one added stands outermost: every answer gets its headers, those of the guards too.
    app.add_middleware(BodyLimit)
    if web.config.demo:
        app.add_middleware(DemoOnly)
    app.add_middleware(SafeHeaders, secure=web.config.secure)
    return app
