"""Fields written into a line, lists and page numbers."""

import pytest

from commands.fieldtext import LABELS, split_fields, split_form, split_list, with_fields
from commands.paging import split_page


@pytest.mark.parametrize(
    ("text", "head", "fields"),
    [
        ("Acme", "Acme", {}),
        ("Acme phone: 021-5550, industry: retail", "Acme", {"phone": "021-5550", "industry": "retail"}),
        ("Acme, Phone:1；Industry：retail", "Acme", {"phone": "1", "industry": "retail"}),
        ("远航科技，行业：软件，地区：杭州", "远航科技", {"industry": "软件", "region": "杭州"}),
        ("远航科技 电话=000-5550100", "远航科技", {"phone": "000-5550100"}),
        ("Acme also known as: A, B", "Acme", {"aliases": "A, B"}),
        ("Acme next step: call; due: friday", "Acme", {"next_step": "call", "due": "friday"}),
        ("Acme phone: 1, phone: 2", "Acme", {"phone": "2"}),
        ("Acme website: https://acme.example/a", "Acme", {"website": "https://acme.example/a"}),
        ("Acme phone:", "Acme", {"phone": ""}),
        ("phone: 1", "", {"phone": "1"}),
        ("Acme phone: …, industry: ..., region: Boston", "Acme", {"region": "Boston"}),
        ("Microphone: 1", "Microphone: 1", {}),
        ("tele-phone: 1", "tele-phone: 1", {}),
        ("Acme colour: blue", "Acme colour: blue", {}),
        ("Acme at 3:30", "Acme at 3:30", {}),
        ("", "", {}),
    ],
)
def test_fields_of_a_line(text: str, head: str, fields: dict[str, str]) -> None:
    """A known label and a colon begin a field; everything before the first is the head."""
    assert split_fields(text) == (head, fields)


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("customer: Acme; note: x; when: …; place: y", {"customer": "Acme", "text": "x", "place": "y"}),
        ("客户：Acme；内容：…", {"customer": "Acme", "text": ""}),
        ("customer: Acme", None),
        ("Acme: asked which customer: all, note: none", None),
        ("", None),
    ],
)
def test_line_of_a_form(text: str, fields: dict[str, str] | None) -> None:
    """A line is a form's that begins with a label and names what is needed; what is left out was not said."""
    assert split_form(text, ("customer", "text", "happened", "place"), needed=("customer", "text")) == fields


def test_fields_are_said_again() -> None:
    """Fields written into a line are read out of it."""
    for name in LABELS:
        fields = {name: "x y", "amount": "5k"}
        assert split_fields(with_fields("won by us", fields)) == ("won by us", fields)
    assert split_fields(with_fields("", {"due": "friday"})) == ("", {"due": "friday"})


def test_every_label_begins_its_field() -> None:
    """Each way a field may be called is that field, in any case."""
    for field, labels in LABELS.items():
        for label in labels:
            assert split_fields(f"Acme, {label.upper()}: x") == ("Acme", {field: "x"})


@pytest.mark.parametrize(
    ("text", "items"),
    [("a, b；c、d/e|f", ("a", "b", "c", "d", "e", "f")), (" a ,, b ", ("a", "b")), ("", ()), (",", ())],
)
def test_list_of_a_text(text: str, items: tuple[str, ...]) -> None:
    """A list is typed with whatever people part things by."""
    assert split_list(text) == items


@pytest.mark.parametrize(
    ("text", "line", "page"),
    [
        ("", "", 1),
        ("team", "team", 1),
        ("team 2", "team", 2),
        ("2", "", 2),
        ("Acme 365", "Acme", 365),
        ("Route 66000", "Route 66000", 1),
        ("team 0", "team 0", 1),
        ("team -1", "team -1", 1),
        ("team ٣", "team", 3),
        ("team ²", "team ²", 1),
        ("  team   3 ", "team", 3),
    ],
)
def test_page_of_a_line(text: str, line: str, page: int) -> None:
    """A small number at the end of a list's line is a page."""
    assert split_page(text) == (line, page)
