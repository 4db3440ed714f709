"""Forms as conversations: asked step by step, filled in by typing and pressing, never lost, never sent twice."""

from dataclasses import replace

import pytest

from bots.emulators.telegram.client import Account
from bots.emulators.telegram.model import Json, Message, flood
from commands import dispatch
from core.actor import Role
from core.work import Work
from tests.adapters.telegram.process import WEI, Kith, Starting
from tests.adapters.telegram.stand_in import StandIn

pytestmark = pytest.mark.anyio


async def _deal_asked(kith: Kith, wei: Account) -> Message:
    """A new deal for Globex, at the question for its amount."""
    await kith.said(wei, "/new_deal")
    await kith.said(wei, "Globex")
    return await kith.said(wei, "Renewal 2027")


async def test_form_is_asked_question_by_question(kith: Kith, wei: Account, server: StandIn) -> None:
    """From the first question to the receipt, by typing, pressing an option, skipping and sending early."""
    question = await kith.said(wei, "/new_deal")
    assert question.text.startswith("New deal · Question 1 of 6")
    question = await kith.said(wei, "Globex")
    assert "Customer: Globex" in question.text
    question = await kith.said(wei, "Renewal 2027")
    question = await kith.said(wei, "$1.2M")
    question = await kith.pressed(wei, question, "Quote")
    assert "Stage: Quote" in question.text
    question = await kith.pressed(wei, question, "Skip")
    receipt = await kith.pressed(wei, question, "Save")
    assert "Renewal 2027" in receipt.text
    assert "$1,200,000" in receipt.text
    assert receipt.id == question.id  # the last question has become the receipt
    assert kith.count("deals") == 1


async def test_last_answer_sends_the_form_in(kith: Kith, wei: Account) -> None:
    """When nothing is left to ask, nothing more has to be pressed."""
    question = await kith.said(wei, "/new_contact")
    for said in ("Globex", "Jo Park", "Buyer", "021-5550101", "jo@globex.test", "jopark"):
        question = await kith.said(wei, said)
    receipt = await kith.pressed(wei, question, "Skip")
    assert "Jo Park" in receipt.text
    assert kith.count("contacts") == 1


async def test_what_is_known_is_not_asked(kith: Kith, wei: Account) -> None:
    """A form opened from a customer's card carries the customer and begins with what is missing."""
    card = await kith.said(wei, "globex")
    question = await kith.pressed(wei, card, "Log visit")
    assert "Customer: Globex" in question.text
    assert question.text.splitlines()[-1] != "Customer"
    question = await kith.said(wei, "They want 20 more seats")
    await kith.pressed(wei, question, "Log it")
    assert kith.count("activities") == 1


async def test_customers_are_offered_before_anything_is_typed(kith: Kith, wei: Account) -> None:
    """A question for a customer has those of late as buttons."""
    question = await kith.said(wei, "/new_deal")
    assert {"Globex", "Acme Industries", "远航科技"} <= set(question.labels)
    question = await kith.pressed(wei, question, "Globex")
    assert "Customer: Globex" in question.text


async def test_name_that_fits_several_is_asked_about(kith: Kith, wei: Account) -> None:
    """Typing what may be two customers offers both; the press chooses."""
    await kith.said(wei, "/new_customer Acme Industries Berlin")
    await kith.said(wei, "/new_deal")
    question = await kith.said(wei, "acme ind")
    assert [label for label in question.labels if label.startswith("Acme Industries")]
    question = await kith.pressed(wei, question, "Acme Industries")
    assert "Customer: Acme Industries" in question.text


async def test_name_of_nobody_is_asked_again(kith: Kith, wei: Account) -> None:
    """Typing a customer there is none of says so and asks again; nothing is lost."""
    await kith.said(wei, "/new_deal")
    question = await kith.said(wei, "Qwrtzpfx")
    assert "No customer “Qwrtzpfx”." in question.text
    assert "Question 1" in question.text
    assert "Customer: Globex" in (await kith.said(wei, "Globex")).text


