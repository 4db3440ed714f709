"""What only keeps messages or sends them costs nothing of what serves pages."""

import subprocess
import sys
from pathlib import Path

_HEAVY = "fastapi starlette jinja2 pydantic prometheus_client uvicorn"


def test_adapter_without_a_server_is_light() -> None:
    """A worker, the console and the sample import the rooms without the web framework."""
    code = f"""
import sys
import adapters.web.adapter, adapters.web.bodies, adapters.web.config, adapters.web.rooms
print([name for name in "{_HEAVY}".split() if name in sys.modules])
"""
    root = Path(__file__).parents[3]
    told = subprocess.check_output([sys.executable, "-c", code], cwd=root, text=True)  # noqa: S603 - our own interpreter
    assert told.strip() == "[]"
