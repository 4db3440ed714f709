"""What the console is told."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsoleConfig:
    """``member`` is the handle of who sits at the keyboard (empty: the workspace's first); ``history`` keeps their lines."""

    member: str = ""
    history: Path = Path("var/chat_history")
