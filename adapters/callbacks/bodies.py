"""A request's raw bytes, which signatures are checked on."""

from starlette.requests import Request

BODY_MAX = 1024 * 1024  # bytes; what platforms send is a few kilobytes


async def limited_body(request: Request, most: int = BODY_MAX) -> bytes | None:
    """The body, or None for one of more than ``most`` bytes: nothing larger is ever held."""
    said = request.headers.get("content-length", "0")
    if not (said.isascii() and said.isdigit()) or int(said) > most:
        return None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            return None
    return bytes(body)
