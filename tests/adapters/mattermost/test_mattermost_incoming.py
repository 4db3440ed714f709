"""Recorded payloads become what the road takes: who, where, what, and by which name it is known if it comes again."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.mattermost.carried import Carried, Origin
from adapters.mattermost.decoding import UnreadableError, read_action, read_command, read_submission
from adapters.mattermost.incoming import (
    Known,
    from_command,
    from_dialog,
    from_heard,
    from_press,
    from_question,
    hook_of,
    is_direct,
)
from adapters.mattermost.trigger import delivery_of, read_trigger

RECORDED = Path(__file__).parents[2] / "recorded" / "mattermost"
FORM = "application/x-www-form-urlencoded"
WEI, BOT, CHANNEL = "aoa1agao6t8fmx3ikt1j9w5ybw", "b" * 26, "jux16pkewjrkfj3ehep1psxyxc"
DELIVERY = "739pi6ddjidgypgtu6t3dtte6y"
NOW = datetime(2026, 11, 23, 8, 26, 41, tzinfo=UTC)
KNOWN = Known(at=NOW, bot=BOT, verbs={"/task": "task"}, handles={"lin.chen": "lin"})


def recorded(name: str) -> bytes:
    return (RECORDED / name).read_bytes().strip()


def test_command() -> None:
    """A slash command, with its mention as the handle that Kith knows, and the ways to answer it."""
    incoming = from_command(read_command(recorded("slash_command.form"), FORM), KNOWN)
    assert (incoming.user, incoming.conversation, incoming.direct) == (WEI, CHANNEL, False)
    assert incoming.text == "task Northwind: send the quote @lin"
    assert incoming.delivery == DELIVERY
    assert incoming.reply_to["hook"] == "xbrkb8p393gjpq5cawei7npije"
    assert incoming.reply_to["at"] == int(NOW.timestamp())
    assert read_trigger(incoming.reply_to["trigger"]).user == WEI


def test_press() -> None:
    """A menu's line: the token that was carried, and the post, which can be changed unless one person alone sees it."""
    action = read_action(recorded("action.json"))
    kept = from_press(action, Carried(("a", "b")), "b", KNOWN)
    assert (kept.token, kept.delivery, kept.reply_to["post"]) == ("b", DELIVERY, "gqrnh3675jfxzftnjyjfe4udeh")
    alone = from_press(action, Carried(("a", "b"), alone=True, hook="h", at=5), "b", KNOWN)
    assert "post" not in alone.reply_to
    assert (alone.reply_to["hook"], alone.reply_to["hook_at"]) == ("h", 5)


def test_dialog() -> None:
    """A dialog's fields as text, with what stood in a field put back to what it stands for, where it still stands."""
    dialog = read_submission(recorded("dialog.json"))
    origin = Origin("n1", WEI, "t", conversation=CHANNEL, author="Lin", shown={"customer": ("Northwind", "01j9")})
    incoming = from_dialog(dialog, origin)
    assert incoming.fields == {"customer": "01j9", "text": "saw the line", "amount": "12", "due": ""}
    assert (incoming.token, incoming.delivery, incoming.conversation) == ("t", "dialog.n1", CHANNEL)
    assert incoming.quoted is not None
    assert incoming.quoted.author == "Lin"
    changed = from_dialog(dialog, Origin("n1", WEI, "t", shown={"customer": ("Southwind", "01j9")}))
    assert changed.fields is not None
    assert changed.fields["customer"] == "Northwind"


def test_question() -> None:
    """What is typed into a field so far."""
    incoming, typed = from_question(read_submission(recorded("lookup.json")), Origin("n1", WEI, "t"))
    assert (incoming.user, typed) == (WEI, "north")


def test_outgoing_webhook() -> None:
    """A message that begins with the webhook's word, without it, known by the post's id."""
    incoming = from_heard(read_command(recorded("outgoing_webhook.json"), "application/json; charset=utf-8"), KNOWN)
    assert (incoming.text, incoming.delivery) == ("visit Northwind: saw it", "gqrnh3675jfxzftnjyjfe4udeh")


@pytest.mark.parametrize(
    ("name", "direct"),
    [
        (f"{WEI}__{BOT}", True),
        (f"{BOT}__{WEI}", True),
        (f"{WEI}__{WEI}", True),
        (f"{WEI}__{'l' * 26}", False),
        (f"{'l' * 26}__{BOT}", False),
        (WEI, False),
        ("town-square", False),
        ("", False),
        ("__", False),
    ],
)
def test_direct_channels(name: str, *, direct: bool) -> None:
    """Private is the channel of a person and the bot, or of a person alone, and nothing else."""
    assert is_direct(name, WEI, BOT) is direct


def test_nobody_is_the_bot_before_it_is_known() -> None:
    """While the bot's id is not known, no channel counts as private with it."""
    assert not is_direct(f"{WEI}__{BOT}", WEI, "")


@pytest.mark.parametrize("url", ["", "https://evil.example/", "https://[x/hooks/commands/a", "/hooks/commands/../x"])
def test_no_address_of_others(url: str) -> None:
    """Of a response_url nothing is kept but the name at its end: no payload makes Kith call anybody else."""
    assert hook_of(url) == ""


def test_deliveries_without_a_trigger() -> None:
    """What has no trigger that can be read is known by a digest of what it has."""
    assert delivery_of("", "") == ""
    assert delivery_of("odd", "x") == delivery_of("odd")
    assert len(delivery_of("odd")) == 64


def test_unreadable_bodies() -> None:
    """What is no form and no JSON is said to be unreadable, and raises nothing else."""
    for body in (b"", b"\xff", b"&" * 5000):
        with pytest.raises(UnreadableError):
            read_command(body, FORM)
    for body in (b"", b"{}", b"[", b'{"user_id":1}', b"\xff", b'{"a":' + b"[" * 20_000):
        with pytest.raises(UnreadableError):
            read_action(body)
        with pytest.raises(UnreadableError):
            read_submission(body)
