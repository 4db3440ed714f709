"""Digests are set up in one line, say what can be acted on, and come once on each of their local dates."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from bots.compose import wire
from commands.later import digest
from commands.later.model import Desk
from commands.model import Reply
from commands.notices import Notifier
from commands.sealing import Sealer
from commands.sending import Address
from core.jobs.model import JobKind, JobState
from tests.kith import SECRET, Kith, labels_of, shown, token_of, values_of

ROOM = {"room": "room"}
NINE = datetime(2026, 3, 10, 1, 0, tzinfo=UTC)  # nine in Shanghai, on Tuesday


@pytest.fixture
def kith(either_kith: Kith) -> Kith:
    """On both databases, with customers of the north and of the south."""
    kith = either_kith
    kith.say("new customer Northwind Foods")
    kith.say("new customer 远航科技")
    kith.say("new customer Southwind", user="ines")
    kith.platform.rooms["room"] = ("mara", "lin")
    return kith


def _until(kith: Kith, instant: datetime) -> None:
    """Goes there and does all that is due, as often as it takes."""
    kith.clock.instant = instant
    while kith.work_off():
        pass


def _told(kith: Kith) -> list[tuple[Address, Reply, str]]:
    """What was told but for reminders, which the same tasks bring."""
    names = ("digest", "日报", "周报")
    return [each for each in kith.platform.told if any(name in each[1].cards[0].summary for name in names)]


def _said(kith: Kith) -> list[Reply]:
    return [reply for _, reply, _ in _told(kith)]


def _rhythm(reply: Reply) -> str:
    assert reply.ok, shown(reply)
    return reply.cards[0].summary


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("digest daily 9:00", "Your daily digest, Every day at 09:00"),
        ("digest daily", "Your daily digest, Every day at 09:00"),
        ("/crm digest daily at 8", "Your daily digest, Every day at 08:00"),
        ("digest weekly Mon 8:30", "Your weekly digest, Every Mon at 08:30"),
        ("digest weekly Mon 8:30 team", "Weekly digest: North, Every Mon at 08:30"),
        ("digest Thursday 17:30", "Your weekly digest, Every Thu at 17:30"),
        ("digest on Mon and Thu at 5pm", "Your daily digest, Every Mon, Thu at 17:00"),
        ("digest weekdays 7:45am", "Your daily digest, Workdays at 07:45"),
        ("digest daily mon-fri 9am", "Your daily digest, Workdays at 09:00"),
        ("daily digest 6pm", "Your daily digest, Every day at 18:00"),
        ("weekly digest Fri 16:00", "Your weekly digest, Every Fri at 16:00"),
        ("digest every day 8:15 for my team", "Daily digest: North, Every day at 08:15"),
        ("/crm 日报 每天9点", "Your daily digest, Every day at 09:00"),
        ("日报每天早上8点半", "Your daily digest, Every day at 08:30"),
        ("日报 工作日 18:00", "Your daily digest, Workdays at 18:00"),
        ("日报 周一至周五 9点", "Your daily digest, Workdays at 09:00"),
        ("日报 每周一三五 9点", "Your daily digest, Every Mon, Wed, Fri at 09:00"),
        ("周报 每周一 9点", "Your weekly digest, Every Mon at 09:00"),
        ("周报 周五下午5点 团队", "Weekly digest: North, Every Fri at 17:00"),
        ("/crm 周报 每周日 20:00", "Your weekly digest, Every Sun at 20:00"),
    ],
)
def test_set_up_in_one_line(kith: Kith, line: str, said: str) -> None:
    """Each line says when, on which days and about whom, in its own order and language."""
    assert _rhythm(kith.say(line)) == f"Digest saved: {said}"


@pytest.mark.parametrize("line", ["digest daily sometime", "日报 每天 随便"])
def test_time_that_cannot_be_read(kith: Kith, line: str) -> None:
    """What is no clock time is said to be none, and nothing is set up."""
    reply = kith.say(line)
    assert (reply.ok, reply.error) == (False, "unknown_time")
    assert "Every day at 9:00" in labels_of(kith.say("digest"))


def test_said_once_a_day(kith: Kith) -> None:
    """A due task is in it with its button, for its own member alone, at nine and not again that day."""
    kith.say("task Northwind Foods: send the quote tomorrow")
    kith.say("digest daily 9:00")
    _until(kith, NINE - timedelta(minutes=1))
    assert _said(kith) == []
    _until(kith, NINE)
    (reply,) = _said(kith)
    assert _told(kith)[0][0].user == "mara"
    assert "send the quote" in shown(reply)
    assert "Late" not in shown(reply)
    assert kith.press(reply, "Done").ok
    _until(kith, NINE + timedelta(hours=23, minutes=59))
    assert len(_said(kith)) == 1


def test_empty_is_not_sent_or_said_in_a_line(kith: Kith) -> None:
    """Nothing to act on is no message, unless one line is wished for."""
    kith.say("digest daily 9:00 without customers", user="lin")
    _until(kith, NINE)
    assert _said(kith) == []
    reply = kith.say("digest", user="lin")
    kith.press(reply, "Say so when empty", user="lin")
    _until(kith, NINE + timedelta(days=1))
    assert [reply.cards[0].summary for reply in _said(kith)] == ["Your daily digest: nothing to act on today."]


def test_everything_that_can_be_acted_on(kith: Kith) -> None:
    """Each part is there with its button, what is new since yesterday too."""
    kith.say("task Northwind Foods: send the quote tomorrow")
    kith.say("new deal 远航科技: Phase two, amount: 30万, close: today")
    kith.say("visit Northwind Foods: saw the warehouse")
    kith.say("new deal Northwind Foods: Sensors, amount: 5万")
    kith.say("deal Northwind Foods won")
    kith.say("assign 远航科技 to mara", user="max")
    kith.say("digest daily 9:00")
    _until(kith, NINE)
    (reply,) = _said(kith)
    text = shown(reply)
    for words in ("send the quote", "Phase two", "saw the warehouse", "Won: Northwind Foods", "远航科技"):
        assert words in text
    assert {"Done", "Edit", "Plan", "Open"} <= set(labels_of(reply))
    assert kith.press(reply, "Plan").form is not None
    assert kith.press(reply, "Edit").form is not None


def test_silent_deal_wants_a_visit(kith: Kith) -> None:
    """A deal of which nothing was heard for the days that were set is in it, with the visit to log."""
    kith.say("new deal Northwind Foods: Sensors, amount: 5万")
    kith.say("digest daily 9:00 silent 3 days without customers")
    _until(kith, NINE)
    assert _said(kith) == []
    _until(kith, NINE + timedelta(days=3))
    (reply,) = _said(kith)
    assert "silent for 3 days" in shown(reply)
    assert kith.press(reply, "Log visit").form is not None


def test_long_ones_are_cut(kith: Kith) -> None:
    """Of seven tasks five are said, and the rest is a press away, page by page."""
    for number in range(19):
        kith.say(f"task Northwind Foods: call number {number} tomorrow")
    kith.say("digest daily 9:00")
    _until(kith, NINE)
    (reply,) = _said(kith)
    assert shown(reply).count("call number") == 5
    page = kith.press(reply, "and 14 more")
    assert shown(page).count("call number") == 8
    assert shown(kith.press(page, "Next")).count("call number") == 8


def test_late_says_so(kith: Kith) -> None:
    """A machine that slept past the hour says it when it wakes, and for when it was."""
    kith.say("task Northwind Foods: send the quote tomorrow")
    kith.say("digest daily 9:00")
    _until(kith, NINE + timedelta(hours=2))
    assert "Late: it was due 09:00." in shown(_said(kith)[0])


def test_days_asleep_bring_one(kith: Kith) -> None:
    """After days only the newest is said, with its day; the next one comes at its own time."""
    kith.say("task Northwind Foods: send the quote tomorrow")
    kith.say("digest daily 9:00")
    _until(kith, NINE + timedelta(days=3, hours=-1))
    assert len(_said(kith)) == 1
    assert "Late: it was due yesterday 09:00." in shown(_said(kith)[0])
    _until(kith, NINE + timedelta(days=3))
    assert len(_said(kith)) == 2
    assert "Late" not in shown(_said(kith)[1])


def test_new_time_on_the_same_day_says_nothing_twice(kith: Kith) -> None:
    """Who changes the time after it came gets the next one tomorrow, also after off and on again."""
    kith.say("task Northwind Foods: send the quote tomorrow")
    kith.say("digest daily 9:00")
    _until(kith, NINE)
    kith.say("digest daily 10:00")
    kith.say("digest off")
    kith.say("digest daily 11:00")
    _until(kith, NINE + timedelta(hours=12))
    assert len(_said(kith)) == 1
    _until(kith, NINE + timedelta(days=1, hours=2))
    assert len(_said(kith)) == 2


def test_new_time_before_it_came(kith: Kith) -> None:
    """An earlier plan for the day is forgotten, and the new one kept."""
    kith.say("task Northwind Foods: send the quote tomorrow")
    kith.say("digest daily 9:00")
    kith.say("digest daily 8:00")
    kith.clock.forward(minutes=1)
    kith.say("digest daily 9:00")
    kith.say("digest daily 9:30")
    _until(kith, NINE)
    assert _said(kith) == []
    _until(kith, NINE + timedelta(minutes=30))
    assert len(_said(kith)) == 1


def test_off_is_off(kith: Kith) -> None:
    """Switched off, in either language, nothing comes; what is off cannot be switched off again."""
    kith.say("task Northwind Foods: send the quote tomorrow")
    for on, off in (("digest daily 9:00", "digest off"), ("周报 每周二 9点", "日报 关闭")):
        assert kith.say(on).ok
        assert kith.say(off).ok
        kith.clock.forward(seconds=11)
    _until(kith, NINE)
    assert _said(kith) == []
    assert kith.say("digest off").error == "no_digest"


def test_undo_puts_it_back(kith: Kith) -> None:
    """A change is taken back, and so is setting it up; a later change is not run over."""
    kith.say("digest daily 9:00")
    changed = kith.say("digest daily 10:00")
    later = kith.say("digest daily 11:00")
    assert kith.press(changed, "Undo").error == "digest_changed_since"
    assert kith.press(later, "Undo").ok
    assert kith.press(changed, "Undo").ok
    assert "at 09:00" in kith.say("digest").cards[0].summary
    kith.say("undo")
    assert "Every day at 9:00" in labels_of(kith.say("digest"))


def test_adjusted_by_card_and_form(kith: Kith) -> None:
    """The card takes parts out and puts them in; the form changes time, days, and what is said when empty."""
    kith.say("digest daily 9:00")
    reply = kith.press(kith.say("digest"), "Leave out: What changed hands")
    assert "Put in: What changed hands" in labels_of(reply)
    form = kith.press(reply, "Time and days")
    assert values_of(form)["at"] == "09:00"
    saved = kith.submit(form, {"at": "17:15", "days": "workdays", "empty": "say", "silent_days": "7", "about": "team"})
    assert _rhythm(saved) == "Digest saved: Daily digest: North, Workdays at 17:15"
    assert kith.submit(form, {"at": "whenever"}).errors
    assert kith.submit(form, {"silent_days": "0"}).errors
    assert kith.press(kith.say("digest"), "See it now").ok


def test_weekly_has_charts(kith: Kith) -> None:
    """A weekly one draws the pipeline and the visits, with a picture at a signed address."""
    kith.say("new deal 远航科技: Phase two, amount: 30万, close: today")
    kith.say("visit Northwind Foods: saw the warehouse")
    kith.say("周报 每周二 9点")
    _until(kith, NINE)
    (reply,) = _said(kith)
    charts = [block for block in reply.cards[0].blocks if hasattr(block, "bars")]
    assert [len(chart.bars) for chart in charts] == [1, 1]
    assert all(chart.url.startswith("https://kith.example/charts/") for chart in charts)


class TestConversations:
    """In a conversation it is for the team, and shows what the least entitled reader may see."""

    def test_goes_to_the_conversation(self, kith: Kith) -> None:
        """Everybody there sees the team's work, and presses as themselves."""
        kith.say("task Northwind Foods: send the quote tomorrow")
        assert _rhythm(kith.say("digest daily 9:00", **ROOM)) == "Digest saved: Daily digest: North, Every day at 09:00"
        _until(kith, NINE)
        ((address, reply, _),) = _told(kith)
        assert (address.conversation, address.user) == ("room", "")
        assert "send the quote" in shown(reply)
        assert "Mara" in shown(reply)
        assert kith.press(reply, "Done", user="lin", **ROOM).ok

    def test_other_team_in_the_room_sees_no_more_than_theirs(self, kith: Kith) -> None:
        """With a reader of another team, what is kept to one team is left out."""
        kith.say("task Northwind Foods: send the quote tomorrow")
        kith.say("digest daily 9:00 empty say", **ROOM)
        kith.platform.rooms["room"] = ("mara", "lin", "ines")
        _until(kith, NINE)
        ((_, reply, _),) = _told(kith)
        assert "send the quote" not in shown(reply)

    @pytest.mark.parametrize("people", [(), ("mara", "somebody")])
    def test_unknown_readers_get_numbers(self, kith: Kith, people: tuple[str, ...]) -> None:
        """Where somebody reads along whom Kith does not know, no name is said; the lists open for each alone."""
        kith.say("task Northwind Foods: send the quote tomorrow")
        kith.platform.rooms["room"] = people
        assert "will only say numbers" in shown(kith.say("digest daily 9:00", **ROOM))
        _until(kith, NINE)
        ((_, reply, _),) = _told(kith)
        assert "send the quote" not in shown(reply)
        assert "Overdue and due tasks" in shown(reply)
        opened = kith.press(reply, "Open for me", **ROOM)
        assert "send the quote" in shown(opened)
        assert "send the quote" not in shown(kith.press(reply, "Open for me", user="ines", **ROOM))

    def test_who_only_looks_sets_up_none(self, kith: Kith) -> None:
        """A viewer may have one of their own, and may not make the room's."""
        assert kith.say("digest daily 9:00", user="vera").ok
        assert kith.say("digest daily 9:00", user="vera", **ROOM).error == "not_allowed"

    def test_one_of_each_rhythm(self, kith: Kith) -> None:
        """Whoever sets up another in the same conversation changes the one there is."""
        kith.say("digest daily 9:00", **ROOM)
        kith.say("digest daily 10:00", user="lin", **ROOM)
        kith.say("digest weekly", **ROOM)
        assert kith.say("digest", **ROOM).cards[0].summary.count(" at ") == 2


