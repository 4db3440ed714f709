"""The floor under ``kith bench command`` and ``sidebar``: FastAPI, the same proof, the same rows by plain SQL."""

import hashlib
import hmac
import json
import sqlite3
import time
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs

import asyncpg
from fastapi import FastAPI, Request, Response

from core.names import normalise

_MEMBER = """
SELECT m.id, m.workspace_id, m.name, m.role, m.team_id, m.language, m.zone, w.language, w.zone, w.currency
FROM identities i JOIN members m ON m.workspace_id = i.workspace_id AND m.id = i.member_id
JOIN workspaces w ON w.id = m.workspace_id
WHERE i.platform = $1 AND i.tenant = $2 AND i.user_id = $3 AND m.removed_at IS NULL"""
_NAME = """
SELECT n.record_id, n.customer_id
FROM names n JOIN customers c ON c.workspace_id = n.workspace_id AND c.id = n.customer_id
WHERE n.workspace_id = $1 AND n.key = $2 AND c.removed_at IS NULL
AND (c.team_id IS NULL OR c.team_id = $3 OR c.owner_id = $4) LIMIT 60"""
_CUSTOMER = "SELECT * FROM customers WHERE workspace_id = $1 AND id = $2 AND removed_at IS NULL"
_OWNER = "SELECT name FROM members WHERE workspace_id = $1 AND id = $2"
_TASKS = """
SELECT t.*, m.name FROM tasks t LEFT JOIN members m ON m.workspace_id = t.workspace_id AND m.id = t.assignee_id
WHERE t.workspace_id = $1 AND t.customer_id = $2 AND t.done_at IS NULL AND t.removed_at IS NULL
ORDER BY t.due_on LIMIT 5"""
_DEALS = """
SELECT d.*, m.name FROM deals d LEFT JOIN members m ON m.workspace_id = d.workspace_id AND m.id = d.owner_id
WHERE d.workspace_id = $1 AND d.customer_id = $2 AND d.stage NOT IN ('won', 'lost') AND d.removed_at IS NULL
ORDER BY d.close_on LIMIT 5"""
_ACTIVITIES = """
SELECT a.*, m.name FROM activities a LEFT JOIN members m ON m.workspace_id = a.workspace_id AND m.id = a.author_id
WHERE a.workspace_id = $1 AND a.customer_id = $2 AND a.removed_at IS NULL ORDER BY a.happened_at DESC LIMIT 3"""
_CONTACTS = "SELECT * FROM contacts WHERE workspace_id = $1 AND customer_id = $2 AND removed_at IS NULL LIMIT 4"

_SESSION = "SELECT data FROM drafts WHERE key = $1"
_SUMS = """
SELECT lower(stage), amount_currency, SUM(amount_minor), COUNT(*) FROM deals
WHERE workspace_id = $1 AND customer_id = $2 AND stage NOT IN ('won', 'lost') AND removed_at IS NULL
GROUP BY lower(stage), amount_currency"""
_TIMELINE = """
SELECT e.* FROM event_subjects s JOIN events e ON e.workspace_id = s.workspace_id AND e.id = s.event_id
WHERE s.workspace_id = $1 AND s.kind = 'customer' AND s.subject_id = $2 ORDER BY s.happened_at DESC LIMIT 13"""
_MEMBERS = "SELECT id, name FROM members WHERE workspace_id = $1"

Fetch = Callable[..., Awaitable[list[Any]]]


def make_app(database_url: str, secret: str) -> FastAPI:
    """One route that answers a signed slash command with the rows a customer's card needs."""
    app = FastAPI(openapi_url=None)
    state: dict[str, Fetch] = {}

    @app.post("/slack/events")
    async def command(request: Request) -> Response:
        body = await request.body()
        if not _is_signed(request, body, secret):
            return Response(status_code=401)
        if "fetch" not in state:
            state["fetch"] = await _connect(database_url)
        form = parse_qs(body.decode())
        found = await _rows(state["fetch"], form["team_id"][0], form["user_id"][0], form["text"][0])
        return Response(json.dumps(found, default=str), media_type="application/json")

    @app.get("/sidebar/c/{customer_id}")
    async def page(request: Request, customer_id: str) -> Response:
        if "fetch" not in state:
            state["fetch"] = await _connect(database_url)
        held = hashlib.sha256(request.cookies["kith-side"].encode()).hexdigest()
        found = await _beside(state["fetch"], f"seat:{held}", customer_id)
        return Response(json.dumps(found, default=str), media_type="application/json")

    return app


def _is_signed(request: Request, body: bytes, secret: str) -> bool:
    stamp = request.headers["x-slack-request-timestamp"]
    if abs(time.time() - int(stamp)) > 300:
        return False
    expected = "v0=" + hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected, request.headers["x-slack-signature"])


async def _connect(database_url: str) -> Fetch:
    if database_url.startswith("sqlite:///"):
        connection = sqlite3.connect(database_url.removeprefix("sqlite:///"))

        async def fetch_here(sql: str, *values: Any) -> list[Any]:
            return connection.execute(sql.replace("$", "?"), values).fetchall()

        return fetch_here
    # Without the pool's reset, which asks the server once more after every statement.
    pool = await asyncpg.create_pool(database_url, min_size=1, max_size=10, reset=_leave_as_it_is)

    async def fetch_there(sql: str, *values: Any) -> list[Any]:
        async with pool.acquire() as connection:
            return [tuple(row) for row in await connection.fetch(sql, *values)]

    return fetch_there


async def _leave_as_it_is(_connection: object) -> None:
    """Nothing was set on it that the next one would mind."""


async def _beside(fetch: Fetch, session: str, customer: str) -> dict[str, Any]:
    """The rows that the page beside a conversation needs, for the session's member."""
    (kept,) = await fetch(_SESSION, session)
    _, platform, tenant, user, *_rest = json.loads(kept[0])
    ((member, workspace, *_more),) = people = await fetch(_MEMBER, platform, tenant, user)
    about = (workspace, customer)
    return {
        "member": people,
        "customer": await fetch(_CUSTOMER, *about),
        "owner": await fetch(_OWNER, workspace, member),
        "tasks": await fetch(_TASKS, *about),
        "deals": await fetch(_DEALS, *about),
        "sums": await fetch(_SUMS, *about),
        "activities": await fetch(_ACTIVITIES, *about),
        "contacts": await fetch(_CONTACTS, *about),
        "timeline": await fetch(_TIMELINE, *about),
        "members": await fetch(_MEMBERS, workspace),
    }


async def _rows(fetch: Fetch, tenant: str, user: str, text: str) -> dict[str, Any]:
    ((member, workspace, *_rest),) = people = await fetch(_MEMBER, "slack", tenant, user)
    names = await fetch(_NAME, workspace, normalise(text), people[0][4], member)
    customer = names[0][1]
    return {
        "member": people,
        "names": names,
        "customer": await fetch(_CUSTOMER, workspace, customer),
        "owner": await fetch(_OWNER, workspace, member),
        "tasks": await fetch(_TASKS, workspace, customer),
        "deals": await fetch(_DEALS, workspace, customer),
        "activities": await fetch(_ACTIVITIES, workspace, customer),
        "contacts": await fetch(_CONTACTS, workspace, customer),
    }
