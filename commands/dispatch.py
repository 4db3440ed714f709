"""Who is it, may they, has it been seen; then the command, inside one unit of work.

The two places where failure becomes an answer are here: a ``CrmError`` is a card that says what to do, anything else
is a bug that is logged with the delivery's id and answered with one neutral card.
"""

import time
import traceback
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import dataclass, replace
from typing import Any

import msgspec
import structlog

from cards import errors as error_cards
from cards.model import InputKind, Option
from cards.typed import Typed
from cards.words import Words
from commands.choices import choice_reply
from commands.completion import complete, suggest
from commands.faults import faults_of, field_at_fault
from commands.model import Command, Context, Incoming, Reply
from commands.parsing import ADDING, Line, Verbs, with_form
from commands.permitting import permitted
from commands.sealing import Sealer, Sealing, draft_key, is_draft
from commands.watching import watch
from core.actor import Actor, Role
from core.customers.service import add_customer
from core.drafts import Draft
from core.errors import (
    AmbiguousError,
    ConflictError,
    CrmError,
    NotFoundError,
    StoreUnavailableError,
)
from core.ids import MemberId, WorkspaceId
from core.members.model import Membership
from core.members.service import link_by_email
from core.receipts.model import Receipt
from core.receipts.service import digest_of, find_repeat, keep_receipt
from core.work import Database, Work

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """What a delivery turned out to be, before anything is done."""

    membership: Membership | None
    line: Line | None = None
    args: Any = None
    failure: Exception | None = None  # a CrmError, or a bug in reading the words
    writes: bool = False
    needs_people: bool = False

    @property
    def stranger(self) -> bool:
        """Whether Kith does not know who this is."""
        return self.membership is None


