"""Two spellings of one name are equal when normalised, whatever was typed, and normalising settles at once."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.names import normalise

SAME = [
    ("acme", ["ACME", "Acme Inc", "Acme, Inc.", "acme inc", "The ACME Co., Ltd.", "ＡＣＭＥ", "Acmé GmbH", " acme\t"]),
    ("acme", ["Acme GmbH & Co. KG", "Acme S.A.", "Acme S. A.", "Acme Sp. z o.o.", "Acme A/S", "Acme Pty Ltd"]),
    ("acme", ["Acme (China) Ltd", "Acme (Shanghai) Co., Ltd.", "Acme (Asia Pacific) Pte. Ltd.", "A\u200bcme"]),
    ("johnsonjohnson", ["Johnson & Johnson", "Johnson and Johnson", "the Johnson and Johnson Group"]),
    ("mcdonalds", ["McDonald's", "McDonald’s Corporation", "mc donalds"]),
    ("nestle", ["Nestlé S.A.", "NESTLÉ", "Nestle\u0301"]),
    ("lodz", ["Łódź", "lodz"]),
    ("strasse", ["Straße AG", "STRASSE"]),
    (
        "华为技术",
        ["华为技术有限公司", "華為技術有限公司", "华为技术(上海)有限公司", "华为技术（深圳市）有限公司", "华为 技术"],
    ),
    (
        "华为技术",
        ["华为技术股份有限公司", "华为技术集团有限公司", "华为技术有限责任公司", "华为技术 Co., Ltd.", "华为·技术"],
    ),
    ("tcl科技", ["TCL科技", "TCL 科技集团股份有限公司", "ＴＣＬ科技"]),
    ("台积电", ["台積電", "台积电股份有限公司"]),
    ("москва", ["Москва", "МОСКВА"]),
    ("شركةالفا", ["شركة ألفا".replace("أ", "ا"), "\u200fشركة الفا\u200f"]),
]


@pytest.mark.parametrize(("normal", "spellings"), SAME, ids=[normal for normal, _ in SAME])
def test_spellings_of_one_name_are_equal(normal: str, spellings: list[str]) -> None:
    """Case, width, accents, script, punctuation, legal form and a place in brackets make no difference."""
    assert {spelling: normalise(spelling) for spelling in spellings} == dict.fromkeys(spellings, normal)


@pytest.mark.parametrize(
    ("name", "normal"),
    [
        ("Inc", "inc"),
        ("Co., Ltd.", "co"),
        ("有限公司", "有限公司"),
        ("集团公司", "集团公司"),
        ("金公司", "金公司"),
        ("The The", "the"),
        ("(上海)", "上海"),
        ("!!!", "!!!"),
        ("🚀 🚀", "🚀🚀"),
        ("3M", "3m"),
        ("华为北京分公司", "华为北京分公司"),
        ("Vinc", "vinc"),
        ("Toyota株式会社", "toyota"),
    ],
)
def test_nothing_of_the_name_itself_is_lost(name: str, normal: str) -> None:
    """A legal form that is all there is stays, a branch is no legal form, and signs alone stay as they are."""
    assert normalise(name) == normal


@pytest.mark.parametrize("blank", ["", " ", "\t\r\n", "\u3000", "\u200b\ufeff", "\x00\x07"])
def test_only_the_invisible_is_empty(blank: str) -> None:
    """A text in which nothing can be seen has no name in it."""
    assert normalise(blank) == ""


def test_words_of_a_statement_are_only_letters() -> None:
    """SQL and markup in a name become letters and digits like any other."""
    assert normalise("Robert'); DROP TABLE customers;--") == "robertdroptablecustomers"
    assert normalise("<script>alert(1)</script>") == "scriptalert1script"


@given(st.text(max_size=40))
@example("foo 有限 公 司")
@example("华 in c")
@example("ﷺ Inc")
@example("e\u200b\u0301 s.a")
@example("İ İnc")
def test_normalising_twice_changes_nothing(name: str) -> None:
    """A normalised name is its own normal form."""
    assert normalise(normalise(name)) == normalise(name)


@given(
    st.lists(
        st.sampled_from(["a", "in", "c", "inc", "华", "为", "有限", "公司", "集团", "(上海)", ".", "and", "the", " "])
    )
)
def test_pieces_of_legal_forms_settle(pieces: list[str]) -> None:
    """Legal forms that come about when spaces go are folded at once, or never."""
    name = "".join(pieces)
    assert normalise(normalise(name)) == normalise(name)


@pytest.mark.parametrize("piece", ["a", "华", "Inc ", "有限公司", "(", "a.", "(上海)", "ﷺ", "e\u0301", "\u0301"])
def test_long_text_is_bounded_work(piece: str) -> None:
    """Ten thousand characters cost no more than a name, and give no more than one."""
    start = time.perf_counter()
    normal = normalise(piece * 10_000)
    assert time.perf_counter() - start < 0.1
    assert len(normal) <= 256
