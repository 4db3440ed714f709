"""What browsers are told to refuse on the page beside a conversation: everything but our own, in anybody's frame but
the host's.
"""

import base64
import hashlib
from functools import lru_cache

from starlette.responses import Response

from adapters.hosts.model import Host
from adapters.web.static_files import static_files

STYLE = "side.css"


@lru_cache(maxsize=1)
def style() -> str:
    """The page's styles, which stand in the page itself: nothing has to be fetched before it can be read."""
    return static_files().files[STYLE].content.decode()


@lru_cache(maxsize=1)
def _style_hash() -> str:
    return base64.b64encode(hashlib.sha256(style().encode()).digest()).decode()


def content_policy(host: Host | None, *, entering: bool = False) -> str:
    """The Content-Security-Policy of a page that ``host`` shows; None frames it nowhere.

    A vendor's SDK is let in only on the way in, where nothing of a customer is shown; it may fetch from where it is.
    """
    ancestors = " ".join(host.ancestors) if host and host.ancestors else "'none'"
    foreign = "".join(f" {source}" for source in host.script_sources) if host and entering else ""
    return (
        f"default-src 'none'; script-src 'self'{foreign}; "
        f"style-src 'sha256-{_style_hash()}'; img-src 'self' data:; connect-src 'self'{foreign}; form-action 'self'; "
        f"frame-ancestors {ancestors}; base-uri 'none'"
    )


def guarded(response: Response, host: Host | None, *, entering: bool = False) -> Response:
    """The response with the headers of such a page. ``same-origin`` keeps the address from every other site."""
    response.headers["content-security-policy"] = content_policy(host, entering=entering)
    response.headers["cache-control"] = "no-store"
    if host and host.ancestors:
        # The page is a guest in another site's frame, which these two would cut off.
        response.headers["cross-origin-opener-policy"] = "unsafe-none"
        response.headers["cross-origin-resource-policy"] = "cross-origin"
    return response
