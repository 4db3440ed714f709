"""Settings: environment variables that begin with ``KITH_``, read here and nowhere else.

Standard library only: pydantic-settings takes 0.27 s to import, more than half of what ``kith chat --once`` may take.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bots.errors import BadSettingError

PREFIX = "KITH_"
DEFAULT_DATABASE = "sqlite:///var/kith.db"
_DOTENV = Path(".env")
_PART_MIN = 16  # characters; what is shorter may be a word, which masking would take out of every log
_SECRET_LEAST, _AES_KEY_LETTERS = 16, 43


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """A value that shows itself only when asked to."""

    value: str

    def __repr__(self) -> str:
        return "Secret('…')"

    __str__ = __repr__


def _one_of(raw: str, *, choices: tuple[str, ...]) -> str:
    if raw.casefold() not in choices:
        raise ValueError(f"must be one of {', '.join(choices)}, not {raw!r}")
    return raw.casefold()


def _language(raw: str) -> str:
    """``zh``, ``zh_CN`` and ``zh-Hans`` are one language here, and so are ``en`` and ``en_GB``."""
    first = raw.replace("-", "_").partition("_")[0]
    return {"en": "en", "zh": "zh_Hans"}[_one_of(first, choices=("en", "zh"))]


def _zone(raw: str) -> str:
    try:
        return ZoneInfo(raw).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"there is no time zone {raw!r}; zones are written like Asia/Shanghai") from None


def _beginning(raw: str, *, choices: tuple[str, ...]) -> str:
    """An address; its password, if it has one, is not repeated in the complaint."""
    if not raw.startswith(choices):
        raise ValueError(f"must begin with {' or '.join(choices)}")
    return raw


def _web(raw: str) -> str:
    return _beginning(raw, choices=("https://", "http://")).rstrip("/")


def _number(raw: str) -> int:
    if not (raw.isascii() and raw.isdigit()):
        raise ValueError(f"must be a number, not {raw!r}")
    return int(raw)


def _path_part(raw: str) -> Secret:
    """A secret that is one part of an address's path."""
    if len(raw) < _SECRET_LEAST or not all(letter.isascii() and (letter.isalnum() or letter in "-_") for letter in raw):
        raise ValueError(f"must be at least {_SECRET_LEAST} letters, digits, - and _")
    return Secret(raw)


def _aes_key(raw: str) -> Secret:
    """A key as DingTalk's console shows it."""
    if len(raw) != _AES_KEY_LETTERS or not (raw.isascii() and raw.isalnum()):
        raise ValueError(f"must be the {_AES_KEY_LETTERS} letters and digits that the console shows")
    return Secret(raw)


def _domain_proof(raw: str) -> str:
    """The word in the name of WeCom's file, whether all of the name is given or the word alone."""
    word = raw.removeprefix("WW_verify_").removesuffix(".txt")
    if not (word.isascii() and word.isalnum()):
        raise ValueError("must be the name of the file that the console lets download, WW_verify_….txt")
    return word


def _setting(default: Any, about: str, read: Callable[[str], Any] = str) -> Any:
    """A field: ``read`` turns the variable's text into its value or raises ValueError with the reason."""
    return field(default=default, metadata={"about": about, "read": read})


def _switch(raw: str) -> bool:
    return _one_of(raw, choices=("on", "off")) == "on"


def _list(raw: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in raw.split(",") if part.strip())


