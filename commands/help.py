"""help [VERB] - what can be typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from cards.help import VerbHelp, help_overview, help_verb
from cards.words import mark
from commands.model import Command, Context, Reply
from core.errors import NotFoundError

_GROUPS = {
    "look": mark("Look up"),
    "log": mark("Log"),
    "plan": mark("Plan"),
    "sell": mark("Sell"),
    "write": mark("Keep records"),
    "kith": mark("Kith and you"),
}


@dataclass(frozen=True, slots=True)
class Args:
    """The verb to explain; empty is the overview."""

    verb: str


def parse(text: str, _fields: Mapping[str, str]) -> Args:
    """The text is the verb."""
    return Args(text.strip().removeprefix("/"))


def handle(args: Args, context: Context) -> Reply:
    """Explains a verb or lists them all. Raises NotFoundError for a verb that is none."""
    from commands.registry import COMMANDS, VERBS  # noqa: PLC0415 - help is itself one of the commands it lists

    if args.verb:
        command = VERBS.get(args.verb)
        if command is None:
            near = VERBS.nearest(args.verb)
            raise NotFoundError("command", args.verb, similar=(near,) if near else ())
        return Reply(cards=(help_verb(_explained(command), context.reader),))
    shown = [command for command in COMMANDS if not command.hidden]
    groups = [
        (_GROUPS[name], [_explained(each) for each in some]) for name, some in groupby(shown, lambda each: each.group)
    ]
    return Reply(cards=(help_overview(groups, context.reader),))


def _explained(command: Command[object]) -> VerbHelp:
    return VerbHelp(command.verb, command.title, command.usage, command.examples, command.aliases)


COMMAND = Command(
    verb="help",
    aliases=("?", "？", "h", "帮助", "怎么用"),
    title=mark("What you can type"),
    usage=mark("help; help VERB"),
    examples=("help", "help visit", "帮助 拜访"),
    parse=parse,
    handle=handle,
    open_to_strangers=True,
    group="kith",
)
