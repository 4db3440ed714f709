"""Which platforms are mixed: a line for each."""

from bots.bench.mixes import dingtalk, feishu, mattermost, slack, teams, telegram, wecom
from bots.bench.mixes.model import Mix

MIXES: tuple[Mix, ...] = (
    mattermost.MIX,
    slack.MIX,
    teams.MIX,
    telegram.MIX,
    feishu.MIX,
    wecom.MIX,
    dingtalk.MIX,
)
