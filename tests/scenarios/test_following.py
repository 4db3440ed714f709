"""Who follows something hears of it: at once, in the digest or never, within a budget, and only what they may see."""

from dataclasses import replace
from datetime import timedelta

import pytest

from commands.model import Reply
from core.alerts.model import Alert, Way
from core.alerts.service import for_digest
from core.deals.ports import DealFilter
from tests.kith import Kith, labels_of, shown


@pytest.fixture
def kith(either_kith: Kith) -> Kith:
    """On both databases, with a customer of Mara's and a deal."""
    either_kith.say("new customer Northwind Foods")
    either_kith.say("new deal Northwind Foods: Sensors, 120000 CNY")
    return either_kith


def _settle(kith: Kith) -> None:
    while kith.work_off():
        pass


def _told(kith: Kith, who: str = "lin") -> list[str]:
    """What a member was told, message by message, as each stands now."""
    _settle(kith)
    messages: dict[str, Reply] = {}
    for index, (address, reply, ref) in enumerate(kith.platform.told, start=1):
        if address.user == who:
            messages[ref or f"message-{index}"] = reply
    return [shown(reply) for reply in messages.values()]


def _last(kith: Kith, who: str = "lin") -> Reply:
    _settle(kith)
    return [reply for address, reply, _ in kith.platform.told if address.user == who][-1]


def _for_digest(kith: Kith, who: str = "lin") -> list[Alert]:
    actor, since = kith.actor(who), kith.clock.now() - timedelta(days=2)
    return kith.read(lambda work: for_digest(work, actor, since))


@pytest.mark.parametrize(
    ("line", "does"),
    [
        ("follow Northwind Foods", "visit Northwind Foods: saw the warehouse"),
        ("关注 Northwind Foods", "visit Northwind Foods: saw the warehouse"),
        ("关注Northwind Foods", "visit Northwind Foods: saw the warehouse"),
        ("follow deal Sensors", "deal Northwind Foods negotiation"),
        ("关注 商机 Sensors", "deal Northwind Foods negotiation"),
        ("follow deal Northwind Foods", "deal Northwind Foods negotiation"),
        ("follow stage quote", "deal Northwind Foods quote"),
        ("关注 报价阶段", "deal Northwind Foods quote"),
        ("follow @mara", "visit Northwind Foods: saw the warehouse"),
        ("关注 @mara", "deal Northwind Foods quote"),
        ("follow deals over 100k", "deal Northwind Foods 20万"),
        ("关注 超过10万的商机", "deal Northwind Foods 20万"),
        ("follow deals over 100000", "deal Northwind Foods won"),
    ],
)
def test_each_kind_can_be_followed(kith: Kith, line: str, does: str) -> None:
    """What is followed is told to who follows it, at once and in their own chat, and to nobody else."""
    assert kith.say(line, user="lin").ok
    assert _told(kith) == []
    assert kith.say(does).ok
    (message,) = _told(kith)
    assert "Northwind Foods" in message
    assert {address.user for address, _, _ in kith.platform.told} == {"lin"}


@pytest.mark.parametrize(
    ("line", "does"),
    [
        ("follow Northwind Foods never", "visit Northwind Foods: hello"),
        ("follow stage won", "deal Northwind Foods quote"),
        ("follow @lin", "visit Northwind Foods: hello"),
        ("follow deals over 200k", "deal Northwind Foods quote"),
        ("follow deals over $100k", "deal Northwind Foods quote"),
        ("follow deal Sensors", "visit Northwind Foods: hello"),
    ],
)
def test_nothing_else_is_told(kith: Kith, line: str, does: str) -> None:
    """What a rule does not say is not told, and what is never to be told is not."""
    assert kith.say(line, user="lin").ok
    assert kith.say(does).ok
    assert _told(kith) == []


def test_ones_own_doing_is_no_news(kith: Kith) -> None:
    """Who does something is not told of it."""
    kith.say("follow Northwind Foods", user="lin")
    kith.say("visit Northwind Foods: hello", user="lin")
    assert _told(kith) == []


