"""What people type: command lines in every spelling, look-ups, and what is not for the bot."""

import pytest

from bots.emulators.telegram.client import Account
from bots.emulators.telegram.model import Json
from bots.emulators.telegram.server import BOT
from tests.adapters.telegram.process import GROUP, WEI, Kith, Starting
from tests.adapters.telegram.stand_in import StandIn, from_bot

pytestmark = pytest.mark.anyio


async def test_name_in_private_chat_shows_customer(kith: Kith, wei: Account) -> None:
    """A bare text in the private chat is looked up."""
    card = await kith.said(wei, "globex")
    assert card.text.startswith("Globex")
    assert "Log visit" in card.labels


@pytest.mark.parametrize(
    "line",
    [
        "visit Globex: wants a demo",
        "/visit Globex: wants a demo",
        "/visit@kith_test_bot Globex: wants a demo",
        "/VISIT Globex: wants a demo",
        "/crm visit Globex: wants a demo",
        "/crm@KITH_TEST_BOT visit Globex: wants a demo",
        "/拜访 Globex: wants a demo",
        "拜访 Globex：wants a demo",
        "/visit\nGlobex: wants a demo",
    ],
)
async def test_visit_is_logged_however_it_is_spelt(kith: Kith, wei: Account, line: str) -> None:
    """A slash, the bot's name, /crm, Chinese, capitals: all are the same command."""
    card = await kith.said(wei, line)
    assert "Visit logged" in card.text
    assert kith.count("activities") == 1


async def test_name_of_two_words_has_an_underscore(kith: Kith, wei: Account) -> None:
    """Telegram's command names hold no blanks: /new_customer is ``new customer``."""
    card = await kith.said(wei, "/new_customer Initech")
    assert "Initech" in card.text
    assert kith.count("customers") == 4


async def test_command_of_another_bot_is_left_to_it(kith: Kith, wei: Account) -> None:
    """/visit@other_bot is nobody's business here."""
    await kith.brought(wei.says("/visit@other_bot Globex: hello", chat=GROUP))
    await kith.brought(wei.says("/visit@other_bot Globex: hello"))
    assert kith.server.said(GROUP) == kith.server.said(WEI) == []
    assert kith.count("deliveries") == 0


@pytest.mark.parametrize("text", ["good morning", "/weather tomorrow", "@somebody_else globex", "globex"])
async def test_talk_in_a_group_is_not_answered(kith: Kith, wei: Account, text: str) -> None:
    """In a group the bot hears commands it knows, its own name, and replies to it; nothing else."""
    await kith.brought(wei.says(text, chat=GROUP))
    assert kith.server.called("sendMessage") == []


@pytest.mark.parametrize(
    "text", ["@kith_test_bot globex", "globex @Kith_Test_Bot", "/360 globex", "/360@kith_test_bot globex"]
)
async def test_group_talk_to_the_bot_is_answered(kith: Kith, wei: Account, text: str) -> None:
    """The bot's name or a command it knows makes a group's message one for the bot."""
    card = await kith.said(wei, text, chat=GROUP)
    assert card.text.startswith("Globex")


async def test_reply_to_the_bot_is_a_line(kith: Kith, wei: Account) -> None:
    """Replying to what the bot said in a group is talking to the bot."""
    await kith.brought(wei.says("/share Globex", chat=GROUP))
    shared = kith.server.last(GROUP)
    card = await kith.said(wei, "tasks", chat=GROUP, reply_to_message=from_bot(shared))
    assert "My tasks" in card.text


