"""What a request's raw bytes tell before they are verified."""

from urllib.parse import parse_qs

_FORM = "application/x-www-form-urlencoded"
_SSL_CHECK_MAX = 500


def is_ssl_check(body: bytes, content_type: str) -> bool:
    """Whether Slack only looks at the certificate; it says nothing else then, and is not signed."""
    if len(body) > _SSL_CHECK_MAX or b"ssl_check=1" not in body or not content_type.startswith(_FORM):
        return False
    fields = parse_qs(body.decode(errors="replace"))
    return fields.get("ssl_check") == ["1"] and "command" not in fields and "payload" not in fields