class Dispatcher:
    """Runs commands. Made once per process; holds no state of any delivery."""

    def __init__(self, database: Database, verbs: Verbs, sealer: Sealer, *, public_url: str = "") -> None:
        self._database = database
        self._verbs = verbs
        self._sealer = sealer
        self._public_url = public_url

    # -- outside a unit of work --------------------------------------------------------------------

    async def begin(self, incoming: Incoming, *, asked: bool = False) -> Resolved | Reply:
        """Answers what only reads; tells what the rest is, so that it can be accepted first.

        Unless the platform was ``asked`` already, strangers and commands that need to know who reads along are told
        as well.
        """
        drafts: list[Draft] = []
        found = await self._database.read(lambda work: self._begin(work, incoming, drafts, asked=asked))
        if drafts:
            await self._database.write(lambda work: keep_all(work, drafts))
        return found

    async def tie_by_email(self, incoming: Incoming, email: str) -> bool:
        """Makes a stranger whose platform vouches for an address the member of that address."""
        return await self._database.write(lambda work: _tie(work, incoming, email))

    async def suggest(self, incoming: Incoming, kind: InputKind, typed: str) -> tuple[Option, ...]:
        """What a customer or member input offers for what is typed so far; nothing to a stranger."""
        return await self._database.read(lambda work: self._for_member(work, incoming, suggest, kind, typed))

    async def complete(self, incoming: Incoming, line: str) -> tuple[Option, ...]:
        """How a command line may go on; nothing to a stranger."""
        return await self._database.read(lambda work: self._for_member(work, incoming, complete, self._verbs, line))

    # -- inside a unit of work ---------------------------------------------------------------------

    def _begin(self, work: Work, incoming: Incoming, drafts: list[Draft], *, asked: bool) -> Resolved | Reply:
        resolved = self._resolve(work, incoming)
        if resolved.writes or (not asked and (resolved.stranger or resolved.needs_people)):
            return resolved
        return self._answer(work, incoming, resolved, drafts)

    def run(self, work: Work, incoming: Incoming) -> Reply:
        """Carries out a delivery in this unit of work, rights checked afresh, and keeps its receipt."""
        reply, drafts = self.attempt(work, incoming)
        keep_all(work, drafts)
        return reply

    def attempt(self, work: Work, incoming: Incoming) -> tuple[Reply, list[Draft]]:
        """As ``run``, with the lines behind the answer's buttons left to be kept by the caller."""
        drafts: list[Draft] = []
        return self._answer(work, incoming, self._resolve(work, incoming), drafts), drafts

    def _for_member(
        self, work: Work, incoming: Incoming, offer: Callable[..., tuple[Option, ...]], *about: Any
    ) -> tuple[Option, ...]:
        membership = work.members.by_identity(incoming.identity)
        if membership is None:
            return ()
        return offer(self._context(work, incoming, membership), *about)

    def _resolve(self, work: Work, incoming: Incoming) -> Resolved:
        membership = work.members.by_identity(incoming.identity)
        try:
            line = self._line(work, incoming, membership)
            command = line.command or self._verbs.commands[0]
        except CrmError as failure:
            return Resolved(membership=membership, failure=failure)
        try:
            args = command.parse(line.text, incoming.fields or line.fields)
        except Exception as failure:  # noqa: BLE001 - a CrmError or a bug: `_guarded` answers either
            return Resolved(membership=membership, failure=failure)
        allowed = membership is not None or command.open_to_strangers
        return Resolved(
            membership=membership,
            line=replace(line, command=command),
            args=args,
            writes=allowed and command.writes(args),
            needs_people=command.needs_people,
        )

    def _line(self, work: Work, incoming: Incoming, membership: Membership | None) -> Line:
        if not incoming.token:
            return self._verbs.read(incoming.text)
        if membership is None:
            raise ConflictError("button_not_yours")
        actor = membership.actor(platform=incoming.platform)
        if not is_draft(incoming.token):
            return self._verbs.read(self._sealer.open(incoming.token, actor, work.now))
        kept = work.drafts.get(draft_key(incoming.token, actor))
        if kept is None:
            raise ConflictError("button_expired")
        return self._verbs.read(kept)

    def _answer(self, work: Work, incoming: Incoming, resolved: Resolved, drafts: list[Draft]) -> Reply:
        started = time.perf_counter()
        context = self._context(work, incoming, resolved.membership)
        reply = permitted(self._guarded(context, resolved), context.actor, self._verbs)
        sealed = Sealing(self._sealer, context.actor, work.now, drafts.append).reply(reply)
        log.info(
            "command_finished",
            delivery=incoming.key,
            command=resolved.line.command.verb if resolved.line and resolved.line.command else "",
            outcome=reply.error or "ok",
            milliseconds=round((time.perf_counter() - started) * 1000, 3),
        )
        return sealed

    def _context(self, work: Work, incoming: Incoming, membership: Membership | None) -> Context:
        actor = (
            membership.actor(platform=incoming.platform, delivery=incoming.key) if membership else _stranger(incoming)
        )
        return Context(
            work=work,
            actor=actor,
            words=Words(actor.language, actor.zone),
            incoming=incoming,
            public_url=self._public_url,
        )

    def _guarded(self, context: Context, resolved: Resolved) -> Reply:
        try:
            # What only reads has nothing to take back.
            with context.work.nested() if resolved.writes else nullcontext():
                return self._perform(context, resolved)
        except CrmError as failure:
            return self._failed(context, resolved, failure)
        except StoreUnavailableError:
            raise
        except Exception as bug:  # noqa: BLE001 - the one place where a bug becomes an answer
            # The trace holds our own lines only; the exception's words may quote what a member typed.
            where = "".join(traceback.format_tb(bug.__traceback__))
            log.error(  # noqa: TRY400 - the trace is passed without the exception's words
                "command_crashed", delivery=context.incoming.key, error=type(bug).__name__, where=where
            )
            card = error_cards.crashed(context.words, context.incoming.key)
            return Reply(cards=(card,), ok=False, error="crashed")

    def _perform(self, context: Context, resolved: Resolved) -> Reply:
        if resolved.failure is not None:
            raise resolved.failure
        line, command = resolved.line, resolved.line.command if resolved.line else None
        assert line is not None and command is not None  # noqa: S101, PT018 - a resolved line has its command
        if resolved.stranger and not command.open_to_strangers:
            return Reply(cards=(error_cards.stranger(context.words),), ok=False, error="stranger")
        context.actor.require(command.role, command.verb)
        if not resolved.writes:
            return command.handle(resolved.args, context)
        digest = _digest(command, line, context.incoming)
        repeat = None if line.again or command.repeatable else find_repeat(context.work, context.actor, digest)
        if repeat is not None:
            return _already_done(context, line, repeat)
        reply = _handled(command, line, resolved.args, context)
        watch(context.work)
        receipt = keep_receipt(context.work, context.actor, command.verb, digest)
        return msgspec.structs.replace(reply, receipt=receipt.id) if receipt else reply

    def _mended(self, line: Line) -> str:
        """The line with its verb spelt right, when it was taken for a look-up because its first word is nearly one."""
        bare = line.taken or line.command is self._verbs.commands[0]
        return self._verbs.nearest(line.text) if bare else ""

    def _failed(self, context: Context, resolved: Resolved, failure: CrmError) -> Reply:
        fields = context.incoming.fields or {}
        if at_fault := field_at_fault(failure, fields):
            # Where nothing may be written there is nothing to try the other fields on.
            tried = resolved.line if resolved.writes else None
            words = error_cards.explain(failure, context.words)
            errors = faults_of(context, tried, failure, at_fault) if tried else {at_fault: words}
            return Reply(ok=False, error=error_cards.key(failure), errors=errors)
        line = resolved.line
        typed = _typed(line) if line else Typed()
        if isinstance(failure, AmbiguousError) and not fields:
            return choice_reply(failure, typed, context.words)
        card = error_cards.failed(
            failure,
            context.words,
            typed,
            mended=self._mended(line) if line else "",
            usage=line.command.usage if line and line.command and not fields else "",
            may_write=context.actor.at_least(Role.REP),
        )
        return Reply(cards=(card,), ok=False, error=error_cards.key(failure))


