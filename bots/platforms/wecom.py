"""WeCom, from its settings."""

from collections.abc import Iterator

from adapters.wecom.app import WecomAdapter
from adapters.wecom.config import WecomConfig
from adapters.wecom.side import DOOR_PATH
from adapters.wecom.webhook import PATH, ROBOT_PATH
from bots.errors import BadSettingError
from bots.keys import secret_key
from bots.platforms.model import Around, Chat, Finding
from bots.settings import Settings, shown
from commands.registry import VERBS

_APP = "work.weixin.qq.com/wework_admin, 应用管理 → the application → 接收消息 → 设置API接收"
_ROBOT = "work.weixin.qq.com/wework_admin, 管理工具 → 智能机器人 → the robot → API模式"
_DOMAIN = "the application → 网页授权及JS-SDK → 可信域名"
_TOOLBAR = "客户联系 → 聊天工具 → 聊天工具栏管理 → 配置应用页面"
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
        robot_id=settings.wecom_robot_id,
        robot_secret=shown(settings.wecom_robot_secret),
        socket_url=settings.wecom_socket_url,
        contacts_secret=shown(settings.wecom_contacts_secret),
        api_url=settings.wecom_api_url,
        oauth_url=settings.wecom_oauth_url,
        sdk_url=settings.wecom_sdk_url,
        domain_proof=settings.wecom_domain_proof,
        public_url=settings.public_url,
        listens=around.listens,
    )
    try:
        return WecomAdapter(config, around.database, VERBS, around.clock, secret_key=secret_key(settings))
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
    if settings.wecom_robot_id and settings.wecom_robot_token:
        both = f"a robot is called back or holds a line: unset one of the two, as chosen at {_ROBOT}"
        yield Finding("WeCom groups", "bad", settings.wecom_robot_id, both)
    elif settings.wecom_robot_id:
        about = f"choose 使用长连接 at {_ROBOT}; one kith serve holds the line, others wait for their turn"
        yield Finding("WeCom groups", "ok", f"long connection, {settings.wecom_robot_id}", about)
    elif not settings.wecom_robot_token:
        yield Finding("WeCom groups", "off", "", f"set KITH_WECOM_ROBOT_TOKEN and KITH_WECOM_ROBOT_AES_KEY: {_ROBOT}")
    elif settings.public_url:
        yield Finding("WeCom groups", "ok", f"{settings.public_url}{ROBOT_PATH}", f"the URL at {_ROBOT}")
    yield _page(settings)
    if not settings.wecom_contacts_secret:
        about = (
            "客户联系 → API: put the application among 可调用接口的应用, or set KITH_WECOM_CONTACTS_SECRET to add tags"
        )
        yield Finding("WeCom contacts", "ok", "the application's secret", about)


def _page(settings: Settings) -> Finding:
    """The page beside a conversation: which console pages must know the address."""
    name, address = "WeCom toolbar", settings.public_url
    if not address.startswith("https://"):
        return Finding(
            name, "off", address, "the page in the chat toolbar needs KITH_PUBLIC_URL to begin with https://"
        )
    host = address.partition("://")[2].partition("/")[0]
    if not settings.wecom_domain_proof:
        about = f"{_DOMAIN}: enter {host}, download WW_verify_….txt, and set KITH_WECOM_DOMAIN_PROOF to its name"
        return Finding(name, "warning", f"{address}{DOOR_PATH}", about)
    return Finding(name, "ok", f"{address}{DOOR_PATH}", f"the page at {_TOOLBAR}; {host} at {_DOMAIN}")
