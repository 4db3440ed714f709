"""What the WeCom adapter is told by the settings."""

from dataclasses import dataclass, field

API_URL = "https://qyapi.weixin.qq.com"


@dataclass(frozen=True, slots=True, kw_only=True)
class WecomConfig:
    """``corp_id``, ``agent_id`` and ``secret`` are the application's; ``token`` and ``key`` its callback's.

    The robot has a token and a key of its own; without them there is none. ``contacts_secret`` is the one of
    客户联系; without it the application's is used, which then must be among those that may call it. ``api_url`` has no
    slash at the end.
    """

    corp_id: str
    agent_id: int
    secret: str = field(repr=False)
    token: str = field(repr=False)
    key: str = field(repr=False)
    robot_token: str = field(default="", repr=False)
    robot_key: str = field(default="", repr=False)
    contacts_secret: str = field(default="", repr=False)
    api_url: str = API_URL

    @property
    def has_robot(self) -> bool:
        """Whether a robot calls as well."""
        return bool(self.robot_token and self.robot_key)