def test_own_digest_is_nobody_elses(kith: Kith) -> None:
    """The list behind a member's own digest opens for them alone."""
    for number in range(7):
        kith.say(f"task Northwind Foods: call number {number} tomorrow")
    kith.say("digest daily 9:00")
    _until(kith, NINE)
    reply = _said(kith)[0]
    assert not kith.press(reply, "and 2 more", user="lin").ok
    assert token_of(reply, "and 2 more")


def test_two_processes_say_it_once(kith: Kith) -> None:
    """Two processes at the same work, for two weeks, say each date's once."""
    kith.say("task Northwind Foods: send the quote tomorrow")
    kith.say("digest daily 9:00")
    other = kith.another()
    for day in range(14):
        kith.clock.instant = NINE + timedelta(days=day)
        claims = [kith.run(each.road.carrier.claim(10)) for each in (kith, other)]
        for each, jobs in zip((kith, other), claims, strict=True):
            for job in jobs:
                kith.run(each.road.carrier.carry_out(job))
        while other.work_off() or kith.work_off():
            pass
    assert len(_said(kith)) == 14


def test_job_that_is_given_up_does_not_end_it(kith: Kith) -> None:
    """Should one be lost, the next one comes all the same."""
    kith.say("task Northwind Foods: send the quote tomorrow")
    kith.say("digest daily 9:00")
    waiting = kith.read(lambda work: work.jobs.list_by_state(JobState.WAITING, work.now, limit=9))
    first = min((record.job for record in waiting), key=lambda job: job.run_at)
    kith.write(lambda work: work.jobs.cancel(first.id, work.now))
    _until(kith, NINE)
    assert _said(kith) == []
    for day in (1, 2):
        _until(kith, NINE + timedelta(days=day))
    assert len(_said(kith)) == 2