async def test_option_can_be_typed(kith: Kith, wei: Account) -> None:
    """An option's words are as good as its button, and other words say what is wrong."""
    await _deal_asked(kith, wei)
    question = await kith.said(wei, "30万")
    assert "“purple” is not a choice" in (await kith.said(wei, "purple")).text
    question = await kith.said(wei, "quote")
    assert "Stage: Quote" in question.text


async def test_wrong_value_is_asked_again_with_the_reason(kith: Kith, wei: Account) -> None:
    """What the command objects to comes back as that question, with the rest kept."""
    await _deal_asked(kith, wei)
    question = await kith.said(wei, "lots")
    question = await kith.pressed(wei, question, "Save")
    assert "I could not read “lots” as an amount" in question.text
    assert "Question 3" in question.text
    assert kith.count("deals") == 0
    question = await kith.said(wei, "30万")
    await kith.pressed(wei, question, "Save")
    assert kith.count("deals") == 1


async def test_dates_are_said_in_words(kith: Kith, wei: Account) -> None:
    """Natural words for a date, and what is none is asked again."""
    await kith.said(wei, "/task")
    question = await kith.said(wei, "Send the offer")
    question = await kith.pressed(wei, question, "Skip")  # no customer
    question = await kith.said(wei, "next blursday")
    question = await kith.pressed(wei, question, "Save")
    assert "I could not read “next blursday” as a date" in question.text
    question = await kith.said(wei, "tomorrow 3pm")
    receipt = await kith.pressed(wei, question, "Save")
    assert "tomorrow 15:00" in receipt.text


async def test_back_asks_the_question_before(kith: Kith, wei: Account) -> None:
    """Back shows the last answer, to be kept or typed anew."""
    question = await _deal_asked(kith, wei)
    question = await kith.pressed(wei, question, "Back")
    assert "So far: Renewal 2027" in question.text
    question = await kith.said(wei, "Renewal 2028")
    assert "Name: Renewal 2028" in question.text
    await kith.pressed(wei, question, "Save")
    assert kith.count("deals") == 1


async def test_editing_begins_with_the_page_of_all_answers(kith: Kith, wei: Account) -> None:
    """Where nothing is missing, one field is picked, changed or emptied, and the page comes back."""
    page = await kith.said(wei, "/edit Globex")
    assert "Region: Shanghai" in page.text
    question = await kith.pressed(wei, page, "✎ Region")
    page = await kith.said(wei, "Suzhou")
    assert "Region: Suzhou" in page.text
    question = await kith.pressed(wei, page, "✎ Industry")
    page = await kith.pressed(wei, question, "Clear")
    assert "Retail" not in page.text
    receipt = await kith.pressed(wei, page, "Save")
    assert "Suzhou" in receipt.text
    assert "Suzhou" in (await kith.said(wei, "globex")).text


async def test_text_on_the_page_of_all_answers_changes_nothing(kith: Kith, wei: Account) -> None:
    """There is no question there that a text could answer; the page is shown again."""
    await kith.said(wei, "/edit Globex")
    page = await kith.said(wei, "hello?")
    assert "Region: Shanghai" in page.text


@pytest.mark.parametrize("by", ["Cancel", "/cancel", "/cancel@kith_test_bot"])
async def test_cancelling_saves_nothing_and_says_so(kith: Kith, wei: Account, by: str) -> None:
    """The button and the command both close the form; afterwards a text is a line again."""
    question = await _deal_asked(kith, wei)
    told = await (kith.pressed(wei, question, by) if by == "Cancel" else kith.said(wei, by))
    assert told.text == "“New deal” is cancelled; nothing was saved."
    assert question.labels == []
    assert (await kith.said(wei, "globex")).text.startswith("Globex")
    assert kith.count("deals") == 0


async def test_nothing_to_cancel_is_said(kith: Kith, wei: Account) -> None:
    """/cancel without a form has an answer too."""
    assert (await kith.said(wei, "/cancel")).text == "There is no form to leave."


