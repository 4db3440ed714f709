"""Typed lines: command lines, look-ups, and what is not understood."""

import pytest

pytestmark = pytest.mark.anyio


async def test_a_name_in_the_private_chat_shows_the_customer(kith, wei):
    """A bare text in the private chat is looked up."""
    card = await kith.said(wei, "globex")
    assert card.text.startswith("Globex")
    assert "Log visit" in card.labels
