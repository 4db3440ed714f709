"""What the adapter costs and tells where it should not: imports, logs."""

import logging
import subprocess
import sys

import pytest
import structlog

from bots.emulators.telegram.client import Account
from bots.emulators.telegram.model import bad
from bots.emulators.telegram.server import TOKEN
from tests.adapters.telegram.process import Kith
from tests.adapters.telegram.stand_in import StandIn

pytestmark = pytest.mark.anyio


def test_settings_do_not_import_the_library() -> None:
    """A Kith without Telegram never pays for python-telegram-bot."""
    said = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, adapters.telegram.config; print('telegram' in sys.modules, 'httpx' in sys.modules)",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.split() == ["False", "False"]


async def test_logs_hold_neither_token_nor_words(
    kith: Kith, wei: Account, server: StandIn, caplog: pytest.LogCaptureFixture
) -> None:
    """With every logger wide open: no secret and nothing anybody typed, also when Telegram refuses."""
    with caplog.at_level(logging.DEBUG), structlog.testing.capture_logs() as logs:
        server.faults["sendMessage"] = [
            bad("can't parse entities: Unsupported start tag 'confidential' at byte offset 3")
        ]
        await kith.said(wei, "/visit Globex: a confidential matter")
        await kith.said(wei, "confidential")
        await kith.bring({"update_id": 1, "message": {"text": "confidential"}})
        await kith.settle()
    written = caplog.text + repr(logs)
    assert logs
    for secret in (TOKEN, "confidential", "Globex", "Wei"):
        assert secret not in written
