"""How far somebody is in a form, and how each answer moves it. Pure; every step returns a new state."""

from collections.abc import Mapping
from itertools import chain

import msgspec
from msgspec.structs import replace

from cards.model import Form, Input, Option
from commands.model import Incoming

# What a question's buttons say; the numbers of options aside.
BACK, SKIP, CLEAR, ASK, SEND, CANCEL = "back", "skip", "clear", "ask", "send", "cancel"


class State(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """``index`` is the question that is open; behind the last one is the page that shows all answers.

    ``origin`` is what opened the form: where it was opened is where its answer belongs. ``update`` numbers what moved
    it last (rising, by the platform's own numbers or by counting), so that one delivered again is known. ``trail`` are
    the questions before this one, ``passed`` the inputs that were answered or skipped, ``offered`` what a text was
    taken for, as buttons. ``message`` is the question's own, ``shown`` the update it was put after. ``reviewing``:
    begun on the page of all answers, which comes back after each one. ``ready``: nothing is left to ask. ``closed``: it
    is over, and only kept to know by ``update`` which updates came before its end.
    """

    id: str
    origin: Incoming
    form: Form
    language: str
    update: int
    index: int = 0
    trail: tuple[int, ...] = ()
    passed: tuple[str, ...] = ()
    offered: tuple[Option, ...] = ()
    message: int | None = None
    shown: int = 0
    reviewing: bool = False
    ready: bool = False
    closed: bool = False

    @property
    def input(self) -> Input | None:
        """The input that is asked for; None on the last page."""
        return self.form.inputs[self.index] if self.index < len(self.form.inputs) else None

    @property
    def complete(self) -> bool:
        """Whether nothing required is missing."""
        return all(one.value for one in self.form.inputs if one.required)

    @property
    def fields(self) -> dict[str, str]:
        """What is sent in."""
        return {one.name: one.value for one in self.form.inputs}


def closed(state: State, update: int) -> State:
    """The form when it is over."""
    return replace(state, form=replace(state.form, inputs=()), offered=(), update=update, closed=True)


def begun(state: State) -> State:
    """At the first question; where nothing required is missing, as in editing, at the page that shows all answers."""
    state = replace(state, reviewing=state.complete)
    wanted = _wanted(state)
    return replace(state, index=len(state.form.inputs) if wanted is None else wanted)


def _wanted(state: State) -> int | None:
    """What to ask next: what was wrong, what is missing, and, unless all is on one page, what may be left out."""
    asked = [(index, one) for index, one in enumerate(state.form.inputs) if one.name not in state.passed]
    wrong = (index for index, one in asked if one.error)
    missing = (index for index, one in asked if one.required and not one.value)
    empty = (index for index, one in asked if not one.value and not state.reviewing)
    return next(chain(wrong, missing, empty), None)


def _onward(state: State) -> State:
    wanted = _wanted(state)
    if wanted is not None:
        return _at(state, wanted)
    return _at(state, len(state.form.inputs)) if state.reviewing else replace(state, ready=True)


def _at(state: State, index: int) -> State:
    trail = state.trail if index == state.index else (*state.trail, state.index)
    return replace(state, index=index, trail=trail, offered=())


def _changed(state: State, index: int, **values: str) -> State:
    inputs = tuple(replace(one, **values) if number == index else one for number, one in enumerate(state.form.inputs))
    return replace(state, form=replace(state.form, inputs=inputs))


def filled(state: State, option: Option) -> State:
    """The open question answered; ``option.label`` is how its value reads."""
    name = state.form.inputs[state.index].name
    changed = _changed(state, state.index, value=option.value, value_label=option.label, error="")
    return _onward(replace(changed, passed=(*changed.passed, name)))


def doubted(state: State, why: str, offered: tuple[Option, ...] = ()) -> State:
    """The same question again, with what was wrong and, as buttons, what may have been meant."""
    return replace(_changed(state, state.index, error=why), offered=offered)


def refused(state: State, errors: Mapping[str, str]) -> State:
    """What was sent in came back: the fields that are wrong are asked for again, each with its reason."""
    named = {one.name for one in state.form.inputs}
    # A reason that belongs to no field still has to be read.
    reasons = {name: why for name, why in errors.items() if name in named} or {
        state.form.inputs[0].name: " ".join(errors.values())
    }
    inputs = tuple(replace(one, error=reasons.get(one.name, "")) for one in state.form.inputs)
    passed = tuple(name for name in state.passed if name not in reasons)
    again = replace(state, form=replace(state.form, inputs=inputs), passed=passed, ready=False)
    return _onward(again)


def pressed(state: State, form_id: str, index: int, choice: str) -> State | None:
    """A press on a button of question ``index``; None when it belongs to a question that is not open any more.

    ``choice`` is one of the words above, or an option's number from 0.
    """
    if form_id != state.id:
        return None
    if choice == SEND:
        return replace(state, ready=True) if state.complete else _onward(state)
    if choice == ASK and index < len(state.form.inputs):
        return _at(state, index)
    if index != state.index:
        return None
    if choice == BACK and state.trail:
        return replace(state, index=state.trail[-1], trail=state.trail[:-1], offered=())
    return _chosen(state, choice)


def _chosen(state: State, choice: str) -> State | None:
    one = state.input
    if one is None:
        return None
    if choice == SKIP and (one.value or not one.required):
        return _onward(replace(_changed(state, state.index, error=""), passed=(*state.passed, one.name)))
    if choice == CLEAR and not one.required:
        return filled(state, Option(label="", value=""))
    options = choices(state)
    return filled(state, options[int(choice)]) if choice.isdecimal() and int(choice) < len(options) else None


def choices(state: State) -> tuple[Option, ...]:
    """What the open question's buttons choose from."""
    return state.offered or (state.input.options if state.input else ())
