"""The gallery shows every card on every platform, asks for nothing from anywhere, and can be looked at in pictures."""

import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bots.cli.commands import run
from bots.gallery.model import Drawing
from bots.gallery.page import page
from bots.gallery.registry import DRAWINGS
from cards.examples import examples
from cards.model import Actions, Card, Fact, Facts, Heading, Image, Row, Rows, Text

TYPED = "<script>alert(1)</script> <b>&amp;\"'</b> &lt;i&gt; *b*"


class _Seen(HTMLParser):
    def __init__(self, shown: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.open: list[str] = []
        self.text = ""
        self.feed(shown)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag not in {"hr", "img", "input", "meta", "br"}:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_every_card_is_there_in_both_languages() -> None:
    """Each example has its place, each platform its column, and nothing is fetched or run."""
    shown = page(DRAWINGS)
    for name in examples("en"):
        assert f'id="{name}"' in shown
    assert shown.count('class="gallery-row"') == 2 * len(examples("en"))
    seen = _Seen(shown)
    assert not seen.open
    assert not {"script", "img", "iframe", "link"} & seen.tags
    assert "Visit logged" in seen.text
    assert "拜访已记录" in seen.text


@pytest.mark.parametrize("drawing", DRAWINGS, ids=lambda drawing: drawing.name)
def test_words_are_shown_as_typed(drawing: Drawing) -> None:
    """What people type is drawn in their letters, and is never a tag."""
    card = Card(
        summary="s",
        blocks=(
            Heading(text=TYPED, detail=TYPED),
            Text(text=TYPED),
            Text(text=TYPED, quote=True),
            Facts(facts=(Fact(label="x", value=TYPED),)),
            Rows(rows=(Row(title=TYPED, detail=TYPED),)),
            Image(url="https://kith.example/x.png", alt=TYPED),
        ),
    )
    seen = _Seen(str(drawing.draw(card)))
    assert "script" not in seen.tags
    assert not seen.open
    assert "".join(seen.text.replace("\u2060", "").split()).count("".join(TYPED.split())) >= 6


@pytest.mark.parametrize("drawing", DRAWINGS, ids=lambda drawing: drawing.name)
def test_every_button_is_drawn(drawing: Drawing) -> None:
    """Each button of every example stands in the drawing with its words, also a list's own."""
    for name, card in examples("en").items():
        drawn = "".join(_Seen(str(drawing.draw(card))).text.split())
        pressed = [one for block in card.blocks if isinstance(block, Actions) for one in block.elements]
        pressed += [row.action for block in card.blocks if isinstance(block, Rows) for row in block.rows if row.action]
        lacking = [one.label for one in pressed if "".join(one.label.split()) not in drawn]
        assert not [label for label in lacking if "…" not in drawn], name


def test_the_page_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Some cards in one language on one platform; an unknown card is named, with those that there are."""
    path = tmp_path / "page.html"
    asked = ["gallery", "--out", str(path), "--language", "zh_Hans", "--platforms", "slack"]
    assert run([*asked, "--cards", "receipt,task_card"]) == 0
    shown = path.read_text(encoding="utf-8")
    assert shown.count('class="gallery-row"') == 2
    assert "telegram-bubble" not in shown
    assert run([*asked, "--cards", "nothing"]) == 1
    assert "task_card" in capsys.readouterr().err


@pytest.mark.browser
@pytest.mark.skipif(shutil.which("chromium") is None, reason="there is no Chromium")
def test_pictures_are_taken(tmp_path: Path) -> None:
    """Where Chromium is installed, the cards are pictures as tall as they need to be."""
    folder = tmp_path / "pictures"
    asked = ["gallery", "--out", str(tmp_path / "page.html"), "--png", str(folder), "--cards", "receipt,task_list"]
    assert run(asked) == 0
    (picture,) = folder.iterdir()
    header = picture.read_bytes()[:24]
    assert header[1:4] == b"PNG"
    assert int.from_bytes(header[20:24]) > 600


def test_without_chromium_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where no Chromium is, the page is written all the same, and what is lacking is named."""
    monkeypatch.setenv("PATH", str(tmp_path))
    path = tmp_path / "page.html"
    assert run(["gallery", "--out", str(path), "--png", str(tmp_path / "x"), "--cards", "receipt"]) == 1
    assert "Chromium" in capsys.readouterr().err
    assert path.exists()
