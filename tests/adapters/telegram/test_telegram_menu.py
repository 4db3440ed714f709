"""The menu of commands that Telegram shows while people type."""

import re

import pytest

from adapters.telegram.menu import verbs_by_name
from bots.emulators.telegram.model import BotApiError
from commands.registry import COMMANDS, VERBS
from tests.adapters.telegram.process import PUBLIC_URL, Kith, Starting
from tests.adapters.telegram.stand_in import StandIn

pytestmark = pytest.mark.anyio


async def test_menu_is_registered_for_each_language_and_kind_of_chat(kith: Kith, server: StandIn) -> None:
    """English for everybody, Chinese for those whose Telegram is Chinese; in private chats and in groups."""
    assert set(server.commands) == {
        (scope, language) for scope in ("all_private_chats", "all_group_chats") for language in ("", "zh")
    }
    english, chinese = (
        {command["command"]: command["description"] for command in server.commands["all_private_chats", language]}
        for language in ("", "zh")
    )
    assert english.keys() == chinese.keys()
    assert english["visit"] == "Log a visit"
    assert chinese["visit"] == "记录拜访"
    assert not [name for name, title in chinese.items() if not re.search("[\u4e00-\u9fff]", title)]


async def test_menu_has_every_command_people_type(kith: Kith, server: StandIn) -> None:
    """Each verb of the registry is offered under a name that leads back to it."""
    offered = {command["command"] for command in server.commands["all_private_chats", ""]}
    names = verbs_by_name(COMMANDS)
    assert {names[name] for name in offered & names.keys()} == {one.verb for one in COMMANDS if not one.hidden}
    assert offered - names.keys() == {"crm", "cancel"}


async def test_groups_are_not_offered_what_is_personal(kith: Kith, server: StandIn) -> None:
    """Settings and account codes are for the private chat."""
    offered = {command["command"] for command in server.commands["all_group_chats", ""]}
    assert offered.isdisjoint({"settings", "link", "whoami", "cancel"})
    assert {"visit", "360", "bind", "crm"} <= offered


async def test_refused_menu_stops_nothing(start: Starting, server: StandIn) -> None:
    """Without its menu the bot works all the same."""
    server.faults["setMyCommands"] = [BotApiError(400, "Bad Request: BOT_COMMAND_INVALID")]
    kith = await start()
    assert kith.adapter.ready.is_set()


def test_every_name_leads_to_a_verb() -> None:
    """No name of the menu is taken for a customer's."""
    for name, verb in verbs_by_name(COMMANDS).items():
        assert re.fullmatch("[a-z0-9_]{1,32}", name)
        read = VERBS.read(f"{verb} Northwind").command
        assert read is not None
        assert read.verb == verb


async def test_page_stands_on_the_button_beside_the_text_field(kith: Kith, server: StandIn) -> None:
    """By https the page beside a conversation is one touch away in the private chat; Telegram opens none without."""
    assert server.menu_button["web_app"]["url"] == f"{PUBLIC_URL}/sidebar/in/telegram"
    assert [host.name for host in kith.adapter.hosts] == ["telegram"]
