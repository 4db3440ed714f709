"""The time zone of this machine."""

import os
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def local_zone(link: Path = Path("/etc/localtime")) -> str:
    """Its IANA name, as ``TZ`` or the system's link to its zone file says; UTC where neither does."""
    linked = str(link.resolve()).partition("zoneinfo/")[2]
    for name in (os.environ.get("TZ", "").lstrip(":"), linked):
        try:
            return ZoneInfo(name).key
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return "UTC"