async def test_new_command_leaves_the_form_and_says_so(kith: Kith, wei: Account, server: StandIn) -> None:
    """A command is never taken for an answer; the form is closed and that is said, once."""
    question = await _deal_asked(kith, wei)
    answer = await kith.said(wei, "/tasks")
    assert answer.text.startswith("My tasks")
    assert [message.text for message in server.said(WEI)].count("“New deal” is closed; nothing of it was saved.") == 1
    assert question.labels == []
    assert "My tasks" in (await kith.said(wei, "tasks")).text


async def test_new_form_takes_the_place_of_the_old_one(kith: Kith, wei: Account, server: StandIn) -> None:
    """One form at a time, also when the second is opened by a button."""
    card = await kith.said(wei, "globex")
    await _deal_asked(kith, wei)
    question = await kith.pressed(wei, card, "New task")
    assert question.text.startswith("New task")
    assert "“New deal” is closed; nothing of it was saved." in [message.text for message in server.said(WEI)]


async def test_button_of_an_old_question_does_nothing(kith: Kith, wei: Account, server: StandIn) -> None:
    """A press on a question that is over is answered at the button and changes nothing."""
    first = await kith.said(wei, "/new_deal")
    stale = wei.presses(first, "Globex")
    await kith.said(wei, "Acme Industries")
    stale["update_id"] = server.number()  # pressed on a screen that had not caught up
    await kith.brought(stale)
    assert server.answered[stale["callback_query"]["id"]]["text"] == "This question is not open any more."
    assert "Customer: Acme Industries" in server.last(WEI).text


async def test_button_of_another_form_does_nothing(kith: Kith, wei: Account, server: StandIn) -> None:
    """Nor does a press on a question of a form that was closed, even one of the same kind."""
    first = await kith.said(wei, "/new_deal")
    stale = wei.presses(first, "Cancel")
    await kith.said(wei, "/cancel")
    await kith.said(wei, "/new_deal")
    stale["update_id"] = server.number()
    await kith.brought(stale)
    assert "not open" in server.answered[stale["callback_query"]["id"]]["text"]
    assert "Customer: Globex" in (await kith.said(wei, "Globex")).text


async def test_form_survives_a_restart(kith: Kith, wei: Account, start: Starting) -> None:
    """What was answered is on disk: a new process asks on where the old one was."""
    await _deal_asked(kith, wei)
    await kith.stop()
    again = await start()
    question = await again.said(wei, "30万")
    assert "Amount: 30万" in question.text
    assert "Name: Renewal 2027" in question.text
    await again.pressed(wei, question, "Save")
    assert again.count("deals") == 1


async def test_question_that_was_not_put_is_put_later(
    kith: Kith, wei: Account, start: Starting, server: StandIn
) -> None:
    """Killed between an answer and the next question: the next process asks it, once."""
    await _deal_asked(kith, wei)
    asked = len(server.said(WEI))
    assert await kith.bring(wei.says("30万")) == 200
    await kith.crash()
    assert len(server.said(WEI)) == asked
    again = await start()
    await again.work_off()
    assert len(server.said(WEI)) == asked + 1
    assert "Amount: 30万" in server.last(WEI).text


async def test_every_step_may_be_delivered_twice(kith: Kith, wei: Account, server: StandIn) -> None:
    """Every update brought twice, then all of them once more: one deal, and nothing said twice."""
    updates: list[Json] = []

    async def twice(update: Json) -> Message:
        updates.append(update)
        await kith.brought(update)
        before = [(message.text, message.labels) for message in server.said(WEI)]
        await kith.brought(update)
        assert [(message.text, message.labels) for message in server.said(WEI)] == before
        return server.last(WEI)

    await twice(wei.says("/new_deal"))
    await twice(wei.says("Globex"))
    question = await twice(wei.says("Renewal 2027"))
    question = await twice(wei.presses(question, "Skip"))
    question = await twice(wei.presses(question, "Back"))
    question = await twice(wei.says("lots"))
    question = await twice(wei.presses(question, "Save"))
    question = await twice(wei.says("30万"))
    receipt = await twice(wei.presses(question, "Save"))
    assert "Renewal 2027" in receipt.text
    said = len(server.said(WEI))
    for update in updates:
        await kith.brought(update)
    assert kith.count("deals") == 1
    assert len(server.said(WEI)) == said


