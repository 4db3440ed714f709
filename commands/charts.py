"""Pictures of charts: kept for a while under an address that is signed and expires, and drawn when they are fetched."""

import hmac
import secrets
from datetime import UTC, datetime, timedelta

import msgspec

from cards.model import Chart
from commands.sealing import Sealer
from core.drafts import Draft
from core.patterns import late
from core.work import Work

LIFE = timedelta(days=30)
_NAME = late(r"([\w-]{22})\.(\d{10})\.([0-9a-f]{32})\.png")


def with_picture(work: Work, sealer: Sealer, public_url: str, chart: Chart) -> Chart:
    """The chart with the address of its picture, which is good for thirty days."""
    name, ends = secrets.token_urlsafe(16), work.now + LIFE
    work.drafts.put(Draft(_key(name), msgspec.json.encode(chart).decode(), ends))
    signed = f"{name}.{int(ends.timestamp()):010d}"
    return msgspec.structs.replace(chart, url=f"{public_url}/charts/{signed}.{sealer.sign(signed)}.png")


def find_chart(work: Work, sealer: Sealer, file_name: str) -> Chart | None:
    """The chart of a picture's address; None when it is forged, has expired, or is no picture."""
    found = _NAME.fullmatch(file_name)
    if found is None or not hmac.compare_digest(found[3], sealer.sign(f"{found[1]}.{found[2]}")):
        return None
    if datetime.fromtimestamp(int(found[2]), UTC) <= work.now:
        return None
    kept = work.drafts.get(_key(found[1]))
    return None if kept is None else msgspec.json.decode(kept, type=Chart)


def _key(name: str) -> str:
    return f"chart:{name}"
