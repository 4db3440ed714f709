"""Looks at what a process of Kith would find: settings, database, disk, clock, zones, and on request the platforms."""

import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bots.chats import platform
from bots.errors import BadSettingError
from bots.keys import sqlite_path
from bots.platforms.model import Finding
from bots.settings import PREFIX, Secret, Settings, variable
from storage.errors import DatabaseError
from storage.migrating import is_current

# A clock that is behind the release is wrong: every signed delivery would look as if it came from the future.
_THIS_RELEASE = 1_750_000_000  # seconds
_SHORT_KEY = 24  # characters
_LITTLE_SPACE = 200 * 2**20  # bytes
_PATIENCE = 5.0  # seconds to reach a platform


def settings_found(settings: Settings, given: Mapping[str, str]) -> Iterator[Finding]:
    """Every setting: set, left at its default, or missing, and what it is for or what that switches off."""
    switched_off = dict(_switched_off(settings))
    for each in fields(Settings):
        name, value = variable(each.name), getattr(settings, each.name)
        if given.get(name, "").strip():
            yield Finding(name, "ok", shown(value), each.metadata["about"])
        elif each.name in switched_off:
            yield Finding(name, "off", "", switched_off[each.name])
        else:
            yield Finding(name, "ok", f"{shown(value)} (default)" if value else "not set", each.metadata["about"])
    yield from _misspelt(given)


def _switched_off(settings: Settings) -> Iterator[tuple[str, str]]:
    if not settings.slack_on:
        yield "slack_bot_token", "Slack is off: set this, or KITH_SLACK_CLIENT_ID, and KITH_SLACK_SIGNING_SECRET"
    if "telegram" not in settings.platforms_on:
        yield "telegram_token", "Telegram is off"
    if "mattermost" not in settings.platforms_on:
        yield "mattermost_command_tokens", "Mattermost is off: set this, KITH_MATTERMOST_BOT_TOKEN and …_API_URL"
    elif not settings.mattermost_bot_token:
        yield "mattermost_bot_token", "Mattermost without a bot: no reminders, no forms, no saving of messages"
    if "feishu" not in settings.platforms_on:
        yield "feishu_app_id", "Feishu and Lark are off: set this, KITH_FEISHU_APP_SECRET and KITH_FEISHU_ENCRYPT_KEY"
    if "dingtalk" not in settings.platforms_on:
        yield "dingtalk_app_key", "DingTalk is off: set this and KITH_DINGTALK_APP_SECRET"
    if not settings.public_url:
        yield "public_url", "no links in cards, no webhooks, no installing through OAuth"
    if not settings.secret_key and sqlite_path(settings):
        yield "secret_key", "the key is kept in a file beside the database"


def _misspelt(given: Mapping[str, str]) -> Iterator[Finding]:
    known = [variable(each.name) for each in fields(Settings)]
    for name in sorted(given):
        if name.startswith(PREFIX) and name not in known and not name.startswith(f"{PREFIX}REQUIRE_"):
            near = get_close_matches(name, known, n=1)
            yield Finding(name, "warning", "", f"is no setting{f'; did you mean {near[0]}?' if near else ''}")


def shown(value: Any) -> str:
    """A value for people: secrets hidden, and the password in an address too."""
    if isinstance(value, Secret):
        return "set"
    text = str(value)
    parts = urlsplit(text)
    if parts.password:
        return text.replace(f":{parts.password}@", ":***@")
    return text


def health(settings: Settings) -> Iterator[Finding]:
    """What the machine has to offer."""
    yield _secret_key(settings)
    yield _database(settings)
    yield _disk(settings)
    yield _zones()
    yield _clock()


def _secret_key(settings: Settings) -> Finding:
    key = settings.secret_key
    if key is None:
        if sqlite_path(settings):
            return Finding("secret key", "ok", "in a file", "")
        return Finding("secret key", "bad", "", "KITH_SECRET_KEY is missing, which PostgreSQL needs")
    if len(key.value) < _SHORT_KEY:
        return Finding(
            "secret key", "warning", f"{len(key.value)} characters", "short: 32 random ones cannot be guessed"
        )
    return Finding("secret key", "ok", "set", "")


def _database(settings: Settings) -> Finding:
    where = shown(settings.database_url)
    path = sqlite_path(settings)
    if path is not None and not path.exists():
        return Finding("database", "ok", where, "will be made at the first start")
    try:
        current = is_current(settings.database_url)
    except (DatabaseError, OSError) as failure:
        return Finding("database", "bad", where, str(failure))
    return Finding("database", "ok" if current else "warning", where, "" if current else "behind: kith db upgrade")


def _disk(settings: Settings) -> Finding:
    folder = (sqlite_path(settings) or Path("var/kith.db")).parent
    there = next(each for each in (folder, *folder.resolve().parents) if each.exists())
    if not os.access(there, os.W_OK | os.X_OK):
        return Finding("disk", "bad", str(folder), "cannot be written to")
    status = os.statvfs(there)
    free = status.f_bavail * status.f_frsize
    state = "ok" if free > _LITTLE_SPACE else "warning"
    return Finding("disk", state, str(folder), f"{free / 2**30:.1f} GiB free")


def _zones() -> Finding:
    try:
        ZoneInfo("Asia/Shanghai")
    except ZoneInfoNotFoundError:
        return Finding("time zones", "bad", "", "no zone data: install the package tzdata")
    return Finding("time zones", "ok", "", "")


def _clock() -> Finding:
    right = time.time() > _THIS_RELEASE
    return Finding(
        "clock", "ok" if right else "bad", time.strftime("%Y-%m-%d %H:%M:%S %Z"), "" if right else "is behind"
    )


def platforms_set_up(settings: Settings) -> Iterator[Finding]:
    """What each platform that is on makes of its settings; nobody is asked."""
    for name in settings.platforms_on:
        yield from platform(name).findings(settings)


def platforms_reached(settings: Settings) -> Iterator[Finding]:
    """Whether the platforms that are on answer at their addresses; nothing secret is sent."""
    import httpx  # noqa: PLC0415 - only when somebody asks to go online

    addresses = {name.capitalize(): getattr(settings, f"{name}_api_url") for name in settings.platforms_on}
    for name, address in ((name, address) for name, address in addresses.items() if address):
        try:
            status = httpx.get(address, timeout=_PATIENCE).status_code
        except httpx.HTTPError as failure:
            yield Finding(name, "bad", address, f"cannot be reached: {type(failure).__name__}")
        else:
            yield Finding(name, "ok", address, f"answers with {status}")


def unusable(failure: BadSettingError) -> Finding:
    """A setting that would keep Kith from starting."""
    name, _, why = str(failure).partition(" ")
    return Finding(name.rstrip(":"), "bad", "", why)