def test_speaks_chinese(kith: Kith) -> None:
    """A member who reads Chinese gets it in Chinese, set up in Chinese."""
    kith.say("settings 中文")
    kith.say("任务 远航科技：发合同 明天")
    kith.say("日报 每天9点 空也发")
    _until(kith, NINE + timedelta(hours=1))
    text = shown(_said(kith)[0])
    for words in ("你的日报", "逾期与到期任务", "发合同", "迟到：原定 09:00 发送。", "完成"):
        assert words in text


def test_weekly_that_was_missed_for_days(kith: Kith) -> None:
    """One that was due on Tuesday is said on Friday, with its day, and next week's at its time."""
    kith.say("task Northwind Foods: send the quote tomorrow")
    kith.say("digest weekly Tue 9:00")
    _until(kith, NINE + timedelta(days=3))
    assert "Late: it was due Tue 10 Mar 09:00." in shown(_said(kith)[0])
    _until(kith, NINE + timedelta(days=7))
    assert len(_said(kith)) == 2
    assert "Late" not in shown(_said(kith)[1])


def test_changes_of_the_clocks_in_berlin(kith: Kith) -> None:
    """Through both nights the digest of half past two comes once a date, from the command to the message."""
    kith.say("settings Berlin", user="lin")
    kith.say("task Northwind Foods: send the quote tomorrow", user="lin")
    kith.clock.instant = datetime(2026, 3, 27, 12, tzinfo=UTC)
    kith.say("digest daily 2:30", user="lin")
    for hour in range(24 * 5):
        _until(kith, datetime(2026, 3, 27, 12, tzinfo=UTC) + timedelta(hours=hour))
    assert len(_said(kith)) == 5
    kith.say("digest off", user="lin")
    kith.clock.instant = datetime(2026, 10, 23, 12, tzinfo=UTC)
    kith.say("digest daily 2:30", user="lin")
    for half in range(48 * 4):
        _until(kith, datetime(2026, 10, 23, 12, tzinfo=UTC) + timedelta(minutes=30 * half))
    assert len(_said(kith)) == 5 + 4


