"""The workbench's own scripts, styles and pictures, at addresses that change with their content."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "static"
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file's content and what kind it is."""

    content: bytes
    media_type: str


class StaticFiles:
    """Every file, read once. One version stands for all of them, so that a script may import its neighbours by name."""

    def __init__(self) -> None:
        paths = sorted(path for path in _FOLDER.iterdir() if path.suffix in _TYPES)
        self.files = {path.name: StaticFile(path.read_bytes(), _TYPES[path.suffix]) for path in paths}
        digest = hashlib.sha256()
        for name, file in self.files.items():
            digest.update(name.encode() + b"\0" + file.content)
        self.version = digest.hexdigest()[:12]

    def address(self, name: str) -> str:
        """Where a file is. KeyError for one that is not there."""
        if name not in self.files:
            raise KeyError(name)
        return f"/static/{self.version}/{name}"


@lru_cache(maxsize=1)
def static_files() -> StaticFiles:
    """The files of this process."""
    return StaticFiles()
