"""The calls of Feishu's open API that Kith makes."""

# https://open.feishu.cn/document/server-docs/api-call-guide/server-api-list; a star is an id.
_CALLS = {
    ("POST", "auth/v3/tenant_access_token/internal"): "token",
    ("POST", "im/v1/messages"): "send",
    ("POST", "im/v1/messages/*/reply"): "reply",
    ("PATCH", "im/v1/messages/*"): "update",
    ("GET", "im/v1/messages/*"): "message",
    ("POST", "ephemeral/v1/send"): "whisper",
    ("GET", "contact/v3/users/*"): "user",
    ("GET", "im/v1/chats/*/members"): "members",
    ("GET", "im/v1/chats/*"): "chat",
    ("GET", "bot/v3/info"): "bot",
    ("POST", "jssdk/ticket/get"): "ticket",
    ("POST", "authen/v2/oauth/token"): "oauth",
    ("GET", "authen/v1/user_info"): "user_info",
}


def named(method: str, path: str) -> tuple[str, list[str]]:
    """What a call is called here, and the ids in its ``path`` behind ``/open-apis/``; no name for one unknown."""
    parts = path.split("/")
    for (of, pattern), name in _CALLS.items():
        wanted = pattern.split("/")
        if (
            of == method
            and len(wanted) == len(parts)
            and all(one in {"*", part} for one, part in zip(wanted, parts, strict=True))
        ):
            return name, [part for one, part in zip(wanted, parts, strict=True) if one == "*"]
    return "", []
