"""What the WeCom adapter is told by the settings."""

from dataclasses import dataclass, field

API_URL = "https://qyapi.weixin.qq.com"
# Where a robot is told over a long connection: page 101463.
SOCKET_URL = "wss://openws.work.weixin.qq.com"
# Where a browser of WeCom's tells who is signed in: page 91022.
OAUTH_URL = "https://open.weixin.qq.com/connect/oauth2/authorize"
# WeCom's own script, on the page of its toolbar: page 98416.
SDK_URL = "https://wwcdn.weixin.qq.com/node/open/js/wecom-jssdk-2.3.4.js"


@dataclass(frozen=True, slots=True, kw_only=True)
class WecomConfig:
    """``corp_id``, ``agent_id`` and ``secret`` are the application's; ``token`` and ``key`` its callback's.

    The robot has a token and a key of its own where it is called back, ``robot_id`` and ``robot_secret`` where it is
    told over a line; without them there is none. ``contacts_secret`` is the one of 客户联系; without it the
    application's is used, which then must be among those that may call it. ``api_url`` has no slash at the end.
    ``domain_proof`` is the word in the name of the file that proves whose domain it is. A
    process that does not listen opens no line.
    """

    corp_id: str
    agent_id: int
    secret: str = field(repr=False)
    token: str = field(repr=False)
    key: str = field(repr=False)
    robot_token: str = field(default="", repr=False)
    robot_key: str = field(default="", repr=False)
    robot_id: str = ""
    robot_secret: str = field(default="", repr=False)
    socket_url: str = SOCKET_URL
    contacts_secret: str = field(default="", repr=False)
    api_url: str = API_URL
    oauth_url: str = OAUTH_URL
    sdk_url: str = SDK_URL
    domain_proof: str = ""
    public_url: str = ""
    listens: bool = True

    @property
    def has_robot(self) -> bool:
        """Whether a robot calls as well."""
        return bool(self.robot_token and self.robot_key)

    @property
    def has_line(self) -> bool:
        """Whether a robot is told over a long connection."""
        return bool(self.robot_id and self.robot_secret)