def test_platform_that_is_not_here_is_waited_for(kith: Kith) -> None:
    """A process that does not run the conversation's platform leaves the digest for one that does."""
    kith.say("task Northwind Foods: send the quote tomorrow")
    kith.say("digest daily 9:00", **ROOM)
    kith.clock.instant = NINE
    elsewhere = wire(kith.database, Sealer(SECRET), {}, extend_every=0.01)
    kith.run(elsewhere.work_off())
    assert _said(kith) == []
    _until(kith, NINE + timedelta(minutes=10))
    assert len(_said(kith)) == 1


def test_change_of_what_is_due_and_not_said_yet(kith: Kith) -> None:
    """Who changes its contents while it waits for a worker still gets it; who changes its time gets it then."""
    kith.say("task Northwind Foods: send the quote tomorrow")
    kith.say("digest daily 9:00")
    kith.clock.instant = NINE + timedelta(minutes=1)
    kith.say("digest daily without deals")
    _until(kith, NINE + timedelta(minutes=2))
    assert len(_said(kith)) == 1
    kith.clock.instant = NINE + timedelta(days=1, minutes=1)
    kith.say("digest daily 10:00")
    _until(kith, NINE + timedelta(days=1, minutes=2))
    assert len(_said(kith)) == 1
    _until(kith, NINE + timedelta(days=1, hours=1))
    assert len(_said(kith)) == 2


