"""What the adapter is told."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class FeishuConfig:
    """One app. ``api_url`` is where Feishu (open.feishu.cn) or Lark (open.larksuite.com) is called."""

    app_id: str
    app_secret: str = field(repr=False)
    encrypt_key: str = field(repr=False)
    verification_token: str = field(default="", repr=False)
    api_url: str = "https://open.feishu.cn"
    public_url: str = ""

    @property
    def language(self) -> str:
        """What somebody is answered in whose language nothing tells: Feishu is Chinese, Lark is not."""
        return "zh_Hans" if (urlsplit(self.api_url).hostname or "").endswith("feishu.cn") else "en"
