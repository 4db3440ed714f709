"""A name is found under what people type for it: short, by sound, by initials, by the end of its phone."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.names import KeyKind, keys, query_keys
from core.names.keys import MAX_KEY_LENGTH, MAX_KEYS


def texts(name: str, kind: str = "name") -> list[str]:
    return [key.text for key in keys(name, kind)]


def found(query: str, name: str, kind: str = "name") -> bool:
    """Whether an index that knows equality and prefix finds the name."""
    return any(text.startswith(form) for form in query_keys(query) for text in texts(name, kind))


@pytest.mark.parametrize(
    ("name", "queries"),
    [
        (
            "Acme Labs, Inc.",
            ["acme", "ACME labs", "acme labs inc", "acme in".removesuffix(" in"), "Ａｃｍｅ", "acmelabs i"],
        ),
        (
            "华为技术有限公司",
            ["华为", "華為", "huawei", "hua wei", "huáwéi", "HW", "hwjs", "华威", "华为技术有限公司", "华为技术有"],
        ),
        (
            "深圳市腾讯计算机系统有限公司",
            ["腾讯", "深圳腾讯".removeprefix("深圳"), "tengxun", "txjsj", "深圳市腾讯", "騰訊"],
        ),
        ("重庆长安汽车股份有限公司", ["changan", "chongqingchangan", "cqca", "caqc", "长安"]),
        ("中国银行股份有限公司", ["zhongguoyinhang", "zgyh", "中国银行"]),
        ("长盛集团", ["changsheng", "zhangsheng", "cs"]),
        ("绿城服务集团有限公司", ["lvcheng", "lucheng", "lc"]),
        ("TCL科技集团股份有限公司", ["tcl", "tclkeji", "TCL 科技", "tclkj"]),
        ("厦门航空", ["xiamenhangkong", "xmhk"]),
        ("台積電", ["台积电", "taijidian", "tjd"]),
        ("Nestlé", ["nestle", "nest"]),
        ("🚀🚀", ["🚀"]),
        ("شركة الفا", ["شركة", "شركة الفا"]),
        ("<b>Bold</b> Ltd", ["<b>Bold", "bbold"]),
    ],
)
def test_name_is_found_as_it_is_typed(name: str, queries: list[str]) -> None:
    """Each way of typing a name leads to one of its keys."""
    assert [query for query in queries if not found(query, name)] == []


@pytest.mark.parametrize(
    ("name", "queries"),
    [
        ("单小明", ["shanxiaoming", "sxm"]),
        ("Maria van Rossum", ["maria", "rossum", "Maria van"]),
        ("曾强", ["zengqiang", "zq"]),
    ],
)
def test_person_is_found_by_surname(name: str, queries: list[str]) -> None:
    """A person is found by surname and given name, and a surname has its own reading."""
    assert [query for query in queries if not found(query, name, "person")] == []


@pytest.mark.parametrize(
    ("phone", "queries"),
    [
        (
            "+86 138-0013-8000",
            ["13800138000", "8000", "0138000", "+8613800138000", "138 0013 8000", "１３８００１３８０００"],
        ),
        ("0755-12345678转801", ["12345678", "0755 12345678", "+86 755 1234 5678", "5678", "075512345678"]),
        ("+44 (0)20 7946 0000 ext. 9", ["020 7946 0000", "+442079460000", "79460000"]),
        ("(415) 555-0100", ["4155550100", "+1 415 555 0100", "555-0100", "0100"]),
        ("٠١٢٣٤٥٦٧٨٩", ["123456789", "6789"]),
    ],
)
def test_phone_is_found_by_its_tails(phone: str, queries: list[str]) -> None:
    """With or without country code, trunk zero, spaces and extension, or by the last four digits."""
    assert [query for query in queries if not found(query, phone, "phone")] == []


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        (
            "Wang.Wei@Mail.Example.co.uk",
            "email",
            ["wang.wei@mail.example.co.uk", "mail.example.co.uk", "example.co.uk"],
        ),
        ("someone@qq.com", "email", ["someone@qq.com"]),
        ("Name <a+b@example.com>", "email", ["a+b@example.com", "example.com"]),
        ("https://www.Example.com:8080/path?q=1#x", "domain", ["example.com"]),
        ("shop.example.com.cn", "domain", ["shop.example.com.cn", "example.com.cn"]),
        ("例子.中国", "domain", ["例子.中国"]),
        ("no address", "email", []),
        ("localhost", "domain", []),
        ("12", "phone", []),
        ("call me", "phone", []),
    ],
)
def test_addresses_give_host_and_domain(text: str, kind: str, expected: list[str]) -> None:
    """An address is keyed whole and by its domain, but not by a mail host of the public."""
    assert texts(text, kind) == expected


def test_keys_say_what_they_are() -> None:
    """The normalised name comes first, and each key knows its kind."""
    assert keys("华为技术有限公司")[:4] == (
        ("华为技术", KeyKind.NAME),
        ("华为技术有限公司", KeyKind.NAME),
        ("huaweijishu", KeyKind.PINYIN),
        ("hwjs", KeyKind.INITIALS),
    )


@given(st.text(max_size=80), st.sampled_from(["name", "person", "phone", "email", "domain"]))
def test_keys_are_few_short_and_clean(text: str, kind: str) -> None:
    """Whatever a field holds, its keys are at most eight, distinct, at most 64 long, and hold no control character."""
    made = texts(text, kind)
    assert len(made) <= MAX_KEYS
    assert len(set(made)) == len(made)
    assert all(0 < len(key) <= MAX_KEY_LENGTH and "\x00" not in key for key in made)
    assert all(0 < len(form) <= MAX_KEY_LENGTH for form in query_keys(text))


@given(st.text(min_size=1, max_size=60))
def test_every_name_is_found_under_itself(name: str) -> None:
    """Typing a name as it stands leads to it, unless there is nothing to be seen in it."""
    assert found(name, name) or not keys(name)


@pytest.mark.parametrize("piece", ["华", "Inc ", "@", "a@", "1-", "a.", "(", "+", " ", "a.a@", "x", "转", "//", "长"])
def test_long_text_is_bounded_work(piece: str) -> None:
    """Ten thousand characters of anything are answered in a moment."""
    start = time.perf_counter()
    query_keys(piece * 10_000)
    for kind in ("name", "person", "phone", "email", "domain"):
        keys(piece * 10_000, kind)
    assert time.perf_counter() - start < 0.2


def test_an_import_of_names_is_fast() -> None:
    """Ten thousand mixed names have their keys within a second, on a slow machine under load."""
    chance = random.Random(7)  # noqa: S311 - the same names every time
    brands = "华腾联海顺通宁德京东瑞丰泰安诚远大天宇金鑫长重乐行"
    names = [
        f"{chance.choice(['', '深圳市', '上海'])}{''.join(chance.choices(brands, k=3))}科技有限公司"
        if number % 2
        else f"{chance.choice(['Apex', 'Nova', 'Summit'])}{number} Trading Inc"
        for number in range(10_000)
    ]
    start = time.process_time()
    count = sum(len(keys(name)) for name in names)
    assert time.process_time() - start < 1
    assert count > 30_000
