"""``kith manifest PLATFORM``: what a platform wants to be told about the app."""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from typing import Any

from bots.settings import Settings, load_settings
from commands.registry import COMMANDS


def declare(_command: str, parser: ArgumentParser) -> None:
    """The platform, and for Slack how it calls."""
    parser.add_argument("platform", choices=tuple(_MANIFESTS), metavar="PLATFORM", help=" or ".join(_MANIFESTS))
    parser.add_argument(
        "--socket", action="store_true", help="Slack: called over Socket Mode, no public address needed"
    )
    parser.add_argument("--template", action="store_true", help="DingTalk: the card template to import")


def run(options: Namespace) -> None:
    """Prints the manifest as JSON, to be pasted where the platform asks for it."""
    settings = load_settings()
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


def _mattermost(settings: Settings, _options: Namespace) -> list[dict[str, Any]]:
    from adapters.mattermost.manifest import slash_commands  # noqa: PLC0415 - one platform is asked for

    return slash_commands(settings.public_url, COMMANDS)


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
    "dingtalk": _dingtalk,
}
