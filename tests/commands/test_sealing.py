"""A token opens for whom it was made, for as long as it lasts, and says nothing to anybody else."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cards.examples import examples
from cards.model import Actions, Button, Card, Form, Menu, Option, Row, Rows
from commands.model import Audience, Reply
from commands.sealing import LIFE, TOKEN_LIMIT, Sealer, Sealing, draft_key, is_draft, is_for_room
from core.actor import Actor, Role
from core.drafts import Draft
from core.errors import ConflictError
from core.ids import MemberId, WorkspaceId, encode
from core.text import clean_line
from tests.kith import MONDAY

SEALER = Sealer("one secret")
MARA = Actor(workspace_id=WorkspaceId("0fq2m7x4k9abc"), member_id=MemberId("0fq2m7x4k9ab1"), name="Mara", role=Role.REP)
LIN = replace(MARA, member_id=MemberId("0fq2m7x4k9ab2"))
ELSEWHERE = replace(MARA, workspace_id=WorkspaceId("0fq2m7x4k9abd"))
WORDS = st.text(max_size=12).map(clean_line)
IDS = st.integers(0, 2**64 - 1).map(encode)


def sealed(line: str = "done 0fq2m7x4k9t01", *, room: bool = False) -> str:
    token = SEALER.seal(line, MARA, MONDAY, room=room)
    assert token is not None
    return token


def refusal(token: str, actor: Actor = MARA, after: timedelta = timedelta(), sealer: Sealer = SEALER) -> str:
    with pytest.raises(ConflictError) as refused:
        sealer.open(token, actor, MONDAY + after)
    return refused.value.reason


@settings(deadline=None, max_examples=200, derandomize=True)
@given(st.lists(st.one_of(WORDS, IDS), min_size=1, max_size=5))
def test_line_comes_back(words: list[str]) -> None:
    """Whatever line fits into a token comes out of it as it went in; the others are told to be kept."""
    line = " ".join(" ".join(words).split())
    token = SEALER.seal(line, MARA, MONDAY)
    if token is None:
        assert len(line.encode()) > 20
        return
    assert token.isascii()
    assert len(token) <= TOKEN_LIMIT
    assert SEALER.open(token, MARA, MONDAY) == line


@pytest.mark.parametrize(
    "line", ["new contact 0fq2m7x4k9c01", "snooze 0fq2m7x4k9t01 next week", "deal 0fq2m7x4k9d01 won"]
)
def test_a_verb_and_an_id_fit(line: str) -> None:
    """What the cards' own buttons say most needs no row in the database."""
    assert SEALER.seal(line, MARA, MONDAY) is not None


def test_another_member_is_refused() -> None:
    """A button of Mara's is not Lin's, nor that of a member of another workspace with the same id."""
    assert refusal(sealed(), LIN) == "button_not_yours"
    assert refusal(sealed(), ELSEWHERE) == "button_not_yours"


def test_a_rooms_button_is_its_workspaces() -> None:
    """Any member of the workspace may press it, and nobody of another."""
    token = sealed(room=True)
    assert is_for_room(token)
    assert SEALER.open(token, LIN, MONDAY) == "done 0fq2m7x4k9t01"
    assert refusal(token, ELSEWHERE) == "button_not_yours"


def test_it_lasts_fourteen_days() -> None:
    """A token opens on the fourteenth day and not on the fifteenth."""
    assert SEALER.open(sealed(), MARA, MONDAY + LIFE)
    assert refusal(sealed(), after=timedelta(days=15)) == "button_expired"


def test_another_key_is_refused() -> None:
    """A token of another installation is none."""
    assert refusal(sealed(), sealer=Sealer("another secret")) == "button_not_yours"


def test_every_bit_counts() -> None:
    """A token of which one character was changed is refused, wherever it was changed."""
    token = sealed()
    for at in range(len(token) - 1):  # the last character holds bits that base64 leaves over
        other = "A" if token[at] != "A" else "B"
        assert refusal(token[:at] + other + token[at + 1 :]) == "button_not_yours"


@pytest.mark.parametrize("token", ["", "m", "r", "x", "m" * 64, "mAAAA", "m令牌", "m====", "m\x00", "q" * 5000])
def test_nonsense_is_refused(token: str) -> None:
    """What is no token at all is refused as a forged one is."""
    assert refusal(token) == "button_not_yours"


def test_shortened_token_is_refused() -> None:
    """A token that lost its end is refused."""
    token = sealed()
    for length in range(len(token)):
        assert refusal(token[:length]) == "button_not_yours"


def test_token_tells_nothing() -> None:
    """The line cannot be read in its token."""
    assert "done" not in sealed()
    assert sealed("done 0fq2m7x4k9t01") != sealed("done 0fq2m7x4k9t02")


# -- whole answers ---------------------------------------------------------------------------------


def tokens(card: Card) -> list[tuple[str, str]]:
    """The line and the token of everything that can be pressed or sent."""
    found: list[Button | Option | Form] = []
    for block in card.blocks:
        match block:
            case Actions():
                found += [element for element in block.elements if isinstance(element, Button)]
                found += [one for element in block.elements if isinstance(element, Menu) for one in element.options]
            case Rows():
                around = (*(row.action for row in block.rows), block.previous, block.next)
                found += [button for button in around if isinstance(button, Button)]
            case Form():
                found.append(block)
            case _:
                pass
    return [(one.value if isinstance(one, Option) else one.command, one.token) for one in found]


@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize("language", ["en", "zh_Hans"])
def test_every_button_of_every_example(language: str, audience: Audience) -> None:
    """Every button, menu entry and form of every card has a token of 64 ASCII characters at most that opens to it."""
    kept: dict[str, str] = {}

    def keep(draft: Draft) -> None:
        kept[draft.key] = draft.data

    sealing = Sealing(SEALER, MARA, MONDAY, keep)
    reply = sealing.reply(Reply(cards=tuple(examples(language).values()), audience=audience))
    pressed = [pair for card in reply.cards for pair in tokens(card)]
    assert len(pressed) > 50
    for line, token in pressed:
        assert token.isascii()
        assert 0 < len(token) <= TOKEN_LIMIT
        opened = kept[draft_key(token, MARA)] if is_draft(token) else SEALER.open(token, MARA, MONDAY)
        assert opened == line


def test_long_lines_are_kept_apart() -> None:
    """Two long lines are kept under keys that nobody guesses, for their member, as long as a token lasts."""
    kept: list[Draft] = []
    line = "visit 0fq2m7x4k9c01: " + "谈得不错 " * 100
    card = Card(summary="x", blocks=(Rows(rows=(Row(title="x", action=Button(label="x", command=line)),)),))
    for _ in range(2):
        Sealing(SEALER, MARA, MONDAY, kept.append).reply(Reply(cards=(card,)))
    assert [draft.data for draft in kept] == [line, line]
    assert kept[0].key != kept[1].key
    assert all(MARA.member_id in draft.key and draft.expires_at == MONDAY + LIFE for draft in kept)
