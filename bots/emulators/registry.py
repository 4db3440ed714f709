"""Which platforms can be played with: a line for each, which makes one that finds Kith at an address."""

from collections.abc import Callable, Sequence

from bots.emulators import dingtalk, feishu, teams, telegram
from bots.emulators.mattermost.demo import Mattermost
from bots.emulators.model import Emulator, Person
from bots.emulators.slack.demo import Slack
from bots.emulators.wecom.demo import Wecom

EMULATORS: dict[str, Callable[[str, Sequence[Person]], Emulator]] = {
    "dingtalk": dingtalk.DingTalk,
    "feishu": feishu.Feishu,
    "mattermost": Mattermost,
    "slack": Slack,
    "teams": teams.Teams,
    "telegram": telegram.Telegram,
    "wecom": Wecom,
}
