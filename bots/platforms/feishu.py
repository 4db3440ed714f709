"""Feishu and Lark, from their settings."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from adapters.feishu.app import FeishuAdapter
from adapters.feishu.config import FeishuConfig
from adapters.feishu.links import SIDE_PATH
from adapters.feishu.webhook import EVENTS_PATH
from bots.keys import secret_key
from bots.platforms.model import Around, Chat, Finding
from bots.settings import Settings, shown
from commands.registry import VERBS

_CONSOLES = {"open.feishu.cn": "open.feishu.cn/app", "open.larksuite.com": "open.larksuite.com/app"}


def build(around: Around) -> Chat:
    """Feishu, called over HTTP, or over a connection of its own in a process that listens."""
    settings = around.settings
    config = FeishuConfig(
        app_id=settings.feishu_app_id,
        app_secret=shown(settings.feishu_app_secret),
        encrypt_key=shown(settings.feishu_encrypt_key),
        verification_token=shown(settings.feishu_verification_token),
        api_url=settings.feishu_api_url,
        public_url=settings.public_url,
        sdk_url=settings.feishu_sdk_url,
        socket=settings.feishu_mode == "socket",
        listens=around.listens,
    )
    return FeishuAdapter(config, around.database, VERBS, around.clock, secret_key=secret_key(settings))


def findings(settings: Settings) -> Iterator[Finding]:
    """How Feishu reaches Kith, and which pages of its console must say so."""
    host = urlsplit(settings.feishu_api_url).hostname or ""
    app = f"{_CONSOLES.get(host, host)}/{settings.feishu_app_id}"
    socket = settings.feishu_mode == "socket"
    if socket:
        about = f"persistent connection (长连接), chosen twice at {app}/event: Event and Callback Configuration"
        yield Finding("Feishu", "ok", "long connection", about)
    elif settings.public_url:
        about = f"both Request URLs at {app}/event: Event Configuration and Callback Configuration"
        yield Finding("Feishu", "ok", f"{settings.public_url}{EVENTS_PATH}", about)
    else:
        yield Finding("Feishu", "warning", "", f"cannot reach this server: set KITH_PUBLIC_URL, then {app}/event")
    yield from _side(settings, app)
    if not socket and not settings.feishu_verification_token:
        about = f"not checked; it stands beside the Encrypt Key at {app}/event, Encryption Strategy"
        yield Finding("Feishu token", "ok", "not set", about)
    if host not in _CONSOLES:
        yield Finding("Feishu address", "warning", host, "is neither open.feishu.cn nor open.larksuite.com")


def _side(settings: Settings, app: str) -> Iterator[Finding]:
    """The page beside the conversation: which pages of the console must name which address."""
    page = f"{settings.public_url}{SIDE_PATH}"
    if not settings.public_url.startswith("https://"):
        about = "the page beside a conversation needs a KITH_PUBLIC_URL that begins with https://"
        yield Finding("Feishu side panel", "off", "", about)
    else:
        about = f"a Redirect URL, and its host an H5 trusted domain, at {app}/safe (Security Settings 安全设置)"
        yield Finding("Feishu side panel", "ok", page, about)
