"""Pages from templates: every value escaped, every word in the reader's language."""

import secrets
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from adapters.web.static_files import StaticFiles
from adapters.web.viewer import Guest

_TEMPLATES = Path(__file__).parent / "templates"


class Pages:
    """The templates, compiled once per process."""

    def __init__(self, static: StaticFiles) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(_TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._environment.globals["static"] = static.address
        self._environment.globals["fresh_id"] = lambda: secrets.token_hex(16)
        self._environment.globals["parts"] = self._environment.get_template("parts.html").module

    def render(self, template: str, viewer: Guest, **values: Any) -> str:
        """A page or a part of one."""
        return self._environment.get_template(template).render(viewer=viewer, words=viewer.words, **values)
