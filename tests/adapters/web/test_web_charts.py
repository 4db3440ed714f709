"""A chart's picture is for whoever has its address, as long as that is good, and has letters that can be read."""

from io import BytesIO

import pytest
from PIL import Image

from adapters.web import drawing
from cards.model import Bar, Chart
from commands.charts import with_picture
from commands.sealing import Sealer
from tests.adapters.web.house import KEY, ORIGIN, House

CHART = Chart(
    title="Pipeline",
    bars=(Bar(label="Quote", value=3, text="¥300,000 (3)"), Bar(label="谈判", value=1, text="¥100,000")),
)


def _address(house: House, secret: str = KEY) -> str:
    made = house.write(lambda work: with_picture(work, Sealer(secret), "", CHART))
    return made.url


def _size(content: bytes) -> tuple[int, int]:
    return Image.open(BytesIO(content)).size


def test_picture_is_served_to_whoever_has_its_address(house: House) -> None:
    """No session is asked for, since platforms' servers fetch it; it is a PNG."""
    answer = house.browser().get(_address(house))
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
    assert _size(answer.content) == (1120, 200)


def test_forged_and_old_addresses_show_nothing(house: House) -> None:
    """Another signature, another date, another name and an address of more than thirty days are not there."""
    address = _address(house)
    name, ends, signature, _ = address.removeprefix("/charts/").split(".")
    forged = [
        _address(house, "another secret of the tests, long enough"),
        f"/charts/{name}.{int(ends) + 1}.{signature}.png",
        f"/charts/{name[::-1]}.{ends}.{signature}.png",
        "/charts/anything.png",
    ]
    assert [house.browser().get(each).status_code for each in forged] == [404] * 4
    house.clock.move(days=31)
    assert house.browser().get(address).status_code == 404


def _colours(content: bytes) -> int:
    image = Image.open(BytesIO(content)).convert("RGB")
    return len(image.getcolors(1 << 24) or [])


def test_without_a_font_the_bars_have_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Chinese cannot be written there are bars and numbers, and the words stand in the text beside it."""
    with_letters = drawing.draw(CHART)
    monkeypatch.setattr(drawing, "font_file", lambda: None)
    drawing._font.cache_clear()
    try:
        assert _size(drawing.draw(CHART)) == (1120, 200)
        assert drawing.draw(CHART) != with_letters
        latin = Chart(title="Visits", bars=CHART.bars[:1])
        assert _colours(drawing.draw(latin)) > 3
    finally:
        drawing._font.cache_clear()
    assert CHART.told == "1 Quote ¥300,000 (3) · 2 谈判 ¥100,000"


def test_long_and_strange_values_can_be_drawn() -> None:
    """Names without end, no bars at all, nothing but zeros, and what is no number break no picture."""
    long = Bar(label="名" * 300, value=float("nan"), text="9" * 300)
    for bars in ((), (long,), (Bar(label="a", value=0, text="0"),), (long,) * 90):
        assert drawing.draw(Chart(title="T" * 300, bars=bars)).startswith(b"\x89PNG")


def test_address_is_on_the_public_one(house: House) -> None:
    """What is sent to platforms is absolute."""
    made = house.write(lambda work: with_picture(work, Sealer(KEY), ORIGIN, CHART))
    assert made.url.startswith(f"{ORIGIN}/charts/")