_DATABASES = partial(_beginning, choices=("sqlite:///", "postgresql://"))
_SOCKETS = partial(_beginning, choices=("wss://", "ws://"))
_MODES = partial(_one_of, choices=("polling", "webhook"))
_WAYS = partial(_one_of, choices=("http", "stream"))
_LINES = partial(_one_of, choices=("webhook", "socket"))
_EMAILS = partial(_one_of, choices=("confirmed", "all"))
_LEVELS = partial(_one_of, choices=("debug", "info", "warning", "error"))


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Settings:
    """Every setting, with a word on what it is for, which ``kith doctor`` prints. Never printed as a whole."""

    database_url: str = _setting(DEFAULT_DATABASE, "sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME", _DATABASES)
    secret_key: Secret | None = _setting(None, "seals buttons and sessions, encrypts tokens at rest", Secret)
    public_url: str = _setting("", "where browsers and platforms reach this server", _web)
    locale: str = _setting("en", "the language of a new workspace, en or zh_Hans", _language)
    timezone: str = _setting("UTC", "the time zone of a new workspace", _zone)
    log_level: str = _setting("info", "the least that is logged: debug, info, warning or error", _LEVELS)

    slack_bot_token: Secret | None = _setting(None, "Slack, one workspace: the bot's token", Secret)
    slack_signing_secret: Secret | None = _setting(None, "Slack over HTTP: verifies its requests", Secret)
    slack_app_token: Secret | None = _setting(None, "Slack in Socket Mode: the app's token", Secret)
    slack_client_id: str = _setting("", "Slack, several workspaces: installing through OAuth")
    slack_client_secret: Secret | None = _setting(None, "Slack, several workspaces: installing through OAuth", Secret)
    slack_api_url: str = _setting("https://slack.com/api", "where Slack's methods are called", _web)

    telegram_token: Secret | None = _setting(None, "Telegram: the bot's token", Secret)
    telegram_secret: Secret | None = _setting(None, "Telegram by webhook: verifies its requests", Secret)
    telegram_mode: str = _setting("polling", "Telegram: polling or webhook", _MODES)
    telegram_api_url: str = _setting("https://api.telegram.org", "where Telegram's methods are called", _web)

    mattermost_command_tokens: Secret | None = _setting(
        None, "Mattermost: the slash commands' tokens, commas between them", Secret
    )
    mattermost_bot_token: Secret | None = _setting(None, "Mattermost: the bot account's token", Secret)
    mattermost_api_url: str = _setting("", "where the Mattermost server is called", _web)
    mattermost_emails: str = _setting(
        "confirmed",
        "Mattermost: whose address ties an account, confirmed or all (where the server checks all)",
        _EMAILS,
    )
    wecom_corp_id: str = _setting("", "WeCom: the company's id")
    wecom_agent_id: int = _setting(0, "WeCom: the application's AgentId", _number)
    wecom_secret: Secret | None = _setting(None, "WeCom: the application's secret", Secret)
    wecom_token: Secret | None = _setting(None, "WeCom: the Token of its API for receiving messages", Secret)
    wecom_aes_key: Secret | None = _setting(None, "WeCom: the EncodingAESKey beside it, 43 characters", Secret)
    wecom_robot_token: Secret | None = _setting(None, "WeCom, a robot for groups: its Token", Secret)
    wecom_robot_aes_key: Secret | None = _setting(None, "WeCom, a robot for groups: its EncodingAESKey", Secret)
    wecom_robot_id: str = _setting("", "WeCom, a robot over a long connection (长连接): its BotID")
    wecom_robot_secret: Secret | None = _setting(None, "WeCom, a robot over a long connection: its Secret", Secret)
    wecom_socket_url: str = _setting(
        "wss://openws.work.weixin.qq.com", "where WeCom's long connection is opened", _SOCKETS
    )
    wecom_contacts_secret: Secret | None = _setting(None, "WeCom: the secret of 客户联系, to add tags there", Secret)
    wecom_domain_proof: str = _setting(
        "", "WeCom's toolbar: the file WW_verify_….txt that proves whose domain this is, its name", _domain_proof
    )
    wecom_oauth_url: str = _setting(
        "https://open.weixin.qq.com/connect/oauth2/authorize", "where WeCom tells who opens the page", _web
    )
    wecom_sdk_url: str = _setting(
        "https://wwcdn.weixin.qq.com/node/open/js/wecom-jssdk-2.3.4.js", "where WeCom's own script comes from", _web
    )
    wecom_api_url: str = _setting("https://qyapi.weixin.qq.com", "where WeCom's methods are called", _web)

    feishu_app_id: str = _setting("", "Feishu or Lark: the app's id, cli_…")
    feishu_app_secret: Secret | None = _setting(None, "Feishu or Lark: the app's secret", Secret)
    feishu_mode: str = _setting("webhook", "Feishu: webhook (it calls Kith) or socket (长连接, Kith calls it)", _LINES)
    feishu_encrypt_key: Secret | None = _setting(None, "Feishu or Lark: decrypts and verifies its requests", Secret)
    feishu_verification_token: Secret | None = _setting(None, "Feishu or Lark: also checked, where it is set", Secret)
    feishu_api_url: str = _setting(
        "https://open.feishu.cn", "where Feishu is called; Lark's is https://open.larksuite.com", _web
    )
    feishu_sdk_url: str = _setting(
        "https://lf1-cdn-tos.bytegoofy.com/goofy/lark/op/h5-js-sdk-1.5.23.js", "where Feishu's own script is", _web
    )

    teams_app_id: str = _setting("", "Teams: the bot's application id")
    teams_app_password: Secret | None = _setting(None, "Teams: the application's client secret", Secret)
    teams_tenant_id: str = _setting("", "Teams: the directory (tenant) that the application lives in")
    teams_more_tenants: tuple[str, ...] = _setting((), "Teams: other directories that may use it, with commas", _list)
    teams_token_tenant: str = _setting("", "Teams: where its token is fetched, when not in its own directory")
    teams_targeted: bool = _setting(True, "Teams: private answers in groups by targeted messages, on or off", _switch)
    teams_local: bool = _setting(False, "Teams: takes unsigned requests of this machine alone, on or off", _switch)
    teams_api_url: str = _setting("https://smba.trafficmanager.net/teams", "where Teams' connector is called", _web)
    teams_login_url: str = _setting("https://login.microsoftonline.com", "where Teams' tokens are fetched", _web)
    teams_keys_url: str = _setting(
        "https://login.botframework.com/v1/.well-known/keys", "where the keys of Teams' requests are", _web
    )
    dingtalk_app_key: str = _setting("", "DingTalk: the app's Client ID (AppKey)")
    dingtalk_app_secret: Secret | None = _setting(
        None, "DingTalk: the app's Client Secret, verifies its requests", Secret
    )
    dingtalk_mode: str = _setting("http", "DingTalk: http (it calls Kith) or stream (Kith calls it)", _WAYS)
    dingtalk_robot_code: str = _setting("", "DingTalk: the robot's code, where it is not the Client ID")
    dingtalk_corp_id: str = _setting("", "DingTalk: the organisation, whose mailboxes then tell who somebody is")
    dingtalk_agent_id: str = _setting("", "DingTalk's side panel: the app's AgentId, by which it is signed")
    dingtalk_cool_app_code: str = _setting("", "DingTalk: the cool app's code, by which it tells who is in a group")
    dingtalk_sdk_url: str = _setting(
        "https://g.alicdn.com/dingding/dingtalk-jsapi/3.0.25/dingtalk.open.js", "where DingTalk's script is", _web
    )
    dingtalk_secret: Secret | None = _setting(None, "DingTalk: the last part of the addresses it calls", _path_part)
    dingtalk_card_template: str = _setting("", "DingTalk: the id of the imported card template, for real buttons")
    dingtalk_token: Secret | None = _setting(None, "DingTalk's events: the token, verifies them", Secret)
    dingtalk_aes_key: Secret | None = _setting(None, "DingTalk's events: the key of 43 characters", _aes_key)
    dingtalk_api_url: str = _setting("https://api.dingtalk.com", "where DingTalk's interface is called", _web)
    dingtalk_oapi_url: str = _setting("https://oapi.dingtalk.com", "where DingTalk's older interface is called", _web)

    @property
    def platforms_on(self) -> tuple[str, ...]:
        """The chat platforms that there are settings for, by the names of their modules in ``bots.platforms``."""
        return tuple(name for name, ways in _SWITCHES.items() if any(getattr(self, each) for each in ways))

    def with_only(self, **platform: Any) -> "Settings":
        """The same with no platform but the one that these fields switch on."""
        names = [*_MODES_OF_CALLING, *(name for ways in _SWITCHES.values() for name in ways)]
        off = {name: Settings.__dataclass_fields__[name].default for name in names}
        return replace(self, **{**off, **platform})

    @property
    def slack_on(self) -> bool:
        """Whether there is a Slack to speak to."""
        return "slack" in self.platforms_on

    @property
    def secrets(self) -> tuple[str, ...]:
        """The values that must show nowhere."""
        values = (getattr(self, each.name) for each in fields(self))
        return tuple(part for value in values if isinstance(value, Secret) for part in _parts(value.value))

    def lacking(self) -> list[tuple[str, str]]:
        """Variables that what is set is of no use without, and why."""
        oauth, wecom = bool(self.slack_client_id), "wecom" in self.platforms_on
        teams, called = bool(self.teams_app_id), bool(self.feishu_app_id) and self.feishu_mode == "webhook"
        needs = (
            ("slack_signing_secret", self.slack_on and not self.slack_app_token, "Slack's requests are verified by it"),
            ("slack_client_secret", oauth, "installing Slack through OAuth needs it beside the client id"),
            ("teams_app_password", teams, "Teams takes answers with a token alone, which is fetched with it"),
            ("teams_tenant_id", teams, "only people of directories that are named may use Kith in Teams"),
            ("dingtalk_app_secret", bool(self.dingtalk_app_key), "DingTalk's requests are verified by it"),
            ("dingtalk_token", bool(self.dingtalk_aes_key), "DingTalk's events are verified by it"),
            ("dingtalk_aes_key", bool(self.dingtalk_token), "DingTalk's events are encrypted with it"),
            (
                "public_url",
                bool(self.dingtalk_card_template) and self.dingtalk_mode == "http",
                "presses in DingTalk's cards are brought there",
            ),
            ("public_url", oauth, "Slack must be told where to send those who install Kith"),
            ("mattermost_command_tokens", "mattermost" in self.platforms_on, "Mattermost's commands are known by them"),
            ("mattermost_api_url", bool(self.mattermost_bot_token), "the bot's token is good for one server alone"),
            ("mattermost_bot_token", bool(self.mattermost_api_url), "the Mattermost server is called as the bot"),
            ("public_url", "mattermost" in self.platforms_on, "Mattermost is told with every button what to call"),
            ("feishu_app_secret", bool(self.feishu_app_id), "Feishu is called with it beside the app's id"),
            ("feishu_encrypt_key", called, "without it Feishu does not sign what it sends"),
            ("wecom_corp_id", wecom, "WeCom's requests are for this company"),
            ("wecom_agent_id", wecom, "WeCom is told which application speaks"),
            ("wecom_secret", wecom, "WeCom lets nobody speak without it"),
            ("wecom_token", wecom, "WeCom's requests are verified by it"),
            ("wecom_aes_key", wecom, "WeCom's requests are opened by it"),
            ("wecom_robot_aes_key", bool(self.wecom_robot_token), "the robot's requests are opened by it"),
            ("wecom_robot_secret", bool(self.wecom_robot_id), "WeCom lets the robot in with it alone"),
            ("wecom_robot_id", bool(self.wecom_robot_secret), "WeCom is told which robot it is"),
            ("wecom_robot_token", bool(self.wecom_robot_aes_key), "the robot's requests are verified by it"),
        )
        return [(variable(name), why) for name, needed, why in needs if needed and not getattr(self, name)]


