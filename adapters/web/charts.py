"""Pictures of charts, at addresses that are signed and expire: whoever has one may see it, platforms' servers too."""

import asyncio

from fastapi import APIRouter, Request
from fastapi.responses import Response

from adapters.web.access import door_of
from adapters.web.drawing import draw
from adapters.web.refusals import RefusedError
from commands.charts import find_chart
from commands.sealing import Sealer

router = APIRouter(include_in_schema=False)


@router.get("/charts/{name}")
async def chart(request: Request, name: str) -> Response:
    """The picture as PNG."""
    web = door_of(request).web
    sealer = Sealer(web.config.secret_key)
    found = await web.database.read(lambda work: find_chart(work, sealer, name))
    if found is None:
        raise RefusedError(404)
    content = await asyncio.to_thread(draw, found)
    return Response(content, media_type="image/png", headers={"cache-control": "private, max-age=86400"})
