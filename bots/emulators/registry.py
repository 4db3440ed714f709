"""Which platforms can be played with: a line for each, which makes one that finds Kith at an address."""

from collections.abc import Callable, Sequence

from bots.emulators import dingtalk, teams, telegram, wecom
from bots.emulators.feishu.demo import Feishu
from bots.emulators.mattermost.demo import Mattermost
from bots.emulators.model import Emulator, Person
from bots.emulators.slack.demo import Slack

EMULATORS: dict[str, Callable[[str, Sequence[Person]], Emulator]] = {
    "dingtalk": dingtalk.DingTalk,
    "feishu": Feishu,
    "mattermost": Mattermost,
    "slack": Slack,
    "teams": teams.Teams,
    "telegram": telegram.Telegram,
    "wecom": wecom.Wecom,
}
