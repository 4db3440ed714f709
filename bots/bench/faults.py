"""``kith bench faults``: what is kept is done and said, once and in order, whatever is killed meanwhile.

Three workers and a server run against one database and a chat that misbehaves; again and again one of them is killed
in the middle of whatever it does (kill -9). Now and then the clocks jump, SQLite's disk takes nothing for a while, and
PostgreSQL's connections are cut. Messages are kept as jobs,
and commands are brought as Slack brings them, each of them twice. In the end every message must have been taken by the
chat. Twice is forgiven only where the chat took a message and the sender could not know, because it hung up or because
the sender was killed before it had written that down: Slack takes no key that would tell it.
"""

import asyncio
import os
import tempfile
import time
from argparse import ArgumentParser, Namespace
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random
from typing import Any

import aiohttp
import asyncpg

from bots.bench import data
from bots.bench.chat_server import Accepted, ChatServer
from bots.bench.command import slash_command
from bots.bench.crew import Crew
from bots.bench.figures import Bench, Figures
from bots.bench.servers import HOST, SIGNING_SECRET, free_port
from bots.clock import SystemClock
from bots.logs import configure_logs
from cards.model import Card, Text
from commands.model import Reply
from commands.notices import Notice, job_of
from commands.sending import Address
from core.activities.model import Activity
from core.ids import WorkspaceId
from core.jobs.model import JobKind, JobState
from core.work import Database, Work
from storage.database import open_database
from storage.migrating import upgrade

_JOBS, _KILLS, _WORKERS = 5_000, 50, 3
_COMMANDS_EACH = 20  # messages to a command
_LANES_EACH = 10  # messages to a conversation
_PATIENCE = 600.0  # seconds for everything to be done once nothing is killed any more
_KILLED_AFTER = (0.3, 1.2)  # seconds
# Between taking a message and writing down that it was sent lie a few milliseconds, on a busy machine a few hundred.
_UNKNOWING = 5.0  # seconds
# Chances, with every kill, that the clocks jump, that the disk is full before it, and that a connection is cut.
_JUMPS, _FILLS, _CUTS = 0.5, 0.2, 0.3
_WRONG = (
    8.0  # seconds that a clock is fast or slow at most: what a lease is longer than it is left without a sign of life
)
_FULL_FOR = (0.3, 1.5)  # seconds
_OURS = (JobKind.DELIVERY, JobKind.MESSAGE, JobKind.NOTICE)


def _declare(parser: ArgumentParser) -> None:
    parser.add_argument("--jobs", type=int, default=_JOBS, help=f"messages to send ({_JOBS:,})")
    parser.add_argument("--kills", type=int, default=_KILLS, help=f"how often a process is killed ({_KILLS})")
    parser.add_argument("--seed", type=int, default=1, help="of what goes wrong when")
    parser.add_argument("--database", default="", help="an empty database; else a new SQLite file")


def _run(options: Namespace) -> Figures:
    with tempfile.TemporaryDirectory(prefix="kith-bench-") as folder:
        url = options.database or f"sqlite:///{Path(folder) / 'bench.db'}"
        upgrade(url)
        configure_logs("critical")
        trial = _Trial(url, options.jobs, options.kills, options.seed, Path(folder) / "skew")
        return asyncio.run(trial.run())