def _handled(command: Command[Any], line: Line, args: Any, context: Context) -> Reply:
    """The handler's answer; after a press of "add it and go on" the customer it misses is added first."""
    if not line.adding:
        return command.handle(args, context)
    try:
        with context.work.nested():
            return command.handle(args, context)
    except NotFoundError as missing:
        if missing.kind != "customer":
            raise
        add_customer(context.work, context.actor, name=missing.asked)
        return command.handle(args, context)


def _already_done(context: Context, line: Line, repeat: Receipt) -> Reply:
    again = with_form(context.incoming.fields or line.fields, _typed(line).line)
    seconds = max(1, round((context.now - repeat.created_at).total_seconds()))
    card = error_cards.already_done(context.words, seconds=seconds, again=again, receipt_id=repeat.id)
    return Reply(cards=(card,), receipt=repeat.id)


def _typed(line: Line) -> Typed:
    """The line, for the buttons that say it again."""
    verb = line.command.verb if line.command else ""
    return Typed(f"{ADDING} {verb}" if line.adding else verb, line.text)


def _digest(command: Command[Any], line: Line, incoming: Incoming) -> str:
    fields = [f"{name}={value}" for name, value in sorted((incoming.fields or line.fields).items())]
    return digest_of(command.verb, incoming.place.key, line.text, *fields)


def keep_all(work: Work, drafts: Iterable[Draft]) -> None:
    """Keeps the lines behind an answer's buttons."""
    for draft in drafts:
        work.drafts.put(draft)


def _tie(work: Work, incoming: Incoming, email: str) -> bool:
    workspace_id = work.members.workspace_of_tenant(incoming.platform, incoming.tenant)
    return workspace_id is not None and link_by_email(work, incoming.identity, workspace_id, email) is not None


def _stranger(incoming: Incoming) -> Actor:
    """Somebody who is in no workspace: may see nothing, and is answered in the language their platform names."""
    language = "zh_Hans" if incoming.language_hint.lower().startswith("zh") else "en"
    return Actor(
        workspace_id=WorkspaceId(""),
        member_id=MemberId(""),
        name=incoming.user_name,
        role=Role.VIEWER,
        language=language,
        platform=incoming.platform,
        delivery=incoming.key,
    )
