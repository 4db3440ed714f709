"""What DingTalk's adapter is told: plain values, no secret among them shown when it is printed."""

import hashlib
import hmac
from dataclasses import dataclass, field

API_URL = "https://api.dingtalk.com"
OAPI_URL = "https://oapi.dingtalk.com"
# https://open.dingtalk.com/document/orgapp/jsapi-overview: the script that web pages in DingTalk load.
SDK_URL = "https://g.alicdn.com/dingding/dingtalk-jsapi/3.0.25/dingtalk.open.js"
ROBOT_PATH, CARD_PATH, EVENTS_PATH = "/dingtalk/robot", "/dingtalk/card", "/dingtalk/events"


@dataclass(frozen=True, slots=True, kw_only=True)
class DingTalkConfig:
    """An app of one organisation.

    ``secret`` is the last part of the addresses that DingTalk calls, as it signs no body; ``template`` the id of the
    card template, without which answers are markdown; ``token`` and ``aes_key`` (43 characters) open event callbacks;
    ``agent_id`` signs the page for DingTalk's script; ``cool_app_code`` lets it say who is in a group.
    """

    app_key: str
    app_secret: str = field(repr=False)
    robot_code: str = ""
    corp_id: str = ""
    secret: str = field(default="", repr=False)
    template: str = ""
    token: str = field(default="", repr=False)
    aes_key: str = field(default="", repr=False)
    stream: bool = False
    agent_id: str = ""
    cool_app_code: str = ""
    sdk_url: str = SDK_URL
    api_url: str = API_URL
    oapi_url: str = OAPI_URL
    public_url: str = ""

    @property
    def robot(self) -> str:
        """The robot's code: the app's key, unless the console names another."""
        return self.robot_code or self.app_key

    @property
    def card_secret(self) -> str:
        """What card callbacks are signed with: told to DingTalk when their address is registered."""
        return hmac.digest(self.app_secret.encode(), b"kith dingtalk card callbacks 1", hashlib.sha256).hex()

    @property
    def card_path(self) -> str:
        """Where card callbacks come: always an address that cannot be guessed."""
        derived = hmac.digest(self.app_secret.encode(), b"kith dingtalk card address 1", hashlib.sha256).hex()
        return f"{CARD_PATH}/{self.secret or derived[:32]}"

    @property
    def robot_path(self) -> str:
        """Where the robot's messages come."""
        return f"{ROBOT_PATH}/{self.secret}" if self.secret else ROBOT_PATH
