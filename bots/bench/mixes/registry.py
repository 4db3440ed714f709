"""Which platforms are mixed: a line for each."""

from bots.bench.mixes import slack, telegram
from bots.bench.mixes.model import Mix

MIXES: tuple[Mix, ...] = (
    slack.MIX,
    telegram.MIX,
)
