"""Which platforms the gallery shows, from left to right: a line for each."""

from bots.gallery import dingtalk, feishu, mattermost, slack, teams, telegram, web, wecom
from bots.gallery.model import Drawing

DRAWINGS: tuple[Drawing, ...] = (
    web.DRAWING,
    slack.DRAWING,
    telegram.DRAWING,
    teams.DRAWING,
    dingtalk.DRAWING,
    mattermost.DRAWING,
    feishu.DRAWING,
    wecom.DRAWING,
)
