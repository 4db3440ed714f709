"""Which platforms can be played with: a line for each, which makes one that finds Kith at an address."""

from collections.abc import Callable, Sequence

from bots.emulators.dingtalk.demo import DingTalk
from bots.emulators.feishu.demo import Feishu
from bots.emulators.mattermost.demo import Mattermost
from bots.emulators.model import Emulator, Person
from bots.emulators.slack.demo import Slack
from bots.emulators.teams.demo import Teams
from bots.emulators.telegram.demo import Telegram
from bots.emulators.wecom.demo import Wecom

EMULATORS: dict[str, Callable[[str, Sequence[Person]], Emulator]] = {
    "dingtalk": DingTalk,
    "feishu": Feishu,
    "mattermost": Mattermost,
    "slack": Slack,
    "teams": Teams,
    "telegram": Telegram,
    "wecom": Wecom,
}
