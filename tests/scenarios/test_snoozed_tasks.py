"""A task that is put off is out of the way, not out of reach."""

import pytest

from tests.kith import Kith, labels_of, shown


@pytest.fixture
def kith(either_kith: Kith) -> Kith:
    """A task that is put off until tomorrow, and one that is not."""
    either_kith.say("new customer Blue Harbor")
    either_kith.say("task Blue Harbor: send the quote today")
    either_kith.say("task Blue Harbor: send samples in 5 days")
    assert "Task snoozed" in shown(either_kith.say("snooze quote tomorrow 9am"))
    return either_kith


@pytest.mark.parametrize("line", ["done send the quote", "完成 send the quote"])
def test_done_by_its_words(kith: Kith, line: str) -> None:
    """It is done by its words, as any other."""
    assert "Task done\nsend the quote" in shown(kith.say(line))


def test_put_off_again(kith: Kith) -> None:
    """It is put off further, or nearer, by its words."""
    assert "tomorrow 09:00 → Fri 13 Mar 09:00" in shown(kith.say("snooze send the quote friday"))
    assert "Fri 13 Mar 09:00 → today 11:00" in shown(kith.say("推迟 quote 1小时"))


def test_offered_among_others(kith: Kith) -> None:
    """It is among the tasks to choose from, marked as put off."""
    choice = kith.say("done send")
    assert labels_of(choice) == ["This one", "This one"]
    assert "snoozed until tomorrow 09:00" in shown(choice)
    assert "snoozed until" in shown(kith.say("snooze"))
    kith.say("settings 中文")
    assert "推迟至 明天 09:00" in shown(kith.say("推迟"))


def test_lists_of_the_customer_show_it(kith: Kith) -> None:
    """The customer's card and the list of its tasks show it, with until when; one's own list does not."""
    for line in ("Blue Harbor", "tasks Blue Harbor"):
        assert "send the quote" in shown(kith.say(line))
        assert "snoozed until tomorrow 09:00" in shown(kith.say(line))
    assert "Next: send samples" in shown(kith.say("Blue Harbor"))
    assert "Open tasks (2)" in shown(kith.say("Blue Harbor"))
    assert "send the quote" not in shown(kith.say("tasks"))
    kith.say("done samples")
    assert "Next: send the quote - snoozed until tomorrow 09:00 (Mara)" in shown(kith.say("Blue Harbor"))


@pytest.mark.parametrize("line", ["tasks snoozed", "snoozed tasks", "任务列表 推迟", "推迟的任务", "已推迟"])
def test_list_of_what_is_put_off(kith: Kith, line: str) -> None:
    """What is put off is a list of its own, one's own tasks alone."""
    kith.say("task Blue Harbor: ask Tom @lin")
    kith.say("snooze ask Tom tomorrow", user="lin")
    listed = shown(kith.say(line))
    assert "My snoozed tasks (1)" in listed
    assert "send the quote" in listed
    assert "samples" not in listed
    assert "snoozed until tomorrow 09:00" in listed
    kith.clock.forward(days=2)
    assert "Nothing to do here" in shown(kith.say(line))


def test_list_numbers_what_it_shows(kith: Kith) -> None:
    """A number means the task that stands under it in one's own list, where the one put off is not."""
    assert "Task done\nsend samples" in shown(kith.say("done 1"))


def test_edited_by_its_words(kith: Kith) -> None:
    """It is edited by its words; where these fit several, the choice keeps what was to be changed."""
    assert "Normal → High" in shown(kith.say("edit send the quote priority: high"))
    asked = kith.say("edit send priority: low")
    assert labels_of(asked) == ["This one", "This one"]
    assert "→ Low" in shown(kith.press(asked, "This one"))
    assert kith.say("edit nothing of the kind").error == "customer_not_found"
