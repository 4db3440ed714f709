"""What an index holds of a name, and what it is asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.names.closeness import closeness
from core.names.guessing import without_mistyped_form, without_spoken_form
from core.names.indexing import asked, forms


def test_forms_of_a_chinese_name() -> None:
    """With the place it begins with and without, as it sounds, and as initials with and without its legal form."""
    whole, brand = forms("深圳市腾讯计算机系统有限公司")
    assert (whole.text, brand.text) == ("深圳市腾讯计算机系统", "腾讯计算机系统")
    assert brand.sound == "tengxunjisuanjixitong"
    assert {"szstxjsjxt", "szstxjsjxtyxgs"} <= set(whole.initials)


def test_forms_of_a_name_in_letters() -> None:
    """Its words apart, without its legal form, and in full."""
    (form,) = forms("The Acme Labs Co., Ltd.")
    assert (form.text, form.sound) == ("acme labs", "")
    assert form.exact == ("acmelabs", "theacmelabscoltd")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("acme lmited", "acme"),
        ("acme gmhb", "acme"),
        ("acme corpration", "acme"),
        ("acme foods", "acme foods"),
        ("ltd", "ltd"),
        ("华为有限公思", "华为"),
        ("华为有限公", "华为"),
        ("华为技术", "华为技术"),
    ],
)
def test_mistyped_legal_forms(typed: str, meant: str) -> None:
    """A legal form one slip away is none of the name; a word that merely looks a little like one is."""
    assert without_mistyped_form(typed) == meant


def test_spoken_legal_forms() -> None:
    """A Chinese legal form in pinyin is left out, but not all of a name."""
    assert without_spoken_form("huaweijishuyouxiangongsi") == "huaweijishu"
    assert without_spoken_form("gongsi") == "gongsi"


@pytest.mark.parametrize(
    ("typed", "name", "other"),
    [
        ("Robotics Acme", "Acme Robotics Inc", "Acme Robots"),
        ("Acme Robotcis Incc", "Acme Robotics Inc", "Acme Logistics Inc"),
        ("华维技术", "华为技术有限公司", "华通技术有限公司"),
        ("hauwei jishu", "华为技术有限公司", "海通技术有限公司"),
        ("huawei jishu youxian gongsi", "华为技术有限公司", "华微技工"),
    ],
)
def test_the_nearer_of_two(typed: str, name: str, other: str) -> None:
    """Of two names the one that was meant is nearer."""
    near = [
        max(closeness(asked(typed), [(form.text, form.tail, form.sound) for form in forms(each)]))
        for each in (name, other)
    ]
    assert near[0] > near[1]


@given(st.text(max_size=80), st.text(max_size=40))
def test_any_text_against_any_name(typed: str, name: str) -> None:
    """Nothing that is typed, and no name, makes it fail; a name is nearest to itself."""
    shapes = [(form.text, form.tail, form.sound) for form in forms(name)]
    if asked(typed).texts:
        assert all(0 <= near <= 1 for near in closeness(asked(typed), shapes))
    if shapes and asked(name).texts:
        assert max(closeness(asked(name), shapes)) == pytest.approx(1.0)
