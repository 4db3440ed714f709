"""What the adapter is told."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

# .../document/uAjLw4CM/uYjL24iN/applink-protocol/supported-protocol/open-an-h5-app; Lark has its own.
_APPLINKS = {"open.larksuite.com": "https://applink.larksuite.com"}
_APPLINK = "https://applink.feishu.cn"
# https://open.feishu.cn/document/client-docs/h5/introduction: the script with ``h5sdk`` and ``tt``.
SDK_URL = "https://lf1-cdn-tos.bytegoofy.com/goofy/lark/op/h5-js-sdk-1.5.23.js"


@dataclass(frozen=True, slots=True)
class FeishuConfig:
    """One app. ``api_url`` is where Feishu (open.feishu.cn) or Lark (open.larksuite.com) is called."""

    app_id: str
    app_secret: str = field(repr=False)
    encrypt_key: str = field(repr=False)
    verification_token: str = field(default="", repr=False)
    api_url: str = "https://open.feishu.cn"
    public_url: str = ""
    sdk_url: str = SDK_URL
    socket: bool = False  # over a long connection, which Kith opens; else Feishu calls
    listens: bool = True  # false in a process that sends and takes nothing

    @property
    def has_side(self) -> bool:
        """Whether the page can stand beside a conversation: its session lives in cookies that want https."""
        return self.public_url.startswith("https://")

    @property
    def applink_url(self) -> str:
        """Where links begin that the client opens by itself."""
        return _APPLINKS.get(urlsplit(self.api_url).hostname or "", _APPLINK)

    @property
    def language(self) -> str:
        """What somebody is answered in whose language nothing tells: Feishu is Chinese, Lark is not."""
        return "zh_Hans" if (urlsplit(self.api_url).hostname or "").endswith("feishu.cn") else "en"
