"""Any card of any blocks with any text in it, and what a person should be able to read in it."""

import os
from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from cards import model
from cards.renderers.cutting import clean

# Few by default, for cards are slow to make; KITH_EXAMPLES=1000 looks harder.
many_cards = settings(
    max_examples=int(os.environ.get("KITH_EXAMPLES", "10")), deadline=None, suppress_health_check=list(HealthCheck)
)
ZERO_WIDTH = "\u2060"
NASTY = (
    "",
    " \t\n ",
    "\u200b",
    "\ud800 alone",
    "\x1b[31mred\x1b[0m\x00\x07",
    "invoice\u202efdp.exe \u2066x",
    "שלום עולם مرحبا",
    "👨‍👩‍👧‍👦🇨🇳👍🏽" * 40,
    "e\u0301\u0302\u0303" * 600,
    "<script>alert(1)</script>&amp;\"'<!here>",
    "*b* _i_ ~s~ `c` ```p``` :smile: @channel @someone <@U1> > q\n&gt; q",
    "{label} %s {} $x",
    "拜访 华为 张三\r\n谈报价\u2028下周三跟进",
    "a" * 10_000,
    "长" * 3_000,
)

texts = st.one_of(
    st.sampled_from(NASTY),
    st.text(alphabet=st.characters(exclude_categories=()), max_size=30),
    st.text(alphabet="<>&*_~`@:|\u200d👩🏽🇨🇳e\u0301\n", max_size=200),
)
words = st.one_of(st.text(max_size=8), texts)
tokens = st.text(alphabet="abcXYZ019_-", max_size=64)
urls = st.sampled_from(
    (
        "https://kith.example/x?a=1&b=2",
        "http://127.0.0.1:8000/x",
        "http://localhost/",
        "javascript:alert(1)",
        "",
        "https://[broken",
        "https://kith.example/" + "x" * 4000,
        "https://例子.example/客户",
        'https://x.example/"onclick="y',
    )
)
tones = st.sampled_from(model.Tone)
numbers = st.floats(allow_nan=True, allow_infinity=True)


def _many(of: st.SearchStrategy[Any], *, most: int = 130) -> st.SearchStrategy[tuple[Any, ...]]:
    """Some of a thing; when many, the same few again and again, which is as long and quicker to make."""
    few = st.lists(of, max_size=3)
    return st.builds(lambda some, times: tuple((some * times)[:most]), few, st.sampled_from((1, 1, 1, 2, 60)))


buttons = st.builds(
    model.Button, label=words, command=words, style=st.sampled_from(model.Style), confirm=words, token=tokens
)
links = st.builds(model.Link, label=words, url=urls)
options = st.builds(model.Option, label=words, value=words, token=tokens)
menus = st.builds(model.Menu, label=words, options=_many(options))
rows = st.builds(
    model.Row, title=words, detail=texts, meta=words, tone=tones, action=st.one_of(st.none(), buttons, links)
)
inputs = st.builds(
    model.Input,
    name=words,
    label=words,
    kind=st.sampled_from(model.InputKind),
    value=st.one_of(words, st.sampled_from(("2030-12-03", "09:30", "12.5", "a@b.example", "2030-13-01"))),
    value_label=words,
    options=_many(options, most=103),
    required=st.booleans(),
    placeholder=words,
    hint=texts,
    error=words,
    max_length=st.sampled_from((0, 10, 3000)),
)
forms = st.builds(model.Form, command=words, title=words, inputs=_many(inputs), submit=words, token=tokens)
blocks = st.one_of(
    st.builds(model.Heading, text=words, detail=words),
    st.builds(model.Text, text=texts, tone=tones, quote=st.booleans()),
    st.builds(model.Facts, facts=_many(st.builds(model.Fact, label=words, value=texts))),
    st.builds(
        model.Rows,
        rows=_many(rows),
        previous=st.none() | buttons,
        next=st.none() | buttons,
        position=words,
    ),
    st.builds(model.Progress, label=words, value=numbers, text=words),
    st.builds(model.Image, url=urls, alt=words),
    st.builds(model.Chart, title=words, bars=_many(st.builds(model.Bar, label=words, value=numbers, text=words))),
    st.just(model.Divider()),
    st.builds(model.Actions, elements=_many(st.one_of(buttons, links, menus))),
    forms,
    st.builds(model.Context, text=texts),
)
cards = st.builds(
    model.Card,
    summary=words,
    blocks=st.lists(blocks, max_size=6).map(tuple),
    tone=tones,
    link=urls,
    language=st.sampled_from(("en", "zh_Hans")),
)


def readable(card: model.Card) -> Iterator[str]:
    """Every text in the card that a person should see on every platform."""
    for block in card.blocks:
        yield from _readable(block)


def _readable(block: model.Block) -> Iterator[str]:  # noqa: C901 - one line per kind
    match block:
        case model.Heading():
            yield from (block.text, block.detail)
        case model.Text() | model.Context():
            yield block.text
        case model.Facts():
            yield from (text for fact in block.facts for text in (fact.label, fact.value))
        case model.Rows():
            for row in block.rows:
                yield from (row.title, row.meta, row.detail, *([row.action.label] if row.action else []))
            yield block.position
            yield from (button.label for button in (block.previous, block.next) if button)
        case model.Progress():
            yield from (block.label, block.text)
        case model.Chart():
            yield block.title
            yield from (text for bar in block.bars for text in (bar.label, bar.text))
        case model.Actions():
            for element in block.elements:
                yield element.label
                yield from (option.label for option in (element.options if isinstance(element, model.Menu) else ()))
        case model.Form():
            yield block.title
        case model.Image():
            yield block.alt
        case model.Divider():
            pass


def bare(text: str) -> str:
    """Text without white space, for lines may be broken anywhere, and without what keeps it from being parsed."""
    return "".join(clean(text).replace(ZERO_WIDTH, "").split())


def missing(card: model.Card, seen: str) -> list[str]:
    """Texts of the card that are neither in what is ``seen`` nor begun there and marked by … as cut off."""
    seen = bare(seen)
    return [text for text in {bare(text) for text in readable(card)} if text not in seen and not _begun(text, seen)]


def _begun(text: str, seen: str) -> bool:
    cuts = [index for index, letter in enumerate(seen) if letter == "…"]
    return any(seen.endswith(text[:size], 0, cut) for cut in cuts for size in range(1, min(len(text), cut) + 1))
