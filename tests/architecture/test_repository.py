"""What is in the repository could be anybody's: no address of a package registry, no path of one machine, no secret."""

import re

import pytest
from source import ROOT, tracked_files

# Put together here, so that this file does not hold what it looks for.
_REGISTRIES = re.compile(
    "|".join(("py" + r"pi\.org", "python" + "hosted", "npm" + r"js\.(?:org|com)", r"--(?:extra-)?index" + "-url[ =]"))
)
_PATHS = re.compile(r"(?<![\w.~$}-])/(?:" + "root|work|Users|home/[a-z]+" + r")/\w")
_SECRETS = re.compile(
    "|".join((r"xox[bp]" + r"-\d{9,}-\d{9,}-\w{20,}", "BEGIN (?:RSA |EC )?PRIVATE" + " KEY", "AKIA" + r"[0-9A-Z]{16}"))
)
_LONGEST = 2_000_000  # bytes; nothing is kept here that is larger


@pytest.mark.parametrize("pattern", [_REGISTRIES, _PATHS, _SECRETS], ids=["registries", "paths", "secrets"])
def test_nothing_of_one_machine_is_kept(pattern: re.Pattern[str]) -> None:
    """No file names where packages come from, where a checkout lies on somebody's disk, or what must stay secret."""
    found = {}
    for path in tracked_files():
        text = path.read_bytes().decode("utf-8", errors="ignore")
        if match := pattern.search(text):
            found[str(path.relative_to(ROOT))] = match[0]
    assert not found


def test_no_file_is_large() -> None:
    """What is generated or downloaded is not kept."""
    assert not [path for path in tracked_files() if path.stat().st_size > _LONGEST]


def test_locks_pin_by_hash() -> None:
    """Both locks pin every package to its hashes, and the test lock the same versions as the other one."""
    versions = []
    for name in ("requirements.lock", "tests/requirements.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        pinned = dict(re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE))
        assert len(re.findall(r"^[\w.-]+==[^\n]*\\\n\s+--hash=sha256:[0-9a-f]{64}", text, re.MULTILINE)) == len(pinned)
        versions.append(pinned)
    run, test = versions
    assert run.items() <= test.items()
