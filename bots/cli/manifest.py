"""``kith manifest PLATFORM``: what a platform wants to be told about the app."""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bots.errors import BadSettingError
from bots.settings import Settings, load_settings
from commands.registry import COMMANDS


def declare(_command: str, parser: ArgumentParser) -> None:
    """The platform; for Slack how it calls, and for Teams which file is written."""
    parser.add_argument("platform", choices=_PLATFORMS, metavar="PLATFORM", help=" or ".join(_PLATFORMS))
    parser.add_argument(
        "--socket", action="store_true", help="Slack: called over Socket Mode, no public address needed"
    )
    parser.add_argument("--output", type=Path, default=Path("kith-teams.zip"), help="Teams: the app package to write")
    parser.add_argument("--template", action="store_true", help="DingTalk: the card template to import")


def run(options: Namespace) -> None:
    """Prints the manifest as JSON, to be pasted where the platform asks for it; Teams wants a file uploaded."""
    settings = load_settings()
    if options.platform == _TEAMS:
        _write_teams(settings, options.output)
        return
    print(json.dumps(_MANIFESTS[options.platform](settings, options), ensure_ascii=False, indent=2))  # noqa: T201 - its output


def _slack(settings: Settings, options: Namespace) -> dict[str, Any]:
    from adapters.slack.manifest import manifest  # noqa: PLC0415 - one platform is asked for

    socket_mode = options.socket or not settings.public_url
    if socket_mode and not options.socket:
        sys.stderr.write("For Socket Mode, because KITH_PUBLIC_URL is not set: Slack could not reach this machine.\n")
    return manifest(settings.public_url, COMMANDS, socket_mode=socket_mode)


def _telegram(_settings: Settings, _options: Namespace) -> dict[str, Any]:
    from adapters.telegram.menu import offered  # noqa: PLC0415 - one platform is asked for

    def listed(language: str, *, private: bool) -> list[dict[str, str]]:
        return [
            {"command": each.command, "description": each.description}
            for each in offered(COMMANDS, language, private=private)
        ]

    return {
        f"{place} {language}": listed(language, private=place == "private")
        for place in ("private", "group")
        for language in ("en", "zh_Hans")
    }


def _wecom(settings: Settings, _options: Namespace) -> dict[str, Any]:
    from adapters.wecom.menu import menu  # noqa: PLC0415 - one platform is asked for
    from adapters.wecom.side import DOOR_PATH  # noqa: PLC0415 - see above
    from adapters.wecom.webhook import PATH, ROBOT_PATH  # noqa: PLC0415 - see above

    if not settings.public_url:
        sys.stderr.write("KITH_PUBLIC_URL is not set: WeCom could not reach this machine.\n")
    return {
        "application URL": f"{settings.public_url}{PATH}",
        "robot URL": f"{settings.public_url}{ROBOT_PATH}",
        "toolbar page": f"{settings.public_url}{DOOR_PATH}",
        **{f"menu {language}": menu(language) for language in ("en", "zh_Hans")},
    }


def _mattermost(settings: Settings, _options: Namespace) -> list[dict[str, Any]]:
    from adapters.mattermost.manifest import slash_commands  # noqa: PLC0415 - one platform is asked for

    return slash_commands(settings.public_url, COMMANDS)


def _feishu(settings: Settings, _options: Namespace) -> dict[str, Any]:
    from adapters.feishu.manifest import manifest  # noqa: PLC0415 - one platform is asked for

    return manifest(settings.public_url, COMMANDS, socket=settings.feishu_mode == "socket")


def _write_teams(settings: Settings, output: Path) -> None:
    """Writes the app package. Raises BadSettingError for what it cannot be made without."""
    from adapters.teams.manifest import package  # noqa: PLC0415 - one platform is asked for

    if not settings.teams_app_id:
        raise BadSettingError("KITH_TEAMS_APP_ID is missing: portal.azure.com, Azure Bot, Configuration")
    if not settings.public_url.startswith("https://"):
        raise BadSettingError("KITH_PUBLIC_URL must begin with https://: Teams takes no other address")
    output.write_bytes(package(settings.teams_app_id, settings.public_url, COMMANDS))
    print(f"{output}: upload it at admin.teams.microsoft.com, Teams apps, Manage apps")  # noqa: T201 - its output


def _dingtalk(settings: Settings, options: Namespace) -> dict[str, Any]:
    from adapters.dingtalk.template import template  # noqa: PLC0415 - one platform is asked for
    from bots.platforms.dingtalk import config_of, permissions  # noqa: PLC0415 - see above

    if options.template:
        return template()
    if not settings.public_url:
        sys.stderr.write("Without KITH_PUBLIC_URL these are paths, not addresses.\n")
    return permissions(config_of(settings))


_MANIFESTS: dict[str, Callable[[Settings, Namespace], Any]] = {
    "slack": _slack,
    "telegram": _telegram,
    "mattermost": _mattermost,
    "feishu": _feishu,
    "wecom": _wecom,
    "dingtalk": _dingtalk,
}
_TEAMS = "teams"
_PLATFORMS = (*_MANIFESTS, _TEAMS)
