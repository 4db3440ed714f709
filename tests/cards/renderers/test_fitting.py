"""What does not fit on a platform is left out from the end, buttons last, and it is said how much."""

from cards.renderers.fitting import Piece, fit, grouped, notice
from cards.words import Words


def _cost(content: str) -> tuple[int, ...]:
    return 1, len(content)


def test_everything_that_fits_is_sent() -> None:
    """Without a gap there is no notice, even when a notice would not have fitted."""
    fitted = fit([Piece("a"), Piece("b")], _cost, (2, 2), (1, 1))
    assert (fitted.before, fitted.left, fitted.after) == (("a", "b"), (), ())


def test_buttons_outlive_text() -> None:
    """What must be kept is chosen first; of the rest people see the beginning, and nothing after the first gap."""
    pieces = [Piece("one"), Piece("two two two"), Piece("x"), Piece("buttons", keep=True)]
    fitted = fit(pieces, _cost, (10, 16), (1, 4))
    assert fitted.before == ("one",)
    assert [piece.content for piece in fitted.left] == ["two two two", "x"]
    assert fitted.after == ("buttons",)


def test_too_much_to_keep_is_said_too() -> None:
    """Even what should be kept is left out when it cannot be sent, and that is not silent."""
    fitted = fit([Piece("b" * 5, keep=True) for _ in range(4)], _cost, (3, 100), (1, 0))
    assert len(fitted.before) == 2
    assert len(fitted.left) == 2


def test_notice_counts_lines_of_lists() -> None:
    """Missing lines are counted; of anything else it is only said that there is more."""
    assert notice((Piece("", rows=12), Piece("", rows=2)), Words()) == "…and 14 more"
    assert notice((Piece("", rows=1234),), Words("zh_Hans")) == "……还有 1,234 项"
    assert notice((Piece("", rows=12), Piece("")), Words()) == "…the rest does not fit here."


def test_groups_keep_order_and_room() -> None:
    """Groups are filled in order; what is larger than a group's room has one of its own."""
    assert grouped(["a", "bb", "ccccc", "d", "e", "f"], len, most=2, room=3) == [
        ["a", "bb"],
        ["ccccc"],
        ["d", "e"],
        ["f"],
    ]
    assert grouped([], len, most=2, room=3) == []
