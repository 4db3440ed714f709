"""Mentions and direct messages: heard once, answered to the one who asked, never to Kith itself."""

from typing import Any

import pytest

from tests.adapters.slack.world import BOT, DIRECT, ROOM, WEI, World, recorded

pytestmark = pytest.mark.anyio


def _said(name: str, text: str, **event: Any) -> dict[str, Any]:
    payload = recorded(name)
    payload["event"] |= {"text": text} | event
    return payload


async def test_a_mention_is_answered_to_the_asker(world: World) -> None:
    """In a channel the answer is for the asker's eyes alone, and the bot's name is no part of the question."""
    answer = await world.event(_said("app_mention", f"<@{BOT}> Northwind"))
    assert (answer.status_code, answer.content) == (200, b"")
    assert world.slack.calls == ["chat.postEphemeral"]
    assert (world.slack.last.channel, world.slack.last.to, world.slack.last.text[:9]) == (ROOM, WEI, "Northwind")
    assert world.slack.seen_by_all(ROOM) == []


async def test_a_mention_in_a_thread_is_answered_there(world: World) -> None:
    """The answer stands where the question was asked."""
    await world.event(_said("app_mention", f"<@{BOT}> Northwind", thread_ts="1795420000.000100"))
    assert world.slack.last.thread == "1795420000.000100"


async def test_a_mention_can_write(world: World) -> None:
    """A visit is logged by mentioning Kith."""
    await world.event(_said("app_mention", f"<@{BOT}|kith> visit Northwind: wants a demo"))
    assert world.count("activities") == 1
    assert world.slack.last.to == WEI


async def test_a_direct_message_is_answered_there(world: World) -> None:
    """In the chat with Kith alone the answer is a message that lasts."""
    await world.event(_said("message_im", "visit Northwind: wants a demo"))
    assert world.slack.calls == ["chat.postMessage"]
    assert (world.slack.last.channel, world.slack.last.to) == (DIRECT, "")
    assert world.count("activities") == 1


async def test_a_message_that_needs_more_offers_the_form(world: World) -> None:
    """Slack opens no form after a message; a button under the answer does, and the form is answered in that chat."""
    await world.event(_said("message_im", "visit Northwind"))
    assert world.slack.views == []
    token = world.slack.last.token_of("Fill in…")
    await world.interact(world.press(token, action="form-1", channel=DIRECT, own=False))
    await world.interact(world.submission(world.slack.views[-1], {"text": "wants a demo"}))
    assert world.count("activities") == 1
    assert (world.slack.last.channel, world.slack.last.to) == (DIRECT, "")


async def test_slacks_marks_are_read_as_typed(world: World) -> None:
    """Links and signs that Slack made of what was typed are made into it again."""
    await world.event(_said("message_im", "note Northwind: see <http://example.com|example.com> &amp; call &lt;3"))
    assert "see example.com & call <3" in world.slack.last.words.replace("&amp;", "&").replace("&lt;", "<")


@pytest.mark.parametrize(
    "payload",
    [
        recorded("message_im_bot"),
        recorded("message_im_changed"),
        recorded("message_im_deleted"),
        recorded("app_rate_limited"),
        _said("message_im", "Northwind", bot_id="B0OTHER001"),
        _said("message_im", "Northwind", user=BOT),
        _said("message_im", "Northwind", user="USLACKBOT"),
        _said("message_im", "Northwind", subtype="message_changed"),
        _said("message_im", "Northwind", channel_type="channel"),
        _said("app_mention", "Northwind", bot_id="B0KITH0001"),
        _said("message_im", "Northwind", type="reaction_added"),
        {"type": "of next year's Slack"},
    ],
)
async def test_what_is_not_a_persons_word_is_let_pass(world: World, payload: dict[str, Any]) -> None:
    """Kith's own messages above all, other bots', edits and deletions are acknowledged and do nothing."""
    answer = await world.event(payload)
    assert (answer.status_code, answer.content) == (200, b"")
    assert (world.slack.calls, world.count("deliveries")) == ([], 0)


@pytest.mark.parametrize("text", ["Northwind", "visit Northwind: wants a demo"])
async def test_a_retry_does_nothing_twice(world: World, text: str) -> None:
    """Slack's retries say so in a header and bring the same event; reads and writes are answered once."""
    payload = _said("app_mention", f"<@{BOT}> {text}")
    await world.event(payload)
    for number in ("1", "2", "3"):
        headers = {"x-slack-retry-num": number, "x-slack-retry-reason": "http_timeout"}
        assert (await world.event(payload, **headers)).status_code == 200
    assert len(world.slack.posted) == 1
    assert world.count("activities") == (1 if "visit" in text else 0)


async def test_a_retry_after_a_failure_is_carried_out(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the first try did not reach the disk, the second one is the first."""
    payload = _said("message_im", "visit Northwind: wants a demo")
    with monkeypatch.context() as patched:
        patched.setattr(world.adapter._listener, "road", None)
        assert (await world.event(payload)).status_code == 503
    assert (await world.event(payload, **{"x-slack-retry-num": "1"})).status_code == 200
    assert world.count("activities") == 1


async def test_somebody_of_another_company_is_a_stranger(world: World) -> None:
    """In a channel shared between companies the other company's people are not members by their address."""
    world.slack.users["U0OTHER001"] = {"team_id": "T0OTHER001", "profile": {"email": "lin@kith.example"}}
    world.slack.channels[ROOM].members.append("U0OTHER001")
    await world.event(_said("app_mention", f"<@{BOT}> Northwind", user="U0OTHER001"))
    assert "link CODE" in world.slack.last.words
    assert world.slack.last.to == "U0OTHER001"


async def test_a_code_makes_a_stranger_a_member(world: World) -> None:
    """A colleague's first word in their own chat may be the code that a known chat gave them."""
    await world.command("link")
    code = world.slack.last.words.split("link ")[1][:10]
    world.slack.users["U0PHONE001"] = {"profile": {}}
    await world.event(_said("message_im", f"link {code}", user="U0PHONE001"))
    assert world.count("identities") == 2


@pytest.mark.parametrize("name", ["app_uninstalled", "tokens_revoked"])
async def test_a_removal_is_heard_as_often_as_it_is_told(world: World, name: str) -> None:
    """There is nothing to forget of a single token, and nothing goes wrong."""
    for _ in range(2):
        assert (await world.event(recorded(name))).status_code == 200
