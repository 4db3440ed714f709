"""WeCom, from its settings."""

from collections.abc import Iterator

from adapters.wecom.app import WecomAdapter
from adapters.wecom.config import WecomConfig
from adapters.wecom.webhook import PATH, ROBOT_PATH
from bots.errors import BadSettingError
from bots.platforms.model import Around, Chat, Finding
from bots.settings import Settings, shown
from commands.registry import VERBS

_APP = "work.weixin.qq.com/wework_admin, 应用管理 → the application → 接收消息 → 设置API接收"
_ROBOT = "work.weixin.qq.com/wework_admin, 管理工具 → 智能机器人 → the robot → API模式"
_ADDRESSES = "the application → 企业可信IP must hold this server's address, or WeCom refuses its calls (60020)"


def build(around: Around) -> Chat:
    """WeCom. Raises BadSettingError for a key that is none."""
    settings = around.settings
    config = WecomConfig(
        corp_id=settings.wecom_corp_id,
        agent_id=settings.wecom_agent_id,
        secret=shown(settings.wecom_secret),
        token=shown(settings.wecom_token),
        key=shown(settings.wecom_aes_key),
        robot_token=shown(settings.wecom_robot_token),
        robot_key=shown(settings.wecom_robot_aes_key),
        contacts_secret=shown(settings.wecom_contacts_secret),
        api_url=settings.wecom_api_url,
    )
    try:
        return WecomAdapter(config, around.database, VERBS, around.clock)
    except ValueError as wrong:
        raise BadSettingError(f"KITH_WECOM_AES_KEY or KITH_WECOM_ROBOT_AES_KEY: {wrong}") from None


def findings(settings: Settings) -> Iterator[Finding]:
    """How WeCom reaches Kith, and what it lets it do."""
    if settings.public_url:
        yield Finding("WeCom", "ok", f"{settings.public_url}{PATH}", f"the URL at {_APP}; {_ADDRESSES}")
    else:
        yield Finding(
            "WeCom", "warning", "", f"WeCom cannot reach this server: set KITH_PUBLIC_URL, then fill in {_APP}"
        )
    if not settings.wecom_robot_token:
        yield Finding("WeCom groups", "off", "", f"set KITH_WECOM_ROBOT_TOKEN and KITH_WECOM_ROBOT_AES_KEY: {_ROBOT}")
    elif settings.public_url:
        yield Finding("WeCom groups", "ok", f"{settings.public_url}{ROBOT_PATH}", f"the URL at {_ROBOT}")
    if not settings.wecom_contacts_secret:
        about = (
            "客户联系 → API: put the application among 可调用接口的应用, or set KITH_WECOM_CONTACTS_SECRET to add tags"
        )
        yield Finding("WeCom contacts", "ok", "the application's secret", about)
