"""DingTalk, from its settings."""

from collections.abc import Iterator
from typing import Any

from adapters.dingtalk.app import DingTalkAdapter
from adapters.dingtalk.config import EVENTS_PATH, DingTalkConfig
from adapters.dingtalk.side import DOOR_PATH
from bots.platforms.model import Around, Chat, Finding
from bots.settings import Settings, shown
from cards.renderers.dingtalk import side_link
from commands.registry import VERBS

_CONSOLE = "open-dev.dingtalk.com"


def build(around: Around) -> Chat:
    """DingTalk, called over HTTP, or over a connection of its own in a process that listens."""
    config = config_of(around.settings)
    return DingTalkAdapter(config, around.database, VERBS, around.clock, listens=around.listens)


def config_of(settings: Settings) -> DingTalkConfig:
    """What the adapter is told."""
    return DingTalkConfig(
        app_key=settings.dingtalk_app_key,
        app_secret=shown(settings.dingtalk_app_secret),
        robot_code=settings.dingtalk_robot_code,
        corp_id=settings.dingtalk_corp_id,
        secret=shown(settings.dingtalk_secret),
        template=settings.dingtalk_card_template,
        token=shown(settings.dingtalk_token),
        aes_key=shown(settings.dingtalk_aes_key),
        stream=settings.dingtalk_mode == "stream",
        agent_id=settings.dingtalk_agent_id,
        cool_app_code=settings.dingtalk_cool_app_code,
        sdk_url=settings.dingtalk_sdk_url,
        api_url=settings.dingtalk_api_url,
        oapi_url=settings.dingtalk_oapi_url,
        public_url=settings.public_url,
    )


def permissions(config: DingTalkConfig) -> dict[str, Any]:
    """What the console wants to be told: addresses, and the permissions to ask for, by what they are for."""
    return {
        "robot": _way(config, config.robot_path),
        "events": _way(config, EVENTS_PATH),
        "web app": {"home page": f"{config.public_url}{DOOR_PATH}"},
        "cool app": {"address": side_link(f"{config.public_url}{DOOR_PATH}")},
        "permissions": {
            "qyapi_robot_sendmsg": "answers to one person, and to a group",
            "Card.Instance.Write": "interactive cards, where there is a template",
            "qyapi_get_member": "members known by their organisation's mailbox",
            "fieldEmail": "the same: to be told the mailbox",
            "qyapi_chat_read": "who is in a group that has the cool app, for the page beside it",
        },
        "card template": "deploy/dingtalk/kith-card.json",
    }


def _way(config: DingTalkConfig, path: str) -> dict[str, str]:
    return {"mode": "Stream"} if config.stream else {"mode": "HTTP", "address": f"{config.public_url}{path}"}


def findings(settings: Settings) -> Iterator[Finding]:
    """How DingTalk reaches Kith, and what it lacks, each with the page where it is mended."""
    if settings.dingtalk_mode == "stream":
        about = f"message receiving mode Stream at {_CONSOLE}, your app, Robot; and for events, Events and callbacks"
        yield Finding("DingTalk", "ok", "Stream", about)
    elif not settings.public_url:
        about = (
            "DingTalk cannot reach this server: set KITH_PUBLIC_URL, then kith manifest dingtalk tells the addresses"
        )
        yield Finding("DingTalk", "warning", "", about)
    elif settings.dingtalk_secret:
        about = f"the HTTP address at {_CONSOLE}, your app, Robot, as kith manifest dingtalk prints it"
        yield Finding("DingTalk", "ok", f"{settings.public_url}/dingtalk/robot/…", about)
    else:
        about = (
            "DingTalk signs no message's body: set KITH_DINGTALK_SECRET, and put the address that kith manifest "
            f"dingtalk prints at {_CONSOLE}, your app, Robot"
        )
        yield Finding("DingTalk", "warning", f"{settings.public_url}/dingtalk/robot", about)
    yield from _cards(settings)
    yield from _side(settings)
    if not settings.dingtalk_corp_id:
        about = (
            f"members link themselves by a code: set KITH_DINGTALK_CORP_ID ({_CONSOLE}, top right, CorpId) to know them"
        )
        yield Finding("DingTalk", "warning", "no organisation", about)
    if settings.dingtalk_aes_key and settings.public_url:
        about = f"the request address at {_CONSOLE}, your app, Events and callbacks"
        yield Finding("DingTalk", "ok", f"{settings.public_url}{EVENTS_PATH}", about)


def _cards(settings: Settings) -> Iterator[Finding]:
    if settings.dingtalk_card_template:
        about = f"published at {_CONSOLE}/fe/card, and tied to this app"
        yield Finding("DingTalk", "ok", f"cards of {settings.dingtalk_card_template}", about)
    else:
        about = (
            f"answers are markdown with links: import deploy/dingtalk/kith-card.json at {_CONSOLE}/fe/card, "
            "publish it, and set KITH_DINGTALK_CARD_TEMPLATE"
        )
        yield Finding("DingTalk", "warning", "no card template", about)


def _side(settings: Settings) -> Iterator[Finding]:
    """The page beside a conversation."""
    if not settings.dingtalk_corp_id or not settings.public_url.startswith("https://"):
        about = "the page beside a conversation needs KITH_DINGTALK_CORP_ID, and KITH_PUBLIC_URL by https"
        yield Finding("DingTalk", "off", "no side panel", about)
        return
    about = f"at {_CONSOLE}, your app, Add capability, Web app (网页应用): this as the home page for phone and desktop"
    yield Finding("DingTalk", "ok", f"{settings.public_url}{DOOR_PATH}", about)
    if not settings.dingtalk_cool_app_code:
        about = (
            "the page does not know which group it stands beside: add a cool app for groups (酷应用) "
            f"at {_CONSOLE}, your app, and set KITH_DINGTALK_COOL_APP_CODE"
        )
        yield Finding("DingTalk", "warning", "no cool app", about)
    if not settings.dingtalk_agent_id:
        about = f"old versions of DingTalk want the page signed: KITH_DINGTALK_AGENT_ID ({_CONSOLE}, your app, AgentId)"
        yield Finding("DingTalk", "warning", "no AgentId", about)
