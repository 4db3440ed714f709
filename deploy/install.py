"""Prepares ``.venv``: the packages that a lock file pins, and the command ``kith``.

Runs on a fresh Python with nothing installed, so it imports the standard library only. Kith itself is not built: a
path file points the environment at the checkout. What is there already is left alone, so a second run takes no time.
"""

import compileall
import hashlib
import importlib.util
import shutil
import subprocess
import sys
import sysconfig
import time
from collections import deque
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "kith-installed"
LOCKS = {"run": ROOT / "requirements.lock", "test": ROOT / "tests" / "requirements.lock"}
# What the test lock pins, the other pins too: who has it needs nothing more.
ENOUGH = {"run": ("run", "test"), "test": ("test",)}
PACKAGES = ("adapters", "bots", "cards", "commands", "core", "storage")
KITH = """#!/bin/sh
# Found by its own place, so that the checkout can be moved; -P keeps the working directory off the import path.
exec "$(dirname "$(readlink -f "$0")")/python" -P -m bots "$@"
"""


def main(purpose: str) -> int:
    """Installs what ``purpose`` (``run`` or ``test``) needs; 0 when it is there."""
    if not any(_stamp(enough) in _stamps() for enough in ENOUGH[purpose] if LOCKS[enough].exists()):
        if not _make_venv() or not _install(LOCKS[purpose]):
            return 1
        _add_kith()
        STAMP.write_text(f"{_stamp(purpose)}\n")
    _compile()
    return 0


def _stamp(purpose: str) -> str:
    content = LOCKS[purpose].read_bytes() + Path(__file__).read_bytes()
    return f"{purpose} {hashlib.sha256(content).hexdigest()}"


def _stamps() -> list[str]:
    return STAMP.read_text().splitlines() if STAMP.exists() and _python().exists() else []


def _python() -> Path:
    return VENV / "bin" / "python"


def _make_venv() -> bool:
    """A virtual environment with pip; one that does not work any more is made again."""
    if _works(_python(), "-m", "pip", "--version"):
        return True
    if Path(sys.executable).is_relative_to(VENV):
        shutil.rmtree(VENV)
        return _fail("The environment in .venv was incomplete and has been removed. Run the same command again.")
    if not (importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv")):
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        return _fail(
            f"{sys.executable} cannot make virtual environments: its modules venv and ensurepip are missing.",
            f"On Debian and Ubuntu they come with: apt-get install python{version}-venv",
        )
    made = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-m", "venv", "--clear", str(VENV)], capture_output=True, text=True, check=False
    )
    return made.returncode == 0 or _fail("The virtual environment .venv could not be made:", made.stdout + made.stderr)


def _works(*command: str | Path) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0  # noqa: S603 - see above
    except OSError:
        return False


def _install(lock: Path) -> bool:
    """Lets pip install ``lock``, telling how far it is in one line; everything it said when it fails."""
    wanted = sum(line[:1].isalnum() for line in lock.read_text().splitlines())
    started, said, seen = time.monotonic(), deque[str](maxlen=40), 0
    _show(f"Installing {wanted} packages into .venv ...", last=not sys.stdout.isatty())
    command = [_python(), "-m", "pip", "install", "--require-hashes", "--progress-bar=off", "--no-input", "-r", lock]
    command += ["--disable-pip-version-check", "--only-binary=:all:"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:  # noqa: S603 - see above
        for line in pip.stdout or ():
            said.append(line)
            seen += line.startswith(("Collecting", "Processing", "Requirement already"))
            if sys.stdout.isatty():
                doing = "unpacking" if line.startswith("Installing collected") else f"{seen} of {wanted} fetched"
                _show(f"Installing {wanted} packages into .venv: {doing}")
    if pip.returncode:
        return _fail("", "".join(said), f"{lock.name} could not be installed; pip's last words are above.")
    _show(f"Installed {wanted} packages in {time.monotonic() - started:.0f} s.", last=True)
    return True


def _show(text: str, *, last: bool = False) -> None:
    clear = "\r\x1b[K" if sys.stdout.isatty() else ""
    sys.stdout.write(clear + text + ("\n" if last else ""))
    sys.stdout.flush()


def _add_kith() -> None:
    """The path file (relative, so that it moves along) and the command."""
    purelib = sysconfig.get_path("purelib", "venv", {"base": str(VENV), "platbase": str(VENV)})
    up = Path(*[".."] * len(Path(purelib).relative_to(ROOT).parts))
    (Path(purelib) / "kith.pth").write_text(f"{up}\n")
    command = VENV / "bin" / "kith"
    command.write_text(KITH)
    command.chmod(0o755)


def _compile() -> None:
    """Kith's own modules, those that changed: whoever runs it may be unable, or told, not to keep what was compiled."""
    for package in PACKAGES:
        if (ROOT / package).is_dir():
            compileall.compile_dir(str(ROOT / package), quiet=2)


def _fail(*lines: str) -> bool:
    sys.stderr.write("".join(f"{line}\n" for line in lines))
    return False


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "run"))
    except KeyboardInterrupt:
        sys.exit(130)
