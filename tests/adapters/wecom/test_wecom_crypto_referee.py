"""Our envelope and signatures against WeCom's own package for Node: each reads what the other has made."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from adapters.callbacks.envelope import Envelope, ForgedError
from adapters.callbacks.script_signature import script_signature

FOLDER = Path(__file__).parents[3] / ".venv" / "node"  # where `make setup-tests` puts it
PACKAGE = FOLDER / "node_modules" / "@wecom" / "crypto"
TOKEN, KEY, RECEIVER = "QDG6eK", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C", "wx5823bf96d3bd56c7"
# Of one byte to beyond a block of 32, in characters of one to four bytes.
MESSAGES = ["x", "", "<xml>谈二期报价</xml>", "é" * 31, "𠮷" * 8, "a" * 32, '{"content":"下周三跟进 30万"}' * 50]
_PROGRAM = """
const crypto = require("@wecom/crypto");
const asked = JSON.parse(require("fs").readFileSync(0, "utf8"));
const run = ({ name, given }) => {
  const found = crypto[name](...given);
  return name === "decrypt" ? { message: found.message, id: found.id } : found;
};
process.stdout.write(JSON.stringify(asked.map(run)));
"""

pytestmark = pytest.mark.skipif(
    not (shutil.which("node") and PACKAGE.exists()) and os.environ.get("KITH_REQUIRE_NODE") != "1",
    reason="there is no Node with @wecom/crypto; where npm is, `make setup-tests` fetches it",
)


def _node(*calls: tuple[str, list[Any]]) -> list[Any]:
    asked = json.dumps([{"name": name, "given": given} for name, given in calls])
    node = shutil.which("node")
    assert node, "Node is required here (KITH_REQUIRE_NODE) and not installed"
    done = subprocess.run(  # noqa: S603 - our own program
        [node, "-e", _PROGRAM], cwd=FOLDER, input=asked, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found: list[Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("receiver", [RECEIVER, ""])
def test_each_opens_what_the_other_sealed(receiver: str) -> None:
    """Whatever is said, for an application or for a robot, comes out as it went in, both ways."""
    envelope = Envelope(TOKEN, KEY, receiver)
    theirs = _node(*(("encrypt", [KEY, text, receiver]) for text in MESSAGES))
    for text, encrypted in zip(MESSAGES, theirs, strict=True):
        made = envelope.signature("1409659813", "1372623149", encrypted)
        assert envelope.opened(encrypted, signature=made, timestamp="1409659813", nonce="1372623149") == text
    ours = _node(*(("decrypt", [KEY, envelope.sealed(text)]) for text in MESSAGES))
    assert ours == [{"message": text, "id": receiver} for text in MESSAGES]


def test_signatures_are_the_same() -> None:
    """Both sign the same text alike; a signature of theirs over something else is refused."""
    envelope = Envelope(TOKEN, KEY, RECEIVER)
    encrypted = envelope.sealed("hello")
    right, wrong = _node(
        ("getSignature", [TOKEN, "1409659813", "1372623149", encrypted]),
        ("getSignature", [TOKEN, "1409659814", "1372623149", encrypted]),
    )
    assert envelope.opened(encrypted, signature=right, timestamp="1409659813", nonce="1372623149") == "hello"
    with pytest.raises(ForgedError):
        envelope.opened(encrypted, signature=wrong, timestamp="1409659813", nonce="1372623149")


def test_script_signatures_are_the_same() -> None:
    """What ``ww.register`` is answered is what WeCom's package makes of the same ticket and address."""
    asked = {
        "url": "https://kith.example/sidebar/in/wecom",
        "ticket": "t1",
        "nonceStr": "n1",
        "timestamp": "1414587457",
    }
    (theirs,) = _node(("getJsApiSignature", [asked]))
    assert theirs["signature"] == script_signature(asked["ticket"], asked["nonceStr"], asked["timestamp"], asked["url"])
