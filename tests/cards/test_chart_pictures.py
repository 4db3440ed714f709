"""A chart with a picture shows it where the platform can fetch it, its words beside it; elsewhere the bars stay."""

import pytest

from cards.model import Bar, Card, Chart
from cards.renderers import html, slack, telegram, text

BARS = (Bar(label="Quote", value=2, text="¥20"), Bar(label="谈判", value=1, text="¥10"))
PUBLIC, LOCAL = "https://kith.example/charts/x.png", "http://127.0.0.1:8000/charts/x.png"


def _card(url: str) -> Card:
    return Card(summary="Week", blocks=(Chart(title="Pipeline", bars=BARS, url=url),))


def test_slack_shows_the_picture() -> None:
    """It stands as an image with its words as alternative text and below."""
    blocks = slack.message(_card(PUBLIC))["blocks"]
    (image,) = (block for block in blocks if block["type"] == "image")
    assert image["image_url"] == PUBLIC
    assert image["alt_text"] == "Pipeline: 1 Quote ¥20 · 2 谈判 ¥10"
    assert "谈判" in str(blocks[-1])


@pytest.mark.parametrize("url", ["", LOCAL])
def test_slack_keeps_the_bars_without_a_public_address(url: str) -> None:
    """Slack refuses a message whose picture it cannot fetch."""
    blocks = slack.message(_card(url))["blocks"]
    assert not [block for block in blocks if block["type"] == "image"]
    assert "█" in str(blocks)


def test_telegram_previews_the_picture() -> None:
    """It is the message's large preview; the bars stay in the text."""
    sent = telegram.message(_card(PUBLIC))
    assert sent["link_preview_options"]["url"] == PUBLIC
    assert "谈判" in sent["text"]
    assert telegram.message(_card(LOCAL)).get("link_preview_options", {}).get("url") != LOCAL


def test_workbench_shows_the_picture() -> None:
    """It is fetched from where the page came from, and described."""
    page = html.render(_card(LOCAL), action_url="/press")
    assert 'src="/charts/x.png"' in page
    assert 'alt="Pipeline: 1 Quote ¥20 · 2 谈判 ¥10"' in page
    assert "<svg" in html.render(_card(""), action_url="/press")


def test_console_draws_in_characters() -> None:
    """With or without a picture."""
    assert text.render(_card(PUBLIC)) == text.render(_card(""))