@pytest.mark.parametrize("words", ["in the digest", "，放日报", "汇总"])
def test_what_is_for_the_digest_waits_there(kith: Kith, words: str) -> None:
    """It is told to nobody, and the digest finds it."""
    assert "digest" in shown(kith.say(f"follow Northwind Foods {words}", user="lin"))
    kith.say("visit Northwind Foods: hello")
    assert _told(kith) == []
    (alert,) = _for_digest(kith)
    assert (alert.way, alert.customer_id) == (Way.DIGEST, kith.id_of("Northwind Foods"))
    kith.say("assign Northwind Foods @ines", user="max")
    _settle(kith)
    assert _for_digest(kith) == []


def test_rights_are_those_of_the_telling(kith: Kith) -> None:
    """Who may not see the customer any more hears nothing of it, and what they were told is taken away."""
    kith.say("follow Northwind Foods", user="lin")
    kith.say("visit Northwind Foods: first")
    assert "first" in _told(kith)[0]
    kith.say("assign Northwind Foods @ines", user="max")
    (message,) = _told_later(kith)
    assert "Northwind" not in message
    kith.clock.forward(hours=2)
    kith.say("visit Northwind Foods: second", user="ines")
    assert len(_told_later(kith)) == 1


def _told_later(kith: Kith, who: str = "lin") -> list[str]:
    _settle(kith)
    kith.clock.forward(seconds=30)
    return _told(kith, who)


def test_burst_is_one_message(kith: Kith) -> None:
    """What happens to a customer within the hour stands in one message, which is changed; later there is another."""
    kith.say("follow Northwind Foods", user="lin")
    for stage in ("qualified", "quote", "negotiation"):
        kith.say(f"deal Northwind Foods {stage}")
        kith.clock.forward(seconds=1)
        _settle(kith)
    (message,) = _told_later(kith)
    assert message.count("Deal edited") == 3
    assert [ref for _, _, ref in kith.platform.told] == ["", "message-1"]
    kith.clock.forward(hours=1)
    kith.say("visit Northwind Foods: later")
    assert len(_told(kith)) == 2


def test_quiet_hours_wait_for_the_morning(kith: Kith) -> None:
    """Between eight and eight nobody is disturbed; what happened by then is told in the morning, in one message."""
    kith.say("follow Northwind Foods", user="lin")
    kith.clock.forward(hours=10, minutes=1)  # 20:01 in Shanghai
    kith.say("visit Northwind Foods: in the evening")
    assert _told(kith) == []
    kith.clock.forward(hours=11, minutes=58)
    kith.say("deal Northwind Foods won")
    assert _told(kith) == []
    kith.clock.forward(minutes=1)
    (message,) = _told(kith)
    assert "in the evening" in message
    assert "Deal won" in message


def test_quiet_hours_are_settable(kith: Kith) -> None:
    """The member's own hours hold, and can be none."""
    kith.say("follow Northwind Foods", user="lin")
    assert "9:00–11:00" in shown(kith.say("quiet 9am-11am", user="lin"))
    kith.say("visit Northwind Foods: hello")
    assert _told(kith) == []
    kith.clock.forward(hours=1)
    assert len(_told(kith)) == 1
    assert "no quiet hours" in shown(kith.say("免打扰 无", user="lin"))
    opened = kith.say("quiet", user="lin")
    done = kith.submit(opened, {"quiet": "22:00-6:30", "ceiling": "3"}, user="lin")
    assert "At most 3 messages a day, quiet from 22:00–6:30." in shown(done)
    assert not kith.say("quiet whenever", user="lin").ok
    assert "At most 7 messages a day, quiet from 21:00–7:00." in shown(kith.say("quiet 9pm-7am 7", user="lin"))
    as_form = "quiet quiet hours: 20:00-8:00; messages a day, at most: 21"
    assert "At most 21 messages a day, quiet from 20:00–8:00." in shown(kith.say(as_form, user="lin"))
    as_form = "免打扰 免打扰时段：21:00-7:00；每天最多几条：22"
    assert "At most 22 messages a day, quiet from 21:00–7:00." in shown(kith.say(as_form, user="lin"))
    assert "At most 9 messages a day, quiet from 21:00–7:00." in shown(kith.say("quiet at most 9", user="lin"))