def test_change_while_it_is_put_together(kith: Kith) -> None:
    """What was found by settings that are old by now is not said; it is put together anew."""
    kith.say("task Northwind Foods: send the quote tomorrow")
    kith.say("digest daily 9:00")
    kith.clock.instant = NINE
    job = next(each for each in kith.run(kith.road.carrier.claim(9)) if each.kind is JobKind.DIGEST)
    due = msgspec.json.decode(job.payload, type=digest.Due)
    found = kith.read(lambda work: digest.look(due, work))
    kith.clock.forward(seconds=1)
    kith.say("digest daily without deals")
    notifier = Notifier(Sealer(SECRET))
    with pytest.raises(digest.ChangedMeanwhileError):
        kith.write(lambda work: digest.run(due, Desk(work, notifier, job, found)))
    kith.run(kith.road.carrier.carry_out(job))
    _until(kith, NINE + timedelta(minutes=1))
    assert len(_said(kith)) == 1


def test_what_is_followed_waits_for_the_digest(kith: Kith) -> None:
    """What a member follows "in the digest" is in the next one, once, with a button; what they may not see is not."""
    kith.say("digest daily 9:00")
    following = kith.say("follow Northwind Foods")
    kith.press(following, "In the digest")
    kith.say("visit Northwind Foods: saw the warehouse", user="lin")
    _until(kith, kith.clock.now() + timedelta(minutes=1))
    _until(kith, NINE)
    (said,) = _said(kith)
    assert "What you follow (1)\n1. Northwind Foods" in shown(said)
    assert "Northwind Foods" in shown(kith.press(said, "Open"))
    _until(kith, NINE + timedelta(days=1))
    assert not [reply for reply in _said(kith)[1:] if "What you follow" in shown(reply)]
