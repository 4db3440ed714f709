"""Where forms are kept, so that a restart finds them: one for each person, as a draft."""

import secrets
from datetime import timedelta

import msgspec
from msgspec.structs import replace

from adapters.callbacks.asking import steps
from adapters.callbacks.asking.reading import DoubtfulError, offers, read_answer
from adapters.callbacks.asking.steps import State
from adapters.callbacks.membership import context_of, words_of
from cards.model import Form
from commands.model import Context, Incoming
from core.drafts import Draft
from core.errors import StoreUnavailableError
from core.work import Work

LIFE = timedelta(days=1)  # since the last answer


def _key(incoming: Incoming) -> str:
    """One form at a time for each person: all of them are filled in in the private chat."""
    return f"form:{incoming.platform}:{incoming.tenant}:{incoming.user}"


def find_form(work: Work, incoming: Incoming) -> State | None:
    """The form this person is in, or the last one, closed."""
    data = work.drafts.get(_key(incoming))
    return msgspec.json.decode(data, type=State) if data else None


def _keep(work: Work, state: State) -> None:
    work.drafts.put(Draft(_key(state.origin), msgspec.json.encode(state).decode(), work.now + LIFE))


def open_form(work: Work, incoming: Incoming, form: Form, update: int) -> State | None:
    """Opens a form, unless this delivery has opened it already; returns the one that was open before."""
    before = find_form(work, incoming)
    if before is not None and before.origin.key == incoming.key:
        return None
    state = State(
        id=secrets.token_urlsafe(6),
        origin=incoming,
        form=form,
        language=words_of(work, incoming).language,
        update=update,
    )
    _keep(work, with_offers(steps.begun(state), work, incoming))
    return None if before is None or before.closed else before


def step_form(work: Work, before: State, moved: State) -> None:
    """Puts a form where an answer has moved it.

    Raises StoreUnavailableError when another process has taken another answer meanwhile: the platform then brings this
    one again, and it meets the form as it then is.
    """
    now = find_form(work, moved.origin)
    if now is None or (now.id, now.update) != (before.id, before.update):
        raise StoreUnavailableError
    _keep(work, replace(moved, message=now.message, shown=now.shown))


def close_form(work: Work, state: State, update: int) -> None:
    """The form is over; which updates came before its end is still known."""
    _keep(work, steps.closed(state, update))


def mark_shown(work: Work, state: State, put: int) -> None:
    """The question stands in the message ``put``; the form may have gone on since."""
    now = find_form(work, state.origin)
    if now is not None and now.id == state.id:
        _keep(work, replace(now, message=put, shown=state.update))


def with_offers(state: State, work: Work, incoming: Incoming) -> State:
    """The question with what can be chosen before anything is typed."""
    context = context_of(work, incoming)
    if context is None or state.offered:
        return state
    return replace(state, offered=offers(state.input, context))


def typed_into(state: State, work: Work, incoming: Incoming) -> State:
    """The form after a text in answer to its open question; on the last page there is nothing to answer."""
    context = context_of(work, incoming)
    if context is None or state.input is None:
        return state
    typed = incoming.quoted.text if incoming.quoted else incoming.text
    return with_offers(_taken(state, typed, context), work, incoming)


def _taken(state: State, typed: str, context: Context) -> State:
    assert state.input is not None  # noqa: S101 - the caller has seen it
    try:
        return steps.filled(state, read_answer(state.input, typed, state.offered, context))
    except DoubtfulError as doubt:
        return steps.doubted(state, doubt.why, doubt.offered)