class _Trial:
    def __init__(self, url: str, jobs: int, kills: int, seed: int, skew: Path) -> None:
        skew.write_text("0")
        self._skew = skew
        self._url, self._jobs, self._kills, self._seed = url, jobs, kills, seed
        self._random = Random(seed)  # noqa: S311 - who is killed when
        self._commands = max(jobs // _COMMANDS_EACH, 1)
        self._chat = ChatServer(seed)

    async def run(self) -> Figures:
        database = open_database(self._url, SystemClock())
        try:
            await data.fill(database, 20)
            async with self._playing() as crew:
                started = time.perf_counter()
                await database.write(self._keep_messages)
                bringing = asyncio.create_task(self._bring_commands(crew.port))
                await self._make_trouble(crew)
                await bringing
                await _all_done(database, crew)
                seconds = time.perf_counter() - started
                stopped = await crew.stop()
            return await self._judged(database, crew, seconds, stopped)
        finally:
            await database.close()

    @asynccontextmanager
    async def _playing(self) -> AsyncIterator[Crew]:
        chat_port = free_port()
        chat = await self._chat.start(HOST, chat_port)
        self._hooks = f"http://{HOST}:{chat_port}/hooks"
        environment = {
            **os.environ,
            "KITH_DATABASE_URL": self._url,
            "KITH_SECRET_KEY": "bench-secret-key-of-no-importance",
            "KITH_SLACK_SIGNING_SECRET": SIGNING_SECRET,
            "KITH_SLACK_BOT_TOKEN": "xoxb-bench",
            "KITH_SLACK_API_URL": f"http://{HOST}:{chat_port}/api/",
            "KITH_LOG_LEVEL": "error",
        }
        crew = Crew(environment, free_port(), self._skew)
        for name in ("server", *(f"worker {number}" for number in range(_WORKERS))):
            crew.start(name)
        try:
            yield crew
        finally:
            for process in crew.processes.values():
                process.kill()
                await asyncio.to_thread(process.wait)
            await chat.cleanup()

    # -- what there is to do --------------------------------------------------------------------------

    def _keep_messages(self, work: Work) -> None:
        found = work.members.by_identity(data.IDENTITY)
        assert found is not None  # noqa: S101 - the filled database has them
        lanes = max(self._jobs // _LANES_EACH, 1)
        work.jobs.add_many(
            [job_of(work, _message(found.workspace.id, number, number % lanes)) for number in range(self._jobs)]
        )

    async def _bring_commands(self, port: int) -> None:
        """Every command twice, as Slack does when it is unsure, and again until it is acknowledged."""
        async with aiohttp.ClientSession() as session:
            for number in range(self._commands):
                await asyncio.gather(*(self._bring(session, port, number) for _ in range(2)))

    async def _bring(self, session: aiohttp.ClientSession, port: int, number: int) -> None:
        line, answer_to = f"note {data.name_of(0)}: said {number}.", f"{self._hooks}/answer-{number}"
        request = slash_command(line, f"trigger-{number}", response_url=answer_to)
        head, _, body = request.partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:])
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            try:
                async with session.post(f"http://{HOST}:{port}/slack/events", data=body, headers=headers) as answer:
                    # With words it says that nothing could be kept.
                    if answer.status == 200 and not await answer.read():
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.1)

    @property
    def _on_sqlite(self) -> bool:
        return self._url.startswith("sqlite:")

    # -- what goes wrong ------------------------------------------------------------------------------

    async def _make_trouble(self, crew: Crew) -> None:
        for _ in range(self._kills):
            await asyncio.sleep(self._random.uniform(*_KILLED_AFTER))
            if self._random.random() < _JUMPS:
                crew.set_clocks(self._random.uniform(-_WRONG, _WRONG))
            if self._on_sqlite and self._random.random() < _FILLS:
                with crew.full_disk():
                    await asyncio.sleep(self._random.uniform(*_FULL_FOR))
            await crew.kill(self._random.choice(sorted(crew.processes)))
            if not self._on_sqlite and self._random.random() < _CUTS:
                await _cut_a_connection(self._url)

    # -- what came of it ------------------------------------------------------------------------------

    async def _judged(self, database: Database, crew: Crew, seconds: float, stopped: float) -> Figures:
        messages = {f"message {number}." for number in range(self._jobs)}
        answers = {f"answer-{number}" for number in range(self._commands)}
        by_what = _by_what(self._chat.accepted)
        known = {*messages, *answers}
        kept = await database.read(_notes)
        dead = await database.read(lambda work: len(work.jobs.list_by_state(JobState.DEAD, work.now, limit=1000)))
        twice = [_excused(taken, crew.killed_at) for what, taken in by_what.items() if len(taken) > 1 and what in known]
        return Figures(
            name="faults",
            n=self._jobs + self._commands,
            counted="messages and commands",
            per_s=round((self._jobs + self._commands) / seconds),
            more={
                "kills": len(crew.killed_at),
                "clock_jumps": crew.jumps,
                "disks_filled": crew.disks_filled,
                "lost": len(known - set(by_what)),
                "commands_not_done": sum(kept[f"said {number}."] == 0 for number in range(self._commands)),
                "commands_done_twice": sum(kept[f"said {number}."] > 1 for number in range(self._commands)),
                "sent_twice_unknowing": sum(twice),
                "sent_twice_without_excuse": len(twice) - sum(twice),
                "out_of_order": _out_of_order(self._chat.accepted),
                "given_up": dead,
                **{name.replace(" ", "_"): count for name, count in sorted(self._chat.told.items())},
                "seconds": round(seconds, 1),
                "stopped_within_s": round(stopped, 1),
                "database": self._url.partition(":")[0],
            },
        )