# How a platform reaches Kith is not what its stand-in is to find set for the real one.
_MODES_OF_CALLING = ("feishu_mode", "dingtalk_mode")

# A platform is on when one of these settings of its is there.
_SWITCHES = {
    "slack": ("slack_bot_token", "slack_client_id"),
    "telegram": ("telegram_token",),
    "mattermost": ("mattermost_command_tokens", "mattermost_bot_token"),
    "feishu": ("feishu_app_id",),
    "wecom": ("wecom_corp_id", "wecom_secret"),
    "teams": ("teams_app_id", "teams_local"),
    "dingtalk": ("dingtalk_app_key",),
}


def _parts(value: str) -> set[str]:
    """A secret, and where it is a list of some each of them: one alone must not show either."""
    return {value, *(part for part in value.replace(",", " ").split() if len(part) >= _PART_MIN)}


def shown(secret: Secret | None) -> str:
    """A secret's value for whoever uses it; empty where there is none."""
    return secret.value if secret else ""


def variable(name: str) -> str:
    """The environment variable of a setting."""
    return f"{PREFIX}{name.upper()}"


def environment() -> dict[str, str]:
    """The process's variables, over those of ``.env`` in the working directory."""
    kept = _dotenv(_DOTENV.read_text(encoding="utf-8")) if _DOTENV.is_file() else {}
    return {**kept, **os.environ}


def _dotenv(text: str) -> dict[str, str]:
    """``NAME=value`` lines; ``export``, comments and quotation marks around the value are left out."""
    lines = (line.strip().removeprefix("export ") for line in text.splitlines())
    pairs = (line.partition("=") for line in lines if "=" in line and not line.startswith("#"))
    return {name.strip(): _unquoted(value.strip()) for name, _, value in pairs}


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value.partition(" #")[0].rstrip()


def load_settings(variables: Mapping[str, str] | None = None) -> Settings:
    """The settings of this process; an empty variable counts as unset.

    Raises BadSettingError with the name of the first one that is wrong or missing.
    """
    given = environment() if variables is None else variables
    values = {}
    for each in fields(Settings):
        if raw := given.get(variable(each.name), "").strip():
            try:
                values[each.name] = each.metadata["read"](raw)
            except ValueError as wrong:
                raise BadSettingError(f"{variable(each.name)}: {wrong}") from None
    settings = Settings(**values)
    for name, why in settings.lacking():
        raise BadSettingError(f"{name} is missing: {why}")
    return settings
