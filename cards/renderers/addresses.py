"""Which web addresses a button may open; one bad address makes a platform refuse the whole message."""

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

from core.patterns import late

# What RFC 3986 allows, unencoded Chinese included: platforms encode it themselves.
_ADDRESS = late(r"https?://[^\s<>\"\\^`{|}\x00-\x20\x7f-\x9f\ud800-\udfff]+", re.IGNORECASE)


def is_web(url: str, limit: int = 2000) -> bool:
    """Is ``url`` absolute, http or https, with a host, and no longer than ``limit``?"""
    if len(url) > limit or not _ADDRESS.fullmatch(url):
        return False
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:  # an unfinished IPv6 host, a port that is no number
        return False


def is_public(url: str, limit: int = 2000) -> bool:
    """Could a platform's servers open ``url``? Not when it names this machine or a private network."""
    if not is_web(url, limit):
        return False
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host.strip(".") and not host.endswith((".localhost", ".local", ".internal"))
