"""Feishu's own library, where it is installed, takes what the tests seal and sign, and refuses what is forged.

It is no dependency of the tests: 128 MB, and 1.7 seconds to import.
"""

import importlib
import importlib.util
import json

import pytest

from adapters.feishu.sealing import Seal
from tests.adapters.feishu.world import ENCRYPT_KEY, encrypted, recorded


@pytest.mark.skipif(importlib.util.find_spec("lark_oapi") is None, reason="lark-oapi is not installed")
@pytest.mark.filterwarnings("ignore")
def test_own_library_agrees() -> None:
    """Our signature over the test's encryption is right for lark-oapi, and another is not."""
    lark = importlib.import_module("lark_oapi")
    model = importlib.import_module("lark_oapi.core.model")
    heard: list[str] = []
    message = recorded("message")
    builder = lark.EventDispatcherHandler.builder(ENCRYPT_KEY, message["header"]["token"])
    handler = builder.register_p2_im_message_receive_v1(lambda told: heard.append(told.event.message.chat_id)).build()
    body = json.dumps({"encrypt": encrypted(json.dumps(message).encode())}).encode()
    for signature in (Seal(ENCRYPT_KEY).signature(body, "1", "n"), "0" * 64):
        request = model.RawRequest()
        request.uri, request.body = "/", body
        request.headers = {"X-Lark-Request-Timestamp": "1", "X-Lark-Request-Nonce": "n", "X-Lark-Signature": signature}
        handler.do(request)
    assert heard == ["oc_sales"]
