"""The gallery as pictures, taken by a Chromium that is installed here."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from bots.errors import OperatorError
from bots.gallery.model import Drawing
from bots.gallery.page import page

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
_CARDS_EACH = 4  # a picture that is taller than 16,384 pixels is cut off by the browser
_MARGIN, _GAP = 48, 24
_SECONDS = 120
# Asks for nothing from anywhere, and is told once how tall the page is.
_MEASURE = "<script>document.documentElement.dataset.height = document.body.scrollHeight</script>"
_HEIGHT = re.compile(r'<html[^>]*data-height="(\d+)"')


def take(drawings: Sequence[Drawing], names: Sequence[str], languages: Sequence[str], folder: Path) -> Iterator[Path]:
    """Some cards to a picture, ``gallery-01.png`` and so on. OperatorError where there is no Chromium."""
    browser = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if browser is None:
        raise OperatorError(f"pictures are taken by Chromium, and none of {', '.join(_BROWSERS)} is on the PATH")
    folder.mkdir(parents=True, exist_ok=True)
    width = sum(drawing.width for drawing in drawings) + _GAP * (len(drawings) - 1) + _MARGIN
    for number, start in enumerate(range(0, len(names), _CARDS_EACH), 1):
        path = folder / f"gallery-{number:02}.png"
        _picture(browser, page(drawings, names[start : start + _CARDS_EACH], languages, titled=False), width, path)
        yield path


def _picture(browser: str, html: str, width: int, path: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="kith-gallery-") as folder:
        source = Path(folder) / "page.html"
        source.write_text(html + _MEASURE, encoding="utf-8")
        asked = _run(browser, folder, f"--window-size={width},1000", "--dump-dom", source.as_uri())
        found = _HEIGHT.search(asked)
        height = int(found[1]) + _MARGIN if found else 1000
        _run(browser, folder, f"--window-size={width},{height}", f"--screenshot={path.absolute()}", source.as_uri())


def _run(browser: str, folder: str, *arguments: str) -> str:
    fixed = ["--headless", "--disable-gpu", "--hide-scrollbars", "--no-first-run", f"--user-data-dir={folder}/profile"]
    sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []  # it does not start as root else
    done = subprocess.run(  # noqa: S603 - a browser that is installed, on a page of our own
        [browser, *fixed, *sandbox, *arguments], capture_output=True, timeout=_SECONDS, check=False, text=True
    )
    if done.returncode != 0:
        raise OperatorError(f"{Path(browser).name} took no picture (it ended with {done.returncode})")
    return done.stdout
