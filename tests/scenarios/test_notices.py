"""What Kith says by itself reaches its reader once, in order, and takes the place of what it said before."""

from datetime import timedelta

import msgspec
import pytest

from cards.model import Actions, Button, Card, Text
from cards.reader import Reader
from commands.notices import Notifier, Terms
from commands.sealing import Sealer
from commands.sending import Sending, Sent
from core.actor import Actor
from core.conversations.model import Place
from core.events.model import Kind, Ref
from core.jobs.model import JobState
from core.members.model import Identity
from core.work import Work
from tests.kith import SECRET, Kith, labels_of


@pytest.fixture
def kith(either_kith: Kith) -> Kith:
    """On both databases."""
    return either_kith


def _card(text: str) -> Card:
    press = Actions(elements=(Button(label="Tasks", command="tasks"),))
    return Card(summary=text, blocks=(Text(text=text), press), language="en")


def _tell(kith: Kith, text: str, who: str = "mara", **terms: object) -> bool:
    notifier = Notifier(Sealer(SECRET))

    def build(_actor: Actor, _reader: Reader) -> Card:
        return _card(text)

    def tell(work: Work) -> bool:
        member = work.members.membership(kith.people.workspace_id, kith.people.members[who].id)
        assert member is not None
        return notifier.tell(work, member, build, Terms(**terms))  # type: ignore[arg-type]

    return kith.write(tell)


def _told(kith: Kith) -> list[str]:
    return [reply.cards[0].summary for _, reply, _ in kith.platform.told]


def test_reaches_the_members_own_chat(kith: Kith) -> None:
    """It is said in the person's own chat, and its buttons work for them alone."""
    assert _tell(kith, "Call Tom")
    kith.work_off()
    ((address, reply, ref),) = kith.platform.told
    assert (address.user, address.conversation, ref) == ("mara", "", "")
    assert labels_of(reply) == ["Tasks"]
    assert kith.press(reply, "Tasks").ok
    assert not kith.press(reply, "Tasks", user="lin").ok


def test_said_once(kith: Kith) -> None:
    """Of several tries to say the same thing one is kept."""
    assert _tell(kith, "Call Tom", once="reminder:1")
    assert not _tell(kith, "Call Tom", once="reminder:1")
    kith.work_off()
    assert _told(kith) == ["Call Tom"]


def test_takes_the_place_of_the_one_before(kith: Kith) -> None:
    """Under one name there is one message, which is changed; what is said elsewhere is a message of its own."""
    about = Ref(Kind.TASK, "t1")
    _tell(kith, "Call Tom", post="reminder:1", about=about)
    kith.work_off()
    _tell(kith, "Call Tom: done", post="reminder:1", about=about)
    kith.work_off()
    assert [(reply.cards[0].summary, ref) for _, reply, ref in kith.platform.told] == [
        ("Call Tom", ""),
        ("Call Tom: done", "message-1"),
    ]
    (post,) = kith.read(lambda work: work.posts.about(kith.people.workspace_id, about))
    assert (post.key, post.ref, post.reader_id) == ("reminder:1", "message-1", kith.people.members["mara"].id)
    _tell(kith, "For Lin", who="lin", post="reminder:1")
    kith.work_off()
    assert kith.platform.told[-1][2] == ""


def test_goes_where_the_member_can_be_reached(kith: Kith) -> None:
    """Where nobody is there any more it goes to another of the member's chats; nowhere is told."""
    mara = kith.people.members["mara"]
    kith.write(lambda work: work.members.tie(Identity("fake", "other", "mara2"), mara, work.now))
    kith.platform.outcomes.append(Sending(Sent.GONE, reason="blocked"))
    assert _tell(kith, "Call Tom")
    kith.work_off()
    kith.work_off()
    assert {address.user for address, _, _ in kith.platform.told} <= {"mara", "mara2"}
    assert _told(kith) == ["Call Tom"]
    (dead,) = kith.read(lambda work: work.jobs.list_by_state(JobState.DEAD, work.now, limit=9))
    assert dead.reason == "blocked"


def test_member_without_a_chat_cannot_be_told(kith: Kith) -> None:
    """Nothing is kept for somebody whom no platform knows."""

    def leave(work: Work) -> None:
        for identity in work.members.identities(kith.people.workspace_id, kith.people.members["vera"].id):
            work.members.tie(identity, kith.people.members["max"], work.now)

    kith.write(leave)
    assert not _tell(kith, "Call Tom", who="vera")


def test_pause_that_is_asked_for_holds_the_conversation(kith: Kith) -> None:
    """A platform that asks for a pause gets it, in this conversation or in all of its tenant; order is kept."""
    kith.platform.outcomes.append(Sending(Sent.RETRY, timedelta(seconds=30), "429", everywhere=True))
    for text in ("one", "two"):
        _tell(kith, text)
    kith.work_off()
    _tell(kith, "three", who="lin")
    kith.clock.forward(seconds=29)
    assert kith.work_off() == 0
    kith.clock.forward(seconds=1)
    while kith.work_off():
        pass
    assert [text for text in _told(kith) if text != "three"] == ["one", "two"]
    assert "three" in _told(kith)


def test_pace_of_the_platform_is_kept(kith: Kith) -> None:
    """Between two messages there is what the platform wants; who waits for an answer does not wait for that."""
    kith.platform.between = timedelta(seconds=1)
    for text in ("one", "two"):
        _tell(kith, text)
    kith.work_off()
    assert kith.work_off() == 0
    assert kith.say("tasks").ok
    kith.clock.forward(seconds=1)
    kith.work_off()
    assert _told(kith) == ["one", "two"]


def test_posted_for_everybody(kith: Kith) -> None:
    """What goes to a conversation is for its readers, and anybody of them may press its buttons."""
    notifier = Notifier(Sealer(SECRET))

    def post(work: Work) -> bool:
        member = work.members.membership(kith.people.workspace_id, kith.people.members["mara"].id)
        assert member is not None
        return notifier.post(work, Place("fake", "t", "room"), member, lambda *_: _card("Digest"), Terms(once="d"))

    assert kith.write(post)
    kith.work_off()
    ((address, reply, _),) = kith.platform.told
    assert (address.conversation, address.user) == ("room", "")
    assert kith.press(reply, "Tasks", user="lin").ok
    assert msgspec.to_builtins(reply)["audience"] == "room"