async def test_nothing_but_people_is_heard(kith: Kith, wei: Account) -> None:
    """Edited messages, channels, bots (this one too) and what was sent through a bot are passed over in silence."""
    said = wei.says("/visit Globex: hello")
    message = said["message"]
    numbered = {"update_id": 1}
    unheard: list[Json] = [
        numbered | {"edited_message": message | {"edit_date": 1}},
        numbered | {"channel_post": message},
        numbered | {"edited_channel_post": message},
        numbered | {"message": message | {"from": BOT}},
        numbered | {"message": message | {"from": message["from"] | {"is_bot": True}}},
        numbered | {"message": message | {"via_bot": BOT}},
        numbered | {"message": message | {"is_automatic_forward": True}},
        numbered | {"message": {name: value for name, value in message.items() if name != "from"}},
        numbered | {"my_chat_member": {}},
        numbered,
    ]
    for update in unheard:
        assert await kith.bring(update) == 200
    await kith.settle()
    assert kith.server.called("sendMessage") == []
    assert kith.count("deliveries") == 0


async def test_picture_gets_told_what_is_read(kith: Kith, wei: Account, ana: Account) -> None:
    """What has no words is answered with what the bot can read, in the member's language."""
    photo = {"photo": [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]}
    await kith.brought(wei.shows(**photo))
    await kith.brought(ana.shows(**photo))
    await kith.brought(wei.shows(GROUP, **photo))
    assert kith.server.last(WEI).text == "I read text only. Type a customer's name, or /help."
    assert kith.server.last(ana.id).text.startswith("我只看得懂文字")
    assert kith.server.said(GROUP) == []


async def test_caption_is_a_line(kith: Kith, wei: Account) -> None:
    """The words under a picture count as typed."""
    photo = [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]
    await kith.brought(wei.shows(photo=photo, caption="/visit Globex: the new shelf"))
    assert kith.count("activities") == 1


@pytest.mark.parametrize(
    "text",
    [
        "visitt Globex: typing fast",
        "/nosuchthing",
        "x" * 4096,
        "'; DROP TABLE customers; --",
        "<b>bold</b> [link](http://x.test) `code`",
        '"unbalanced',
        "\u202eevil\u0007",
        "👩‍👩‍👧‍👦" * 300,
        "/visit " + "Globex: " + "很" * 4000,
        "/done nothing of the kind",
        "/new_deal Globex 30万 maybe",
        "/task Globex: call back yesterday",
        "/snooze",
        "/",
        "/@kith_test_bot",
        "@kith_test_bot",
    ],
)
async def test_strange_lines_get_an_answer(kith: Kith, wei: Account, text: str) -> None:
    """Whatever is typed gets one message that Telegram takes, and nothing is executed or refused."""
    await kith.brought(wei.says(text))
    assert len(kith.server.said(WEI)) == 1
    assert kith.count("customers") == 3


async def test_markup_is_shown_as_text(kith: Kith, wei: Account) -> None:
    """What people type is never taken for markup."""
    card = await kith.said(wei, "<b>bold</b> [a](http://x.test)")
    assert "<b>bold</b> [a](http://x.test)" in card.text
    assert all(entity["type"] not in {"text_link", "code"} for entity in card.entities)


async def test_member_is_answered_in_their_language(kith: Kith, ana: Account, stranger: Account) -> None:
    """A member's own language first; for a stranger, that of their Telegram."""
    assert "客户" in (await kith.said(ana, "nobody of that name")).text
    stranger.language = "zh-hans"
    assert "验证码" in (await kith.said(stranger, "globex")).text


async def test_redelivered_line_is_done_once(kith: Kith, wei: Account, server: StandIn) -> None:
    """An update that comes twice, as after a crash, is carried out and answered once."""
    update = wei.says("/visit Globex: wants a demo")
    await kith.brought(update)
    await kith.brought(update)
    assert kith.count("activities") == 1
    assert len(server.said(WEI)) == 1


async def test_crash_after_acknowledgement_loses_nothing(
    kith: Kith, wei: Account, start: Starting, server: StandIn
) -> None:
    """Acknowledged and then killed: the next process logs the visit once and answers."""
    assert await kith.bring(wei.says("/visit Globex: wants a demo")) == 200
    await kith.crash()
    assert server.said(WEI) == []
    again = await start()
    await again.work_off()
    assert again.count("activities") == 1
    assert "Visit logged" in server.last(WEI).text
