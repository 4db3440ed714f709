"""``kith gallery``: every card as every platform shows it, on one page and in pictures."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

from bots.errors import OperatorError
from bots.gallery.page import page
from bots.gallery.pictures import take
from bots.gallery.registry import DRAWINGS
from cards.examples import examples
from cards.words import LANGUAGES

_PAGE = Path("gallery.html")


def declare(_command: str, parser: ArgumentParser) -> None:
    """Where to, and which of all the cards and platforms."""
    known = ",".join(drawing.name for drawing in DRAWINGS)
    parser.add_argument("--out", type=Path, default=_PAGE, metavar="FILE", help=f"the page to write ({_PAGE})")
    parser.add_argument("--png", type=Path, metavar="FOLDER", help="pictures of it, too, where Chromium is installed")
    parser.add_argument("--platforms", default=known, help=f"which ones, from left to right ({known})")
    parser.add_argument("--cards", default="", help="which ones, by name, with commas; else all")
    parser.add_argument("--language", choices=LANGUAGES, help="one language; else both")


def run(options: Namespace) -> None:
    """Writes the page, and the pictures."""
    by_name = {drawing.name: drawing for drawing in DRAWINGS}
    drawings = [by_name[name] for name in _known("platform", options.platforms.split(","), list(by_name))]
    languages = (options.language,) if options.language else LANGUAGES
    every = list(examples(languages[0]))
    names = _known("card", options.cards.split(","), every) if options.cards else every
    options.out.write_text(page(drawings, names, languages), encoding="utf-8")
    sys.stdout.write(f"{options.out}\n")
    if options.png:
        for path in take(drawings, names, languages, options.png):
            sys.stdout.write(f"{path}\n")


def _known(what: str, wanted: Sequence[str], known: Sequence[str]) -> Sequence[str]:
    if unknown := [name for name in wanted if name not in known]:
        raise OperatorError(f"there is no {what} {', '.join(unknown)}; there are {', '.join(known)}")
    return wanted
