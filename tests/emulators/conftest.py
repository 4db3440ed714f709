"""For the emulated platforms."""

import pytest


@pytest.fixture
def anyio_backend() -> str:
    """Kith runs on asyncio."""
    return "asyncio"