def _message(workspace_id: WorkspaceId, number: int, lane: int) -> Notice:
    text = f"message {number}."
    return Notice(
        workspace_id=workspace_id,
        address=Address(platform="slack", tenant=data.IDENTITY.tenant, conversation=f"C{lane:08d}"),
        reply=Reply(cards=(Card(summary=text, blocks=(Text(text=text),), language="en"),)),
    )


def _notes(work: Work) -> dict[str, int]:
    """How often each text was noted."""
    found = work.members.by_identity(data.IDENTITY)
    assert found is not None  # noqa: S101 - the filled database has them
    scope, count, after = found.actor(platform="bench").scope, defaultdict[str, int](int), ""
    while page := work.activities.list_after(scope, after=after, limit=500):
        for activity in page:
            assert isinstance(activity, Activity)  # noqa: S101 - what the repository has
            count[activity.text] += 1
        after = page[-1].id
    return count


def _by_what(accepted: list[Accepted]) -> dict[str, list[Accepted]]:
    """What the chat took, by the message's text, or by which command an answer is to."""
    found: dict[str, list[Accepted]] = defaultdict(list)
    for each in accepted:
        found[each.place if each.place.startswith("answer-") else each.text].append(each)
    return found


def _excused(taken: list[Accepted], killed_at: list[float]) -> bool:
    """Whether after each but the last the sender may not have known that it was taken."""
    return all(
        each.hung_up or any(each.at <= killed <= each.at + _UNKNOWING for killed in killed_at) for each in taken[:-1]
    )


def _out_of_order(accepted: list[Accepted]) -> int:
    """How many messages were first taken after a later one of their conversation."""
    last: dict[str, int] = {}
    seen: set[str] = set()
    wrong = 0
    for each in accepted:
        if each.place.startswith("answer-") or each.text in seen:
            continue
        seen.add(each.text)
        number = int(each.text.removeprefix("message ").rstrip("."))
        wrong += number < last.get(each.place, -1)
        last[each.place] = max(number, last.get(each.place, -1))
    return wrong


async def _all_done(database: Database, crew: Crew) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline and await database.read(_is_work_left):
        crew.expect_alive()
        await asyncio.sleep(0.2)


def _is_work_left(work: Work) -> bool:
    """Whether any of the jobs of this trial is not done; others, such as a nightly search, are for later."""
    return any(found.waiting + found.running for found in work.jobs.backlog(work.now) if found.kind in _OURS)


async def _cut_a_connection(url: str) -> None:
    """As a network does that breaks: one of the other connections to the database ends."""
    connection: Any = await asyncpg.connect(url)
    await connection.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid() ORDER BY random() LIMIT 1"
    )
    await connection.close()


BENCH = Bench("faults", "nothing lost and nothing twice while processes are killed", _declare, _run)
