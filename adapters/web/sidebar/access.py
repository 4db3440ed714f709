"""Who looks at the page beside a conversation, and whether what they send is theirs to send."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from hmac import compare_digest
from math import ceil
from typing import Annotated

from fastapi import Depends, Request
from starlette.responses import Response

from adapters.hosts.model import Host, Seat
from adapters.hosts.tickets import Tickets
from adapters.web import access
from adapters.web.access import Fields, check_origin, door_of
from adapters.web.adapter import WebAdapter
from adapters.web.incoming import PLATFORM, tenant_of
from adapters.web.refusals import RefusedError, theme_of
from adapters.web.sidebar.seats import LIFE, Sitting, find_sitting, seat_key
from adapters.web.viewer import Viewer
from cards.words import Words, mark
from core.members.model import Identity

HELD_LIFE = timedelta(minutes=15)  # of the cookie; a host decides how long what it holds is good for


class Sidebar:
    """What the routes share: the hosts by name, and who reads tickets."""

    def __init__(self, secret_key: str, hosts: Iterable[Host]) -> None:
        self.hosts = {host.name: host for host in hosts}
        self.tickets = Tickets(secret_key)

    @property
    def ancestors(self) -> str:
        """Every origin that may frame the page, for what is said to nobody in particular."""
        return " ".join(dict.fromkeys(origin for host in self.hosts.values() for origin in host.ancestors))

    def known_by(self, agent: str) -> Host | None:
        """The host whose built-in browser this is."""
        said = agent.casefold()
        return next((host for host in self.hosts.values() if any(word in said for word in host.agents)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Looker(Viewer):
    """A member before the page. Without ``host`` they came by a plain link, signed in as for the workbench."""

    seat: Seat
    host: Host | None = None

    def side_url(self, customer_id: str = "") -> str:
        """The page of a customer, or the one to begin with."""
        return f"{self.base}/sidebar/c/{customer_id}" if customer_id else f"{self.base}/sidebar/"


def sidebar_of(request: Request) -> Sidebar:
    """What the app was made with."""
    sidebar: Sidebar = request.app.state.sidebar
    return sidebar


def cookie_name(web: WebAdapter) -> str:
    """The session's cookie; by https its name makes browsers refuse it from anywhere but this very host."""
    return "__Host-kith-side" if web.config.secure else "kith-side"


def give_cookie(response: Response, web: WebAdapter, host: Host | None, session_id: str) -> None:
    """Sets the session's cookie: where another site frames the page it is that frame's own (CHIPS), else first-party.

    Written out because Starlette knows ``Partitioned`` from Python 3.14 on only.
    """
    _give(response, web, host, f"{cookie_name(web)}={session_id}", LIFE)


def held_name(web: WebAdapter) -> str:
    """The cookie of what a host gives a browser to hold on the way in."""
    return "__Host-kith-door" if web.config.secure else "kith-door"


def give_to_hold(response: Response, web: WebAdapter, host: Host, held: str) -> None:
    """Sets it, as the session's own cookie is set."""
    _give(response, web, host, f"{held_name(web)}={held}", HELD_LIFE if held else timedelta(0))


def _give(response: Response, web: WebAdapter, host: Host | None, pair: str, life: timedelta) -> None:
    framed = web.config.secure and host is not None and bool(host.ancestors)
    kept = f"{pair}; Path=/; Max-Age={int(life.total_seconds())}; HttpOnly"
    kept += "; Secure" if web.config.secure else ""
    kept += "; SameSite=None; Partitioned" if framed else "; SameSite=Lax"
    response.headers.append("set-cookie", kept)


async def seated(request: Request) -> Looker | None:
    """The member of a host's session; None where there is none."""
    web = door_of(request).web
    session_id = request.cookies.get(cookie_name(web), "")
    if not session_id:
        return None
    sitting = await web.database.read(lambda work: find_sitting(work, session_id))
    return looker_of(request, sitting, session_id) if sitting else None


def looker_of(request: Request, sitting: Sitting, session_id: str) -> Looker:
    """The member of a session, for the page."""
    web, actor = door_of(request).web, sitting.membership.actor(platform=sitting.seat.identity.platform)
    known = Looker(
        words=Words(actor.language, actor.zone),
        csrf=web.csrf.token(seat_key(session_id)),
        theme=sitting.theme or theme_of(request),
        base=request.scope.get("root_path", ""),
        membership=sitting.membership,
        demo=web.config.demo,
        seat=sitting.seat,
        host=sidebar_of(request).hosts.get(sitting.host),
    )
    request.state.viewer = known
    return known


async def looker(request: Request) -> Looker:
    """The member who looks: of a host's session, else who is signed in for the workbench. Refuses with 401."""
    found = await seated(request)
    if found is not None:
        return found
    known = await access.viewer(request)
    identity = Identity(PLATFORM, tenant_of(known.workspace.id), known.member.id)
    plain = Looker(
        words=known.words,
        csrf=known.csrf,
        theme=known.theme,
        base=known.base,
        membership=known.membership,
        demo=known.demo,
        seat=Seat(identity=identity),
    )
    request.state.viewer = plain
    return plain


Looking = Annotated[Looker, Depends(looker)]


async def side_poster(request: Request, fields: Fields, known: Looking) -> Looker:
    """The member who sends something, with the page's token in it. Refuses with 403 or 429."""
    check_origin(request)
    if not compare_digest(fields.get("csrf", "").encode(), known.csrf.encode()):
        raise RefusedError(403)
    wait = door_of(request).posts.wait(known.member.id, door_of(request).web.clock.now())
    if wait:
        raise RefusedError(
            429, mark("You are faster than Kith. Wait a moment and send it again."), wait=ceil(wait.total_seconds())
        )
    return known


Acting = Annotated[Looker, Depends(side_poster)]