async def test_commands_delivered_late_do_not_leave_the_form(kith: Kith, wei: Account) -> None:
    """An older command that Telegram brings again does not close a form that was opened after it."""
    old = wei.says("/tasks")
    await kith.brought(old)
    await _deal_asked(kith, wei)
    await kith.brought(old)
    assert "Amount: 30万" in (await kith.said(wei, "30万")).text


async def test_late_look_up_is_still_answered(kith: Kith, wei: Account, server: StandIn) -> None:
    """A line that Telegram could not bring before the form was opened is answered, not taken for an answer."""
    late = wei.says("globex")
    await _deal_asked(kith, wei)
    await kith.brought(late)
    assert server.last(WEI).text.startswith("Globex")
    assert "Amount: 30万" in (await kith.said(wei, "30万")).text


async def test_flood_during_a_form_delays_the_question(kith: Kith, wei: Account, server: StandIn) -> None:
    """Told to wait, the question comes when the time is over; the answer before it was kept."""
    await _deal_asked(kith, wei)
    server.faults["sendMessage"] = [flood(30)]
    await kith.brought(wei.says("30万"))
    assert "Amount: 30万" not in server.last(WEI).text
    await kith.work_off()
    assert "Amount: 30万" in server.last(WEI).text


async def test_old_question_loses_its_buttons(kith: Kith, wei: Account, server: StandIn) -> None:
    """After a typed answer only the open question has buttons."""
    await _deal_asked(kith, wei)
    assert [bool(message.labels) for message in server.said(WEI)] == [False, False, True]


async def test_form_ends_a_day_after_its_last_answer(kith: Kith, wei: Account) -> None:
    """A form left lying is forgotten; a text is a look-up again."""
    await _deal_asked(kith, wei)
    kith.clock.forward(hours=25)
    assert (await kith.said(wei, "globex")).text.startswith("Globex")


async def test_long_answer_is_refused_at_its_question(kith: Kith, wei: Account) -> None:
    """Telegram lets people type 4,096 characters; what takes fewer says so."""
    await kith.said(wei, "/new_deal")
    await kith.said(wei, "Globex")
    question = await kith.said(wei, "x" * 300)
    assert "too long" in question.text
    assert "Question 2" in question.text


async def test_two_people_fill_in_forms_side_by_side(kith: Kith, wei: Account, ana: Account) -> None:
    """Each person has a form of their own."""
    await kith.said(wei, "/new_deal")
    await kith.said(ana, "/task")
    assert "Customer: Globex" in (await kith.said(wei, "Globex")).text
    assert "寄样品" in (await kith.said(ana, "寄样品")).text


async def test_fault_when_the_form_is_sent_in_is_told(
    kith: Kith, wei: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What no answer of the form can mend is said, and the form is over."""

    def keep_receipt(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(dispatch, "keep_receipt", keep_receipt)
    question = await _deal_asked(kith, wei)
    question = await kith.said(wei, "30万")
    for label in ("Quote", "Skip"):
        question = await kith.pressed(wei, question, label)
    told = await kith.pressed(wei, question, "Save")
    assert "Nothing was changed" in told.text
    assert told.labels == []
    assert kith.count("deals") == 0


async def test_form_of_a_member_who_may_no_longer_is_told(kith: Kith, ana: Account) -> None:
    """Somebody who may only look by the time the form is sent in is told so."""
    await kith.said(ana, "/new_contact")
    for said in ("Globex", "Jo Park", "Buyer", "021-5550101", "jo@globex.test"):
        await kith.said(ana, said)
    await kith.database.write(_only_looks)
    told = await kith.pressed(ana, await kith.said(ana, "jopark"), "跳过")
    assert kith.count("contacts") == 0
    assert "只有销售可以这样做" in told.text


def _only_looks(work: Work) -> None:
    workspace = work.members.only_workspace()
    assert workspace is not None
    member = work.members.by_handle(workspace, "ana")
    assert member is not None
    work.members.save(replace(member, role=Role.VIEWER))
