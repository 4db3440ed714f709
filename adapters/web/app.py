"""The web application: the workbench, its JSON, and the routes of the other adapters."""

from collections.abc import Iterable

from fastapi import APIRouter, FastAPI

from adapters.hosts.model import Host
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
from adapters.web.attending import Attending
from adapters.web.guard import BodyLimit, DemoOnly, SafeHeaders
from adapters.web.metrics import Metrics
from adapters.web.pages import Pages
from adapters.web.shapes import API
from adapters.web.sidebar import entering
from adapters.web.sidebar import routes as sidebar_routes
from adapters.web.sidebar.access import Sidebar


def create_app(
    web: WebAdapter, routers: Iterable[APIRouter] = (), metrics: Metrics | None = None, hosts: Iterable[Host] = ()
) -> FastAPI:
    """The application for ``web``, which has its road, with ``routers`` of other adapters beside it.

    ``metrics`` are the figures to show; whoever makes them puts them among structlog's processors. ``hosts`` show the
    page beside a conversation.
    """
    app = FastAPI(title="Kith", openapi_url=f"{API}/openapi.json", docs_url=None, redoc_url=None)
    app.state.door = access.new_door(web)
    app.state.pages = Pages()
    app.state.tries = signing_in.new_limiter()
    app.state.metrics = metrics or Metrics()
    app.state.sidebar = Sidebar(web.config.secret_key, hosts)
    app.state.ancestors = app.state.sidebar.ancestors
    refusals.install(app, app.state.pages)
    own = [
        api_rooms.router,
        api_lookups.router,
        stream.router,
        probes.router,
        charts.router,
        entering.router,
        sidebar_routes.router,
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
    app.add_middleware(Attending, traffic=web.road.traffic)
    return app