def test_ceiling_leaves_the_rest_to_the_digest(kith: Kith) -> None:
    """Above the day's ceiling news goes to the digest; the next day it is told again."""
    kith.say("quiet none, at most 2", user="lin")
    kith.say("follow @mara", user="lin")
    for name in ("Alpha", "Beta", "Gamma", "Delta"):
        kith.say(f"new customer {name} Works")
        _settle(kith)
    assert len(_told(kith)) == 2
    assert len(_for_digest(kith)) == 2
    kith.clock.forward(hours=24)
    kith.say("visit Delta Works: hello")
    assert len(_told(kith)) == 3


def test_why_and_muting(kith: Kith) -> None:
    """Every message says why it came, to its reader alone, and can be muted by its record or by its rule."""
    kith.say("follow stage quote", user="lin")
    kith.say("deal Northwind Foods quote")
    message = _last(kith)
    assert labels_of(message)[:2] == ["Open", "Why did I get this?"]
    why = kith.press(message, "Why did I get this?", user="lin")
    assert "Deals that come to Quote" in shown(why)
    assert not kith.press(message, "Why did I get this?", user="ines").ok
    assert "Northwind Foods" in shown(kith.press(message, "Open", user="lin"))
    muted = kith.press(message, "Mute for a day", user="lin")
    assert "Silent until" in shown(muted)
    kith.clock.forward(hours=2)
    kith.say("deal Northwind Foods negotiation")
    kith.say("deal Northwind Foods quote")
    assert len(_told(kith)) == 1
    assert "Northwind Foods" in shown(kith.say("following", user="lin"))
    kith.clock.forward(hours=24)
    kith.say("deal Northwind Foods negotiation")
    kith.say("deal Northwind Foods quote")
    assert len(_told(kith)) == 2
    assert "told nothing" in shown(kith.press(_last(kith), "What I follow here, for ever", user="lin"))


def test_list_is_changed_by_its_buttons(kith: Kith) -> None:
    """Each rule of the list opens, and its buttons change how it is told, or end it; undo takes that back."""
    kith.say("follow Northwind Foods", user="lin")
    listing = kith.say("我的关注", user="lin")
    assert "Everything about Northwind Foods" in shown(listing)
    rule = kith.press(listing, "Change", user="lin")
    assert "for your digest" in shown(kith.press(rule, "In the digest", user="lin"))
    assert "in your digest" in shown(kith.say("following", user="lin"))
    assert kith.say("undo", user="lin").ok
    assert "at once" in shown(kith.say("following", user="lin"))
    ended = kith.press(rule, "Unfollow", user="lin")
    assert "Not followed any more" in shown(ended)
    assert "Nothing yet" in shown(kith.say("following", user="lin"))
    assert not kith.say("unfollow Northwind Foods", user="lin").ok
    assert kith.say("undo", user="lin").ok
    assert kith.say("取消关注 Northwind Foods", user="lin").ok


def test_another_teams_customer_cannot_be_followed(kith: Kith) -> None:
    """It is not found, as if there were none; and who follows its owner is not told of it."""
    assert not kith.say("follow Northwind Foods", user="ines").ok
    assert kith.say("follow @mara", user="ines").ok
    kith.say("visit Northwind Foods: hello")
    assert _told(kith, "ines") == []


def test_what_is_ignored_is_offered_to_the_digest(kith: Kith) -> None:
    """After ten messages without a press Kith asks once whether the digest is enough."""
    kith.say("quiet none", user="lin")
    kith.say("follow @mara", user="lin")
    for _ in range(13):
        kith.say("visit Northwind Foods: hello")
        _settle(kith)
        kith.clock.forward(hours=20)
    offers = [message for message in _told(kith) if "You ignored 10 of these" in message]
    assert len(offers) == 1
    offered = next(reply for _, reply, _ in kith.platform.told if "You ignored" in shown(reply))
    assert "for your digest" in shown(kith.press(offered, "Into the digest", user="lin"))


