"""What the console is told."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsoleConfig:
    """``member`` is the handle of who sits there (empty: the first member); ``history`` keeps their lines."""

    member: str = ""
    history: Path = Path("var/chat_history")
