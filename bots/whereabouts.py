"""Where the workbench of a database was last served, for commands that run beside the server."""

from datetime import timedelta

from core.drafts import Draft
from core.work import Work

USUAL = "http://127.0.0.1:8000"
_KEY = "served:workbench"
_KEPT_FOR = timedelta(days=400)


def remember_address(work: Work, address: str) -> None:
    """Keeps the address that a server has begun to listen on."""
    work.drafts.put(Draft(_KEY, address, work.now + _KEPT_FOR))


def last_address(work: Work) -> str:
    """The address a browser on that machine reached it by last; the usual one before there was a server."""
    return work.drafts.get(_KEY) or USUAL
