"""Pages from templates: every value escaped, every word in the reader's language."""

import secrets
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from adapters.web.static_files import static_files
from adapters.web.viewer import Guest

_TEMPLATES = Path(__file__).parent / "templates"


class Pages:
    """The templates. They are compiled by ``prepare``, or when they are first needed, once per process."""

    def render(self, template: str, viewer: Guest, **values: Any) -> str:
        """A page or a part of one."""
        return _environment().get_template(template).render(viewer=viewer, words=viewer.words, **values)


def prepare() -> None:
    """Compiles every template, half a second's work, so that nobody's first page has to wait for it. Thread-safe."""
    environment = _environment()
    for name in environment.list_templates():
        environment.get_template(name)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals["static"] = static_files().address
    environment.globals["fresh_id"] = lambda: secrets.token_hex(16)
    environment.globals["parts"] = environment.get_template("parts.html").module
    return environment
