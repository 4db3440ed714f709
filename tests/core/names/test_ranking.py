"""The customer that was meant comes first, and Kith asks when it cannot be sure."""

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ids import MemberId
from core.names import Candidate, KeyKind, Match, Ranked, is_confident, keys, rank

NAMES = [
    "华为技术有限公司",
    "华威电子有限公司",
    "深圳市腾讯计算机系统有限公司",
    "重庆长安汽车股份有限公司",
    "Acme Inc",
    "Acme Labs LLC",
    "Google LLC",
    "Blue Ocean Trading",
    "Siemens (China) Ltd",
    "مؤسسة النور",
]
CANDIDATES = [Candidate(str(number), name) for number, name in enumerate(NAMES)]
MINE, THEIRS = MemberId("mine"), MemberId("theirs")


def names(ranked: list[Ranked]) -> list[str]:
    return [one.candidate.name for one in ranked]


@pytest.mark.parametrize(
    ("query", "best", "match", "confident"),
    [
        ("华为", "华为技术有限公司", Match.PREFIX, True),
        ("華為技術", "华为技术有限公司", Match.EXACT, True),
        ("huaweijishu", "华为技术有限公司", Match.EXACT, True),
        ("hua wei ji", "华为技术有限公司", Match.PREFIX, True),
        ("hwjs", "华为技术有限公司", Match.PREFIX, True),
        ("华卫技术", "华为技术有限公司", Match.SOUND, True),
        ("腾讯", "深圳市腾讯计算机系统有限公司", Match.PREFIX, True),
        ("腾讯计算机系统", "深圳市腾讯计算机系统有限公司", Match.EXACT, True),
        ("changan", "重庆长安汽车股份有限公司", Match.PREFIX, True),
        ("ACME", "Acme Inc", Match.EXACT, True),
        ("acme labs, inc", "Acme Labs LLC", Match.EXACT, True),
        ("ocean", "Blue Ocean Trading", Match.CONTAINS, True),
        ("trading ocean blue", "Blue Ocean Trading", Match.FUZZY, True),
        ("gogle", "Google LLC", Match.FUZZY, True),
        ("seimens", "Siemens (China) Ltd", Match.FUZZY, True),
        ("النور مؤسسة", "مؤسسة النور", Match.FUZZY, True),
        ("a", "Acme Inc", Match.PREFIX, False),
        ("xqzzyv", None, Match.FUZZY, False),
    ],
)
def test_the_one_meant_comes_first(query: str, best: str | None, match: Match, *, confident: bool) -> None:
    """Exact, begun, heard, contained or misspelt: the right customer is first, and doubt is admitted."""
    ranked = rank(query, CANDIDATES)
    assert ranked[0].match == match
    assert best is None or names(ranked)[0] == best
    assert is_confident(ranked) is confident


@pytest.mark.parametrize("query", ["huawei", "hw", "华", "华卫", "acm"])
def test_two_that_fit_are_asked_about(query: str) -> None:
    """When two fit as well as each other Kith does not choose."""
    ranked = rank(query, CANDIDATES)
    assert ranked[0].score - ranked[1].score < 0.05
    assert not is_confident(ranked)


def test_kinds_of_match_keep_their_order() -> None:
    """Exact stands before prefix, prefix before contained, contained before similar."""
    made = [Candidate(name, name) for name in ("Norv", "Nova", "Super Nova", "Nova Systems International Logistics")]
    assert names(rank("nova", made)) == ["Nova", "Nova Systems International Logistics", "Super Nova", "Norv"]


def test_ties_go_to_the_members_own() -> None:
    """Of equal names the member's own comes first, then one with open deals, then the one touched last."""
    made = [
        Candidate("old", "Apex", owner_id=THEIRS, touched_at=datetime(2030, 1, 1, tzinfo=UTC)),
        Candidate("new", "Apex", owner_id=THEIRS, touched_at=datetime(2030, 2, 1, tzinfo=UTC)),
        Candidate("deal", "Apex", owner_id=THEIRS, open_deals=1),
        Candidate("own", "Apex", owner_id=MINE),
    ]
    ranked = rank("apex", made, prefer=MINE)
    assert [one.candidate.id for one in ranked] == ["own", "deal", "new", "old"]
    assert not is_confident(ranked)


def test_legal_form_decides_between_namesakes() -> None:
    """A legal form that was typed tells two companies of one name apart."""
    ranked = rank("Apex GmbH", [Candidate("1", "Apex Inc"), Candidate("2", "Apex GmbH")])
    assert names(ranked)[0] == "Apex GmbH"
    assert is_confident(ranked)


def test_alias_is_as_good_as_a_name() -> None:
    """A customer is known by its alias, and the answer says which name fitted."""
    (ranked,) = rank("big blue", [Candidate("1", "International Machines", aliases=("Big Blue", "IM"))])
    assert (ranked.match, ranked.matched) == (Match.EXACT, "Big Blue")
    assert ranked.score == pytest.approx(0.99)


def test_phone_and_mail_find_their_customer() -> None:
    """A whole number or address decides; four digits only when nobody else has them."""
    made = [
        Candidate("1", "Apex", keys=keys("+86 138 0013 8000", "phone") + keys("li@apex.example", "email")),
        Candidate("2", "Nova", keys=keys("+86 139 0000 8000", "phone")),
    ]
    assert rank("13800138000", made)[0].candidate.id == "1"
    assert is_confident(rank("13800138000", made))
    assert is_confident(rank("li@apex.example", made))
    assert not is_confident(rank("8000", made))
    assert rank("li@apex.example", made)[0].matched in {"li@apex.example", "apex.example"}
    assert {key.kind for key in made[1].keys} == {KeyKind.PHONE}


def test_nothing_to_choose_from_is_no_confidence() -> None:
    """No candidates, and blank text, choose nobody."""
    assert rank("acme", []) == []
    assert not is_confident([])
    assert not is_confident(rank("", CANDIDATES))
    assert {one.score for one in rank(" \t", CANDIDATES)} == {0.0}


@given(st.text(max_size=60), st.lists(st.text(max_size=30), max_size=5))
def test_ranking_never_fails(query: str, others: list[str]) -> None:
    """Any text against any names gives every candidate once, best first, with scores from 0 to 1."""
    ranked = rank(query, [Candidate(str(number), name) for number, name in enumerate([*others, *NAMES])])
    assert len(ranked) == len(others) + len(NAMES)
    assert all(0 <= one.score <= 1 for one in ranked)


def test_long_query_is_bounded_work() -> None:
    """Ten thousand characters against a page of candidates are answered in a moment."""
    start = time.perf_counter()
    ranked = rank("华为 acme " * 1250, CANDIDATES * 5)
    assert time.perf_counter() - start < 0.5
    assert not is_confident(ranked)
