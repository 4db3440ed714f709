"""Feishu's own library takes what the tests seal and sign, and refuses what is forged.

It takes a second or two to import and 160 MB, so that a process of its own does.
"""

import json
import subprocess
import sys

from adapters.feishu.sealing import Seal
from tests.adapters.feishu.world import ENCRYPT_KEY, encrypted, recorded

_REFEREE = """
import json, sys, warnings
warnings.simplefilter("ignore")
import lark_oapi as lark
from lark_oapi.core.model import RawRequest
given = json.load(sys.stdin)
heard = []
for one in given["requests"]:
    builder = lark.EventDispatcherHandler.builder(given["key"], given["token"], lark.LogLevel.CRITICAL)
    said = []
    handler = builder.register_p2_im_message_receive_v1(lambda told: said.append(told.event.message.chat_id)).build()
    request = RawRequest()
    request.uri, request.body = "/", one["body"].encode()
    request.headers = {"X-Lark-Request-Timestamp": "1", "X-Lark-Request-Nonce": "n",
                       "X-Lark-Signature": one["signature"]}
    answer = handler.do(request)
    heard.append([answer.status_code, said])
json.dump(heard, sys.stdout)
"""


def test_own_library_agrees() -> None:
    """Our signature over the test's encryption is right for lark-oapi; another, or a changed body, is not."""
    message = recorded("message")
    body = json.dumps({"encrypt": encrypted(json.dumps(message).encode())})
    other = json.dumps({"encrypt": encrypted(json.dumps(message).encode(), "another key")})
    seal = Seal(ENCRYPT_KEY)
    requests = [
        {"body": body, "signature": seal.signature(body.encode(), "1", "n")},
        {"body": body, "signature": "0" * 64},
        {"body": body + " ", "signature": seal.signature(body.encode(), "1", "n")},
        {"body": other, "signature": seal.signature(other.encode(), "1", "n")},
    ]
    given = {"key": ENCRYPT_KEY, "token": message["header"]["token"], "requests": requests}
    told = subprocess.run(  # noqa: S603 - this interpreter, and our own words
        [sys.executable, "-c", _REFEREE],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    heard = json.loads(told.stdout)
    assert [said for _, said in heard] == [["oc_sales"], [], [], []]
    assert heard[0][0] == 200
