"""Saying no: the same words as a page for people and as JSON for scripts."""

from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.exceptions import HTTPException

from adapters.web.guard import CONTENT_SECURITY_POLICY, HEADERS
from adapters.web.pages import Pages
from adapters.web.viewer import THEMES, Guest
from cards.words import Words, mark

API = "/api/"
SIDEBAR = "/sidebar/"
THEME_COOKIE = "kith-theme"

HOW_TO_SIGN_IN = mark("Ask for a one-time link on the machine that Kith runs on:")
_TITLES = {
    400: mark("Kith cannot read this"),
    401: mark("Sign in to Kith"),
    403: mark("This was not sent from a page of Kith"),
    404: mark("There is nothing here"),
    405: mark("That cannot be done here"),
    422: mark("Kith cannot use this"),
    429: mark("That was a little fast"),
    500: mark("Something broke in Kith"),
}
_SAID = {
    400: mark("The request is not well-formed."),
    401: HOW_TO_SIGN_IN,
    403: mark("Go back, load the page again and send it once more."),
    404: mark("It does not exist, or it is not yours to see."),
    405: mark("This address does not take that kind of request."),
    422: mark("A value is missing, too long, or of the wrong kind."),
    429: mark("Wait a moment and send it again."),
    500: mark("It was written to the log. What you sent before is kept; try this again."),
}
SIGN_IN_COMMAND = "kith sign-in MEMBER"
_AGAIN = mark("Open Kith again")
_OVER = mark("Your visit here is over. Open Kith again from the conversation; what waits to be sent is kept.")
_BY_LINK = mark("In a browser of your own, ask for a one-time link on the machine that Kith runs on:")


@dataclass(eq=False)
class RefusedError(Exception):
    """A request that is answered with ``status``. ``message``, of the catalogue, says more than the status alone."""

    status: int
    message: str = ""
    wait: int = 0  # seconds until it may be tried again


def install(app: FastAPI, pages: Pages) -> None:
    """Makes every refusal of the app readable, whoever says no: a route, FastAPI or Starlette."""

    async def refused(request: Request, refusal: Exception) -> Response:
        assert isinstance(refusal, RefusedError)  # noqa: S101 - it is registered for these alone
        headers = {"retry-after": str(refusal.wait)} if refusal.wait else {}
        return _answer(pages, request, refusal.status, refusal.message, headers)

    async def failed(request: Request, failure: Exception) -> Response:
        assert isinstance(failure, HTTPException)  # noqa: S101 - see above
        return _answer(pages, request, failure.status_code, "", dict(failure.headers or {}))

    async def unusable(request: Request, failure: Exception) -> Response:
        assert isinstance(failure, RequestValidationError)  # noqa: S101 - see above
        # To a person an address that cannot be is one that is not there.
        nowhere = not _is_api(request) and any(error["loc"][0] == "path" for error in failure.errors())
        return _answer(pages, request, 404 if nowhere else 422, "", {})

    async def crashed(request: Request, _bug: Exception) -> Response:
        # This one stands outside of every middleware, so that it brings the safe headers itself.
        return _answer(pages, request, 500, "", HEADERS)

    app.add_exception_handler(Exception, crashed)
    app.add_exception_handler(RefusedError, refused)
    app.add_exception_handler(HTTPException, failed)
    app.add_exception_handler(RequestValidationError, unusable)


def guest(request: Request) -> Guest:
    """Who reads a refusal, known or not: in their own language as far as that is known."""
    known = getattr(request.state, "viewer", None)
    if isinstance(known, Guest):
        return known
    wanted = request.headers.get("accept-language", "").strip().casefold()
    return Guest(words=Words("zh_Hans" if wanted.startswith("zh") else "en"), theme=theme_of(request))


def theme_of(request: Request) -> str:
    """The colours this browser chose; empty for the system's."""
    chosen = request.cookies.get(THEME_COOKIE, "")
    return chosen if chosen in THEMES else ""


def _is_api(request: Request) -> bool:
    path: str = request.scope["path"]
    return path.removeprefix(request.scope.get("root_path", "")).startswith(API)


def _answer(pages: Pages, request: Request, status: int, message: str, headers: dict[str, str]) -> Response:
    reader = guest(request)
    said = reader.words(message or _SAID.get(status, _SAID[400]))
    headers = {"cache-control": "no-store"} | headers
    if _is_api(request) or request.headers.get("accept", "").startswith("application/json"):
        return JSONResponse({"status": status, "message": said}, status, _frameable(request) | headers)
    beside = _is_beside(request)
    told: dict[str, Any] = {
        "title": reader.words(_TITLES.get(status, _TITLES[400])),
        "lines": [said],
        "command": SIGN_IN_COMMAND if status == 401 else "",
        # Beside a conversation the way back has to stay where it can be framed.
        "back": "" if status == 401 else f"{reader.base}{SIDEBAR if beside else '/'}",
        "back_label": reader.words(mark("Back to the customers") if beside else mark("Back to the conversations")),
    }
    if status == 401 and beside and request.app.state.sidebar.hosts:
        told |= _open_again(reader, message)
    page = pages.render("notice.html", reader, kept=getattr(request.state, "kept", ""), code="", **told)
    return HTMLResponse(page, status, _frameable(request) | headers)


def _open_again(reader: Guest, message: str) -> dict[str, Any]:
    """Beside a conversation nobody has a command line: the way in is the conversation itself."""
    if message:
        return {"title": reader.words(_AGAIN), "lines": [reader.words(message)], "command": ""}
    return {"title": reader.words(_AGAIN), "lines": [reader.words(_OVER), reader.words(_BY_LINK)]}


def _is_beside(request: Request) -> bool:
    path: str = request.scope["path"]
    return path.removeprefix(request.scope.get("root_path", "")).startswith(SIDEBAR)


def _frameable(request: Request) -> dict[str, str]:
    """Beside a conversation a refusal has to be read in the host's frame, or all that is seen there is white.

    Whose frame that is, nobody can know without a session; a refusal shows nothing of anybody.
    """
    ancestors: str = getattr(request.app.state, "ancestors", "")
    if not ancestors or not _is_beside(request):
        return {}
    policy = CONTENT_SECURITY_POLICY.replace("frame-ancestors 'none'", f"frame-ancestors {ancestors}")
    return {
        "content-security-policy": policy,
        "cross-origin-opener-policy": "unsafe-none",
        "cross-origin-resource-policy": "cross-origin",
    }
