"""Ids sort by the time they were made at, can be read out and typed, and never meet within a process."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.ids import LENGTH, IdMaker, decode, encode, looks_like_id

NOW = datetime(2026, 3, 9, 2, 0, tzinfo=UTC)
numbers = st.integers(0, 2**64 - 1)


@settings(deadline=None, derandomize=True)
@given(numbers)
def test_number_comes_back(number: int) -> None:
    """Thirteen characters stand for a number below 2**64, and nothing else does."""
    text = encode(number)
    assert len(text) == LENGTH
    assert looks_like_id(text)
    assert decode(text) == number


@settings(deadline=None, derandomize=True)
@given(numbers, numbers)
def test_text_sorts_as_the_number(one: int, other: int) -> None:
    """Sorted as text, ids are in the order of their numbers."""
    assert (encode(one) < encode(other)) == (one < other)


def test_no_letter_is_misread() -> None:
    """The letters i, l, o and u are in no id."""
    assert not set("".join(encode(number * 2**40 + number) for number in range(2**10))) & set("ilou")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0",
        "0fq2m7x4k9c0",
        "0fq2m7x4k9c011",
        "0fq2m7x4k9c0i",
        "0FQ2M7X4K9C01",
        "zzzzzzzzzzzzz",
        "远航科技远航科技远航科技远",
        "0fq2m7x4k9c0٣",
    ],
)
def test_other_texts_are_no_ids(text: str) -> None:
    """What is too short, too long, too large or has other letters is no id."""
    assert not looks_like_id(text)
    with pytest.raises(ValueError, match="not an id"):
        decode(text)


def test_later_is_larger() -> None:
    """A later instant makes a larger id, whoever makes it."""
    instants = [NOW + timedelta(milliseconds=step) for step in (0, 1, 2, 1000, 86_400_000, 10**11)]
    made = [IdMaker()(instant) for instant in instants]
    assert made == sorted(made)


def test_one_moment_keeps_the_order() -> None:
    """Ids made in one millisecond by one maker are all different and in the order they were made."""
    maker = IdMaker()
    made = [maker(NOW) for _ in range(10_000)]
    assert made == sorted(set(made))


def test_threads_make_different_ids() -> None:
    """Several threads at once make no id twice."""
    maker = IdMaker()
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: maker(NOW), range(4_000)))
    assert len(set(made)) == 4_000


def test_two_makers_hardly_meet() -> None:
    """Two processes in the same millisecond begin at different places."""
    assert len({IdMaker()(NOW) for _ in range(100)}) == 100