def test_who_acts_is_not_asked(kith: Kith) -> None:
    """A press now and then is enough to be left alone."""
    kith.say("quiet none", user="lin")
    kith.say("follow @mara", user="lin")
    for number in range(13):
        kith.say("visit Northwind Foods: hello")
        if number % 5 == 0:
            kith.press(_last(kith), "Open", user="lin")
        _settle(kith)
        kith.clock.forward(hours=20)
    assert not [message for message in _told(kith) if "You ignored" in message]


def test_choice_among_deals(kith: Kith) -> None:
    """Where several deals fit, one is chosen; a customer without one says so."""
    kith.say("new deal Northwind Foods: Service, 5000 CNY")
    choice = kith.say("follow deal Northwind Foods", user="lin")
    assert "Which deal?" in shown(choice)
    assert "The deal “Se" in shown(kith.press(choice, "This one", user="lin"))
    kith.say("new customer Contoso Works")
    assert "no open deal" in shown(kith.say("follow deal Contoso Works", user="lin"))
    assert not kith.say("follow deal Nothing Whatever", user="lin").ok


def test_deals_are_there(kith: Kith) -> None:
    """The scenarios stand on one open deal."""
    found = kith.read(lambda work: work.deals.list_some(kith.everything, DealFilter(), limit=9))
    assert [line.deal.name for line in found.lines] == ["Sensors"]


def test_following_goes_over_to_the_merged_one(kith: Kith) -> None:
    """Who followed a customer that was merged into another one hears of that one."""
    kith.say("new customer Contoso Works")
    kith.say("follow Contoso Works", user="lin")
    assert kith.say("merge Contoso Works into Northwind Foods", user="max").ok
    _settle(kith)
    kith.clock.forward(hours=2)
    kith.say("visit Northwind Foods: after the merger")
    assert "after the merger" in _told(kith)[-1]
    assert "Everything about Northwind Foods" in shown(kith.say("following", user="lin"))


def test_removed_member_is_told_nothing(kith: Kith) -> None:
    """Who works here no more has no alerts."""
    kith.say("follow Northwind Foods", user="lin")
    lin = kith.people.members["lin"]
    kith.write(lambda work: work.members.save(replace(lin, removed_at=kith.clock.now())))
    kith.say("visit Northwind Foods: hello")
    assert _told(kith) == []


def test_undone_is_news_too(kith: Kith) -> None:
    """What was told and then taken back stands in the same message as taken back."""
    kith.say("follow Northwind Foods", user="lin")
    kith.say("visit Northwind Foods: by mistake")
    _settle(kith)
    kith.clock.forward(seconds=5)
    kith.say("undo")
    (message,) = _told_later(kith)
    assert "Undone" in message


def test_everything_works_in_chinese(kith: Kith) -> None:
    """A member who reads Chinese is told, answered and asked in Chinese."""
    kith.say("settings 中文", user="lin")
    assert "已关注" in shown(kith.say("关注 Northwind Foods", user="lin"))
    kith.say("visit Northwind Foods: hello")
    message = _last(kith)
    assert "拜访" in shown(message)
    assert "Northwind Foods的全部动态" in shown(kith.press(message, "为什么收到这条？", user="lin"))
    assert "静音至明天" in shown(kith.press(message, "这条关注：一天", user="lin"))
    assert "我的关注 (1)" in shown(kith.say("我的关注", user="lin"))
    assert "每天最多 5 条消息，21:00–7:30 免打扰。" in shown(kith.say("免打扰 21:00到7:30，最多5", user="lin"))


def test_nobody_waits_for_a_digest_that_never_comes(kith: Kith) -> None:
    """Whoever puts something into a digest they do not get is told so, and how to get one; afterwards no more."""
    assert "digest daily 9:00" in shown(kith.say("follow Northwind Foods in the digest", user="lin"))
    kith.say("digest daily 9:00", user="lin", direct=True)
    kith.clock.forward(minutes=1)
    assert "You read of it in your digest." in shown(kith.say("follow Northwind Foods in the digest", user="lin"))
