"""Somebody Kith does not know is told how to be known: by a code, or by an address the platform vouches for."""

import pytest

from commands.road import Answered
from core.members.model import CodePurpose, Identity
from core.members.service import issue_code
from tests.kith import Kith, labels_of, shown


@pytest.fixture
def kith(either_kith: Kith) -> Kith:
    """A Kith with a customer, on both databases."""
    either_kith.say("new customer Acme, phone: 555")
    return either_kith


def code_of(kith: Kith, user: str = "mara") -> str:
    card = kith.say("link", user=user).cards[0]
    heading = card.blocks[0]
    return str(getattr(heading, "detail", ""))


@pytest.mark.parametrize(
    "line", ["", "Acme", "360 Acme", "visit Acme: x", "tasks", "deals all", "whoami", "settings", "undo"]
)
def test_stranger_is_told_nothing_else(kith: Kith, line: str) -> None:
    """Whatever a stranger types answers how to be known, in their language, and writes nothing."""
    for hint, said in (("en", "We have not met yet"), ("zh-CN", "我们还不认识"), ("", "We have not met yet")):
        reply = kith.say(line, user="nobody", language_hint=hint)
        assert (reply.ok, reply.error, reply.form) == (False, "stranger", None)
        assert said in shown(reply)
        assert "555" not in shown(reply)
    assert kith.rows()["activities"] == []


def test_stranger_may_ask_for_help(kith: Kith) -> None:
    """Help is for everybody."""
    assert "What you can type" in shown(kith.say("help", user="nobody"))
    assert "Log a visit" in shown(kith.say("help visit", user="nobody"))


def test_strangers_line_is_not_kept(kith: Kith) -> None:
    """A stranger's line that would write is answered and waits nowhere."""
    assert isinstance(kith.receive("visit Acme: x", user="nobody"), Answered)
    assert kith.read(lambda work: work.jobs.count_waiting(work.now)) == 0


def test_code_makes_known(kith: Kith) -> None:
    """A member's code, typed in the new chat, makes that chat theirs, whatever its case and dashes."""
    code = code_of(kith)
    welcome = kith.say(f"link {code[:5].upper()}-{code[5:].upper()}", user="mara-at-home")
    assert "Welcome, Mara" in shown(welcome)
    assert kith.say("Acme", user="mara-at-home").ok
    assert "You are Mara" in shown(kith.say("whoami", user="mara-at-home"))
    assert labels_of(welcome) == ["My tasks", "Help"]


def test_code_is_good_once(kith: Kith) -> None:
    """Used, a code is used up; the second who types it stays a stranger."""
    code = code_of(kith)
    assert kith.say(f"link {code}", user="one").ok
    second = kith.say(f"link {code}", user="two")
    assert second.error == "bad_code"
    assert kith.say("Acme", user="two").error == "stranger"


def test_code_is_good_for_a_quarter_of_an_hour(kith: Kith) -> None:
    """Fifteen minutes after it was given a code is worth nothing."""
    code = code_of(kith)
    kith.clock.forward(minutes=15, seconds=1)
    assert kith.say(f"link {code}", user="one").error == "bad_code"


@pytest.mark.parametrize("code", ["wrong", "0000000000", "' OR 1=1", "a" * 500, "连接"])
def test_wrong_code_is_refused(kith: Kith, code: str) -> None:
    """A wrong code says so, in the stranger's language, and ties nothing."""
    refused = kith.say(f"link {code}", user="nobody", language_hint="zh")
    assert refused.error == "bad_code"
    assert "验证码" in shown(refused)
    assert kith.read(lambda work: work.members.by_identity(Identity("fake", "t", "nobody"))) is None


def test_code_for_the_browser_is_no_code_for_a_chat(kith: Kith) -> None:
    """A code made to sign in does not tie a chat."""
    mara = kith.people.members["mara"].id
    code = kith.write(lambda work: issue_code(work, kith.people.workspace_id, mara, CodePurpose.SIGN_IN))
    assert kith.say(f"link {code}", user="one").error == "bad_code"


def test_stranger_is_given_no_code(kith: Kith) -> None:
    """Only who is known is given a code."""
    refused = kith.say("link", user="nobody")
    assert refused.ok is False
    assert kith.say("link", user="vera").ok


def test_code_stands_in_no_timeline(kith: Kith) -> None:
    """A code is shown to its member alone: only its digest is kept, and asking for one is nothing to undo."""
    given = kith.say("link")
    assert given.receipt == ""
    assert code_of(kith) != code_of(kith)


def test_verified_address_makes_known(kith: Kith) -> None:
    """Somebody whose platform vouches for a member's address is that member at the first word."""
    kith.platform.emails["new"] = "LIN@kith.example"
    assert kith.say("Acme", user="new").ok
    assert "You are Lin" in shown(kith.say("whoami", user="new"))
    kith.say("note Acme: written by Lin", user="new")
    assert kith.rows()["activities"][0].author_id == kith.people.members["lin"].id


def test_address_of_nobody_stays_a_stranger(kith: Kith) -> None:
    """An address that no member has makes nobody known, and neither does a tenant that is no workspace's."""
    kith.platform.emails["new"] = "who@kith.example"
    assert kith.say("Acme", user="new").error == "stranger"
    kith.platform.emails["new"] = "lin@kith.example"
    assert kith.say("Acme", user="new", tenant="elsewhere").error == "stranger"


def test_first_word_of_a_verified_address_is_done(kith: Kith) -> None:
    """The line that made somebody known is carried out as theirs, once."""
    kith.platform.emails["new"] = "lin@kith.example"
    kith.carry_out(kith.receive("note Acme: my first", user="new"))
    assert [note.author_id for note in kith.rows()["activities"]] == [kith.people.members["lin"].id]


def test_strangers_press_nothing(kith: Kith) -> None:
    """A button that a stranger presses is refused."""
    card = kith.say("Acme")
    refused = kith.press(card, "Log visit", user="nobody")
    assert refused.error == "button_not_yours"
