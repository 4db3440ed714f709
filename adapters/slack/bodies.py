"""A request's raw bytes, as many as Slack ever sends."""

from urllib.parse import parse_qs

from starlette.requests import Request

# A modal of ours with every field full is 300 KB; what is larger is not from Slack.
BODY_MAX = 1024 * 1024
_FORM = "application/x-www-form-urlencoded"
_SSL_CHECK_MAX = 500


async def limited_body(request: Request) -> bytes | None:
    """The body, or None for one that is too large: nothing larger is ever held."""
    said = request.headers.get("content-length", "0")
    if not said.isdigit() or int(said) > BODY_MAX:
        return None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_MAX:
            return None
    return bytes(body)


def is_ssl_check(body: bytes, content_type: str) -> bool:
    """Whether Slack only looks at the certificate; it says nothing else then, and is not signed."""
    if len(body) > _SSL_CHECK_MAX or b"ssl_check=1" not in body or not content_type.startswith(_FORM):
        return False
    fields = parse_qs(body.decode(errors="replace"))
    return fields.get("ssl_check") == ["1"] and "command" not in fields and "payload" not in fields
