"""Every command, in the order help shows them. The first is the look-up, which a line without a verb is."""

from typing import Any

from commands import (
    account,
    assign,
    bind,
    correct,
    deal,
    deals,
    done,
    duplicates,
    edit,
    freely,
    help,  # noqa: A004 - a command's file is called as its verb
    logging,
    lookup,
    merge,
    new,
    nextstep,
    share,
    snooze,
    task,
    tasks,
    timeline,
    undo,
)
from commands.model import Command
from commands.parsing import Verbs

COMMANDS: tuple[Command[Any], ...] = (
    lookup.COMMAND,
    lookup.SHOW,
    timeline.COMMAND,
    share.COMMAND,
    logging.VISIT,
    logging.CALL,
    logging.MEETING,
    logging.NOTE,
    logging.SAVE,
    freely.COMMAND,
    correct.COMMAND,
    task.COMMAND,
    tasks.COMMAND,
    done.COMMAND,
    snooze.COMMAND,
    nextstep.COMMAND,
    deal.COMMAND,
    deals.COMMAND,
    new.CUSTOMER,
    new.CONTACT,
    new.DEAL,
    edit.COMMAND,
    assign.COMMAND,
    merge.COMMAND,
    merge.APART,
    duplicates.COMMAND,
    bind.COMMAND,
    bind.UNBIND,
    undo.COMMAND,
    account.WHOAMI,
    account.SETTINGS,
    account.LINK,
    help.COMMAND,
)

VERBS = Verbs(COMMANDS)
